# scripts/test-pipeline as an author uses it, away from this repository: on Promises made here, with each thing that can be
# wrong with one.
load ../cli/helper

setup() {
  load_setup
  unset KRATIX_ROOT
  cp "$BATS_TEST_DIRNAME/../../scripts/test-pipeline" test-pipeline
  mkdir "my promise"
  promise=$PWD/my\ promise
  TMPDIR=$PWD/tmp
  mkdir "$TMPDIR"
  export TMPDIR
}

# promise TEXT: promise.yaml, with TEXT below spec.workflows
promise() {
  {
    cat <<'END'
apiVersion: platform.kratix.io/v1alpha1
kind: Promise
metadata: {name: thing}
spec:
  api:
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: things.example.com}
    spec:
      group: example.com
      scope: Namespaced
      names: {kind: Thing, plural: things, singular: thing}
      versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
  workflows:
END
    printf '%s\n' "$1" | sed 's/^/    /'
  } >"$promise/promise.yaml"
}

# pipelines ACTION NAME...: one with a container of that name, whose command is /pipeline/NAME
pipelines() {
  echo "$1:"
  for each in "${@:2}"; do
    echo "- {apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: $each}, spec: {containers: [{name: $each, image: i, command: [/pipeline/$each]}]}}"
  done
}
resource() { promise "$(echo resource: && "$@" | sed 's/^/  /')"; }

# script NAME: pipeline/NAME, from standard input
script() {
  mkdir -p "$promise/pipeline"
  { echo '#!/bin/sh' && echo 'set -eu' && cat; } >"$promise/pipeline/$1"
  chmod +x "$promise/pipeline/$1"
}

request() {
  printf 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: %s}\nspec: {size: 3}\n' "$1" >"$promise/${2:-resource-request.yaml}"
}

tp() { capture ./test-pipeline --host "$@"; }
said() { grep -qxF -- "$1" captured/stdout || complain "standard output has no line: $1"; }
# complains CODE TEXT: all of standard error, without the name in front
complains() {
  sed -i "s/^test-pipeline: //; s|$PWD/||g" captured/stderr
  printf '%s\n' "${@:2}" >captured/expected-stderr
  diff -u captured/expected-stderr captured/stderr || complain "standard error" || return
  [ "$code" -eq "$1" ] || complain "exit code" || return
  [ -z "$(ls -A "$TMPDIR")" ] || complain "files are left in TMPDIR"
}
well() { complains 0 "$@"; }
# Nothing printed on standard error.
well_and_quiet() {
  [ ! -s captured/stderr ] || complain "standard error" || return
  [ "$code" -eq 0 ] || complain "exit code"
}

# --- From nothing to a tested Promise ---

@test "a request is filled in as Kratix does, and each Pipeline goes on from the status of the one before it" {
  resource pipelines configure first second
  request cache
  script first <<'END'
kratix-status set url "redis://$(kratix-status get --from object metadata.namespace)"
kratix-status set message "first"
cp "$KRATIX_ROOT/input/object.yaml" "$KRATIX_ROOT/output/first.yaml"
END
  script second <<'END'
[ "$KRATIX_WORKFLOW_ACTION/$KRATIX_WORKFLOW_TYPE/$KRATIX_PROMISE_NAME/$KRATIX_PIPELINE_NAME" = configure/resource/thing/second ]
[ "$KRATIX_OBJECT_KIND/$KRATIX_OBJECT_GROUP/$KRATIX_OBJECT_VERSION/$KRATIX_OBJECT_NAME/$KRATIX_OBJECT_NAMESPACE" = Thing/example.com/v1/cache/default ]
[ "$KRATIX_CRD_PLURAL/$KRATIX_CLUSTER_SCOPED" = things/false ]
[ "$(kratix-status get --from object status.message)" = Pending ]
[ "$(kratix-status get --from object 'status.kratix.workflows.pipelines[0].phase')" = Succeeded ]
[ "$(kratix-status get --from object 'status.kratix.workflows.pipelines[1].phase')" = Running ]
kratix-status set message "second at $(kratix-status get url)"
END
  before=$(cd "$promise" && find . -type f -exec cksum {} + | sort)
  tp --keep kept "$promise"
  said '== resource-request: configure Pipeline first'
  said 'container first: pipeline/first'
  said '== resource-request: configure Pipeline second'
  said 'cache   second at redis://default   Pending'
  well "the files are in kept"
  [ "$before" = "$(cd "$promise" && find . -type f -exec cksum {} + | sort)" ]
  diff -u - kept/resource-request/configure-first/output/first.yaml <<END
apiVersion: example.com/v1
kind: Thing
metadata:
  name: cache
  generation: 1
  namespace: default
  labels:
    kratix.io/promise-name: thing
spec:
  size: 3
status:
  message: Pending
  kratix:
    workflows:
      pipelines:
        - lastTransitionTime: $(sed -n 's/.*- lastTransitionTime: //p' kept/resource-request/configure-first/output/first.yaml | sed -n 1p)
          name: first
          phase: Running
        - lastTransitionTime: $(sed -n 's/.*- lastTransitionTime: //p' kept/resource-request/configure-first/output/first.yaml | sed -n 2p)
          name: second
          phase: Pending
  observedGeneration: 1
  conditions:
    - lastTransitionTime: $(sed -n 's/.*- lastTransitionTime: //p' kept/resource-request/configure-first/output/first.yaml | sed -n 3p)
      message: Pipelines are still in progress
      reason: PipelinesInProgress
      status: "False"
      type: ConfigureWorkflowCompleted
    - lastTransitionTime: $(sed -n 's/.*- lastTransitionTime: //p' kept/resource-request/configure-first/output/first.yaml | sed -n 4p)
      message: Pending
      reason: WorkflowPending
      status: Unknown
      type: Reconciled
END
}

