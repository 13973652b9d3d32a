# suspend, retry, resume, suspended: workflow-control.yaml, and with it the message that kubectl get shows.
load helper

control=kratix/metadata/workflow-control.yaml

# control_is: workflow-control.yaml holds standard input, and nothing else but status.yaml lies beside it.
control_is() {
  cat >captured/expected-control
  cmp -s captured/expected-control "$control" || {
    complain "workflow-control.yaml" || true
    diff -u captured/expected-control "$control"
    return 1
  }
  [ -z "$(ls -A "$metadata" | grep -vx 'status.yaml\|workflow-control.yaml')" ] || complain "something lies beside"
}

message_is() {
  ks get message
  prints "$1"
}

attempts() {
  previous_status <<END
kratix:
  workflows:
    pipelines:
    - {name: other, phase: Succeeded, attempts: 9}
    - {name: gate, phase: Suspended, attempts: $1}
END
}

@test "suspend writes the control file, and the message into both" {
  ks suspend 'Waiting for approval: see "ops"'
  silent
  control_is <<'END'
suspend: true
message: "Waiting for approval: see \"ops\""
END
  message_is 'Waiting for approval: see "ops"'
  [ "$(stat -c %a "$control")" = 644 ] || complain "mode"
}

@test "without a message the one that is there stays" {
  ks set message 'Ready soon'
  silent
  ks suspend
  silent
  control_is <<<'suspend: true'
  message_is 'Ready soon'
  rm "$status"
  ks retry 30s
  silent
  control_is <<<'retryAfter: "30s"'
  [ ! -e "$status" ] || complain "status.yaml"
}

@test "other keys of the status stay" {
  printf 'url: http://x\nmessage: old\n' >"$status"
  ks retry 1h30m again
  silent
  ks get --from file
  prints '{"url":"http://x","message":"again"}'
}

@test "retry writes what Go reads, days and weeks in hours" {
  for pair in 30s=30s 1d=24h 1.5d=36h 1w2d3h=219h 1d12h30m=36h30m 1300ms=1300ms 1s=1s 1.5h=1.5h; do
    ks retry "${pair%=*}" waiting
    silent
    control_is <<END
retryAfter: "${pair#*=}"
message: waiting
END
  done
}

@test "a duration that would loop, fail or overflow is refused" {
  refused() {
    ks retry -- "$1" message
    fails 3 <<END
kratix-status: error: duration "$1": $2
kratix-status: hint: $3
END
  }
  refused 30 'has no unit' 'write 30s'
  refused 0s 'is zero: Kratix would start the Pipeline again at once' 'give numbers with units, such as 30s, 1h30m or 1d'
  refused 1ns 'is less than a second: Kratix counts whole seconds, and would start the Pipeline again at once' \
    'give numbers with units, such as 30s, 1h30m or 1d'
  refused -5m 'is negative' 'leave out the minus sign'
  refused 5min 'the unit "min" is unknown' 'units are ns, us, ms, s, m, h, d and w'
  refused 300000w 'is longer than 292 years' 'Go counts nanoseconds, in 64 bits'
  refused 0.3333333333333333d 'is not a whole number of nanoseconds' 'use a smaller unit, such as 8h'
  refused soon 'a number is expected' 'give numbers with units, such as 30s, 1h30m or 1d'
  refused '' 'is empty' 'give numbers with units, such as 30s, 1h30m or 1d'
  no_status
}

@test "a message that is refused leaves both files as they were" {
  ks suspend first
  silent
  ks retry 1m $'caf\351'
  fails 3 <<'END'
kratix-status: error: value of message: is not valid UTF-8 (byte 4)
kratix-status: hint: convert it first, with iconv or base64
END
}

@test "a status.yaml that is malformed leaves the control file as it was" {
  printf 'a: [\n' >"$status"
  ks suspend waiting
  [ "$code" -eq 4 ] || complain "exit code"
  unchanged
  [ ! -e "$control" ] || complain "a control file"
  ks suspend
  silent
}

@test "a control file that cannot be replaced leaves status.yaml as it was" {
  ks set message old
  silent
  mkdir "$control"
  ks suspend waiting
  fails 5 'kratix-status: error: open kratix/metadata/workflow-control.yaml: is a directory, not a regular file'
  rmdir "$control"
  ln -s /etc/passwd "$control"
  ks suspend waiting
  fails 5 <<'END'
kratix-status: error: open kratix/metadata/workflow-control.yaml: is a symbolic link to /etc/passwd
kratix-status: hint: Kratix mounts the directory elsewhere and would not find the target; write the file itself
END
}

@test "what an earlier command asked for is replaced, malformed or not" {
  ks suspend waiting
  silent
  ks retry 5m
  silent
  control_is <<<'retryAfter: "5m"'
  printf 'suspend: [\n' >"$control"
  ks suspend
  silent
  control_is <<<'suspend: true'
  ks suspend
  silent
  unchanged
}

