# Several runs of these tests on one machine at the same time: Kratix's webhooks always use port 9443.
load helper

@test "in a network namespace of its own, port 9443 is free while this cluster uses it" {
  listen='import socket; socket.create_server(("", 9443))'
  run python3 -c "$listen"
  [[ $output == *"Address already in use"* ]] || complain "this cluster does not use port 9443: $output"
  run "$BATS_TEST_DIRNAME/in-own-network" python3 -c "$listen"
  [[ $output != *"no network namespace can be made here"* ]] || skip "no network namespace can be made here"
  is "the exit code" 0 "$status"
  is "the output" "" "$output"
}

@test "a second cluster in the same network says who has port 9443, and what to do" {
  mkdir second
  run "$BATS_TEST_DIRNAME/cluster" "$E2E_TOOLS" "$BATS_TEST_TMPDIR/second"
  is "the exit code" 1 "$status"
  is "the output" "$(
    printf %s "cluster: port 9443, which Kratix's webhooks cannot do without, is taken, perhaps by another run; " \
      "run this as root, so that each run has a network of its own, or wait for the other to end"
  )" "$output"
  is "what it wrote" "" "$(ls second)"
}
