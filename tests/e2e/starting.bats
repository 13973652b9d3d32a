# A Pod that is faster than Kratix: it publishes before Kratix has recorded that the Pipeline runs. Kratix would not come
# back to that record if somebody else had changed the object in between.
load helper

kratix_process=$(cat "${KUBECONFIG%/*}/kratix.pid")

teardown() {
  # Should the Pod have ended before it did so.
  kill -CONT "$kratix_process"
}

# hold_kratix: stops Kratix's manager as soon as it has made the next Job for the database `early`. kubectl's log tells
# when it has begun to watch.
hold_kratix() {
  : >watch.log
  { kubectl get jobs -l kratix.io/resource-name=early --watch-only -o name -v 6 2>watch.log |
    { read -r _ && kill -STOP "$kratix_process"; }; } 3>&- &
  local tries
  for tries in $(seq 100); do
    ! grep -q 'watch=true.* 200 OK' watch.log || return 0
    sleep 0.1
  done
  complain "kubectl does not watch: try $tries, $(cat watch.log)"
}

# publishes_at PHASE: the Pod begins when PHASE is recorded, publishes, and loses nothing, neither what it says nor
# what Kratix records.
publishes_at() {
  watched instance <<END
phase() { kratix-status get --from live 'status.kratix.workflows.pipelines[0].phase'; }
phase >\$KRATIX_ROOT/output/before
kratix-status set --publish message "published early" &
sleep 0.5
phase >\$KRATIX_ROOT/output/held
kill -CONT $kratix_process
wait \$!
phase >\$KRATIX_ROOT/output/after
kratix-status get --from live status.message >\$KRATIX_ROOT/output/message
kratix-status retry 10s again
END
  pod_options=(--at-once)
  pipeline early instance
  is "the phase when the Pod began" "$1" "$(output before)"
  is "the phase while Kratix is held" "$1" "$(output held)"
  is "the phase after the publish" Running "$(output after)"
  is "the message" "published early" "$(output message)"
}

@test "a publish waits until Kratix has recorded that the Pipeline runs, also when it runs again" {
  needs workflow-control
  hold_kratix
  request Database early
  publishes_at Pending
  hold_kratix
  publishes_at Suspended
}
