#!/usr/bin/python3
"""Every command works in the barest container: a root with the binary and Kratix's directories in it, and nothing else.

No /proc, /dev or /tmp, read-only but for the metadata directory; uid 65532, no capabilities, no_new_privs, nothing in the
environment but a fixed time. The commands are those that `kratix-status help` lists: one without a case here fails.
Each case runs twice, the second time with standard input, output and error closed, where not even /dev/null can stand
in for them.
"""
import contextlib
import ctypes
import dataclasses
import os
import re
import shutil
import subprocess
import typing

import contained
import harness
from harness import STATUS_WRITER, Failed, expect

INPUT_OBJECT = "kind: Redis\nspec: {size: 3}\nstatus: {bucket: b-1}\n"
OLD = "message: hello\nitems:\n  - a\n"
READY = """conditions:
  - type: Ready
    status: "True"
    reason: Up
    message: ""
    lastTransitionTime: "1970-01-01T00:00:00Z"
"""
SUSPENDED = "suspend: true\nmessage: wait\n"
CONTROL = "workflow-control.yaml"
ANY = None  # on standard output: some text


@dataclasses.dataclass(frozen=True)
class Case:
    arguments: tuple
    stdout: str = ""
    code: int = 0
    old: typing.Optional[str] = OLD  # status.yaml before; None: there is none
    new: str = OLD  # and afterwards
    old_control: typing.Optional[str] = None  # the same for workflow-control.yaml
    control: typing.Optional[str] = None
    stdin: str = ""
    says: str = ""  # standard error begins with it
    is_closed: bool = False  # standard input, output and error

    def __str__(self):
        return " ".join(self.arguments) + (" (standard streams closed)" if self.is_closed else "")


def case(*arguments, **fields):
    return Case(arguments, **fields)


CASES = (
    case("set", "message", "done", new="message: done\nitems:\n  - a\n"),
    case("set", "message", "done", old=None, new="message: done\n"),
    case("set", "--once", "--print", "bucket", "b-2", stdout="b-1\n", new=OLD),
    case("set", "text@=/kratix/input/text", new=OLD + "text: text\n"),
    case("append", "items", "b", new=OLD + "  - b\n"),
    case("unset", "items", new="message: hello\n"),
    case("merge", "/kratix/input/more.yaml", new=OLD + "more: 1\n"),
    case("merge", stdin="{more: 1}", new=OLD + "more: 1\n"),
    case("import", "/kratix/input/more.yaml", "other=more", new=OLD + "other: 1\n"),
    case("quote", "a.b", stdout='"a.b"\n'),
    case("get", "message", stdout="hello\n"),
    case("get", "--from", "object", "spec.size", stdout="3\n"),
    case("exists", "message"),
    case("exists", "other", code=1),
    case("keys", stdout="bucket\nmessage\nitems\n"),
    case("condition", "set", "Ready", "True", "--reason", "Up", new=OLD + READY),
    case("condition", "get", "Ready", "reason", old=OLD + READY, new=OLD + READY, stdout="Up\n"),
    case("suspend", "wait", new=OLD.replace("hello", "wait"), control=SUSPENDED),
    case("retry", "5m", "later", new=OLD.replace("hello", "later"), control='retryAfter: "5m"\nmessage: later\n'),
    case("resume", old_control=SUSPENDED),
    case("suspended", old_control=SUSPENDED, control=SUSPENDED),
    case("suspended", code=1),
    case("destination", "list"),
    case("publish", code=5, says="kratix-status: error: find the object in the cluster: "),
    case("fail", "no room", code=1, says="kratix-status: error: find the object in the cluster: "),
    case("run", "--", "/nowhere", code=127, says="kratix-status: error: run /nowhere: No such file or directory\n"),
    case("validate"),
    case("preview", stdout=ANY),
    case("preview", "-o", "table", stdout=ANY),
    case("diff", stdout=ANY, code=1),
    case("completion", "bash", stdout=ANY),
    case("version", stdout=ANY),
    case("help", stdout=ANY),
    case("help", "set", stdout=ANY),
)


# --- the sandbox

PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 24, 38
LIBC = ctypes.CDLL(None, use_errno=True)


@contextlib.contextmanager
def sandbox():
    """The root directory of the sandbox."""
    harness.need_root()
    with harness.scratch() as top:
        root = harness.mount_tmpfs(top / "root")
        try:
            shutil.copy(harness.BINARY, root / "kratix-status")
            for name in ("input", "metadata", "output"):
                (root / "kratix" / name).mkdir(parents=True)
            (root / "kratix/input/object.yaml").write_text(INPUT_OBJECT)
            (root / "kratix/input/text").write_text("text\n")
            (root / "kratix/input/more.yaml").write_text("more: 1\n")
            harness.mount_tmpfs(root / "kratix/metadata", "mode=0777")
            harness.do("mount", "-o", "remount,ro", root)
            yield root
        finally:
            harness.do("umount", "--recursive", root)


