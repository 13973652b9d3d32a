# condition set, get, unset, list: one condition among those of the status, as kubectl wait looks for it.
load helper

setup() {
  load_setup
  export SOURCE_DATE_EPOCH=1724236065
}

previous_condition() {
  previous_status <<END
conditions:
- {type: Reconciled, status: Unknown, reason: A, message: Pending, lastTransitionTime: "2020-01-01T00:00:00Z"}
- {type: Ready, status: "$1", reason: Old, message: old, lastTransitionTime: "2020-02-02T00:00:00Z"}
END
}

time_is() {
  ks condition get Ready lastTransitionTime
  prints "$1"
}

@test "a condition gets all five fields" {
  ks condition set Ready True --reason BackupFinished --message 'It says: "done"'
  silent
  status_is <<'END'
conditions:
  - type: Ready
    status: "True"
    reason: BackupFinished
    message: "It says: \"done\""
    lastTransitionTime: "2024-08-21T10:27:45Z"
END
}

@test "options stand behind the operands, before them, or between" {
  for line in '--reason Ok --message m Ready True' 'Ready --reason Ok True --message m' 'Ready True --message=m --reason=Ok' \
    '-q --reason No --reason Ok --message m -- Ready True'; do
    make_root
    read -ra words <<<"$line"
    ks condition set "${words[@]}"
    silent
    ks condition list
    prints $'Ready\tTrue\tOk\tm'
  done
  ks condition set Ready True --reason Ok --message --reason
  silent
  ks condition get Ready message
  prints '--reason'
  ks condition set Ready True --reason Ok --message ''
  silent
  ks condition get Ready message
  prints ''
}

@test "it replaces the one of its type where it stands" {
  printf 'conditions:\n- {type: A}\n- {type: Ready, status: "False"}\n- {type: B}\n' >"$status"
  ks -q condition set Ready True --reason Ok
  silent
  ks get --from file 'conditions[1].status'
  [ "$(cat captured/stdout)" = True ] || complain "another place"
  ks -q get --from file -o json conditions
  prints '[{"type":"A"},{"type":"Ready","status":"True","reason":"Ok","message":"","lastTransitionTime":"2024-08-21T10:27:45Z"},{"type":"B"}]'
}

@test "malformed ones beside it stay, with a warning" {
  printf 'conditions:\n- {type: Half}\n' >"$status"
  ks condition set Ready True --reason Ok
  warns 'kratix-status: warning: kratix/metadata/status.yaml holds conditions[0].status: is missing'
}

@test "the time stays while the status is the same" {
  ks condition set Ready True --reason Ok
  silent
  SOURCE_DATE_EPOCH=0 ks condition set Ready True --reason Other --message again
  silent
  time_is 2024-08-21T10:27:45Z
  SOURCE_DATE_EPOCH=0 ks condition set Ready False --reason Other
  silent
  time_is 1970-01-01T00:00:00Z
}

@test "the time is kept from the previous status, and its conditions are not carried" {
  previous_condition True
  ks condition set Ready True --reason Ok
  silent
  time_is 2020-02-02T00:00:00Z
  ks get --from file -o json conditions
  prints '[{"type":"Ready","status":"True","reason":"Ok","message":"","lastTransitionTime":"2020-02-02T00:00:00Z"}]'
  rm "$status"
  previous_condition False
  ks condition set Ready True --reason Ok
  silent
  time_is 2024-08-21T10:27:45Z
}

@test "without SOURCE_DATE_EPOCH it is the time of day" {
  unset SOURCE_DATE_EPOCH
  before=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  ks condition set Ready True --reason Ok
  silent
  after=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  time=$("$KRATIX_STATUS_BINARY" condition get Ready lastTransitionTime)
  [[ ! $time < $before && ! $time > $after ]] || complain "$time is not from $before to $after"
}

@test "a malformed SOURCE_DATE_EPOCH is an error" {
  SOURCE_DATE_EPOCH=yesterday ks condition set Ready True --reason Ok
  fails 2 <<'END'
kratix-status: error: variable SOURCE_DATE_EPOCH: must be a whole number of seconds since 1970, up to 253402300799 (the year 9999), not "yesterday"
kratix-status: hint: unset it to use the time of day
END
  SOURCE_DATE_EPOCH=yesterday ks set message hello
  silent
}

