# Each command of the table has everything that CONTRIBUTING.md, "Add a command", asks for.
load helper

setup() {
  load_setup
  repository=$BATS_TEST_DIRNAME/../..
}

# commands: one a line, as it is typed: "set", "condition get"
commands() {
  local name
  ks completion --candidates -- ''
  for name in $(cut -f 1 captured/stdout); do
    ks completion --candidates -- "$name" ''
    # Only a group answers with words that have a description and are neither options nor commands for `help`.
    if [ "$name" != help ] && grep -q "$(printf '^[a-z]*\t')" captured/stdout; then
      sed "s/^\([a-z]*\)	.*/$name \1/" captured/stdout
    else
      echo "$name"
    fi
  done
}

# lacks COMMAND: prints what it lacks
lacks() {
  local run=run_${1// /_} words="[^|#]* $1( |\$|\"|')"
  grep -qw "$run" "$repository"/cli/commands/*.cpp || echo "$1: no source in cli/commands has $run"
  grep -qE "(^|[ (\"])(ks|kratix-status)$words" "$repository"/tests/cli/*.bats || echo "$1: no test in tests/cli runs it"
  grep -qE "kratix-status$words" "$repository/docs/errors.txt" || echo "$1: docs/errors.txt has no line that makes it fail"
}

@test "each command has a source, a test and an error in docs/errors.txt" {
  commands >found
  [ "$(wc -l <found)" -eq "$(grep -c '^int run_' "$repository/cli/command_table.h")" ] || complain "commands are not found"
  grep -qx 'condition get' found || complain "the commands of a group are not found"
  while read -r command; do lacks "$command"; done <found >missing
  [ ! -s missing ] || { cat missing && false; }
}

@test "a command that lacks everything is named for each of the three" {
  lacks 'condition vanish' >missing
  diff -u - missing <<'END'
condition vanish: no source in cli/commands has run_condition_vanish
condition vanish: no test in tests/cli runs it
condition vanish: docs/errors.txt has no line that makes it fail
END
}

@test "each suite of tests/cli is one that ctest knows" {
  for suite in "$BATS_TEST_DIRNAME"/*.bats; do
    name=$(basename "$suite" .bats)
    grep -qx "  $name" "$BATS_TEST_DIRNAME/CMakeLists.txt" || complain "tests/cli/CMakeLists.txt lacks $name"
  done
}
