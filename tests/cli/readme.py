"""readme.py FILE SHELL...: runs the sh blocks of FILE with SHELL, over the binary in $KRATIX_STATUS_BINARY.

A block that a Pipeline can run is run as it is printed, and then again with one thing going wrong: each of its calls of
kratix-status in turn ends with each code of CODES, status.yaml is malformed, the metadata directory cannot be written, the
Pipeline has no name. It may then end with an error, but with 0 only if it left the same files as without the fault.
A block that waits is held to that with and without `set -e`; any other with `set -e`, as README tells its readers.
And a request that is not approved never goes on: a block that waits and ends with 0 has left a workflow-control.yaml
that stops Kratix. Prints each breach, and exits with 1 if there is one.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# Blocks that no Pipeline runs, by what they hold: each reason is printed.
NOT_RUN = [
    (r"--publish|kratix-status publish", "there is no API server here; tests/live has one"),
    (r"^cat <<EOF *> */kratix/", "the way without kratix-status; it writes to /kratix itself"),
    (r"^(CI=true )?scripts/", "for the repository: builds and tests"),
    (r"^(sudo )?(docker|podman|buildah|apt-get|dpkg|cmake|git|curl|wget|sha256sum|gh|go|brew|skopeo) ", "for a laptop or an image: installs"),
    (r"^(aws|terraform) |\\$TOWER_HOST", "tests/scenarios runs it"),
    (r"^kubectl ", "needs a cluster"),
    (r"^cat >promise\.yaml|^kratix-status-test-pipeline ", "tests/examples/testing-docs.bats runs it"),
]
CODES = [2, 3, 4, 5, 127, 137]  # ours, a binary that is missing, a kill
WAITS = re.compile(r"\bkratix-status (retry|suspend|resume)\b")
VALUES = {"git_sha": "1234e56"}
ANY_TEXT = "it's \"fine\": 100% # really ready leak@=/etc/hostname"

# What a block is run in: whether the request is approved (`approved` is a function that README's block calls, and 2 is an
# error of it), how often it was tried, and the files that an earlier run of the container left.
LEFT = {"status.yaml": "message: Earlier\n", "workflow-control.yaml": "suspend: true\n"}
SCENES = [(0, 0, {}), (0, 0, LEFT), (1, 0, {}), (1, 0, LEFT), (1, 48, {}), (2, 0, {})]
OBJECT = """kind: Thing
metadata: {{name: example, namespace: default}}
spec: {{size: 3}}
status: {{kratix: {{workflows: {{pipelines: [{{name: gate, attempts: {attempts}}}]}}}}}}
"""
# Stands before the binary: the call of the number in $FAIL_AT ends with $FAIL_WITH.
STAND_IN = """#!/bin/sh
echo call >>"$CALLS"
[ "$(grep -c . "$CALLS")" != "$FAIL_AT" ] || exit "$FAIL_WITH"
exec "{binary}" "$@"
"""


def blocks(text):
    """The sh blocks, each with its first line's number."""
    for found in re.finditer(r"^```sh\n(.*?)^```$", text, re.M | re.S):
        yield text[:found.start(1)].count("\n") + 1, found[1]


def reason_not_to_run(block):
    return next((reason for pattern, reason in NOT_RUN if re.search(pattern, block, re.M)), None)


def prelude(block, approved, strict):
    names = set(re.findall(r"\$\{?([A-Za-z_]\w*)", block)) - {"PWD"} - set(re.findall(r"^\s*(\w+)=", block, re.M))
    lines = [f"{name}='" + VALUES.get(name, ANY_TEXT).replace("'", "'\\''") + "'" for name in sorted(names)]
    return "\n".join(["set -eu" if strict else "set -u", *lines, f"approved() {{ return {approved}; }}", ""])


