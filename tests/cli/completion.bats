# Completion: what can stand where the last word stands, and the scripts through which shells ask.
load helper

setup() {
  load_setup
  printf 'message: x\niam: {user: a, "a b": 1}\nconditions:\n- {type: Ready}\n' >"$status"
}

# offers WORD...: the candidates, without their descriptions, are standard input
offers() {
  ks completion --candidates -- "$@"
  cut -f 1 captured/stdout >captured/words
  cat >captured/expected-words
  [ "$code" -eq 0 ] && [ ! -s captured/stderr ] && cmp -s captured/expected-words captured/words && return
  complain "other candidates" || true
  diff -u --label expected --label offered captured/expected-words captured/words
  return 1
}

@test "commands, and the commands of a group, with what they do" {
  offers 'sus' <<'END'
suspend
suspended
END
  grep -q "$(printf '^suspended\tTest whether ')" captured/stdout || complain "no description"
  offers condition '' <<'END'
set
get
unset
list
END
  offers help con <<'END'
condition
END
  ks help
  sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p' captured/stdout >captured/listed
  offers '' <captured/listed
}

@test "options where options stand, and nowhere else" {
  offers set --o <<'END'
--once
END
  offers --ro <<'END'
--root
END
  offers condition set Ready True --rea <<'END'
--reason
END
  offers set message - </dev/null
  offers set -- - </dev/null
  offers quote - </dev/null
}

@test "the values of options" {
  offers get -o '' <<'END'
raw
yaml
json
END
  offers get --from p <<'END'
previous
END
  offers --root '' <<'END'
:directories
END
}

@test "keys of the effective status, nested ones too, with quotes where they need them" {
  previous_status <<'END'
url: http://x
END
  offers set '' <<'END'
url
message
iam
iam.user
iam."a b"
conditions
END
  offers unset message iam.u <<'END'
iam.user
END
  offers get --from file u </dev/null
  offers set message '' </dev/null
  offers --root nowhere get '' </dev/null
}

@test "types of conditions, their status, files" {
  offers condition get '' <<'END'
Ready
END
  offers condition set Ready '' <<'END'
True
False
Unknown
END
  offers merge '' <<'END'
:files
END
}

@test "each operand of each command, by what it stands for" {
  keys() { offers "$@" '' <<<'message
iam
iam.user
iam."a b"
conditions'; }
  types() { offers "$@" '' <<<'Ready'; }
  files() { offers "$@" '' <<<':files'; }
  nothing() { offers "$@" '' </dev/null; }
  for command in set append unset; do keys "$command"; done
  for command in get exists keys; do
    offers "$command" '' <<<'message
iam
iam.user
iam."a b"
conditions
conditions[type=Ready]
conditions[type=Ready].type'
  done
  keys unset message
  for command in set append get exists keys; do nothing "$command" message; done
  nothing set message x
  for command in merge validate import 'get --file' 'keys --file'; do files $command; done
  keys import in.yaml
  keys import in.yaml a=b
  files validate in.yaml
  nothing merge in.yaml
  for command in set get unset; do types condition "$command"; done
  nothing condition unset Ready
  nothing condition set Ready True
  offers condition get Ready '' <<<'type
status
reason
message
lastTransitionTime'
  nothing condition get Ready type
  for line in 'condition list' suspend resume suspended preview diff version quote retry 'retry 10m'; do nothing $line; done
  offers completion '' <<<'bash
zsh
fish'
  nothing completion bash
  offers help condition '' <<<'set
get
unset
list'
  nothing help set
  nothing help condition set
}

@test "items of lists, by the field that names them, where they are read" {
  cat >"$status" <<'END'
ports: [{name: web, port: 80}, {name: "a b"}]
same: [{name: x}, {name: x}]
items: [{metadata: {name: one}}]
plain: [1, [2]]
END
  offers get '' <<'END'
ports
ports[name=web]
ports[name=web].name
ports[name=web].port
ports[name="a b"]
ports[name="a b"].name
same
same[0]
same[0].name
same[1]
same[1].name
items
items[metadata.name=one]
items[metadata.name=one].metadata
items[metadata.name=one].metadata.name
plain
plain[0]
plain[1]
plain[1][0]
END
  cp captured/words keys
  while IFS= read -r key; do
    ks exists "$key"
    silent
  done <keys
  offers unset p <<'END'
ports
plain
END
}

@test "paths in the document that --file and import name, and outputs of Terraform" {
  echo '[{"name": "x", "y": 1}]' >in.json
  offers get --file in.json '' <<'END'
[name=x]
[name=x].name
[name=x].y
END
  offers import in.json 'url=[' <<'END'
url=[name=x]
url=[name=x].name
url=[name=x].y
END
  echo '{"host": {"sensitive": false, "value": 1}, "key": {"sensitive": true, "value": 1}}' >tf.json
  offers import --terraform tf.json '' <<'END'
host
key
END
  grep -qx "$(printf 'key\tsensitive')" captured/stdout || complain "key is not marked"
  mkfifo fifo
  for file in - fifo nowhere "$status"; do
    capture timeout 10 "$KRATIX_STATUS_BINARY" completion --candidates -- get --file "$file" x
    prints </dev/null
  done
}

@test "a line that is wrong has no continuation, and is no error" {
  offers frobnicate '' </dev/null
  offers set --wrong '' </dev/null
  printf 'a: [\n' >"$status"
  ks completion --candidates -- get ''
  [ "$code" -eq 0 ] && [ ! -s captured/stdout ] || complain "malformed status"
}

@test "a type of a condition that looks like a marker for the shells is not offered" {
  printf 'conditions: [{type: ":files"}, {type: ":directories"}, {type: ":other"}, {type: Ready}]\n' >"$status"
  offers condition get '' <<'END'
:other
Ready
END
}

@test "a key that would drive the terminal is offered with escapes, a type of a condition not at all" {
  printf '"a\\x1b[2J": 1\n"x\\ny": 2\n-q: 3\nconditions:\n- {type: "T\\e"}\n- {type: U}\n' >"$status"
  offers get '' <<'END'
"a\u001b[2J"
"x\u000ay"
"-q"
conditions
conditions[type="T\u001b"]
conditions[type="T\u001b"].type
conditions[type=U]
conditions[type=U].type
END
  offers condition get '' <<'END'
U
END
}

@test "bash asks the binary" {
  mkdir bin
  ln -s "$KRATIX_STATUS_BINARY" bin/kratix-status
  : >inner.txt
  cat >ask.bash <<'END'
. <(bin/kratix-status completion bash)
compopt() { :; }
ask() {
  COMP_WORDS=(bin/kratix-status "$@") COMP_CWORD=$#
  _kratix_status
  printf '%s\n' "${COMPREPLY[@]}"
}
ask suspe
ask set iam.
ask merge inn
ask get cond
ask get 'conditions[type' =
ask get 'conditions[type' = Re
ask get --from = prev
ask import in.json user = a.
END
  echo '{"a": {"b": 1}}' >in.json
  capture bash ask.bash
  prints <<'END'
suspend
suspended
iam.user
iam.\"a\ b\"
inner.txt
conditions
conditions\[type=Ready\]
conditions\[type=Ready\].type
Ready\]
Ready\].type
Ready\]
Ready\].type

