# get [--from SOURCE] [--default VALUE] [-o FORMAT] [KEY], and exists
load helper

both() {
  previous_status <<'END'
message: Pending
url: http://old
iam: {user: admin, role: {a: 1}}
conditions:
- {type: Old, status: "True", reason: A, message: "", lastTransitionTime: "2024-08-21T10:27:45Z"}
- {type: Both, status: "False", reason: A, message: "", lastTransitionTime: "2024-08-21T10:27:45Z"}
nothing: null
END
  cat >"$status" <<'END'
iam: {password: x}
count: 3
ratio: 2.50
big: 1e21
yes: no
list: [1, {a: b}]
conditions:
- {type: Both, status: "True", reason: B, message: "", lastTransitionTime: "2024-08-22T10:27:45Z"}
empty: ""
lines: "a\nb\n"
END
}

@test "raw: scalars bare, lists and maps as JSON" {
  both
  ks get url
  prints http://old
  ks get count
  prints 3
  ks get ratio
  prints 2.5
  ks get big
  prints 1e+21
  ks get true
  prints false
  ks get list
  prints '[1,{"a":"b"}]'
  ks get 'list[-1]'
  prints '{"a":"b"}'
  ks get 'list[1].a'
  prints b
  ks get empty
  prints ''
  ks get lines
  prints 'a
b
'
  ks get -o raw count
  prints 3
}

@test "json" {
  both
  ks get -o json url
  prints '"http://old"'
  ks get --output=json lines
  prints '"a\nb\n"'
  ks get -ojson iam
  prints '{"password":"x"}'
}

@test "yaml" {
  both
  ks get -o yaml iam
  prints 'password: x'
  ks get -o yaml list
  prints <<'END'
- 1
- a: b
END
  ks get -o yaml url
  prints '"http://old"'
  ks get --output yaml lines
  prints '"a\nb\n"'
}

@test "effective: the file over the previous status, key by key at the top, conditions by type, no message" {
  both
  ks get -o yaml
  prints <<'END'
url: "http://old"
iam:
  password: x
conditions:
  - type: Old
    status: "True"
    reason: A
    message: ""
    lastTransitionTime: "2024-08-21T10:27:45Z"
  - type: Both
    status: "True"
    reason: B
    message: ""
    lastTransitionTime: "2024-08-22T10:27:45Z"
nothing: null
count: 3
ratio: 2.5
big: 1.0e+21
"true": false
list:
  - 1
  - a: b
empty: ""
lines: "a\nb\n"
END
  ks get --from effective iam
  prints '{"password":"x"}'
  ks get message
  negative
}

@test "file, previous and object" {
  both
  ks get --from file url
  negative
  ks get --from file iam.password
  prints x
  ks get --from previous iam
  prints '{"user":"admin","role":{"a":1}}'
  ks get --from previous message
  prints Pending
  ks get --from previous count
  negative
  ks get --from object metadata.name
  prints example
  ks get --from=object spec.size
  prints 3
  ks get --from object status.iam.user
  prints admin
  ks get --from object
  [ "$code" -eq 0 ] && grep -q '^{"apiVersion":"example.com/v1","kind":"Redis",' captured/stdout || complain "the whole object"
}

@test "a source that does not exist" {
  ks get --from status a
  fails 2 <<'END'
kratix-status: error: option --from status: unknown source
kratix-status: hint: use effective, file, previous, object or live
END
}

@test "a format that does not exist" {
  ks get -o xml a
  fails 2 <<'END'
kratix-status: error: option -o xml: unknown format
kratix-status: hint: use raw, yaml or json
END
}

@test "missing, null, and below a scalar: nothing printed, exit code 1" {
  both
  for key in missing nothing nothing.a url.x 'url[0]' 'list[2]' 'list[-3]' list.a iam.user.x x.y.z; do
    ks get "$key"
    negative
    ks get -o json "$key"
    negative
    ks exists "$key"
    negative
  done
}

@test "--default for a missing or null key, whatever it looks like" {
  both
  for default in none '' -x --json 'a b' -; do
    ks get --default "$default" missing
    prints "$default"
    ks get --default "$default" nothing
    prints "$default"
    ks get --default="$default" missing
    prints "$default"
  done
  ks get --default none url
  prints http://old
  ks get --default none empty
  prints ''
}

@test "help get says that a shell ignores the exit code within another command's words" {
  ks help get
  grep -qF 'Assign the output to a variable first. After size=$(kratix-status get spec.size)' captured/stdout || complain "help"
  # Which is so in every shell.
  capture sh -ec '"$0" set message "Size: $("$0" get size)"; size=$("$0" get size); "$0" set message never' "$KRATIX_STATUS_BINARY"
  negative
  ks get message
  prints 'Size: '
}

@test "--default is a string in JSON and YAML too" {
  ks get -o json --default '"q' missing
  prints '"\"q"'
  ks get -o json --default '' missing
  prints '""'
  ks get -o json --default 3 missing
  prints '"3"'
  ks get -o yaml --default '[a' missing
  prints '"[a"'
  ks get -o yaml --default yes missing
  prints '"yes"'
  ks get --default "$(printf 'caf\351')" missing
  prints "$(printf 'caf\351')"
  ks get -o json --default "$(printf 'caf\351')" missing
  fails 3 <<'END'
kratix-status: error: value of --default: is not valid UTF-8 (byte 4)
kratix-status: hint: convert it first, with iconv or base64
END
}

