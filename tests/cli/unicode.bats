# Every Unicode scalar value comes back, as value and as key (hostile.py).
load helper

hostile() {
  local python=/usr/bin/python3
  [ -x "$python" ] || python=python3
  capture "$python" "$BATS_TEST_DIRNAME/hostile.py" "$1"
  silent
}

@test "every Unicode scalar value, in strings of 4096" { hostile blocks; }

@test "every Unicode scalar value alone, as value and as key" { hostile alone; }
