#!/usr/bin/python3
"""Every fault of matrix.tsv at every start, then pairs of them, made by strace and proven by its `(INJECTED)`."""
import dataclasses
import errno
import os
import pathlib

import harness
import matrix
import trace
from harness import Start, expect

# Starts that the promise is about, and those that only read, warn or refuse.
READ = Start("get", ("get", "--from", "file", "old"), harness.OLD_TEXT, harness.OLD_TEXT, prints=b"known\n")
WARNED = Start("warned", harness.SET, b"kratix: 1\n", b"kratix: 1\n" + harness.NEW_LINE)
REFUSED = Start("refused", ("set", "kratix", "1"), harness.OLD_TEXT, harness.OLD_TEXT)
STARTS = (*harness.STARTS, *harness.CONTROL_STARTS, *harness.SELECTORS_STARTS, READ, WARNED, REFUSED)
WRITING = (*harness.STARTS, *harness.CONTROL_STARTS, *harness.SELECTORS_STARTS)
ONLY_STDERR = (WARNED, REFUSED)

BEGIN = ["openat directory", "flock directory", "fstat directory", "openat file"]
OLD_READ = ["fstat file", "read file", "read file end", "close file"]
WRITTEN = ["unlinkat temp", "openat temp", "write temp", "fchmod temp"]
ON_DISK = ["fsync temp", "close temp"]
END = ["fsync directory", "close directory"]
REPLACED = ["fstatat file", "renameat temp"]

# The protocol: nothing missing, nothing added, in this order.
ORDER = {
    harness.REPLACE: [*BEGIN, *OLD_READ, *WRITTEN, "fstat temp", "fchown temp", *ON_DISK, *REPLACED, *END],
    harness.CREATE: [*BEGIN, *WRITTEN, *ON_DISK, "renameat2 temp", *END],
    harness.LEFTOVER: [*BEGIN, *OLD_READ, *WRITTEN, "fstat temp", *ON_DISK, *REPLACED, *END],
    harness.UNCHANGED: [*BEGIN, *OLD_READ, "unlinkat temp", "openat file again", "fsync file", "close file again",
                        *END],
}

# What is said instead of the system's own words.
SAID = {
    ("openat file", "ELOOP"): "is a symbolic link",
    ("openat file again", "ELOOP"): "is a symbolic link",
    ("openat file", "ENXIO"): "is a socket, not a regular file",
    ("openat file again", "ENXIO"): "is a socket, not a regular file",
    ("flock directory", "EAGAIN"): "held by another process",
    ("renameat2 temp", "EEXIST"): "another process keeps changing it without the lock",
}


@dataclasses.dataclass(frozen=True)
class Fault:
    start: Start
    row: matrix.Row
    call: trace.Call
    error: str
    position: int  # of the call in the run
    first: tuple = ()  # injections that come before

    @property
    def verdict(self):
        return self.row.verdict_for(state_of(self.start))

    @property
    def injection(self):
        each_time = "+" if self.row.each_time else ""
        return f"{self.call.syscall}:error={self.error}:when={self.call.nth}{each_time}"

    def __str__(self):
        return f"{self.start}: {self.row.call}: {self.error}"


def state_of(start) -> str:
    """`replace` for `replace`, `suspend, replace` and `destination, replace`."""
    return start.name.rpartition(", ")[2]


def faults_of(start) -> list:
    calls = trace.record(start)
    places = {call.label: (position, call) for position, call in enumerate(calls) if call.label}
    found = []
    for row in matrix.read():
        if row.label not in places or not row.verdict_for(state_of(start)):
            continue
        if start in ONLY_STDERR and row.label != "write stderr":
            continue
        position, call = places[row.label]
        first = ()
        if row.after:
            if row.after[0] not in places:
                continue
            before = places[row.after[0]][1]
            first = (f"{before.syscall}:error={row.after[1]}:when={before.nth}",)
            # The clean-up is the call after the removal of a leftover.
            call = dataclasses.replace(call, nth=call.nth + 1)
        found += [Fault(start, row, call, error, position, first) for error in row.errno.split()]
    # A row for a message speaks of that start alone in which there is one.
    return [fault for fault in found if fault.row.label != "write stderr" or
            (start == WARNED) == (fault.row.verdict == "OK")]


