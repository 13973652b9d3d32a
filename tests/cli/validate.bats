# What Kratix would make of files written by hand. The rules, each by an example, are in tests/validate.
load helper

finds() {
  expected stdout
  : >captured/expected-stderr
  check "$1"
}

@test "right files: nothing said, exit code 0" {
  echo 'message: all is well' >"$status"
  echo 'retryAfter: 5m' >"$metadata/workflow-control.yaml"
  printf -- '- matchLabels:\n    environment: dev\n' >"$metadata/destination-selectors.yaml"
  ks validate
  silent
  ks validate --strict
  silent
  ks validate -o json
  prints '[]'
}

@test "an empty directory is right" {
  ks validate
  silent
}

@test "an error: place, line, caret and hint, and exit code 1" {
  printf 'url: x\nmessage: Error: disk full\n' >"$status"
  ks validate
  finds 1 <<'END'
kratix/metadata/status.yaml:2:15: error: mapping values are not allowed in this context [yaml-syntax]
  message: Error: disk full
                ^
  hint: quote values that hold ': ', ' #', quotes or backslashes, or write the file with kratix-status
END
  unchanged
}

@test "a warning alone is no failure, unless --strict says so" {
  echo 'release: 1234e56' >"$status"
  ks validate
  finds 0 <<'END'
kratix/metadata/status.yaml:1:10: warning: Kratix reads "1234e56" as 1.234e+59, YAML 1.1 readers such as PyYAML as text [ambiguous-number]
  release: 1234e56
           ^
  hint: quote it if it is text, or write the number in plain decimal digits
END
  ks validate --strict
  [ "$code" -eq 1 ] || complain "exit code"
}

@test "-o json: one object a finding" {
  printf 'message: a\nmessage: b\n' >"$status"
  ks validate -o json
  prints '[{"file":"kratix/metadata/status.yaml","line":2,"column":1,"severity":"warning","rule":"duplicate-key","message":"key \"message\" appears on lines 1 and 2; Kratix keeps the last","fix":"remove one of them; kratix-status set replaces a key"}]'
}

@test "the line at which Kratix stops reading" {
  printf '{vulnerabilities: "none"}\nurl: http://todo.local:31338\n' >"$status"
  ks validate
  finds 1 <<'END'
kratix/metadata/status.yaml:2:1: error: Kratix stops reading here, and silently drops the rest [trailing-text]
  url: http://todo.local:31338
  ^
  hint: make it one map: put the lines from here on inside, or remove them
END
}

@test "a broken file does not keep validate from the others" {
  echo 'a: b: c' >"$status"
  echo 'suspend: "true"' >"$metadata/workflow-control.yaml"
  ks validate
  [ "$code" -eq 1 ] || complain "exit code"
  [ "$(grep -c ': error: ' captured/stdout)" -eq 2 ] || complain "two errors"
}

@test "operands: any file, its kind told by its name, - is a status" {
  echo 'retryAfter: 1d' >my-workflow_control.yml
  echo 'message: 42' >ci-status.txt
  capture sh -c 'echo "kratix: 1" | "$0" validate my-workflow_control.yml ci-status.txt -' "$KRATIX_STATUS_BINARY"
  finds 1 <<'END'
my-workflow_control.yml:1:13: error: retryAfter 1d: Go has no unit d [retry-after-not-a-duration]
  retryAfter: 1d
              ^
  hint: write 30s, 5m or 1h30m; a day is 24h
ci-status.txt:1:10: error: message must be a string, not a number [message-not-a-string]
  message: 42
           ^
  hint: quote it
standard input:1:1: error: key kratix: Kratix fails the Pod when a Pipeline writes it [managed-key]
  kratix: 1
  ^
  hint: choose a key of your own
END
}

@test "a file that is not there: exit code 5, and the others are looked at" {
  echo 'message: 42' >a.yaml
  ks validate nowhere.yaml a.yaml
  [ "$code" -eq 5 ] || complain "exit code"
  [ "$(cat captured/stderr)" = 'kratix-status: error: open nowhere.yaml: No such file or directory' ] || complain stderr
  grep -q '^a.yaml:1:10: error: ' captured/stdout || complain stdout
}

