# KEY: a.b.c, labels."app.kubernetes.io/name", ports[0]; and the command `keys`.
load helper

# refuses KEY CAUSE [CARET_LINE [HINT]]
refuses() {
  local text="kratix-status: error: key $2"
  [ $# -lt 3 ] || text="$text
  $1
  $3"
  [ $# -lt 4 ] || text="$text
kratix-status: hint: $4"
  ks set -- "$1" v
  fails 3 "$text"
  ks append -- "$1" v
  fails 3 "$text"
  ks unset -- "$1"
  fails 3 "$text"
  ks get -- "$1"
  fails 3 "$text"
  ks exists -- "$1"
  fails 3 "$text"
  ks keys -- "$1"
  fails 3 "$text"
}

quote_it='quote a segment that holds other characters'
as_in="$quote_it, as in labels.\"app.kubernetes.io/name\""
index='write [0], [-1] or ["key"]; to read, also [name=web]'

@test "dotted, quoted, bracketed, with a leading dot: the same place" {
  ks set labels.app.name one
  ks set .labels.app.name two
  ks set 'labels."app".name' three
  ks set 'labels["app"]["name"]' four
  ks set '"labels".app["name"]' five
  silent
  status_is <<'END'
labels:
  app:
    name: five
END
}

@test "help set explains a leading dot, --fresh, and what a shell does to brackets" {
  ks help set
  tr '\n' ' ' <captured/stdout >text
  for sentence in 'A leading dot, as in yq, is allowed: .a.b is a.b.' \
    'With --fresh it brings nothing; what the file already holds stays, even if an earlier command brought it.' \
    "Quote an operand with a [, { or * in it, as in 'ports:=[80,443]': shells expand these."; do
    grep -qF -e "$sentence" text || complain "help lacks: $sentence"
  done
  previous_status <<'END'
login: {host: h, user: u}
END
  ks set login.port 1
  ks set --fresh login.port 2
  silent
  value login '{"host":"h","user":"u","port":"2"}'
}

@test "quoted segments hold anything, with the escapes of JSON" {
  ks set 'labels."app.kubernetes.io/name"' redis
  ks set 'labels["a b"]' c
  ks set 'labels."say \"hi\""' d
  ks set 'labels."back\\slash"' e
  ks set 'labels.""' f
  ks set 'labels."[0]"' g
  ks set 'labels."é"' h
  ks set 'labels."line\nline\t\u0041\/\ud83d\uDE00"' i
  silent
  status_is <<'END'
labels:
  app.kubernetes.io/name: redis
  a b: c
  "say \"hi\"": d
  "back\\slash": e
  "": f
  "[0]": g
  "é": h
  "line\nline\tA/😀": i
END
}

@test "bare segments: letters, digits, _ and -, digits alone being a key" {
  ks set a-b_C9.0.-x-._.01 v
  silent
  ks get -o json
  prints '{"a-b_C9":{"0":{"-x-":{"_":{"01":"v"}}}}}'
}

@test "indexes" {
  ks set 'ports:=[80, [1, 2], {"a": "b"}]'
  ks set 'ports[0]' 81
  ks set 'ports[-1].a' c
  ks set 'ports[1][1]' 3
  silent
  value ports '["81",[1,"3"],{"a":"c"}]'
  ks get 'ports[-3]'
  prints 81
  ks get 'ports[3]'
  negative
  ks get 'ports.a'
  negative
}

@test "malformed keys, with a caret" {
  refuses . '".": ends where a segment is expected' ' ^'
  refuses .. '"..": has an empty segment' ' ^' 'write an empty key as ""'
  refuses a. '"a.": ends where a segment is expected' '  ^'
  refuses .a. '".a.": ends where a segment is expected' '   ^'
  refuses a..b '"a..b": has an empty segment' '  ^' 'write an empty key as ""'
  refuses '[0]' '"[0]": starts with an index, but a status is a map' '^' 'name the list first: ports[0]'
  refuses '.[0]' '".[0]": starts with an index, but a status is a map' ' ^' 'name the list first: ports[0]'
  refuses '"a' '""a": the quote is not closed' '^'
  refuses '"a"b' '""a"b": unexpected '"'b'" '   ^' "$as_in"
  refuses 'a b' "\"a b\": unexpected ' '" ' ^' "$quote_it: '\"a b\"'"
  refuses 'a"b"' "\"a\"b\"\": unexpected '\"'" ' ^' "$as_in"
  refuses 'a.*' "\"a.*\": unexpected '*'" '  ^' "$as_in"
  refuses 'app.kubernetes.io/name' "\"app.kubernetes.io/name\": unexpected '/'" '                 ^' \
    "$as_in"
  refuses 'a.é.b' "\"a.é.b\": unexpected 'é'" '  ^' "$as_in"
  json_string='a quoted segment is a JSON string; its escapes are \" \\ \/ \b \f \n \r \t and \uXXXX'
  refuses '"a\q"' '""a\q"": unknown escape' '  ^' "$json_string"
  refuses '"a\u12"' '""a\u12"": four hexadecimal digits are expected' '      ^' "$json_string"
  refuses '"a\ud83d"' '""a\ud83d"": half of a surrogate pair is not a character' '  ^'
}

@test "malformed indexes, with a caret" {
  refuses 'a[' '"a[": an index is expected' '  ^' "$index"
  refuses 'a[]' '"a[]": an index is expected' '  ^' "$index"
  refuses 'a[x]' '"a[x]": an index is expected' '  ^' "$index"
  refuses 'a[-]' '"a[-]": an index is expected' '  ^' "$index"
  refuses 'a[+1]' '"a[+1]": an index is expected' '  ^' "$index"
  refuses 'a[ 0]' '"a[ 0]": an index is expected' '  ^' "$index"
  refuses "a['x']" "\"a['x']\": an index is expected" '  ^' "$index"
  refuses 'a[0' "\"a[0\": ']' is expected" '   ^'
  refuses 'a[1.5]' "\"a[1.5]\": ']' is expected" '   ^'
  refuses 'a["x"' "\"a[\"x\"\": ']' is expected" '     ^'
  refuses 'a["x' '"a["x": the quote is not closed' '  ^'
  refuses 'a[0]b' "\"a[0]b\": unexpected 'b'" '    ^' "$as_in"
  refuses 'a[99999999999999999999]' '"a[99999999999999999999]": the index is too large' '  ^'
}

@test "keys that cannot be shown on a line" {
  refuses '' '"": the key is empty'
  ks set $'a\nb' v
  fails 3 <<'END'
kratix-status: error: key "a\nb": unexpected '\n'
kratix-status: hint: quote a segment that holds other characters, as in labels."app.kubernetes.io/name"
END
  ks set $'"a\nb"' v
  fails 3 <<'END'
kratix-status: error: key ""a\nb"": a control character needs an escape such as \n
kratix-status: hint: a quoted segment is a JSON string; its escapes are \" \\ \/ \b \f \n \r \t and \uXXXX
END
  ks set "$(printf 'a\342\200\250b')" v
  fails 3 <<'END'
kratix-status: error: key "a\u2028b": unexpected '\u2028'
kratix-status: hint: quote a segment that holds other characters: '"a\u2028b"'
END
  ks set $'a\xff' v
  fails 3 <<'END'
kratix-status: error: key "a\xff": is not valid UTF-8
  a\xff
   ^
END
  ks set $'a\e[31m' v
  fails 3 <<'END'
kratix-status: error: key "a\x1b[31m": unexpected '\x1b'
  a\x1b[31m
   ^
kratix-status: hint: quote a segment that holds other characters, as in labels."app.kubernetes.io/name"
END
}

@test "the key that a hint names in place of one with a blank is the one that was meant" {
  ks set 'login.first name' x
  fails 3 <<'END'
kratix-status: error: key "login.first name": unexpected ' '
  login.first name
             ^
kratix-status: hint: quote a segment that holds other characters: 'login."first name"'
END
  ks set 'login."first name"' x
  silent
  value login '{"first name":"x"}'
}

@test "a long key does not flood the log" {
  long=$(printf '%0100000d' 0)
  hint="$quote_it: '\"$long"
  ks get "$long b"
  fails 3 <<END
kratix-status: error: key "${long:0:195}...: unexpected ' '
  ...${long:0:50} b
                                                       ^
kratix-status: hint: ${hint:0:200}...
END
  ks set "a$long.b[0]" x
  [ "$code" -eq 3 ] && [ "$(wc -c <captured/stderr)" -lt 2000 ] || complain "a long message"
  # Characters are counted, not bytes.
  ks get "$(printf 'é%.0s' {1..300})"
  [ "$(head -1 captured/stderr)" = "kratix-status: error: key \"$(printf 'é%.0s' {1..195})...: unexpected 'é'" ] ||
    complain "a long message in UTF-8"
}

@test "malformed keys in assignments" {
  ks set a=b 'c d=e'
  fails 3 <<'END'
kratix-status: error: key "c d": unexpected ' '
  c d
   ^
kratix-status: hint: quote a segment that holds other characters: '"c d"'
END
  for operand in =x :=1 @=file; do
    ks set "$operand"
    fails 3 'kratix-status: error: key "": the key is empty'
  done
}

# status_hint KEY SHOWN REST
status_hint() {
  local text="kratix-status: error: key $2: status.yaml already holds what is below status
kratix-status: hint: write $3; a key that is really named so is '\"status\"'"
  ks set "$1" v
  fails 3 "$text"
  ks set "$1=v"
  fails 3 "$text"
  ks append "$1" v
  fails 3 "$text"
  ks unset "$1"
  fails 3 "$text"
  ks get "$1"
  fails 3 "$text"
  ks exists "$1"
  fails 3 "$text"
  ks keys --from previous "$1"
  fails 3 "$text"
}

@test "status. in front is a habit from yq, and refused with a hint" {
  status_hint status status message
  status_hint status.message status.message message
  status_hint .status.message status.message message
  status_hint 'status.a."b c"' 'status.a."b c"' 'a."b c"'
}

@test "status[0]: the hint names a key that can be written" {
  status_hint 'status[0]' 'status[0]' message
  status_hint 'status["message"]' status.message message
}

@test "a key that is really called status goes in quotes" {
  ks set '"status"' v
  silent
  ks get '"status"'
  prints v
}

@test "going down into a scalar" {
  ks set s text
  ks set n:=3
  ks set m.a b
  ks set s.x v
  fails 3 <<'END'
kratix-status: error: key s.x: s is a string, which cannot have keys below it
kratix-status: hint: unset s first, or choose another key
END
  ks set n.x.y v
  fails 3 <<'END'
kratix-status: error: key n.x.y: n is a number, which cannot have keys below it
kratix-status: hint: unset n first, or choose another key
END
  ks set m.a.b v
  fails 3 <<'END'
kratix-status: error: key m.a.b: m.a is a string, which cannot have keys below it
kratix-status: hint: unset m.a first, or choose another key
END
  ks set 's[0]' v
  fails 3 'kratix-status: error: key s[0]: s is a string, not a list'
  ks set 'm[0]' v
  fails 3 'kratix-status: error: key m[0]: m is a map, not a list'
}

@test "going into a list by a key" {
  ks set 'l:=[1, 2]'
  ks set l.x v
  fails 3 <<'END'
kratix-status: error: key l.x: l is a list
kratix-status: hint: name an item: l[0]
END
}

@test "an index that does not exist" {
  ks set 'l:=[1, 2]' 'one:=[1]' 'none:=[]'
  ks set 'l[2]' v
  fails 3 <<'END'
kratix-status: error: key l[2]: l has 2 items
kratix-status: hint: add one with: kratix-status append l VALUE
END
  ks set 'l[-3]' v
  fails 3 <<'END'
kratix-status: error: key l[-3]: l has 2 items
kratix-status: hint: add one with: kratix-status append l VALUE
END
  ks set 'one[1].x' v
  fails 3 <<'END'
kratix-status: error: key one[1].x: one has 1 item
kratix-status: hint: add one with: kratix-status append one VALUE
END
  ks set 'none[0]' v
  fails 3 <<'END'
kratix-status: error: key none[0]: none has 0 items
kratix-status: hint: add one with: kratix-status append none VALUE
END
  ks set 'missing.list[0]' v
  fails 3 <<'END'
kratix-status: error: key missing.list[0]: missing.list is not in the file, and has no items
kratix-status: hint: start it with: kratix-status append missing.list VALUE
END
}

@test "null on the way counts as missing" {
  ks set --json a null
  ks set a.b.c v
  silent
  status_is <<'END'
a:
  b:
    c: v
END
}

@test "a key of more than 1024 characters" {
  key=$(head -c 5000 /dev/zero | tr '\0' k)
  ks set "top.$key" v
  silent
  ks get "top.$key"
  prints v
}

@test "a key of more segments than can nest" {
  key=a$(head -c 1300 /dev/zero | sed 's/\x00/.a/g')
  ks set "$key" v
  fails 3 'kratix-status: error: key of 1301 segments: nests deeper than 1200'
}

@test "keys prints the keys of a map, quoted where KEY needs it" {
  ks merge <<'END'
{"plain": 1, "a b": 2, "a.b": 3, "": 4, "say \"hi\"": 5, "back\\slash": 6, "é": 7, "map": {"x": null, "y": {}}, "list": [1]}
END
  ks keys
  prints <<'END'
plain
"a b"
"a.b"
""
"say \"hi\""
"back\\slash"
"é"
map
list
END
  ks keys map
  prints <<'END'
x
y
END
  ks keys map.y
  prints </dev/null
}

@test "keys of what is no map" {
  ks set a=b 'l:=[1]' c:=null
  for key in a l c missing a.b; do
    ks keys "$key"
    negative
  done
}

@test "keys of nothing at all" {
  ks keys
  prints </dev/null
}

@test "keys with too many operands" {
  ks keys a b
  fails 2 <<'END'
kratix-status: error: keys: at most one KEY
kratix-status: hint: usage:
  kratix-status keys [--from SOURCE] [KEY]
  kratix-status keys --file FILE|- [KEY]
END
}

@test "every key that keys prints is one that get takes" {
  ks set 'm."a b"=1' 'm."q\"q"=2' 'm.c=3' 'm.""=4' 'm."x[0]"=5' 'm."=":=6'
  ks keys m
  while IFS= read -r key; do
    "$KRATIX_STATUS_BINARY" get "m.$key" || complain "get m.$key"
  done <captured/stdout >values
  [ "$(tr '\n' ' ' <values)" = "1 2 3 4 5 6 " ]
}

@test "keys prints what can be given back, status in quotes, too" {
  printf '"status": 1\n"a b": 2\n' >"$status"
  ks keys
  prints <<'END'
"status"
"a b"
END
  ks get '"status"'
  prints 1
}

@test "keys that look like options are printed in quotes, and taken for keys when they are given back" {
  printf 'metadata: {name: d}\nspec: {env: {"-q": a, "--help": b, "--dry-run": c, "-": d, a-b: e}}\nstatus: {"-q": secret, normal: 1}\n' >"$object"
  ks keys --from object spec.env
  prints <<'END'
"-q"
"--help"
"--dry-run"
"-"
a-b
END
  cp captured/stdout printed
  while IFS= read -r key; do
    ks get --from object "spec.env.$key"
    cat captured/stdout
    ks set "$key" "is $key"
    silent
  done <printed >values
  [ "$(tr '\n' ' ' <values)" = "a b c d e " ]
  ks get '"-q"'
  prints 'is "-q"'
  ks get --from previous '"-q"'
  prints secret
}

@test "keys prints one line a key, whatever the key holds" {
  printf 'spec: {labels: {"x\\nmessage": 1, "esc\\e[2J\\x9b\\x7f": 2, "\\L\\P\\u202e\\uFEFF": 3, "\\U000E0041": 4, "\\t": 5}}\n' >"$object"
  ks keys --from object spec.labels
  prints <<'END'
"x\u000amessage"
"esc\u001b[2J\u009b\u007f"
"\u2028\u2029\u202e\ufeff"
"\udb40\udc41"
"\u0009"
END
  cp captured/stdout printed
  while IFS= read -r key; do
    ks get --from object "spec.labels.$key"
    cat captured/stdout
  done <printed >values
  [ "$(tr '\n' ' ' <values)" = "1 2 3 4 5 " ]
}
