# The blocks of docs/testing.md, in their order, each as a reader copies it. There is no registry here: the images are
# busybox with what the Dockerfile copies, which a stand-in for docker builds and runs in a root of its own.
load ../cli/helper

setup() {
  load_setup
  unset KRATIX_ROOT
  repository=$BATS_TEST_DIRNAME/../..
  bin=$PWD/bin
  mkdir "$bin" empty
  ln -s "$KRATIX_STATUS_BINARY" "$bin/kratix-status"
  cp "$repository/scripts/test-pipeline" "$bin/kratix-status-test-pipeline"
  for name in docker podman; do
    printf '%s\n' '#!/bin/sh' 'exit 1' >"$bin/$name"
    chmod +x "$bin/$name"
  done
  PATH=$bin:$PATH
  unset KRATIX_STATUS_BINARY
  block sh 1 >write-the-promise
  (cd empty && sh -e ../write-the-promise)
}

# block LANGUAGE NUMBER: of docs/testing.md
block() {
  awk -v fence="\`\`\`$1" -v number="$2" '
    $0 == "```" && inside { exit }
    inside
    $0 == fence && ++seen == number { inside = found = 1 }
    END { exit !found }' "$repository/docs/testing.md"
}

in_promise() { (cd empty && sh -e "../$1"); }

@test "every block of docs/testing.md is run here" {
  grep '^```.' "$repository/docs/testing.md" >captured/fences
  diff -u - captured/fences <<'END'
```sh
```sh
```text
```sh
```sh
```yaml
END
}

@test "on Linux: the Promise of the first block prints what the document says" {
  block sh 2 >command
  block text 1 >wanted
  in_promise command >printed
  diff -u wanted printed
}

@test "with --update its result becomes a test case, which is found again and holds" {
  block sh 4 >command
  in_promise command >/dev/null
  [ -f empty/test/resource-request/expected/configure-bucket/metadata/status.yaml ]
  block sh 2 >command
  in_promise command >printed
  grep -qxF '== test/resource-request: delete Pipeline empty' printed
  sed -i 's/Your bucket/The bucket/' empty/pipeline/report
  if in_promise command >printed 2>&1; then complain "a difference is not found"; fi
}

# docker_stands_in: `docker build -t NAME -f FILE .` makes a root of busybox and what FILE copies from the image of
# kratix-status, and `docker run --rm -v HERE:THERE NAME WORD...` runs the entry point in it.
docker_stands_in() {
  cat >"$bin/docker" <<END
#!/bin/bash
set -eu
roots=$PWD/roots
case \$1 in
  info) exit 1 ;;
  build)
    root=\$roots/\$3
    mkdir -p "\$root/bin" "\$root/usr/local/bin" "\$root/tmp" "\$root/proc" "\$root/dev"
    cp "$(command -v busybox)" "\$root/bin/busybox"
    for applet in \$("\$root/bin/busybox" --list); do [ "\$applet" = busybox ] || ln -s busybox "\$root/bin/\$applet"; done
    while read -r word rest; do
      set -- \$rest
      case \$word in
        FROM) [ "\$rest" = alpine:3.22 ] ;;
        COPY)
          [[ \$1 == --from=ghcr.io/OWNER/kratix-status:* ]]
          shift
          for target; do :; done
          while [ \$# -gt 1 ]; do
            cp "\$(readlink -f "$bin\$1")" "\$root\$target\${1##*/}"
            shift
          done ;;
        ENTRYPOINT) echo "\$rest" | tr -d '[],"' >"\$root/entrypoint" ;;
      esac
    done <"\$5" ;;
  run)
    [ "\$2 \$3" = "--rm -v" ]
    root=\$roots/\$5
    mkdir -p "\$root\${4##*:}"
    here=\${4%:*}
    there=\$root\${4##*:}
    shift 5
    exec unshare --mount --pid --fork sh -eu -c 'mount --bind "\$1" "\$2"; mount -t proc proc "\$3/proc"; : >"\$3/dev/null"; root=\$3; shift 3; exec env -i PATH=/usr/local/bin:/bin $(command -v chroot) "\$root" \$(cat "\$root/entrypoint") "\$@"' sh "\$here" "\$there" "\$root" "\$@" ;;
esac
END
  chmod +x "$bin/docker"
}

@test "with nothing but docker: the image of the document finds the Promise in its directory, and scripts find /kratix" {
  [ "$(id -u)" -eq 0 ] || skip "needs root, for a root of its own"
  if ldd "$bin/kratix-status" 2>&1 | grep -q '=>'; then skip "needs the static binary (scripts/build)"; fi
  if ldd "$(command -v busybox)" 2>&1 | grep -q '=>'; then skip "needs a static busybox"; fi
  unshare --mount --pid --fork true || skip "needs to make a mount namespace"
  docker_stands_in
  sed -i 's|\${KRATIX_ROOT:-/kratix}|/kratix|' empty/pipeline/create
  block sh 3 >command
  in_promise command >printed
  block text 1 >wanted
  diff -u wanted printed
  [ ! -e roots/promise-test/kratix ]
}

@test "in a GitHub workflow: each step of the document" {
  block yaml 1 >workflow
  for name in curl dpkg docker; do
    printf '%s\n' '#!/bin/sh' "echo \"$name \$*\" >>'$PWD/calls'" '[ "$1" != info ]' >"$bin/$name"
  done
  printf '%s\n' '#!/bin/sh' 'exec "$@"' >"$bin/sudo"
  printf '%s\n' '#!/bin/sh' 'cat >/dev/null' >"$bin/sha256sum"
  chmod +x "$bin"/*
  "$python" - workflow >steps <<'END'
import sys, yaml
workflow = yaml.safe_load(open(sys.argv[1]))
assert workflow["permissions"] == {"contents": "read"}
print("\n".join(step["run"] for step in workflow["jobs"]["promise"]["steps"] if "run" in step))
END
  in_promise steps >printed
  grep -qxF '== resource-request: configure Pipeline bucket' printed
  diff -u - <(sed -E '/^docker info/d; s/[0-9]+\.[0-9]+\.[0-9]+/VERSION/g' calls) <<'END'
curl -fsSLo kratix-status.deb https://github.com/OWNER/kratix-status/releases/download/vVERSION/kratix-status_VERSION_amd64.deb
dpkg --install kratix-status.deb
docker build -t bucket:dev .
END
}
