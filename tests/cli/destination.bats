# destination set, list and unset: destination-selectors.yaml by Kratix's own rules, written as carefully as status.yaml.
load helper

selectors=$metadata/destination-selectors.yaml

# selectors_are: destination-selectors.yaml holds standard input, and lies alone in its directory
selectors_are() {
  diff -u --label expected --label destination-selectors.yaml - "$selectors" || complain "destination-selectors.yaml"
  [ "$(ls -A "$metadata")" = destination-selectors.yaml ] || complain "something lies beside it"
}

@test "an entry for all of the output has no directory" {
  ks destination set environment=dev
  silent
  selectors_are <<'END'
- matchLabels:
    environment: dev
END
  [ "$(stat --format %a "$selectors")" = 644 ] || complain "mode"
}

@test "several labels, and values that YAML would read as something else" {
  ks destination set example.com/zone=eu-1 public=true version=1.10 retries=3 empty=
  silent
  selectors_are <<'END'
- matchLabels:
    example.com/zone: eu-1
    public: "true"
    version: "1.10"
    retries: "3"
    empty: ""
END
}

@test "one entry a directory: a later set replaces its labels, in its place" {
  ks destination set a=1
  silent
  ks destination set --directory backups b=2
  silent
  ks destination set c=3 d=4
  silent
  ks destination set --directory ./backups/ e=5
  silent
  selectors_are <<'END'
- matchLabels:
    c: "3"
    d: "4"
- directory: backups
  matchLabels:
    e: "5"
END
}

@test "the same command twice writes nothing the second time, and keeps comments" {
  printf '# mine\n- matchLabels: {a: b}\n' >"$selectors"
  ks destination set a=b
  silent
  unchanged
}

@test "no directory, ., ./ and x/.. are all of the output" {
  for name in . ./ x/.. ././; do
    ks destination set --directory "$name" a="${#name}"
    silent
    ks destination list
    prints ".	a=${#name}"
  done
}

@test "a directory that is none of the output itself is refused" {
  for name in a/b /a / .. ../a a/../..; do
    ks destination set --directory "$name" a=b
    fails 3 <<END
kratix-status: error: directory $name: must be a directory directly in /kratix/output
kratix-status: hint: name one without '/', or leave it out for all of the output
END
    ks destination unset --directory "$name"
    [ "$code" -eq 3 ] || complain "exit code"
  done
  no_status
}

@test "a directory whose name no file system takes is refused" {
  long=$(printf 'a%.0s' $(seq 256))
  for name in "$long" "./$long/" "$(printf 'ü%.0s' $(seq 128))"; do
    ks destination set --directory "$name" a=b
    fails 3 <<END
kratix-status: error: directory of 256 bytes: is too long: the name of a directory has at most 255 bytes
kratix-status: hint: name a directory of /kratix/output
END
  done
  ks destination set --directory "${long#a}" a=b
  silent
  printf -- "- directory: $long\n  matchLabels: {a: b}\n" >"$selectors"
  ks validate
  [ "$code" -eq 1 ] && grep -q 'directory of 256 bytes is too long: .*\[selector-directory\]' captured/stdout || complain "validate finds nothing"
}

@test "an empty directory is an empty variable" {
  ks destination set --directory '' a=b
  fails 2 <<'END'
kratix-status: error: option --directory: is empty
kratix-status: hint: name a directory, or leave --directory out
END
}

