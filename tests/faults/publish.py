#!/usr/bin/python3
"""A publish that fails, at whatever system call or by a signal, leaves the files of the metadata directory as they were.

Each run has a fake API server of its own (tests/live). A fault may be survived, since publish tries again: then the
object holds what status.yaml says. What --publish has written before stays. `fail` leaves its mark in status.yaml, the
message Pending, only where the platform user sees the failure.
"""
import contextlib
import dataclasses
import pathlib
import sys
import tempfile
import threading

import harness
import trace
from harness import expect

sys.path.insert(0, str(harness.ROOT / "tests/live"))

import api_object  # noqa: E402
import fake_api_server  # noqa: E402
import service_account  # noqa: E402

TOKEN = "good-token"
MESSAGE = "Quota exceeded"
OLD = b"k: v\n"
PENDING = OLD + b"message: Pending\n"
certificates = pathlib.Path()  # set before the goals


@dataclasses.dataclass(frozen=True)
class Command:
    arguments: tuple  # the command's name first
    succeeds: int  # the exit code when it is published
    fails: int  # the exit code when it is not
    done: bytes  # status.yaml after a success

    def __str__(self):
        return " ".join(self.arguments)

    def within(self, timeout):
        name, *rest = self.arguments
        return dataclasses.replace(self, arguments=(name, "--timeout", timeout, *rest))


PUBLISH = Command(("publish",), 0, 5, OLD)
TRY = Command(("publish", "--try"), 0, 0, OLD)
SET = Command(("set", "--publish", "new", "1"), 0, 5, OLD + harness.NEW_LINE)
FAIL = Command(("fail", MESSAGE), 1, 1, PENDING)
RUN = Command(("run", "--message", MESSAGE, "--", "false"), 1, 1, PENDING)
COMMANDS = (PUBLISH, TRY, SET, FAIL, RUN)
WITH_TIMEOUT = (PUBLISH, TRY, FAIL)

ERRORS = {
    "openat": "EACCES EMFILE EIO EINTR",
    "open": "EACCES EMFILE EIO EINTR",
    "read": "EIO EINTR EAGAIN",
    "fstat": "EIO",
    "newfstatat": "EIO",
    "flock": "ENOLCK EINTR",
    "socket": "EMFILE ENOBUFS EAFNOSUPPORT EPERM",
    "connect": "ECONNREFUSED ENETUNREACH ETIMEDOUT EINTR",
    "setsockopt": "EPERM",
    "fcntl": "EPERM",
    "getsockopt": "EPERM",
    "sendto": "EPIPE ECONNRESET EINTR EAGAIN ENOBUFS",
    "recvfrom": "ECONNRESET EINTR EAGAIN ENOMEM",
    "write": "EPIPE ECONNRESET EINTR EAGAIN",
    "poll": "EINTR ENOMEM",
    "getrandom": "EINTR ENOSYS",
    "nanosleep": "EINTR",
    "close": "EIO EINTR",
}


# --- a Pod and its cluster


@dataclasses.dataclass
class Pod:
    directory: pathlib.Path
    server: fake_api_server.Server

    def run(self, command, prefix=()):
        environment = harness.ENVIRONMENT | api_object.PIPELINE | {
            "KUBERNETES_SERVICE_HOST": "127.0.0.1", "KUBERNETES_SERVICE_PORT": str(self.server.port),
            "KRATIX_STATUS_SERVICE_ACCOUNT_DIR": str(self.directory.parent / "account")}
        return harness.run(self.directory, command.arguments, prefix, env=environment)

    @property
    def status(self):
        return self.server.object.get()[1]["status"]

    def shows(self, command) -> bool:
        """Whether the platform user sees what the command is to publish."""
        if command in (FAIL, RUN):
            return self.status["message"] == MESSAGE
        return self.status.get("k") == "v" and (command != SET or self.status.get("new") == "1")


@contextlib.contextmanager
def a_pod():
    with harness.scratch() as top:
        directory = top / "metadata"
        directory.mkdir()
        directory.chmod(0o777)
        (directory / harness.STATUS).write_bytes(OLD)
        service_account.write(top / "account", {"token": TOKEN.encode(), "namespace": b"default",
                                                "ca.crt": (certificates / "ca.crt").read_bytes()})
        server = fake_api_server.Server(fake_api_server.parse(
            [str(top / "server"), "--certificate", str(certificates / "mixed.crt")]))
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield Pod(directory, server)
        finally:
            server.stop()
            thread.join()


def identity(pod):
    """status.yaml as a file: a replacement would change it, also one with the same content."""
    found = (pod.directory / harness.STATUS).stat()
    return found.st_ino, found.st_mtime_ns, found.st_mode, found.st_uid


# --- what holds after every fault


def expect_files(pod, command, result, before):
    """status.yaml is as it was, or what the command alone may make of it."""
    now = harness.content(pod.directory)
    if command in (PUBLISH, TRY):
        expect(identity(pod) == before and now == OLD, "status.yaml as it was", result, pod.directory)
    elif command == SET:
        expect(now in (OLD, command.done), "the old status.yaml or the new one", result, pod.directory)
        if b"status.yaml is written anyway" in result.stderr:
            expect(now == command.done, "the new status.yaml, as the message says", result, pod.directory)
    else:
        expect(now in (OLD, PENDING), "the old status.yaml, or Pending as the message", result, pod.directory)
        expect(now == OLD or pod.shows(command), "Pending only where the failure is seen", result, pod.directory)


