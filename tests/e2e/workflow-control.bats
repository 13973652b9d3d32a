# Suspend, retry and the key `kratix`. A Kratix older than March 2026 knows none of the three: the tests ask what this
# one can do. On one that does not read workflow-control.yaml, the message reaches the user, but the workflow goes on.
load helper

@test "the message of suspend reaches kubectl get" {
  request ElasticCloud suspended
  script run <<'END'
kratix-status suspend "waiting for the approval of ops"
END
  pipeline suspended run
  if can workflow-control; then
    shown_is elastic-clouds suspended <<'END'
NAME        MESSAGE                           STATUS
suspended   waiting for the approval of ops   Suspended
END
  else
    shown_is elastic-clouds suspended <<'END'
NAME        MESSAGE                           STATUS
suspended   waiting for the approval of ops   Reconciled
END
  fi
}

@test "the message of retry reaches kubectl get" {
  request ElasticCloud retried
  script run <<'END'
kratix-status retry 1d "no address yet"
END
  pipeline retried run
  published message '"no address yet"'
}

# jobs_of NAME PIPELINE: how many Jobs Kratix made for it
jobs_of() { kubectl get jobs -l "kratix.io/resource-name=$1,kratix.io/pipeline-name=$2" -o name | wc -l; }

@test "suspend stops the workflow until the label is removed" {
  needs workflow-control
  request Vault held
  script user <<END
kratix-status suspend "waiting for the approval of ops"
$(preview --not-last)
END
  pipeline held user
  suspended_preview_is_published
  is "the phases" "Suspended Pending" "$(pipeline_record phase)"
  is "the label" true "$(suspended_label vault held)"
  shown_is vaults held <<'END'
NAME   MESSAGE                           STATUS
held   waiting for the approval of ops   Suspended
END
  is "the number of Jobs of the first Pipeline" 1 "$(jobs_of held user)"
  is "the number of Jobs of the second Pipeline" 0 "$(jobs_of held password)"

  kubectl label vault held kratix.io/workflow-suspended-
  script user <<<'kratix-status set message "approved"'
  pipeline held user
  is "the number of Jobs of the first Pipeline" 2 "$(jobs_of held user)"
  script password <<<'kratix-status set message "approved and ready"'
  pipeline held password
  shown_is vaults held <<'END'
NAME   MESSAGE              STATUS
held   approved and ready   Reconciled
END
}

@test "Kratix runs a retried Pipeline again and counts its attempts, until --max-attempts ends it" {
  needs workflow-control
  request Database polling
  script instance <<END
if kratix-status retry --max-attempts 2 1s "no address yet"; then
  $(preview)
else
  [ \$? -eq 1 ]
  kratix-status set message "gave up after 2 attempts"
fi
END
  for attempts in 1 2; do
    pipeline polling instance
    suspended_preview_is_published
    is "the attempts" "$attempts" "$(pipeline_record attempts)"
    published message '"no address yet"'
  done
  pipeline polling instance
  is "the attempts" - "$(pipeline_record attempts)"
  shown_is databases polling <<'END'
NAME      MESSAGE                    STATUS
polling   gave up after 2 attempts   Reconciled
END
}

@test "a merge patch of preview, applied while the Pipeline runs, leaves Kratix's count of attempts alone" {
  needs workflow-control
  request Database patching
  script instance <<END
kratix-status set progress running
kratix-status preview --not-last -o merge-patch >\$KRATIX_ROOT/output/patch.json
KUBECONFIG=$KUBECONFIG kubectl patch database patching --subresource status --type merge \
  --patch-file \$KRATIX_ROOT/output/patch.json
kratix-status retry --max-attempts 2 1s "no address yet" || [ \$? -eq 1 ]
END
  for attempts in 1 2 -; do
    pipeline patching instance
    is "the attempts" "$attempts" "$(pipeline_record attempts)"
  done
  published progress '"running"'
}

# record NAME ATTEMPTS: writes into the live object what Kratix records of a Pipeline that was retried
record() {
  kubectl patch elastic-cloud "$1" --subresource status --type merge --patch "{\"status\": {\"kratix\": {\"workflows\":
    {\"pipelines\": [{\"name\": \"instance\", \"phase\": \"Running\", \"attempts\": $2}]}}}}"
}

@test "retry counts the attempts that Kratix's reader hands over" {
  request ElasticCloud counted
  started elastic-cloud/counted
  record counted 3
  script run <<'END'
if kratix-status retry --max-attempts 3 1m "no address yet"; then exit 7; fi
kratix-status set message "gave up after 3 attempts"
END
  pipeline counted run
  published message '"gave up after 3 attempts"'
  is "the metadata directory" status.yaml "$(ls -A "$pod/kratix/metadata")"
}

@test "the status that preview foresees for suspend and retry is one that the API server stores unchanged" {
  for command in 'suspend "waiting for ops"' 'retry 90m "no address yet"'; do
    name=foreseen-${command%% *}
    request ElasticCloud "$name"
    started "elastic-cloud/$name"
    record "$name" 1
    script run <<END
kratix-status $command
$(preview)
END
    pipeline "$name" run
    foreseen=$(cat "$pod/kratix/output/preview.json")
    [[ $foreseen == *'"phase":"Suspended"'* ]] || complain "$foreseen"
    if can workflow-control; then
      suspended_preview_is_published
      continue
    fi
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
  is "the metadata directory" "" "$(ls -A "$pod/kratix/metadata")"
}

@test "the key kratix is refused on the spot, not only when the status-writer fails or publishes it" {
  request ElasticCloud kratix-refused
  script run <<'END'
kratix-status set kratix.workflows none
END
  pipeline_fails kratix-refused run
  [[ $output == "container elastic-cloud failed: kratix-status: error: "*kratix* ]] || complain "$output"

  request ElasticCloud kratix-heredoc
  script heredoc <<'END'
echo 'kratix: {workflows: none}' >$KRATIX_ROOT/metadata/status.yaml
END
  if can pipeline-record; then
    pipeline_fails kratix-heredoc heredoc
    [[ $output == "container status-writer failed: "*"'kratix' is a kratix managed status field"* ]] ||
      complain "$output"
  else
    pipeline kratix-heredoc heredoc
    published kratix '{"workflows": "none"}'
  fi
}
