# The workflow of a Promise itself: its message in `kubectl get promises`. The Promises of older versions of Kratix have
# no message.
load helper

@test "the message of a Promise's workflow is published" {
  needs promise-message
  promise prepared
  script prepare <<END
kratix-status set message "operator 3.5.0 installed"
$(preview)
END
  promise_pipeline prepared prepare
  published message '"operator 3.5.0 installed"'
  preview_is_published
}

@test "kubectl get promises shows the message, and preview the same table" {
  needs promise-message
  promise shown
  script prepare <<'END'
kratix-status set message "operator 3.5.0 installed"
kratix-status preview -o table >$KRATIX_ROOT/output/preview.table
END
  promise_pipeline shown prepare
  [[ $(cat "$pod/after.table") == *" MESSAGE"*"operator 3.5.0 installed"* ]] || complain "$(cat "$pod/after.table")"
  diff -u "$pod/kratix/output/preview.table" "$pod/after.table"
}
