# What every .bats file here loads.
#
# A test runs in an empty directory of its own with kratix/{input,metadata,output} as Kratix makes them, and KRATIX_ROOT
# is the relative path `kratix`, so that paths in messages are the same everywhere. It runs the binary through `ks`
# and then compares the exit code, standard output and standard error, each as a whole:
#
#   silent          0, and nothing printed
#   prints [TEXT]   0, TEXT and a newline (or standard input) on standard output, nothing on standard error
#   warns           0, nothing on standard output, standard input on standard error
#   negative        1, nothing printed
#   fails CODE      CODE, nothing on standard output, standard input on standard error, the metadata directory as before
#
# What differs is shown with the command, the directory, the exit code and both streams.

bats_require_minimum_version 1.5.0

: "${KRATIX_STATUS_BINARY:?names the binary to test; ctest sets it}"

metadata=kratix/metadata
status=kratix/metadata/status.yaml
object=kratix/input/object.yaml
python=/usr/bin/python3
[ -x "$python" ] || python=python3

setup() { load_setup; }

# For a setup() of a file of its own.
load_setup() {
  cd "$BATS_TEST_TMPDIR" || return
  mkdir captured
  make_root
  unset KRATIX_METADATA_DIR KRATIX_INPUT_DIR KRATIX_WORKFLOW_TYPE KRATIX_WORKFLOW_ACTION KRATIX_PIPELINE_NAME
  unset KRATIX_DRY_RUN KRATIX_STATUS_PUBLISH SOURCE_DATE_EPOCH
  export KRATIX_ROOT=kratix LC_ALL=C
  umask 022
}

make_root() {
  rm -rf kratix
  mkdir -p kratix/input "$metadata" kratix/output
  chmod 0777 kratix/*
}

# Everything about the files in the metadata directory that a write would change.
fingerprint() {
  stat --format '%n: %F, inode %i, mode %a, %s bytes, changed %z' "$metadata"/* "$metadata"/.[!.]* 2>/dev/null </dev/null || :
}

# Runs any command line as a test of it.
capture() {
  command_line=("$@")
  code=0
  fingerprint >captured/before
  "$@" >captured/stdout 2>captured/stderr || code=$?
}

ks() { capture "$KRATIX_STATUS_BINARY" "$@"; }

# The previous status: .status of the input object, from standard input.
previous_status() {
  {
    printf 'apiVersion: example.com/v1\nkind: Redis\nmetadata:\n  name: example\nspec:\n  size: 3\nstatus:\n'
    sed 's/^./  &/'
  } >"$object"
}

show_run() {
  {
    echo "command:"
    printf ' %.200q' "${command_line[@]##*/}"
    echo
    echo "metadata directory:"
    ls -la "$metadata"
    echo "exit code: $code"
    echo "standard output:"
    head -c 4000 captured/stdout
    echo "standard error:"
    head -c 4000 captured/stderr
  } 2>&1
}

# complain WHAT: shows the run, and fails.
complain() {
  echo "not as expected: $1"
  show_run
  return 1
}

# check CODE: with what captured/expected-stdout and captured/expected-stderr hold
check() {
  [ "$code" -eq "$1" ] || complain "exit code $code instead of $1" || return
  local stream
  for stream in stdout stderr; do
    [ -s "captured/expected-$stream" ] || [ -s "captured/$stream" ] || continue
    cmp -s "captured/expected-$stream" "captured/$stream" && continue
    complain "$stream" || true
    echo "difference (- expected, + printed):"
    diff -u --label expected --label printed "captured/expected-$stream" "captured/$stream" | head -c 4000
    return 1
  done
}

# expected STREAM [TEXT]: TEXT and a newline, or standard input
expected() {
  if [ $# -gt 1 ]; then printf '%s\n' "$2"; else cat; fi >"captured/expected-$1"
}

silent() { prints_nothing 0; }
negative() { prints_nothing 1; }

prints_nothing() {
  [ "$code" -eq "$1" ] && [ ! -s captured/stdout ] && [ ! -s captured/stderr ] && return
  : >captured/expected-stdout
  : >captured/expected-stderr
  check "$1"
}

prints() {
  expected stdout "$@"
  : >captured/expected-stderr
  check 0
}

warns() {
  : >captured/expected-stdout
  expected stderr "$@"
  check 0
}

fails() {
  local expected_code=$1
  shift
  : >captured/expected-stdout
  expected stderr "$@"
  check "$expected_code" || return
  unchanged
}

# The metadata directory is as before the command: the same files, not written again.
unchanged() {
  fingerprint >captured/after
  cmp -s captured/before captured/after || {
    complain "the metadata directory changed" || true
    diff -u --label before --label after captured/before captured/after
    return 1
  }
}

# status_is: status.yaml holds standard input, byte for byte, and lies alone in its directory.
status_is() {
  cat >captured/expected-status
  cmp -s captured/expected-status "$status" || {
    complain "status.yaml" || true
    diff -u --label expected --label status.yaml captured/expected-status "$status"
    return 1
  }
  [ "$(ls -A "$metadata")" = status.yaml ] || complain "something lies beside status.yaml"
}

no_status() { [ -z "$(ls -A "$metadata")" ] || complain "the metadata directory is not empty"; }

# hostile TABLE: every string of that table of hostile.py comes back
hostile() {
  capture "$python" "$BATS_TEST_DIRNAME/hostile.py" "$1"
  silent
}

# value KEY JSON: what KEY of the file is
value() {
  ks get --from file -o json "$1"
  prints "$2"
}
