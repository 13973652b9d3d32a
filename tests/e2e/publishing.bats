# What the platform user sees while a Pipeline runs: publish and --publish, with the Pipeline's own service account.
load helper

@test "what is published is in kubectl get before the Pod ends: a message, a key and a condition" {
  request Database creating
  watched instance <<END
kratix-status set --publish message "Creating the database"
look get databases creating >\$KRATIX_ROOT/output/table
kratix-status set endpoint db.example.com
kratix-status publish
look get database creating -o 'jsonpath={.status.endpoint}' >\$KRATIX_ROOT/output/endpoint
kratix-status condition set --publish DatabaseReady False --reason Creating
look wait --for condition=DatabaseReady=false --timeout 0 database/creating
kratix-status set message "Database ready"
kratix-status condition set DatabaseReady True --reason Created
$(preview)
END
  pipeline creating instance
  is "kubectl get while the Pipeline ran" "$(cat <<'END'
NAME       MESSAGE                 STATUS
creating   Creating the database   Pending
END
  )" "$(output table)"
  is "the endpoint while the Pipeline ran" db.example.com "$(output endpoint)"
  preview_is_published
  shown_is databases creating <<'END'
NAME       MESSAGE          STATUS
creating   Database ready   Reconciled
END
}

# conditions FILE: all but the Pipeline's own, each as it is, its time too
conditions() {
  python3 -c 'import json, sys
conditions = json.load(open(sys.argv[1]))["status"]["conditions"]
print(*sorted(json.dumps(condition) for condition in conditions if condition["type"] != "DatabaseReady"), sep="\n")' "$1"
}

@test "a publish keeps the conditions of Kratix and of others as they are" {
  request Database conditioned
  started database/conditioned
  for i in $(seq 20); do
    printf '{"op": "add", "path": "/status/conditions/-", "value": {"type": "Of%s", "status": "True", "reason": "R", ' "$i"
    printf '"message": "m", "lastTransitionTime": "2026-01-01T00:00:00Z"}},'
  done | sed 's/^/[/; s/,$/]/' >others.json
  kubectl patch database conditioned --subresource status --type json --patch-file others.json
  watched instance <<'END'
look get database conditioned -o json >$KRATIX_ROOT/output/before.json
kratix-status set message "Creating the database"
kratix-status condition set --publish DatabaseReady False --reason Creating
kratix-status condition set --publish DatabaseReady True --reason Created
look get database conditioned -o json >$KRATIX_ROOT/output/after.json
END
  pipeline conditioned instance
  conditions "$pod/kratix/output/before.json" >before
  [ "$(wc -l <before)" -ge 22 ] || complain "fewer conditions than 20 and those of Kratix: $(cat before)"
  is "the conditions after two publishes" "$(cat before)" "$(conditions "$pod/kratix/output/after.json")"
  grep -q '"reason": "Created"' "$pod/kratix/output/after.json" || complain "no condition DatabaseReady"
}

