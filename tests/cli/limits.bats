# What a file or an operand may cost, whoever wrote it: refused at a limit, in little memory, and with any stack.
load helper

hint='kratix-status: hint: the file is unchanged: fix it, or remove it to start again'

make() { "$python" -c "import sys; sys.stdout.write($1)"; }

# Whether the binary is as lean as it is shipped; a sanitizer and an emulator need memory of their own.
is_lean() { (ulimit -v 80000 && "$KRATIX_STATUS_BINARY" version) >/dev/null 2>&1; }

# sparingly ARGUMENTS: with 80 MB of address space, of which the binary itself takes some
sparingly() {
  is_lean ||
    skip "the binary does not run with little memory: a sanitizer, or an emulator"
  capture bash -c 'ulimit -v 80000; exec "$@"' bash "$KRATIX_STATUS_BINARY" "$@"
}

# Compares the exit code and the first line of standard error; what follows quotes the file.
refuses() {
  [ "$code" -eq "$1" ] || complain "exit code $code instead of $1" || return
  [ "$(head -n 1 captured/stderr)" = "$2" ] || complain "not: $2" || return
  unchanged
}

@test "unset of many keys leaves the others in their order" {
  for i in $(seq 100); do echo "k$i: $i"; done >"$status"
  ks unset $(seq -f k%g 2 99)
  silent
  status_is <<'END'
k1: 1
k100: 100
END
}

@test "unset of list items counts the items that are left each time" {
  printf 'a: [1, 2, 3, 4, 5]\nb:\n- [x, y, z]\n- {c: 1, d: 2}\n' >"$status"
  ks unset 'a[0]' 'b[0][-1]' 'a[0]' 'b[1].c' 'a[-1]' 'b[0]' 'b[0].none' 'a[7]'
  silent
  status_is <<'END'
a:
  - 3
  - 4
b:
  - d: 2
END
}

@test "unset of a key and of what was below it, one after the other" {
  previous_status <<'END'
m: {a: 1, b: 2, c: 3}
END
  printf 'm: {x: [1, 2]}\n' >"$status"
  ks unset 'm.x[0]' m m.a
  [ "$(cat captured/stderr)" = "kratix-status: warning: key m: already published, and Kratix keeps it: status.yaml can \
overwrite a top-level key, not remove it; to publish null instead: kratix-status set --json m null" ] || complain "not the warning"
  status_is <<'END'
m:
  b: 2
  c: 3
END
}

@test "conditions that were right have to stay so, also after several removals" {
  printf 'conditions:\n- {type: A, status: "True", reason: R, message: "", lastTransitionTime: "2024-08-21T10:27:45Z"}\n- 1\n' >"$status"
  ks unset 'conditions[1]' 'conditions[0].reason'
  fails 3 <<'END'
kratix-status: error: conditions[0].reason: is missing
kratix-status: hint: a condition has type, status, reason, message and lastTransitionTime
END
}

@test "more than 100 directives are refused in every file" {
  make '"".join(f"%TAG !e{i}! x\n" for i in range(40000)) + "---\na: 1\n"' >tags
  cp tags "$status"
  for command in "set b 1" "get a" "unset a" "append l 1"; do
    ks $command
    [ "$code" -eq 4 ] || complain "exit code" || return
    grep -q '^kratix-status: error: kratix/metadata/status.yaml:101:1: more than 100 directives such as %TAG$' captured/stderr ||
      complain "no such message" || return
    unchanged
  done
  ks validate
  [ "$code" -eq 1 ]
  grep -q '^kratix/metadata/status.yaml:101:1: error: more than 100 directives such as %TAG \[too-many-directives\]$' captured/stdout
  rm "$status"
  ks merge tags
  refuses 3 'kratix-status: error: tags:101:1: more than 100 directives such as %TAG'
  cp tags "$object"
  ks get --from object a
  refuses 4 'kratix-status: error: kratix/input/object.yaml:101:1: more than 100 directives such as %TAG'
}

# as_for_merge FILE CODE MESSAGE: what merge says to FILE, get --file, keys --file and import say as well
as_for_merge() {
  for command in "merge" "get --file" "keys --file" "exists --file" "import"; do
    case $command in
      import) sparingly import "$1" x=zz ;;
      exists*) sparingly $command "$1" zz ;;
      *) sparingly $command "$1" ;;
    esac
    refuses "$2" "$3"
  done
}