@test "misspelt names are told, and what they hold" {
  for name in status.yml Status.yaml status.json workflow_control.yaml workflow-control.yml workflowcontrol.yaml \
    worfklow-control.yaml destination_selectors.yaml; do
    rm -f "$metadata"/*
    echo 'retryAfter: 5m' >"$metadata/$name"
    ks validate -o json
    grep -q '"rule":"misspelt-file-name"' captured/stdout || complain "$name"
  done
  rm -f "$metadata"/*
  echo 'message: 42' >"$metadata/status.yml"
  ks validate
  finds 1 <<'END'
kratix/metadata/status.yml:1:1: warning: Kratix does not read a file of this name [misspelt-file-name]
  hint: rename it to status.yaml
kratix/metadata/status.yml:1:10: error: message must be a string, not a number [message-not-a-string]
  message: 42
           ^
  hint: quote it
END
}

@test "other files of the directory are none of its business" {
  for name in notes.txt state.txt values.yaml run.log wf.yaml .status.yaml.kratix-status.tmp; do echo 'a: b: c' >"$metadata/$name"; done
  ks validate --strict
  silent
}

@test "modes, links, directories and FIFOs" {
  echo 'a: x' >"$status"
  chmod 0600 "$status"
  ln -s /etc/passwd "$metadata/workflow-control.yaml"
  mkdir "$metadata/destination-selectors.yaml"
  chmod 0770 "$metadata"
  ks validate
  finds 1 <<'END'
kratix/metadata:1:1: error: mode 0770: uid 65532 cannot search the directory [directory-unsearchable]
  hint: run chmod o+x on the directory
kratix/metadata/destination-selectors.yaml:1:1: error: this is not a regular file [not-a-regular-file]
  hint: remove it, and write a file
kratix/metadata/status.yaml:1:1: error: mode 0600: uid 65532 cannot read the file [file-unreadable]
  hint: run chmod 0644 in the container that writes it
kratix/metadata/workflow-control.yaml:1:1: error: the file is a symbolic link [symbolic-link]
  hint: write the file itself
END
}

@test "a file that uid 65532 owns it can read" {
  [ "$(id -u)" -eq 0 ] || skip "needs root"
  echo 'a: x' >"$status"
  chmod 0600 "$status"
  chown 65532 "$status"
  ks validate
  silent
}

@test "nothing in a file can drive the terminal" {
  printf 'status.\033[31m: x\n' >"$status"
  ks validate
  ! grep -q "$(printf '\033')" captured/stdout || complain "an escape sequence"
}

@test "10,000 findings in one line" {
  { printf '{'; for i in $(seq 10000); do printf 'k%d: yes, ' "$i"; done; echo 'k: no}'; } >"$status"
  capture timeout 60 "$KRATIX_STATUS_BINARY" validate
  [ "$code" -eq 0 ] || complain "exit code"
  [ "$(grep -c 'boolean-word' captured/stdout)" -eq 100 ] || complain "findings"
  [ "$(tail -n 1 captured/stdout)" = 'kratix/metadata/status.yaml: and 9901 more' ] || complain "the others"
}

@test "a condition with thousands of unknown fields" {
  { echo 'conditions:'; printf -- '- type: Ready\n'; for i in $(seq 5000); do echo "  k$i: x"; done; } >"$status"
  capture timeout 60 "$KRATIX_STATUS_BINARY" validate
  [ "$code" -eq 1 ] || complain "exit code"
  [ "$(grep -c 'condition-field-unknown' captured/stdout)" -eq 99 ] || complain "findings"
  [ "$(tail -n 1 captured/stdout)" = 'kratix/metadata/status.yaml: and 4901 more' ] || complain "the others"
}

@test "the rules can be listed" {
  ks validate --rules
  [ "$code" -eq 0 ] || complain "exit code"
  grep -q '^duplicate-key  *warning  *The same key appears twice' captured/stdout || complain "the list"
  ks validate --rules -o json
  python3 -c 'import json, sys; assert len(json.load(sys.stdin)) > 50' <captured/stdout || complain "json"
}

@test "the status of a Promise" {
  printf 'message: x\nurl: http://x\n' >"$status"
  export KRATIX_WORKFLOW_TYPE=promise
  ks validate
  finds 0 <<'END'
kratix/metadata/status.yaml:2:1: warning: key url: the status of a Promise has no such field [promise-key]
  url: http://x
  ^
  hint: put it into message
END
}
