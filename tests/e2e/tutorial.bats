# The Kratix tutorial's last step, on a real API server: what a Pipeline's `run` says, `kubectl get` shows.
load helper

@test "the platform user sees the tutorial's table and status" {
  kubectl create -f "$example/resource-request.yaml"
  pipeline example "$example/pipeline/run"
  shown_is elastic-clouds example <<'END'
NAME      MESSAGE                                                          STATUS
example   Instance example provisioned with preconfigured system metrics   Reconciled
END
  {
    echo '$ kubectl get elastic-clouds'
    kubectl get elastic-clouds example
    echo '$ kubectl get elastic-clouds example --output jsonpath={.status.initialLoginDetails}'
    kubectl get elastic-clouds example --output jsonpath='{.status.initialLoginDetails}'
    echo
  } | sed 's/^/# /' >&3
  diff -r "$example/test/expected/output" "$pod/kratix/output"
  diff -r "$example/test/expected/metadata" "$pod/kratix/metadata"
  published message '"Instance example provisioned with preconfigured system metrics"'
  published initialLoginDetails '{"passwordSecretName": "example-es-elastic-user", "username": "elastic"}'
}

# without_record: a status without what newer versions of Kratix keep in .status.kratix, which preview's tests compare
without_record() { python3 -c 'import json, sys
status = json.load(sys.stdin)
status.pop("kratix", None)
print(json.dumps(status, indent=2, sort_keys=True))'; }

@test "the status is published beside what Kratix itself keeps there" {
  request ElasticCloud beside
  pipeline beside "$example/pipeline/run"
  is "the whole status" "$(
    cat <<'END'
{
  "conditions": [
    {
      "lastTransitionTime": "TIME",
      "message": "Pipelines completed",
      "reason": "PipelinesExecutedSuccessfully",
      "status": "True",
      "type": "ConfigureWorkflowCompleted"
    },
    {
      "lastTransitionTime": "TIME",
      "message": "Pending",
      "reason": "WorkflowPending",
      "status": "Unknown",
      "type": "Reconciled"
    }
  ],
  "initialLoginDetails": {
    "passwordSecretName": "beside-es-elastic-user",
    "username": "elastic"
  },
  "message": "Instance beside provisioned",
  "workflows": 1,
  "workflowsFailed": 0,
  "workflowsSucceeded": 0
}
END
  )" "$("$BATS_TEST_DIRNAME/status" "$pod/after.json" | without_record)"
}

@test "what preview says in the container is what the API server stores" {
  request ElasticCloud foreseen
  {
    cat "$example/pipeline/run"
    preview
    echo 'kratix-status preview -o table >$KRATIX_ROOT/output/preview.table'
  } >run
  mkdir -p resources && cp "$example"/pipeline/resources/* resources
  pipeline foreseen run
  preview_is_published
  diff -u "$pod/kratix/output/preview.table" "$pod/after.table"
}

@test "a Pipeline that says nothing leaves Kratix's own message" {
  request ElasticCloud silent
  script run <<<"$(preview)"
  pipeline silent run
  published message '"Resource requested"'
  preview_is_published
}
