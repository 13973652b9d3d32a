# quote: text from elsewhere as one segment of a KEY.
load helper

# What nobody may be able to make of a key.
@test "quote prints any text as one quoted segment, on one line" {
  while IFS='|' read -r text quoted; do
    ks quote "$(printf '%b' "$text")"
    prints "$quoted"
  done <<'END'
a|"a"
|""
a b|"a b"
a.b[0]|"a.b[0]"
a=b|"a=b"
x:|"x:"
x@|"x@"
status|"status"
-q|"-q"
--help|"--help"
--|"--"
"|"\""
a\\b|"a\\b"
a\nb|"a\u000ab"
a\tb\x1b\x7f|"a\u0009b\u001b\u007f"
\xc2\x9b\xe2\x80\xa8\xe2\x80\xae|"\u009b\u2028\u202e"
é|"é"
END
  ks quote $'a\n'
  prints '"a\u000a"'
}

@test "every hostile string, made a segment by quote, is that key and no other" { hostile quote; }

@test "text that would end the key, or be an operator, changes nothing else" {
  mkdir -p files
  echo secret >files/secret
  k='x@' v=files/secret
  ks set "labels.$("$KRATIX_STATUS_BINARY" quote "$k")" "$v"
  ks set "more.$("$KRATIX_STATUS_BINARY" quote "$k")=$v"
  k='a@=files/secret' v='message=hacked'
  ks set "labels.$("$KRATIX_STATUS_BINARY" quote "$k")" "$v"
  silent
  status_is <<'END'
labels:
  "x@": files/secret
  "a@=files/secret": "message=hacked"
more:
  "x@": files/secret
END
}

@test "text that is not UTF-8 is refused, and the key that lacks it is refused too" {
  ks quote $'caf\351'
  fails 3 <<'END'
kratix-status: error: text "caf\xe9": is not valid UTF-8 (byte 4)
kratix-status: hint: convert it first, with iconv or base64
END
  k=$("$KRATIX_STATUS_BINARY" quote $'caf\351' 2>/dev/null) || [ $? -eq 3 ]
  for command in "set labels.$k v" "set labels.$k=v" "append labels.$k v" "unset labels.$k" "get labels.$k" \
    "exists labels.$k" "keys labels.$k"; do
    ks $command
    fails 3 <<'END'
kratix-status: error: key "labels.": ends where a segment is expected
  labels.
         ^
END
  done
  ks set "$k" v
  fails 3 'kratix-status: error: key "": the key is empty'
  ks set "a.$k.b" v
  [ "$code" -eq 3 ] || complain "a segment in the middle"
  ks set "a[$k]" v
  [ "$code" -eq 3 ] || complain "a segment in brackets"
  no_status
}

@test "all that follows quote is TEXT, and there is one" {
  ks quote
  fails 2 <<'END'
kratix-status: error: quote: 0 operands instead of one TEXT: quote it for the shell
kratix-status: hint: kratix-status quote "$text"
END
  ks quote a b
  fails 2 <<'END'
kratix-status: error: quote: 2 operands instead of one TEXT: quote it for the shell
kratix-status: hint: kratix-status quote "$text"
END
  ks quote -- a
  [ "$code" -eq 2 ] || complain "exit code"
  ks -q quote -q
  prints '"-q"'
  KRATIX_ROOT=nowhere ks quote a
  prints '"a"'
}
