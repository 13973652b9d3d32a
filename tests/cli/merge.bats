# merge [--fresh] [--publish] [FILE|-]
load helper

@test "YAML from standard input, maps key by key, lists replaced" {
  ks set 'a:={"b": {"c": 1}, "l": [1, 2]}' s=old
  ks merge <<'END'
# a comment
a:
  b: {d: 2}
  l: [3]
s: {new: map}
END
  silent
  status_is <<'END'
a:
  b:
    c: 1
    d: 2
  l:
    - 3
s:
  new: map
END
}

@test "- and FILE" {
  echo 'a: b' >file.yaml
  ks merge file.yaml
  silent
  echo '{"c": "d"}' | "$KRATIX_STATUS_BINARY" merge -
  ks merge -- file.yaml
  silent
  status_is <<'END'
a: b
c: d
END
}

@test "YAML is read as Kratix reads it" {
  ks merge <<'END'
sha: 1234e56
version: 1.10
octal: 010
answer: y
off: no
quoted: "1.10"
base: &b {x: 1}
derived: {<<: *b, y: 2}
text: |
  a
  b
END
  silent
  ks get -o json
  prints '{"sha":1.234e+59,"version":1.1,"octal":8,"answer":true,"false":false,"quoted":"1.10","base":{"x":1},"derived":{"x":1,"true":2},"text":"a\nb\n"}'
}

@test "JSON is read as JSON, though Kratix's YAML reader refuses some of it" {
  ks merge <<'END'
{"url": "http:\/\/x", "smile": "\ud83d\ude00", "tab":	"\t", "y": "yes", "n": null, "<<": {"a": 1}, "f": 1e3}
END
  silent
  ks get -o json
  prints '{"url":"http://x","smile":"😀","tab":"\t","y":"yes","n":null,"<<":{"a":1},"f":1000}'
}

@test "a map takes the place of a string, published or in the file, and a string the place of a map, as help says" {
  previous_status <<'END'
url: http://x
END
  ks merge <<'END'
url: {host: x}
END
  silent
  value url '{"host":"x"}'
  ks merge <<'END'
url: {host: {name: h1}}
END
  silent
  value url '{"host":{"name":"h1"}}'
  ks merge <<'END'
url: http://z
END
  silent
  value url '"http://z"'
  ks help merge
  grep -qF 'A map replaces a string or number, and the reverse.' captured/stdout || complain "help"
}

@test "null replaces, and is kept" {
  ks set a.b c
  ks merge <<<'a: null'
  silent
  status_is <<<'a: null'
}

@test "empty input is an error: the program has failed that was to write it" {
  empty='is empty
kratix-status: hint: did the program fail that was to write it?'
  ks merge </dev/null
  fails 3 "kratix-status: error: standard input: $empty"
  no_status
  printf ' \r\n\n' >blank.yaml
  ks merge blank.yaml
  fails 3 "kratix-status: error: blank.yaml: $empty"
}

@test "input that holds no key changes nothing" {
  ks merge <<<'# nothing'
  silent
  no_status
  ks set a b
  for text in '# nothing' 'null' '~' '---' '{}'; do
    ks merge <<<"$text"
    silent
    unchanged
  done
}

@test "twice the same: the second leaves the file alone" {
  ks merge <<<'{"a": {"b": [1, 2]}}'
  ks merge <<<'a: {b: [1, 2]}'
  silent
  unchanged
}

# refuses INPUT TEXT
refuses() {
  printf "$1" >input
  ks merge <input
  fails 3 "kratix-status: error: standard input$2"
}

@test "what is no map" {
  refuses '# x\n- a\n' ':2:1: it holds a list, and Kratix expects a map
  - a
  ^'
  refuses '[1]' ': holds a list, and only a map can be merged'
  refuses '"text"\n' ': holds a string, and only a map can be merged'
  refuses '3' ': holds a number, and only a map can be merged'
  refuses 'true' ': holds a boolean, and only a map can be merged'
  refuses 'text\n' ':1:1: it holds a string, and Kratix expects a map
  text
  ^'
}

@test "malformed YAML: line, column, the line and a caret" {
  refuses 'a: b: c\n' ':1:5: mapping values are not allowed in this context
  a: b: c
      ^'
  refuses 'a: 1\n\tb: 2\n' ':2:1: found a tab character that violates indentation
  \tb: 2
  ^'
  refuses 'a: @x\n' ':1:4: found character that cannot start any token
  a: @x
     ^'
  refuses 'a: "\\/"\n' ':1:4: found unknown escape character: Kratix does not know \/
  a: "\/"
     ^'
  refuses 'a: *x\n' ":1:4: unknown anchor 'x' referenced
  a: *x
     ^"
  refuses '? [a]\n: 1\n' ':1:3: a list or a map cannot be a key
  ? [a]
    ^'
  refuses 'null: 1\n' ':1:1: null cannot be a key
  null: 1
  ^'
  refuses 'a: !!int x\n' ":1:4: cannot decode 'x' as !!int
  a: !!int x
     ^"
  refuses 'a: .nan\n' ':1:4: Kratix cannot publish .nan: JSON has no such number
  a: .nan
     ^'
  refuses '%%YAML 1.2\n---\na: 1\n' ':1:1: the %YAML directive names a version other than 1.1
  %YAML 1.2
  ^'
}