def run_with(start, directory, injections):
    """The run, and how many faults took place."""
    trace_file = pathlib.Path(directory).parent / "trace"
    result = harness.run(directory, ("--lock-timeout", "0" if always_locked(injections) else "30", *start.arguments),
                         trace.strace(trace_file, *injections))
    return result, trace_file.read_text().splitlines()


def always_locked(injections):
    return any(text.startswith("flock:error=EAGAIN") and text.endswith("+") for text in injections)


def expect_verdict(fault, result, directory):
    verdict, _, may_leave = fault.verdict.partition("+")
    if verdict == "OK":
        harness.expect_ok(result, directory, fault.start, bool(may_leave))
        return
    if verdict == "OLD":
        code = 3 if fault.start == REFUSED else 5
        harness.expect_old(result, directory, fault.start, code, bool(may_leave))
    else:
        expect(result.code == 5, "exit code 5", result, directory)
        expect(harness.state(directory, fault.start) == "new", "the new content", result, directory)
        expect(not harness.leftovers(directory), "no other file", result, directory)
        harness.expect_message(result, directory, f"{directory}/{fault.start.file} is written, but may not survive")
    if fault.row.label != "write stderr":
        harness.expect_message(result, directory, *words_of(fault, directory))


def words_of(fault, directory) -> tuple:
    """What the message has to hold: the path, and what the system says."""
    label, error = fault.row.after or (fault.row.label, fault.error)
    said = SAID.get((label, error), os.strerror(getattr(errno, error)))
    if label == "write stdout":
        return said, "standard output"
    if label.startswith("rename") or said.startswith("another process") or label.split()[1] == "file":
        return said, f"{directory}/{fault.start.file}"
    return said, f"{directory}/{fault.start.temporary}" if label.split()[1] == "temp" else str(directory)


def test_fault(fault):
    with harness.prepared(fault.start) as directory:
        injections = (*fault.first, fault.injection)
        result, lines = run_with(fault.start, directory, injections)
        proven = sum("(INJECTED)" in line for line in lines)
        expect(proven >= len(injections), f"{len(injections)} faults, not {proven}:\n" + "\n".join(lines),
               result, directory)
        expect_verdict(fault, result, directory)
        if fault.start != REFUSED:
            harness.expect_heals(directory, fault.start, result)


def test_order(start):
    with harness.prepared(start):
        expected = ORDER[start] if harness.IS_ROOT else [label for label in ORDER[start] if label != "fchown temp"]
        made = [call.label for call in trace.record(start)
                if call.label.endswith(("directory", "file", "temp", "end", "again"))]
        if made != expected:
            raise harness.Failed(f"expected: {expected}\nmade: {made}")


def test_row(row):
    """A row that no start comes to would prove nothing."""
    if not any(fault.row == row for fault in all_faults()):
        raise harness.Failed(f"no start makes this call: {row}")


_faults = []


def all_faults():
    if not _faults:
        _faults.extend(fault for start in STARTS for fault in faults_of(start))
    return _faults


# --- two files


@dataclasses.dataclass(frozen=True)
class FaultOfBoth:
    call: trace.Call
    error: str

    def __str__(self):
        return f"{harness.BOTH}: {self.call.syscall} {self.call.nth} ({self.call}): {self.error}"


def faults_of_both():
    return [FaultOfBoth(call, error) for call in trace.record(harness.BOTH)
            if call.label and not call.label.startswith("fcntl") for error in ("EIO", "ENOSPC", "EACCES")]