@test "resume removes the control file, and nothing else" {
  ks suspend waiting
  silent
  ks resume
  silent
  message_is waiting
  status_is <<<'message: waiting'
  ks resume
  silent
  unchanged
  printf 'suspend: [\n' >"$control"
  ks resume
  silent
  [ ! -e "$control" ] || complain "still there"
  ks resume now
  [ "$code" -eq 2 ] || complain "exit code"
}

@test "suspended answers for what Kratix heeds" {
  ks suspended
  negative
  ks suspend
  silent
  ks suspended
  silent
  ks resume
  silent
  ks retry 1d
  silent
  ks suspended
  silent
  for text in 'suspend: yes' 'Suspend: true' 'retryAfter: 0s' '{retryAfter: 5m, suspend: false}'; do
    echo "$text" >"$control"
    ks suspended
    silent
  done
  for text in 'suspend: false' 'suspended: true' 'retry: 5m' 'message: x' '' 'suspend:' "retryAfter: ''"; do
    echo "$text" >"$control"
    ks suspended
    negative
  done
}

@test "suspended: what Kratix fails at is malformed" {
  printf 'suspend: "true"\n' >"$control"
  ks suspended
  fails 4 <<'END'
kratix-status: error: kratix/metadata/workflow-control.yaml: suspend must be true or false, not a string
kratix-status: hint: write the file with kratix-status suspend
END
  printf 'retryAfter: 1d\n' >"$control"
  ks suspended
  fails 4 <<'END'
kratix-status: error: kratix/metadata/workflow-control.yaml: retryAfter: duration "1d": Go has no unit d
kratix-status: hint: write it in hours: 1d is 24h
END
  printf -- '- suspend\n' >"$control"
  ks suspended
  [ "$code" -eq 4 ] || complain "exit code"
}

@test "--max-attempts: below the limit the Pipeline is retried" {
  export KRATIX_PIPELINE_NAME=gate
  ks retry --max-attempts 1 5m
  silent
  attempts 2
  ks retry --max-attempts 3 5m 'Not approved yet'
  silent
  control_is <<'END'
retryAfter: "5m"
message: Not approved yet
END
}

@test "--max-attempts: at the limit nothing is written, and the answer is no" {
  export KRATIX_PIPELINE_NAME=gate
  attempts 3
  ks retry --max-attempts 3 5m 'Not approved yet'
  check_negative() {
    : >captured/expected-stdout
    echo 'kratix-status: warning: Pipeline gate has been retried 3 times already: nothing was written' >captured/expected-stderr
    check 1
    no_status
  }
  check_negative
  ks -q retry --max-attempts 3 5m 'Not approved yet'
  negative
  ks retry --max-attempts 3 30
  [ "$code" -eq 3 ] || complain "a wrong duration is told at the limit, too"
  KRATIX_PIPELINE_NAME=fresh ks retry --max-attempts 3 5m
  silent
}

@test "--then-suspend: below the limit the Pipeline is retried, at the limit it is suspended, in one act each" {
  export KRATIX_PIPELINE_NAME=gate
  attempts 2
  ks retry --max-attempts 3 --then-suspend 'Nobody has decided' 5m 'Not approved yet'
  silent
  control_is <<'END'
retryAfter: "5m"
message: Not approved yet
END
  message_is 'Not approved yet'
  attempts 3
  ks --dry-run retry --max-attempts 3 --then-suspend 'Nobody has decided' 5m 'Not approved yet'
  prints <<'END'
# file: status.yaml
message: Nobody has decided
---
# file: workflow-control.yaml
suspend: true
message: Nobody has decided
END
  unchanged
  ks retry --max-attempts 3 --then-suspend='Nobody has decided' 5m 'Not approved yet'
  silent
  control_is <<'END'
suspend: true
message: Nobody has decided
END
  message_is 'Nobody has decided'
}

@test "--then-suspend: an error is never taken for attempts that are used up" {
  fails_without_control() {
    [ "$code" -eq "$1" ] || complain "exit code $code"
    no_status
  }
  retry=(retry --max-attempts 3 --then-suspend 'Given up')
  ks "${retry[@]}" 5m waiting
  fails 2 <<'END'
kratix-status: error: option --max-attempts: KRATIX_PIPELINE_NAME is not set, so the Pipeline's attempts cannot be counted
kratix-status: hint: Kratix sets it in a Pipeline's containers; elsewhere set it yourself
END
  export KRATIX_PIPELINE_NAME=gate
  for attempts in 0 3; do
    attempts "$attempts"
    ks "${retry[@]}" 30
    fails_without_control 3
    ks "${retry[@]}" 5m $'caf\351'
    fails_without_control 3
    ks retry --max-attempts 3 --then-suspend $'caf\351' 5m
    fails 3 <<'END'
kratix-status: error: value of message: is not valid UTF-8 (byte 4)
kratix-status: hint: convert it first, with iconv or base64
END
    ks "${retry[@]}" 5m not approved
    fails_without_control 2
  done
  echo 'a: [' >"$object"
  ks "${retry[@]}" 5m waiting
  fails_without_control 4
}

