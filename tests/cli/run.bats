# run: a command's exit code, signals, streams and environment are those that it has without kratix-status, also where
# kratix-status is the first process of a container.
load helper

check_image='
kratix-status: hint: check the name, and that the image holds the program'

# As PID 1 of a PID namespace of its own, as in a container.
first_process() { capture unshare --pid --fork --mount-proc "$KRATIX_STATUS_BINARY" "$@"; }
needs_namespace() {
  unshare --pid --fork --mount-proc true 2>/dev/null || skip 'a new PID namespace needs root (unshare --pid --fork --mount-proc)'
}

# ends CODE: with CODE, and nothing printed
ends() { prints_nothing "$1"; }

wait_for() {
  for ((i = 0; i < 200; ++i)); do
    [ ! -e "$1" ] || return 0
    sleep 0.02
  done
  complain "$1 does not appear"
}

# In the background, where bash would have SIGINT and SIGQUIT ignored; without bats's own descriptor.
start() {
  command_line=("$KRATIX_STATUS_BINARY" "$@")
  env --default-signal "${command_line[@]}" >captured/stdout 2>captured/stderr 3>&- &
  started=$!
}
finish() {
  code=0
  wait "$started" || code=$?
}

# Waits in steps, since a shell runs a trap only between commands.
waiting='while :; do sleep 0.02; done'

@test "run refuses --dry-run, because COMMAND would run all the same" {
  for words in '--dry-run run' 'run --dry-run'; do
    ks $words -- touch ran
    fails 2 'kratix-status: error: run: --dry-run cannot keep COMMAND from writing
kratix-status: hint: leave it out; KRATIX_STATUS_PUBLISH=print shows what would be published'
    [ ! -e ran ] || complain 'the command ran'
  done
}

@test "every exit code of the command is that of run" {
  for expected in {0..255}; do
    code=0
    "$KRATIX_STATUS_BINARY" run -- sh -c "exit $expected" || code=$?
    [ "$code" -eq "$expected" ] || echo "$code instead of $expected"
  done >wrong
  [ ! -s wrong ] || { cat wrong && false; }
}

@test "the exit codes with a meaning in kratix-status are the command's too" {
  for expected in 0 1 2 42 126 127 255; do
    ks run --stderr --message text sh -c "exit $expected"
    ends "$expected"
  done
}

@test "a command that a signal ends gives 128 and the signal's number" {
  for signal in HUP INT QUIT ILL ABRT BUS FPE KILL SEGV PIPE ALRM TERM USR1 USR2 XFSZ SYS; do
    ks run -- sh -c "ulimit -c 0; kill -s $signal \$\$"
    ends $((128 + $(kill -l "$signal")))
    ks run --stderr -- sh -c "ulimit -c 0; kill -s $signal \$\$"
    ends $((128 + $(kill -l "$signal")))
  done
}

@test "what follows the first operand is the command's, -- or not" {
  ks run sh -c 'printf "%s\n" "$@"' sh --stderr -q -- --help
  prints <<'END'
--stderr
-q
--
--help
END
  ks run -- printf '%s\n' --message x
  prints <<'END'
--message
x
END
  ks run -- -command
  fails 127 'kratix-status: error: run -command: not found in PATH'"$check_image"
}

@test "a command must be named" {
  for words in '' '--' '--stderr' '--message text --'; do
    ks run $words
    fails 2 <<'END'
kratix-status: error: run: COMMAND is missing
kratix-status: hint: usage:
  kratix-status run [--message TEXT] [--stderr] -- COMMAND...
END
  done
}

@test "a message that is not UTF-8 is refused before the command has run" {
  ks run --message $'caf\351' touch ran
  fails 3 <<'END'
kratix-status: error: value of message: is not valid UTF-8 (byte 4)
kratix-status: hint: convert it first, with iconv or base64
END
  [ ! -e ran ]
}

@test "127: the command is not found" {
  ks run nowhere
  fails 127 'kratix-status: error: run nowhere: not found in PATH'"$check_image"
  ks run ./nowhere
  fails 127 'kratix-status: error: run ./nowhere: No such file or directory'"$check_image"
  ks run --stderr ''
  fails 127 'kratix-status: error: run "": not found in PATH'"$check_image"
  ks run -- 'echo hi'
  fails 127 'kratix-status: error: run echo hi: not found in PATH
kratix-status: hint: give COMMAND and its arguments as separate words, without quotes around all of them'
  : >file
  ks run ./file/command
  fails 127 'kratix-status: error: run ./file/command: No such file or directory'"$check_image"
}