@test "a second time it changes nothing" {
  ks condition set Ready True --reason Ok
  silent
  SOURCE_DATE_EPOCH=99 ks condition set Ready True --reason Ok
  silent
  unchanged
}

@test "what Kubernetes would refuse is refused" {
  ks condition set Ready true --reason Ok
  fails 3 <<'END'
kratix-status: error: condition Ready.status: must be True, False or Unknown, not "true"
kratix-status: hint: did you mean True?
END
  ks condition set Ready True --reason 'all good'
  fails 3 'kratix-status: error: condition Ready.reason: must be a word in CamelCase, such as BackupFinished, not "all good"'
  ks condition set 'Not ready' True --reason Ok
  fails 3 'kratix-status: error: condition Not ready.type: must be a name such as DatabaseReady or example.com/DatabaseReady, not "Not ready"'
  ks condition set Ready True --reason Ok --message $'caf\351'
  fails 3 <<'END'
kratix-status: error: value of message: is not valid UTF-8 (byte 4)
kratix-status: hint: convert it first, with iconv or base64
END
}

@test "types that Kratix manages are refused by name" {
  for type in ConfigureWorkflowCompleted DeleteWorkflowCompleted WorksSucceeded Reconciled PromiseAvailable; do
    ks condition set "$type" True --reason Ok
    fails 3 <<END
kratix-status: error: condition $type.type: $type is managed by Kratix: Kratix's controller acts on it
kratix-status: hint: choose a type of your own
END
  done
  for type in Available RequirementsFulfilled; do
    KRATIX_WORKFLOW_TYPE=promise ks condition set "$type" True --reason Ok
    fails 3 <<END
kratix-status: error: condition $type.type: $type is managed by Kratix: Kratix's controller acts on it
kratix-status: hint: choose a type of your own
END
    ks condition set "$type" True --reason Ok
    silent
  done
}

@test "conditions that are no list are refused" {
  echo 'conditions: none' >"$status"
  ks condition set Ready True --reason Ok
  fails 3 <<'END'
kratix-status: error: key conditions: is a string, not a list of conditions
kratix-status: hint: remove it first: kratix-status unset conditions
END
}

@test "a reason is required, and a wrong number of operands is a usage error" {
  ks condition set Ready True
  fails 2 <<'END'
kratix-status: error: condition set: --reason is missing
kratix-status: hint: give the reason as one word in CamelCase: --reason BackupFinished
END
  ks condition set Ready --reason Ok
  fails 2 <<'END'
kratix-status: error: condition set: TYPE and a status are needed
kratix-status: hint: usage:
  kratix-status condition set TYPE True|False|Unknown --reason REASON [--message MESSAGE] [--publish]
END
  ks condition set Ready True --reason Ok --message all is well
  fails 2 <<'END'
kratix-status: error: condition set: 4 operands instead of TYPE and a status
kratix-status: hint: quote the reason and the message: --message "$text"
END
  ks condition set Ready True --raeson Ok
  fails 2 <<'END'
kratix-status: error: option --raeson: unknown
kratix-status: hint: did you mean --reason?
END
}

@test "subcommands are told from the table, and the nearest is named" {
  ks condition sett Ready
  fails 2 <<'END'
kratix-status: error: command condition sett: unknown
kratix-status: hint: did you mean condition set?
END
  ks condition frobnicate
  fails 2 <<'END'
kratix-status: error: command condition frobnicate: unknown
kratix-status: hint: kratix-status help condition lists the commands
END
  ks condition
  fails 2 <<'END'
kratix-status: error: condition: a command is missing
kratix-status: hint: it is one of set, get, unset, list
END
  ks help condition sett
  fails 2 <<'END'
kratix-status: error: command condition sett: unknown
kratix-status: hint: did you mean condition set?
END
}

@test "help for the group and for each of its commands" {
  ks help condition
  cp captured/stdout group
  grep -q 'kratix-status condition set TYPE True|False|Unknown --reason REASON' group
  ks condition --help
  cmp captured/stdout group
  ks --help condition
  cmp captured/stdout group
  for command in set get unset list; do
    grep -q "^  kratix-status condition $command" group
    ks help condition "$command"
    cp captured/stdout one
    grep -q "^  kratix-status condition $command" one
    ks condition "$command" --help
    cmp captured/stdout one
    ks condition --help "$command"
    cmp captured/stdout one
  done
  ks help condition set now
  [ "$code" -eq 2 ] || complain "exit code"
}

