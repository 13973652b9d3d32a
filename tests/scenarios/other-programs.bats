# Fields of what aws, terraform and Ansible's API print, with jq and with import.
load helper

setup_program() {
  request orders '{}' </dev/null
  { echo '#!/bin/sh'; echo "cat <<'END'"; cat; echo END; } >"bin/$1"
  chmod +x "bin/$1"
}

needs_jq() {
  needs_yq
  command -v jq >/dev/null || missing jq "apt-get install jq"
}

creating='{"DBInstances": [{"DBInstanceStatus": "creating"}]}'
available='{"DBInstances": [{"DBInstanceStatus": "available", "Endpoint": {"Address": "orders.example.com", "Port": 5432}}]}'

@test "published: a database that is still being created has the endpoint null" {
  needs_jq
  setup_program aws <<<"$creating"
  container rds-wait/published
  user_sees <<'END'
endpoint: null
message: "Database orders created"
END
}

@test "run: the user sees what is waited for, and no endpoint" {
  setup_program aws <<<"$creating"
  container rds-wait/run
  silent
  user_sees <<'END'
message: "Creating database orders: creating"
END
}

@test "run: in the end the user sees the endpoint, with the port as a number" {
  setup_program aws <<<"$available"
  container rds-wait/run
  silent
  user_sees <<'END'
endpoint: "orders.example.com"
message: "Database orders created"
port: 5432
END
}

@test "run: an endpoint that is missing is an error that names what is there instead" {
  setup_program aws <<<'{"DBInstances": [{"DBInstanceStatus": "available", "EndPoint": null}]}'
  container_fails rds-wait/run 3
  diff -u - captured/stderr <<'END'
kratix-status: error: db.json: DBInstances[0].Endpoint.Address: is missing: DBInstances[0] has no Endpoint, but DBInstanceStatus and EndPoint
kratix-status: hint: did you mean DBInstances[0].EndPoint?
END
}

outputs='{"bucket": {"sensitive": false, "type": "string", "value": "orders-1"},
"access_key": {"sensitive": true, "type": "string", "value": "not-for-everybody"},
"zones": {"sensitive": false, "type": ["list", "string"], "value": ["a", "b"]}}'

@test "published: the user sees the sensitive output, too" {
  needs_jq
  setup_program terraform <<<"$outputs"
  container terraform-outputs/published
  user_sees <<'END'
accessKey: "not-for-everybody"
bucket: "orders-1"
message: "Bucket created"
zones: ["a", "b"]
END
}

@test "run: the user sees the outputs with their types, without the sensitive one" {
  setup_program terraform <<<"$outputs"
  container terraform-outputs/run
  silent
  user_sees <<'END'
message: "Bucket created"
outputs: {"bucket": "orders-1", "zones": ["a", "b"]}
END
}

job='{"status": "successful", "failed": false, "job_explanation": "", "elapsed": 12.5, "finished": null}'
failed_job='{"status": "failed", "failed": true, "job_explanation": "Task 3: no route to host", "elapsed": 12.5, "finished": "2026-01-01T00:00:00Z"}'

@test "published: the reason of a failed Ansible job is no YAML, and the Pod fails without it" {
  needs_jq
  setup_program curl <<<"$failed_job"
  TOWER_HOST=https://tower.example container ansible-job/published
  ks validate
  [ "$code" -eq 1 ] && grep -q 'yaml-syntax' captured/stdout || complain "it is YAML"
}

@test "run: the user sees how the job ended" {
  setup_program curl <<<"$job"
  TOWER_HOST=https://tower.example container ansible-job/run
  silent
  user_sees <<'END'
job: {"elapsed": 12.5, "status": "successful"}
message: "Ansible job 7 has run"
END
}

@test "run: a failed job fails the Pod, and the user sees Ansible's reason" {
  setup_program curl <<<"$failed_job"
  KRATIX_STATUS_PUBLISH=print TOWER_HOST=https://tower.example container_fails ansible-job/run 1
  grep -qF '"message":"Ansible: Task 3: no route to host"' captured/stderr || complain "no reason"
}