a.b
END
}

# The shells that can be asked here; CI has both.
needs() {
  command -v "$1" >/dev/null && return
  [ "${CI:-}" != true ] || complain "$1 is missing, and CI must not skip this"
  skip "$1 is missing"
}

@test "fish asks the binary" {
  needs fish
  mkdir bin home
  ln -s "$KRATIX_STATUS_BINARY" bin/kratix-status
  export PATH="$PWD/bin:$PATH" HOME="$PWD/home"
  capture fish --no-config -c 'kratix-status completion fish | source; complete -C "kratix-status susp"; complete -C "kratix-status set iam.u"'
  prints "$(printf 'suspend\tSuspend the workflow after this Pipeline\nsuspended\tTest whether suspend or retry is in effect\niam.user')"
}

@test "zsh asks the binary" {
  needs zsh
  mkdir bin
  ln -s "$KRATIX_STATUS_BINARY" bin/kratix-status
  cat >ask.zsh <<'END'
compdef() { :; }
_describe() { print -rl -- "${(@P)2}"; }
_files() { print -r -- files "$@"; }
. <(bin/kratix-status completion zsh)
ask() {
  local -a words=(bin/kratix-status "$@")
  local CURRENT=$#words
  _kratix-status
}
ask susp
ask set iam.u
ask --root ''
ask merge ''
END
  capture zsh -f ask.zsh
  prints <<'END'
suspend:Suspend the workflow after this Pipeline
suspended:Test whether suspend or retry is in effect
iam.user
files -/
files
END
}

@test "zsh loads it by itself from a directory of completions, and the first use completes" {
  needs zsh
  mkdir bin directory
  ln -s "$KRATIX_STATUS_BINARY" bin/kratix-status
  bin/kratix-status completion zsh >directory/_kratix-status
  cat >ask.zsh <<'END'
fpath=($PWD/directory $fpath)
autoload -Uz compinit
compinit -u -d dump
print -r -- "$_comps[kratix-status]"
_describe() { print -rl -- "${(@P)2}"; }
words=(bin/kratix-status susp)
CURRENT=2
_kratix-status
_kratix-status
END
  capture zsh -f ask.zsh
  prints <<'END'
_kratix-status
suspend:Suspend the workflow after this Pipeline
suspended:Test whether suspend or retry is in effect
suspend:Suspend the workflow after this Pipeline
suspended:Test whether suspend or retry is in effect
END
}

