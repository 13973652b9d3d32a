# README.md, docs/ and the program agree. documents.py reads the tables, and prints what differs.
load helper

documents() {
  export README=$BATS_TEST_DIRNAME/../../README.md
  capture "$python" "$BATS_TEST_DIRNAME/documents.py" "$1"
  prints ''
}

@test "every command and exit code that help shows is in README.md, and every option in docs/commands.md" { documents help; }

@test "every row of docs/errors.md is what the command says, with its hint and exit code" { documents errors; }

@test "every command under \"What you type\" in README.md and docs/values.md works" { documents examples; }

@test "every row of docs/migrate.md leaves and prints the same on both sides" { documents migrations; }
