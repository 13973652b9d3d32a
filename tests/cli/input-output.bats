# Files that are damaged, unreadable or no files, and streams that are full or closed.
load helper

hint='kratix-status: hint: the file is unchanged: fix it, or remove it to start again'

# malformed TEXT MESSAGE [HINT]: every command leaves the file as it is
malformed() {
  printf -- "$1" >"$status"
  for command in "set z 1" "set --once z 1" "append z 1" "unset a" "--dry-run set z 1"; do
    ks $command
    fails 4 "kratix-status: error: kratix/metadata/status.yaml$2
${3-$hint}"
  done
  ks merge <<<'z: 1'
  fails 4 "kratix-status: error: kratix/metadata/status.yaml$2
${3-$hint}"
  printf -- "$1" | cmp - "$status" || complain "bytes"
}

# read_fails MESSAGE: the same for what only reads
read_fails() {
  for command in "get a" "get --from file" "exists a" "keys"; do
    ks $command
    fails 4 "kratix-status: error: kratix/metadata/status.yaml$1"
  done
  ks get --from previous a
  negative
}

@test "a colon too many" {
  malformed 'message: say "hi" and: go\n' ':1:22: mapping values are not allowed in this context
  message: say "hi" and: go
                       ^'
  read_fails ':1:22: mapping values are not allowed in this context
  message: say "hi" and: go
                       ^'
}

@test "a tab for indentation, a wrong indentation, a reserved character" {
  malformed 'a: 1\n\tb: 2\n' ':2:1: found a tab character that violates indentation
  \tb: 2
  ^'
  malformed 'a: 1\n b: 2\n' ':2:3: mapping values are not allowed in this context
   b: 2
    ^'
  malformed 'b: @x\n' ':1:4: found character that cannot start any token
  b: @x
     ^'
  malformed '}\n' ':1:1: did not find expected node content
  }
  ^'
}

@test "no map at the root" {
  malformed '- a\n' ':1:1: it holds a list, and Kratix expects a map
  - a
  ^'
  malformed 'text\n' ':1:1: it holds a string, and Kratix expects a map
  text
  ^'
  malformed '42\n' ':1:1: it holds a number, and Kratix expects a map
  42
  ^'
}

