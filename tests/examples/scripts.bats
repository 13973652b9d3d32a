# The scripts on machines unlike the one they were written on: no Debian, no root, a broken apt.
load ../cli/helper

setup() {
  repository=$BATS_TEST_DIRNAME/../..
  bin=$BATS_TEST_TMPDIR/bin
  mkdir "$bin"
  # What any Unix system has.
  for program in awk basename cat chmod cksum cp date diff dirname env find grep head id ln ls mkdir mktemp mv rm sed sh sort tail tr uname; do
    ln -s "$(command -v "$program")" "$bin/$program"
  done
  export TMPDIR=$BATS_TEST_TMPDIR/tmp
  mkdir "$TMPDIR"
}

# stand_in NAME LINE...: a program on PATH
stand_in() {
  rm -f "$bin/$1" # it may be a link to the system's own
  printf '%s\n' '#!/bin/sh' "${@:2}" >"$bin/$1"
  chmod +x "$bin/$1"
}

# A Debian where no package is installed, for a user who is not root.
debian_for_a_user() {
  stand_in dpkg-query 'exit 1'
  stand_in apt-get 'echo "E: Unable to locate package" >&2' 'exit 100'
  stand_in id 'echo 1000'
}

leaves_no_files() { [ -z "$(ls -A "$TMPDIR")" ]; }

@test "test-pipeline needs no Debian when KRATIX_STATUS_BINARY names a binary" {
  PATH=$bin run "$repository/scripts/test-pipeline" "$repository/examples/elastic-cloud"
  echo "$output"
  [ "$status" -eq 0 ]
  [[ $output == *"NAME"*"MESSAGE"* ]]
  leaves_no_files
}

@test "test-pipeline without a binary, and without apt, says in one sentence what to set" {
  KRATIX_STATUS_BINARY='' PATH=$bin run "$repository/scripts/test-pipeline" "$repository/examples/elastic-cloud"
  echo "$output"
  [ "$status" -eq 2 ]
  [ "$output" = "test-pipeline: set KRATIX_STATUS_BINARY to a kratix-status binary: building one needs Debian or Ubuntu" ]
}

@test "a user without sudo gets the one command that an administrator has to run" {
  debian_for_a_user
  PATH=$bin run "$repository/scripts/build"
  echo "$output"
  [ "$status" -eq 1 ]
  [ "$output" = "build: packages are missing, and there is no sudo to install them; as root, run: apt-get update && apt-get install -y --no-install-recommends ca-certificates debian-archive-keyring dpkg-dev python3-pip cmake file ninja-build" ]
}

@test "scripts/test asks for all packages at once" {
  debian_for_a_user
  CI='' PATH=$bin run "$repository/scripts/test"
  echo "$output"
  [ "$status" -eq 1 ]
  for package in g++ bats catch2 busybox strace xfsprogs; do
    [[ $output == *" $package"* ]]
  done
}

@test "a broken apt: what it said, the command to run by hand, and no log files" {
  debian_for_a_user
  stand_in sudo 'exec "$@"'
  PATH=$bin run "$repository/scripts/build"
  echo "$output"
  [ "$status" -eq 1 ]
  [[ $output == *"E: Unable to locate package"* ]]
  [[ ${lines[-1]} == "build: the packages could not be installed; as root, run: apt-get update && apt-get install -y --no-install-recommends ca-certificates "* ]]
  leaves_no_files
}

@test "a system that has no apt is named as such" {
  stand_in dpkg-query 'exit 1'
  PATH=$bin run "$repository/scripts/build"
  echo "$output"
  [ "$status" -eq 1 ]
  [[ $output == "build: this needs Debian or Ubuntu, for the packages ca-certificates "*"; on any other system run it in a container of docker.io/library/debian" ]]
}