# keys_of FILE: the keys k1 to k20 with their values
keys_of() { python3 -c 'import json, sys
status = json.load(open(sys.argv[1]))["status"]
print(*(status.get(f"k{i}", "-") for i in range(1, 21)))' "$1"; }

@test "20 publishers at once lose nothing, neither in the cluster nor in status.yaml" {
  request Database crowded
  watched instance <<'END'
publishers=
for i in $(seq 20); do
  kratix-status set --publish "k$i" "v$i" 2>>$KRATIX_ROOT/output/errors &
  publishers="$publishers $!"
done
for publisher in $publishers; do wait "$publisher"; done
look get database crowded -o json >$KRATIX_ROOT/output/during.json
END
  pipeline crowded instance || {
    cat "$pod/kratix/output/errors"
    false
  }
  all=$(seq -f v%g 20 | paste -sd ' ')
  is "the warnings" "" "$(output errors)"
  is "the live keys" "$all" "$(keys_of "$pod/kratix/output/during.json")"
  is "the keys of status.yaml" "$(for i in $(seq 20); do echo "k$i: v$i"; done | sort)" "$(sed 's/"//g' "$pod/kratix/metadata/status.yaml" | sort)"
  is "the keys at the end" "$all" "$(keys_of "$pod/after.json")"
}

@test "a publish leaves Kratix's count of attempts alone" {
  needs workflow-control
  request Database counting
  watched instance <<'END'
record() { look get database counting -o 'jsonpath={.status.kratix}'; }
record >$KRATIX_ROOT/output/before
kratix-status set --publish progress running
kratix-status condition set --publish DatabaseReady False --reason Waiting
record >$KRATIX_ROOT/output/after
kratix-status retry --publish --max-attempts 2 1s "no address yet" || [ $? -eq 1 ]
END
  for attempts in 1 2 -; do
    pipeline counting instance
    is "Kratix's record after a publish" "$(output before)" "$(output after)"
    is "the attempts" "$attempts" "$(pipeline_record attempts)"
  done
  published progress '"running"'
}

@test "a message that was published stays if the last status.yaml has none, and publish warns of it" {
  request Database forgotten
  script instance <<'END'
kratix-status set --publish message "Creating the database"
kratix-status unset message
kratix-status set --publish endpoint db.example.com 2>$KRATIX_ROOT/output/warning
END
  pipeline forgotten instance
  warning='kratix-status: warning: key message: status.yaml has none, and the published one stays: '
  is "the warning" "$warning\`set message Pending\` leaves it to Kratix" "$(output warning)"
  shown_is databases forgotten <<'END'
NAME        MESSAGE                 STATUS
forgotten   Creating the database   Reconciled
END

  request Database left
  script instance <<'END'
kratix-status set --publish message "Creating the database"
kratix-status set message Pending
END
  pipeline left instance
  shown_is databases left <<'END'
NAME   MESSAGE              STATUS
left   Resource requested   Reconciled
END
}

@test "without the verb patch: 5 with the reason and a hint, with --try a warning, and the status all the same at the end" {
  request Archive unpatched
  watched store <<'END'
account=system:serviceaccount:default:archive-resource-configure-store
look patch role archive-resource-configure-store --type json \
  -p '[{"op": "replace", "path": "/rules/0/verbs", "value": ["get", "list", "update", "create"]}]'
for _ in $(seq 100); do
  look auth can-i patch archives.workshop.kratix.io --subresource status --as "$account" || break
  sleep 0.2
done
code=0
kratix-status set --publish message stored 2>$KRATIX_ROOT/output/error || code=$?
kratix-status set --publish --try key value 2>$KRATIX_ROOT/output/warning
echo "$code $?" >$KRATIX_ROOT/output/codes
END
  pipeline unpatched store
  reason='the Pipeline'\''s service account may not do this: 403 archives.workshop.kratix.io "unpatched" is forbidden: '
  reason+='User "system:serviceaccount:default:archive-resource-configure-store" cannot patch resource "archives/status" '
  reason+='in API group "workshop.kratix.io" in the namespace "default" (status.yaml is written anyway)'
  is "the exit codes without and with --try" "5 0" "$(output codes)"
  is "the error" "kratix-status: error: publish: $reason
kratix-status: hint: its Role must allow get and patch of the object and its status, as Kratix's own does" "$(output error)"
  is "the warning" "kratix-status: warning: not published: $reason" "$(output warning)"
  published message '"stored"'
  published key '"value"'
}

@test "get --from live, diff --live and preview --live see what others have changed since the Pipeline began" {
  request Database shared
  watched instance <<END
look patch database shared --subresource status --type merge -p '{"status": {"note": "theirs"}}'
kratix-status get note >\$KRATIX_ROOT/output/previous || echo "exit code \$?" >>\$KRATIX_ROOT/output/previous
kratix-status get --from live status.note >\$KRATIX_ROOT/output/live
kratix-status set --publish endpoint db.example.com
kratix-status diff --live --not-last >\$KRATIX_ROOT/output/published
kratix-status set endpoint db2.example.com
kratix-status diff --live --not-last >\$KRATIX_ROOT/output/diff || [ \$? -eq 1 ]
$(preview --live)
END
  pipeline shared instance
  is "get note" "exit code 1" "$(output previous)"
  is "get --from live status.note" theirs "$(output live)"
  is "diff --live after a publish" "" "$(output published)"
  is "diff --live" '- endpoint: "db.example.com"
+ endpoint: "db2.example.com"' "$(output diff)"
  preview_is_published
  published note '"theirs"'
}

@test "a Promise's own workflow publishes its message while it runs" {
  needs promise-message
  promise announced
  watched prepare <<END
kratix-status set --publish message "installing operator 3.5.0"
look get promises announced >\$KRATIX_ROOT/output/table
kratix-status get --from live status.message >\$KRATIX_ROOT/output/message
kratix-status set message "operator 3.5.0 installed"
$(preview --live)
END
  promise_pipeline announced prepare
  [[ $(output table) == *" MESSAGE"*"installing operator 3.5.0"* ]] || complain "$(output table)"
  is "get --from live status.message" "installing operator 3.5.0" "$(output message)"
  published message '"operator 3.5.0 installed"'
  preview_is_published
}

@test "a Pipeline that runs in another namespace than its request publishes, too" {
  cat >zone.yaml <<'END'
apiVersion: platform.kratix.io/v1alpha1
kind: Promise
metadata: {name: zone}
spec:
  api:
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: zones.workshop.kratix.io}
    spec:
      group: workshop.kratix.io
      scope: Namespaced
      names: {kind: Zone, plural: zones, singular: zone}
      versions:
        - name: v1alpha1
          served: true
          storage: true
          schema:
            openAPIV3Schema: {type: object, properties: {spec: {type: object}}}
  workflows:
    config: {pipelineNamespace: kratix-platform-system}
    resource:
      configure:
        - apiVersion: platform.kratix.io/v1alpha1
          kind: Pipeline
          metadata: {name: open}
          spec: {containers: [{name: open, image: "workshop/open:dev"}]}
END
  if ! can pipeline-namespace; then
    run kubectl create -f zone.yaml
    [[ $output == *'unknown field "spec.workflows.config"'* ]] || complain "$output"
    return
  fi
  kubectl create -f zone.yaml
  kubectl wait --for condition=Available --timeout 120s promise/zone
  request Zone north
  watched open <<'END'
kratix-status set --publish message "opening the zone"
look get zones north -n default >$KRATIX_ROOT/output/table
END
  run_pod kratix.io/resource-name=north kratix-platform-system open
  is "kubectl get while the Pipeline ran" "$(cat <<'END'
NAME    MESSAGE            STATUS
north   opening the zone   Pending
END
  )" "$(output table)"
  published message '"opening the zone"'
}
