# Conditions that a Pipeline sets are published beside those of Kratix.
load helper

@test "a Pipeline's condition is published beside Kratix's, and kubectl can wait for it" {
  request Vault conditions
  script user <<END
kratix-status condition set NotificationsSent False --reason Waiting --message "no address yet"
$(preview --not-last)
END
  pipeline conditions user
  preview_is_published
  script password <<END
kratix-status condition set NotificationsSent True --reason MailSent --message "sent to ops"
kratix-status set message ready
$(preview)
END
  pipeline conditions password
  preview_is_published
  kubectl wait --for condition=Reconciled --timeout 120s vault/conditions
  is "the types" "ConfigureWorkflowCompleted NotificationsSent Reconciled WorksSucceeded" "$(
    kubectl get vault conditions -o jsonpath='{.status.conditions[*].type}' | tr ' ' '\n' | sort | paste -sd ' '
  )"
  is "the condition" "True MailSent sent to ops" "$(
    kubectl get vault conditions \
      -o jsonpath='{range .status.conditions[?(@.type=="NotificationsSent")]}{.status} {.reason} {.message}{end}'
  )"
  kubectl wait --for condition=NotificationsSent --timeout 120s vault/conditions
}

@test "a condition as scripts write it by hand loses the whole status; condition set refuses it on the spot" {
  request ElasticCloud byhand
  script heredoc <<'END'
cat <<EOF >$KRATIX_ROOT/metadata/status.yaml
message: ready
conditions:
  - type: NotificationsSent
    status: True
EOF
END
  pipeline_fails byhand heredoc
  [[ $output == *'].status: Invalid value: "boolean"'* ]] || complain "$output"

  request ElasticCloud refused
  script run <<'END'
kratix-status condition set NotificationsSent true --reason MailSent
END
  pipeline_fails refused run
  [[ $output == "container elastic-cloud failed: kratix-status: error: "* ]] || complain "$output"
}