@test "bytes that are not UTF-8, a control character, NUL" {
  malformed 'ok: 1\na: caf\xe9\n' ':2:7: is not valid UTF-8
  a: caf\xe9
        ^'
  malformed 'a: \x1b[31m\n' ':1:4: the control character U+001B must be escaped, as in "\x1B"
  a: \x1b[31m
     ^'
  malformed 'a: \x00\n' ':1:4: the control character U+0000 must be escaped, as in "\x00"
  a: \x00
     ^'
}

@test "an open quote or bracket: the message shows a line of the file" {
  for text in 'message: "open\n' 'a: {x: 1\n' 'a: [x, y\n' 'a: [\n'; do
    printf "$text" >"$status"
    ks set z 1
    [ "$code" -eq 4 ] || complain "exit code"
    unchanged
    ! grep -q '^ *$' captured/stderr || complain "an empty line is shown"
  done
}

trailing='kratix-status: hint: make it one document: move these lines into the map above, or remove them'

@test "text after a flow-style root, which Kratix drops: refused by what writes, a warning for what reads" {
  malformed '{vulnerabilities: "none"}\nurl: http://x\n' ':2:1: Kratix stops reading here, and silently drops the rest
  url: http://x
  ^' "$trailing"
  ks get vulnerabilities
  expected stdout none
  expected stderr 'kratix-status: warning: kratix/metadata/status.yaml:2:1: Kratix stops reading here, and silently drops the rest'
  check 0
}

@test "a second document" {
  malformed 'a: 1\n---\nb: 2\n' ':2:1: Kratix stops reading here, and silently drops the rest
  ---
  ^' "$trailing"
  malformed 'a: 1\n...\nb: 2\n' ':3:1: Kratix stops reading here, and silently drops the rest
  b: 2
  ^' "$trailing"
}

@test "what is odd, and fine: empty, comments, null, a BOM, CRLF, an empty second document" {
  for text in '' '\n' '# only a comment\n' '---\n' 'null\n' '~' '{}' '\xef\xbb\xbf' '   '; do
    printf -- "$text" >"$status"
    ks set z 1
    silent
    status_is <<<'z: "1"'
  done
  for text in '\xef\xbb\xbfa: x\n' 'a: x\r\n' 'a: x' '---\na: x\n' 'a: x\n---\n' 'a: x\n...\n' '{a: x}\n# comment\n' '"a": "x"\n'; do
    printf -- "$text" >"$status"
    ks set z 1
    silent
    status_is <<'END'
a: x
z: "1"
END
  done
}

@test "a symlink, a FIFO, a directory, a socket, a device in place of status.yaml" {
  echo 'a: b' >target
  for target in "$PWD/target" nowhere /etc/passwd; do
    ln -s "$target" "$status"
    for command in "set a c" "get a" "keys" "unset a" "--dry-run set a c"; do
      ks $command
      fails 5 <<END
kratix-status: error: open kratix/metadata/status.yaml: is a symbolic link to $target
kratix-status: hint: Kratix mounts the directory elsewhere and would not find the target; write the file itself
END
    done
    rm "$status"
  done
  [ "$(cat target)" = 'a: b' ]
  mkfifo "$status"
  for command in "set a c" "get a"; do
    ks $command
    fails 5 'kratix-status: error: open kratix/metadata/status.yaml: is a FIFO, not a regular file'
  done
  rm "$status"
  mkdir "$status"
  for command in "set a c" "get a"; do
    ks $command
    fails 5 'kratix-status: error: open kratix/metadata/status.yaml: is a directory, not a regular file'
  done
}

@test "a status.yaml that is too large to be one" {
  head -c 5000000 /dev/zero | tr '\0' x >"$status"
  for command in "set a b" "get a"; do
    ks $command
    fails 4 'kratix-status: error: kratix/metadata/status.yaml: is larger than 4 MiB; Kubernetes would not store it'
  done
}

# as_nobody ARGUMENTS...: the binary as uid 65532 if we are root, in a directory that it can reach
as_nobody() {
  if [ "$(id -u)" -eq 0 ]; then
    capture setpriv --reuid 65532 --regid 65532 --clear-groups "$reachable/kratix-status" "$@"
  else
    ks "$@"
  fi
}

# Our own directory lies in one of bats, which only we can search.
move_to_reachable() {
  reachable=$(mktemp -d)
  chmod 0755 "$reachable"
  cp "$KRATIX_STATUS_BINARY" "$reachable/kratix-status"
  chmod 0755 "$reachable/kratix-status"
  cd "$reachable"
  mkdir captured
  make_root
  reader=$(id -u)
  [ "$reader" -ne 0 ] || reader=65532
}

teardown() {
  if [ -n "${reachable:-}" ]; then
    chmod -R u+rwx "$reachable"
    rm -rf "$reachable"
  fi
}

@test "an unreadable status.yaml is an error, never an empty one" {
  move_to_reachable
  echo 'a: b' >"$status"
  chmod 0000 "$status"
  for command in "set c d" "get a" "--dry-run set c d"; do
    as_nobody $command
    fails 5 <<END
kratix-status: error: open kratix/metadata/status.yaml: Permission denied
kratix-status: hint: not readable by uid $reader: run chmod 0644 in the container that writes it
END
  done
  chmod 0644 "$status"
  status_is <<<'a: b'
}

@test "a read-only directory" {
  move_to_reachable
  echo 'a: b' >"$status"
  chmod 0555 "$metadata"
  as_nobody set c d
  fails 5 <<'END'
kratix-status: error: create kratix/metadata/.status.yaml.kratix-status.tmp: Permission denied
kratix-status: hint: the directory must be writable for the user that runs this step
END
  as_nobody get a
  prints b
  as_nobody --dry-run set c d
  prints <<'END'
a: b
c: d
END
  as_nobody set a b
  silent
}

@test "a directory that cannot be entered" {
  move_to_reachable
  chmod 0700 "$metadata"
  [ "$(id -u)" -eq 0 ] || chmod 0000 "$metadata"
  as_nobody set a b
  expected stderr 'kratix-status: error: open kratix/metadata: Permission denied'
  : >captured/expected-stdout
  check 5
}

@test "a sticky directory with another user's file" {
  [ "$(id -u)" -eq 0 ] || skip "needs root"
  move_to_reachable
  echo 'a: b' >"$status"
  chmod 1777 "$metadata"
  as_nobody set c d
  fails 5 <<'END'
kratix-status: error: replace kratix/metadata/status.yaml: Operation not permitted
kratix-status: hint: in a sticky directory only uid 0, the directory's owner or root can replace it; it may also be immutable
END
}

@test "any user can write into the directory that Kratix makes" {
  move_to_reachable
  ks set a b
  silent
  as_nobody set c d
  silent
  as_nobody append l x
  silent
  status_is <<'END'
a: b
c: d
l:
  - x
END
}

@test "an unreadable object.yaml: an error where it is needed" {
  move_to_reachable
  echo 'status: {a: {b: c}}' >"$object"
  chmod 0000 "$object"
  for command in "get a" "set a.x y" "set --once a x" "unset a"; do
    as_nobody $command
    fails 5 'kratix-status: error: open kratix/input/object.yaml: Permission denied'
  done
  as_nobody set a x
  silent
  as_nobody get --from file a
  prints x
}

# to_stream REDIRECTION ARGUMENTS...
to_stream() {
  local redirection=$1
  shift
  capture sh -c "exec \"\$0\" \"\$@\" $redirection" "$KRATIX_STATUS_BINARY" "$@"
}

@test "a full standard output is an error" {
  ks set a b
  for command in "get a" "get" "keys" "help" "help set" "version" "--help" "--dry-run set a c" "get --default x y"; do
    to_stream '>/dev/full' $command
    fails 5 'kratix-status: error: write standard output: No space left on device'
  done
}

@test "set --print to a full standard output: an error, though the value is set" {
  to_stream '>/dev/full' set --print a c
  : >captured/expected-stdout
  expected stderr <<'END'
kratix-status: error: write standard output: No space left on device
kratix-status: hint: the status is written anyway
END
  check 5
  status_is <<<'a: c'
}

@test "a closed standard output is an error for what prints" {
  ks set a b
  for command in "get a" "keys" "version" "--dry-run set a c"; do
    to_stream '>&-' $command
    fails 5 'kratix-status: error: write standard output: Bad file descriptor'
  done
}

@test "a closed standard input is an error for what reads it, never an empty value" {
  ks set a b
  to_stream '<&-' set 'a@=-'
  fails 5 'kratix-status: error: read standard input: Bad file descriptor'
  to_stream '<&-' merge
  fails 5 'kratix-status: error: read standard input: Bad file descriptor'
}

@test "closed streams never get into status.yaml" {
  to_stream '<&- >&- 2>&-' set a b
  silent
  to_stream '>&- 2>&-' set kratix x
  prints_nothing 3
  unchanged
  printf 'x: y: z\n' >>"$status"
  to_stream '2>&-' set c d
  prints_nothing 4
  unchanged
  to_stream '2>/dev/full' set c d
  prints_nothing 4
  unchanged
}

@test "a reader that goes away: no death by signal" {
  head -c 1000000 /dev/zero | tr '\0' x >big
  ks -q set k@=big
  ( code=0; "$KRATIX_STATUS_BINARY" get k 2>pipe-error || code=$?; echo "$code" >pipe-code ) | head -c 1 >/dev/null
  [ "$(cat pipe-code)" = 5 ]
  [ "$(cat pipe-error)" = 'kratix-status: error: write standard output: Broken pipe' ]
}

@test "control characters in a file, key or name never reach the terminal" {
  printf 'a: \x1b]0;x\x07\n' >"$status"
  ks get $'"\e[2J"'
  ! grep -q $'\e' captured/stderr || complain "escape sequence"
  ks set z 1
  ! grep -q $'\e' captured/stderr || complain "escape sequence"
  ks set 'k@='$'\e[2J'
  ! grep -q $'\e' captured/stderr || complain "escape sequence"
  ks $'\e[2J'
  ! grep -q $'\e' captured/stderr || complain "escape sequence"
  ks --$'\e[2J'
  ! grep -q $'\e' captured/stderr || complain "escape sequence"
}

@test "of many warnings, the first ten are shown and the others counted" {
  for i in $(seq 30); do printf 'k%s: 1\nk%s: 2\n' "$i" "$i"; done >"$status"
  ks set message hello
  [ "$(wc -l <captured/stderr)" -eq 11 ] || complain "lines"
  [ "$(tail -n 1 captured/stderr)" = 'kratix-status: warning: and 20 more like these' ] || complain "the last line"
  for i in $(seq 11); do printf 'k%s: 1\nk%s: 2\n' "$i" "$i"; done >"$status"
  ks set message hello
  [ "$(wc -l <captured/stderr)" -eq 11 ] || complain "lines"
  ! grep -q more captured/stderr || complain "a count of one"
}
