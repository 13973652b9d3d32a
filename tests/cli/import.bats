# import [--optional] [--once] [--fresh] [--publish] FILE|- KEY=PATH..., import --terraform; and get, exists, keys --file.
load helper

setup() {
  load_setup
  cat >rds.json <<'END'
{"DBInstances": [{"DBInstanceIdentifier": "db", "Engine": "postgres", "Endpoint": {"Address": "db.eu.rds.amazonaws.com", "Port": 5432},
  "MultiAZ": false, "MaxAllocatedStorage": null, "Tags": [{"Key": "team", "Value": "a"}, {"Key": "cost", "Value": "1.10"}]}]}
END
  cat >terraform.json <<'END'
{"endpoint": {"sensitive": false, "type": "string", "value": "x.db"}, "port": {"sensitive": false, "type": "number", "value": 5432},
 "password": {"sensitive": true, "type": "string", "value": "hunter2"}, "token": {"sensitive": true, "type": "string", "value": "t"},
 "zones": {"sensitive": false, "type": ["list", "string"], "value": ["a", "b"]}}
END
}

table() {
  capture "$python" "$BATS_TEST_DIRNAME/import.py" "$1"
  silent
}

@test "each row of the grammar of selectors does what it says, in a document and in the status, and none writes" { table selectors; }

@test "every document of the corpus is read as merge reads it, or refused with the same error" { table corpus; }

@test "fields of JSON, with their types, beside what the status holds" {
  ks set message x
  ks import rds.json 'endpoint=DBInstances[0].Endpoint.Address' 'db.port=DBInstances[DBInstanceIdentifier=db].Endpoint.Port' \
    'multi=.DBInstances[-1].MultiAZ' 'cost=DBInstances[0].Tags[Key=cost].Value' 'tags=DBInstances[0].Tags'
  silent
  status_is <<'END'
message: x
endpoint: db.eu.rds.amazonaws.com
db:
  port: 5432
multi: false
cost: "1.10"
tags:
  - Key: team
    Value: a
  - Key: cost
    Value: "1.10"
END
}

@test "fields of YAML, read as Kratix reads it, from standard input, a FIFO and a file whose name looks like an option" {
  printf 'version: 1.10\non: yes\n' >-q
  ks import -- -q 'a=version' 'b="true"'
  silent
  echo '- name: x' | "$KRATIX_STATUS_BINARY" import - 'c=[0].name'
  capture bash -c '"$1" import <(echo text) d=.' bash "$KRATIX_STATUS_BINARY"
  silent
  value a 1.1
  value b true
  value c '"x"'
  value d '"text"'
}

@test "a value that is missing or null is an error that says what is there, and nothing is written" {
  ks import rds.json 'a=DBInstances[0].Engine' 'b=DBInstances[0].Endpont.Address'
  fails 3 <<'END'
kratix-status: error: rds.json: DBInstances[0].Endpont.Address: is missing: DBInstances[0] has no Endpont, but DBInstanceIdentifier, Engine, Endpoint, MultiAZ, MaxAllocatedStorage and Tags
kratix-status: hint: did you mean DBInstances[0].Endpoint?
END
  ks import - b=DBInstances.Engine <rds.json
  fails 3 <<'END'
kratix-status: error: standard input: DBInstances.Engine: is missing: DBInstances is a list of 1 item
kratix-status: hint: did you mean DBInstances[0].Engine?
END
  optional='kratix-status: hint: --optional leaves a key as it is where this may be missing'
  ks import rds.json 'b=DBInstances[0].MaxAllocatedStorage'
  fails 3 "kratix-status: error: rds.json: DBInstances[0].MaxAllocatedStorage: is null
$optional"
  ks import rds.json 'b=DBInstances[1].Engine'
  fails 3 "kratix-status: error: rds.json: DBInstances[1].Engine: is missing: DBInstances has 1 item
$optional"
  ks import rds.json 'b=DBInstances[0].Tags[Key=name].Value'
  fails 3 "kratix-status: error: rds.json: DBInstances[0].Tags[Key=name].Value: is missing: no item of DBInstances[0].Tags is [Key=name], there are team and cost
$optional"
  ks import rds.json 'b=DBInstances[0].Endpoint.Port.x'
  fails 3 "kratix-status: error: rds.json: DBInstances[0].Endpoint.Port.x: is missing: DBInstances[0].Endpoint.Port is a number
$optional"
  no_status
}

