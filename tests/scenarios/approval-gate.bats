# An approval gate: one container opens an issue, another, later or in a retry, waits for the decision.
load helper

issue=https://github.com/example/platform/issues

request_bucket() { request bucket '{}'; }

# As after an earlier run of the workflow, which opened an issue.
request_again() { request_bucket <<<"approvalIssue: $issue/7"; }

@test "published: keys are repeated, and on each restart once more" {
  needs_yq
  request_bucket </dev/null
  container approval-gate/open/published
  RETRY_AFTER=10m container approval-gate/wait/published
  [ "$(grep -c '^message: ' "$status")" = 2 ]
  RETRY_AFTER=10m container approval-gate/wait/published
  [ "$(grep -c '^message: ' "$status")" = 3 ]
  [ "$(grep -c '^approvalIssue: ' "$status")" = 3 ]
  ks validate
  grep -qF 'key "message" appears on lines 3 and 5' captured/stdout || complain "validate has found nothing"
}

@test "published: it says ten minutes and asks for thirty seconds" {
  needs_yq
  request_again
  container approval-gate/open/published
  RETRY_AFTER=10m container approval-gate/wait/published
  said "Retrying in 10m"
  file_is workflow-control.yaml <<<"retryAfter: 30s"
}

@test "published: a refusal fails the Pod, because set -e ends the script before it looks at the exit code" {
  needs_yq
  request_again
  container approval-gate/open/published
  ISSUE="CLOSED NOT_PLANNED" container_fails approval-gate/wait/published 1
  user_sees <<END
approvalIssue: "$issue/7"
message: "Pending"
END
}

@test "published: a container that starts again opens another issue" {
  needs_yq
  request_bucket </dev/null
  GH_COMMENT_EXIT=1 container_fails approval-gate/open/published 1
  container approval-gate/open/published
  calls_are <<'END'
gh issue create
gh issue comment
gh issue create
gh issue comment
END
}

@test "run: the retry is the one asked for, and its reason stands where kubectl get and kubectl describe look" {
  request_bucket </dev/null
  container approval-gate/open/run
  RETRY_AFTER=10m container approval-gate/wait/run
  silent
  file_is status.yaml <<END
approvalIssue: "$issue/1"
message: "Waiting for approval in $issue/1"
END
  file_is workflow-control.yaml <<END
retryAfter: "10m"
message: "Waiting for approval in $issue/1"
END
  user_sees <<END
approvalIssue: "$issue/1"
message: "Waiting for approval in $issue/1"
END
  user_gets <<END
NAME     MESSAGE                                                                STATUS
bucket   Waiting for approval in $issue/1   Pending
END
}

@test "run: containers that start again change nothing, and the issue is opened once" {
  request_bucket </dev/null
  GH_COMMENT_EXIT=1 container_fails approval-gate/open/run 1
  container approval-gate/open/run
  RETRY_AFTER=10m container approval-gate/wait/run
  cp "$status" first
  RETRY_AFTER=10m container approval-gate/wait/run
  file_is status.yaml <first
  calls_are <<'END'
gh issue create
gh issue comment
gh issue comment
gh issue view
gh issue view
END
}

@test "run: the retry finds the issue of the run before" {
  request_again
  container approval-gate/open/run
  RETRY_AFTER=1h30m container approval-gate/wait/run
  file_is status.yaml <<<"message: \"Waiting for approval in $issue/7\""
  calls_are <<'END'
gh issue comment
gh issue view
END
  user_sees <<END
approvalIssue: "$issue/7"
message: "Waiting for approval in $issue/7"
END
}

@test "run: an approval lets the workflow go on, though the container had asked for a retry before" {
  request_again
  container approval-gate/open/run
  RETRY_AFTER=10m container approval-gate/wait/run
  ISSUE="CLOSED COMPLETED" container approval-gate/wait/run
  silent
  status_is <<<"message: \"Approved in $issue/7\""
  ks suspended
  negative
  user_sees <<END
approvalIssue: "$issue/7"
message: "Approved in $issue/7"
END
}

@test "run: a refusal suspends the workflow, and the user sees why" {
  request_again
  container approval-gate/open/run
  ISSUE="CLOSED NOT_PLANNED" container approval-gate/wait/run
  silent
  file_is workflow-control.yaml <<END
suspend: true
message: "Refused in $issue/7"
END
  user_sees <<END
approvalIssue: "$issue/7"
message: "Refused in $issue/7"
END
}