@test "any document that is read has the limits of merge, and takes as little memory" {
  make '"a: {" + "a," * 2090000 + "}"' >in.yaml
  as_for_merge in.yaml 3 'kratix-status: error: in.yaml:1:262146: holds more than 262144 keys and values'
  make '"{\"a\":[" + "1," * 2090000 + "1]}"' >in.json
  as_for_merge in.json 3 'kratix-status: error: in.json:1:524289: holds more than 262144 keys and values'
  make '"a: " + "[" * 4000000' >deep
  as_for_merge deep 3 'kratix-status: error: deep:1:516: nests [] and {} deeper than 512'
  make '"a:\n" + "- " * 1200 + "x\n"' >deep
  as_for_merge deep 3 'kratix-status: error: deep:2:2399: nests deeper than 1200'
  make '"".join(f"%TAG !e{i}! x\n" for i in range(40000)) + "---\na: 1\n"' >tags
  as_for_merge tags 3 'kratix-status: error: tags:101:1: more than 100 directives such as %TAG'
  head -c 5000000 /dev/zero | tr '\0' x >big
  as_for_merge big 3 'kratix-status: error: read big: is larger than 4 MiB'
  make '"a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{b}: &{b} [" + ",".join(["*" + a] * 9) + "]\n" for a, b in zip("abcdefg", "bcdefgh"))' >bomb
  as_for_merge bomb 3 'kratix-status: error: bomb:1:8: the document contains excessive aliasing'
  as_for_merge nowhere 5 'kratix-status: error: open nowhere: No such file or directory'
}

@test "a large document is searched in little memory, and a field of it imported" {
  make '"{\"l\":[" + ",".join("{\"n\":\"%d\"}" % i for i in range(80000)) + "],\"v\":\"x\"}"' >in.json
  sparingly get --file in.json 'l[n=79999]'
  prints '{"n":"79999"}'
  sparingly import in.json v=v last='l[n=79999].n'
  silent
  status_is <<'END'
v: x
last: "79999"
END
  sparingly import in.json all=.
  refuses 3 'kratix-status: error: status: would take 1083 KiB as JSON; Kubernetes stores at most about 1024 KiB'
  make '"{\"n\":[" + ",".join("\"" + "k" * 64 + str(i) + "\"" for i in range(40000)) + "]}"' >in.json
  sparingly import in.json v=missing
  refuses 3 'kratix-status: error: in.json: missing: is missing: the document has no missing, but n'
  make '"{" + ",".join("\"%07d\":1" % i for i in range(130000)) + "}"' >in.json
  sparingly import in.json v=missing
  refuses 3 'kratix-status: error: in.json: missing: is missing: the document has no missing, but 0000000, 0000001, 0000002, 0000003, 0000004, 0000005, 0000006, 0000007 and 129992 more'
}

@test "a hundred directives are read" {
  make '"".join(f"%TAG !e{i}! x\n" for i in range(100)) + "---\na: 1\n"' >"$status"
  ks get a
  prints 1
}

@test "more than 512 open brackets are refused in every file" {
  make '"a: " + "[" * 4000000' >"$status"
  for command in "set b 1" "get b"; do
    sparingly $command
    refuses 4 'kratix-status: error: kratix/metadata/status.yaml:1:516: nests [] and {} deeper than 512'
  done
  make '"a: " + "[" * 513 + "]" * 513 + "\n"' >deep
  ks merge deep
  refuses 3 'kratix-status: error: deep:1:516: nests [] and {} deeper than 512'
}

@test "a status.yaml of nothing but items is refused before it takes much memory" {
  make '"conditions: [" + ",".join(["{}"] * 1390000) + "]"' >"$status"
  [ "$(stat -c %s "$status")" -lt 4194304 ]
  for command in "set zz 1" "unset conditions[0].x" "condition set X True --reason R" "get zz" "preview" "diff"; do
    sparingly $command
    refuses 4 'kratix-status: error: kratix/metadata/status.yaml:1:786437: holds more than 262144 keys and values'
  done
  printf 'a: 1\n' >in.yaml
  sparingly merge in.yaml
  refuses 4 'kratix-status: error: kratix/metadata/status.yaml:1:786437: holds more than 262144 keys and values'
}

@test "input of nothing but items is refused before it takes much memory" {
  make '"a: {" + "a," * 2090000 + "}"' >in.yaml
  sparingly merge in.yaml
  refuses 3 'kratix-status: error: in.yaml:1:262146: holds more than 262144 keys and values'
  make '"{\"a\":[" + "1," * 2090000 + "1]}"' >in.json
  sparingly merge in.json
  refuses 3 'kratix-status: error: in.json:1:524289: holds more than 262144 keys and values'
}

