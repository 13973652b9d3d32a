# No secret gets into a file unless --allow-secret says so, and nothing harmless is refused. secrets.jsonl is the table of
# forms and look-alikes, and secrets.py walks it.
load helper

# Without a form of its own, in two parts for scanners of secrets.
password=correct-horse-"battery"
url=postgres://app:"hunter2"@db/app

# secrets WHAT: what secrets.py says
secrets() {
  capture "$python" "$BATS_TEST_DIRNAME/secrets.py" "$1"
  silent
}

# What is asked of a value that is refused.
hint="kratix-status: hint: keep it in a Secret and publish the Secret's name; give --allow-secret if everybody may see it"

@test "each row of the table is refused by its form, or taken" { secrets table; }

@test "a secret of each form is refused on each way into a file" { secrets ways; }

@test "the value of a variable that holds a secret is warned of, and written" {
  DB_PASSWORD=$password ks set url "db?password=$password"
  warns 'kratix-status: warning: value of url holds the value of the variable DB_PASSWORD: everybody who may read the resource sees it; give --allow-secret if that is meant'
  status_is <<<"url: \"db?password=$password\""
}

@test "each suffix of a variable's name counts, and no other name does" {
  for suffix in PASSWORD SECRET TOKEN PRIVATE_KEY ACCESS_KEY SECRET_KEY CONNECTION_STRING; do
    capture env "A_$suffix=$password" KRATIX_STATUS_SECRETS=refuse "$KRATIX_STATUS_BINARY" set url "$password"
    fails 3 <<END
kratix-status: error: value of url: holds the value of the variable A_$suffix: everybody who may read the resource would see it
$hint
END
  done
  for name in PASSWORD A_PASSWORD_FILE A_KEY A_PASSWORDS A_password SECRET_NAME; do
    capture env "$name=$password" KRATIX_STATUS_SECRETS=refuse "$KRATIX_STATUS_BINARY" set url "$password"
    silent
  done
}

@test "the value of a variable counts from eight characters on, without the blanks at its ends" {
  DB_PASSWORD=1234567 ks set url 12345678
  silent
  DB_PASSWORD=$'\n12345678\n' KRATIX_STATUS_SECRETS=refuse ks set url 0123456789
  fails 3 <<END
kratix-status: error: value of url: holds the value of the variable DB_PASSWORD: everybody who may read the resource would see it
$hint
END
  DB_PASSWORD='   ' KRATIX_STATUS_SECRETS=refuse ks set url 'a           b'
  silent
}

@test "the name of a Secret may be the value of any variable" {
  export ELASTIC_SECRET=prod-es-elastic-user KRATIX_STATUS_SECRETS=refuse
  ks set initialLoginDetails.passwordSecretName "$ELASTIC_SECRET"
  silent
  ks set --json login "{\"secretRef\": \"$ELASTIC_SECRET\", \"secret_name\": \"$ELASTIC_SECRET\"}"
  silent
  ks set message "See the Secret $ELASTIC_SECRET"
  fails 3 <<END
kratix-status: error: value of message: holds the value of the variable ELASTIC_SECRET: everybody who may read the resource would see it
$hint
END
}

@test "a secret that shows by its form is refused even as the name of a Secret" {
  ks set passwordSecretName "$url"
  fails 3 <<END
kratix-status: error: value of passwordSecretName: holds a URL with a password: everybody who may read the resource would see it
$hint
END
}

@test "KRATIX_STATUS_SECRETS is refuse, warn or nothing; another value refuses what it should decide about" {
  export DB_PASSWORD=$password
  KRATIX_STATUS_SECRETS=yes ks set url "$password"
  fails 2 <<'END'
kratix-status: error: variable KRATIX_STATUS_SECRETS: must be refuse or warn, not "yes"
kratix-status: hint: unset it to get only a warning for such values
END
  KRATIX_STATUS_SECRETS=yes ks set url example.com
  silent
  KRATIX_STATUS_SECRETS=refuse ks set --allow-secret url "$password"
  silent
  KRATIX_STATUS_SECRETS=warn ks -q set url "$password"
  silent
  KRATIX_STATUS_SECRETS='' ks -q set url "$password"
  silent
}

@test "with --once a value that is kept does not excuse the one that is given" {
  ks set url example.com
  silent
  ks set --once url "$url"
  fails 3 <<END
kratix-status: error: value of url: holds a URL with a password: everybody who may read the resource would see it
$hint
END
}

@test "of several values none is written if one is refused" {
  ks set a=1 "b=$url" c=2
  fails 3 <<END
kratix-status: error: value of b: holds a URL with a password: everybody who may read the resource would see it
$hint
END
  no_status
}

@test "what the previous status holds is brought along, and not judged" {
  previous_status <<<"login: {url: \"$url\"}"
  ks set login.user app
  silent
  status_is <<END
login:
  url: "$url"
  user: app
END
}

@test "a value with both is refused by its form" {
  DB_PASSWORD=$password ks set url "https://u:$password@h"
  fails 3 <<END
kratix-status: error: value of url: holds a URL with a password: everybody who may read the resource would see it
$hint
END
}

@test "fail ends with 1, and says that its message is withheld" {
  ks fail "cannot reach $url"
  [ "$code" -eq 1 ] || complain "exit code"
  ! grep -q hunter2 captured/stderr || complain "the secret is printed"
  diff -u - <(grep warning captured/stderr) <<'END'
kratix-status: warning: the message holds a URL with a password: it is withheld; give --allow-secret if everybody who may read the resource may see it
kratix-status: warning: the platform user does not see: Failed; the message is withheld because it holds a URL with a password
END
}

