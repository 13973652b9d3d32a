# What Kratix, or Kubernetes, would not publish as given: exit code 3 and an unchanged file. The rest is a warning.
load helper

overwritten='Kratix overwrites it, or takes it for its own'
resource_keys="observedGeneration workflows workflowsSucceeded workflowsFailed lastSuccessfulConfigureWorkflowTime
  promiseVersion resourceBindingVersion healthStatus"
promise_keys="version kind apiVersion requiredPromises requiredBy lastAvailableTime"
resource_types="ConfigureWorkflowCompleted DeleteWorkflowCompleted WorksSucceeded Reconciled PromiseAvailable"
promise_types="Available RequirementsFulfilled"

# managed KEY EFFECT
managed() {
  text="kratix-status: error: key $1: managed by Kratix: $2
kratix-status: hint: choose a key of your own"
  ks set "$1" x
  fails 3 "$text"
  ks set --json "$1" null
  fails 3 "$text"
  ks set a=b "$1.below=x"
  fails 3 "$text"
  ks append "$1" x
  fails 3 "$text"
  ks merge <<<"{\"a\": \"b\", \"$1\": {}}"
  fails 3 "$text"
}

dropped() {
  echo "kratix-status: warning: key $1: the status of a Promise has no such field, so Kubernetes will drop it; only message is kept"
}

# condition TYPE [FIELD VALUE]: a condition as JSON
condition() {
  printf '{"type": "%s", "status": "True", "reason": "Done", "message": "", "lastTransitionTime": "2024-08-21T10:27:45Z"}' "$1"
}

@test "managed keys" {
  managed kratix 'Kratix fails the Pod when a Pipeline writes it'
  for key in $resource_keys; do managed "$key" "$overwritten"; done
  no_status
}

@test "a managed key below another is free" {
  ks set a.kratix x
  silent
  ks set a.workflows x
  silent
}

@test "keys that are managed on Promises only are free on resources" {
  for key in $promise_keys; do
    ks set "$key" x
    silent
  done
  ks set '"status"' x
  silent
}

@test "on Promises, their own fields are refused as well" {
  export KRATIX_WORKFLOW_TYPE=promise
  managed kratix 'Kratix fails the Pod when a Pipeline writes it'
  for key in $resource_keys $promise_keys; do managed "$key" "$overwritten"; done
  ks set '"status"' x
  fails 3 "kratix-status: error: key status: managed by Kratix: $overwritten
kratix-status: hint: choose a key of your own"
}

@test "on Promises, message is kept and other keys get a warning" {
  export KRATIX_WORKFLOW_TYPE=promise
  ks set message x
  silent
  ks set url http://x
  warns <<<"$(dropped url)"
  ks set a.b=c message=y d=e
  warns <<<"$(dropped a; dropped d)"
  ks -q set url http://y
  silent
  ks set message z
  silent
}

@test "message must be a string" {
  for pair in 'true=a boolean' 'null=null' '3=a number' '["a"]=a list' '{"a": 1}=a map'; do
    text="kratix-status: error: key message: must be a string, not ${pair#*=}: Kubernetes refuses the whole status otherwise
kratix-status: hint: give it as one string: kratix-status set message TEXT"
    ks set --json message "${pair%%=*}"
    fails 3 "$text"
    ks set a=b "message:=${pair%%=*}"
    fails 3 "$text"
    ks merge <<<"{\"message\": ${pair%%=*}}"
    fails 3 "$text"
  done
  ks set --json message '"text"'
  silent
}

@test "message cannot be a map by way of a key below it" {
  ks set message.text x
  fails 3 <<'END'
kratix-status: error: key message: must be a string, not a map: Kubernetes refuses the whole status otherwise
kratix-status: hint: give it as one string: kratix-status set message TEXT
END
}

@test "managed condition types" {
  for type in $resource_types; do
    ks set --json conditions "[$(condition Ready), $(condition "$type")]"
    fails 3 "kratix-status: error: conditions[1].type: $type is managed by Kratix: Kratix's controller acts on it
kratix-status: hint: choose a type of your own"
    ks append --json conditions "$(condition "$type")"
    fails 3 "kratix-status: error: conditions[0].type: $type is managed by Kratix: Kratix's controller acts on it
kratix-status: hint: choose a type of your own"
  done
  for type in $promise_types; do
    ks set --json conditions "[$(condition "$type")]"
    silent
    KRATIX_WORKFLOW_TYPE=promise ks set --json conditions "[$(condition "$type")]"
    fails 3 "kratix-status: error: conditions[0].type: $type is managed by Kratix: Kratix's controller acts on it
kratix-status: hint: choose a type of your own"
  done
}

@test "conditions must be a list of conditions" {
  fix='kratix-status: hint: give each condition type, status, reason, message and lastTransitionTime'
  ks set conditions Ready
  fails 3 "kratix-status: error: key conditions: must be a list of conditions, not a string
$fix"
  ks set --json conditions null
  fails 3 "kratix-status: error: key conditions: must be a list of conditions, not null
$fix"
  ks set conditions.Ready True
  fails 3 "kratix-status: error: key conditions: must be a list of conditions, not a map
$fix"
  ks append conditions Ready
  fails 3 'kratix-status: error: conditions[0]: must be a map with type, status, reason, message and lastTransitionTime'
  ks set --json conditions '[]'
  silent
}

# bad_condition FIELD JSON CAUSE: a condition whose FIELD is JSON (or missing, if empty)
bad_condition() {
  local item
  item=$(condition Ready)
  case $1 in
    type) item=${item/\"Ready\"/$2} ;;
    status) item=${item/\"True\"/$2} ;;
    reason) item=${item/\"Done\"/$2} ;;
    message) item=${item/\"\"/$2} ;;
    *) item=${item/\"2024-08-21T10:27:45Z\"/$2} ;;
  esac
  ks append --json conditions "$item"
  fails 3 "kratix-status: error: conditions[0].$1: $3"
}

