# publish [--timeout DURATION] [--min-interval DURATION] [--try]: what answers.tsv does not say
load helper

@test "publish sends the keys of status.yaml that differ, on the version of the object that it has seen" {
  serve
  ks set k v
  ks set message Pending
  publish
  silent
  is "GET /apis/example.com/v1/namespaces/default/dbs/one
PATCH /apis/example.com/v1/namespaces/default/dbs/one/status?fieldManager=kratix-status" \
    seen 'request["method"] + " " + request["path"]'
  is "None
{'metadata': {'resourceVersion': '100'}, 'status': {'k': 'v'}}" seen 'json.loads(request["body"] or "null")'
  is "right
right" seen 'request["token"]'
  is "127.0.0.1:$KUBERNETES_SERVICE_PORT
127.0.0.1:$KUBERNETES_SERVICE_PORT" seen 'request["headers"]["host"]'
  is v object 'status["k"]'
}

@test "publish over IPv6 names the host in brackets" {
  serve --host ::1
  export KUBERNETES_SERVICE_HOST=::1
  ks set k v
  publish
  silent
  is "[::1]:$KUBERNETES_SERVICE_PORT
[::1]:$KUBERNETES_SERVICE_PORT" seen 'request["headers"]["host"]'
}

@test "publish sends no PATCH when nothing is new" {
  serve
  ks set k v
  ks condition set DatabaseReady True --reason Created
  publish
  silent
  publish
  silent
  is "GET
PATCH
GET" seen 'request["method"]'
}

@test "publish again sends only what has changed since" {
  serve
  ks set a 1
  ks set b 1
  publish
  silent
  ks set b 2
  publish
  silent
  is "{'b': '2'}" eval 'seen "(json.loads(request[\"body\"] or \"{}\")).get(\"status\")" | tail -1'
}

@test "publish keeps the conditions of Kratix, and those of others" {
  serve --script '[{"merge": {"conditions": [
    {"type": "Reconciled", "status": "Unknown", "reason": "WorkflowPending", "message": "Pending",
     "lastTransitionTime": "2026-01-01T00:00:00Z"},
    {"type": "Theirs", "status": "True", "reason": "R", "message": "", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}]'
  ks condition set DatabaseReady True --reason Created --message first
  publish
  silent
  is "['DatabaseReady', 'Reconciled', 'Theirs']" object 'sorted(c["type"] for c in status["conditions"])'
  ks condition set DatabaseReady False --reason Lost --message second
  publish
  silent
  is "['DatabaseReady', 'Reconciled', 'Theirs']" object 'sorted(c["type"] for c in status["conditions"])'
  is "['second']" object '[c["message"] for c in status["conditions"] if c["type"] == "DatabaseReady"]'
  is "['Pending']" object '[c["message"] for c in status["conditions"] if c["type"] == "Reconciled"]'
}

@test "a map of status.yaml replaces the published one whole, as at the Pipeline's end" {
  serve
  ks set --fresh --json old '{"a": 1, "c": {"d": null}}'
  publish
  is "1" object 'status["old"]["a"]'
  is "False" object '"b" in status["old"]'
}

@test "kratix and the other keys that Kratix manages are never in a patch" {
  serve --script '[{"merge": {"observedGeneration": 1, "workflows": 1}}]'
  printf 'k: v\nobservedGeneration: 7\nworkflows: 9\npromiseVersion: v9\n' >"$status"
  publish
  [ "$code" -eq 0 ] || complain "exit code"
  is "None
['k']" seen '(lambda patch: patch and sorted(patch["status"]))(json.loads(request["body"] or "null"))'
  is "[1, 1, None]" object '[status.get(key) for key in ("observedGeneration", "workflows", "promiseVersion")]'
  is 2 object 'status["kratix"]["workflows"]["pipelines"][0]["attempts"]'
}

@test "a condition that Kratix manages stays as Kratix has it" {
  serve
  cat >"$status" <<'END'
k: v
conditions:
  - {type: Reconciled, status: "True", reason: Mine, message: mine, lastTransitionTime: "2026-02-02T00:00:00Z"}
END
  publish
  [ "$code" -eq 0 ] || complain "exit code"
  is "['Pending']" object '[c["message"] for c in status["conditions"]]'
  is v object 'status["k"]'
}

@test "a status.yaml that holds kratix is refused before any request" {
  serve
  printf 'kratix: {}\nk: v\n' >"$status"
  publish
  fails_with 3 'key kratix'
  is "" seen 'request'
}

@test "a token that the kubelet replaces between two attempts is read anew" {
  serve --script '[{"new_token": "second-token", "status": 503}]'
  ks set k v
  publish
  silent
  is "right
right
right" seen 'request["token"]'
}

@test "a token that has run out is read anew after the 401, once" {
  serve --script '[{"new_token": "second-token", "status": 401}]'
  ks set k v
  publish
  silent
  is v object 'status["k"]'
  publish
  silent
}