def expect_told(pod, command, result):
    """The exit code says whether it is published, and for all but --try and run a message says why not."""
    expect(not result.stdout, "nothing on standard output", result, pod.directory)
    expect(TOKEN.encode() not in result.stderr, "no token", result, pod.directory)
    expect(result.code in (command.succeeds, command.fails), "one of its exit codes", result, pod.directory)
    if pod.shows(command):
        return
    if command in (PUBLISH, SET):
        expect(result.code == command.fails, f"exit code {command.fails}", result, pod.directory)
    expect(b"kratix-status: " in result.stderr, "a message", result, pod.directory)


def expect_kratix_untouched(pod, result):
    for key in ("kratix", "conditions"):
        expect(pod.status[key] == api_object.OBJECT["status"][key], f"Kratix's {key}", result, pod.directory)


def expect_next_publish(pod, result):
    after = pod.run(PUBLISH)
    expect(after.code == 0 and pod.status.get("k") == "v", "the next publish to succeed", after, pod.directory)


# --- faults


@dataclasses.dataclass(frozen=True)
class Fault:
    command: Command
    call: trace.Call
    error: str
    each_time: bool

    def __str__(self):
        return f"{self.command}: {self.call.syscall} {self.call.nth}{'+' if self.each_time else ''}: {self.error}"


def calls_of(command) -> list:
    """Of an undisturbed run, from the first that is about a file of the Pod's, without those of a child."""
    with a_pod() as pod:
        log = pod.directory.parent / "trace"
        result = pod.run(command, ["strace", "-y", "-qq", "-o", str(log)])
        expect(result.code == command.succeeds and pod.shows(command), "an undisturbed run", result, pod.directory)
        expect(harness.content(pod.directory) == command.done, "what it leaves", result, pod.directory)
        lines = "".join(f"1 {line}\n" for line in log.read_text().splitlines())
        calls = trace.calls_of(lines, pod.directory)
        first = next(place for place, call in enumerate(calls) if str(pod.directory.parent) in call.text)
        return calls[first:]


def faults_of(command):
    """No kernel interrupts a call each time. What fails each time takes the whole timeout, which some cannot set."""
    return [Fault(command, call, error, each_time)
            for call in calls_of(command) if call.label != "write stderr"
            for error in ERRORS.get(call.syscall, "").split()
            for each_time in ((False, True) if error != "EINTR" and command in WITH_TIMEOUT else (False,))]


def injection(call, what, each_time=False):
    return ["strace", "-y", "-qq", "-e", f"inject={call.syscall}:{what}:when={call.nth}{'+' if each_time else ''}"]


def test_fault(fault):
    """What fails each time takes the whole timeout: a short one, unless a busy machine does not reach the fault in it."""
    timeouts = ("1s", "10s") if fault.each_time else (None,)
    if not any(is_fault_met(fault, timeout) for timeout in timeouts):
        raise harness.Failed("no fault was met")


def is_fault_met(fault, timeout) -> bool:
    with a_pod() as pod:
        before, log = identity(pod), pod.directory.parent / "trace"
        result = pod.run(fault.command.within(timeout) if timeout else fault.command,
                         [*injection(fault.call, f"error={fault.error}", fault.each_time), "-o", str(log)])
        expect_files(pod, fault.command, result, before)
        expect_told(pod, fault.command, result)
        expect_kratix_untouched(pod, result)
        expect(not harness.leftovers(pod.directory), "no other file", result, pod.directory)
        expect_next_publish(pod, result)
        return "(INJECTED)" in log.read_text()


# --- kills


@dataclasses.dataclass(frozen=True)
class Kill:
    command: Command
    call: trace.Call

    def __str__(self):
        return f"{self.command}: SIGKILL at {self.call.syscall} {self.call.nth}"


def kills_of(command):
    return [Kill(command, call) for call in calls_of(command) if call.syscall not in (*trace.MEMORY, "exit_group")]


def test_kill(kill):
    with a_pod() as pod:
        before = identity(pod)
        result = pod.run(kill.command, [*injection(kill.call, "signal=SIGKILL"), "-o", "/dev/null"])
        expect(result.code == -9, "an end by SIGKILL", result, pod.directory)
        expect_files(pod, kill.command, result, before)
        expect_kratix_untouched(pod, result)
        expect_next_publish(pod, result)


# --- a server that dies


def test_dead_server(command):
    with a_pod() as pod:
        before = identity(pod)
        pod.server.shutdown()
        pod.server.server_close()
        result = pod.run(command.within("1s") if command in WITH_TIMEOUT else command)
        expect_files(pod, command, result, before)
        expect_told(pod, command, result)
        expect(b"refused" in result.stderr, "the reason", result, pod.directory)


def main():
    global certificates
    with tempfile.TemporaryDirectory(prefix="kratix-status-certificates-") as top:
        certificates = pathlib.Path(top)
        harness.do(harness.ROOT / "tests/live/certificates", top)
        harness.main(
            lambda: harness.goal("a publish that fails leaves status.yaml as it was", test_fault,
                                 harness.sample(faults_of(PUBLISH) + faults_of(TRY), 240), at_least=200),
            lambda: harness.goal("--publish, fail and run that cannot publish", test_fault,
                                 harness.sample(faults_of(SET) + faults_of(FAIL) + faults_of(RUN), 240), at_least=200),
            lambda: harness.goal("a publish that is killed", test_kill,
                                 harness.sample((kill for command in (PUBLISH, SET, FAIL) for kill in kills_of(command)), 120),
                                 at_least=100),
            lambda: harness.goal("a server that is gone", test_dead_server, COMMANDS),
        )


if __name__ == "__main__":
    main()
