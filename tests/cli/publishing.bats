# publish, fail and --publish where there is no cluster; tests/live has an API server.
load helper

nowhere='kratix-status: error: find the object in the cluster: KUBERNETES_SERVICE_HOST is not set'
hint='kratix-status: hint: Kubernetes sets it in every Pod; to try this elsewhere, set KRATIX_STATUS_PUBLISH=print'

@test "publish outside of a Pod ends with 5, and says what to do" {
  ks publish
  fails 5 "$nowhere
$hint"
}

@test "what has no --try names none outside of a Pod" {
  ks get --from live message
  fails 5 "$nowhere
$hint"
  ks preview --live
  fails 5 "$nowhere
$hint"
}

@test "publish --try outside of a Pod only warns" {
  ks publish --try
  warns 'kratix-status: warning: not published: KUBERNETES_SERVICE_HOST is not set'
}

@test "publish in a dry run of Kratix's sends nothing, and warns" {
  KRATIX_DRY_RUN=true ks publish
  warns "kratix-status: warning: nothing is published: this is a dry run (KRATIX_DRY_RUN)"
}

@test "publish takes no operand" {
  ks publish now
  fails 2 'kratix-status: error: publish: takes no operand
kratix-status: hint: usage:
  kratix-status publish [--timeout DURATION] [--min-interval DURATION] [--try]'
}

@test "a duration is a number with a unit, or of seconds, and not longer than a day" {
  for duration in 10 10s 0 500ms 24h 86400; do
    ks publish --timeout $duration --min-interval $duration --try
    warns 'kratix-status: warning: not published: KUBERNETES_SERVICE_HOST is not set'
    ks --lock-timeout $duration set a b
    silent
  done
  for duration in soon 1.5 -1 -5s 86401 24h1s 292y; do
    for option in timeout min-interval; do
      ks publish --$option $duration
      fails 2 "kratix-status: error: option --$option $duration: must be seconds or a duration such as 10s or 500ms, at most a day (24h)"
    done
  done
}

@test "--publish outside of a Pod ends with 5, and the file is written all the same" {
  ks set --publish message ready
  expected stderr "$nowhere (status.yaml is written anyway)
$hint"
  : >captured/expected-stdout
  check 5
  status_is <<'END'
message: ready
END
}

@test "--publish --try outside of a Pod only warns" {
  ks set --publish --try message ready
  warns 'kratix-status: warning: not published: KUBERNETES_SERVICE_HOST is not set (status.yaml is written anyway)'
}

@test "--try without --publish is a usage error, and nothing is written" {
  for command in 'set a b' 'append a b' 'unset a' 'merge in.yaml' 'import in.yaml a=.' 'condition set Ready True --reason Ok' suspend 'retry 5m'; do
    echo 'a: b' >in.yaml
    [ "${command%% *}" = condition ] && name='condition set' || name=${command%% *}
    ks $name --try ${command#"$name"}
    fails 2 "kratix-status: error: $name: --try goes with --publish
kratix-status: hint: add --publish, or leave --try out"
  done
}

@test "--dry-run --publish publishes nothing" {
  ks set --dry-run --publish message ready
  prints 'message: ready'
}

@test "fail outside of a Pod ends with 1, says why nobody sees the message, and leaves the file" {
  ks fail 'Quota exceeded'
  fails 1 "$nowhere
$hint
kratix-status: warning: the platform user does not see: Quota exceeded"
}

@test "fail takes one message" {
  ks fail Quota exceeded
  fails 2 'kratix-status: error: fail: 2 operands instead of one MESSAGE: quote it
kratix-status: hint: fail "$message"'
}

@test "fail takes a condition together with its reason" {
  ks fail --condition Ready 'Quota exceeded'
  fails 2 'kratix-status: error: fail: --condition and --reason go together
kratix-status: hint: fail --condition TYPE --reason REASON MESSAGE'
}

@test "fail says that it leaves out a condition, also where nothing can be published" {
  ks fail --condition Ready --reason 'No room' 'Quota exceeded'
  fails 1 'kratix-status: warning: condition Ready.reason: must be a word in CamelCase, such as BackupFinished, not "No room": the message is published without the condition
'"$nowhere
$hint
kratix-status: warning: the platform user does not see: Quota exceeded"
}

@test "a live object outside of a Pod ends with 5" {
  for command in 'get --from live' 'preview --live' 'diff --live'; do
    ks $command
    fails 5 "$nowhere
$hint"
  done
}

# --- KRATIX_STATUS_PUBLISH=print: for tests of a Promise without a cluster ---

@test "with KRATIX_STATUS_PUBLISH=print, publish prints what it would publish, and needs no Pod" {
  export KRATIX_STATUS_PUBLISH=print
  ks set --publish message 'He said "yes"'
  warns 'kratix-status: would publish: {"message":"He said \"yes\""}'
  ks publish
  warns 'kratix-status: would publish: {"message":"He said \"yes\""}'
}

@test "with KRATIX_STATUS_PUBLISH=print, nothing is printed that object.yaml has already" {
  previous_status <<<'message: ready'
  echo 'message: ready' >"$status"
  KRATIX_STATUS_PUBLISH=print ks publish
  silent
}

@test "with KRATIX_STATUS_PUBLISH=print, fail and run say which message the user keeps" {
  export KRATIX_STATUS_PUBLISH=print
  ks fail 'Quota exceeded'
  expected stderr 'kratix-status: would publish the failure: {"message":"Quota exceeded"}'
  : >captured/expected-stdout
  check 1
  ks run -- sh -c 'exit 3'
  expected stderr 'kratix-status: would publish, unless a failure is shown: {"message":"sh exited with code 3"}'
  : >captured/expected-stdout
  check 3
}

@test "with KRATIX_STATUS_PUBLISH=print, what Kratix would not publish is refused" {
  echo 'kratix: mine' >"$status"
  KRATIX_STATUS_PUBLISH=print ks publish
  fails 3 'kratix-status: error: key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it
kratix-status: hint: choose a key of your own'
}

@test "another KRATIX_STATUS_PUBLISH than print is refused, and an empty one is none" {
  KRATIX_STATUS_PUBLISH= ks publish
  fails 5 "$nowhere
$hint"
  refusal='kratix-status: error: variable KRATIX_STATUS_PUBLISH: must be print, not "yes"
kratix-status: hint: unset it to publish to the cluster'
  export KRATIX_STATUS_PUBLISH=yes
  ks publish --try
  fails 2 "$refusal"
  ks get --from live
  fails 2 "$refusal"
  ks fail 'Quota exceeded'
  fails 1 "$refusal
kratix-status: warning: the platform user does not see: Quota exceeded"
}

@test "with KRATIX_STATUS_PUBLISH=print, get --from live is object.yaml" {
  previous_status <<<'message: ready'
  KRATIX_STATUS_PUBLISH=print ks get --from live status.message
  prints ready
}
