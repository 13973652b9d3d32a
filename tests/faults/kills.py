#!/usr/bin/python3
"""A signal at every system call of a run, from execve to exit, at every start, on three file systems.

SIGKILL at the entry of a call comes before the call does anything, and SIGTERM after: two different sets of states.
Before the rename the old file must be there, from then on the new one, never anything else; at most one temporary
file stays, and the next run ends as if nothing had happened.
"""
import dataclasses
import os
import pathlib
import signal
import subprocess

import harness
import trace
from harness import Start, expect

FILE_SYSTEMS = ("ext4", "tmpfs", "overlayfs")
SIGNALS = ("SIGKILL", "SIGTERM", "SIGINT", "SIGHUP") if harness.LONG else ("SIGKILL", "SIGTERM")
_places = {}


def mount_all(top):
    """Where each file system is; other users than root have only the one of /dev/shm."""
    if not harness.IS_ROOT:
        _places.update({name: None for name in FILE_SYSTEMS})
        return
    _places["tmpfs"] = harness.mount_tmpfs(top / "tmpfs")
    _places["ext4"] = harness.mount_ext4(top / "ext4", top / "tmpfs/image")
    _places["overlayfs"] = harness.mount_overlay(top / "overlay", top / "tmpfs/layers")


@dataclasses.dataclass(frozen=True)
class Kill:
    file_system: str
    start: Start
    call: trace.Call
    signal: str
    contents: tuple  # of the files of the start, afterwards

    def __str__(self):
        return f"{self.file_system}: {self.start}: {self.signal} at {self.call}"


def kills_of(file_system, start) -> list:
    calls = trace.record(start, _places[file_system])
    # Each file has its rename, in order; where nothing changes there is none, and nothing to tell apart.
    renames = [position for position, call in enumerate(calls) if call.label.startswith("rename")]
    renames += [len(calls)] * (len(start.files) - len(renames))
    found = []
    for position, call in enumerate(calls):
        if call.syscall in trace.MEMORY:
            continue
        for name in SIGNALS:
            done = [position > renamed or (position == renamed and name != "SIGKILL") for renamed in renames]
            contents = tuple(new if is_done else old for is_done, (_, old, new) in zip(done, start.files))
            found.append(Kill(file_system, start, call, name, contents))
    return found


def need(file_system):
    if file_system != "tmpfs":
        harness.need_root()


def test_kill(kill):
    need(kill.file_system)
    with harness.prepared(kill.start, _places[kill.file_system]) as directory:
        result = run_killed(directory, kill.start, kill.call, kill.signal)
        number = getattr(signal, kill.signal)
        # The last call: there a process that is ending anyway wins over a signal that waits for its end.
        ended = (-number, 0) if kill.call.syscall == "exit_group" and kill.signal != "SIGKILL" else (-number,)
        expect(result.code in ended, f"an end by {kill.signal}", result, directory)
        expect_whole(result, directory, kill.start, kill.contents)
        harness.expect_heals(directory, kill.start, result)


def run_killed(directory, start, call, name) -> harness.Run:
    return harness.run(directory, start.arguments,
                       trace.strace("/dev/null", f"{call.syscall}:signal={name}:when={call.nth}", only=call.syscall))


def expect_whole(result, directory, start, contents):
    for (file, old, _), wanted in zip(start.files, contents):
        expect(harness.content(directory, file) == wanted, f"{file} with {wanted!r}", result, directory)
        expect(wanted == old or harness.is_readable(directory, file), "a file that uid 65532 can read", result, directory)
    temporary = {f".{file}.kratix-status.tmp" for file, _, _ in start.files}
    expect(set(harness.leftovers(directory)) <= temporary, "at most one temporary file for each", result, directory)


def test_many_kills(case):
    """However often a run is killed, there is one temporary file, and the run that is not killed removes it."""
    file_system, start, label = case
    need(file_system)
    call = next(call for call in trace.record(start, _places[file_system]) if call.label == label)
    with harness.prepared(start, _places[file_system]) as directory:
        for _ in range(3):
            result = run_killed(directory, start, call, "SIGKILL")
            expect_whole(result, directory, start, (start.old,))
        harness.expect_heals(directory, start, result)


def many_kills():
    starts = {harness.REPLACE: ("write temp", "fsync temp", "renameat temp"),
              harness.CREATE: ("write temp", "fsync temp", "renameat2 temp"),
              harness.LEFTOVER: ("unlinkat temp", "openat temp", "renameat temp")}
    return [(name, start, label) for name in FILE_SYSTEMS for start, labels in starts.items() for label in labels]


def test_stopped(start):
    """A stopped writer holds the lock: others tell so and change nothing; killed, it holds nothing any more."""
    with harness.prepared(start) as directory:
        call = next(call for call in trace.record(start) if call.label == "openat file")
        log = pathlib.Path(directory).parent / "trace"
        command = harness.status_command(directory, start.arguments,
                                         trace.strace(log, f"{call.syscall}:signal=SIGSTOP:when={call.nth}"))
        stopped = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, env=harness.ENVIRONMENT)
        try:
            pid = trace.wait_until_stopped(log)
            other = harness.run(directory, ("--lock-timeout", "0", *start.arguments))
            harness.expect_old(other, directory, start)
            harness.expect_message(other, directory, str(directory), "held by another process")
        finally:
            os.kill(pid, signal.SIGKILL)
            stopped.wait(harness.TIMEOUT)
        after = harness.run(directory, ("--lock-timeout", "0", *start.arguments))
        harness.expect_ok(after, directory, start)


def heed_signals():
    """Children ignore what their parent was told to ignore, as by nohup."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def main():
    heed_signals()
    harness.in_own_mounts()
    with harness.scratch() as top:
        mount_all(top)
        harness.main(
            lambda: harness.goal(
                f"kills at every system call ({', '.join(SIGNALS)}; {', '.join(FILE_SYSTEMS)})", test_kill,
                [kill for name in FILE_SYSTEMS for start in harness.STARTS for kill in kills_of(name, start)],
                at_least=700),
            lambda: harness.goal(
                "kills of runs that write workflow-control.yaml", test_kill,
                [kill for start in (*harness.CONTROL_STARTS, harness.BOTH) for kill in kills_of("tmpfs", start)],
                at_least=250),
            lambda: harness.goal(
                "kills of runs that write destination-selectors.yaml", test_kill,
                [kill for start in harness.SELECTORS_STARTS for kill in kills_of("tmpfs", start)],
                at_least=200),
            lambda: harness.goal("three kills in a row", test_many_kills, many_kills(), at_least=27),
            lambda: harness.goal("a stopped writer", test_stopped, harness.STARTS),
        )


main()