@test "a status of fewer items that is refused takes little memory either" {
  make '"conditions: [" + "{}," * 262000 + "{}]"' >in.yaml
  sparingly merge in.yaml
  fails 3 <<'END'
kratix-status: error: conditions[0].type: is missing
kratix-status: hint: a condition has type, status, reason, message and lastTransitionTime
END
  make '"a: [" + "aaaaaaaaaaaa," * 262000 + "b]"' >in.yaml
  sparingly merge in.yaml
  fails 3 <<'END'
kratix-status: error: status: would take 3838 KiB as JSON; Kubernetes stores at most about 1024 KiB
kratix-status: hint: keep large data elsewhere, in a ConfigMap or a Secret, and its name in the status
END
}

@test "a status does not grow beyond what can be read again" {
  make '"a: [" + "1," * 150000 + "1]"' >"$status"
  make '"b: [" + "1," * 150000 + "1]"' >in.yaml
  ks -q merge in.yaml
  fails 3 <<'END'
kratix-status: error: status: would hold more than 262144 keys and values
kratix-status: hint: keep large data elsewhere, in a ConfigMap or a Secret, and its name in the status
END
}

@test "an object.yaml of nothing but items is refused before it takes much memory, a large one is read" {
  make '"spec: {a: [" + "{}," * 5500000 + "{}]}"' >"$object"
  for command in "get --from object spec.b" "set a.b 1" "preview"; do
    sparingly $command
    refuses 4 'kratix-status: error: kratix/input/object.yaml:1:2359293: holds more than 786432 keys and values'
  done
  make '"spec:\n  b: 1\n  a:\n" + "  - {}\n" * 500000' >"$object"
  ks get --from object spec.b
  prints 1
}

@test "an object.yaml of more than 16 MiB is malformed" {
  head -c 17000000 /dev/zero | tr '\0' x >"$object"
  for command in "get --from object spec" "set a.b 1" "preview"; do
    ks $command
    fails 4 'kratix-status: error: kratix/input/object.yaml: is larger than 16 MiB'
  done
}

@test "a FIFO, a directory or a device in place of object.yaml is refused at once" {
  timed() { capture timeout 20 "$KRATIX_STATUS_BINARY" "$@"; }
  mkfifo "$object"
  for command in "get --from object x" "set a.b 1" "preview" "diff" "keys"; do
    timed $command
    fails 5 'kratix-status: error: open kratix/input/object.yaml: is a FIFO, not a regular file'
  done
  rm "$object"
  mkdir "$object"
  timed preview
  fails 5 'kratix-status: error: open kratix/input/object.yaml: is a directory, not a regular file'
  rmdir "$object"
  ln -s /dev/zero "$object"
  timed preview
  fails 5 'kratix-status: error: open kratix/input/object.yaml: is a device, not a regular file'
  rm "$object"
  printf 'spec: {a: 1}\n' >there
  ln -s "$PWD/there" "$object"
  timed get --from object spec.a
  prints 1
}

@test "a FIFO as the FILE of merge and validate is read, as <(command) of a shell needs" {
  capture bash -c '"$1" merge <(echo "a: 1") && "$1" validate <(echo "a: yes")' bash "$KRATIX_STATUS_BINARY"
  [ "$code" -eq 0 ]
  grep -q 'boolean-word' captured/stdout
  status_is <<<'a: 1'
}

@test "a FIFO as the FILE of a command is waited for: its writer may come late, and write late" {
  mkfifo fifo
  (sleep 0.3; exec >fifo; sleep 0.3; echo 'a: 1'; sleep 0.3; echo 'b: 2') &
  capture timeout 20 "$KRATIX_STATUS_BINARY" merge fifo
  silent
  value b 2
  : >fifo &
  capture timeout 5 "$KRATIX_STATUS_BINARY" import fifo c=.
  fails 3 <<'END'
kratix-status: error: fifo: is empty
kratix-status: hint: did the program fail that was to write it?
END
  capture timeout 5 bash -c '"$1" get --file <(sleep 0.3) c' bash "$KRATIX_STATUS_BINARY"
  negative
}

@test "a FIFO that no program writes to is given up after 10 seconds" {
  mkfifo fifo
  capture timeout 20 "$KRATIX_STATUS_BINARY" import fifo a=b
  fails 5 <<'END'
kratix-status: error: read fifo: is a FIFO that no program opened for writing within 10 seconds
kratix-status: hint: start the program that writes to it first: command >FIFO &
END
}