# What a shell has to quote, or could take for an option or an escape of its own: a key `q"x` and a type of a condition
# each. KEY has them as "q\"x" and the like.
odd_names() {
  "$python" - >"$status" <<'END'
import json
types = ["-n", "-e", "a\\b", "c:d", "\\:files"]
print(json.dumps({'q"x': 1, 'r\\"y\\': 2, "conditions": [{"type": name} for name in types]}))
END
}

@test "bash carries backslashes, quotes, colons and dashes through" {
  odd_names
  mkdir bin
  ln -s "$KRATIX_STATUS_BINARY" bin/kratix-status
  cat >ask.bash <<'END'
. <(bin/kratix-status completion bash)
compopt() { :; }
ask() {
  COMP_WORDS=(bin/kratix-status "$@") COMP_CWORD=$#
  _kratix_status
  # What bash inserts is read by bash again.
  eval "words=(${COMPREPLY[*]})"
  printf '%s\n' "${words[@]}"
}
ask get '"'
ask condition get ''
END
  capture bash ask.bash
  prints <<'END'
"q\"x"
"r\\\"y\\"
-n
-e
a\b
c:d
\:files
END
}

@test "fish carries backslashes, quotes, colons and dashes through" {
  needs fish
  odd_names
  mkdir bin home
  ln -s "$KRATIX_STATUS_BINARY" bin/kratix-status
  export PATH="$PWD/bin:$PATH" HOME="$PWD/home"
  capture fish --no-config -c 'kratix-status completion fish | source; complete -C "kratix-status unset "; complete -C "kratix-status condition get "'
  sort captured/stdout >captured/sorted
  mv captured/sorted captured/stdout
  prints <<'END'
"q\"x"
"r\\\"y\\"
-e
-n
\:files
a\b
c:d
conditions
END
}

@test "zsh carries backslashes, quotes, colons and dashes through, at a terminal" {
  needs zsh
  odd_names
  mkdir bin
  ln -s "$KRATIX_STATUS_BINARY" bin/kratix-status
  # In a zsh of its own: types a line, presses TAB, and has the line written to a file instead of run.
  cat >ask.zsh <<'END'
zmodload zsh/zpty
zpty shell TERM=dumb zsh -f -i
zpty -w shell 'autoload -Uz compinit; compinit -u -d dump; . <(bin/kratix-status completion zsh)'
zpty -w shell 'path=($PWD/bin $path); note() { print -r -- "$BUFFER" >line.new; mv line.new line; BUFFER= }; zle -N note; bindkey "^T" note'
ask() {
  rm -f line
  zpty -w -n shell "$1"$'\t\x14'
  local tries=0
  while [[ ! -e line ]] && (( tries++ < 600 )); do zpty -r -t shell >>screen; sleep 0.05; done
  # The words that zsh would run the command with.
  eval "words=($(<line))"
  print -r -- $words[-1]
}
ask 'kratix-status get \"q'
ask 'kratix-status get \"r'
ask 'kratix-status condition get a'
ask 'kratix-status condition get c'
END
  capture zsh -f ask.zsh
  prints <<'END'
"q\"x"
"r\\\"y\\"
a\b
c:d
END
}

@test "help completion has a line for each shell, and each line works" {
  ks help completion
  for line in 'in ~/.bashrc, . <(kratix-status completion bash)' \
    'in ~/.zshrc, after compinit, . <(kratix-status completion zsh)' \
    'in ~/.config/fish/config.fish, kratix-status completion fish | source'; do
    grep -qxF "$line" captured/stdout || complain "help lacks: $line"
  done
}

@test "a shell that is not known, or none" {
  ks completion powershell
  fails 2 <<'END'
kratix-status: error: shell powershell: unknown
kratix-status: hint: use bash, zsh or fish
END
  ks completion
  fails 2 <<'END'
kratix-status: error: completion: one SHELL is needed
kratix-status: hint: usage:
  kratix-status completion bash|zsh|fish
END
}

@test "the manual page has every command, option, exit code and variable of --help" {
  ks help --man
  [ "$code" -eq 0 ] || complain "exit code"
  sed 's/\\-/-/g; s/\\f[BIR]//g; s/\\e/\\/g' captured/stdout >manual
  ks help
  sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p' captured/stdout >names
  [ -s names ] || complain "no commands"
  while read -r name; do
    "$KRATIX_STATUS_BINARY" help "$name" >text
    sed -n 's/^  \(kratix-status .*\)/\1/p; s/^ *\(-[a-z], \)\{0,1\}\(--[a-z-]*\).*/\2/p' text >parts
    while read -r part; do grep -qF -e "$part" manual || complain "the manual lacks: $part"; done <parts
  done <names
  for code in 0 1 2 3 4 5; do grep -qx ".B $code" manual || complain "the manual lacks exit code $code"; done
  for name in $(grep -ao 'KRATIX_[A-Z_]*' "$KRATIX_STATUS_BINARY" | grep -v 'KRATIX_$' | sort -u); do
    grep -qF "$name" manual || complain "the manual lacks $name"
  done
}
