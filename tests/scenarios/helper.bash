# What every .bats file here loads, and ../examples/before.bats. It goes on from ../cli/helper.bash, which says how
# commands are compared.
#
# A test is a Pod: `request` makes the object that Kratix hands over, `status_before` what earlier containers wrote,
# `container` runs one container's script, and `user_sees` compares what the platform user sees then.
#
# $SCENARIO_SHELL runs the scripts (sh, if it is not set). Debian's `busybox sh` brings its own applets, so that
# date, mv and mktemp are then those of Alpine. `yq` is the one that scripts/conformance --tools builds: tests of a
# published script that needs it are skipped where it is not there, and with CI=true fail.

load ../cli/helper

repository=$BATS_TEST_DIRNAME/../..
examples=$repository/examples
tools=${CONFORMANCE_TOOLS:-$repository/build/conformance}

setup() {
  load_setup
  read -ra shell <<<"${SCENARIO_SHELL:-sh}"
  command -v "${shell[0]}" >/dev/null || missing "${shell[0]}" "apt-get install ${shell[0]}"
  mkdir bin
  ln -s "$KRATIX_STATUS_BINARY" bin/kratix-status
  [ ! -x "$tools/bin/yq" ] || ln -s "$(realpath "$tools/bin/yq")" bin/yq
  for stand_ins in "$examples"/*/test/bin; do PATH=$stand_ins:$PATH; done
  PATH=$PWD/bin:$PATH
  export PATH TMPDIR=$PWD CALLS=$PWD/calls SLACK_WEBHOOK=https://hooks.slack.example/T0
  export KRATIX_WORKFLOW_ACTION=configure KRATIX_WORKFLOW_TYPE=resource KRATIX_PIPELINE_NAME=configure
  : >calls
  pod=last
}

missing() {
  [ "${CI:-}" != true ] || complain "$1 is missing, and CI must not skip this ($2)" || return
  skip "$1 is missing ($2)"
}

needs_yq() { [ -e bin/yq ] || missing yq "scripts/conformance --tools"; }

# request NAME SPEC: the object as Kratix hands it over; what its status holds beside Kratix's own comes from
# standard input.
request() {
  {
    cat <<END
apiVersion: example.com/v1
kind: Example
metadata: {name: $1, namespace: default, generation: 1}
spec: $2
status:
  message: Pending
  observedGeneration: 1
  conditions:
  - type: ConfigureWorkflowCompleted
    status: "False"
    reason: PipelinesInProgress
    message: Pipelines are still in progress
    lastTransitionTime: "2026-08-03T09:14:08Z"
  - type: Reconciled
    status: Unknown
    reason: WorkflowPending
    message: Pending
    lastTransitionTime: "2026-08-03T09:14:08Z"
  kratix:
    workflows:
      pipelines:
      - {name: configure, phase: Running, lastTransitionTime: "2026-08-03T09:14:08Z"}
END
    sed 's/^./  &/'
  } >"$object"
}

status_before() { cat >"$status"; }

# container SCRIPT: as one of the Pod's containers.
container() {
  run_script "$1"
  [ "$code" -eq 0 ] || complain "the container failed"
}

# container_fails SCRIPT CODE: it ends with CODE. Kratix restarts it over the same files, and publishes nothing until
# all containers have ended well.
container_fails() {
  run_script "$1"
  [ "$code" -eq "$2" ] || complain "the container did not fail with $2" || return
  pod=failed
}

run_script() { capture "${shell[@]}" "$BATS_TEST_DIRNAME/$1"; }

said() { grep -qxF -- "$1" captured/stdout || complain "the container did not say: $1"; }

judge() { "$repository/tests/scenarios/user-sees" "$tools" "$KRATIX_STATUS_BINARY" kratix "$1"; }

# The Pod has ended, and a new one runs the workflow's next Pipeline.
next_pipeline() {
  judge next >next || return
  make_root
  mv next "$object"
}

# user_sees: the lines of ./user-sees, in standard input.
user_sees() {
  capture judge "$pod"
  prints
}

# What `kubectl get` shows, in standard input.
user_gets() {
  ks preview -o table
  prints
}

# file_is NAME: the metadata directory's file NAME holds standard input.
file_is() {
  cat >captured/expected-file
  diff -u captured/expected-file "$metadata/$1" || complain "$1"
}

# calls_are: what was asked of the world outside, in standard input.
calls_are() {
  cat >captured/expected-calls
  diff -u captured/expected-calls calls || complain "the calls"
}
