# A notification step must not lose what earlier steps wrote. The published one moves status.yaml away for the time of its
# work and puts it back in its last line.
load helper

# before STATUS: what earlier containers wrote, with the condition's STATUS of an earlier notification
before() {
  status_before <<END
message: "redis cache is ready"
url: redis://cache.default.svc:6379
conditions:
  - type: NotificationsSent
    status: "$1"
END
}

user_sees_the_cache() {
  user_sees <<END
condition NotificationsSent: True | - | - | -
message: "redis cache is ready"
url: "redis://cache.default.svc:6379"
END
}

user_sees_nothing() {
  user_sees <<<'message: "Resource requested"'
}

@test "published: if it was sent already, the user sees nothing" {
  needs_yq
  request cache '{channel: "#team"}' </dev/null
  before True
  container notification/published
  said "Already sent"
  user_sees_nothing
}

@test "published: if there is nothing to send, the user sees nothing" {
  needs_yq
  request cache '{}' </dev/null
  before False
  container notification/published
  said "Nothing to send"
  user_sees_nothing
}

@test "published: if Slack does not answer, the container can never start again" {
  needs_yq
  request cache '{channel: "#team"}' </dev/null
  before False
  CURL_EXIT=22 container_fails notification/published 22
  container_fails notification/published 1
  no_status
  user_sees <<<'message: "Pending"'
}

@test "published: a condition that it did send has neither reason nor time, and is there twice" {
  needs_yq
  request cache '{channel: "#team"}' </dev/null
  before False
  container notification/published
  [ "$(grep -c 'type: NotificationsSent' "$status")" = 2 ]
}

@test "run: if it was sent already, nothing is touched" {
  request cache '{channel: "#team"}' </dev/null
  before True
  container notification/run
  silent
  unchanged
  user_sees_the_cache
  user_gets <<'END'
NAME    MESSAGE                STATUS
cache   redis cache is ready   Pending
END
}

@test "run: if an earlier run of the workflow sent it, nothing is sent" {
  request cache '{channel: "#team"}' </dev/null
  before False
  container notification/run
  next_pipeline
  : >calls
  container notification/run
  silent
  no_status
  calls_are </dev/null
}

@test "run: if there is nothing to send, nothing is touched" {
  request cache '{}' </dev/null
  before False
  container notification/run
  silent
  unchanged
  calls_are </dev/null
}

@test "run: if Slack does not answer, all is there for the next try" {
  request cache '{channel: "#team"}' </dev/null
  before False
  CURL_EXIT=22 container_fails notification/run 22
  unchanged
  container notification/run
  ks condition get NotificationsSent
  prints True
}

@test "run: what it sent, it says with all five fields, in the place of an older condition" {
  request cache '{channel: "#team"}' </dev/null
  before False
  SOURCE_DATE_EPOCH=1785748447 container notification/run
  silent
  status_is <<'END'
message: redis cache is ready
url: "redis://cache.default.svc:6379"
conditions:
  - type: NotificationsSent
    status: "True"
    reason: SlackAnswered
    message: "Sent to \"#team\""
    lastTransitionTime: "2026-08-03T09:14:07Z"
END
  user_sees <<'END'
condition NotificationsSent: True | SlackAnswered | Sent to "#team" | 2026-08-03T09:14:07Z
message: "redis cache is ready"
url: "redis://cache.default.svc:6379"
END
  calls_are <<'END'
curl --fail --silent --data {"channel": "#team", "text": "redis cache is ready"} https://hooks.slack.example/T0
END
}
