# A nested key in a second Pipeline, as Kratix's documentation of the status has it: it promises both keys, while Kratix
# replaces top-level keys whole.
load helper

@test "published: the second Pipeline loses the user" {
  request example '{}' </dev/null
  container nested-key/user/published
  next_pipeline
  container nested-key/password/published
  user_sees <<'END'
iam: {"password": "<vault-ref>"}
message: "User created and vault secret created"
END
}

@test "run: the user sees both keys and the second Pipeline's message" {
  request example '{}' </dev/null
  container nested-key/user/run
  silent
  pod=more
  user_sees <<'END'
iam: {"user": "admin"}
message: "User created"
END
  next_pipeline
  pod=last
  no_status
  container nested-key/password/run
  silent
  user_sees <<'END'
iam: {"password": "<vault-ref>", "user": "admin"}
message: "User created and vault secret created"
END
  user_gets <<'END'
NAME      MESSAGE                                 STATUS
example   User created and vault secret created   Pending
END
}

@test "run: nothing else of the previous status is copied" {
  request example '{}' <<'END'
url: http://example.com
iam: {user: admin}
END
  container nested-key/password/run
  status_is <<'END'
message: User created and vault secret created
iam:
  user: admin
  password: "<vault-ref>"
END
}

@test "run: with the first Pipeline in published form, too" {
  request example '{}' </dev/null
  container nested-key/user/published
  next_pipeline
  container nested-key/password/run
  user_sees <<'END'
iam: {"password": "<vault-ref>", "user": "admin"}
message: "User created and vault secret created"
END
}
