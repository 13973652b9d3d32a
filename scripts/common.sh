# Shared by the scripts beside it; not to be run. POSIX sh.

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
architecture=$(dpkg --print-architecture)

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

# Installs the Debian packages among "$@" that are missing, and says so.
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
  command -v apt-get >/dev/null || die "missing packages:$missing (and no apt-get to install them)"
  [ "$(id -u)" -eq 0 ] || say "using sudo to install packages"
  say "installing$missing"
  log=$(mktemp)
  if ! { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
    cat "$log" >&2
    die "could not install$missing"
  fi
  rm -f "$log"
}

need_build_packages() {
  need_packages g++ cmake ninja-build libcli11-dev libfmt-dev libyaml-cpp-dev libyaml-dev
}

# own_apt FOLDER ARGUMENT...: apt-get with lists and caches in FOLDER, so that the system's configuration stays as it is.
own_apt() {
  folder=$1
  shift
  quietly apt-get -o Dir::Etc::SourceList="$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$folder/state" -o Dir::Cache="$folder/cache" -o APT::Sandbox::User= "$@"
}

# make_own_apt FOLDER TYPE: sets it up with the system's own package sources, of TYPE deb or deb-src.
make_own_apt() {
  mkdir -p "$1/state/partial" "$1/cache/archives/partial"
  apt-get indextargets --format "$2 \$(REPO_URI) \$(RELEASE) \$(COMPONENT)" 'Identifier: Packages' |
    sort -u >"$1/sources.list"
}

need_fault_packages() {
  need_packages e2fsprogs gdb mount patch python3 strace util-linux xfsprogs
}

# Runs "$@" and shows what it printed only if it failed.
quietly() {
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    die "failed: $*"
  fi
  rm -f "$log"
}