@test "--update writes the first test case, the next run compares with it, and a difference is named" {
  resource pipelines configure run
  request cache
  script run <<'END'
kratix-status set message "size $(kratix-status get --from object spec.size)"
echo 1 >"$KRATIX_ROOT/output/it.yaml"
END
  tp --update "$promise"
  well "wrote my promise/test/resource-request/expected"
  (cd "$promise/test" && find . -type f | sort) >found
  diff -u - found <<'END'
./resource-request/expected/metadata/status.yaml
./resource-request/expected/output/it.yaml
./resource-request/expected/result
./resource-request/expected/table
./resource-request/input/object.yaml
END
  tp "$promise"
  well_and_quiet
  sed -i 's/size: 3/size: 4/' "$promise/test/resource-request/input/object.yaml"
  tp "$promise"
  [ "$code" -eq 1 ] || complain "exit code"
  grep -qxF 'test-pipeline: test/resource-request: configure Pipeline run: metadata is not as expected' captured/stderr
  grep -qxF 'test-pipeline: test/resource-request: configure Pipeline run: table is not as expected' captured/stderr
  grep -qxF 'test-pipeline: 1 of 1 cases are not as they should be' captured/stderr
  grep -qxF 'test-pipeline: hint: if all that came out is right, --update writes it to expected/' captured/stderr
}

@test "without expected/ a case passes, and says that nothing was compared" {
  resource pipelines configure run
  request cache
  script run <<<'echo 1 >"$KRATIX_ROOT/output/it.yaml"'
  tp "$promise"
  well_and_quiet
  [ "$(tail -n 1 captured/stdout)" = 'Cases that ran, with no expected/ to compare with: 1 (--update writes it)' ] || complain "the last line"
  tp --update "$promise"
  request two resource-request-two.yaml
  mkdir -p "$promise/test/two/input"
  mv "$promise/resource-request-two.yaml" "$promise/test/two/input/object.yaml"
  tp "$promise"
  said 'Cases that are as they should be: 1'
  said 'Cases that ran, with no expected/ to compare with: 1 (--update writes it)'
}

@test "what a Pipeline writes and expected/ does not hold is named" {
  resource pipelines configure first second
  request cache
  mkdir -p "$promise/test/bin"
  printf '%s\n' '#!/bin/sh' 'echo "gh $*" >>"$CALLS"' >"$promise/test/bin/gh"
  chmod +x "$promise/test/bin/gh"
  script first <<<'kratix-status set message ready'
  script second <<<':'
  ./test-pipeline --host --update my\ promise >/dev/null 2>&1
  rm "$promise/test/resource-request/expected/configure-second/calls"
  tp my\ promise
  well_and_quiet
  script second <<'END'
mkdir -p "$KRATIX_ROOT/output/a b"
echo 1 >"$KRATIX_ROOT/output/a b/it.yaml"
touch "$KRATIX_ROOT/output/empty"
kratix-status destination set tier=slow
gh issue
END
  tp my\ promise
  complains 1 metadata/destination-selectors.yaml \
    'test/resource-request: configure Pipeline second: expected/ has no metadata' \
    'output/a b/it.yaml' output/empty \
    'test/resource-request: configure Pipeline second: expected/ has no output' \
    calls \
    'test/resource-request: configure Pipeline second: expected/ has no calls' \
    '1 of 1 cases are not as they should be' \
    'hint: if all that came out is right, --update writes it to expected/'
}

@test "--update leaves a case as it was if the Pipeline is at fault, and says that a failure is now expected" {
  resource pipelines configure run
  request cache
  script run <<<'kratix-status set message ready'
  ./test-pipeline --host --update my\ promise >/dev/null 2>&1
  before=$(cd "$promise" && find test -type f -exec cksum {} +)
  script run <<<'echo more >>"$KRATIX_ROOT/output/list"'
  tp --update my\ promise
  [ "$code" -eq 1 ] || complain "exit code"
  grep -qxF 'test-pipeline: test/resource-request: nothing is written' captured/stderr || complain "what is written"
  [ "$before" = "$(cd "$promise" && find test -type f -exec cksum {} +)" ] || complain "the case has changed"
  script run <<<'exit 3'
  tp --update my\ promise
  well 'wrote my promise/test/resource-request/expected: the Pipeline failed: container run ended with 3'
}

@test "several containers of a Pipeline share its directories" {
  promise 'resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: two}, spec: {containers: [
    {name: one, image: i, command: [/pipeline/add], args: [a, "b c"]},
    {name: two, image: i, command: [sh, -c], args: ["kratix-status set message \"$(kratix-status get args)\""]}]}}]}'
  request cache
  script add <<<'kratix-status set args "$#: $2"'
  tp "$promise"
  said 'cache   2: b c    Pending'
  well_and_quiet
}

@test "a suspended workflow stops the Pipelines behind it, and its output is not scheduled" {
  resource pipelines configure gate provision
  request cache
  script gate <<'END'
kratix-status suspend "Waiting for approval"
echo 1 >"$KRATIX_ROOT/output/it.yaml"
END
  script provision <<<'touch "$KRATIX_ROOT/ran"'
  tp "$promise"
  said suspended
  said 'Kratix does not schedule the output of a Pipeline that stops the workflow.'
  said 'resource-request: configure Pipeline provision does not run.'
  well_and_quiet
}