# publishes_what_is_set_after METHOD: what is set once the server got METHOD arrives with the same publish
publishes_what_is_set_after() {
  ks set k old
  "$KRATIX_STATUS_BINARY" publish 3>&- &
  publisher=$!
  await "$1"
  ks set k new
  silent
  wait "$publisher"
  is new object 'status["k"]'
}

@test "the published file is the newest: a set between two attempts arrives" {
  serve --script '[{"status": 503, "headers": {"Retry-After": "2"}}]'
  publishes_what_is_set_after GET
}

@test "after a 409 the file is read anew, too" {
  serve --script '[{}, {"do": "slow-conflict"}]'
  publishes_what_is_set_after PATCH
}

@test "publish holds no lock while it waits for the network" {
  serve --script '[{"do": "hang", "always": true}]'
  ks set k v
  "$KRATIX_STATUS_BINARY" publish --try --timeout 3s 2>/dev/null 3>&- &
  publisher=$!
  await GET
  ks --lock-timeout 1 set b c
  silent
  wait "$publisher"
}

@test "20 publishers at once with different keys and conditions: nothing is lost" {
  serve
  publishers=()
  for i in $(seq 20); do
    mkdir -p "pod$i/input" "pod$i/metadata"
    KRATIX_ROOT=pod$i "$KRATIX_STATUS_BINARY" set "k$i" "v$i"
    KRATIX_ROOT=pod$i "$KRATIX_STATUS_BINARY" condition set "Ready$i" True --reason Done
  done
  for i in $(seq 20); do
    KRATIX_ROOT=pod$i "$KRATIX_STATUS_BINARY" publish --timeout 60s 2>>errors 3>&- &
    publishers+=($!)
  done
  for publisher in "${publishers[@]}"; do wait "$publisher" || { cat errors; false; }; done
  [ ! -s errors ]
  is True object 'all(status[f"k{i}"] == f"v{i}" for i in range(1, 21))'
  is True object '{c["type"] for c in status["conditions"]} == {"Reconciled"} | {f"Ready{i}" for i in range(1, 21)}'
  is 2 object 'status["kratix"]["workflows"]["pipelines"][0]["attempts"]'
}

@test "what publish wrote belongs to the field manager kratix-status" {
  serve
  ks set k v
  ks set message Working
  publish
  silent
  is "[('kratix-status', ['f:k', 'f:message'])]" \
    object '[(entry["manager"], sorted(entry["fieldsV1"]["f:status"])) for entry in metadata["managedFields"]]'
}

@test "not in a Pod: 5, and with --try a warning" {
  ks set k v
  publish
  fails_with 5 KUBERNETES_SERVICE_HOST
  publish --try
  warns_of KUBERNETES_SERVICE_HOST
}

@test "in a Pod without a service account's token: 5 at once, and with --try a warning" {
  serve
  rm -r account
  ks set k v
  publish
  fails_with 5 account
  publish --try
  warns_of account
  is "" seen 'request'
}

@test "not in a Pipeline of Kratix: 5 with the variable that is missing, and with --try a warning" {
  serve
  ks set k v
  for name in KRATIX_OBJECT_GROUP KRATIX_OBJECT_VERSION KRATIX_OBJECT_NAME KRATIX_OBJECT_NAMESPACE KRATIX_CRD_PLURAL; do
    capture env --unset="$name" "$KRATIX_STATUS_BINARY" publish
    fails_with 5 "$name"
    capture env --unset="$name" "$KRATIX_STATUS_BINARY" publish --try
    warns_of "$name"
  done
  is "" seen 'request'
}

@test "KRATIX_DRY_RUN=true: a warning, and no request" {
  serve
  ks set k v
  export KRATIX_DRY_RUN=true
  publish
  warns_of KRATIX_DRY_RUN
  is "" seen 'request'
}

@test "an object of a cluster-scoped API has no namespace in its path" {
  serve --path /apis/example.com/v1/dbs/one
  export KRATIX_CLUSTER_SCOPED=true
  ks set k v
  publish
  silent
  is v object 'status["k"]'
}

@test "a cluster-scoped object needs no KRATIX_OBJECT_NAMESPACE" {
  serve --path /apis/example.com/v1/dbs/one
  export KRATIX_CLUSTER_SCOPED=true KRATIX_OBJECT_NAMESPACE=
  ks set k v
  publish
  silent
}

@test "a Promise's own workflow publishes to promises, without a namespace" {
  serve --path /apis/platform.kratix.io/v1alpha1/promises/redis
  export KRATIX_WORKFLOW_TYPE=promise KRATIX_OBJECT_GROUP=platform.kratix.io KRATIX_OBJECT_VERSION=v1alpha1
  export KRATIX_OBJECT_KIND=Promise KRATIX_OBJECT_NAME=redis KRATIX_OBJECT_NAMESPACE= KRATIX_CRD_PLURAL=promises
  export KRATIX_CLUSTER_SCOPED=true
  ks set message "Installing the operator"
  publish
  silent
  is "Installing the operator" object 'status["message"]'
}