class Top:
    """A directory that any user can enter, since the one who cannot write is not root."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp())
        self.path.chmod(0o755)
        (self.path / "bin").mkdir()
        shutil.copy(os.environ["KRATIX_STATUS_BINARY"], self.path / "binary")
        (self.path / "binary").chmod(0o755)
        (self.path / "bin/kratix-status").write_text(STAND_IN.format(binary=self.path / "binary"))
        (self.path / "bin/kratix-status").chmod(0o755)

    def run(self, shell, script, scene, fault):
        """The exit code, the files left, the number of calls, and what was printed on standard error."""
        _, attempts, left = scene
        root = self.path / "kratix"
        shutil.rmtree(root, ignore_errors=True)
        for name in ("input", "metadata", "output"):
            (root / name).mkdir(parents=True)
            (root / name).chmod(0o777)
        (root / "input/object.yaml").write_text(OBJECT.format(attempts=attempts))
        for name, text in left.items():
            (root / "metadata" / name).write_text(text)
            (root / "metadata" / name).chmod(0o666)
        if fault.get("malformed"):
            (root / "metadata/status.yaml").write_text("message: [\n")
        calls = self.path / "calls"
        calls.write_text("")
        calls.chmod(0o666)
        environment = {"PATH": f"{self.path}/bin:{os.environ['PATH']}", "KRATIX_ROOT": str(root), "LC_ALL": "C.UTF-8",
                       "KRATIX_WORKFLOW_TYPE": "resource", "KRATIX_WORKFLOW_ACTION": "configure", "CALLS": str(calls),
                       "FAIL_AT": str(fault.get("call", 0)), "FAIL_WITH": str(fault.get("code", 0))}
        if not fault.get("nameless"):
            environment["KRATIX_PIPELINE_NAME"] = "gate"
        user = {}
        if fault.get("unwritable"):
            (root / "metadata").chmod(0o555)
            user = {"user": 65532, "group": 65532, "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run([*shell, "-c", script], cwd=self.path, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, check=False, **user)
        (root / "metadata").chmod(0o777)
        files = {path.name: path.read_text() for path in sorted((root / "metadata").iterdir())}
        return done.returncode, files, len(calls.read_text().split()), done.stderr.decode()

    def stops(self):
        """Whether the files tell Kratix to stop."""
        done = subprocess.run([self.path / "binary", "--root", self.path / "kratix", "suspended"], capture_output=True, check=False)
        return done.returncode == 0


def faults(calls, writes_status):
    yield from ({"call": call, "code": code} for call in range(1, calls + 1) for code in CODES)
    yield from ({"unwritable": True}, {"nameless": True})
    if writes_status:
        yield {"malformed": True}


def check(top, line, block, shell, problems):
    waits = bool(WAITS.search(block))
    for scene in SCENES if waits else SCENES[:1]:
        for strict in (False, True) if waits else (True,):
            script = prelude(block, scene[0], strict) + block
            label = f"line {line}, {' '.join(shell)}{', set -e' if strict else ''}, approved() returns {scene[0]}, attempts: {scene[1]}"
            code, expected, calls, errors = top.run(shell, script, scene, {})
            if code != 0 or errors or calls == 0:
                problems.append(f"{label}: exit code {code}, {calls} calls: {errors}")
                continue
            if waits and top.stops() != (scene[0] != 0):
                problems.append(f"{label}: exit code 0, and Kratix {'stops' if top.stops() else 'goes on'}: {expected}")
            writes_status = expected.get("status.yaml") != scene[2].get("status.yaml")
            for fault in faults(calls, writes_status):
                code, files, _, _ = top.run(shell, script, scene, fault)
                if code == 0 and files != expected:
                    problems.append(f"{label}, {fault}: exit code 0, and left {files}")
                if code == 0 and waits and scene[0] != 0 and not top.stops():
                    problems.append(f"{label}, {fault}: the request is not approved, and goes on")


def main():
    top, problems, ran, waiting = Top(), [], 0, 0
    try:
        for line, block in blocks(pathlib.Path(sys.argv[1]).read_text()):
            reason = reason_not_to_run(block)
            if reason is not None:
                print(f"line {line} is not run: {reason}", file=sys.stderr)
                continue
            ran += 1
            waiting += bool(WAITS.search(block))
            check(top, line, block, sys.argv[2:], problems)
    finally:
        shutil.rmtree(top.path)
    if pathlib.Path(sys.argv[1]).name == "README.md" and not waiting:
        problems.append(f"{ran} blocks were run, and none waits")
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


main()