@test "--default without a value" {
  ks get --default
  fails 2 'kratix-status: error: option --default: needs a value: --default VALUE'
}

@test "no KEY: the whole status" {
  ks get
  prints '{}'
  ks get -o yaml
  prints '{}'
  ks set a b
  ks get
  prints '{"a":"b"}'
}

@test "too many operands" {
  ks get a b
  fails 2 <<'END'
kratix-status: error: get: 2 operands instead of one KEY
kratix-status: hint: usage:
  kratix-status get [--from SOURCE] [--default VALUE] [-o FORMAT] [KEY]
  kratix-status get --file FILE|- [--default VALUE] [-o FORMAT] [KEY]
END
  for operands in "" "a b"; do
    ks exists $operands
    fails 2 <<'END'
kratix-status: error: exists: one KEY is needed
kratix-status: hint: usage:
  kratix-status exists [--from SOURCE] KEY
  kratix-status exists --file FILE|- KEY
END
  done
}

@test "exists: from each source" {
  both
  ks exists url
  silent
  ks exists empty
  silent
  ks exists true
  silent
  ks exists --from file url
  negative
  ks exists --from previous url
  silent
  ks exists --from object spec
  silent
  ks exists --from object url
  negative
  ks exists message
  negative
  ks exists --from previous message
  silent
}

@test "keys: from each source" {
  both
  ks keys --from previous iam
  prints <<'END'
user
role
END
  ks keys --from file iam
  prints password
  ks keys --from object metadata
  prints name
}

@test "no files at all" {
  ks get a
  negative
  ks get --from file a
  negative
  ks get --from previous a
  negative
  ks get --from object a
  fails 5 <<'END'
kratix-status: error: open kratix/input/object.yaml: No such file or directory
kratix-status: hint: Kratix puts the object there; outside of a Pipeline: kubectl get TYPE NAME -o yaml >FILE
END
}

@test "an object without a status, or with one that is no map" {
  for text in 'kind: Redis' 'status: null' 'status: text' 'status: [1]' ''; do
    echo "$text" >"$object"
    ks get --from previous
    prints '{}'
    ks get a
    negative
  done
}

@test "an object that is not YAML" {
  printf 'kind: Redis\nstatus: a: b\n' >"$object"
  text='kratix-status: error: kratix/input/object.yaml:2:10: mapping values are not allowed in this context
  status: a: b
           ^'
  for command in "get a" "exists a" "keys" "get --from previous a" "get --from object kind" "set a.b c" "set --once a b" \
    "unset a.b" "append a.b c"; do
    ks $command
    fails 4 "$text"
  done
  ks set a b
  silent
  # What status.yaml decides alone needs no object.
  ks get a
  prints b
  ks exists a
  silent
  ks get message
  negative
  ks get conditions
  fails 4 "$text"
  ks get --from file a
  prints b
}

@test "get warns of what Kratix reads otherwise than written, and -q does not" {
  printf 'a: 1\na: 2\nb: 9007199254740993\n' >"$status"
  ks get a
  expected stdout 2
  expected stderr <<'END'
kratix-status: warning: kratix/metadata/status.yaml:2:1: key "a" appears on lines 1 and 2; Kratix keeps the last
kratix-status: warning: kratix/metadata/status.yaml:3:4: Kratix keeps numbers as 64-bit floats and loses digits of 9007199254740993
END
  check 0
  ks -q get a
  prints 2
}

@test "get reads hand-written YAML as Kratix does" {
  cat >"$status" <<'END'
sha: 1234e56
version: 1.10
octal: 0644
answer: y
time: 12:30
date: 2024-01-01
none: ~
anchor: &a {x: 1}
merged:
  <<: *a
  y: |
    two
    lines
END
  ks get -o json
  prints '{"sha":1.234e+59,"version":1.1,"octal":420,"answer":true,"time":"12:30","date":"2024-01-01","none":null,"anchor":{"x":1},"merged":{"x":1,"true":"two\nlines\n"}}'
}

@test "a key named status is read as it is written, where there is one" {
  printf 'status: {job: successful}\n' >"$status"
  for from in "" --from=file; do
    ks get $from -o json status
    prints '{"job":"successful"}'
    ks get $from status.job
    prints successful
    ks get $from status.absent
    negative
    ks exists $from status.job
    silent
    ks keys $from status
    prints job
  done
  ks get --from previous status
  fails 3 <<'END'
kratix-status: error: key status: status.yaml already holds what is below status
kratix-status: hint: write message; a key that is really named so is '"status"'
END
  # A Promise has one among its own fields.
  rm "$status"
  previous_status <<<'status: Available'
  for from in "" --from=previous; do
    ks get $from status
    prints Available
  done
  ks exists --from file status.message
  fails 3 <<'END'
kratix-status: error: key status.message: status.yaml already holds what is below status
kratix-status: hint: write message; a key that is really named so is '"status"'
END
}