@test "special characters in names are percent-encoded in the path" {
  name='a b/c?d#e%41&f=g:é"'
  serve --path "/apis/example.com/v1/namespaces/de/fault/dbs/$name"
  export KRATIX_OBJECT_NAME=$name KRATIX_OBJECT_NAMESPACE=de/fault
  ks set k v
  publish
  silent
  is v object 'status["k"]'
  is "True
True" seen '"/namespaces/de%2Ffault/dbs/a%20b%2Fc%3Fd%23e%2541" in request["path"]'
}

@test "a name that ends a line cannot add a header" {
  serve
  export KRATIX_OBJECT_NAME=$'one HTTP/1.1\r\nX-Evil: 1'
  ks set k v
  publish
  [ "$code" -eq 5 ] || complain "exit code"
  is "" eval 'seen "\"x-evil\" in request[\"headers\"] or \"\"" | tr -d "\n"'
}

@test "--min-interval: what was published a moment ago is not published again so soon" {
  serve
  ks set k first
  publish --min-interval 1h
  silent
  ks set k second
  publish --min-interval 1h
  silent
  is first object 'status["k"]'
  publish
  silent
  is second object 'status["k"]'
}

@test "--min-interval: what was published long enough ago is published again" {
  serve
  ks set k first
  publish --min-interval 1s
  silent
  sleep 2.1
  ks set k second
  publish --min-interval 1s
  silent
  is second object 'status["k"]'
}

@test "--timeout and --min-interval take seconds, or durations as Kratix writes them, and nothing else" {
  serve
  ks set k v
  for duration in 1x -1s 10y 86401 ''; do
    for option in --timeout --min-interval; do
      publish "$option" "$duration"
      [ "$code" -eq 2 ] || complain "exit code $code"
    done
  done
  is "" seen 'request'
  publish --timeout 1500ms
  silent
  publish --timeout 10
  silent
}

@test "publish needs nothing in the image but itself: no /dev/urandom, no names, no certificates" {
  mkdir bare
  cp "$KRATIX_STATUS_BINARY" bare/kratix-status
  chroot bare /kratix-status version >/dev/null 2>&1 || skip 'this needs root, and the static binary'
  serve
  ks set k v
  cp -RL kratix account bare/
  KRATIX_ROOT=/kratix KRATIX_STATUS_SERVICE_ACCOUNT_DIR=/account capture chroot bare /kratix-status publish
  silent
  is v object 'status["k"]'
}

@test "a server that repeats the token: no command prints it" {
  serve --script '[{"status": 403, "message": "may not: Authorization: Bearer good-token", "always": true}]'
  ks set k v
  commands=(publish 'publish --try' 'set --publish a b' 'set --publish --try a b' 'condition set Ready True --reason Done --publish'
    'suspend --publish wait' 'fail Quota' 'run -- false' 'get --from live status' 'exists --from live status'
    'keys --from live status' 'preview --live' 'diff --live')
  for command in "${commands[@]}"; do
    # shellcheck disable=SC2086
    ks $command
    grep -qF 'Bearer (token)' captured/stderr || complain "$command prints no answer of the server"
    ! grep -qF good-token captured/stdout captured/stderr || complain "$command prints the token"
  done
}

@test "a message that was published, and that status.yaml no longer has: it stays, and publish says so" {
  serve
  ks set --publish message 'Creating the database'
  silent
  ks unset message
  ks set --publish k v
  warns 'kratix-status: warning: key message: status.yaml has none, and the published one stays: `set message Pending` leaves it to Kratix'
  is 'Creating the database' object 'status["message"]'
  is v object 'status["k"]'
  ks set --publish message Pending
  silent
  is Pending object 'status["message"]'
  ks unset message
  publish
  silent
}

@test "publish waits until Kratix has recorded that the Pipeline runs, also where it runs again" {
  for phase in Pending Suspended Failed; do
    serve --script "[{\"merge\": {\"kratix\": {\"workflows\": {\"pipelines\": [{\"name\": \"p\", \"phase\": \"$phase\"}]}}}}, {},
      {\"merge\": {\"kratix\": {\"workflows\": {\"pipelines\": [{\"name\": \"p\", \"phase\": \"Running\"}]}}}}]"
    ks set k "$phase"
    publish
    silent
    is 'GET
GET
GET
PATCH' seen 'request["method"]'
    is "$phase" object 'status["k"]'
    kill "$server"
    wait "$server" || :
    rm -r server
  done
}

@test "publish waits for Kratix's record 3 s at most" {
  serve --script '[{"merge": {"kratix": {"workflows": {"pipelines": [{"name": "p", "phase": "Pending"}]}}}}]'
  ks set k v
  SECONDS=0
  publish
  silent
  [ "$SECONDS" -ge 2 ] && [ "$SECONDS" -le 6 ] || complain "it took $SECONDS s"
  is v object 'status["k"]'
}
