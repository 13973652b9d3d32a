# unset [--fresh] [--publish] KEY...
load helper

setup_file_status() {
  ks set 'a:={"b": {"c": 1, "d": 2}}' 'l:=[1, 2, 3]' s=text
}

@test "a top-level key, a nested key, an item" {
  setup_file_status
  ks unset s
  silent
  ks unset a.b.c
  silent
  ks unset 'l[0]'
  silent
  ks get -o json
  prints '{"a":{"b":{"d":2}},"l":[2,3]}'
}

@test "several at once, in order: items move up" {
  setup_file_status
  ks unset s 'l[-1]' 'l[-1]' a.b.d a.b.c
  silent
  status_is <<'END'
a:
  b: {}
l:
  - 1
END
}

@test "what is not there is fine, and leaves the file alone" {
  setup_file_status
  ks unset nothing a.x a.b.c.d 'l[3]' 'l[-4]' l.x s.x 's[0]' 'a[0]' x.y.z
  silent
  unchanged
}

@test "unset without a file makes none" {
  ks unset a b.c
  silent
  no_status
}

@test "unset of the last key leaves an empty map" {
  ks set a b
  ks unset a
  silent
  status_is <<<'{}'
}

@test "several are removed together or not at all" {
  setup_file_status
  ks unset s a.
  fails 3 <<'END'
kratix-status: error: key "a.": ends where a segment is expected
  a.
    ^
END
  ks unset s status.message
  fails 3 <<'END'
kratix-status: error: key status.message: status.yaml already holds what is below status
kratix-status: hint: write message; a key that is really named so is '"status"'
END
}

@test "no operand" {
  ks unset
  fails 2 <<'END'
kratix-status: error: unset: KEY is missing
kratix-status: hint: usage:
  kratix-status unset [--fresh] [--publish] KEY...
END
}

@test "a top-level key that is published already stays published: a warning" {
  previous_status <<<'url: http://x'
  ks set url=http://y a=b
  ks unset url a
  warns 'kratix-status: warning: key url: already published, and Kratix keeps it: status.yaml can overwrite a top-level key, not remove it; to publish null instead: kratix-status set --json url null'
  status_is <<<'{}'
  ks unset url
  warns 'kratix-status: warning: key url: already published, and Kratix keeps it: status.yaml can overwrite a top-level key, not remove it; to publish null instead: kratix-status set --json url null'
  unchanged
  ks -q unset url
  silent
}

@test "what the warning names publishes null" {
  previous_status <<<'{url: http://x}'
  ks unset url
  eval "${KRATIX_STATUS_BINARY@Q} $(sed -n 's/.*kratix-status set/set/p' captured/stderr)"
  status_is <<<'url: null'
  ks preview -o json --not-last
  prints '{"url":null,"message":"Pending"}'
}

@test "message is reset by Kratix, so that unset needs no warning" {
  previous_status <<<'message: Pending'
  ks set message x
  ks unset message
  silent
}

@test "a nested key of the previous status: the map comes without it" {
  previous_status <<<'iam: {user: admin, password: x, role: {a: 1}}'
  ks unset iam.password iam.role.a
  silent
  status_is <<'END'
iam:
  user: admin
  role: {}
END
}

@test "a nested key that the previous status lacks: nothing is brought" {
  previous_status <<<'iam: {user: admin}'
  ks unset iam.password
  silent
  no_status
  ks unset --fresh iam.user
  silent
  no_status
}

@test "a managed key that somebody wrote can be removed" {
  echo 'kratix: {a: 1}' >"$status"
  ks unset kratix
  silent
  status_is <<<'{}'
}
