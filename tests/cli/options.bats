# Every option of every command, in every form: options.py walks the commands and options that `help` lists, so a new
# one needs a row there.
load helper

# table NAME: nothing in that table of options.py went wrong
table() {
  capture "$python" "$BATS_TEST_DIRNAME/options.py" "$1"
  silent
}

@test "an option of a command has the same effect in every form and place, and the last one counts" { table own; }

@test "an option of every command has its effect in front of the command and behind it" { table global; }

@test "the value of an option is data, whatever it looks like" { table values; }

@test "what follows the first operand is data, whatever it looks like" { table operands; }

@test "a value too few and a value too many are usage errors" { table errors; }

@test "an option of another command, an unknown letter and a broken option are usage errors" { table unknown; }
