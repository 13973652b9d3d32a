# What every .bats file here loads.
#
# scripts/test-e2e has started a cluster with Kratix (./cluster) and set E2E_TOOLS, KUBECONFIG and PATH, where `kubectl`
# and `kratix-status` lie. A test asks for a resource with `request` and lets its Pipelines run with `pipeline`, each of
# whose scripts is what the author of a Promise writes; it then looks with kubectl, as the platform user does.

bats_require_minimum_version 1.5.0

: "${E2E_TOOLS:?names the folder that build made; scripts/test-e2e sets it}"

example=$BATS_TEST_DIRNAME/../../examples/elastic-cloud

setup() {
  cd "$BATS_TEST_TMPDIR" || return
  unset KRATIX_METADATA_DIR KRATIX_INPUT_DIR KRATIX_WORKFLOW_TYPE KRATIX_WORKFLOW_ACTION SOURCE_DATE_EPOCH
  export LC_ALL=C
  pods=0
}

# request KIND NAME: asks Kratix for a resource.
request() {
  kubectl create -f - <<END
apiVersion: workshop.kratix.io/v1alpha1
kind: $1
metadata: {name: $2, namespace: default}
spec: {}
END
}

# script NAME: a container's script, from standard input
script() {
  { echo 'set -eu'; cat; } >"$1"
}

# The scripts' last line where Kratix's status-writer is to be foreseen. OPTIONS are those of preview.
preview() { echo "kratix-status preview $* -o json >\$KRATIX_ROOT/output/preview.json"; }

# pipeline NAME SCRIPT...: runs the Pod of the Job that Kratix made for resource NAME, with SCRIPT as its container. The
# Pod's folders are in $pod then. Fails as the Pod does.
pipeline() {
  local name=$1
  shift
  pods=$((pods + 1))
  pod=$BATS_TEST_TMPDIR/pod-$pods
  "$BATS_TEST_DIRNAME/pod" "$E2E_TOOLS" "$pod" "kratix.io/resource-name=$name" default "$@"
}

# pipeline_fails NAME SCRIPT: the Pod fails; its last words are in $output.
pipeline_fails() {
  run pipeline "$@"
  pod=$BATS_TEST_TMPDIR/pod-$((pods + 1))
  pods=$((pods + 1))
  [ "$status" -eq 1 ] || complain "the Pod did not fail, but ended with $status: $output"
}

complain() {
  echo "not as expected: $1"
  return 1
}

# is WHAT EXPECTED FOUND
is() {
  [ "$2" = "$3" ] && return
  echo "not as expected: $1"
  diff -u --label expected --label found <(printf '%s\n' "$2") <(printf '%s\n' "$3")
}

# shown_is: within a minute, `kubectl get KIND NAME` prints standard input.
shown_is() {
  local expected shown
  expected=$(cat)
  local deadline=$((SECONDS + 60))
  while [ "$SECONDS" -lt "$deadline" ]; do
    shown=$(kubectl get "$1" "$2")
    [ "$shown" != "$expected" ] || return 0
    sleep 0.2
  done
  is "kubectl get $1 $2" "$expected" "$shown"
}

# published KEY JSON: what the status-writer left in the status, times left out
published() {
  is "the published $1" "$2" "$("$BATS_TEST_DIRNAME/status" "$pod/after.json" "$1")"
}

# What preview said in the container is what the API server holds after the status-writer.
preview_is_published() {
  is "preview beside the stored status" \
    "$("$BATS_TEST_DIRNAME/status" "$pod/kratix/output/preview.json")" \
    "$("$BATS_TEST_DIRNAME/status" "$pod/after.json")"
}
