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

@test "fail with an empty message, as of an unset variable, says that there is none" {
  serve
  ks fail --condition Ready --reason Broken ''
  [ "$code" -eq 1 ] || complain 'exit code'
  diff -u - captured/stderr <<<'kratix-status: warning: MESSAGE is empty: "Failed; the Pipeline does not say why" is published instead'
  is 'Failed; the Pipeline does not say why' message
  is 'Failed; the Pipeline does not say why' object 'status["conditions"][-1]["message"]'
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

@test "a message that holds a secret is withheld, and the Pipeline fails all the same" {
  serve
  ks fail --condition Ready --reason NoLogin "cannot reach postgres://app:hunter2@db"
  [ "$code" -eq 1 ] || complain 'exit code'
  diff -u - captured/stderr <<'END'
kratix-status: warning: the message holds a URL with a password: it is withheld; give --allow-secret if everybody who may read the resource may see it
END
  is 'Failed; the message is withheld because it holds a URL with a password' message
  is "['Failed; the message is withheld because it holds a URL with a password']" object '[c["message"] for c in status["conditions"] if c["type"] == "Ready"]'
  ! grep -rq hunter2 server/requests.jsonl || complain 'the secret is sent'
  ks fail --allow-secret "cannot reach postgres://app:hunter2@db"
  negative
  is 'cannot reach postgres://app:hunter2@db' message
}

@test "a message that holds a variable's value is published with a warning, or withheld with KRATIX_STATUS_SECRETS=refuse" {
  serve
  export DB_PASSWORD=correct-horse
  ks fail 'wrong login: app/correct-horse'
  [ "$code" -eq 1 ] || complain 'exit code'
  diff -u - captured/stderr <<'END'
kratix-status: warning: the message holds the value of the variable DB_PASSWORD: it is published anyway; give --allow-secret if everybody who may read the resource may see it
END
  is 'wrong login: app/correct-horse' message
  KRATIX_STATUS_SECRETS=refuse ks fail 'wrong login: app/correct-horse'
  [ "$code" -eq 1 ] || complain 'exit code'
  is 'Failed; the message is withheld because it holds the value of the variable DB_PASSWORD' message
  KRATIX_STATUS_SECRETS=refused ks fail 'wrong login: app/correct-horse, again'
  [ "$code" -eq 1 ] || complain 'exit code'
  is 'Failed; the message is withheld because it holds the value of the variable DB_PASSWORD' message
}

@test "a condition that Kubernetes or Kratix would refuse is left out, and the message is published" {
  serve
  # left_out WHY TYPE REASON MESSAGE
  left_out() {
    ks fail --condition "$2" --reason "$3" "$4"
    [ "$code" -eq 1 ] || complain 'exit code'
    diff -u - captured/stderr <<<"kratix-status: warning: $1: the message is published without the condition"
    is "$4" message
    is "['Reconciled']" object '[condition["type"] for condition in status["conditions"]]'
  }
  left_out 'condition Ready.reason: must be a word in CamelCase, such as BackupFinished, not "x y"' Ready 'x y' 'No room'
  left_out 'condition Reconciled.type: Reconciled is managed by Kratix: Kratix'"'s controller acts on it" Reconciled Broken 'No disk'
  left_out 'condition .type: must be a name such as DatabaseReady or example.com/DatabaseReady, not ""' '' Broken 'No net'
  SOURCE_DATE_EPOCH=today left_out 'variable SOURCE_DATE_EPOCH: must be a whole number of seconds since 1970, up to 253402300799 (the year 9999), not "today"' \
    Ready Broken 'No time'
}

@test "a condition whose reason is a token is left out" {
  serve
  ks fail --condition Ready --reason "gh""p_16C7e42F292c6912E7710c838347Ae178B4a" 'No login'
  [ "$code" -eq 1 ] || complain 'exit code'
  is 'No login' message
  is "['Reconciled']" object '[condition["type"] for condition in status["conditions"]]'
}

@test "a condition whose type is a token is left out" {
  serve
  token="gh""p_16C7e42F292c6912E7710c838347Ae178B4a"
  ks fail --condition "$token" --reason NoLogin 'No login'
  [ "$code" -eq 1 ] || complain 'exit code'
  diff -u - captured/stderr <<'END'
kratix-status: warning: the condition's type holds a GitHub token: it is withheld; give --allow-secret if everybody who may read the resource may see it
END
  is 'No login' message
  is "['Reconciled']" object '[condition["type"] for condition in status["conditions"]]'
  ! grep -q "$token" server/requests.jsonl || complain 'the secret is sent'
}

@test "run withholds standard error that holds a secret, in colours and over several lines too, and ends as COMMAND ends" {
  serve
  token="gh""p_16C7e42F292c6912E7710c838347Ae178B4a"
  ks run --stderr -- sh -c "printf '\033[31m$token\033[0m\n' >&2; exit 3"
  [ "$code" -eq 3 ] || complain 'exit code'
  is 'sh exited with code 3: standard error is withheld because it holds a GitHub token' message
  line=$(printf 'aB3%.0s' $(seq 20))
  ks run --message 'No key' --stderr -- sh -c "printf -- '-----BEGIN ''PRIVATE KEY-----\n$line\nx\ny\nz\n' >&2; exit 4"
  [ "$code" -eq 4 ] || complain 'exit code'
  is 'No key: standard error is withheld because it holds a private key' message
  API_TOKEN=abcdefgh ks run --stderr -- sh -c 'echo "no abcdefgh" >&2; exit 5'
  [ "$code" -eq 5 ] || complain 'exit code'
  is 'sh exited with code 5: standard error is withheld because it holds the value of the variable API_TOKEN' message
  API_TOKEN=abcdefgh ks run --allow-secret --stderr -- sh -c 'echo "no abcdefgh" >&2; exit 6'
  is 'sh exited with code 6: no abcdefgh' message
  API_TOKEN=abcdefgh ks run --stderr -- sh -c 'echo "no room" >&2; exit 7'
  is 'sh exited with code 7: no room' message
}