@test "126: the command cannot be executed" {
  ks run ./captured
  fails 126 'kratix-status: error: run ./captured: Permission denied'
  printf 'exit 3\n' >script
  ks run --stderr ./script
  fails 126 'kratix-status: error: run ./script: Permission denied'
  chmod +x script
  ks run ./script
  fails 126 'kratix-status: error: run ./script: Exec format error'
  printf '#!/nowhere\n' >script
  cp script no-interpreter
  PATH=$PATH:$PWD ks run no-interpreter
  fails 126 <<'END'
kratix-status: error: run no-interpreter: the interpreter or dynamic linker that it names does not exist
kratix-status: hint: look at its first line, or at what `file` says about it
END
}

@test "the command is looked up in PATH" {
  mkdir bin
  printf '#!/bin/sh\nexit 5\n' >bin/deploy
  chmod +x bin/deploy
  PATH=$PWD/bin:$PATH ks run deploy
  ends 5
  mkdir -p first/deploy # cannot be executed; the search goes on
  : >file
  PATH=$PWD/nowhere:$PWD/file:$PWD/first:$PWD/bin ks run deploy
  ends 5
  PATH=$PWD/first ks run deploy
  fails 126 'kratix-status: error: run deploy: Permission denied'
  (cd bin && PATH=/nowhere: "$KRATIX_STATUS_BINARY" run deploy) || code=$?
  [ "$code" -eq 5 ]
  (unset PATH && "$KRATIX_STATUS_BINARY" run true)
}

@test "the command has the environment, the directory and the signal dispositions that it has alone" {
  cat >show <<'END'
#!/bin/sh
env | grep -v '^_=' | sort
pwd
ls -l /proc/self/fd | grep -o '[0-9]* -> .*' | grep -v /proc/
exec grep -E '^Sig(Blk|Ign|Cgt)' /proc/self/status
END
  chmod +x show
  EXAMPLE='a value' ./show </dev/null >expected 2>/dev/null
  grep -q '^EXAMPLE=a value' expected
  EXAMPLE='a value' "$KRATIX_STATUS_BINARY" run -- ./show </dev/null >found 2>/dev/null
  diff -u <(grep -v -- '-> pipe\|found\|expected' expected) <(grep -v -- '-> pipe\|found\|expected' found)
}

@test "the command gets SIGPIPE as it does alone" {
  ks run -- sh -c 'yes | head -n 1'
  prints y
  ks run --stderr -- bash -c 'set -o pipefail; yes | head -n 1 >/dev/null'
  ends 141
}

@test "standard input, output and error pass byte for byte" {
  head -c 1048576 /dev/urandom >data
  for option in '' --stderr; do
    "$KRATIX_STATUS_BINARY" run $option -- cat <data >out
    cmp data out
    "$KRATIX_STATUS_BINARY" run $option -- sh -c 'cat >&2' <data 2>err
    cmp data err
    "$KRATIX_STATUS_BINARY" run $option -- sh -c 'cat >&2' <data 2> >(sleep 0.2; cat >err; : >copied$option)
    wait_for "copied$option"
    cmp data err
  done
}

@test "--stderr passes each block on at once" {
  mkfifo fifo
  start run --stderr -- sh -c 'echo first >&2; read line <fifo; echo "$line" >&2'
  for ((i = 0; i < 200; ++i)); do
    [ ! -s captured/stderr ] || break
    sleep 0.02
  done
  [ "$(cat captured/stderr)" = first ] || complain 'the first line does not arrive'
  echo second >fifo
  finish
  [ "$(cat captured/stderr)" = $'first\nsecond' ] || complain 'standard error'
}

@test "--stderr: standard error on a full device, or on a pipe that nobody reads, does not end the command" {
  "$KRATIX_STATUS_BINARY" run --stderr -- sh -c 'head -c 300000 /dev/zero >&2; echo done; exit 6' >out 2>/dev/full || code=$?
  [ "$code" -eq 6 ] && [ "$(cat out)" = done ]
  "$KRATIX_STATUS_BINARY" run --stderr -- sh -c 'sleep 0.1; head -c 300000 /dev/zero >&2; echo done; exit 7' >out 2> >(:) || code=$?
  [ "$code" -eq 7 ] && [ "$(cat out)" = done ]
}

