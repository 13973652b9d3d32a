# preview: what Kratix will store, and what kubectl get will show.
load helper

setup() {
  load_setup
  unset KRATIX_DRY_RUN KRATIX_PIPELINE_NAME KRATIX_OBJECT_NAME
  export SOURCE_DATE_EPOCH=1767323045 # 2026-01-02T03:04:05Z
  previous_status <<'END'
conditions:
- {lastTransitionTime: "2026-01-01T00:00:00Z", message: in progress, reason: PipelinesInProgress, status: "False", type: ConfigureWorkflowCompleted}
- {lastTransitionTime: "2026-01-01T00:00:00Z", message: Waiting, reason: WorkflowPending, status: Unknown, type: Reconciled}
iam: {user: admin}
message: Pending
observedGeneration: 1
END
}

completed='{"lastTransitionTime":"2026-01-02T03:04:05Z","message":"Pipelines completed","reason":"PipelinesExecutedSuccessfully","status":"True","type":"ConfigureWorkflowCompleted"}'
in_progress='{"lastTransitionTime":"2026-01-01T00:00:00Z","message":"in progress","reason":"PipelinesInProgress","status":"False","type":"ConfigureWorkflowCompleted"}'
reconciled='{"lastTransitionTime":"2026-01-01T00:00:00Z","message":"Waiting","reason":"WorkflowPending","status":"Unknown","type":"Reconciled"}'
refused='Kubernetes refuses the whole status otherwise
kratix-status: hint: fix it in status.yaml: until then the Pod fails, and the user sees nothing of the status'

# prints_and_warns CODE STDOUT WARNING
prints_and_warns() {
  expected stdout "$2"
  expected stderr "kratix-status: warning: $3"
  check "$1"
}

@test "yaml: the whole status, as kubectl get -o yaml shows it below status:" {
  printf 'message: ready\nurl: "http://x"\n' >"$status"
  ks preview
  prints <<'END'
conditions:
  - lastTransitionTime: "2026-01-02T03:04:05Z"
    message: Pipelines completed
    reason: PipelinesExecutedSuccessfully
    status: "True"
    type: ConfigureWorkflowCompleted
  - lastTransitionTime: "2026-01-01T00:00:00Z"
    message: Waiting
    reason: WorkflowPending
    status: Unknown
    type: Reconciled
iam:
  user: admin
message: ready
observedGeneration: 1
url: "http://x"
END
  unchanged
}

@test "json, for more Pipelines to come" {
  printf 'iam: {password: x}\n' >"$status"
  ks preview -o json --not-last
  prints '{"conditions":['"$in_progress,$reconciled"'],"iam":{"password":"x"},"message":"Pending","observedGeneration":1}'
}