@test "the delete Pipelines follow: of several, the first alone runs, with a deletionTimestamp, and may keep the resource" {
  resource eval 'pipelines configure run; pipelines delete keep other'
  request cache
  script run <<<'kratix-status set message ready'
  script keep <<'END'
kratix-status get --from object metadata.deletionTimestamp
[ "$KRATIX_WORKFLOW_ACTION" = delete ]
[ "$(kratix-status get --from previous message)" = ready ]
kratix-status retry 1h "Still in use"
END
  tp "$promise"
  said '== resource-request: delete Pipeline keep'
  said 'retry after 1h'
  said 'It is not deleted yet.'
  if grep -q other captured/stdout; then complain "the second delete Pipeline"; fi
  well_and_quiet
  script keep <<<'kratix-status set message bye'
  tp "$promise"
  said 'Kratix now deletes it.'
  well_and_quiet
}

@test "a Promise without resource workflows: its own run, on the Promise" {
  promise "promise:
  configure:
  - {apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: operator}, spec: {containers: [{name: operator, image: i, command: [/pipeline/run]}]}}"
  script run <<'END'
[ "$KRATIX_WORKFLOW_TYPE/$KRATIX_CRD_PLURAL/$KRATIX_CLUSTER_SCOPED/$KRATIX_OBJECT_NAMESPACE" = promise/promises/true/ ]
kratix-status set message "Operator of $(kratix-status get --from object kind) $KRATIX_OBJECT_NAME"
END
  tp "$promise"
  said '== promise: configure Pipeline operator'
  grep -q '^thing .*Operator of Promise thing$' captured/stdout || complain "the table"
  well_and_quiet
}

@test "several requests: each is a case, by default and by name" {
  resource pipelines configure run
  request small resource-request-small.yaml
  request large resource-request-large.yaml
  request odd 'my request.yaml'
  script run <<<'kratix-status set message ready'
  tp "$promise"
  said '== resource-request-large: configure Pipeline run'
  said '== resource-request-small: configure Pipeline run'
  tp "$promise" "$promise/my request.yaml"
  said '== my request: configure Pipeline run'
  if grep -q small captured/stdout; then complain "a request that was not named"; fi
  well_and_quiet
}

@test "promise.yaml may hold other documents" {
  resource pipelines configure run
  request cache
  script run <<<'kratix-status set message ready'
  { printf 'kind: Namespace\n---\n# nothing\n---\n' && cat "$promise/promise.yaml" && printf -- '---\nkind: Secret\n'; } >all
  mv all "$promise/promise.yaml"
  tp "$promise"
  well_and_quiet
}

# --- Failures ---

@test "a container that fails: the code, what it printed, and what the user sees" {
  resource pipelines configure first second
  request cache
  script first <<'END'
kratix-status set --publish message "Creating it"
echo "no space left" >&2
exit 3
END
  script second <<<'exit 0'
  tp "$promise"
  said '  published: Creating it'
  said '  | no space left'
  said 'failed: container first ended with 3'
  said 'cache   Creating it   Failing'
  said 'resource-request: configure Pipeline second does not run.'
  complains 1 'resource-request: configure Pipeline first: failed: container first ended with 3' \
    '1 of 1 cases are not as they should be'
}

@test "a failure that is expected is a success, and another one is not" {
  resource pipelines configure run
  request cache
  script run <<<'kratix-status fail "Quota exceeded"'
  mkdir -p "$promise/test/1 over quota/input" "$promise/test/1 over quota/expected"
  mv "$promise/resource-request.yaml" "$promise/test/1 over quota/input/object.yaml"
  echo 'failed: container run ended with 1' >"$promise/test/1 over quota/expected/result"
  printf 'NAME    MESSAGE          STATUS\ncache   Quota exceeded   Failing\n' >"$promise/test/1 over quota/expected/table"
  tp "$promise"
  well_and_quiet
  script run <<<'exit 2'
  tp "$promise"
  [ "$code" -eq 1 ] || complain "exit code"
  grep -qxF 'test-pipeline: test/1 over quota: configure Pipeline run: result is not as expected' captured/stderr
}

@test "the conditions that a failed Pipeline published are shown and compared" {
  resource pipelines configure run
  request cache
  script run <<<'kratix-status fail --condition Ready --reason Quota "Ask for more"'
  tp --update "$promise"
  said 'published conditions:'
  said $'Ready\tFalse\tQuota\tAsk for more'
  tp "$promise"
  well_and_quiet
  sed -i 's/Quota/Size/' "$promise/pipeline/run"
  tp "$promise"
  [ "$code" -eq 1 ] || complain "exit code"
  grep -qxF 'test-pipeline: test/resource-request: configure Pipeline run: conditions is not as expected' captured/stderr || complain "no difference"
  rm "$promise/test/resource-request/expected/conditions"
  tp "$promise"
  complains 1 conditions 'test/resource-request: configure Pipeline run: expected/ has no conditions' \
    '1 of 1 cases are not as they should be' \
    'hint: if all that came out is right, --update writes it to expected/'
}

@test "what an earlier container published is what the user sees if a later one fails" {
  promise "resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: p}, spec: {containers: [
    {name: one, image: i, command: [/pipeline/one]}, {name: two, image: i, command: [/pipeline/two]}]}}]}"
  request cache
  script one <<<'kratix-status condition set --publish Ready False --reason Waiting; kratix-status set --publish message "Creating it"'
  script two <<<'exit 3'
  tp "$promise"
  said 'cache   Creating it   Failing'
  said $'Ready\tFalse\tWaiting\t'
}

@test "a status that Kratix would refuse fails the Pod" {
  resource pipelines configure run
  request cache
  script run <<<'echo "message: 42" >"$KRATIX_ROOT/metadata/status.yaml"'
  tp "$promise"
  said refused
  [ "$code" -eq 1 ] || complain "exit code"
  grep -qxF 'test-pipeline: resource-request: configure Pipeline run: Kratix does not take these files: the Pod fails, or what they say is lost' captured/stderr
}

