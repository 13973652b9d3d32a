# Delete Pipelines. Since July 2026 Kratix runs a status-writer behind them: they publish, suspend and are retried.
load helper

# deleting NAME: a database that is configured and then asked to go
deleting() {
  request Database "$1"
  script instance <<<'kratix-status set message "database ready"; kratix-status set note configured'
  pipeline "$1" instance
  eventually_is "STATUS of $1" Reconciled kubectl get database "$1" \
    -o 'jsonpath={.status.conditions[?(@.type=="Reconciled")].message}'
  kubectl delete database "$1" --wait=false
}

gone() { kubectl wait --for delete --timeout 120s "database/$1"; }

@test "suspend in a delete Pipeline holds the deletion back and shows why" {
  needs delete-status
  deleting guarded
  script release <<END
kratix-status suspend "waiting for the approval of the deletion"
kratix-status set note kept
$(preview)
END
  pipeline guarded release
  suspended_preview_is_published
  published note '"kept"'
  is "the phase" Suspended "$(pipeline_record phase)"
  is "the label" true "$(suspended_label database guarded)"
  shown_is databases guarded <<'END'
NAME      MESSAGE                                    STATUS
guarded   waiting for the approval of the deletion   Suspended
END
  kubectl label database guarded kratix.io/workflow-suspended-
  script release <<<'kratix-status set message "approved"'
  pipeline guarded release
  gone guarded
}

@test "preview in a delete Pipeline keeps the message, as Kratix does" {
  needs delete-status
  deleting foretold
  script release <<END
kratix-status set note released
$(preview)
kratix-status preview -o table >\$KRATIX_ROOT/output/preview.table
END
  pipeline foretold release
  preview_is_published
  published message '"database ready"'
  diff -u "$pod/kratix/output/preview.table" "$pod/after.table"
  gone foretold
}

@test "a delete Pipeline that has used up its attempts and just ends lets Kratix delete the resource" {
  needs delete-status
  deleting retried
  script release <<'END'
kratix-status retry --max-attempts 2 1s "still in use" || [ $? -eq 1 ]
END
  for attempts in 1 2; do
    pipeline retried release
    is "the attempts" "$attempts" "$(pipeline_record attempts)"
    published message '"still in use"'
  done
  pipeline retried release
  is "the metadata directory" "" "$(ls -A "$pod/kratix/metadata")"
  gone retried
}

@test "a delete Pipeline publishes while it runs, and why it fails, with a status-writer or without" {
  deleting released
  watched release <<'END'
kratix-status set --publish message "waiting for the last connection"
look get database released -o 'jsonpath={.status.message}' >$KRATIX_ROOT/output/message
END
  pipeline released release
  is "the message while the Pipeline ran" "waiting for the last connection" "$(output message)"
  gone released

  deleting stuck
  script release <<<'kratix-status fail "the database has connections still"'
  pipeline_fails stuck release
  is "the message" "the database has connections still" "$(kubectl get database stuck -o 'jsonpath={.status.message}')"
}

@test "on a Kratix without a status-writer in delete Pipelines, suspend does not hold the deletion back" {
  ! can delete-status || skip "this Kratix runs delete Pipelines with a status-writer"
  deleting unguarded
  script release <<<'kratix-status suspend "waiting for the approval of the deletion"'
  pipeline unguarded release
  is "whether there was a status-writer" no "$([ -e "$pod/after.json" ] && echo yes || echo no)"
  gone unguarded
}
