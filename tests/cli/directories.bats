# --root, --metadata-dir, --input-dir, KRATIX_ROOT, KRATIX_METADATA_DIR, KRATIX_INPUT_DIR; --dry-run and -q.
load helper

# Directories named after what names them, each with an object and room for a status.
directories() {
  for name in "$@"; do
    mkdir -p "$name/metadata" "$name/input"
    printf 'name: %s\n' "$name" | tee "$name/input/object.yaml" >"$name/object.yaml"
  done
}

# written_to DIRECTORY: `set k v` has gone there and nowhere else
written_to() {
  silent
  found=$(find . -name status.yaml)
  [ "$found" = "./$1/status.yaml" ] || complain "written to: $found"
  rm "$found"
}

@test "--root and KRATIX_ROOT" {
  directories env option
  KRATIX_ROOT=env ks set k v
  written_to env/metadata
  KRATIX_ROOT=env ks --root option set k v
  written_to option/metadata
  KRATIX_ROOT=env ks --root=option/ set k v
  written_to option/metadata
  KRATIX_ROOT=env ks set --root option k v
  written_to option/metadata
  KRATIX_ROOT=env ks get --from object name
  prints env
  KRATIX_ROOT=env ks --root option get --from object name
  prints option
}

@test "--metadata-dir and KRATIX_METADATA_DIR" {
  directories env root
  mkdir own
  KRATIX_METADATA_DIR=env ks set k v
  written_to env
  KRATIX_METADATA_DIR=env ks --metadata-dir own set k v
  written_to own
  KRATIX_METADATA_DIR=env ks --root root --metadata-dir own set k v
  written_to own
  KRATIX_METADATA_DIR=env KRATIX_ROOT=root ks set k v
  written_to env
  KRATIX_METADATA_DIR=env KRATIX_ROOT=root ks get --from object name
  prints root
}

@test "--input-dir and KRATIX_INPUT_DIR" {
  directories env root own
  KRATIX_INPUT_DIR=env ks get --from object name
  prints env
  KRATIX_INPUT_DIR=env KRATIX_ROOT=root ks get --from object name
  prints env
  KRATIX_INPUT_DIR=env ks --input-dir own get --from object name
  prints own
  KRATIX_INPUT_DIR=env KRATIX_ROOT=root ks set k v
  written_to root/metadata
}

@test "--root on the command line is nearer than a directory in the environment" {
  directories env root
  KRATIX_METADATA_DIR=env KRATIX_INPUT_DIR=env ks --root root set k v
  written_to root/metadata
  KRATIX_METADATA_DIR=env KRATIX_INPUT_DIR=env ks --root root get --from object name
  prints root
}

@test "an empty variable counts as one that is not set" {
  KRATIX_METADATA_DIR='' KRATIX_INPUT_DIR='' ks set k v
  written_to kratix/metadata
}

@test "an empty --root, --metadata-dir or --input-dir is an error, and no other directory is used" {
  for option in root metadata-dir input-dir; do
    for command in "set a 1" "get" "suspend" "validate" "preview"; do
      for spelling in "--$option= $command" "${command%% *} --$option= ${command#* }"; do
        ks $spelling
        fails 2 <<END
kratix-status: error: option --$option: is empty
kratix-status: hint: name a directory, or leave --$option out
END
      done
    done
    ks "--$option" '' set a 1
    fails 2 <<END
kratix-status: error: option --$option: is empty
kratix-status: hint: name a directory, or leave --$option out
END
  done
  no_status
}

@test "without a root, /kratix is meant" {
  [ ! -e /kratix ] || skip "this machine has a /kratix"
  unset KRATIX_ROOT
  ks set k v
  fails 5 <<'END'
kratix-status: error: open /kratix/metadata: No such file or directory
kratix-status: hint: outside of a Pipeline, make a directory, and name it: mkdir metadata, then --root .
END
  KRATIX_ROOT='' ks get k
  fails 5 <<'END'
kratix-status: error: open /kratix/metadata: No such file or directory
kratix-status: hint: outside of a Pipeline, make a directory, and name it: mkdir metadata, then --root .
END
}