@test "files in metadata/ that Kratix would fail at or ignore are reported" {
  resource pipelines configure run
  request cache
  script run <<<'echo "suspend: [" >"$KRATIX_ROOT/metadata/workflow-control.yaml"'
  tp "$promise"
  said refused
  [ "$code" -eq 1 ] || complain "exit code"
  grep -q '^./metadata/workflow-control.yaml:1:11: error: ' captured/stderr || complain "the finding"
  script run <<<'echo "message: hello" >"$KRATIX_ROOT/metadata/status.yml"'
  tp "$promise"
  well './metadata/status.yml:1:1: warning: Kratix does not read a file of this name [misspelt-file-name]' \
    '  hint: rename it to status.yaml'
}

@test "a container that leaves other files when it is started again is found, and --once does not look" {
  resource pipelines configure run
  request cache
  script run <<<'echo more >>"$KRATIX_ROOT/output/list"'
  tp "$promise"
  [ "$code" -eq 1 ] || complain "exit code"
  grep -qxF 'test-pipeline: resource-request: configure Pipeline run: started again over its own files, container run left others; --once runs it once' captured/stderr
  tp --once "$promise"
  well_and_quiet
}

@test "a script that names /kratix gets a hint" {
  resource pipelines configure run
  request cache
  script run <<<'echo 1 >/kratix/output/it.yaml'
  [ ! -e /kratix ] || skip "there is a /kratix"
  tp "$promise"
  [ "$code" -eq 1 ] || complain "exit code"
  grep -qxF 'test-pipeline: hint: this machine has no directory /kratix: use ${KRATIX_ROOT:-/kratix} in the script, or run the image; see --link' captured/stderr
}

@test "whoever stops reading its output leaves nothing behind" {
  resource pipelines configure run
  request cache
  script run <<<'kratix-status set message ready'
  ./test-pipeline --host "$promise" 2>/dev/null | true
  [ -z "$(ls -A "$TMPDIR")" ] || complain "files are left in TMPDIR"
}

@test "what is left behind is cleared away when it is interrupted" {
  resource pipelines configure run
  request cache
  script run <<<'touch "$STARTED"; sleep 1'
  STARTED=$PWD/started ./test-pipeline --host "$promise" >/dev/null 2>&1 &
  until [ -e started ]; do sleep 0.1; done
  kill -TERM $!
  wait $! || code=$?
  [ "$code" -eq 143 ] || complain "exit code $code"
  [ -z "$(ls -A "$TMPDIR")" ] || complain "files are left in TMPDIR"
}

# --- What cannot be run ---

@test "a missing script: its container, and what to do" {
  resource pipelines configure run
  request cache
  tp "$promise"
  complains 2 'container run of Pipeline run: there is no /pipeline/run in my promise' \
    'hint: put the script there, or build the image i and use docker or podman'
}

@test "a script that is not executable" {
  resource pipelines configure run
  request cache
  script run <<<'exit 0'
  chmod -x "$promise/pipeline/run"
  tp "$promise"
  complains 2 'container run of Pipeline run: pipeline/run is not executable' \
    "hint: COPY keeps the mode of a file: chmod +x 'pipeline/run'"
}

@test "no space for the copy of the Promise that scripts run in" {
  resource pipelines configure run
  request cache
  script run <<<'exit 0'
  mkdir bin
  printf '%s\n' '#!/bin/sh' 'case $* in */copy/) echo "cp: no space left" >&2; exit 1 ;; esac' "exec $(command -v cp) \"\$@\"" >bin/cp
  chmod +x bin/cp
  PATH=$PWD/bin:$PATH tp "$promise"
  complains 2 'cp: no space left' 'container run of Pipeline run: the Promise cannot be copied to a temporary directory'
}

@test "a script for a shell that this machine does not have" {
  resource pipelines configure run
  request cache
  script run <<<'exit 0'
  sed -i '1s/.*/#!\/bin\/no-such-shell/' "$promise/pipeline/run"
  tp "$promise"
  complains 2 'container run of Pipeline run: pipeline/run needs /bin/no-such-shell, which this machine does not have'
}

@test "a script without #! fails here as it does in a container" {
  resource pipelines configure run
  request cache
  script run <<<'exit 0'
  sed -i 1d "$promise/pipeline/run"
  tp "$promise"
  complains 2 "container run of Pipeline run: pipeline/run is no Linux program and does not start with #!: a container ends with 'exec format error'" \
    'hint: make #!/bin/sh, or what else is to run it, the first line'
}

@test "a script with Windows line ends, as the command and behind a shell" {
  resource pipelines configure run
  request cache
  script run <<<'exit 0'
  sed -i 's/$/\r/' "$promise/pipeline/run"
  tp "$promise"
  said_windows() {
    complains 2 'container run of Pipeline run: pipeline/run has Windows line ends, so Linux does not find its interpreter' \
      "hint: sed -i 's/\\r\$//' 'pipeline/run'; in git, the line '* text eol=lf' in .gitattributes keeps them out"
  }
  said_windows
  sed -i 's|command: .*/pipeline/run.|command: [sh, -c, /pipeline/run]|' "$promise/promise.yaml"
  tp "$promise"
  said_windows
}

@test "a shebang with env -S, and its options" {
  resource pipelines configure run
  request cache
  script run <<<'false; kratix-status set message wrong'
  for shebang in '/usr/bin/env -S sh -e' '/usr/bin/env -S A=b bash -e' '/bin/sh -e'; do
    sed -i "1,2c#!$shebang\nkratix-status set message 'set -e'" "$promise/pipeline/run"
    tp "$promise"
    said 'failed: container run ended with 1'
    PIPELINE_SHELL='bash --posix' tp "$promise"
    said 'failed: container run ended with 1'
  done
  sed -i '1s/.*/#!\/usr\/bin\/env -S no-such-shell -e/' "$promise/pipeline/run"
  tp "$promise"
  complains 2 'container run of Pipeline run: pipeline/run needs no-such-shell, which this machine does not have'
}