def test_both(fault):
    """Both files are new, or both old; the message of the last sync says that they are new."""
    start = harness.BOTH
    with harness.prepared(start) as directory:
        result, lines = run_with(start, directory, (f"{fault.call.syscall}:error={fault.error}:when={fault.call.nth}",))
        expect(any("(INJECTED)" in line for line in lines), "a fault", result, directory)
        if b"are written, but may not survive" in result.stderr:
            expect(result.code == 5, "exit code 5", result, directory)
            harness.expect_ok(dataclasses.replace(result, code=0), directory, start)
        elif result.code == 0:
            harness.expect_ok(result, directory, start)
        else:
            harness.expect_old(result, directory, start)
            harness.expect_message(result, directory, str(directory))
        harness.expect_heals(directory, start, result)


# --- pairs


@dataclasses.dataclass(frozen=True)
class Pair:
    first: Fault
    second: Fault

    def __str__(self):
        return f"{self.first} and {self.second.row.call}: {self.second.error}"


def pairs():
    """Every fault that a run goes on after, with every later one of another call. strace keeps one rule a call."""
    found = []
    for first in all_faults():
        if first.verdict != "OK" or first.row.each_time or first.start in (*ONLY_STDERR, *harness.CONTROL_STARTS, *harness.SELECTORS_STARTS):
            continue
        found += [Pair(first, second) for second in all_faults()
                  if second.start == first.start and second.position > first.position and not second.first and
                  second.call.syscall != first.call.syscall and second.row.label != "write stderr"]
    return found


# After these a run goes another way: what a later fault meets is then not what its row says.
DETOURS = {("openat file", "ENOENT"), ("unlinkat temp", "ENOENT"), ("openat temp", "EEXIST"),
           ("fstatat file", "ENOENT"), ("renameat2 temp", "EEXIST"), ("renameat2 temp", "EINVAL"),
           ("renameat2 temp", "ENOSYS")}


def test_pair(pair):
    first, second = pair.first, pair.second
    with harness.prepared(first.start) as directory:
        result, lines = run_with(first.start, directory, (first.injection, second.injection))
        proven = sum("(INJECTED)" in line for line in lines)
        detour = (first.row.label, first.error) in DETOURS
        skips_second = first.row.label == "fstat temp" and second.row.label == "fchown temp"
        expect(proven >= (1 if detour or skips_second else 2), "both faults, not:\n" + "\n".join(lines), result, directory)
        if detour or skips_second:
            expect_old_or_new(result, directory, first.start)
        else:
            expect_verdict(second, result, directory)
        harness.expect_heals(directory, first.start, result)


def expect_old_or_new(result, directory, start):
    if result.code == 0:
        harness.expect_ok(result, directory, start, may_leave=True)
        return
    expect(result.code == 5, "exit code 0 or 5", result, directory)
    harness.expect_message(result, directory, str(directory))
    written = b"is written, but may not survive" in result.stderr
    wanted = start.new if written else start.old
    expect(harness.content(directory, start.file) == wanted, "what the message says", result, directory)
    expect(len(harness.leftovers(directory)) <= 1, "at most one file left behind", result, directory)


if __name__ == "__main__":
    harness.main(
        lambda: harness.goal("calls of the protocol, in order", test_order, ORDER),
        lambda: harness.goal("two files, all or none", test_both, faults_of_both(), at_least=60),
        lambda: harness.goal("rows of the matrix that a start comes to", test_row, matrix.read()),
        lambda: harness.goal("faults at four starts, each injected", test_fault,
                             [fault for fault in all_faults() if fault.start in harness.STARTS], at_least=480),
        lambda: harness.goal("faults of workflow-control.yaml at four starts, each injected", test_fault,
                             [fault for fault in all_faults() if fault.start in harness.CONTROL_STARTS], at_least=480),
        lambda: harness.goal("faults of destination-selectors.yaml at four starts, each injected", test_fault,
                             [fault for fault in all_faults() if fault.start in harness.SELECTORS_STARTS], at_least=480),
        lambda: harness.goal("faults of reading, warning and refusing, each injected", test_fault,
                             [fault for fault in all_faults() if fault.start not in WRITING]),
        lambda: harness.goal("pairs of faults", test_pair, harness.sample(pairs(), 240),
                             at_least=2000 if harness.LONG else 200),
    )