@test "table: NAME, MESSAGE and STATUS, as kubectl get prints them" {
  printf 'message: "Instance ready\\nwith \\e[31mmetrics"\n' >"$status"
  ks preview -o table
  prints <<'END'
NAME      MESSAGE             STATUS
example   Instance ready...   Waiting
END
  printf 'message: "\\e[31m\\tred"\n' >"$status"
  ks preview -otable
  prints <<'END'
NAME      MESSAGE   STATUS
example   ^[[31m    red   Waiting
END
}

@test "table: without status.yaml the message is Kratix's own" {
  ks preview -o table
  prints <<'END'
NAME      MESSAGE              STATUS
example   Resource requested   Waiting
END
  ks preview -o table --not-last
  prints <<'END'
NAME      MESSAGE   STATUS
example   Pending   Waiting
END
}

@test "table: the name comes from the environment where no object has one" {
  rm "$object"
  export KRATIX_OBJECT_NAME=other
  ks preview -o table
  prints "NAME    MESSAGE              STATUS
other   Resource requested   "
}

@test "a message of an earlier run is never carried over: Kratix resets it" {
  previous_status <<<'message: from last week'
  ks preview -o json --not-last
  prints '{"message":"Pending"}'
}

@test "merge-patch: the keys of status.yaml that differ, and nothing that Kratix writes" {
  printf 'message: ready\niam: {password: x}\nobservedGeneration: 1\n' >"$status"
  for last in "" --not-last; do
    ks -q preview -o merge-patch $last
    prints '{"status":{"message":"ready","iam":{"user":null,"password":"x"}}}'
  done
  ks preview -o merge-patch
  prints_and_warns 0 '{"status":{"message":"ready","iam":{"user":null,"password":"x"}}}' \
    'key observedGeneration: Kratix writes it itself: it is left out of the patch'
  rm "$status"
  ks preview -o merge-patch
  prints '{"status":{}}'
}

@test "merge-patch: sent while the Pipeline runs, it leaves the attempts of retry alone" {
  cat >"$object" <<'END'
metadata: {name: example, generation: 4}
status:
  message: Still the old one
  kratix: {workflows: {pipelines: [{name: p1, phase: Running, attempts: 2}, {name: p2, phase: Pending}]}}
END
  export KRATIX_PIPELINE_NAME=p1
  ks set progress.percent 10
  for last in "" --not-last; do
    ks preview -o merge-patch $last
    prints '{"status":{"progress":{"percent":"10"}}}'
  done
}

@test "merge-patch: conditions are the whole list, merged by type" {
  ks condition set Ready True --reason Ok
  ks preview -o merge-patch
  prints '{"status":{"conditions":['"$in_progress,$reconciled"',{"type":"Ready","status":"True","reason":"Ok","message":"","lastTransitionTime":"2026-01-02T03:04:05Z"}]}}'
}

@test "merge-patch: null cannot be set, and that is told" {
  printf 'a: null\n' >"$status"
  ks preview -o merge-patch --not-last
  prints_and_warns 0 '{"status":{}}' 'key a: is null, and a merge patch cannot set null: it is left out'
  ks -q preview -o merge-patch --not-last
  prints '{"status":{}}'
}

@test "conditions: by type, without what Kubernetes drops" {
  cat >"$status" <<'END'
conditions:
- {type: Ready, status: "True", severity: high, message: null}
- {status: "True"}
- {type: Reconciled}
END
  ks preview -o json --not-last
  prints_and_warns 0 '{"conditions":['"$in_progress"',{"type":"Reconciled"},{"type":"Ready","status":"True"}],"iam":{"user":"admin"},"message":"Pending","observedGeneration":1}' \
    'key conditions[2].severity: Kubernetes drops it: its schema has no such field'
}

@test "what Kratix or Kubernetes would refuse is an error" {
  echo 'message: yes' >"$status"
  ks preview
  fails 3 "kratix-status: error: key message: must be a string, not a boolean: $refused"
  echo 'conditions: none' >"$status"
  ks preview --not-last
  fails 3 "kratix-status: error: key conditions: must be a list of conditions, not a string: $refused"
  echo 'conditions: [{type: Ready, lastTransitionTime: today}]' >"$status"
  ks preview -o table
  fails 3 "kratix-status: error: key conditions[2].lastTransitionTime: must be a time such as 2024-08-21T10:27:45Z, not another string: $refused"
  echo 'kratix: null' >"$status"
  ks preview
  fails 3 <<'END'
kratix-status: error: key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it
kratix-status: hint: choose a key of your own
END
}

@test "message: null is dropped, and the user sees none" {
  echo 'message: null' >"$status"
  ks preview -o table
  prints "NAME      MESSAGE   STATUS
example             Waiting"
}

@test "files that Kratix would not read" {
  echo 'message: "' >"$status"
  ks preview
  [ "$code" -eq 4 ] || complain "exit code"
  unchanged
  rm "$status"
  echo 'status: [' >"$object"
  ks preview
  [ "$code" -eq 4 ] || complain "exit code"
}

@test "a dry run" {
  export KRATIX_DRY_RUN=true
  echo 'message: ready' >"$status"
  ks preview -o table
  prints <<'END'
NAME      MESSAGE            STATUS
example   Dry run executed   Waiting
END
}

@test "a Promise's workflow: other columns, other message, other fields" {
  export KRATIX_WORKFLOW_TYPE=promise
  previous_status <<<'{kind: Redis, apiVersion: example.com/v1, status: Available, version: v1.2}'
  printf 'url: x\n' >"$status"
  ks preview -o json
  prints_and_warns 0 '{"kind":"Redis","apiVersion":"example.com/v1","status":"Available","version":"v1.2","message":"Promise configured","conditions":['"$completed"']}' \
    'key url: Kubernetes drops it: its schema has no such field'
  ks -q preview -o table
  prints <<'END'
NAME      STATUS      KIND    API VERSION      VERSION   MESSAGE
example   Available   Redis   example.com/v1   v1.2      Promise configured
END
}

@test "a Promise's workflow of another type is told by its prefix" {
  export KRATIX_WORKFLOW_TYPE=promise-backstage-gen
  previous_status <<<'status: Available'
  ks preview -o table --not-last
  prints <<'END'
NAME      STATUS      KIND   API VERSION   VERSION   MESSAGE
example   Available                                  Pending
END
}

@test "a Promise's workflow: lists of objects, and a negative zero" {
  export KRATIX_WORKFLOW_TYPE=promise
  echo 'requiredBy: [1]' >"$status"
  ks preview
  fails 3 "kratix-status: error: key requiredBy[0]: must be a map, not a number: $refused"
  echo 'workflowsFailed: -0.0' >"$status"
  previous_status <<<'{}'
  ks preview -o json --not-last
  prints '{"message":"Pending","workflowsFailed":0}'
}

@test "a delete Pipeline publishes as others do, but its message is not reset" {
  export KRATIX_WORKFLOW_ACTION=delete
  previous_status <<<'{message: database ready, url: x}'
  ks preview -o json
  prints '{"message":"database ready","url":"x","conditions":['"$completed"']}'
  ks preview -o json --not-last
  prints '{"message":"database ready","url":"x"}'
  ks set message "removing the data"
  ks set note kept
  ks preview -o json --not-last
  prints '{"message":"removing the data","url":"x","note":"kept"}'
  previous_status <<<'{message: Pending}'
  rm "$status"
  ks preview -o json
  prints '{"message":"Resource requested","conditions":['"$completed"']}'
}

@test "a delete Pipeline that waits: suspend and retry are recorded" {
  suspending
  export KRATIX_WORKFLOW_ACTION=delete
  ks suspend "Waiting for deletion approval"
  silent
  ks preview -o json
  prints '{"message":"Waiting for deletion approval","kratix":{"workflows":{"pipelines":[{"name":"gate","phase":"Suspended","message":"Waiting for deletion approval"}],"suspendedGeneration":4}}}'
  ks retry --max-attempts 3 1h30m "Not yet"
  silent
  ks preview -o json
  prints '{"message":"Not yet","kratix":{"workflows":{"pipelines":[{"name":"gate","phase":"Suspended","message":"Not yet","nextRetryAt":"2026-01-02T04:34:05Z","attempts":3}],"suspendedGeneration":4}}}'
}

suspending() {
  cat >"$object" <<'END'
metadata: {name: example, generation: 4}
status: {message: Pending, kratix: {workflows: {pipelines: [{name: gate, phase: Running, attempts: 2}]}}}
END
  export KRATIX_PIPELINE_NAME=gate
}

@test "suspend: the Pipeline is marked, and the workflow is not completed" {
  suspending
  ks suspend "waiting for approval"
  ks preview -o json
  prints '{"message":"waiting for approval","kratix":{"workflows":{"pipelines":[{"name":"gate","phase":"Suspended","message":"waiting for approval"}],"suspendedGeneration":4}}}'
}

@test "retry: when, and which attempt" {
  suspending
  ks retry 1h30m
  ks preview -o json
  prints '{"message":"Pending","kratix":{"workflows":{"pipelines":[{"name":"gate","phase":"Suspended","nextRetryAt":"2026-01-02T04:34:05Z","attempts":3}],"suspendedGeneration":4}}}'
  ks resume
  ks preview -o json --not-last
  prints '{"message":"Pending","kratix":{"workflows":{"pipelines":[{"name":"gate","phase":"Running"}]}}}'
}

# no_record CAUSE
no_record() {
  fails 3 <<END
kratix-status: error: status.kratix.workflows.pipelines of object.yaml: $1: Kratix's status-writer fails then, and the user sees nothing of the status
kratix-status: hint: Kratix makes the entry before it starts the Pipeline: take object.yaml and KRATIX_PIPELINE_NAME from the same run
END
}

@test "without the record of its Pipeline the status-writer fails" {
  suspending
  export KRATIX_PIPELINE_NAME=other
  ks preview
  no_record "has no entry for the Pipeline other"
  ks suspend
  ks preview -o table
  no_record "has no entry for the Pipeline other"
  previous_status <<<'kratix: {workflows: {}}'
  ks preview
  no_record "is missing"
  ks resume
  ks preview -o json --not-last
  prints '{"kratix":{"workflows":{}},"message":"Pending"}'
}

@test "an object of the author's own has no record: suspend shows, and a warning says what is left out" {
  ks suspend "waiting for approval"
  ks preview -o table
  prints_and_warns 0 $'NAME      MESSAGE                STATUS\nexample   waiting for approval   Waiting' \
    'object.yaml has no status.kratix: what Kratix records there is left out'
  rm "$object"
  ks -q preview -o json
  prints '{"message":"waiting for approval"}'
}

@test "workflows of other types are not suspended" {
  suspending
  ks suspend
  export KRATIX_WORKFLOW_TYPE=resource-backstage-gen
  ks preview -o json
  prints '{"message":"Pending","kratix":{"workflows":{"pipelines":[{"name":"gate","phase":"Running","attempts":2}]}}}'
}

@test "a dry run: the status of object.yaml is not that of the object which is written" {
  suspending
  export KRATIX_DRY_RUN=true KRATIX_OBJECT_NAME=example-dry-run-x7 KRATIX_PIPELINE_NAME=new
  ks preview -o table
  prints_and_warns 0 $'NAME                 MESSAGE            STATUS\nexample-dry-run-x7   Dry run executed   ' \
    'this is a dry run (KRATIX_DRY_RUN): object.yaml has the status of the real request, and Kratix writes to example-dry-run-x7, whose own status is not known here'
  export KRATIX_OBJECT_NAME=example KRATIX_PIPELINE_NAME=gate
  ks preview -o table
  prints $'NAME      MESSAGE            STATUS\nexample   Dry run executed   '
}

@test "a control file that fails the status-writer" {
  echo 'retryAfter: 1d' >"$metadata/workflow-control.yaml"
  ks preview
  [ "$code" -eq 4 ] || complain "exit code"
  [ ! -s captured/stdout ] || complain "something is printed"
}

@test "SOURCE_DATE_EPOCH has to be a time" {
  export SOURCE_DATE_EPOCH=today
  ks preview
  fails 2 <<'END'
kratix-status: error: variable SOURCE_DATE_EPOCH: must be a whole number of seconds since 1970, up to 253402300799 (the year 9999), not "today"
kratix-status: hint: unset it to use the time of day
END
}

@test "twenty thousand conditions on both sides" {
  python3 -c 'print("conditions:"); [print(f"- {{type: T{i}}}") for i in range(20000)]' >"$status"
  previous_status <"$status"
  ks -q preview -o json --not-last
  [ "$code" -eq 0 ] || complain "exit code"
  [ "$(grep -o '"T19999"' captured/stdout)" = '"T19999"' ] || complain "a condition stands twice, or not at all"
}

@test "the command line" {
  ks preview -o xml
  fails 2 <<'END'
kratix-status: error: option -o xml: unknown format
kratix-status: hint: use yaml, json, table or merge-patch
END
  ks preview message
  fails 2 <<'END'
kratix-status: error: preview: takes no operand
kratix-status: hint: usage:
  kratix-status preview [-o FORMAT] [--not-last] [--live]
END
}