@test "a name that no label can have is refused" {
  long=$(printf 'a%.0s' $(seq 64))
  for name in '' a/ /a a/b/c A.b/c -a a- 'a b' a_/b "$long" "$(printf 'p%.0s' $(seq 254))/a"; do
    shown=${name:-'""'}
    [ ${#shown} -le 194 ] || shown=${shown:0:194}...  # 200 characters, with "label "
    ks destination set -- "$name=x"
    fails 3 <<END
kratix-status: error: label $shown: is not a name that a label can have
kratix-status: hint: use letters, digits, '-', '_' and '.', at most 63 of them, as in environment or example.com/zone
END
  done
  ks destination set "${long#a}=x" "example.com/${long#a}=y" A_b.c-d=z
  silent
}

@test "a value that no label can have is refused" {
  for value in ' ' 'a b' -a a- a/b a=b ü "$(printf 'a%.0s' $(seq 64))"; do
    ks destination set "zone=$value"
    [ "$code" -eq 3 ] || complain "exit code"
    diff -u - captured/stderr <<'END' || complain "message"
kratix-status: error: label zone: has a value that no label can have
kratix-status: hint: use letters, digits, '-', '_' and '.', at most 63 of them, with a letter or digit at each end
END
  done
  no_status
  ks destination set "zone=$(printf 'a%.0s' $(seq 63))"
  silent
}

@test "what is not LABEL=VALUE is a usage error" {
  ks destination set environment
  fails 2 <<'END'
kratix-status: error: destination set: operand "environment" is not LABEL=VALUE
kratix-status: hint: write it without blanks, such as environment=dev
END
  ks destination set
  fails 2 <<'END'
kratix-status: error: destination set: LABEL=VALUE is missing
kratix-status: hint: usage:
  kratix-status destination set [--directory DIR] LABEL=VALUE...
END
  ks destination set a=1 a=2
  fails 2 <<'END'
kratix-status: error: destination set: label a is given twice
kratix-status: hint: give each label once
END
  ks destination unset backups
  fails 2 <<'END'
kratix-status: error: destination unset: takes no operand
kratix-status: hint: unset --directory DIR, or unset for all of the output
END
  ks destination list backups
  fails 2 <<'END'
kratix-status: error: destination list: takes no operand
kratix-status: hint: usage:
  kratix-status destination list [-o FORMAT]
END
  ks destination list -o xml
  fails 2 <<'END'
kratix-status: error: option -o xml: unknown format
kratix-status: hint: use table, yaml or json
END
}

@test "bytes that are not UTF-8 are refused as value and as directory" {
  ks destination set $'a=\xff'
  fails 3 <<'END'
kratix-status: error: value of label a: is not valid UTF-8 (byte 1)
kratix-status: hint: convert it first, with iconv or base64
END
  for command in 'set' 'unset'; do
    ks destination $command --directory $'ab\xff' $([ $command = unset ] || echo a=b)
    fails 3 <<'END'
kratix-status: error: value of --directory: is not valid UTF-8 (byte 3)
kratix-status: hint: convert it first, with iconv or base64
END
  done
}

@test "list shows what Kratix reads" {
  printf -- '- DIRECTORY: 5\n  matchlabels: {zone: 1.10, on: yes, "a b": "x\\ty", none: }\n  other: 1\n- matchLabels: {a: b}\n' >"$selectors"
  ks destination list
  prints $'5\tzone=1.1,true=true,a b=x\\ty,none=\n.\ta=b'
  ks destination list -o json
  prints '[{"directory":"5","matchLabels":{"zone":"1.1","true":"true","a b":"x\ty","none":""}},{"directory":".","matchLabels":{"a":"b"}}]'
  rm "$selectors"
  ks destination list
  silent
  ks destination list -o json
  prints '[]'
}

@test "other entries stay as they are, whatever they hold" {
  printf -- '- directory: a\n  matchLabels: {zone: 1}\n  mine: [x]\n- matchLabels: {a: b}\n' >"$selectors"
  ks destination set c=d
  silent
  selectors_are <<'END'
- directory: a
  matchLabels:
    zone: 1
  mine:
    - x
- matchLabels:
    c: d
END
}

@test "unset removes one entry, and what is not there is fine" {
  ks destination unset
  silent
  no_status
  ks destination set a=b
  ks destination set --directory x c=d
  ks destination unset
  silent
  selectors_are <<'END'
- directory: x
  matchLabels:
    c: d
END
  ks destination unset
  silent
  unchanged
  ks destination unset --directory x
  silent
  selectors_are <<<'[]'
  ks destination list
  silent
}

@test "a file that Kratix would fail at is left as it was" {
  while IFS='|' read -r text message; do
    printf '%b' "$text" >"$selectors"
    ks destination set new=1
    [ "$code" -eq 4 ] || complain "exit code for $text"
    grep -qxF "kratix-status: error: kratix/metadata/destination-selectors.yaml$message" captured/stderr || complain "message for $text"
    unchanged
    ks destination list
    [ "$code" -eq 4 ] || complain "exit code of list for $text"
    ks validate
    [ "$code" -eq 1 ] || complain "validate finds nothing in $text"
  done <<'END'
a: b\n|:1:1: it holds a map, and Kratix expects a list
text\n|:1:1: it holds a string, and Kratix expects a list
- text\n|: item 1 must be a map, not a string
- null\n|: item 1 has no matchLabels, and Kratix fails at it
- directory: x\n|: item 1 has no matchLabels, and Kratix fails at it
- matchLabels: {}\n|: item 1 has no matchLabels, and Kratix fails at it
- matchLabels: [a]\n|: item 1, matchLabels must be a map, not a list
- matchLabels: {a: [b]}\n|: item 1, label a must be a string, not a list
- matchLabels: {a: b}\n  directory: [x]\n|: item 1, directory must be a string, not a list
- matchLabels: {a: b}\n- matchLabels: {c: d}\n  directory: ./\n|: item 2 is another entry for directory ., and Kratix fails at it
- matchLabels: {a: b}\n  directory: x/y\n|: item 1, directory x/y must be a directory directly in /kratix/output
- matchLabels: {a: 12345678901234567890}\n|:1:20: Kratix keeps numbers as 64-bit floats and loses digits of 12345678901234567890
[{matchLabels: {a: b}}]\nc: d\n|:2:1: Kratix stops reading here, and silently drops the rest
END
}

@test "a file that is empty, or null, is a list without entries" {
  for text in '' '# nothing\n' 'null\n' '[]\n'; do
    printf '%b' "$text" >"$selectors"
    ks destination list
    silent
    ks destination set a=b
    silent
    selectors_are <<'END'
- matchLabels:
    a: b
END
  done
}

@test "--dry-run prints the file and writes nothing" {
  ks --dry-run destination set --directory x a=b
  prints $'- directory: x\n  matchLabels:\n    a: b'
  no_status
}

@test "status.yaml stays as it is" {
  ks set message hello
  ks destination set a=b
  silent
  [ "$(cat "$status")" = 'message: hello' ] || complain "status.yaml"
}

@test "20 containers' background jobs that set a directory each end with 20 entries" {
  for i in $(seq 20); do "$KRATIX_STATUS_BINARY" destination set --directory "d$i" "n=$i" & done
  wait
  ks destination list
  [ "$(wc -l <captured/stdout)" -eq 20 ] || complain "entries are lost"
}

@test "a delete Pipeline is told that nobody reads the file" {
  KRATIX_WORKFLOW_ACTION=delete ks destination set a=b
  warns 'kratix-status: warning: this is a delete Pipeline, and Kratix schedules nothing for it: destination-selectors.yaml is not read'
}

@test "a link in the place of the file is refused" {
  ln -s /etc/passwd "$selectors"
  ks destination set a=b
  [ "$code" -eq 5 ] || complain "exit code"
  unchanged
}
