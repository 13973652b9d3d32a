# A line that is appended to a file in flow style: Kratix reads the first document, which ends at the brace.
load helper

setup_todo() { request todo '{}' </dev/null; }

@test "published: no error, and no url" {
  needs_yq
  setup_todo
  container flow-style/scan/published
  container flow-style/app/published
  user_sees <<'END'
message: "Resource requested"
vulnerabilities: "no vulnerabilities found"
END
}

@test "published: set refuses the file, and validate names the line where Kratix stops reading" {
  needs_yq
  setup_todo
  container flow-style/scan/published
  container flow-style/app/published
  ks set message ready
  fails 4 <<'END'
kratix-status: error: kratix/metadata/status.yaml:2:1: Kratix stops reading here, and silently drops the rest
  url: http://todo.default.local.gd:31338
  ^
kratix-status: hint: make it one document: move these lines into the map above, or remove them
END
  ks validate
  [ "$code" -eq 1 ] || complain "exit code"
  grep -qF 'status.yaml:2:1: error: Kratix stops reading here' captured/stdout || complain "validate"
}

@test "run: the user sees both keys" {
  setup_todo
  container flow-style/scan/run
  container flow-style/app/run
  silent
  user_sees <<'END'
message: "Resource requested"
url: "http://todo.default.local.gd:31338"
vulnerabilities: "no vulnerabilities found"
END
  user_gets <<'END'
NAME   MESSAGE              STATUS
todo   Resource requested   Pending
END
}

@test "run: the second container goes on from the first one's flow style, too" {
  needs_yq
  setup_todo
  container flow-style/scan/published
  container flow-style/app/run
  user_sees <<'END'
message: "Resource requested"
url: "http://todo.default.local.gd:31338"
vulnerabilities: "no vulnerabilities found"
END
}