def enter(root, is_closed):
    """In the new process, before it becomes the binary."""
    os.chroot(root)
    os.chdir("/")
    for capability in range(64):
        LIBC.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    os.setgroups([])
    os.setresgid(STATUS_WRITER, STATUS_WRITER, STATUS_WRITER)
    os.setresuid(STATUS_WRITER, STATUS_WRITER, STATUS_WRITER)
    LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if is_closed:
        os.closerange(0, 3)


def run_inside(root, case: Case):
    with open(root.parent / "stdin", "w+") as stdin:
        stdin.write(case.stdin)
        stdin.seek(0)
        return harness.run_command(["/kratix-status", *case.arguments], stdin=stdin,
                                   env={"SOURCE_DATE_EPOCH": "0"}, preexec_fn=lambda: enter(root, case.is_closed))


# --- the goals


def test_case(case: Case):
    with sandbox() as root:
        directory = root / "kratix/metadata"
        if case.old is not None:
            (directory / "status.yaml").write_text(case.old)
        if case.old_control is not None:
            (directory / CONTROL).write_text(case.old_control)
        result = run_inside(root, case)
        if case.is_closed:
            check_closed(result, directory, case)
            return
        expect(result.code == case.code, f"exit code {case.code}", result, directory)
        says = result.stderr.startswith(case.says.encode()) if case.says else result.stderr == b""
        expect(says, f"on standard error: {case.says or 'nothing'}", result, directory)
        is_printed = result.stdout != b"" if case.stdout is ANY else result.stdout.decode() == case.stdout
        expect(is_printed, f"on standard output: {case.stdout or 'some text'!r}", result, directory)
        expect_content(result, directory, case.new, case.control)


def check_closed(result, directory, case):
    """What cannot be printed or read is an error; everything else is as before."""
    cannot = case.stdin != "" or case.stdout != ""
    expect(result.code == (5 if cannot else case.code), f"exit code {5 if cannot else case.code}", result, directory)
    expect_content(result, directory, case.old if cannot else case.new, case.old_control if cannot else case.control)


def expect_content(result, directory, status, control):
    expected = {"status.yaml": status} if control is None else {"status.yaml": status, CONTROL: control}
    found = {path.name: path.read_text() for path in directory.iterdir()}
    expect(found == expected, f"in the directory: {expected}", result, directory)


def test_command(name):
    """Each command that help lists has a case."""
    if not any(case.arguments[0] == name for case in CASES):
        raise Failed(f"sandbox.py has no case for the command {name}")


def test_sandbox(_):
    """The sandbox is what it says: a run that waits for its input is looked at from outside."""
    with sandbox() as root:
        process = subprocess.Popen(["/kratix-status", "merge"], stdin=subprocess.PIPE, env={},
                                   preexec_fn=lambda: enter(root, False))
        try:
            about = dict(re.findall(r"^(\w+):\s+(.*)$", open(f"/proc/{process.pid}/status").read(), re.M))
            inside = sorted(str(path.relative_to(root)) for path in root.glob("**/*"))
            found = {name: about[name] for name in ("Uid", "Gid", "CapEff", "CapPrm", "CapBnd", "NoNewPrivs")}
            if os.readlink(f"/proc/{process.pid}/root") != str(root):
                raise Failed("the root is another")
        finally:
            process.kill()
            process.communicate()
        ids, none = "\t".join([str(STATUS_WRITER)] * 4), "0" * 16
        if found != {"Uid": ids, "Gid": ids, "CapEff": none, "CapPrm": none, "CapBnd": none, "NoNewPrivs": "1"}:
            raise Failed(f"the process is {found}")
        if inside != ["kratix", "kratix-status", *[f"kratix/{name}" for name in (
                "input", "input/more.yaml", "input/object.yaml", "input/text", "metadata", "output")]]:
            raise Failed(f"in the sandbox: {inside}")


def commands():
    overview = harness.run_command([harness.BINARY, "help"]).stdout.decode()
    return re.findall(r"^  (\w+) ", overview.split("Commands:\n")[1].split("\n\n")[0], re.M)


def main():
    contained.start()
    cases = [*CASES, *[dataclasses.replace(case, is_closed=True) for case in CASES]]
    harness.main(
        lambda: harness.goal("the sandbox is bare", test_sandbox, ["merge"]),
        lambda: harness.goal("commands with a case", test_command, commands(), at_least=9),
        lambda: harness.goal("commands in the sandbox", test_case, cases, at_least=56))


if __name__ == "__main__":
    main()
