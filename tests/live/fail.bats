# fail and run: the platform user sees why a Pipeline failed, and no longer when it runs again.
load helper

message() { object 'status["message"]'; }

# What Kratix's status-writer does with the files when all containers have ended with 0, as preview shows it.
pod_ends() { ks preview --live -o json; }

@test "fail publishes its message and what status.yaml holds, and ends with 1" {
  serve
  ks set image nginx
  ks fail 'Quota exceeded: ask #platform'
  negative
  is 'Quota exceeded: ask #platform' message
  is nginx object 'status["image"]'
  is kratix-status-failure object 'metadata["managedFields"][-1]["manager"]'
}

@test "fail keeps Kratix's conditions, and adds its own" {
  serve
  ks fail --condition DatabaseReady --reason QuotaExceeded 'No room'
  negative
  is "['Reconciled', 'DatabaseReady']" object '[condition["type"] for condition in status["conditions"]]'
  is "('False', 'QuotaExceeded', 'No room')" object '(*map(status["conditions"][-1].get, ("status", "reason", "message")),)'
}

@test "status.yaml does not hold the failure, but the message that Kratix replaces at the end" {
  serve
  ks set image nginx
  ks fail 'Quota exceeded'
  status_is <<'END'
image: nginx
message: Pending
END
}

@test "fail leaves the message that the script has set" {
  serve
  ks set message 'Checking the quota'
  ks fail 'Quota exceeded'
  status_is <<'END'
message: Checking the quota
END
}

@test "a script that fails, runs again and succeeds without a message: Kratix's own message" {
  serve
  ks fail 'Quota exceeded'
  is 'Quota exceeded' message
  pod_ends
  [ "$code" -eq 0 ] || complain 'preview'
  grep -q '"message":"Resource requested"' captured/stdout || complain 'the message'
}

@test "a script that fails, runs again and succeeds with a message: that one" {
  serve
  ks fail 'Quota exceeded'
  ks set message Created
  pod_ends
  grep -q '"message":"Created"' captured/stdout || complain 'the message'
}

@test "after a failure, set --once sets the message" {
  serve
  ks fail 'Quota exceeded'
  ks set --once message Created
  status_is <<'END'
message: Created
END
}

@test "fail publishes its message also where status.yaml is malformed" {
  serve
  echo 'a: [' >"$metadata/status.yaml"
  ks fail 'Quota exceeded'
  negative
  is 'Quota exceeded' message
}

@test "run publishes how the command ended, and ends as it ended" {
  serve
  ks run -- sh -c 'exit 42'
  prints_nothing 42
  is 'sh exited with code 42' message
}

@test "run publishes TEXT, and the end of standard error if it is asked for" {
  serve
  ks run --message 'The database could not be created' --stderr -- sh -c 'echo connecting >&2; echo no route >&2; exit 3'
  [ "$code" -eq 3 ] || complain 'exit code'
  [ "$(cat captured/stderr)" = 'connecting
no route' ] || complain 'standard error'
  is 'The database could not be created: connecting / no route' message
}

@test "run keeps what the script has said: its message in status.yaml, and what fail has published" {
  serve
  ks run -- sh -c '"$1" set message "quota exceeded"; exit 1' - "$KRATIX_STATUS_BINARY"
  is 'quota exceeded (sh exited with code 1)' message
  ks run -- sh -c '"$1" fail "Quota of 3 exceeded"' - "$KRATIX_STATUS_BINARY"
  prints_nothing 1
  is 'Quota of 3 exceeded' message
}

@test "run in a Pod that is made anew: the old failure is gone before the command starts" {
  serve
  ks fail 'Quota exceeded'
  rm "$metadata/status.yaml"
  ks run -- true
  silent
  is Pending message
}

@test "run whose command succeeds publishes nothing" {
  serve
  ks run -- true
  silent
  is GET seen 'request["method"]'
}

@test "run where nothing can be published: a warning, and the command's exit code" {
  serve
  kill "$server"
  wait "$server" || :
  server=
  ks run -- sh -c 'exit 7'
  [ "$code" -eq 7 ] || complain 'exit code'
  grep -q 'warning: the platform user does not see: sh exited with code 7' captured/stderr || complain 'no warning'
}

@test "set --publish publishes behind the change" {
  serve
  ks set --publish message 'Creating the database'
  silent
  is 'Creating the database' message
}

@test "get --from live prints the object as it is now" {
  serve
  ks get --from live status.old.b
  prints 2
}

@test "diff --live after a publish: only what Kratix itself will change" {
  serve
  ks set old.b 3
  ks publish
  ks diff --live --not-last
  [ "$(cat captured/stdout)" = '- kratix.workflows.pipelines[0].attempts: 2' ] || complain 'a difference of our own'
}