@test "destination set refuses a secret as a label's value" {
  ks destination set "token=AK""IAQ4XZ2T7LMWABCDEF"
  fails 3 <<END
kratix-status: error: label token: holds an AWS access key: everybody who may read the resource would see it
$hint
END
  ks destination set --allow-secret "token=AK""IAQ4XZ2T7LMWABCDEF"
  silent
}

@test "destination set refuses a secret as a label's name and as the directory, and unset removes it" {
  key=AK""IAQ4XZ2T7LMWABCDEF
  refusal='holds an AWS access key: everybody who may read the resource would see it'
  ks destination set "$key=x"
  fails 3 <<END
kratix-status: error: name of a label: $refusal
$hint
END
  ks destination set --directory "$key" a=b
  fails 3 <<END
kratix-status: error: directory: $refusal
$hint
END
  ks destination set --allow-secret --directory "$key" "$key=x"
  silent
  ks destination unset --directory "$key"
  silent
}

@test "a number that is the value of a variable counts as a string does, and a shorter one does not" {
  export DB_PASSWORD=12345678 A_TOKEN=2.5000000001
  for words in 'set pin:=12345678' 'set --json pin 912345678' 'set --json pin {"a":[12345678]}'; do
    KRATIX_STATUS_SECRETS=refuse ks $words
    place=pin
    [ "${words%]\}}" = "$words" ] || place='pin.a[0]'
    fails 3 <<END
kratix-status: error: value of $place: holds the value of the variable DB_PASSWORD: everybody who may read the resource would see it
$hint
END
  done
  ks merge - <<<'pin: 2.5000000001'
  warns 'kratix-status: warning: value of pin holds the value of the variable A_TOKEN: everybody who may read the resource sees it; give --allow-secret if that is meant'
  ks set pin:=1234567 other:=12345679 pinName:=12345678
  silent
}

@test "a key is compared with variables as a value is, and no message shows it" {
  export DB_PASSWORD=$password
  ks merge - <<<"users: {\"$password\": {name: x, url: \"x$password\"}}"
  warns <<'END'
kratix-status: warning: a key of users holds the value of the variable DB_PASSWORD: everybody who may read the resource sees it; give --allow-secret if that is meant
kratix-status: warning: (not shown, because it holds the value of the variable DB_PASSWORD)
END
  KRATIX_STATUS_SECRETS=refuse ks set "users.\"$password\".name" x
  fails 3 <<END
kratix-status: error: a key of users: holds the value of the variable DB_PASSWORD: everybody who may read the resource would see it
$hint
END
  KRATIX_STATUS_SECRETS=refuse ks condition set "$password" True --reason Done
  fails 3 <<END
kratix-status: error: type of a condition: holds the value of the variable DB_PASSWORD: everybody who may read the resource would see it
$hint
END
  ks unset "users.\"$password\""
  silent
}

@test "validate finds a secret in every file, as key and as value, unless it is told not to" {
  printf 'url: %s\n? %s\n: 1\n' "$url" "$url" >"$status"
  printf 'suspend: true\nmessage: %s\n' "$url" >"$metadata/workflow-control.yaml"
  ks validate
  [ "$code" -eq 1 ] || complain "exit code"
  [ "$(grep -c '\[secret\]' captured/stdout)" -eq 3 ] || complain "not three secrets"
  ks validate --allow-secret
  silent
}

@test "validate --secret-forms lists the forms" {
  ks validate --secret-forms
  grep -qx 'url-with-password      a URL with a password: scheme://user:password@host, unless the password is a placeholder' captured/stdout ||
    complain "a form is missing"
  ks validate --secret-forms status.yaml
  fails 2 <<'END'
kratix-status: error: validate: --secret-forms takes no FILE
kratix-status: hint: usage:
  kratix-status validate [-o FORMAT] [--strict] [FILE...]
  kratix-status validate [-o FORMAT] --rules|--secret-forms
END
}

@test "an error does not show the line or value that holds a secret" {
  DB_PASSWORD=hunter2hunter2 ks set --json login.password hunter2hunter2
  fails 3 <<'END'
kratix-status: error: value of login.password: is not JSON
(not shown, because it holds the value of the variable DB_PASSWORD)
kratix-status: hint: a JSON string needs double quotes; for plain text leave out --json, or use KEY=VALUE
END
  printf 'a: "%s\n' "$url" >text
  ks merge text
  [ "$code" -eq 3 ] && ! grep -qF -- "$url" captured/stderr || complain "the secret is shown"
  printf 'message: %s\n' "$url" >"$status"
  ks validate
  [ "$code" -eq 1 ] && ! grep -qF -- "$url" captured/stdout || complain "the secret is shown"
}

@test "run --stderr does not publish the end of a secret whose begin is no longer kept" {
  DB_PASSWORD=hunter2hunter2hunter2 KRATIX_STATUS_PUBLISH=print \
    ks run --stderr -- sh -c '(printf %s "$DB_PASSWORD"; head -c 16364 /dev/zero | tr "\0" " "; echo; echo failed) >&2; exit 3'
  [ "$code" -eq 3 ] && grep -q 'would publish.*failed' captured/stderr || complain "no failure"
  ! grep 'would publish' captured/stderr | grep -q 'nter2' || complain "a part of the secret is published"
}
