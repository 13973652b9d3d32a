# Shared by the scripts beside it; sourced, not run. POSIX sh.

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

# As Debian calls it.
case $(uname -m) in
  x86_64) architecture=amd64 ;;
  aarch64 | arm64) architecture=arm64 ;;
  *) architecture=$(uname -m) ;;
esac

# Debian packages: for the shipped binary, for a build with this machine's compiler and libraries, for all tests, and for
# the fault tests.
third_party_packages='ca-certificates debian-archive-keyring dpkg-dev python3-pip'
shipped_packages="$third_party_packages cmake file ninja-build"
build_packages='binutils cmake file g++ libcli11-dev libfmt-dev libyaml-cpp-dev libyaml-dev ninja-build'
fault_packages='e2fsprogs gdb mount openssl patch python3 strace util-linux xfsprogs'
test_packages="bats catch2 python3-yaml $fault_packages"
# busybox-static provides the same program and conflicts with busybox.
command -v busybox >/dev/null || test_packages="$test_packages busybox"

# Where the compiler of the shipped binary keeps what it built.
export ZIG_GLOBAL_CACHE_DIR="$root/build/third-party-cache" ZIG_LOCAL_CACHE_DIR="$root/build/third-party-cache"

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
  say "$*"
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# Runs "$@" and shows what it printed only if it failed.
quietly() {
  if ! printed=$("$@" 2>&1); then
    printf '%s\n' "$printed" >&2
    die "failed: $*"
  fi
}

# step WHAT COMMAND...: runs COMMAND quietly, says WHAT it does, and then how long that took.
step() {
  what=$1
  shift
  say "$what ..."
  began=$(date +%s)
  quietly "$@"
  say "$what: took $(($(date +%s) - began)) s"
}

install_packages() {
  as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

# Installs the Debian packages among "$@" that are missing, all at once, and says so. Each script calls it once, before
# anything else, with all that it and the scripts it calls need.
need_packages() {
  missing=
  for package in "$@"; do
    state=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
    case $state in
      ii*) ;;
      *) missing="$missing $package" ;;
    esac
  done
  [ -n "$missing" ] || return 0
  command -v apt-get >/dev/null || die "this needs Debian or Ubuntu, for the packages$missing; on any other system run it in a container of docker.io/library/debian"
  for_administrator="as root, run: apt-get update && apt-get install -y --no-install-recommends$missing"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "packages are missing, and there is no sudo to install them; $for_administrator"
    say "using sudo to install packages"
  fi
  # Not step(): with sudo the password is asked for on the terminal.
  say "installing$missing ..."
  began=$(date +%s)
  if ! printed=$(install_packages $missing 2>&1); then
    printf '%s\n' "$printed" >&2
    die "the packages could not be installed; $for_administrator"
  fi
  say "installing packages: took $(($(date +%s) - began)) s"
}

# configure_as_shipped SOURCE BUILD OPTION...: for a build of a copy of the sources by the compiler of the shipped binary,
# which scripts/build has fetched.
configure_as_shipped() {
  source=$1
  build=$2
  shift 2
  quietly cmake -S "$source" -B "$build" -G Ninja -D "CMAKE_TOOLCHAIN_FILE=$root/cmake/zig.cmake" \
    -D "KRATIX_STATUS_MBEDTLS=$root/build/third-party/mbedTLS" -D "KRATIX_STATUS_ARCHITECTURE=$architecture" \
    -D KRATIX_STATUS_STATIC=ON -D KRATIX_STATUS_TESTS=OFF "$@"
}
