# append [--json] [--unique] [--fresh] [--publish] KEY VALUE
load helper

@test "append makes the list, and adds to it" {
  ks append hosts a
  silent
  ks append hosts b
  silent
  ks append hosts a
  silent
  status_is <<'END'
hosts:
  - a
  - b
  - a
END
}

@test "append makes the maps on the way, and takes null for a missing list" {
  ks append a.b.c x
  silent
  ks set --json n null
  ks append n x
  silent
  ks get -o json
  prints '{"a":{"b":{"c":["x"]}},"n":["x"]}'
}

@test "append to a list within a list" {
  ks set 'l:=[[1], {"m": []}]'
  ks append 'l[0]' x
  silent
  ks append 'l[-1].m' y
  silent
  value l '[[1,"x"],{"m":["y"]}]'
}

@test "VALUE is a string, whatever it looks like" {
  for item in --json -5 true '' '[a]' 'a: b'; do
    ks append l "$item"
    silent
  done
  value l '["--json","-5","true","","[a]","a: b"]'
}

@test "--json appends any JSON, a list as one item" {
  for item in 1 null '"x"' '[1, 2]' '{"a": {}}'; do
    ks append --json l "$item"
    silent
  done
  value l '[1,null,"x",[1,2],{"a":{}}]'
}

@test "--json with what is not JSON" {
  ks append --json l '{x}'
  fails 3 <<'END'
kratix-status: error: value of l: is not JSON: a key in double quotes is expected
  {x}
   ^
kratix-status: hint: a JSON string needs double quotes; for plain text leave out --json, or use KEY=VALUE
END
}

@test "--unique adds what the list does not hold, by value and type" {
  ks append --unique l 1
  silent
  ks append --unique l 1
  silent
  unchanged
  ks append --unique --json l 1
  ks append --unique --json l 1.0
  unchanged
  ks append --unique --json l '{"a": 1, "b": 2}'
  ks append --unique --json l '{"b": 2, "a": 1}'
  unchanged
  value l '["1",1,{"a":1,"b":2}]'
}

@test "append to what is no list" {
  ks set s=text m.a=b n:=3
  ks append s x
  fails 3 <<'END'
kratix-status: error: append to s: it is a string, not a list
kratix-status: hint: unset s first, or choose another key
END
  ks append m x
  fails 3 <<'END'
kratix-status: error: append to m: it is a map, not a list
kratix-status: hint: unset m first, or choose another key
END
  ks append n x
  fails 3 <<'END'
kratix-status: error: append to n: it is a number, not a list
kratix-status: hint: unset n first, or choose another key
END
  ks unset s
  silent
  ks append s x
  silent
  value s '["x"]'
  ks append m.a.x y
  fails 3 <<'END'
kratix-status: error: key m.a.x: m.a is a string, which cannot have keys below it
kratix-status: hint: unset m.a first, or choose another key
END
}

@test "append to an item that is not there" {
  ks append l x
  ks append 'l[1]' y
  fails 3 <<'END'
kratix-status: error: key l[1]: l has 1 item
kratix-status: hint: add one with: kratix-status append l VALUE
END
}

@test "append to message is refused" {
  ks append message x
  fails 3 <<'END'
kratix-status: error: key message: must be a string, not a list: Kubernetes refuses the whole status otherwise
kratix-status: hint: give it as one string: kratix-status set message TEXT
END
  ks set message x
  silent
  ks append message y
  fails 3 <<'END'
kratix-status: error: append to message: it is a string, not a list
kratix-status: hint: give it as one string: kratix-status set message TEXT
END
}

@test "wrong numbers of operands" {
  usage='kratix-status: hint: usage:
  kratix-status append [--json] [--unique] [--fresh] [--publish] KEY VALUE'
  ks append
  fails 2 "kratix-status: error: append: KEY and VALUE are needed
$usage"
  ks append l
  fails 2 "kratix-status: error: append: KEY and VALUE are needed
$usage"
  ks append l a b
  fails 2 "kratix-status: error: append: 3 operands instead of KEY VALUE: quote the value
$usage"
}

@test "a VALUE that is not UTF-8" {
  ks append l $'\xff'
  fails 3 <<'END'
kratix-status: error: value of l: is not valid UTF-8 (byte 1)
kratix-status: hint: convert it first, with iconv or base64
END
}
