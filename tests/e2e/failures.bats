# A Pipeline that fails says why, and no longer once it has succeeded: fail and run.
load helper

# provision COMMAND MESSAGE: the author's program. It fails the first time, by COMMAND, and then sets MESSAGE unless that is
# empty.
provision() {
  cat >provision <<END
#!/bin/sh
set -eu
KUBECONFIG=$KUBECONFIG kubectl get database "\$KRATIX_OBJECT_NAME" -o 'jsonpath={.status.message}' >seen
if ! [ -e tried ]; then
  touch tried
  kratix-status set region eu
  $1
fi
kratix-status set endpoint db.example.com
[ -z "$2" ] || kratix-status set message "$2"
END
  chmod +x provision
}

@test "fail: the message and the other keys are beside STATUS Failing" {
  request Database refused
  provision 'kratix-status fail --condition DatabaseReady --reason QuotaExceeded "Quota exceeded: ask the platform team"' ''
  script instance <<<'./provision'
  pipeline_fails refused instance
  shown_is databases refused <<'END'
NAME      MESSAGE                                 STATUS
refused   Quota exceeded: ask the platform team   Failing
END
  is "the region" eu "$(kubectl get database refused -o 'jsonpath={.status.region}')"
  kubectl wait --for condition=DatabaseReady=false --timeout 1s database/refused
}

@test "run: how the command ended is beside STATUS Failing, also where its script knows nothing of kratix-status" {
  request Database broken
  printf '#!/bin/sh\necho "no route to host" >&2\nexit 3\n' >provision
  chmod +x provision
  script instance <<<'exec kratix-status run -- ./provision'
  pipeline_fails broken instance
  [ "$output" = "container instance failed: no route to host" ] || complain "$output"
  shown_is databases broken <<'END'
NAME     MESSAGE                        STATUS
broken   provision exited with code 3   Failing
END

  request Database explained
  script instance <<<'exec kratix-status run --stderr -- ./provision'
  pipeline_fails explained instance
  shown_is databases explained <<'END'
NAME        MESSAGE                                          STATUS
explained   provision exited with code 3: no route to host   Failing
END
}

# ends_with NAME MESSAGE SEEN: runs `instance` twice, with pod_options, for a database; then the user sees MESSAGE, and
# the second run saw the message SEEN when it began. Nothing that the script wrote is lost.
ends_with() {
  request Database "$1"
  pipeline "$1" instance
  is "the message when it ran again" "$3" "$(cat seen)"
  published region '"eu"'
  published endpoint '"db.example.com"'
  is "the published message" "$2" "$(kubectl get database "$1" -o 'jsonpath={.status.message}')"
  eventually_is "STATUS of $1" Reconciled kubectl get database "$1" \
    -o 'jsonpath={.status.conditions[?(@.type=="Reconciled")].message}'
  rm tried
}

@test "after fail the container runs again: the user sees the script's message, or Kratix's own" {
  pod_options=(--restart)
  script instance <<<'./provision'
  provision 'kratix-status fail "Quota exceeded"' 'Database ready'
  ends_with fail-restart-message 'Database ready' 'Quota exceeded'
  provision 'kratix-status fail "Quota exceeded"' ''
  ends_with fail-restart 'Resource requested' 'Quota exceeded'
}

@test "after run the container runs again: the failure is gone at once, and the user sees the script's message, or Kratix's" {
  pod_options=(--restart)
  script instance <<<'exec kratix-status run -- ./provision'
  provision 'exit 3' 'Database ready'
  ends_with run-restart-message 'Database ready' 'Pending'
  provision 'exit 3' ''
  ends_with run-restart 'Resource requested' 'Pending'
  provision 'kratix-status fail "Quota exceeded"' ''
  ends_with run-fail-restart 'Resource requested' 'Pending'
}

@test "after run a new Pod runs: the failure is gone at once, and the user sees the script's message, or Kratix's" {
  pod_options=(--new-pod)
  script instance <<<'exec kratix-status run -- ./provision'
  provision 'exit 3' 'Database ready'
  ends_with run-new-message 'Database ready' 'Pending'
  provision 'exit 3' ''
  ends_with run-new 'Resource requested' 'Pending'
  provision 'kratix-status fail "Quota exceeded"' ''
  ends_with run-fail-new 'Resource requested' 'Pending'
}

@test "after fail a new Pod runs: the user sees the script's message, or Kratix's own if it publishes" {
  pod_options=(--new-pod)
  script instance <<<'./provision'
  provision 'kratix-status fail "Quota exceeded"' 'Database ready'
  ends_with fail-new-message 'Database ready' 'Quota exceeded'
  provision 'kratix-status fail "Quota exceeded"' ''
  script instance <<<'kratix-status publish && ./provision'
  ends_with fail-new-publish 'Resource requested' Pending
}

@test "after fail a new Pod runs that neither publishes nor sets a message: the failure stays, as docs/live.md says" {
  pod_options=(--new-pod)
  script instance <<<'./provision'
  provision 'kratix-status fail "Quota exceeded"' ''
  ends_with fail-new 'Quota exceeded' 'Quota exceeded'
}

@test "a failure that is published over a status.yaml keeps the script's message there" {
  pod_options=(--restart)
  script instance <<<'exec kratix-status run -- ./provision'
  provision 'kratix-status set message "Creating the database"; exit 3' ''
  ends_with run-own-message 'Creating the database' 'Creating the database'
}