@test "a missing directory is an error for every command, --dry-run included" {
  echo 'a: b' >file
  for command in "set a b" "append a b" "unset a" "merge file" "get" "get a" "get --from file a" "exists a" "keys" "--dry-run set a b" "--dry-run resume"; do
    KRATIX_ROOT=nowhere ks $command </dev/null
    fails 5 <<'END'
kratix-status: error: open nowhere/metadata: No such file or directory
kratix-status: hint: make the directory first: mkdir -p nowhere/metadata
END
  done
  [ ! -e nowhere ]
}

@test "a metadata directory that is a file" {
  echo >file
  ks --metadata-dir file set a b
  fails 5 <<'END'
kratix-status: error: open file: Not a directory
kratix-status: hint: the path, or a part of it, is a file: name a directory
END
}

@test "the hint for a missing directory names the one that is missing, however it was named" {
  missing() {
    fails 5 <<END
kratix-status: error: open $1: No such file or directory
kratix-status: hint: make the directory first$2
END
  }
  ks --root . set message x
  missing ./metadata ': mkdir -p ./metadata'
  ks --metadata-dir k/m set message x
  missing k/m ': mkdir -p k/m'
  KRATIX_METADATA_DIR=k/m ks set message x
  missing k/m ': mkdir -p k/m'
  # Words that are no plain words to a shell are not put into a command.
  ks --metadata-dir 'k; reboot' set message x
  missing 'k; reboot' ', with mkdir -p'
  ks --metadata-dir -m set message x
  missing -m ', with mkdir -p'
  mkdir metadata
  ks --root . set message x
  silent
}

@test "a missing object.yaml: where Kratix would put it, and how else to come by one" {
  ks --root . get --from object spec
  fails 5 <<'END'
kratix-status: error: open ./input/object.yaml: No such file or directory
kratix-status: hint: Kratix puts the object there; outside of a Pipeline: kubectl get TYPE NAME -o yaml >FILE
END
  [ ! -e /kratix ] || skip "this machine has a /kratix"
  unset KRATIX_ROOT
  ks get --from object spec
  fails 5 <<'END'
kratix-status: error: open /kratix/input/object.yaml: No such file or directory
kratix-status: hint: outside of a Pipeline, name its directory with --root or --input-dir
END
}

@test "a directory behind a symlink, and one with blanks and newlines in its name" {
  mkdir real "a b
c"
  ln -s real link
  ks --metadata-dir link set k v
  written_to real
  ks --metadata-dir 'a b
c' set k v
  silent
  echo 'x: y: z' >'a b
c/status.yaml'
  ks --metadata-dir 'a b
c' get k
  : >captured/expected-stdout
  expected stderr <<'END'
kratix-status: error: a b\nc/status.yaml:1:5: mapping values are not allowed in this context
  x: y: z
      ^
END
  check 4
}

@test "--dry-run prints the file that would be written, and writes nothing" {
  ks --dry-run set a.b c
  prints <<'END'
a:
  b: c
END
  no_status
  ks set a.b c
  ks set --dry-run d e
  prints <<'END'
a:
  b: c
d: e
END
  unchanged
  ks append --dry-run l 1
  prints <<'END'
a:
  b: c
l:
  - "1"
END
  unchanged
  ks unset --dry-run a.b
  prints <<'END'
a: {}
END
  unchanged
  ks --dry-run merge <<<'{"a": {"d": 1}}'
  prints <<'END'
a:
  b: c
  d: 1
END
  unchanged
}

@test "--dry-run of what changes nothing prints the file as it is" {
  printf '# comment\na:   b\n' >"$status"
  ks --dry-run set a b
  prints <<'END'
# comment
a:   b
END
  rm "$status"
  ks --dry-run unset a
  prints </dev/null
}

@test "--dry-run refuses what would be refused" {
  ks --dry-run set kratix x
  fails 3 <<'END'
kratix-status: error: key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it
kratix-status: hint: choose a key of your own
END
}

@test "--dry-run with warnings: they do not mix with the file" {
  printf 'a: 1\na: 2\n' >"$status"
  ks --dry-run set b c
  expected stdout <<'END'
a: 2
b: c
END
  expected stderr <<'END'
kratix-status: warning: kratix/metadata/status.yaml:2:1: key "a" appears on lines 1 and 2; Kratix keeps the last
END
  check 0
  unchanged
  ks -q --dry-run set b c
  prints <<'END'
a: 2
b: c
END
}

@test "-q hides warnings, never errors" {
  ks -q set kratix x
  fails 3 <<'END'
kratix-status: error: key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it
kratix-status: hint: choose a key of your own
END
}