@test "--stderr: a process that keeps standard error open, or goes on writing, does not keep run from its end" {
  for rest in 'sleep 20' 'exec yes >&2'; do
    SECONDS=0
    ks run --stderr -- sh -c "($rest) 3>&- & echo \$! >rest; echo last >&2; exit 8"
    kill "$(cat rest)" || true
    [ "$code" -eq 8 ] || complain 'exit code'
    grep -q last captured/stderr || complain 'standard error'
    [ "$SECONDS" -lt 3 ] || complain 'it waits'
  done
}

@test "a signal that reaches run goes on to the command, and its exit code comes back" {
  for option in '' --stderr; do
    for signal in TERM INT HUP QUIT USR1 USR2 WINCH ALRM; do
      rm -f ready
      start run $option -- sh -c "trap 'exit 42' $signal; : >ready; $waiting"
      wait_for ready
      kill -s "$signal" "$started"
      finish
      ends 42
    done
  done
}

@test "a command that does not catch the signal ends by it" {
  for signal in TERM INT HUP QUIT; do
    rm -f ready
    start run -- sh -c "ulimit -c 0; : >ready; $waiting"
    wait_for ready
    kill -s "$signal" "$started"
    finish
    ends $((128 + $(kill -l "$signal")))
  done
}

@test "signals are passed on where a small stack makes kratix-status start a thread" {
  ulimit -S -s 1024
  start run -- sh -c "trap 'exit 42' TERM; : >ready; $waiting"
  wait_for ready
  kill "$started"
  finish
  ends 42
}

@test "a signal while nobody reads standard error reaches the command" {
  mkfifo log
  exec 4<>log
  env --default-signal "$KRATIX_STATUS_BINARY" run --stderr -- \
    sh -c "trap ': >caught; exit 42' TERM; (exec yes >&2) & echo \$! >rest; : >ready; $waiting" 2>log 3>&- 4>&- &
  started=$!
  wait_for ready
  sleep 0.2
  kill "$started"
  wait_for caught
  kill "$(cat rest)"
  cat <&4 >/dev/null &
  reader=$!
  finish
  kill "$reader"
  [ "$code" -eq 42 ]
}

@test "in a terminal, Ctrl-C reaches the command once, and Ctrl-Z stops both" {
  capture "$python" "$BATS_TEST_DIRNAME/terminal.py"
  silent
}

@test "an ignored signal stays ignored for the command" {
  ks run sh -c 'kill -HUP $$; exit 3'
  ends 129
  (trap '' HUP && exec "$KRATIX_STATUS_BINARY" run sh -c 'kill -HUP $$; exit 3') || code=$?
  [ "$code" -eq 3 ]
}

@test "as PID 1: exit codes and signals are the command's own" {
  needs_namespace
  for expected in 0 1 2 3 42 125 126 127 128 137 254 255; do
    first_process run -- sh -c "exit $expected"
    ends "$expected"
  done
  for signal in HUP INT QUIT ABRT KILL SEGV PIPE TERM USR1; do
    first_process run --stderr -- sh -c "ulimit -c 0; kill -s $signal \$\$"
    ends $((128 + $(kill -l "$signal")))
  done
  first_process run nowhere
  fails 127 'kratix-status: error: run nowhere: not found in PATH'"$check_image"
}

@test "as PID 1: signals go on to the command" {
  needs_namespace
  for signal in TERM INT HUP QUIT USR1 USR2 WINCH; do
    first_process run -- sh -c "[ \$PPID -eq 1 ] || exit 99; trap 'exit 42' $signal; kill -s $signal 1; $waiting"
    ends 42
    [ "$signal" != WINCH ] || continue # ends nobody who does not catch it
    first_process run -- sh -c "ulimit -c 0; kill -s $signal 1; $waiting"
    ends $((128 + $(kill -l "$signal")))
  done
}

@test "as PID 1: orphans are reaped, and do not end the run" {
  needs_namespace
  # Each orphan's parent ends at once, so PID 1 inherits it; a zombie would stay in /proc.
  cat >script <<'END'
for i in 1 2 3 4 5 6 7 8 9 10; do
  sh -c 'sh -c "exit 9" & sh -c "sleep 0.1; kill -9 \$\$" &'
done
sleep 0.5
grep -l '^State:.Z' /proc/[0-9]*/status
exit 4
END
  first_process run -- sh ./script
  ends 4
  first_process run --stderr -- sh ./script
  ends 4
}
