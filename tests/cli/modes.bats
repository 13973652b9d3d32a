# What a write leaves in the directory: one file that uid 65532, the status-writer's, can read, and nothing else.
load helper

mode_is() { [ "$(stat -c %a "$status")" = "$1" ] || complain "mode $(stat -c %a "$status") instead of $1"; }

# existing MODE: a status.yaml of that mode
existing() {
  rm -f "$status"
  echo 'a: b' >"$status"
  chmod "$1" "$status"
}

@test "a new file is 0644, whatever the umask" {
  for mask in 000 002 022 027 077 177 0777; do
    rm -f "$status"
    (umask "$mask" && "$KRATIX_STATUS_BINARY" set k v)
    mode_is 644
  done
}

@test "an existing file keeps its mode, with 0444 added" {
  for pair in 0600:644 0640:644 0644:644 0664:664 0666:666 0444:444 0400:444 0755:755 0700:744 0200:644; do
    existing "${pair%:*}"
    [ "$(id -u)" -eq 0 ] || [ "${pair%:*}" != 0200 ] || continue
    ks set k v
    silent
    mode_is "${pair#*:}"
  done
}

@test "a file that is right but unreadable for others is made readable" {
  existing 0600
  ks set a b
  silent
  mode_is 644
  status_is <<<'a: b'
}

@test "the owner of the file stays" {
  [ "$(id -u)" -eq 0 ] || skip "needs root"
  existing 0644
  chown 1234:5678 "$status"
  ks set k v
  silent
  [ "$(stat -c %u:%g "$status")" = 1234:5678 ] || complain "owner"
}

@test "nothing is left behind after success, refusal, a malformed file and a status too large" {
  ks set a b
  ks set kratix x
  head -c 1100000 /dev/zero | tr '\0' x >big
  ks set k@=big
  [ "$code" -eq 3 ] || complain "exit code"
  ks merge <<<'x: y: z'
  [ "$code" -eq 3 ] || complain "exit code"
  status_is <<<'a: b'
}

@test "nothing is left behind when the file size limit cuts a write short" {
  ks set a b
  head -c 100000 /dev/zero | tr '\0' x >big
  capture bash -c 'ulimit -f 8; exec "$0" set k@=big' "$KRATIX_STATUS_BINARY"
  fails 5 <<'END'
kratix-status: error: write kratix/metadata/.status.yaml.kratix-status.tmp: File too large
kratix-status: hint: raise the file size limit (ulimit -f); nothing was changed
END
  status_is <<<'a: b'
}

@test "a temporary file that a killed run left behind is removed" {
  echo 'half of a' >"$metadata/.status.yaml.kratix-status.tmp"
  ks set a b
  silent
  status_is <<<'a: b'
}

@test "a directory that has the temporary file's name" {
  mkdir "$metadata/.status.yaml.kratix-status.tmp"
  ks set a b
  fails 5 <<'END'
kratix-status: error: remove kratix/metadata/.status.yaml.kratix-status.tmp: Is a directory
kratix-status: hint: this is the name of the temporary file: remove the directory
END
  rmdir "$metadata/.status.yaml.kratix-status.tmp"
  ks set a b
  silent
}

@test "other files of the directory are left alone" {
  echo x >"$metadata/destination-selectors.yaml"
  echo y >"$metadata/.hidden"
  before=$(stat -c '%n %i %z' "$metadata"/dest* "$metadata"/.hidden)
  ks set a b
  silent
  [ "$(stat -c '%n %i %z' "$metadata"/dest* "$metadata"/.hidden)" = "$before" ] || complain "another file changed"
}

@test "what is already so is not written again, and keeps its comments" {
  printf '# a comment\na:   "b"\nnum: 0x3\nl: [1, 2]\n' >"$status"
  for command in "set a b" "set num:=3" "set num:=3.0" "set l:=[1,2]" "append --unique --json l 2" "unset x" "set --once a c"; do
    ks $command
    silent
    unchanged
  done
}

@test "a file with duplicate keys is fixed by the next write" {
  printf 'a: 1\na: 2\n' >"$status"
  ks -q set a:=2
  silent
  status_is <<<'a: 2'
}

@test "a directory that others cannot search: a warning" {
  chmod 0770 "$metadata"
  ks set a b
  warns 'kratix-status: warning: kratix/metadata cannot be searched by all users (chmod o+x): Kratix would silently treat status.yaml as missing'
  ks -q set a c
  silent
}
