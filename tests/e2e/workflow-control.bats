# Suspend, retry and the key `kratix`. The Kratix of go.mod, of August 2025, is older than all three, and newer ones
# cannot be had from the Go module proxy: it does not read workflow-control.yaml and publishes the key. So what stands
# here is what can be seen on its API server; README.md says what is not proven.
load helper

@test "the message of suspend reaches kubectl get" {
  request ElasticCloud suspended
  script run <<'END'
kratix-status suspend "waiting for the approval of ops"
END
  pipeline suspended run
  shown_is elastic-clouds suspended <<'END'
NAME        MESSAGE                           STATUS
suspended   waiting for the approval of ops   Reconciled
END
}

@test "the message of retry reaches kubectl get" {
  request ElasticCloud retried
  script run <<'END'
kratix-status retry 1d "no address yet"
END
  pipeline retried run
  published message '"no address yet"'
}

# record NAME ATTEMPTS: writes the record that a newer Kratix keeps of its Pipelines into the live object.
record() {
  kubectl patch elastic-cloud "$1" --subresource status --type merge --patch \
    "{\"status\": {\"kratix\": {\"workflows\": {\"pipelines\": [{\"name\": \"instance\", \"attempts\": $2}]}}}}"
}

@test "retry counts the attempts that Kratix's reader hands over" {
  request ElasticCloud counted
  kubectl wait --for jsonpath='{.status.message}'=Pending --timeout 60s elastic-cloud/counted
  record counted 3
  script run <<'END'
if kratix-status retry --max-attempts 3 1m "no address yet"; then exit 7; fi
kratix-status set message "gave up after 3 attempts"
END
  pipeline counted run
  published message '"gave up after 3 attempts"'
  is "the metadata folder" status.yaml "$(ls -A "$pod/kratix/metadata")"
}

@test "the status that preview foresees for suspend and retry is one that the API server stores unchanged" {
  for command in 'suspend "waiting for ops"' 'retry 90m "no address yet"'; do
    name=foreseen-${command%% *}
    request ElasticCloud "$name"
    kubectl wait --for jsonpath='{.status.message}'=Pending --timeout 60s "elastic-cloud/$name"
    record "$name" 1
    script run <<END
kratix-status $command
$(preview)
END
    pipeline "$name" run
    foreseen=$(cat "$pod/kratix/output/preview.json")
    [[ $foreseen == *'"phase":"Suspended"'* ]] || complain "$foreseen"
    kubectl patch elastic-cloud "$name" --subresource status --type json -o json \
      --patch "[{\"op\": \"replace\", \"path\": \"/status\", \"value\": $foreseen}]" >stored.json
    is "what the API server stored" "$("$BATS_TEST_DIRNAME/status" "$pod/kratix/output/preview.json")" \
      "$("$BATS_TEST_DIRNAME/status" stored.json)"
  done
}

@test "a retry duration that Kratix cannot read is refused on the spot" {
  request ElasticCloud duration
  script run <<'END'
kratix-status retry 30 "no address yet"
END
  pipeline_fails duration run
  [[ $output == "container elastic-cloud failed: kratix-status: error: "*30* ]] || complain "$output"
  is "the metadata folder" "" "$(ls -A "$pod/kratix/metadata")"
}

@test "the key kratix is refused on the spot, though this Kratix still publishes it" {
  request ElasticCloud kratix-refused
  script run <<'END'
kratix-status set kratix.workflows none
END
  pipeline_fails kratix-refused run
  [[ $output == "container elastic-cloud failed: kratix-status: error: "*kratix* ]] || complain "$output"

  request ElasticCloud kratix-published
  script heredoc <<'END'
echo 'kratix: {workflows: none}' >$KRATIX_ROOT/metadata/status.yaml
END
  pipeline kratix-published heredoc
  published kratix '{"workflows": "none"}'
}
