# What one Pipeline leaves to the next: Kratix merges top-level keys only, and kratix-status makes up for it.
load helper

@test "iam.user of the first Pipeline survives iam.password of the second" {
  request Vault survives
  script user <<END
kratix-status set iam.user admin
kratix-status set message "user created"
$(preview --not-last)
END
  pipeline survives user
  published iam '{"user": "admin"}'
  preview_is_published
  script password <<END
kratix-status set iam.password vault:secret/iam
kratix-status set message "user and password created"
$(preview)
END
  pipeline survives password
  published iam '{"password": "vault:secret/iam", "user": "admin"}'
  preview_is_published
  shown_is vaults survives <<'END'
NAME       MESSAGE                     STATUS
survives   user and password created   Reconciled
END
}

@test "a heredoc's iam.password wipes iam.user" {
  request Vault wiped
  script user <<'END'
cat <<EOF >$KRATIX_ROOT/metadata/status.yaml
iam:
  user: admin
EOF
END
  pipeline wiped user
  published iam '{"user": "admin"}'
  script password <<'END'
cat <<EOF >$KRATIX_ROOT/metadata/status.yaml
iam:
  password: vault:secret/iam
EOF
END
  pipeline wiped password
  published iam '{"password": "vault:secret/iam"}'
}

@test "the second Pipeline reads what the first one published" {
  request Vault reads
  script user <<'END'
kratix-status set --once issue https://example.com/issues/1
END
  pipeline reads user
  script password <<'END'
issue=$(kratix-status set --once --print issue https://example.com/issues/2)
kratix-status set message "see $issue"
END
  pipeline reads password
  published issue '"https://example.com/issues/1"'
  published message '"see https://example.com/issues/1"'
}

@test "values arrive as given, whatever a heredoc makes of them" {
  request ElasticCloud values
  script run <<END
kratix-status set sha 1234e56
kratix-status set version 1.10
kratix-status set answer yes
kratix-status set path 'C:\\new "directory"'
kratix-status set lines "one
two: # three"
kratix-status set --json ports '[80, 443]'
kratix-status set message ' - not: a "list" '
$(preview)
END
  pipeline values run
  published sha '"1234e56"'
  published version '"1.10"'
  published answer '"yes"'
  published path '"C:\\new \"directory\""'
  published lines '"one\ntwo: # three"'
  published ports '[80, 443]'
  published message '" - not: a \"list\" "'
  preview_is_published

  request ElasticCloud mangled
  script heredoc <<'END'
cat <<EOF >$KRATIX_ROOT/metadata/status.yaml
sha: 1234e56
version: 1.10
answer: yes
EOF
END
  pipeline mangled heredoc
  published sha '1.234e+59'
  published version '1.1'
  published answer 'true'
}
