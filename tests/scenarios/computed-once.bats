# A value that is computed once: the date of the first run.
load helper

request_first() { request todo '{}' </dev/null; }
request_later() { request todo '{}' <<<'createdAt: "Thu Jan 28 15:00:00 UTC 2021"'; }

user_sees_the_first_date() {
  user_sees <<'END'
createdAt: "Thu Jan 28 15:00:00 UTC 2021"
message: "todo.local.gd:31338"
END
}

@test "published: reads, compares and writes again, and is right" {
  needs_yq
  request_later
  container computed-once/published
  user_sees_the_first_date
}

@test "published earlier: each run has its own date" {
  needs_yq
  request_later
  container computed-once/published-earlier
  capture judge last
  ! grep -q 2021 captured/stdout || complain "the first date is there"
}

@test "run: the first run publishes its date as a string" {
  request_first
  before=$(date +%s)
  container computed-once/run
  silent
  ks get createdAt
  created=$(cat captured/stdout)
  [ "$(date --date "$created" +%s)" -ge "$before" ] || complain "the date"
  user_sees <<END
createdAt: "$created"
message: "todo.local.gd:31338"
END
  user_gets <<'END'
NAME   MESSAGE               STATUS
todo   todo.local.gd:31338   Pending
END
}

@test "run: a later run keeps it, byte for byte, and writes nothing of it" {
  request_later
  container computed-once/run
  silent
  status_is <<<'message: "todo.local.gd:31338"'
  user_sees_the_first_date
}

@test "run: so does a container that starts again" {
  request_first
  container computed-once/run
  cp "$status" first
  sleep 1
  container computed-once/run
  file_is status.yaml <first
}

@test "run: the Pipeline after the next keeps it still" {
  request_later
  for pipeline in 1 2; do
    container computed-once/run
    next_pipeline
  done
  container computed-once/run
  user_sees_the_first_date
}
