# The sh blocks of README.md and of docs/, run as they are printed and with each command in them failing: readme.py.
load helper

readme=$BATS_TEST_DIRNAME/../../README.md

# blocks FILE SHELL...
blocks() { capture "$python" "$BATS_TEST_DIRNAME/readme.py" "$@"; }

hold() {
  command -v "$1" >/dev/null || {
    [ "${CI:-}" != true ] || complain "$1 is missing, and CI must not skip this" || return
    skip "$1 is missing (apt-get install $1)"
  }
  blocks "$readme" "$@"
  [ "$code" -eq 0 ] || complain "README.md's blocks"
}

@test "in sh, README's blocks never end with 0 without what they say, whatever fails" { hold sh; }

@test "in busybox sh, README's blocks never end with 0 without what they say, whatever fails" { hold busybox sh; }

@test "in bash, README's blocks never end with 0 without what they say, whatever fails" { hold bash; }

@test "in sh, the blocks of docs/ never end with 0 without what they say, whatever fails" {
  for page in "$BATS_TEST_DIRNAME"/../../docs/[a-z]*.md; do
    blocks "$page" sh
    [ "$code" -eq 0 ] || complain "the blocks of ${page##*/}"
  done
}

# finds TEXT: in a block from standard input
finds() {
  { echo '```sh' && cat && echo '```'; } >README.md
  blocks README.md sh
  [ "$code" -eq 1 ] && grep -qF "$1" captured/stdout || complain "nothing is found"
}

@test "a block that takes each error of retry for attempts that are used up is found" {
  finds "{'unwritable': True}: the request is not approved, and goes on" <<'END'
kratix-status resume
if ! approved "$issue"; then
  kratix-status retry --max-attempts 48 30m "Waiting for approval: $issue" ||
    kratix-status suspend "Given up waiting: $issue"
  exit 0
fi
END
  grep -qF "{'nameless': True}: exit code 0, and left" captured/stdout || complain "a suspension instead of an error"
}

@test "a block that ends with 0 after an error of retry, or goes on, is found" {
  finds "{'call': 1, 'code': 3}: the request is not approved, and goes on" <<'END'
if ! approved "$issue"; then
  kratix-status retry --max-attempts 48 --then-suspend "Given up" 30m "Waiting"
  exit 0
fi
END
  finds "{'call': 1, 'code': 5}: exit code 0, and left" <<'END'
kratix-status resume
if ! approved "$issue"; then
  kratix-status retry 30m "Waiting"
  exit $?
fi
END
}
