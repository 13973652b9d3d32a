# set KEY VALUE, and set KEY=VALUE KEY:=JSON KEY@=FILE...
load helper

usage="kratix-status: hint: usage:
  kratix-status set [--json] [--once] [--print] [--fresh] [--publish] KEY VALUE
  kratix-status set [--once] [--fresh] [--publish] KEY=VALUE|KEY:=JSON|KEY@=FILE..."

plain_text='for plain text leave out --json, or use KEY=VALUE'
not_json="kratix-status: hint: a JSON string needs double quotes; $plain_text"

# is VALUE: what `k` now is, byte for byte
is() {
  ks get --from file k
  prints "$1"
}

# takes VALUE: set k VALUE, and k is it
takes() {
  ks set k "$1"
  silent
  is "$1"
}

@test "KEY VALUE writes a string" {
  ks set a b
  silent
  status_is <<'END'
a: b
END
}

@test "a key keeps its place when its value changes, new ones come last" {
  ks set a=1 b=2 c=3
  ks set b other
  ks set d 4
  silent
  status_is <<'END'
a: "1"
b: other
c: "3"
d: "4"
END
}

@test "what follows KEY is data, though it looks like an option" {
  for value in --json --once --print --fresh --help -h -q -foo -5 - -- --dry-run --root=/x --unknown; do
    takes "$value"
  done
}

@test "what follows KEY is data, though it looks like YAML, JSON or an operator" {
  for value in '[a,b]' '{}' '{"a": 1}' '' ' ' '= x' ':=1' '@=file' 'a=b' 'a:=1' 'a@=b' '@file' '"quoted"' "'" '\n' '$x' '*' \
    'null' 'true' '1.10' '1234e56' 'a: b # c' '- x' 'two  blanks '; do
    takes "$value"
  done
}

@test "a VALUE of several lines" {
  takes 'line 1
  line 2

line 4'
  takes '
'
}

@test "KEY=VALUE ends KEY at the first operator outside quotes, and the rest is data" {
  ks set a=b=c c=d:=1 e==f g= 'h=x y' 'i."j=k"=l' m=-n
  silent
  status_is <<'END'
a: "b=c"
c: "d:=1"
e: "=f"
g: ""
h: x y
i:
  "j=k": l
m: "-n"
END
}

@test "the first operand alone decides on the form: KEY VALUE may have a VALUE with =" {
  ks set a b=c
  silent
  ks get a
  prints b=c
}

@test "the first operand alone decides on the form: after an assignment all must be assignments" {
  ks set a=Hello world
  fails 2 <<'END'
kratix-status: error: set: operand "world" is not an assignment, but the first one is
kratix-status: hint: quote a value that has blanks: set message="$text"
END
}

@test "in the form KEY=VALUE a value that is not quoted becomes other keys and files; in quotes, and in the form KEY VALUE, it does not" {
  echo secret >hostname
  v='ready leak@=hostname'
  ks set note=$v
  silent
  ks get leak
  prints secret
  rm "$status"
  ks set note $v
  fails 2 <<'END'
kratix-status: error: set: 3 operands instead of KEY VALUE: quote the value
kratix-status: hint: set KEY "$value"
END
  ks set note="$v"
  ks set text "$v"
  silent
  status_is <<'END'
note: "ready leak@=hostname"
text: "ready leak@=hostname"
END
}

# replaces KEY OPERAND...
replaces() {
  local key=$1
  shift
  for option in "" --once --fresh; do
    ks set $option "$@"
    fails 2 <<END
kratix-status: error: set: $key replaces what an earlier operand sets
kratix-status: hint: set each key once, a map before the keys below it, and items from one end of a list
END
  done
}

@test "an operand that would replace what an earlier one sets is refused, and nothing is set" {
  ks set 'l:=[1, 2]'
  replaces a a=1 a=2
  replaces a a=1 b=2 a=1
  replaces a a=1 '"a"=2'
  replaces d d.x=1 'd:={}'
  replaces d.x d.x.y.z=1 d.y=2 d.x=3
  replaces 'l[0]' 'l[0]=a' 'l[0]=b'
  replaces 'l[0]' 'l[0].a=a' 'l[0]=b'
  replaces l 'l[0]=a' 'l:=[]'
  # In a list of one item, these would be the same.
  replaces 'l[-1]' 'l[0]=a' 'l[-1]=b'
  replaces 'l[0].x' 'l[-1].x=a' 'l[0].x=b'
  replaces a a=1 a@=/nowhere
  status_is <<'END'
l:
  - 1
  - 2
END
}