@test "get prints a field of the effective condition" {
  previous_condition False
  ks condition get Ready
  prints False
  ks condition get Ready reason
  prints Old
  ks condition get Reconciled
  prints Unknown
  ks condition set Ready True --reason Ok --message new
  silent
  for field in 'type Ready' 'status True' 'reason Ok' 'message new' 'lastTransitionTime 2024-08-21T10:27:45Z'; do
    ks condition get Ready "${field% *}"
    prints "${field#* }"
  done
}

@test "get of what is not there exits with 1" {
  ks condition get Ready
  negative
  printf 'conditions: [{type: Ready}]\n' >"$status"
  ks condition get Ready message
  negative
  ks condition get ready
  negative
  echo 'conditions: none' >"$status"
  ks condition get Ready
  negative
}

@test "get names the nearest field" {
  ks condition get Ready lastTransition
  fails 2 <<'END'
kratix-status: error: condition get: a condition has no field lastTransition
kratix-status: hint: did you mean lastTransitionTime?
END
  ks condition get Ready severity
  fails 2 <<'END'
kratix-status: error: condition get: a condition has no field severity
kratix-status: hint: fields are type, status, reason, message, lastTransitionTime
END
  ks condition get
  [ "$code" -eq 2 ] || complain "exit code"
  ks condition get Ready status now
  [ "$code" -eq 2 ] || complain "exit code"
}

@test "list prints a line a condition, with tabs between and nothing that moves the cursor" {
  previous_condition False
  ks condition set Ready True --reason Ok --message $'one\ttwo\nthree\e[31m'
  silent
  ks condition set Late Unknown --reason Wait
  silent
  ks condition list
  prints <<END
Reconciled	Unknown	A	Pending
Ready	True	Ok	one\\ttwo\\nthree\\x1b[31m
Late	Unknown	Wait	
END
  [ "$("$KRATIX_STATUS_BINARY" condition list | awk -F'\t' '$2 == "True" {print $1}')" = Ready ]
}

@test "list in JSON and YAML has every field as it is" {
  ks condition set Ready True --reason Ok --message $'a\tb'
  silent
  ks condition list -o json
  prints '[{"type":"Ready","status":"True","reason":"Ok","message":"a\tb","lastTransitionTime":"2024-08-21T10:27:45Z"}]'
  ks condition list -o yaml
  prints <<'END'
- type: Ready
  status: "True"
  reason: Ok
  message: "a\tb"
  lastTransitionTime: "2024-08-21T10:27:45Z"
END
  ks condition list -o xml
  fails 2 <<'END'
kratix-status: error: option -o xml: unknown format
kratix-status: hint: use table, yaml or json
END
}

@test "list of nothing is nothing, and of malformed conditions what there is" {
  ks condition list
  silent
  ks condition list -o json
  prints '[]'
  printf 'conditions: [1, {status: "True"}, {type: A, status: true, reason: [x]}, {type: B}]\n' >"$status"
  ks condition list
  prints <<END
A	true	["x"]	
B			
END
}

@test "unset removes a condition, and the list with the last" {
  ks condition set Ready True --reason Ok
  silent
  ks condition set Late True --reason Ok
  silent
  ks condition unset Ready
  silent
  ks condition list
  prints $'Late\tTrue\tOk\t'
  ks condition unset Late
  silent
  status_is <<<'{}'
  ks condition unset Late
  silent
  ks condition unset
  [ "$code" -eq 2 ] || complain "exit code"
}

@test "unset warns where the previous status has it" {
  previous_condition True
  ks condition unset Ready
  warns 'kratix-status: warning: condition Ready: already published, and Kratix keeps it: status.yaml can replace a condition, not remove it'
  no_status
}

@test "--dry-run shows the file" {
  ks --dry-run condition set Ready True --reason Ok
  prints <<'END'
conditions:
  - type: Ready
    status: "True"
    reason: Ok
    message: ""
    lastTransitionTime: "2024-08-21T10:27:45Z"
END
  no_status
}