@test "a command that this machine does not have" {
  promise 'resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: p}, spec: {containers: [{name: c, image: i, command: [no-such-command]}]}}]}'
  request cache
  tp "$promise"
  complains 2 'container c of Pipeline p: this machine has no command no-such-command'
}

@test "a container without command and Dockerfile" {
  promise 'resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: p}, spec: {containers: [{name: c, image: "i:1"}]}}]}'
  request cache
  tp "$promise"
  complains 2 'container c of Pipeline p: nothing says what it runs: promise.yaml has no command, and there is no Dockerfile for it' \
    'hint: build the image i:1 and use docker or podman; or add ./Dockerfile'
}

@test "what is wrong with promise.yaml is named by file and place" {
  tp "$promise"
  complains 2 'my promise has no promise.yaml'
  printf 'kind: Promise\nmetadata: [\n' >"$promise/promise.yaml"
  tp "$promise"
  sed -i 2,3d captured/stderr # the line, and a caret
  complains 2 'kratix-status: error: my promise/promise.yaml:2:12: did not find expected node content' \
    'my promise/promise.yaml cannot be read'
  echo 'kind: ConfigMap' >"$promise/promise.yaml"
  tp "$promise"
  complains 2 'my promise/promise.yaml has no document of kind Promise'
  promise 'resource: {}'
  tp "$promise"
  complains 2 'my promise/promise.yaml: spec.workflows has no Pipelines to run'
  promise 'resource: {configure: [{apiVersion: v1, kind: Pipeline, metadata: {name: p}}]}'
  tp "$promise"
  complains 2 'my promise/promise.yaml: spec.workflows.resource.configure[0]: Kratix runs only what has apiVersion platform.kratix.io/v1alpha1 and kind Pipeline'
  promise 'resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: "../p"}}]}'
  tp "$promise"
  complains 2 "my promise/promise.yaml: spec.workflows.resource.configure[0].metadata.name: Kubernetes does not accept the name '../p'"
  for name in '' . .. a/b -a a- a..b A "$(printf '%064d' 0)"; do
    promise "resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: \"$name\"}}]}"
    tp "$promise"
    complains 2 "my promise/promise.yaml: spec.workflows.resource.configure[0].metadata.name: Kubernetes does not accept the name '$name'"
    promise "resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: a.b}, spec: {containers: [{name: \"$name\"}]}}]}"
    tp "$promise"
    complains 2 "my promise/promise.yaml: spec.workflows.resource.configure[0].spec.containers[0].name: Kubernetes does not accept the name '$name'"
  done
  promise 'resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: p}, spec: {containers: [{name: a.b}]}}]}'
  tp "$promise"
  complains 2 "my promise/promise.yaml: spec.workflows.resource.configure[0].spec.containers[0].name: Kubernetes does not accept the name 'a.b'"
  promise 'resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: p}, spec: {containers: [{name: a}, {name: a}]}}]}'
  tp "$promise"
  complains 2 "my promise/promise.yaml: spec.workflows.resource.configure[0].spec.containers[1].name: there are two of the name 'a'"
  fields() {
    promise "resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: p}, spec: {containers: [{name: c, $1}]}}]}"
    tp "$promise"
    complains 2 "my promise/promise.yaml: spec.workflows.resource.configure[0].spec.containers[0].$2"
  }
  fields 'command: /pipeline/run' 'command is not a list'
  fields 'args: [a, 3]' 'args[1] is not a string: put it in quotes'
  fields 'env: [{name: A, value: 3}]' 'env[0].value is not a string: put it in quotes'
  promise 'resource: {configure: {kind: Pipeline}}'
  tp "$promise"
  complains 2 'my promise/promise.yaml: spec.workflows.resource.configure is not a list'
  resource pipelines delte run
  tp "$promise"
  complains 2 'my promise/promise.yaml: spec.workflows.resource.delte: Kratix runs only configure and delete'
  resource pipelines configure run run
  tp "$promise"
  complains 2 "my promise/promise.yaml: spec.workflows.resource.configure[1].metadata.name: there are two of the name 'run'"
  resource pipelines configure the-name-of-this-pipeline-is-too-long
  tp "$promise"
  complains 2 "my promise/promise.yaml: spec.workflows.resource.configure[0].metadata.name: with the names of Promise and workflow, 'the-name-of-this-pipeline-is-too-long' is too long for Kratix"
  promise 'resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: p}, spec: {}}]}'
  tp "$promise"
  complains 2 'my promise/promise.yaml: spec.workflows.resource.configure[0].spec.containers: the Pipeline has no containers'
  resource pipelines configure run
  cat "$promise/promise.yaml" >twice
  { echo --- && cat twice; } >>"$promise/promise.yaml"
  tp "$promise"
  complains 2 'my promise/promise.yaml holds more than one Promise; give each a file of its own'
}

@test "what is wrong with a request is named by its file" {
  resource pipelines configure run
  tp "$promise"
  complains 2 'my promise has no test and no resource-request.yaml: name a file that holds a request'
  printf 'kind: Other\nmetadata: {name: x}\n' >"$promise/resource-request.yaml"
  tp "$promise"
  complains 2 "my promise/resource-request.yaml holds no Thing, as the Promise's API names it"
  printf 'apiVersion: other.com/v1\nkind: Thing\nmetadata: {name: x}\n' >"$promise/resource-request.yaml"
  tp "$promise"
  complains 2 "my promise/resource-request.yaml has the apiVersion other.com/v1, and the Promise's API has the group example.com"
  printf 'apiVersion: example.com/v1\nkind: Thing\n' >"$promise/resource-request.yaml"
  tp "$promise"
  complains 2 'my promise/resource-request.yaml: the object has no metadata.name'
}