@test "keys beside each other, and keys below one that an earlier operand sets, are no replacements" {
  ks set a.b=1 a.c=2 a.bb=3 'ports:=[80, 443]' 'ports[-1]:=8443' 'ports[-2]:=81' 'd:={"x": 1}' d.x=2 d.y=3 '"a.b"=4' 'm."[0]"=5' \
    'n:=[[1, 2], [3]]' 'n[0][-1]=6' 'n[1][0]=7'
  silent
  ks get --from file
  prints '{"a":{"b":"1","c":"2","bb":"3"},"ports":[81,8443],"d":{"x":"2","y":"3"},"a.b":"4","m":{"[0]":"5"},"n":[[1,"6"],["7"]]}'
}

@test "a quoted operator is part of KEY" {
  ks set '"a=b"' c
  silent
  ks set '"d:=e"' f
  silent
  status_is <<'END'
"a=b": c
"d:=e": f
END
}

@test "no operand" {
  ks set
  fails 2 "kratix-status: error: set: KEY is missing
$usage"
  ks set --json
  fails 2 "kratix-status: error: set: KEY is missing
$usage"
  ks set --
  fails 2 "kratix-status: error: set: KEY is missing
$usage"
}

@test "one operand" {
  ks set message
  fails 2 <<'END'
kratix-status: error: set: VALUE is missing
kratix-status: hint: an empty value is ""; quote the value: set KEY "$value"
END
}

@test "an unquoted value with blanks is a usage error, never a wrong key" {
  ks set message Instance example provisioned
  fails 2 <<'END'
kratix-status: error: set: 4 operands instead of KEY VALUE: quote the value
kratix-status: hint: set KEY "$value"
END
  ks set message the a=b
  fails 2 <<'END'
kratix-status: error: set: 3 operands instead of KEY VALUE: quote the value
kratix-status: hint: set KEY "$value"
END
}

@test "-- ends the options, before KEY" {
  ks set -- -a b
  silent
  ks set --json -- --b 3
  silent
  ks set -- -c=-d
  silent
  status_is <<'END'
"-a": b
"--b": 3
"-c": "-d"
END
}

@test "a KEY with a dash in front and no -- is taken for an option" {
  ks set -foo bar
  fails 2 <<'END'
kratix-status: error: option -foo: unknown
kratix-status: hint: kratix-status help set lists the options
END
  ks set '-foo bar' baz
  fails 2 <<'END'
kratix-status: error: option -foo bar: unknown
kratix-status: hint: put -- before an operand that starts with '-'
END
}

@test "--json takes every type of JSON" {
  ks set --json all '{"null": null, "yes": true, "no": false, "int": -3, "float": 2.50, "exp": 1e3, "zero": 0,
    "text": "a\u00e9\ud83d\ude00\/\n", "list": [1, "two", [3], {}], "map": {"a": {"b": []}}, "": ""}'
  silent
  value all '{"null":null,"yes":true,"no":false,"int":-3,"float":2.5,"exp":1000,"zero":0,"text":"aé😀/\n","list":[1,"two",[3],{}],"map":{"a":{"b":[]}},"":""}'
}

@test ":= takes every type of JSON" {
  ks set a:=null b:=true c:=-1.5 'd:="x"' 'e:=[1, 2]' 'f:={"g": {}}' 'h.i:= 7 '
  silent
  status_is <<'END'
a: null
b: true
c: -1.5
d: x
e:
  - 1
  - 2
f:
  g: {}
h:
  i: 7
END
}

@test "--json at the edges of numbers" {
  for pair in 9007199254740992:9007199254740992 -9007199254740992:-9007199254740992 0.1:0.1 1.0:1 1E+2:100 1e21:1e+21 \
    5e-324:5e-324 -0.5:-0.5 1.7976931348623157e308:1.7976931348623157e+308 123456.789:123456.789; do
    ks set --json k "${pair%:*}"
    silent
    value k "${pair#*:}"
  done
}

@test "integers beyond 2^53 are refused" {
  for number in 9007199254740993 -9007199254740993 123456789012345678901234567890 9007199254740994; do
    ks set --json k "$number"
    fails 3 <<END
kratix-status: error: value of k: Kratix keeps numbers as 64-bit floats and rounds integers beyond 2^53
  $number
  ^
kratix-status: hint: $plain_text
END
  done
}

@test "numbers that a float cannot keep are refused" {
  ks set k:=0.1000000000000000055
  fails 3 <<'END'
kratix-status: error: value of k: Kratix keeps numbers as 64-bit floats and would lose digits of this one
  0.1000000000000000055
  ^
kratix-status: hint: for plain text leave out --json, or use KEY=VALUE
END
  ks set k:=1e999
  fails 3 <<'END'
kratix-status: error: value of k: Kratix cannot hold a number this large
  1e999
  ^
kratix-status: hint: for plain text leave out --json, or use KEY=VALUE
END
}

