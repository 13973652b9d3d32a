# The exit codes, one by one: 0 done or yes, 1 a negative answer, 2 usage, 3 refused, 4 malformed, 5 input or output.
# And what the command line says to a typing error.
load helper

# usage_error MESSAGE HINT -- ARGUMENTS...
usage_error() {
  local text="kratix-status: error: $1"
  [ -z "$2" ] || text="$text
kratix-status: hint: $2"
  shift 3
  ks "$@"
  fails 2 "$text"
}

@test "0: done" {
  ks set a b
  silent
}

@test "0: yes" {
  ks set a b
  ks exists a
  silent
}

@test "1: a negative answer" {
  ks get a
  negative
  ks exists a
  negative
  ks keys a
  negative
}

@test "2: usage" { usage_error 'command line: a command is missing' 'kratix-status help lists the commands' --; }

@test "3: refused" {
  ks set kratix x
  fails 3 <<'END'
kratix-status: error: key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it
kratix-status: hint: choose a key of your own
END
}

@test "4: malformed" {
  printf 'a: b: c\n' >"$status"
  ks set d e
  fails 4 <<'END'
kratix-status: error: kratix/metadata/status.yaml:1:5: mapping values are not allowed in this context
  a: b: c
      ^
kratix-status: hint: the file is unchanged: fix it, or remove it to start again
END
}

@test "5: input or output" {
  KRATIX_ROOT=nowhere ks set a b
  fails 5 <<'END'
kratix-status: error: open nowhere/metadata: No such file or directory
kratix-status: hint: make the directory first: mkdir -p nowhere/metadata
END
}

@test "no wrong command line ends with a code of CLI11's own, 100 to 127, or with none of ours" {
  while IFS= read -r arguments; do
    eval "capture \"\$KRATIX_STATUS_BINARY\" $arguments" </dev/null
    [ "$code" -eq 2 ] || complain "exit code $code for: $arguments"
    [ ! -s captured/stdout ] || complain "standard output for: $arguments"
    case $(head -n 1 captured/stderr) in "kratix-status: error: "?*": "?*) ;; *) complain "message for: $arguments" ;; esac
    unchanged
  done <<'END'

''
-
--
-x
-xyz
--x
--=
--=x
---
--root
--root=x
--metadata-dir
--input-dir
--lock-timeout
--lock-timeout 1
--lock-timeout x set a b
--lock-timeout -1 set a b
--lock-timeout '' set a b
--lock-timeout 86401 set a b
--lock-timeout 1.5 set a b
--lock-timeout 99999999999999999999 set a b
--dry-run
--dry-run=yes set a b
--quiet=1 get
-q
-q=1 get
-qx get
-o json get
--json set a b
frob
'set a'
SET a b
set
set a
set a b c
set a=b c
set --json
set --json=1 a b
set --jso a 1
set --json a:=1
set --print a=1
set -p a b
set --once
set --from file a b
set a@=- b@=-
append
append a
append a b c
append --once a b
append a=b
unset
unset --json a
merge a b
import
import --terraform
import in.json
import a=b
import a=b c=d
import - a
import - a:=b
import - a@=b
import - a=
import --prefix a - b=c
import --prefix a
import --json - a=b
get --file
get --file ''
get --file= a
get --file in.json --from file a
get --file in.json a b
exists --file in.json
keys --file in.json a b
merge --json a
get a b
get -o
get -o ''
get -o JSON
get -o=json a
get --from
get --from x
get --from '' a
get --default
get --json a
exists
exists a b
exists --default x a
keys a b
keys -o json
version x
version --x
help x
help --x
END
}