@test "--then-suspend needs --max-attempts, and a forgotten MESSAGE takes the DURATION" {
  export KRATIX_PIPELINE_NAME=gate
  ks retry --then-suspend 'Given up' 5m waiting
  fails 2 <<'END'
kratix-status: error: option --then-suspend: needs --max-attempts
kratix-status: hint: retry --max-attempts N --then-suspend MESSAGE DURATION
END
  ks retry --max-attempts 3 --then-suspend 5m waiting
  [ "$code" -eq 3 ] || complain "exit code"
  no_status
}

@test "--max-attempts needs the Pipeline's name, and a whole number" {
  ks retry --max-attempts 3 5m
  fails 2 <<'END'
kratix-status: error: option --max-attempts: KRATIX_PIPELINE_NAME is not set, so the Pipeline's attempts cannot be counted
kratix-status: hint: Kratix sets it in a Pipeline's containers; elsewhere set it yourself
END
  for number in 0 -1 x 1.5 99999999999999999999; do
    ks retry --max-attempts "$number" 5m
    fails 2 "kratix-status: error: option --max-attempts $number: must be a whole number, 1 or more"
  done
}

@test "the usage: too many operands, or none" {
  ks suspend Waiting for approval
  fails 2 <<'END'
kratix-status: error: suspend: 3 operands instead of one MESSAGE: quote it
kratix-status: hint: suspend "$message"
END
  ks retry 5m not approved
  fails 2 <<'END'
kratix-status: error: retry: 3 operands instead of DURATION and MESSAGE: quote the message
kratix-status: hint: retry 10m "$message"
END
  ks retry
  fails 2 <<'END'
kratix-status: error: retry: DURATION is missing
kratix-status: hint: usage:
  kratix-status retry [--max-attempts N] [--then-suspend MESSAGE] [--publish] DURATION [MESSAGE]
END
  ks suspended now
  [ "$code" -eq 2 ] || complain "exit code"
}

@test "an empty MESSAGE is written with a warning" {
  empty='kratix-status: warning: key message: is empty, and kubectl get shows nothing there'
  ks suspend ''
  warns "$empty"
  ks retry 1m ''
  warns "$empty"
  message_is ''
}

@test "--dry-run shows both files, and writes none" {
  echo 'url: http://x' >"$status"
  ks --dry-run retry 1d 'Not yet'
  prints <<'END'
# file: status.yaml
url: "http://x"
message: Not yet
---
# file: workflow-control.yaml
retryAfter: "24h"
message: Not yet
END
  unchanged
  ks --dry-run suspend
  prints 'suspend: true'
  ks suspend
  silent
  ks --dry-run resume
  prints '# removed: workflow-control.yaml'
  unchanged
  ks resume
  silent
  ks --dry-run resume
  silent
}

@test "where Kratix does not heed the file, or shows another message, there is a warning" {
  KRATIX_WORKFLOW_TYPE=health ks suspend waiting
  warns 'kratix-status: warning: KRATIX_WORKFLOW_TYPE is health: Kratix acts on workflow-control.yaml only in resource and promise workflows'
  KRATIX_DRY_RUN=true ks suspend again
  warns 'kratix-status: warning: key message: this is a dry run (KRATIX_DRY_RUN), and Kratix shows "Dry run executed" instead'
  KRATIX_DRY_RUN=true ks set message hello
  warns 'kratix-status: warning: key message: this is a dry run (KRATIX_DRY_RUN), and Kratix shows "Dry run executed" instead'
  KRATIX_DRY_RUN=true ks set url y
  silent
  KRATIX_WORKFLOW_TYPE=promise KRATIX_WORKFLOW_ACTION=configure ks suspend waiting
  silent
  KRATIX_DRY_RUN=true ks -q set message x
  silent
}

@test "a delete Pipeline's files are read like any other's: no warning" {
  export KRATIX_WORKFLOW_ACTION=delete
  ks retry 5m waiting
  silent
  ks set url x
  silent
}

@test "a lock held by another process keeps both files as they are" {
  ks suspend first
  silent
  capture flock "$metadata" "$KRATIX_STATUS_BINARY" --lock-timeout 0 retry 5m second
  fails 5 <<'END'
kratix-status: error: lock kratix/metadata: held by another process for more than 0 s
kratix-status: hint: look for a stopped kratix-status or flock, or raise --lock-timeout
END
  capture flock "$metadata" "$KRATIX_STATUS_BINARY" --lock-timeout 0 resume
  [ "$code" -eq 5 ] || complain "exit code"
  unchanged
}

@test "a second run of a script that suspended, and now does not, says so with resume" {
  approved=no
  run_script() {
    "$KRATIX_STATUS_BINARY" resume
    if [ "$approved" = no ]; then "$KRATIX_STATUS_BINARY" suspend 'Waiting for approval'
    else "$KRATIX_STATUS_BINARY" set message 'Approved'; fi
  }
  run_script
  ks suspended
  silent
  approved=yes
  run_script
  ks suspended
  negative
  message_is Approved
}
