# The previous status, .status of input/object.yaml: what is carried over, and what never is. Kratix replaces top-level
# keys whole, while its documentation promises a merge.
load helper

setup() {
  load_setup
  previous_status <<'END'
message: Pending
iam:
  user: admin
  role: {a: 1, list: [1, 2]}
url: http://old
ports: [80, 81]
nothing: null
createdAt: "Thu Jan 28 15:00:00 UTC 2021"
observedGeneration: 1
conditions:
- {type: Reconciled, status: Unknown, reason: A, message: "", lastTransitionTime: "2024-08-21T10:27:45Z"}
kratix: {workflows: {pipelines: [{name: a}]}}
END
}

@test "a write below a top-level map brings the rest of the map" {
  ks set iam.password '<vault-ref>'
  silent
  ks set message 'User created and vault secret created'
  silent
  status_is <<'END'
iam:
  user: admin
  role:
    a: 1
    list:
      - 1
      - 2
  password: "<vault-ref>"
message: User created and vault secret created
END
}

@test "so does an assignment, an append and a merge" {
  ks set iam.a=b
  silent
  value iam '{"user":"admin","role":{"a":1,"list":[1,2]},"a":"b"}'
  rm "$status"
  ks append iam.role.list 3
  silent
  value iam '{"user":"admin","role":{"a":1,"list":[1,2,"3"]}}'
  rm "$status"
  ks merge <<<'{"iam": {"role": {"b": 2}}, "url": "http://new", "own": {"x": 1}}'
  silent
  ks get --from file
  prints '{"iam":{"user":"admin","role":{"a":1,"list":[1,2],"b":2}},"url":"http://new","own":{"x":1}}'
}

@test "--fresh doesn't" {
  ks set --fresh iam.password x
  silent
  value iam '{"password":"x"}'
  rm "$status"
  ks append --fresh iam.list x
  silent
  value iam '{"list":["x"]}'
  rm "$status"
  ks merge --fresh <<<'{"iam": {"role": {"b": 2}}}'
  silent
  value iam '{"role":{"b":2}}'
}

@test "a map that the file has is not brought again" {
  ks set --json iam '{"only": 1}'
  silent
  ks set iam.more 2
  silent
  value iam '{"only":1,"more":"2"}'
}

@test "setting a whole top-level key replaces it" {
  ks set iam x
  silent
  ks set --json url '{"a": 1}'
  silent
  status_is <<'END'
iam: x
url:
  a: 1
END
}

@test "a null or a list at the top of the previous status is no map to bring" {
  ks set nothing.at.all x
  silent
  ks append ports 82
  silent
  ks get --from file
  prints '{"nothing":{"at":{"all":"x"}},"ports":["82"]}'
}

@test "message and conditions are never carried" {
  ks set a.b c
  silent
  ks get message
  negative
  ks get --from file
  prints '{"a":{"b":"c"}}'
  ks set 'conditions[0].status' True
  fails 3 <<'END'
kratix-status: error: key conditions[0].status: conditions is not in the file, and has no items
kratix-status: hint: set a condition with: kratix-status condition set TYPE True|False|Unknown --reason REASON
END
}

@test "managed keys are never carried" {
  ks set kratix.workflows.x y
  fails 3 <<'END'
kratix-status: error: key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it
kratix-status: hint: choose a key of your own
END
  ks unset kratix.workflows
  silent
  no_status
}

@test "--once keeps a value of the previous status, and writes nothing" {
  ks set --once --print createdAt "$(date)"
  prints 'Thu Jan 28 15:00:00 UTC 2021'
  no_status
  ks set --once iam.user other
  silent
  no_status
}

@test "--once sets what the previous status lacks, or has as null" {
  ks set --once --print bucket x-1
  prints x-1
  ks set --once --print bucket x-2
  prints x-1
  ks set --once --print nothing n
  prints n
  ks set --once iam.password p
  silent
  ks get --from file
  prints '{"bucket":"x-1","nothing":"n","iam":{"user":"admin","role":{"a":1,"list":[1,2]},"password":"p"}}'
}

@test "--once: the previous message counts as none, since Kratix resets it" {
  ks set --once --print message hello
  prints hello
  ks set --once --print message other
  prints hello
}

@test "--once: a key of the file hides the previous one, though it is null" {
  ks set --json url null
  ks set --once --print url new
  prints new
}

@test "a second run of a once-only script changes nothing" {
  for run in 1 2; do
    bucket=$("$KRATIX_STATUS_BINARY" set --once --print bucket "org-example-$RANDOM")
    [ "${first:-$bucket}" = "$bucket" ] || complain "another bucket: $bucket"
    first=$bucket
  done
  case $first in org-example-[0-9]*) ;; *) complain "no bucket: $first" ;; esac
}

@test "a previous status that is damaged stops a command that needs it" {
  printf 'status: [\n' >"$object"
  ks set iam.a b
  [ "$code" -eq 4 ] || complain "exit code"
  unchanged
  ks set --fresh iam.a b
  silent
}

@test "--print of a damaged previous status fails before anything is written" {
  printf 'status: [\n' >"$object"
  ks set --print url new
  [ "$code" -eq 4 ] || complain "exit code"
  unchanged
  no_status
}

@test "nothing is put below a scalar that is published, but with --fresh" {
  ks set url.host example.com
  fails 3 <<'END'
kratix-status: error: key url.host: url is published as a string, which cannot have keys below it
kratix-status: hint: choose another key, or give --fresh to put a map in its place
END
  ks append url.hosts example.com
  fails 3 <<'END'
kratix-status: error: key url.hosts: url is published as a string, which cannot have keys below it
kratix-status: hint: choose another key, or give --fresh to put a map in its place
END
  ks set --fresh url.host example.com
  silent
  value url '{"host":"example.com"}'
}

@test "a published number that a float would round is not brought, and reading it warns" {
  previous_status <<'END'
account:
  id: 9007199254740993
other: {a: 1}
END
  ks set account.name main
  fails 3 <<'END'
kratix-status: error: key account: the published status holds a number below it that a 64-bit float would round
kratix-status: hint: set the whole key, with that number as a string, or give --fresh
END
  ks set other.b 2
  silent
  ks set --fresh account.name main
  silent
  ks get --from previous account.id
  [ "$(cat captured/stdout)" = 9007199254740992 ] || complain "value"
  grep -q '^kratix-status: warning: kratix/input/object.yaml:9:9: ' captured/stderr || complain "no warning"
}

@test "an input directory that is named must be there" {
  for run in set get; do
    case $run in
      set) ks --input-dir kratix/inptu set iam.a b ;;
      get) ks --input-dir kratix/inptu get iam.a ;;
    esac
    fails 5 <<'END'
kratix-status: error: open kratix/inptu: No such file or directory
kratix-status: hint: --input-dir or KRATIX_INPUT_DIR names it: name the directory of object.yaml, or leave it out
END
  done
  unset KRATIX_ROOT
  export KRATIX_METADATA_DIR=kratix/metadata KRATIX_INPUT_DIR=kratix/inptu
  ks get iam.a
  fails 5 <<'END'
kratix-status: error: open kratix/inptu: No such file or directory
kratix-status: hint: --input-dir or KRATIX_INPUT_DIR names it: name the directory of object.yaml, or leave it out
END
  ks --root kratix get iam.user
  prints admin
  rm -r kratix/input
  ks --root kratix get --default none iam.user
  prints none
}

@test "--once does not hide that a key is managed by Kratix" {
  ks set --once observedGeneration 2
  [ "$code" -eq 3 ] || complain "exit code"
  unchanged
}
