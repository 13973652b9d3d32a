# diff: the previous status against preview.
load helper

setup() {
  load_setup
  unset KRATIX_DRY_RUN KRATIX_PIPELINE_NAME KRATIX_OBJECT_NAME
  export SOURCE_DATE_EPOCH=1767323045 # 2026-01-02T03:04:05Z
  previous_status <<'END'
iam: {user: admin, keys: [1, 2]}
message: Pending
END
}

# differs: 1, standard input on standard output, nothing on standard error
differs() {
  expected stdout "$@"
  : >captured/expected-stderr
  check 1
}

@test "no difference: nothing printed, exit code 0" {
  ks diff --not-last
  silent
  echo 'iam: {keys: [1, 2], user: admin}' >"$status"
  ks diff --not-last
  silent
  unchanged
}

@test "what is new, gone or other, by key path" {
  cat >"$status" <<'END'
message: ready
iam: {password: "x: y", keys: [1, 3, {a: b}]}
labels: {app.kubernetes.io/name: web}
END
  ks diff --not-last
  differs <<'END'
- iam.user: "admin"
- iam.keys[1]: 2
+ iam.keys[1]: 3
+ iam.keys[2]: {"a":"b"}
+ iam.password: "x: y"
- message: "Pending"
+ message: "ready"
+ labels: {"app.kubernetes.io/name":"web"}
END
  unchanged
}

@test "the last Pipeline also shows what Kratix adds" {
  ks diff
  differs <<'END'
- message: "Pending"
+ message: "Resource requested"
+ conditions: [{"lastTransitionTime":"2026-01-02T03:04:05Z","message":"Pipelines completed","reason":"PipelinesExecutedSuccessfully","status":"True","type":"ConfigureWorkflowCompleted"}]
END
}

@test "one line each, whatever the strings hold" {
  printf '"a\\nb": "1\\n2\\e[31m\\x9b\\u202e"\n' >"$status"
  ks diff --not-last
  differs '+ "a\u000ab": "1\n2\u001b[31m\u009b\u202e"'
}

@test "without an object everything is new" {
  rm "$object"
  echo 'message: ready' >"$status"
  ks diff --not-last
  differs '+ message: "ready"'
}

@test "warnings go beside the lines" {
  echo 'conditions: [{type: A, x: 1}]' >"$status"
  ks diff --not-last
  expected stdout '+ conditions: [{"type":"A"}]'
  expected stderr 'kratix-status: warning: key conditions[0].x: Kubernetes drops it: its schema has no such field'
  check 1
}

@test "a delete Pipeline: what it publishes, over a message that is not reset" {
  export KRATIX_WORKFLOW_ACTION=delete
  previous_status <<<'message: database ready'
  ks diff --not-last
  silent
  echo 'message: removing the data' >"$status"
  ks diff --not-last
  differs <<'END'
- message: "database ready"
+ message: "removing the data"
END
}

@test "without the record of its Pipeline the status-writer fails, and there is nothing to compare" {
  previous_status <<<'kratix: {workflows: {pipelines: [{name: gate}]}}'
  export KRATIX_PIPELINE_NAME=other
  ks diff
  fails 3 <<'END'
kratix-status: error: status.kratix.workflows.pipelines of object.yaml: has no entry for the Pipeline other: Kratix's status-writer fails then, and the user sees nothing of the status
kratix-status: hint: Kratix makes the entry before it starts the Pipeline: take object.yaml and KRATIX_PIPELINE_NAME from the same run
END
}

@test "malformed, refused, and not to be printed" {
  echo 'message: "' >"$status"
  ks diff
  [ "$code" -eq 4 ] || complain "exit code"
  unchanged
  echo 'message: [x]' >"$status"
  ks diff
  fails 3 <<'END'
kratix-status: error: key message: must be a string, not a list: Kubernetes refuses the whole status otherwise
kratix-status: hint: fix it in status.yaml: until then the Pod fails, and the user sees nothing of the status
END
  rm "$status"
  capture sh -c '"$0" diff >/dev/full' "$KRATIX_STATUS_BINARY"
  fails 5 'kratix-status: error: write standard output: No space left on device'
  ks diff status.yaml
  fails 2 <<'END'
kratix-status: error: diff: takes no operand
kratix-status: hint: usage:
  kratix-status diff [--not-last] [--live]
END
}