@test "a wrong command line" {
  tp
  complains 2 'usage: test-pipeline [--host] [--link] [--once] [--update] [--keep DIR] PROMISE [REQUEST...]'
  tp --verbose "$promise"
  complains 2 'option --verbose: unknown; test-pipeline --help lists the options'
  tp "no such"
  complains 2 'no directory no such; name the one that holds promise.yaml'
  resource pipelines configure run
  tp "$promise" no-such.yaml
  complains 2 'no file no-such.yaml'
  mkdir full && touch full/x
  tp --keep full "$promise"
  complains 2 '--keep full: there are files in it already'
  tp --help
  said 'Runs the Pipelines of a Kratix Promise without a cluster, and shows what the platform user would see.'
}

@test "without a kratix-status it says what to install" {
  resource pipelines configure run
  KRATIX_STATUS_BINARY='' PATH=/usr/bin:/bin tp "$promise"
  complains 2 'there is no kratix-status on PATH; install it, or set KRATIX_STATUS_BINARY'
}

@test "a request whose file would become another part of test/" {
  resource pipelines configure run
  script run <<<':'
  for name in ... .hidden bin environment input expected 'a*'; do
    request cache "$name.yaml"
    tp --update "$promise" "$promise/$name.yaml"
    complains 2 "my promise/$name.yaml: give the file another name"
  done
  [ ! -e "$promise/test" ] || complain "a case was made"
}

@test "kubectl in a script does not find the clusters of whoever runs the test" {
  resource pipelines configure run
  request cache
  script run <<<'kratix-status set message "$KUBECONFIG"'
  KUBECONFIG=$PWD/mine tp "$promise"
  said 'cache   /dev/null   Pending'
  well_and_quiet
}

# --- The layout that `kratix init promise` and `kratix add container` make ---

kratix_init() {
  directory="$promise/workflows/resource/configure/instance/hello"
  mkdir -p "$directory/scripts" "$directory/resources"
  promise 'resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: instance}, spec: {containers: [{name: hello, image: "example/hello:v1"}]}}]}'
  mv "$promise/resource-request.yaml" "$promise/example-resource.yaml" 2>/dev/null || request cache example-resource.yaml
  printf '%s\n' 'FROM "alpine"' '' 'RUN apk update && apk add --no-cache yq' '' 'ADD scripts/pipeline.sh /usr/bin/pipeline.sh' \
    'ADD resources resources' '' 'RUN chmod +x /usr/bin/pipeline.sh' '' 'CMD [ "sh", "-c", "pipeline.sh" ]' 'ENTRYPOINT []' >"$directory/Dockerfile"
  printf '%s\n' '#!/usr/bin/env sh' 'set -e' 'kratix-status set message "hello from $(cat resources/name)"' >"$directory/scripts/pipeline.sh"
  echo resources >"$directory/resources/name"
}

@test "the layout of kratix init promise" {
  kratix_init
  tp "$promise"
  said '== example-resource: configure Pipeline instance'
  said 'cache   hello from resources   Pending'
  well_and_quiet
}

@test "a Dockerfile with stages, continued lines, WORKDIR, an ENTRYPOINT and the promise's own args" {
  kratix_init
  promise 'resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: instance}, spec: {containers: [{name: hello, image: "example/hello:v1", args: [from args]}]}}]}'
  printf '%s\n' 'FROM golang AS build' 'COPY nothing /app/go.sh' 'CMD ["wrong"]' 'FROM alpine' '# a comment' 'WORKDIR /app' \
    'COPY --chmod=0755 \' '  scripts/go.sh \' '  /app/' 'ENTRYPOINT ["sh", "go.sh"]' 'CMD ["not", "used"]' >"$directory/Dockerfile"
  echo 'kratix-status set message "$0 $*"' >"$directory/scripts/go.sh"
  tp "$promise"
  grep -q "^cache   .*/scripts/go.sh from args  *Pending$" captured/stdout || complain "the message"
  well_and_quiet
}

@test "a CMD in the form of a shell" {
  kratix_init
  printf '%s\n' 'FROM alpine' 'CMD kratix-status set message "a \"shell\""' >"$directory/Dockerfile"
  tp "$promise"
  said 'cache   a "shell"   Pending'
  well_and_quiet
}

@test "COPY as a list in JSON, with options, with blanks in names, and of a directory to one of commands" {
  kratix_init
  mkdir "$directory/my scripts" "$directory/tools"
  printf '%s\n' '#!/bin/sh' 'tool "$(cat "$1")" "$1"' >"$directory/my scripts/go.sh"
  printf '%s\n' '#!/bin/sh' 'kratix-status set message "$*"' >"$directory/tools/tool"
  chmod +x "$directory/my scripts/go.sh" "$directory/tools/tool"
  sed -i 's|image: |args: ["/app/a name"], image: |' "$promise/promise.yaml"
  echo first >"$directory/a name"
  for options in '' '--chmod=755 ' '--chown=1:1  --link '; do
    printf '%s\n' 'FROM alpine' "COPY $options[\"my scripts/go.sh\", \"a n*\", \"/app/\"]" "COPY ${options}tools /usr/local/bin" \
      "COPY $options--from=alpine [\"tools/tool\", \"/app/go.sh\"]" 'ENTRYPOINT ["/app/go.sh"]' >"$directory/Dockerfile"
    tp "$promise"
    grep -q '^cache   first .*/a name  *Pending$' captured/stdout || complain "the message, with COPY $options"
    well_and_quiet
  done
}