@test "unknown commands, with the nearest right one" {
  usage_error 'command sett: unknown' 'did you mean set?' -- sett a b
  usage_error 'command st: unknown' 'did you mean set?' -- st a b
  usage_error 'command apend: unknown' 'did you mean append?' -- apend a b
  usage_error 'command mrege: unknown' 'did you mean merge?' -- mrege
  usage_error 'command exist: unknown' 'did you mean exists?' -- exist a
  usage_error 'command verison: unknown' 'did you mean version?' -- verison
  usage_error 'command Set: unknown' 'did you mean set?' -- Set a b
  usage_error 'command frobnicate: unknown' 'kratix-status help lists the commands' -- frobnicate
  usage_error 'command frobnicate: unknown' 'kratix-status help lists the commands' -- help frobnicate
  usage_error 'command "": unknown' 'kratix-status help lists the commands' -- ''
  usage_error 'command condition "": unknown' 'kratix-status help condition lists the commands' -- condition ''
  usage_error 'command a\nb\x1b: unknown' 'kratix-status help lists the commands' -- $'a\nb\e'
}

@test "other tools' words for a command, with ours" {
  while read -r words command; do
    for word in ${words//,/ }; do
      usage_error "command $word: unknown" "did you mean $command?" -- $word a b
      # Each is a word of the table, and one of the commands that it stands for.
      ks help "${command%% *}"
      [ "$code" -eq 0 ] || complain "no command $command"
    done
  done <<'END'
ls,list keys or get
show get or keys
cat,print,read get
delete,del,remove,rm unset
add,push append
put,write set
update set or merge
patch,apply merge
has exists
check,lint validate
compare diff
wait retry or suspend
sleep,requeue retry
pause,stop suspend
continue resume
END
  while read -r words command; do
    for word in ${words//,/ }; do
      usage_error "command condition $word: unknown" "did you mean condition $command?" -- condition $word a b
    done
  done <<'END'
add,update set
cat get
delete,del,remove,rm unset
ls list
show list or get
END
}

@test "options behind operands: the hint says where options go, and data stays data" {
  behind() {
    usage_error "$1: --$2 comes after an operand" "options come before operands: $1 --$2$3 ...; quote a value that has blanks" -- "${@:4}"
  }
  behind set root ' DIR' set message x --root .
  behind set root ' DIR' set message x --root=.
  behind set quiet '' set message x -q
  behind set json '' set replicas 3 --json
  behind set dry-run '' set a=1 b=2 --dry-run
  behind append unique '' append list x --unique
  behind get output ' FORMAT' get message -o json
  behind get output ' FORMAT' get message --output=json
  behind exists from ' SOURCE' exists message --from file
  behind merge fresh '' merge in.yaml --fresh
  behind retry max-attempts ' N' retry 10m text --max-attempts 3
  behind suspend quiet '' suspend text -q
  for value in -q --root --root=. --json --; do
    ks set message "$value"
    silent
    ks get message
    prints "$value"
  done
  usage_error 'set: 3 operands instead of KEY VALUE: quote the value' 'set KEY "$value"' -- set message x --rooot
  usage_error 'set: VALUE is missing' 'an empty value is ""; quote the value: set KEY "$value"' -- set -- --root
}

@test "-v and -V" {
  usage_error 'option -v: unknown' 'did you mean --version?' -- -v
  usage_error 'option -V: unknown' 'did you mean --version?' -- -V
}

@test "unknown options, with the nearest right one" {
  usage_error 'option --jsn: unknown' 'did you mean --json?' -- set --jsn a b
  usage_error 'option --onec: unknown' 'did you mean --once?' -- set --onec a b
  usage_error 'option --form: unknown' 'did you mean --from?' -- get --form=file a
  usage_error 'option --dryrun: unknown' 'did you mean --dry-run?' -- --dryrun set a b
  usage_error 'option --metdata-dir: unknown' 'did you mean --metadata-dir?' -- --metdata-dir x set a b
  usage_error 'option --frobnicate: unknown' 'kratix-status help set lists the options' -- set --frobnicate a b
  usage_error 'option -x: unknown' 'kratix-status help set lists the options' -- set -x a b
  usage_error 'option -5: unknown' "put -- before an operand that starts with '-'" -- set -5 b
  usage_error 'option --all: unknown' 'kratix-status help lists the options' -- --all get
  usage_error 'option --all: unknown' 'kratix-status help condition lists the options' -- condition --all
  usage_error 'option --all: unknown' 'kratix-status help condition list lists the options' -- condition list --all
  usage_error 'option --value: unknown' 'kratix-status help set lists the options' -- set --value b
}

@test "options that other programs have" {
  local merge='no option is needed: kratix-status merge [--fresh] [--publish] [FILE|-]'
  usage_error 'option -f: unknown' "$merge" -- merge -f x
  usage_error 'option --filename: unknown' "$merge" -- merge --filename=x
  usage_error 'option -f: unknown' 'did you mean --file?' -- get -f x
  local suspend='no option is needed: kratix-status suspend [--publish] [MESSAGE]'
  usage_error 'option --message: unknown' "$suspend" -- suspend --message hi
  usage_error 'option --message: unknown' 'kratix-status help set lists the options' -- set --message hi
  usage_error 'option --json: unknown' 'did you mean -o json?' -- get --json a
  usage_error 'option --json: unknown' 'did you mean -o json?' -- preview --json
  usage_error 'option --json: unknown' 'kratix-status help merge lists the options' -- merge --json
  usage_error 'option -json: unknown' 'did you mean --json?' -- set -json a 3
}

@test "an option or command cut short is named in full" {
  usage_error 'option --uniq: unknown' 'did you mean --unique?' -- append --uniq a b
  usage_error 'option --def: unknown' 'did you mean --default?' -- get --def a b
  usage_error 'command ver: unknown' 'did you mean version?' -- ver
}

@test "an option of one command is none of another" {
  usage_error 'option --unique: unknown' 'kratix-status help set lists the options' -- set --unique a b
  usage_error 'option --once: unknown' 'kratix-status help merge lists the options' -- merge --once
}

@test "options that lack their value, or have one too many" {
  usage_error 'option --root: needs a value: --root DIR' '' -- --root
  usage_error 'option -o: needs a value: -o FORMAT' '' -- get -o
  usage_error 'option --dry-run: takes no value' '' -- --dry-run=yes set a b
  usage_error 'option --json: takes no value' '' -- set --json=1 a b
  for seconds in x -1 1.5 86401 24h1s -1s 1d 99999999999999999999; do
    usage_error "option --lock-timeout $seconds: must be seconds or a duration such as 10s or 500ms, at most a day (24h)" '' -- \
      --lock-timeout "$seconds" set a b
  done
  usage_error 'option --lock-timeout "": must be seconds or a duration such as 10s or 500ms, at most a day (24h)' '' -- \
    --lock-timeout '' set a b
  usage_error 'option -o "": unknown format' 'use raw, yaml or json' -- get -o '' a
  usage_error 'option --from "": unknown source' 'use effective, file, previous, object or live' -- get --from '' a
}

@test "options before the command and behind it, the last one of a kind counts" {
  ks --lock-timeout 1 set --lock-timeout 2 --once a b
  silent
  ks get -o yaml -o json a
  prints '"b"'
  ks -q get --quiet a
  prints b
  ks get -qo json a
  prints '"b"'
}

@test "version" {
  ks version
  [ "$code" -eq 0 ] && grep -Eqx 'kratix-status [0-9]+\.[0-9]+\.[0-9]+' captured/stdout || complain "version"
  [ "$(wc -l <captured/stdout)" -eq 1 ] || complain "more than a line"
  ks version 2
  fails 2 <<'END'
kratix-status: error: version: takes no operand
kratix-status: hint: usage:
  kratix-status version [--licenses]
END
}

@test "version --licenses prints the notices of what is linked in" {
  ks version --licenses
  prints <"$BATS_TEST_DIRNAME/../../LICENSES/third-party.txt"
}

@test "help: in every way one may ask for it, without touching anything" {
  ks help
  cp captured/stdout help
  for arguments in --help -h '-qh' '--dry-run --help'; do
    ks $arguments
    prints <help
  done
  for command in set append unset merge get exists keys version help; do
    ks help "$command"
    cp captured/stdout help
    for option in --help -h; do
      ks "$command" "$option"
      prints <help
      ks "$option" "$command"
      prints <help
      ks "$command" "$option" a b c d
      prints <help
    done
  done
  no_status
}