@test "bytes that are not UTF-8, and control characters" {
  refuses 'a: \xff\n' ':1:4: is not valid UTF-8
  a: \xff
     ^'
  refuses 'a: \x01\n' ':1:4: the control character U+0001 must be escaped, as in "\x01"
  a: \x01
     ^'
}

@test "an unclosed bracket is named as such" {
  refuses 'a: 1\nb: {x: 1\n' ":2:4: did not find expected ',' or '}'
  b: {x: 1
     ^"
  refuses 'a: 1\nb: [x, y\n' ":2:4: did not find expected ',' or ']'
  b: [x, y
     ^"
}

@test "what Kratix would silently drop or change is refused in input" {
  refuses 'a: 1\na: 2\n' ':2:1: key "a" appears on lines 1 and 2; Kratix keeps the last
  a: 2
  ^'
  refuses '{a: 1}\nb: 2\n' ':2:1: Kratix stops reading here, and silently drops the rest
  b: 2
  ^'
  refuses 'a: 1\n---\nb: 2\n' ':2:1: Kratix stops reading here, and silently drops the rest
  ---
  ^'
  refuses 'a: 9007199254740993\n' ':1:4: Kratix keeps numbers as 64-bit floats and loses digits of 9007199254740993
  a: 9007199254740993
     ^'
  refuses '1: a\n"1": b\n' ':2:1: keys on lines 1 and 2 both become "1", and Kratix keeps one of them at random
  "1": b
  ^'
  refuses '{"a": 1}\n{"b": 2}\n' ':2:1: Kratix stops reading here, and silently drops the rest
  {"b": 2}
  ^'
}

@test "the same in JSON, with line and column" {
  refuses '{"a":1,\n "a":2}' ':2:2: the key "a" appears twice
   "a":2}
   ^'
  refuses '{"a":9007199254740993}' ':1:6: Kratix keeps numbers as 64-bit floats and rounds integers beyond 2^53
  {"a":9007199254740993}
       ^
kratix-status: hint: give it as a string: "9007199254740993"'
  refuses '{"a": "\\ud83d"}' ':1:8: half of a surrogate pair is not a character
  {"a": "\ud83d"}
         ^'
}

@test "message, managed keys and conditions are checked, and nothing is written" {
  ks set a b
  refuses_as 'a: c\nmessage: yes\n' 'key message: must be a string, not a boolean: Kubernetes refuses the whole status otherwise
kratix-status: hint: give it as one string: kratix-status set message TEXT'
  refuses_as '{"a": "c", "kratix": {}}' 'key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it
kratix-status: hint: choose a key of your own'
  refuses_as 'a: c\nconditions: {}\n' 'key conditions: must be a list of conditions, not a map
kratix-status: hint: give each condition type, status, reason, message and lastTransitionTime'
  refuses_as 'conditions: [{type: Ready}]\n' 'conditions[0].status: is missing
kratix-status: hint: a condition has type, status, reason, message and lastTransitionTime'
  refuses_as 'conditions: [{type: Reconciled, status: "True", reason: A, message: "", lastTransitionTime: "2024-08-21T10:27:45Z"}]\n' \
    "conditions[0].type: Reconciled is managed by Kratix: Kratix's controller acts on it
kratix-status: hint: choose a type of your own"
  status_is <<<'a: b'
}

refuses_as() {
  printf "$1" >input
  ks merge input
  fails 3 "kratix-status: error: $2"
}

@test "well-formed conditions are taken" {
  ks merge <<'END'
conditions:
- type: example.com/Ready
  status: "True"
  reason: AllGood
  message: ""
  lastTransitionTime: "2024-08-21T10:27:45Z"
END
  silent
  ks get 'conditions[0].type'
  prints example.com/Ready
}

@test "a file is named in messages" {
  printf 'a: b: c\n' >in.yaml
  ks merge in.yaml
  fails 3 <<'END'
kratix-status: error: in.yaml:1:5: mapping values are not allowed in this context
  a: b: c
      ^
END
}

@test "FILE that is missing, or a directory; two FILEs" {
  ks merge nofile
  fails 5 'kratix-status: error: open nofile: No such file or directory'
  ks merge ''
  fails 5 'kratix-status: error: open "": No such file or directory'
  ks merge 'a '
  fails 5 'kratix-status: error: open a : No such file or directory'
  ks merge '{"a": 1}'
  fails 5 'kratix-status: error: open {"a": 1}: No such file or directory
kratix-status: hint: FILE is a path: pipe a document to merge, or use set --json KEY VALUE'
  ks merge kratix
  fails 5 'kratix-status: error: read kratix: Is a directory'
  ks merge a b
  fails 2 <<'END'
kratix-status: error: merge: 2 operands instead of one FILE
kratix-status: hint: usage:
  kratix-status merge [--fresh] [--publish] [FILE|-]
END
}

@test "a map too large" {
  { printf '{"a":"'; head -c 1048570 /dev/zero | tr '\0' x; printf '"}'; } >big.json
  ks merge big.json
  fails 3 <<'END'
kratix-status: error: status: would take 1025 KiB as JSON; Kubernetes stores at most about 1024 KiB
kratix-status: hint: keep large data elsewhere, in a ConfigMap or a Secret, and its name in the status
END
}
