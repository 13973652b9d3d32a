# README.md, docs/errors.md and the program agree. documents.py reads the tables, and prints what differs.
load helper

documents() {
  export README=$BATS_TEST_DIRNAME/../../README.md
  capture "$python" "$BATS_TEST_DIRNAME/documents.py" "$1"
  prints ''
}

@test "every command, option and exit code that help shows stands in README.md" { documents help; }

@test "every row of docs/errors.md is what the command says, with its hint and exit code" { documents errors; }

@test "every command under \"What you type\" in README.md works" { documents examples; }
