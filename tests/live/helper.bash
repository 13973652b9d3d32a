# What the .bats files here load: tests/cli/helper.bash, and a Pod with a fake API server.
#
#   serve [OPTION...]      starts the server (options of fake_api_server.py) and is the Pod that it belongs to
#   publish [OPTION...]    kratix-status publish
#   await METHOD           waits until the server got such a request
#   seen EXPRESSION        EXPRESSION, in Python, of each `request` that the server got, a line each
#   object EXPRESSION      EXPRESSION of the object's `status` or `metadata` as it is now
#   fails_with CODE TEXT   CODE, an error that holds TEXT, and the metadata directory as before
#   warns_of TEXT          0, and a warning that holds TEXT

load ../cli/helper

setup_file() {
  export certificates=$BATS_FILE_TMPDIR/certificates
  "$BATS_TEST_DIRNAME/certificates" "$certificates"
}

setup() {
  load_setup
  server=
  export KRATIX_OBJECT_GROUP=example.com KRATIX_OBJECT_VERSION=v1 KRATIX_OBJECT_KIND=Db KRATIX_OBJECT_NAME=one
  export KRATIX_OBJECT_NAMESPACE=default KRATIX_CRD_PLURAL=dbs KRATIX_CLUSTER_SCOPED=false KRATIX_PIPELINE_NAME=p
  export KRATIX_WORKFLOW_TYPE=resource KRATIX_WORKFLOW_ACTION=configure
  export KRATIX_STATUS_SERVICE_ACCOUNT_DIR=account
  unset KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT
}

teardown() {
  if [ -n "$server" ]; then
    kill "$server"
    wait "$server" || :
  fi
}

serve() {
  "$python" "$BATS_TEST_DIRNAME/service_account.py" account good-token "$certificates/ca.crt"
  "$python" "$BATS_TEST_DIRNAME/fake_api_server.py" server --certificate "$certificates/rsa.crt" --service-account account \
    "$@" 3>&- &
  server=$!
  soon [ -e server/port ]
  export KUBERNETES_SERVICE_HOST=127.0.0.1 KUBERNETES_SERVICE_PORT
  KUBERNETES_SERVICE_PORT=$(cat server/port)
}

# soon COMMAND...: waits until COMMAND succeeds, for at most 10 s
soon() {
  local tries
  for tries in $(seq 500); do
    ! "$@" || return 0
    sleep 0.02
  done
  complain "never: $*"
}

# await METHOD: waits until the server got such a request
await() { soon grep -q "\"method\": \"$1\"" server/requests.jsonl; }

publish() { ks publish "$@"; }

seen() {
  "$python" -c 'import json, sys
for line in open("server/requests.jsonl"):
    request = json.loads(line)
    print(eval(sys.argv[1]))' "$1"
}

object() {
  "$python" -c 'import json, sys
document = json.load(open("server/object.json"))
status, metadata = document["status"], document["metadata"]
print(eval(sys.argv[1]))' "$1"
}

# is TEXT COMMAND...: COMMAND prints TEXT
is() {
  local wanted=$1 got
  shift
  got=$("$@")
  [ "$got" = "$wanted" ] && return
  complain "$* printed: $got; expected: $wanted" || true
  [ ! -e server/requests.jsonl ] || cut -c1-600 server/requests.jsonl
  return 1
}

fails_with() {
  [ "$code" -eq "$1" ] || complain "exit code $code instead of $1" || return
  [ ! -s captured/stdout ] || complain "standard output" || return
  grep -q '^kratix-status: error: ' captured/stderr || complain "no error" || return
  grep -qF -e "$2" captured/stderr || complain "the error does not hold: $2" || return
  unchanged
}

warns_of() {
  [ "$code" -eq 0 ] || complain "exit code $code instead of 0" || return
  [ ! -s captured/stdout ] || complain "standard output" || return
  grep -q '^kratix-status: warning: ' captured/stderr || complain "no warning" || return
  ! grep -q '^kratix-status: error: ' captured/stderr || complain "an error" || return
  grep -qF -e "$1" captured/stderr || complain "the warning does not hold: $1" || return
  unchanged
}