@test "validate lists 100 findings of a file, and says how many more there are" {
  make '"a: [" + "y," * 5000 + "y]\n"' >"$status"
  ks validate
  [ "$code" -eq 0 ] || complain "exit code"
  [ "$(grep -c 'boolean-word' captured/stdout)" -eq 100 ]
  [ "$(tail -n 1 captured/stdout)" = 'kratix/metadata/status.yaml: and 4901 more' ]
  grep -q '^kratix/metadata/status.yaml:1:5: ' captured/stdout
  grep -q '^kratix/metadata/status.yaml:1:203: ' captured/stdout
  ks validate --strict
  [ "$code" -eq 1 ]
  ks validate -o json
  [ "$code" -eq 0 ]
  "$python" - <<'END'
import json
found = json.load(open("captured/stdout"))
assert len(found) == 100, len(found)
assert [each.get("more") for each in found] == [None] * 99 + [4901], found[-1]
END
}

@test "errors come before warnings where not all are listed, and count for the exit code" {
  make '"a: [" + "y," * 5000 + "y]\nmessage: [1]\nkratix: 1\n"' >"$status"
  ks validate
  [ "$code" -eq 1 ] || complain "exit code"
  grep -q '^kratix/metadata/status.yaml:2:10: error: ' captured/stdout
  grep -q '^kratix/metadata/status.yaml:3:1: error: ' captured/stdout
  [ "$(grep -c 'boolean-word' captured/stdout)" -eq 98 ]
  [ "$(tail -n 1 captured/stdout)" = 'kratix/metadata/status.yaml: and 4903 more' ]
}

@test "what is found several times at one place counts once" {
  make '"conditions: [" + "{}," * 999 + "{}]\n"' >"$status"
  ks validate
  [ "$code" -eq 1 ] || complain "exit code"
  [ "$(grep -c 'condition-field-missing' captured/stdout)" -eq 100 ]
  [ "$(tail -n 1 captured/stdout)" = 'kratix/metadata/status.yaml: and 900 more' ]
}

@test "validate takes little memory for as many findings as a file can hold" {
  for item in '"{}"' '"1"' '"y"' '"01"' '"{type: T, x: 1}"'; do
    make "'conditions: [' + ','.join([$item] * (4190000 // (1 + len($item)))) + ']'" >"$status"
    sparingly validate
    [ "$code" -eq 1 ] || complain "exit code" || return
    grep -q 'holds more than 262144 keys and values \[too-many-values\]' captured/stdout || complain "finding" || return
    make "'conditions: [' + ','.join([$item] * (50000)) + ']'" >"$status"
    sparingly validate -o json
    [ "$code" -eq 1 ] || complain "exit code" || return
    grep -q '"more":' captured/stdout || complain "more" || return
  done
  make '"a: {" + "a," * 130000 + "a}"' >"$status"
  sparingly validate -o json
  [ "$code" -eq 0 ] || complain "exit code"
}

@test "set counts what it does not warn of" {
  make '"a: {" + "a," * 1000 + "a}\n"' >"$status"
  ks set b 1
  [ "$code" -eq 0 ]
  [ "$(wc -l <captured/stderr)" -eq 11 ]
  [ "$(tail -n 1 captured/stderr)" = 'kratix-status: warning: and 990 more like these' ]
}

@test "1,200 levels do not overflow a small stack" {
  make '"a:\n" + "- " * 1198 + "x\n"' >deep.yaml
  make '"[" * 1198 + "]" * 1198' >deep.json
  small() { capture bash -c 'ulimit -s 128; exec "$@"' bash "$KRATIX_STATUS_BINARY" "$@"; }
  small merge deep.yaml
  silent
  for command in "get -o yaml" "get -o json" "keys" "diff" "preview" "preview -o json" "preview -o table" "validate" "set b 1"; do
    small $command
    [ "$code" -le 1 ] || complain "exit code" || return
  done
  small get --file deep.json -o json "$(make '"[0]" * 1190')"
  prints '[[[[[[[[]]]]]]]]'
  small import deep.json a=.
  silent
  small set --json a "$(cat deep.json)"
  silent
  make '"a:\n" + "- " * 1200 + "x\n"' >deep.yaml
  small merge deep.yaml
  refuses 3 'kratix-status: error: deep.yaml:2:2399: nests deeper than 1200'
}

@test "a stack below the usual one changes nothing" {
  local sizes='64 256 1024'
  ! is_lean || sizes="16 $sizes"
  for size in $sizes; do
    capture bash -c 'ulimit -s "$1"; shift; exec "$@"' bash "$size" "$KRATIX_STATUS_BINARY" set message "with $size"
    silent
  done
  value message '"with 1024"'
}