@test "a Dockerfile that copies by a pattern, and a script that writes where it is: the Promise stays as it is" {
  kratix_init
  printf '%s\n' 'FROM alpine' 'COPY scripts/* /usr/bin/' 'RUN chmod +x /usr/bin/*' 'CMD ["pipeline.sh"]' >"$directory/Dockerfile"
  printf '%s\n' '#!/bin/sh' 'echo 1 >left' 'echo 2 >"$(dirname "$0")/left"' 'kratix-status set message ready' >"$directory/scripts/pipeline.sh"
  chmod -x "$directory/scripts/pipeline.sh"
  before=$(find "$promise" -exec ls -ld {} +)
  tp "$promise"
  said 'container hello: workflows/resource/configure/instance/hello/scripts/pipeline.sh'
  well_and_quiet
  [ "$before" = "$(find "$promise" -exec ls -ld {} +)" ] || complain "the Promise has changed"
}

@test "the text of sh -c is not taken for the file that it ends with" {
  promise 'resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: p}, spec: {containers: [{name: c, image: i, command: [sh, -ec, "/bin/false; . /pipeline/run"]}]}}]}'
  request cache
  script run <<<'kratix-status set message wrong'
  tp "$promise"
  said 'container c: sh -ec /bin/false; . /pipeline/run'
  said 'failed: container c ended with 1'
}

@test "a script that calls what only the image has gets a hint" {
  resource pipelines configure run
  request cache
  script run <<<'/usr/lib/no-such-program'
  tp "$promise"
  complains 1 'hint: it called what this machine does not have: run the image, or put a stand-in in test/bin' \
    'resource-request: configure Pipeline run: failed: container run ended with 127' \
    '1 of 1 cases are not as they should be'
}

# --- Variables and stand-ins ---

@test "variables: the container's own, those of test/environment over them, and a note on what is missing" {
  promise 'resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: p}, spec: {containers: [{name: c, image: i, command: [/pipeline/run],
    env: [{name: A, value: "it'"'"'s a $HOME"}, {name: B, value: b}, {name: pod, value: p}, {name: names, value: names}, {name: PATH, value: /none}, {name: EMPTY}, {name: TOKEN, valueFrom: {secretKeyRef: {name: s, key: k}}}]}]}}]}'
  script run <<<'kratix-status set message "$A/$B/${TOKEN:-none}/$pod$names$EMPTY"'
  mkdir -p "$promise/test/input"
  request cache test/input/object.yaml
  tp "$promise"
  said "  | test-pipeline: container c: no value for TOKEN, which comes from elsewhere: set it in test/environment"
  if grep -q 'no value for EMPTY' captured/stdout; then complain "a note on an empty variable"; fi
  said "cache   it's a \$HOME/b/none/pnames   Pending"
  printf 'TOKEN=t\nB="of the test"\npromise=x work=y\n' >"$promise/test/environment"
  tp "$promise"
  said "cache   it's a \$HOME/of the test/t/pnames   Pending"
  well_and_quiet
}

@test "a test/environment that does more than set variables is named" {
  resource pipelines configure run
  script run <<<'kratix-status set message "$A"'
  mkdir -p "$promise/test/input"
  request cache test/input/object.yaml
  printf 'A="$KRATIX_OBJECT_NAME"\nexport KRATIX_PIPELINE_NAME=run\n' >"$promise/test/environment"
  tp "$promise"
  said 'cache   cache     Pending'
  well_and_quiet
  for text in 'exit 0' 'A=b; false' "A='b" 'echo hello' 'printf "A=b\r\n"'; do
    case $text in printf*) eval "$text" ;; *) echo "$text" ;; esac >"$promise/test/environment"
    tp "$promise"
    [ "$code" -eq 2 ] || complain "exit code for $text"
    sed "s|^test-pipeline: $PWD/||; s/: Syntax error.*/: SYNTAX/; s/sh: .*SYNTAX/sh: SYNTAX/; s|'$PWD/|'|" captured/stderr
  done >found
  diff -u - found <<'END'
my promise/test/environment ends early, by exit or a command that fails; it must only set variables
my promise/test/environment ends early, by exit or a command that fails; it must only set variables
my promise/test/environment is not sh: SYNTAX
my promise/test/environment prints hello; it must only set variables
my promise/test/environment has Windows line ends; remove them: sed -i 's/\r$//' 'my promise/test/environment'
END
}

@test "envFrom, without a test/environment" {
  promise 'resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: p}, spec: {containers: [{name: c, image: i, command: [/pipeline/run], envFrom: [{secretRef: {name: s}}]}]}}]}'
  request cache
  script run <<<'kratix-status set message "${TOKEN:-none}"'
  tp "$promise"
  said '  | test-pipeline: container c: envFrom takes variables from elsewhere: set them in test/environment'
  well_and_quiet
}

@test "a case that chooses no Pipeline, and one without input/" {
  resource pipelines configure run
  script run <<<':'
  mkdir -p "$promise/test/one/input"
  request cache test/one/input/object.yaml
  echo KRATIX_WORKFLOW_ACTION=confgure >"$promise/test/one/environment"
  tp "$promise"
  complains 1 'test/one: the Promise has no confgure Pipeline for it' '1 of 1 cases are not as they should be'
  mkdir -p "$promise/test/two/inputs" "$promise/test/two/expected"
  rm "$promise/test/one/environment"
  tp "$promise"
  complains 2 'my promise/test/two has expected/ and no input/object.yaml'
}

