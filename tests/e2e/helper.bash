# What every .bats file here loads.
#
# run-bats has started a cluster with Kratix (./cluster) and set KUBECONFIG, PATH, where `kubectl` and `kratix-status`
# are, E2E_TOOLS and E2E_CAPABILITIES, what this version of Kratix can do (./capabilities). A test asks for a resource
# with `request` and lets its Pipelines run with `pipeline`, each with a script that is what the author of a Promise
# writes; it then looks with kubectl, as the platform user does.

bats_require_minimum_version 1.5.0

: "${E2E_TOOLS:?names the directory of the programs; run-bats sets it}"

example=$BATS_TEST_DIRNAME/../../examples/elastic-cloud

setup() {
  cd "$BATS_TEST_TMPDIR" || return
  unset KRATIX_METADATA_DIR KRATIX_INPUT_DIR KRATIX_WORKFLOW_TYPE KRATIX_WORKFLOW_ACTION SOURCE_DATE_EPOCH
  export LC_ALL=C
  pods=0
  pod_options=()
}

# can CAPABILITY: whether this version of Kratix can do it
can() { [[ " $E2E_CAPABILITIES " == *" $1 "* ]]; }

# needs CAPABILITY: skips the test on a Kratix that does not have it.
needs() {
  can "$1" && return
  case $1 in
    pipeline-record) skip "this Kratix keeps no record of its Pipelines in .status.kratix" ;;
    workflow-control) skip "this Kratix does not read workflow-control.yaml" ;;
    delete-status) skip "this Kratix runs delete Pipelines without a status-writer" ;;
    promise-message) skip "this Kratix shows no message in kubectl get promises" ;;
    *) complain "capabilities prints no $1" ;;
  esac
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

# promise NAME: installs a Promise that has a workflow of its own, and no API.
promise() {
  kubectl create -f - <<END
apiVersion: platform.kratix.io/v1alpha1
kind: Promise
metadata: {name: $1}
spec:
  workflows:
    promise:
      configure:
        - apiVersion: platform.kratix.io/v1alpha1
          kind: Pipeline
          metadata: {name: prepare}
          spec: {containers: [{name: prepare, image: "workshop/prepare:dev"}]}
END
}

# script NAME: a container's script, from standard input
script() {
  { echo 'set -eu'; cat; } >"$1"
}

# watched NAME: a script, from standard input, in which `look` is the platform user's kubectl
watched() {
  { printf 'look() { KUBECONFIG=%q kubectl "$@"; }\n' "$KUBECONFIG" && cat; } | script "$1"
}

# output NAME: what the script left in that file of /kratix/output
output() { cat "$pod/kratix/output/$1"; }

# The scripts' last line where Kratix's status-writer is to be foreseen. OPTIONS are those of preview.
preview() { echo "kratix-status preview $* -o json >\$KRATIX_ROOT/output/preview.json"; }

# run_pod SELECTOR NAMESPACE SCRIPT...: with the options of ./pod in the array pod_options
run_pod() {
  pods=$((pods + 1))
  pod=$BATS_TEST_TMPDIR/pod-$pods
  "$BATS_TEST_DIRNAME/pod" "${pod_options[@]}" "$E2E_TOOLS" "$pod" "$@"
}

# pipeline NAME SCRIPT...: runs the Pod of the Job that Kratix made for resource NAME, with SCRIPT as its container. The
# Pod's directories are in $pod then. Fails as the Pod does.
pipeline() { run_pod "kratix.io/resource-name=$1" default "${@:2}"; }

# promise_pipeline NAME SCRIPT...: the same for the workflow of Promise NAME itself
promise_pipeline() {
  run_pod "kratix.io/promise-name=$1,kratix.io/workflow-type=promise" kratix-platform-system "${@:2}"
}

# started KIND/NAME: waits until Kratix has recorded that the resource's first Pipeline runs.
started() {
  local record='{.status.message}=Pending'
  ! can pipeline-record || record='{.status.kratix.workflows.pipelines[0].phase}=Running'
  kubectl wait --for "jsonpath=$record" --timeout 120s "$1"
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

# eventually_is WHAT EXPECTED COMMAND...: within two minutes, COMMAND prints EXPECTED.
eventually_is() {
  local what=$1 expected=$2 deadline=$((SECONDS + 120)) found
  shift 2
  while found=$("$@"); [ "$found" != "$expected" ] && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.2; done
  is "$what" "$expected" "$found"
}

# shown_is: within two minutes, `kubectl get KIND NAME` prints standard input.
shown_is() { eventually_is "kubectl get $1 $2" "$(cat)" kubectl get "$1" "$2"; }

# suspended_label RESOURCE NAME: the label by which Kratix knows that a workflow waits
suspended_label() { kubectl get "$1" "$2" -o 'jsonpath={.metadata.labels.kratix\.io/workflow-suspended}'; }

# pipeline_record KEY: KEY of what Kratix recorded of each Pipeline, as the status-writer left it
pipeline_record() {
  python3 -c 'import json, sys
pipelines = json.load(open(sys.argv[1]))["status"]["kratix"]["workflows"]["pipelines"]
print(*(pipeline.get(sys.argv[2], "-") for pipeline in pipelines))' "$pod/after.json" "$1"
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

# The same for a suspended workflow, except for the two conditions that Kratix's manager sets as soon as it sees the
# label, which may be before the status-writer has stored the status, or after.
suspended_preview_is_published() {
  is "preview beside the stored status" \
    "$("$BATS_TEST_DIRNAME/status" "$pod/kratix/output/preview.json" | without_suspension)" \
    "$("$BATS_TEST_DIRNAME/status" "$pod/after.json" | without_suspension)"
}

without_suspension() { python3 -c 'import json, sys
status = json.load(sys.stdin)
status["conditions"] = [condition for condition in status["conditions"]
                        if condition["type"] not in ("Reconciled", "DeleteWorkflowCompleted")]
print(json.dumps(status, indent=2, sort_keys=True))'; }