@test "--optional leaves a key as it is where there is nothing, and only there" {
  ks set old kept
  ks import --optional rds.json 'old=DBInstances[0].MaxAllocatedStorage' 'new=DBInstances[0].Nothing' 'engine=DBInstances[0].Engine'
  silent
  status_is <<'END'
old: kept
engine: postgres
END
  ks import --optional rds.json 'new=DBInstances[0].Nothing'
  silent
  unchanged
  ks import --optional rds.json 'new=DBInstances[0].Tags[Value=a'
  fails 3 <<'END'
kratix-status: error: key "DBInstances[0].Tags[Value=a": ']' is expected
  DBInstances[0].Tags[Value=a
                             ^
END
  echo '[{"a": 1}, {"a": 1}]' >two.json
  ks import --optional two.json 'new=[a=1]'
  fails 3 <<'END'
kratix-status: error: key [a=1]: [a=1] selects 2 items, and must select one
kratix-status: hint: name one by its position: [0] is the first
END
}

@test "with nothing to import, what is wrong with the status is said all the same" {
  printf 'a: b: c\n' >"$status"
  ks import --optional rds.json new=nothing
  fails 4 <<'END'
kratix-status: error: kratix/metadata/status.yaml:1:5: mapping values are not allowed in this context
  a: b: c
      ^
kratix-status: hint: the file is unchanged: fix it, or remove it to start again
END
}

@test "an empty document is an error, with --optional too: a program has failed" {
  empty='kratix-status: error: standard input: is empty
kratix-status: hint: did the program fail that was to write it?'
  ks import - a=b </dev/null
  fails 3 "$empty"
  ks import --optional - a=b <<<' '
  fails 3 "$empty"
  ks import --terraform - </dev/null
  fails 3 "$empty"
}

@test "--once keeps what is there, --fresh does not bring the rest of a map" {
  previous_status <<'END'
url: old
db: {host: h}
END
  ks import --once rds.json 'url=DBInstances[0].Engine' 'engine=DBInstances[0].Engine'
  silent
  status_is <<<'engine: postgres'
  ks import --fresh rds.json 'db.port=DBInstances[0].Endpoint.Port'
  silent
  value db '{"port":5432}'
  rm "$status"
  ks import rds.json 'db.port=DBInstances[0].Endpoint.Port'
  silent
  value db '{"host":"h","port":5432}'
}

@test "--dry-run shows the file, --publish outside of a Pod fails behind the write, --try warns" {
  ks --dry-run import rds.json 'engine=DBInstances[0].Engine'
  prints 'engine: postgres'
  no_status
  ks import --publish rds.json 'engine=DBInstances[0].Engine'
  [ "$code" -eq 5 ] || complain "exit code"
  status_is <<<'engine: postgres'
  ks import --publish --try rds.json 'engine=DBInstances[0].Engine'
  [ "$code" -eq 0 ] || complain "exit code"
}

@test "what set refuses, import refuses" {
  ks import rds.json 'kratix=DBInstances[0].Engine'
  fails 3 <<'END'
kratix-status: error: key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it
kratix-status: hint: choose a key of your own
END
  ks import rds.json 'message=DBInstances[0].Endpoint'
  fails 3 <<'END'
kratix-status: error: key message: must be a string, not a map: Kubernetes refuses the whole status otherwise
kratix-status: hint: give it as one string: kratix-status set message TEXT
END
  ks import rds.json 'status.url=DBInstances'
  fails 3 <<'END'
kratix-status: error: key status.url: status.yaml already holds what is below status
kratix-status: hint: write url; a key that is really named so is '"status"'
END
  ks import rds.json 'list[name=x]=DBInstances'
  fails 3 <<'END'
kratix-status: error: key list[name=x]: a selector such as [name=x] is for reading only
kratix-status: hint: name the item by its position: list[0]
END
  ks import rds.json 'a.b=DBInstances' 'a=DBInstances'
  fails 2 <<'END'
kratix-status: error: import: a replaces what an earlier operand sets
kratix-status: hint: set each key once, a map before the keys below it, and items from one end of a list
END
}

@test "command lines that import does not take" {
  usage='kratix-status: hint: usage:
  kratix-status import [--optional] [--once] [--fresh] [--publish] FILE|- KEY=PATH...
  kratix-status import --terraform [--prefix KEY] [--optional] [--once] [--fresh] [--publish] FILE|- [NAME...]'
  ks import
  fails 2 "kratix-status: error: import: FILE is missing
$usage"
  ks import --terraform
  fails 2 "kratix-status: error: import: FILE is missing
kratix-status: hint: write - for standard input"
  ks import rds.json
  fails 2 "kratix-status: error: import: KEY=PATH is missing
$usage"
  for words in 'a=b' 'a=b c=d'; do
    ks import $words
    fails 2 <<'END'
kratix-status: error: import: FILE is missing in front of KEY=PATH
kratix-status: hint: write - for standard input: kratix-status import - KEY=PATH
END
  done
  ks import rds.json engine
  fails 2 <<'END'
kratix-status: error: import: operand "engine" is not KEY=PATH
kratix-status: hint: write engine=path.of.the.field; a PATH of . is the whole document
END
  for operand in 'a:=b' 'a@=b'; do
    ks import rds.json "$operand"
    fails 2 <<END
kratix-status: error: import: operand "$operand" is not KEY=PATH
kratix-status: hint: write = alone: values keep the types that they have in the document
END
  done
  ks import rds.json a=
  fails 2 <<'END'
kratix-status: error: import: PATH is missing behind =
kratix-status: hint: a PATH of . is the whole document: KEY=.
END
  ks import --prefix a rds.json b=c
  fails 2 <<'END'
kratix-status: error: import: --prefix goes with --terraform
kratix-status: hint: write the whole KEY in KEY=PATH
END
  ks import nowhere.json a=b
  fails 5 'kratix-status: error: open nowhere.json: No such file or directory'
}

left_out='kratix-status: warning: sensitive outputs are left out: password and token; name one to import it'
published='kratix-status: warning: output password is sensitive, and everyone who may read the object can read its status'

@test "Terraform's outputs: all but the sensitive ones, with a warning that names them" {
  ks import --terraform terraform.json
  warns "$left_out"
  status_is <<'END'
endpoint: x.db
port: 5432
zones:
  - a
  - b
END
  ks -q import --terraform - <terraform.json
  silent
  ks import --terraform --prefix 'tf."out puts"' terraform.json
  warns "$left_out"
  value tf '{"out puts":{"endpoint":"x.db","port":5432,"zones":["a","b"]}}'
}

@test "Terraform's outputs by name: sensitive ones too, with a warning that says what that means" {
  ks import --terraform --prefix db terraform.json password port
  warns "$published"
  status_is <<'END'
db:
  password: hunter2
  port: 5432
END
  ks import --terraform terraform.json port
  silent
  ks import --terraform terraform.json endpint
  fails 3 <<'END'
kratix-status: error: terraform.json: output endpint: is missing: there are endpoint, port, password, token and zones
kratix-status: hint: did you mean endpoint?
END
  ks import --terraform terraform.json hostname
  fails 3 <<'END'
kratix-status: error: terraform.json: output hostname: is missing: there are endpoint, port, password, token and zones
kratix-status: hint: --optional leaves a key as it is where this may be missing
END
  ks import --terraform --optional terraform.json hostname port
  silent
  ks import --terraform terraform.json port port
  fails 2 <<'END'
kratix-status: error: import: port replaces what an earlier operand sets
kratix-status: hint: set each key once, a map before the keys below it, and items from one end of a list
END
}

@test "names of outputs are keys as they are, and Kratix's own are refused" {
  ks import --terraform - <<<'{"a.b[0]": {"sensitive": false, "value": 1}, "status": {"sensitive": false, "value": 2}}'
  silent
  value '"a.b[0]"' 1
  value '"status"' 2
  ks import --terraform - <<<'{"kratix": {"sensitive": false, "value": 1}}'
  fails 3 <<'END'
kratix-status: error: key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it
kratix-status: hint: choose a key of your own
END
}

@test "terraform show -json, no outputs, and null outputs" {
  ks import --terraform - <<<'{"format_version": "1.0", "values": {"outputs": {"a": {"sensitive": false, "value": "x"}}}}'
  silent
  status_is <<<'a: x'
  for text in '{}' '{"format_version": "1.0"}' '{"format_version": "1.0", "values": {"root_module": {}}}'; do
    ks import --terraform - <<<"$text"
    warns 'kratix-status: warning: standard input has no outputs'
    unchanged
  done
  ks import --terraform - a <<<'{}'
  fails 3 <<'END'
kratix-status: error: standard input: output a: is missing: there are no outputs
kratix-status: hint: --optional leaves a key as it is where this may be missing
END
  null='{"a": {"sensitive": false, "value": null}, "b": {"sensitive": true, "value": null}}'
  ks import --terraform - a <<<"$null"
  fails 3 <<'END'
kratix-status: error: standard input: output a: is null
kratix-status: hint: --optional leaves a key as it is where this may be missing
END
  ks -q import --terraform - <<<"$null"
  silent
  unchanged
}

@test "what is not Terraform's output" {
  hint='kratix-status: hint: give its output whole, without the name of one; to take a field: import FILE KEY=PATH'
  ks import --terraform rds.json
  fails 3 "kratix-status: error: rds.json: is not what terraform output -json prints: DBInstances has no value
$hint"
  ks import --terraform - <<<'"x.db"'
  fails 3 "kratix-status: error: standard input: is not what terraform output -json prints: it holds a string
$hint"
  ks import --terraform - <<<'{"a": {"value": 1}}'
  fails 3 "kratix-status: error: standard input: is not what terraform output -json prints: a does not say whether it is sensitive
$hint"
  while IFS='|' read -r text why; do
    ks import --terraform - <<<"$text"
    fails 3 "kratix-status: error: standard input: is not what terraform output -json prints: $why
$hint"
  done <<'END'
{"outputs": [{"name": "a", "value": 1}]}|outputs has no value
{"format_version": "1.0", "values": {"outputs": [{"value": 1, "sensitive": false}]}}|values.outputs is a list
{"format_version": "1.0", "values": {"outputs": null}}|values.outputs is null
{"format_version": "1.0", "values": ["a"]}|values is a list
{"format_version": "1.0", "values": {"outputs": {"a": [1]}}}|a has no value
{"format_version": "1.0", "outputs": ["a"]}|it has outputs, but no values
{"format_version": "1.0", "valid": true, "error_count": 0}|it has valid, but no values
END
  ks import --terraform - <<<'{"version": 4, "outputs": {}}'
  fails 3 <<'END'
kratix-status: error: standard input: is Terraform's own state file
kratix-status: hint: give the output of: terraform output -json
END
  ks import --terraform - <<<'{"format_version": "1.2", "planned_values": {}}'
  fails 3 <<'END'
kratix-status: error: standard input: is a plan, whose outputs are not known yet
kratix-status: hint: apply it, and give the output of: terraform output -json
END
}

@test "get --file: any root, every format, --default, and status is a key as any other" {
  ks get --file rds.json 'DBInstances[0].Endpoint.Address'
  prints db.eu.rds.amazonaws.com
  ks get --file rds.json 'DBInstances[0].Endpoint'
  prints '{"Address":"db.eu.rds.amazonaws.com","Port":5432}'
  ks get --file=rds.json -o yaml 'DBInstances[0].Tags[Key=team]'
  prints 'Key: team
Value: a'
  for key in 'DBInstances[0].MaxAllocatedStorage' 'DBInstances[1]' nothing.at.all '[0]'; do
    ks get --file rds.json "$key"
    negative
    ks exists --file rds.json "$key"
    negative
    ks get --file rds.json --default none "$key"
    prints none
  done
  ks get --file - '[1].a' <<<'[0, {"a": "b"}]'
  prints b
  for key in '' .; do
    ks get --file - $key <<<'- 1
- yes'
    prints '[1,true]'
    ks get --file - $key <<<'"text"'
    prints text
    ks get --file - $key </dev/null
    negative
    ks get --file - $key <<<null
    negative
  done
  ks get --file - status.phase <<<'{"status": {"phase": "Running"}}'
  prints Running
  ks exists --file - status <<<'{"status": 0}'
  silent
}

@test "keys --file: of a map, and of nothing else" {
  ks keys --file rds.json 'DBInstances[0].Endpoint'
  prints 'Address
Port'
  ks keys --file - <<<'a b: 1'
  prints '"a b"'
  for text in '[1]' '"x"' '' null; do
    ks keys --file - <<<"$text"
    negative
  done
}

@test "--file needs no Pipeline, and takes one source" {
  KRATIX_ROOT=nowhere ks get --file rds.json 'DBInstances[0].Engine'
  prints postgres
  ks get --file rds.json --from file a
  fails 2 <<'END'
kratix-status: error: get: --from and --file both say what to read
kratix-status: hint: leave one of them out
END
  ks get --file '' a
  fails 2 <<'END'
kratix-status: error: option --file: is empty
kratix-status: hint: name a file, or leave --file out
END
  ks get --file nowhere.json a
  fails 5 'kratix-status: error: open nowhere.json: No such file or directory'
  ks get --file kratix a
  fails 5 'kratix-status: error: read kratix: Is a directory'
}

@test "what would be lost of a document is an error, as for merge" {
  ks get --file - a <<<'a: 1
a: 2'
  fails 3 <<'END'
kratix-status: error: standard input:2:1: key "a" appears on lines 1 and 2; Kratix keeps the last
  a: 2
  ^
END
  ks import - b=a <<<'{"a": 1, "id": 12345678901234567890}'
  fails 3 <<'END'
kratix-status: error: standard input:1:16: Kratix keeps numbers as 64-bit floats and rounds integers beyond 2^53
  {"a": 1, "id": 12345678901234567890}
                 ^
kratix-status: hint: give it as a string: "12345678901234567890"
END
}

@test "selectors read conditions from every source, as Kratix merges them" {
  previous_status <<'END'
conditions:
- {type: Old, status: "True", reason: A, message: "", lastTransitionTime: "2024-08-21T10:27:45Z"}
END
  ks condition set Ready False --reason Starting
  ks get 'conditions[type=Ready].reason'
  prints Starting
  ks get 'conditions[type=Old].status'
  prints True
  ks get --from file 'conditions[type=Old].status'
  negative
  ks get --from object 'status.conditions[type=Old].status'
  prints True
  ks exists 'conditions[type=Missing]'
  negative
  ks keys 'conditions[type="Old"]'
  prints 'type
"status"
reason
message
lastTransitionTime'
  ks set 'conditions[type=Ready].status' True
  fails 3 <<'END'
kratix-status: error: key conditions[type=Ready].status: a selector such as [type=Ready] is for reading only
kratix-status: hint: set a condition with: kratix-status condition set TYPE True|False|Unknown --reason REASON
END
}