@test "commands in test/bin stand in for others, and what they note is compared" {
  resource pipelines configure run
  script run <<<'kratix-status set --once issue "$(gh issue create)"'
  mkdir -p "$promise/test/input" "$promise/test/bin" "$promise/test/expected/metadata"
  request cache test/input/object.yaml
  printf '%s\n' '#!/bin/sh' 'echo "gh $*" >>"$CALLS"' 'echo 7' >"$promise/test/bin/gh"
  chmod +x "$promise/test/bin/gh"
  printf 'gh issue create\n' >"$promise/test/expected/calls"
  echo 'issue: "7"' >"$promise/test/expected/metadata/status.yaml"
  tp "$promise"
  grep -qxF 'test-pipeline: test: configure Pipeline run: calls is not as expected' captured/stderr || complain "no difference"
  tp --once "$promise"
  well_and_quiet
}

# --- With docker or podman ---

# A docker that has the image i: it notes its command line, and runs /pipeline/run of the Promise over the directories that it
# is given.
docker_stands_in() {
  mkdir bin in-image
  ln -s "$KRATIX_STATUS_BINARY" in-image/kratix-status
  cat >bin/docker <<END
#!/bin/bash
case \$1 in
  info) exit 0 ;;
  image) [ "\$3" = i ] ;;
  run)
    printf '%s\n' "\$@" >"$PWD/docker-run"
    for word; do case \$word in *:/kratix/metadata) pod=\${word%/metadata:*} ;; esac; done
    KRATIX_ROOT=\$pod PATH=$PWD/in-image:\$PATH exec "$promise/pipeline/in-image" ;;
esac
END
  chmod +x bin/docker
  PATH=$PWD/bin:$PATH
}

@test "an image that docker has is run as Kratix runs it" {
  docker_stands_in
  promise 'resource: {configure: [{apiVersion: platform.kratix.io/v1alpha1, kind: Pipeline, metadata: {name: p}, spec: {containers: [{name: c, image: i, command: [/a, -b], args: ["c d"], env: [{name: A, value: "x y"}]}]}}]}'
  request cache
  script in-image <<<'kratix-status set message "from the image, $A"'
  capture ./test-pipeline "$promise"
  said 'container c: image i'
  said 'cache   from the image, x y   Pending'
  well_and_quiet
  sed "s|=.*||; s|$TMPDIR/[^/]*|WORK|" docker-run >found
  diff -u - found <<'END'
run
--rm
--security-opt
label
--volume
WORK/runs/resource-request/configure-p/input:/kratix/input:ro
--volume
WORK/runs/resource-request/configure-p/output:/kratix/output
--volume
WORK/runs/resource-request/configure-p/metadata:/kratix/metadata
--volume
WORK/runs/resource-request/configure-p/calls:/calls
--env
A
--env
SOURCE_DATE_EPOCH
--env
CALLS
--env
KRATIX_STATUS_PUBLISH
--env
KRATIX_CLUSTER_SCOPED
--env
KRATIX_CRD_PLURAL
--env
KRATIX_OBJECT_NAMESPACE
--env
KRATIX_OBJECT_NAME
--env
KRATIX_OBJECT_VERSION
--env
KRATIX_OBJECT_GROUP
--env
KRATIX_OBJECT_KIND
--env
KRATIX_PIPELINE_NAME
--env
KRATIX_PROMISE_NAME
--env
KRATIX_WORKFLOW_TYPE
--env
KRATIX_WORKFLOW_ACTION
--entrypoint
/a
i
-b
c d
END
}

@test "an image that docker does not have, or --host: the script on this machine" {
  docker_stands_in
  resource pipelines configure run
  sed -i 's/image: i,/image: j,/' "$promise/promise.yaml"
  request cache
  script run <<<'kratix-status set message here'
  capture ./test-pipeline "$promise"
  said 'container run: pipeline/run (docker has no image j)'
  well_and_quiet
  sed -i 's/image: j,/image: i,/' "$promise/promise.yaml"
  tp "$promise"
  said 'container run: pipeline/run'
  well_and_quiet
  [ ! -e docker-run ]
}

@test "what is in expected/ and compared with nothing is named" {
  request cache
  resource pipelines configure first
  script first <<<'kratix-status set message first'
  ./test-pipeline --host --update my\ promise >/dev/null 2>&1
  touch "$promise/test/resource-request/expected/tabel"
  tp my\ promise
  complains 1 \
    "resource-request: expected/tabel is compared with nothing: there may be metadata output table result calls conditions" \
    "1 of 1 cases are not as they should be" | sed 's|test/||'
}

@test "a directory of destination-selectors.yaml that is not in the output fails, as in Kratix" {
  request cache
  resource pipelines configure first
  script first <<<'kratix-status destination set --directory backups tier=slow'
  tp my\ promise
  complains 1 \
    "resource-request: configure Pipeline first: destination-selectors.yaml has labels tier=slow for the directory backups, which is not in output/: the Pod fails" \
    "1 of 1 cases are not as they should be"
  script first <<<'kratix-status destination set --directory backups tier=slow; mkdir -p "$KRATIX_ROOT/output/backups"'
  tp my\ promise
  well_and_quiet
}

@test "a container that ends with 1 and prints nothing gets a hint at get" {
  request cache
  resource pipelines configure first
  script first <<<'size=$(kratix-status get --from object spec.sise)'
  tp my\ promise
  complains 1 \
    'hint: it printed nothing: `kratix-status get KEY` of a missing key ends so; see its --default' \
    "resource-request: configure Pipeline first: failed: container first ended with 1" \
    "1 of 1 cases are not as they should be"
}

@test "the time of a condition is the same in each run" {
  request cache
  resource pipelines configure first
  script first <<<'kratix-status condition set Ready True --reason Up'
  ./test-pipeline --host --update my\ promise >/dev/null 2>&1
  sleep 1
  tp my\ promise
  well_and_quiet
  said "Cases that are as they should be: 1"
}
