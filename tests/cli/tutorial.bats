# The job of the Kratix tutorial: what a Pipeline's `run` says, the platform user sees.
load helper

tutorial() {
  name=example
  ks set message "Instance ${name} provisioned with preconfigured system metrics"
  silent
  ks set initialLoginDetails.username elastic
  silent
  ks set initialLoginDetails.passwordSecretName "${name}-es-elastic-user"
  silent
}

tutorial_file() {
  status_is <<'END'
message: Instance example provisioned with preconfigured system metrics
initialLoginDetails:
  username: elastic
  passwordSecretName: example-es-elastic-user
END
}

@test "three sets write the tutorial's file" {
  tutorial
  tutorial_file
}

@test "a second run leaves the file alone: same inode, times and bytes" {
  tutorial
  before=$(fingerprint)
  tutorial
  [ "$(fingerprint)" = "$before" ] || complain "the file was written again"
  tutorial_file
}

@test "one set with three assignments writes the same file" {
  ks set message="Instance example provisioned with preconfigured system metrics" \
    initialLoginDetails.username=elastic initialLoginDetails.passwordSecretName=example-es-elastic-user
  silent
  tutorial_file
}

@test "a merge from a here-document writes the same file" {
  ks merge <<'END'
message: Instance example provisioned with preconfigured system metrics
initialLoginDetails: {username: elastic, passwordSecretName: example-es-elastic-user}
END
  silent
  tutorial_file
}

@test "a script under set -eu reads values back with \$(...)" {
  ks set message "ready"
  capture sh -euc 'v=$("$0" get message); u=$("$0" get --default none url); printf "%s|%s\n" "$v" "$u"' "$KRATIX_STATUS_BINARY"
  prints "ready|none"
}
