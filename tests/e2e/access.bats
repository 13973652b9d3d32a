# RBAC: what the service account of a Pipeline may do. ./pod gives its token to Kratix's own containers in every test.
load helper

# account RESOURCE-NAME PIPELINE: the user name of the service account of its Job
account() {
  echo "system:serviceaccount:default:$(kubectl get jobs -l "kratix.io/resource-name=$1,kratix.io/pipeline-name=$2" \
    -o 'jsonpath={.items[0].spec.template.spec.serviceAccountName}')"
}

# may VERB RESOURCE...: yes or no
may() { kubectl auth can-i "$@" --as "$account" 2>/dev/null || true; }

@test "a Pipeline's service account may change the status of its own kind, and may not read secrets" {
  request Vault permitted
  script user <<<'kratix-status set message permitted'
  pipeline permitted user
  account=$(account permitted user)
  is "the service account" system:serviceaccount:default:vault-resource-configure-user "$account"
  for verb in get list update create patch; do
    is "$verb vaults" yes "$(may "$verb" vaults.workshop.kratix.io)"
    is "$verb vaults/status" yes "$(may "$verb" vaults.workshop.kratix.io --subresource status)"
  done
  is "delete vaults" no "$(may delete vaults.workshop.kratix.io)"
  is "watch vaults" no "$(may watch vaults.workshop.kratix.io)"
  is "patch databases/status" no "$(may patch databases.workshop.kratix.io --subresource status)"
  is "get secrets" no "$(may get secrets)"
  is "create events" no "$(may create events)"
}

@test "without its Role the status-writer fails, so it has no other permissions" {
  request Ledger unbound
  script record <<END
export KUBECONFIG=$KUBECONFIG
kubectl delete rolebinding ledger-resource-configure-record
for _ in \$(seq 100); do
  kubectl auth can-i get ledgers.workshop.kratix.io --as "\$1" || break
  sleep 0.2
done
kratix-status set message recorded
END
  sed -i 's/"\$1"/system:serviceaccount:default:ledger-resource-configure-record/' record
  pipeline_fails unbound record
  account=system:serviceaccount:default:ledger-resource-configure-record
  [[ $output == "container status-writer failed: "*"is forbidden: User \"$account\" cannot get resource \"ledgers\""* ]] ||
    complain "$output"
  shown_is ledgers unbound <<'END'
NAME      MESSAGE   STATUS
unbound   Pending   Failing
END
}

@test "a container's own token can change the status while the Pipeline runs, and reads no secrets" {
  request Vault live
  script user <<'END'
account=$KRATIX_ROOT/../var/run/secrets/kubernetes.io/serviceaccount
api() {
  kubectl --server "https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT" \
    --certificate-authority "$account/ca.crt" --token "$(cat "$account/token")" -n "$KRATIX_OBJECT_NAMESPACE" "$@"
}
api patch vault "$KRATIX_OBJECT_NAME" --subresource status --type merge -p '{"status": {"message": "seen at once"}}'
api get vault "$KRATIX_OBJECT_NAME" -o 'jsonpath={.status.message}' >$KRATIX_ROOT/output/message
if api get secrets 2>$KRATIX_ROOT/output/secrets; then exit 7; fi
END
  pipeline live user
  is "the message while the Pipeline ran" "seen at once" "$(cat "$pod/kratix/output/message")"
  is "the answer to get secrets" "$(
    printf %s 'Error from server (Forbidden): secrets is forbidden: ' \
      'User "system:serviceaccount:default:vault-resource-configure-user" cannot list resource "secrets" ' \
      'in API group "" in the namespace "default"'
  )" "$(cat "$pod/kratix/output/secrets")"
  published message '"seen at once"'
}

@test "Kratix's manager has the permissions of its own manifests, and is no administrator" {
  account=system:serviceaccount:kratix-platform-system:kratix-platform-controller-manager
  is "create jobs" yes "$(may create jobs.batch)"
  is "update promises/status" yes "$(may update promises.platform.kratix.io --subresource status)"
  is "delete nodes" no "$(may delete nodes)"
  is "create secrets" no "$(may create secrets)"
}
