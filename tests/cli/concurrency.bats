# Many writers and readers at once.
load helper

@test "50 parallel sets end with 50 keys, and readers see whole files only" {
  ks set k0 v0
  "$python" - >reader 2>&1 <<'END' &
import os, re, sys, time
reads, most, end = 0, 0, time.monotonic() + 60
while most < 51 and time.monotonic() < end:
    if os.path.exists("stop"):
        end = min(end, time.monotonic() + 1)
    with open("kratix/metadata/status.yaml") as file:  # never missing
        lines = file.read().split("\n")
    keys = [re.fullmatch(r"k(\d+): v\1", line)[1] for line in lines[:-1]]  # never torn
    if lines[-1] or len(set(keys)) != len(keys) or len(keys) < most:
        sys.exit(f"torn, or keys lost: {lines}")
    reads, most = reads + 1, len(keys)
print(f"{reads} reads, {most} keys")
END
  reader=$!
  writers=()
  for i in $(seq 50); do
    "$KRATIX_STATUS_BINARY" set "k$i" "v$i" 2>>errors &
    writers+=($!)
  done
  for writer in "${writers[@]}"; do wait "$writer"; done
  touch stop
  wait "$reader" || { cat reader; false; }
  cat reader errors
  [ ! -s errors ]
  grep -q ' 51 keys$' reader
  ks keys
  seq 0 50 | sed 's/^/k/' | sort >expected
  sort captured/stdout | cmp - expected || complain "keys"
  [ "$(ls -A "$metadata")" = status.yaml ]
}

@test "20 parallel appends to one list end with 20 items" {
  for i in $(seq 20); do "$KRATIX_STATUS_BINARY" append --json l "$i" & done
  wait
  ks get l
  [ "$(tr -d '[]' <captured/stdout | tr , '\n' | sort -n | tr '\n' ' ')" = "$(seq 20 | tr '\n' ' ')" ] || complain "items"
}

@test "20 parallel set --once --print agree on one value" {
  for i in $(seq 20); do "$KRATIX_STATUS_BINARY" set --once --print bucket "name-$i" >"bucket.$i" & done
  wait
  [ "$(cat bucket.* | sort -u | wc -l)" -eq 1 ] || { cat bucket.*; false; }
}

@test "a lock held by flock(1): set gives up after --lock-timeout, and says why" {
  (
    flock -x 9
    ks --lock-timeout 1 set a b
    fails 5 <<'END'
kratix-status: error: lock kratix/metadata: held by another process for more than 1 s
kratix-status: hint: look for a stopped kratix-status or flock, or raise --lock-timeout
END
    ks --lock-timeout 0 set a b
    fails 5 <<'END'
kratix-status: error: lock kratix/metadata: held by another process for more than 0 s
kratix-status: hint: look for a stopped kratix-status or flock, or raise --lock-timeout
END
    ks get a
    negative
    ks --dry-run set a b
    prints 'a: b'
  ) 9<"$metadata"
}

@test "a lock that is released in time: set waits for it" {
  flock -x "$metadata" sh -c 'touch locked; sleep 0.5' &
  holder=$!
  while [ ! -e locked ]; do sleep 0.01; done
  ks --lock-timeout 20 set a b
  silent
  wait "$holder"
}

@test "a script's own writes join in by flock(1)" {
  for i in $(seq 10); do
    flock -x "$metadata" sh -c "echo 'own$i: x' >>$status" &
    "$KRATIX_STATUS_BINARY" set "k$i" v &
  done
  wait
  ks keys
  [ "$(wc -l <captured/stdout)" -eq 20 ] || complain "20 keys"
}