@test "each field of a condition" {
  for field in type status reason message lastTransitionTime; do
    bad_condition "$field" 3 'must be a string, not a number'
    bad_condition "$field" null 'must be a string, not null'
    bad_condition "$field" true 'must be a string, not a boolean'
  done
  for type in '' 'a b' '-a' 'a-' 'Example.com/a' 'a/b/c' '/a' 'é'; do
    bad_condition type "\"$type\"" "must be a name such as DatabaseReady or example.com/DatabaseReady, not \"$type\""
  done
  for word in '' yes 'True '; do
    bad_condition status "\"$word\"" "must be True, False or Unknown, not \"$word\""
  done
  for word in true TRUE; do
    bad_condition status "\"$word\"" "must be True, False or Unknown, not \"$word\"
kratix-status: hint: did you mean True?"
  done
  for reason in '' 'two words' 1a a- a: 'a.b'; do
    bad_condition reason "\"$reason\"" "must be a word in CamelCase, such as BackupFinished, not \"$reason\""
  done
  for time in '' now 2024-08-21 '2024-08-21 10:27:45Z' 2024-08-21t10:27:45z 2024-08-21T10:27:45 2024-02-30T10:27:45Z \
    2023-02-29T00:00:00Z 2024-13-01T00:00:00Z 2024-01-01T24:00:00Z; do
    bad_condition lastTransitionTime "\"$time\"" "must be a time such as 2024-08-21T10:27:45Z, not \"$time\""
  done
}

@test "a condition with a field missing, one too many, or the same type twice" {
  ks set --json conditions '[{"type": "Ready", "status": "True", "reason": "A", "message": ""}]'
  fails 3 <<'END'
kratix-status: error: conditions[0].lastTransitionTime: is missing
kratix-status: hint: a condition has type, status, reason, message and lastTransitionTime
END
  item=$(condition Ready)
  ks set --json conditions "[${item%\}}, \"observedGeneration\": 1}]"
  fails 3 'kratix-status: error: conditions[0].observedGeneration: is not a field of a condition, and Kubernetes drops it'
  ks set --json conditions "[$item, $item]"
  fails 3 'kratix-status: error: conditions[1].type: Ready appears twice; Kratix keeps one condition of a type'
}

@test "the lengths that Kubernetes allows in a condition" {
  for pair in type:316 reason:1024 message:32768; do
    item=$(condition Ready)
    longest=$(head -c "${pair#*:}" /dev/zero | tr '\0' x)
    for text in "$longest" "x$longest"; do
      case $pair in
        type:*) with=${item/Ready/$text} ;;
        reason:*) with=${item/Done/$text} ;;
        message:*) with=${item/\"\"/\"$text\"} ;;
      esac
      ks set --json conditions "[$with]"
      if [ "$text" = "$longest" ]; then
        silent
      else
        fails 3 "kratix-status: error: conditions[0].${pair%:*}: must not be longer than ${pair#*:} characters"
      fi
    done
  done
}

@test "well-formed conditions" {
  ks append --json conditions "$(condition Ready)"
  silent
  ks append --json conditions "$(condition example.com/Some.Thing_x-1)"
  silent
  for time in 2024-02-29T23:59:59Z 2024-08-21T10:27:45.123456Z 2024-08-21T10:27:45+02:00; do
    ks set 'conditions[0].lastTransitionTime' "$time"
    silent
  done
  ks set 'conditions[1].status' Unknown
  silent
  ks set 'conditions[1].status' maybe
  fails 3 'kratix-status: error: conditions[1].status: must be True, False or Unknown, not "maybe"'
}

@test "an unset that would break a condition is refused" {
  ks append --json conditions "$(condition Ready)"
  ks unset 'conditions[0].reason'
  fails 3 <<'END'
kratix-status: error: conditions[0].reason: is missing
kratix-status: hint: a condition has type, status, reason, message and lastTransitionTime
END
  ks unset 'conditions[0]'
  silent
}

@test "what was wrong already elsewhere in the file is a warning, and stays" {
  printf 'message: yes\nkratix: {a: 1}\nconditions: [x]\n' >"$status"
  ks set a b
  warns <<'END'
kratix-status: warning: kratix/metadata/status.yaml holds key message: must be a string, not a boolean: Kubernetes refuses the whole status otherwise
kratix-status: warning: kratix/metadata/status.yaml holds key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it
kratix-status: warning: kratix/metadata/status.yaml holds conditions[0]: must be a map with type, status, reason, message and lastTransitionTime
END
  status_is <<'END'
message: true
kratix:
  a: 1
conditions:
  - x
a: b
END
  ks -q set a c
  silent
  ks set message done
  warns <<'END'
kratix-status: warning: kratix/metadata/status.yaml holds key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it
kratix-status: warning: kratix/metadata/status.yaml holds conditions[0]: must be a map with type, status, reason, message and lastTransitionTime
END
}

@test "what Kratix reads otherwise than written is a warning" {
  printf 'a: 1\na: 2\nb: 9007199254740993\n' >"$status"
  ks set c d
  warns <<'END'
kratix-status: warning: kratix/metadata/status.yaml:2:1: key "a" appears on lines 1 and 2; Kratix keeps the last
kratix-status: warning: kratix/metadata/status.yaml:3:4: Kratix keeps numbers as 64-bit floats and loses digits of 9007199254740993
END
  ks get --from file a
  prints 2
}

@test "the conditions of a Promise are known to its schema, so nothing warns of them" {
  export KRATIX_WORKFLOW_TYPE=promise
  ks set --json conditions "[$(condition BackupDone)]"
  silent
}