@test "a plain word is not JSON" {
  for word in yes None nul NaN Infinity .5 +1 0x10 "'a'" hello; do
    [ "$word" != ] || continue
    ks set --json k "$word"
    fails 3 <<END
kratix-status: error: value of k: is not JSON
  $word
  ^
$not_json
END
  done
}

# refuses_json TEXT CAUSE CARET_LINE [HINT]
refuses_json() {
  local text="kratix-status: error: value of k: $2
  $1
  $3"
  [ $# -lt 4 ] || text="$text
kratix-status: hint: $4"
  ks set --json k "$1"
  fails 3 "$text"
}

@test "what is wrong with the JSON, and where" {
  refuses_json '[1,' 'is not JSON: it ends where a value is expected' '   ^'
  refuses_json '{"a" 1}' "is not JSON: ':' is expected" '     ^'
  refuses_json '{a:1}' 'is not JSON: a key in double quotes is expected' ' ^' "a JSON string needs double quotes; $plain_text"
  refuses_json "{'a':1}" 'is not JSON: a key in double quotes is expected' ' ^' \
    "a JSON string needs double quotes; $plain_text"
  refuses_json '[1,]' 'is not JSON' '   ^' 'JSON has no comma after the last item'
  refuses_json '{"a":1,}' 'is not JSON: a key in double quotes is expected' '       ^' \
    'JSON has no comma after the last item'
  refuses_json 'True' 'is not JSON' '^' 'write true'
  refuses_json '80,443' 'is not JSON: unexpected text after the value' '  ^' 'a list is in brackets: [80,443]'
  refuses_json '{"a":1,"a":2}' 'the key "a" appears twice' '       ^'
  refuses_json '{"a":1 "b":2}' "is not JSON: ',' or '}' is expected" '       ^'
  refuses_json '[1 2]' "is not JSON: ',' or ']' is expected" '   ^'
  refuses_json '01' 'is not JSON: a number has no leading zero' '^'
  refuses_json '2.' 'is not JSON: a digit is expected' '  ^'
  refuses_json '-x' 'is not JSON: a digit is expected' ' ^'
  refuses_json '1e+' 'is not JSON: a digit is expected' '   ^'
  refuses_json '1 2' 'is not JSON: unexpected text after the value' '  ^' "$plain_text"
  refuses_json '"a' 'is not JSON: the string is not closed' '  ^'
  refuses_json '"\q"' 'is not JSON: unknown escape' ' ^'
  refuses_json '"\u00g0"' 'is not JSON: four hexadecimal digits are expected' '     ^'
  refuses_json '"\ud83d"' 'half of a surrogate pair is not a character' ' ^'
  refuses_json '"\ude00\ud83d"' 'half of a surrogate pair is not a character' ' ^'
}

@test "empty JSON, and a line break within a string" {
  ks set --json k ''
  fails 3 <<'END'
kratix-status: error: value of k: is not JSON: it ends where a value is expected
kratix-status: hint: an empty string is ""
END
  ks set --json k '"a
b"'
  fails 3 <<'END'
kratix-status: error: value of k: is not JSON: a control character needs an escape such as \n
  "a
    ^
END
}

@test "a wrong value among several: nothing is written" {
  ks set a b
  ks set c=d 'e:=[' f=g
  fails 3 <<'END'
kratix-status: error: value of e: is not JSON: it ends where a value is expected
END
  status_is <<'END'
a: b
END
}

@test "--json with an assignment" {
  ks set --json a=1
  fails 2 <<'END'
kratix-status: error: set: --json works only with KEY VALUE
kratix-status: hint: write KEY:=JSON
END
}

@test "@=FILE takes the text of a file without its last newline" {
  printf 'line 1\nline 2\n' >file
  ks set k@=file
  silent
  is 'line 1
line 2'
  printf 'no newline' >file
  ks set k@=file
  is 'no newline'
  printf 'two\n\n' >file
  ks set k@=file
  is 'two
'
  : >file
  ks set k@=file
  is ''
  printf '\n' >file
  ks set k@=file
  is ''
  printf 'crlf\r\n' >file
  ks set k@=file
  value k '"crlf\r"'
}

@test "@=- takes standard input without its last newline" {
  ks set 'k@=-' <<'END'
a: "b" # c
END
  silent
  is 'a: "b" # c'
}

@test "standard input can be read only once" {
  ks set 'a@=-' 'b@=-' <<<text
  fails 2 <<'END'
kratix-status: error: set: standard input can be read only once
kratix-status: hint: write it to a file first
END
}

@test "@=FILE with a file that is missing or a directory" {
  ks set a=b 'k@=nofile'
  fails 5 'kratix-status: error: open nofile: No such file or directory'
  ks set 'k@=kratix'
  fails 5 'kratix-status: error: read kratix: Is a directory'
}

@test "--once sets a missing or null value, and keeps any other" {
  ks set --once k first
  silent
  is first
  ks set --once k second
  silent
  unchanged
  is first
  ks set --json k null
  ks set --once k third
  is third
  ks set --json k false
  ks set --once k fourth
  is false
  ks set k ''
  ks set --once k fifth
  is ''
}

@test "--once with assignments keeps what is there, key by key" {
  ks set a.b old
  ks set --once a.b=new a.c=new 'd:=[1]'
  silent
  status_is <<'END'
a:
  b: old
  c: new
d:
  - 1
END
}

@test "--print prints the value that now holds" {
  ks set --print k 'a "b"'
  prints 'a "b"'
  ks set --once --print k other
  prints 'a "b"'
  ks set --json --print k '{"a": [1, null]}'
  prints '{"a":[1,null]}'
  ks set --json --print k null
  prints null
}

@test "an empty message is written with a warning, because kubectl get then shows nothing" {
  empty='kratix-status: warning: key message: is empty, and kubectl get shows nothing there'
  ks set message ''
  warns "$empty"
  status_is <<<'message: ""'
  ks set url= message=
  warns "$empty"
  ks merge <<<'message: ""'
  warns "$empty"
  ks set url ''
  silent
  ks set message x
  ks set --once message ''
  silent
}

@test "--print with assignments or with --dry-run" {
  ks set --print a=1
  fails 2 <<'END'
kratix-status: error: set: --print works only with KEY VALUE
kratix-status: hint: run kratix-status get KEY afterwards
END
  ks set --print --dry-run a 1
  fails 2 <<'END'
kratix-status: error: set: --print and --dry-run both write to standard output
kratix-status: hint: leave one of them out
END
}

@test "a VALUE as long as the kernel takes an argument" {
  value=$(head -c 131071 /dev/zero | tr '\0' '#')
  ks set k "$value"
  silent
  ks get k
  prints "$value"
}

@test "a VALUE of nearly 1 MiB from standard input" {
  head -c 1048500 /dev/zero | tr '\0' x >big
  ks set k@=- <big
  warns <<'END'
kratix-status: warning: the status takes 1024 KiB as JSON, which slows every reader of the object; the limit is 1024 KiB
END
  ks get k
  echo >>big
  cmp big captured/stdout
}

@test "from 256 KiB on there is a warning, which -q leaves out" {
  head -c 262135 /dev/zero | tr '\0' x >big
  ks set k@=big
  silent
  head -c 300000 /dev/zero | tr '\0' x >big
  ks set k@=big
  warns <<'END'
kratix-status: warning: the status takes 293 KiB as JSON, which slows every reader of the object; the limit is 1024 KiB
END
  ks -q set k@=big
  silent
}

@test "a status above 1 MiB is refused" {
  ks set a b
  head -c 1048576 /dev/zero | tr '\0' x >big
  ks set k@=big
  fails 3 <<'END'
kratix-status: error: status: would take 1025 KiB as JSON; Kubernetes stores at most about 1024 KiB
kratix-status: hint: keep large data elsewhere, in a ConfigMap or a Secret, and its name in the status
END
  head -c 5000000 /dev/zero | tr '\0' x >big
  ks set k@=big
  fails 3 'kratix-status: error: read big: is larger than 4 MiB'
  ks set k@=- <big
  fails 3 'kratix-status: error: read standard input: is larger than 4 MiB'
}

@test "values that are not UTF-8 are refused, by argument, assignment, file and JSON" {
  fix='kratix-status: hint: convert it first, with iconv or base64'
  ks set k $'caf\xe9'
  fails 3 "kratix-status: error: value of k: is not valid UTF-8 (byte 4)
$fix"
  ks set k=$'\xed\xa0\x80'
  fails 3 "kratix-status: error: value of k: is not valid UTF-8 (byte 1)
$fix"
  printf 'a\xc0\x80' >file
  ks set k@=file
  fails 3 "kratix-status: error: value of k: is not valid UTF-8 (byte 2)
$fix"
  ks set --json k $'"x\xff"'
  fails 3 <<'END'
kratix-status: error: value of k: is not valid UTF-8
  "x\xff"
    ^
END
}
