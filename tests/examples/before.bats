# What goes wrong with the scripts in the directories called before, as the examples' README files say it.
load ../scenarios/helper

# run_of EXAMPLE/test/RUN: its object, and what the containers before this one have left
run_of() {
  cp "$examples/$1/input/object.yaml" "$object"
  [ "${1%%/*}" != notification ] || container ../../examples/notification/pipeline/instance
}

before() { echo "../../examples/$1/before/$2"; }

# kratix_reads ANSWER: what Kratix's own reader makes of status.yaml begins with ANSWER, {"json": ...} or {"error": ...}
# without the braces.
kratix_reads() {
  [ -x "$tools/bin/oracle" ] || missing oracle "scripts/conformance --tools" || return
  python3 -c 'import json, sys; print(json.dumps({"name": "", "yaml": sys.stdin.read()}))' <"$status" >request
  "$tools/bin/oracle" <request >answer
  [[ $(cat answer) = "{\"name\":\"\",$1"* ]] || complain "Kratix reads $(cat answer)"
}

setup_before() {
  needs_yq
  run_of "$1"
}

@test "approval-gate: Kratix cannot read the message, so that the next run opens another issue" {
  setup_before approval-gate/test/1-first-run
  container "$(before approval-gate run)"
  kratix_reads '"error":"'
  # The Pod has failed: the next one finds an empty directory, and no address in the input object.
  make_root
  run_of approval-gate/test/1-first-run
  container "$(before approval-gate run)"
  [ "$(grep -c 'issue create' calls)" = 2 ]
}

@test "approval-gate: 1d is no duration, started again all is there twice, and a refusal goes on" {
  setup_before approval-gate/test/2-open
  container "$(before approval-gate run)"
  file_is workflow-control.yaml <<<"retryAfter: 1d"
  ks validate "$metadata/workflow-control.yaml"
  [ "$code" -eq 1 ] || complain "validate accepts 1d"
  container "$(before approval-gate run)"
  [ "$(grep -c '^approvalIssue' "$status")" = 2 ]
  rm "$metadata"/*
  ISSUE="CLOSED NOT_PLANNED" container "$(before approval-gate run)"
  ks suspended
  negative
}

@test "notification: the status is lost where the step leaves early, and for good where Slack is away" {
  setup_before notification/test/1-slack-answers
  container "$(before notification run)"
  container "$(before notification run)"
  no_status
  run_of notification/test/1-slack-answers
  CURL_EXIT=6 container_fails "$(before notification run)" 6
  container_fails "$(before notification run)" 1
  no_status
}

@test "notification: what is sent is no JSON, and it is sent again in each run" {
  setup_before notification/test/3-sent-already
  container "$(before notification run)"
  calls_are <<'END'
curl --fail --silent --show-error --data {"text": "redis cache is "ready""} https://hooks.slack.example/T0
END
}

@test "database: the version becomes a number" {
  setup_before database/test/2-ready
  container "$(before database run)"
  kratix_reads '"json":{"connectionDetails":{"host":"orders-rw.default.svc","port":5432,"version":17.1}'
}

@test "two-pipelines: no user is ever made, and the second Pipeline would lose it" {
  setup_before two-pipelines/test/1-first-run
  container "$(before two-pipelines account)"
  kratix_reads '"json":{"iam":{"user":null}'
  container "$(before two-pipelines password)"
  calls_are <<'END'
openssl rand -hex 16
vault kv put secret/null password=000001
END
  run_of two-pipelines/test/2-again
  export KRATIX_PIPELINE_NAME=password
  container "$(before two-pipelines password)"
  user_sees <<'END'
iam: {"password": "vault:secret/app_000001"}
message: "User and vault secret created"
END
}

@test "promise-workflow: the version becomes a number, and kubectl shows another status" {
  setup_before promise-workflow/test
  container "$(before promise-workflow run)"
  kratix_reads '"json":{"message":"Operator is on its way","operatorVersion":1.1,"status":"Installing","version":1.1}'
}

@test "fails-well: the message is in a file that Kratix does not read, and only a number is left of the error" {
  setup_before fails-well/test/2-over-quota
  echo 'status: {message: Pending}' >>"$object"
  container_fails "$(before fails-well run)" 1
  user_sees <<'END'
message: "Pending"
END
  rm "$status"
  setup_before fails-well/test/3-aws-refuses
  echo 'status: {message: Pending}' >>"$object"
  AWS_ERROR="An error occurred" container_fails "$(before fails-well run)" 254
  user_sees <<'END'
message: "Pending"
END
}
