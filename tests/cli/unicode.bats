# Every Unicode scalar value comes back, as value and as key (hostile.py).
load helper

@test "every Unicode scalar value, in strings of 4096" { hostile blocks; }

@test "every Unicode scalar value alone, as value and as key" { hostile alone; }
