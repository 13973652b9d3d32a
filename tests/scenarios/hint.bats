# A hint is added, not put in place of the file.
load helper

setup_orders() {
  request orders '{}' </dev/null
  status_before <<'END'
message: postgresql orders created
connectionDetails:
  host: orders.default.svc.cluster.local
  port: 5432
END
}

@test "published: the hint is all that the user sees" {
  needs_yq
  setup_orders
  container hint/published
  user_sees <<'END'
message: "Resource requested"
vault-secrets: "run 'vault kv list secret/default/orders/' to see the secrets"
END
}

@test "run: the user sees all three keys, and the port is a number" {
  setup_orders
  container hint/run
  silent
  user_sees <<'END'
connectionDetails: {"host": "orders.default.svc.cluster.local", "port": 5432}
message: "postgresql orders created"
vault-secrets: "run 'vault kv list secret/default/orders/' to see the secrets"
END
  user_gets <<'END'
NAME     MESSAGE                     STATUS
orders   postgresql orders created   Pending
END
}
