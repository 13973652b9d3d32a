#!/usr/bin/python3
"""Faults of the process itself: standard descriptors closed or broken, and not enough memory."""
import dataclasses
import itertools
import os
import pathlib
import re
import subprocess

import harness
import trace
from harness import Start, expect

READ = Start("get", ("get", "--from", "file", "old"), harness.OLD_TEXT, harness.OLD_TEXT, prints=b"known\n")
WARNED = Start("warned", harness.SET, b"kratix: 1\n", b"kratix: 1\n" + harness.NEW_LINE)
REFUSED = Start("refused", ("set", "kratix", "1"), harness.OLD_TEXT, harness.OLD_TEXT)

# --- closed standard descriptors


@dataclasses.dataclass(frozen=True)
class Closed:
    start: Start
    numbers: tuple

    def __str__(self):
        return f"{self.start}: without {' '.join(map(str, self.numbers))}"

    @property
    def prefix(self):
        closing = " ".join(f"{number}{'<' if number == 0 else '>'}&-" for number in self.numbers)
        return ("sh", "-c", f'exec "$0" "$@" {closing}')


def closed():
    sets = [numbers for size in (1, 2, 3) for numbers in itertools.combinations((0, 1, 2), size)]
    return [Closed(start, numbers) for start in (*harness.STARTS, READ, WARNED, REFUSED) for numbers in sets]


def test_closed(case):
    """None of our files gets the number of a standard descriptor, for a message would go into it."""
    start = case.start
    with harness.prepared(start) as directory:
        log = pathlib.Path(directory).parent / "trace"
        result = harness.run(directory, start.arguments, (*trace.strace(log, only="openat,open"), *case.prefix))
        numbers = [int(line.rpartition("= ")[2].split("<")[0]) for line in log.read_text().splitlines()
                   if f"<{directory}" in line.rpartition("= ")[2]]
        expect(numbers and min(numbers) > 2 or start == REFUSED, f"descriptors above 2, not {numbers}", result, directory)
        if start == READ and 1 in case.numbers:
            expect(result.code == 5, "exit code 5: the answer reached nobody", result, directory)
        else:
            expect(result.code == (3 if start == REFUSED else 0), "the exit code as ever", result, directory)
            expect(harness.content(directory) == start.new, f"{start.new!r}", result, directory)
        if 2 not in case.numbers and start == REFUSED:
            harness.expect_message(result, directory)


def test_closed_and_failing(case):
    """An error while the file is being written, with nowhere to tell it."""
    start = case.start
    with harness.prepared(start) as directory:
        result = harness.run(directory, start.arguments, ("prlimit", "--fsize=7", "--", *case.prefix))
        harness.expect_old(result, directory, start)
        harness.expect_heals(directory, start, result)


def closed_and_failing():
    return [case for case in closed() if case.start in (harness.REPLACE, harness.CREATE, harness.LEFTOVER)]


# --- broken streams


@dataclasses.dataclass(frozen=True)
class Broken:
    start: Start
    stream: str  # stdout or stderr
    how: str
    code: int

    def __str__(self):
        return f"{self.start}: {self.stream}: {self.how}"


BROKEN = [
    *(Broken(READ, "stdout", how, 5) for how in ("/dev/full", "closed pipe", "read-only")),
    *(Broken(start, "stderr", how, code) for start, code in ((WARNED, 0), (REFUSED, 3), (harness.REPLACE, 0))
      for how in ("/dev/full", "closed pipe", "read-only")),
]


def broken_stream(how):
    if how == "closed pipe":
        reader, writer = os.pipe()
        os.close(reader)
        return writer
    return os.open("/dev/full" if how == "/dev/full" else "/dev/null",
                   os.O_WRONLY if how == "/dev/full" else os.O_RDONLY)


def test_broken(case):
    with harness.prepared(case.start) as directory:
        stream = broken_stream(case.how)
        result = harness.run(directory, case.start.arguments, **{case.stream: stream})
        os.close(stream)
        expect(result.code == case.code, f"exit code {case.code}", result, directory)
        expect(harness.content(directory) == case.start.new, f"{case.start.new!r}", result, directory)
        expect(not harness.leftovers(directory), "no file but status.yaml", result, directory)
        if case.stream == "stdout":
            harness.expect_message(result, directory, "write standard output: ")


def test_standard_input(how):
    """A value that cannot be read is no empty value."""
    with harness.prepared(harness.REPLACE) as directory:
        stream = None if how == "closed" else os.open("/" if how == "a directory" else "/dev/null", os.O_RDONLY)
        prefix = ("sh", "-c", 'exec "$0" "$@" <&-') if how == "closed" else ()
        result = harness.run(directory, ("set", "new@=-"), prefix, stdin=stream or subprocess.DEVNULL)
        harness.expect_old(result, directory, harness.REPLACE)
        harness.expect_message(result, directory, "read standard input: ")


# --- memory

# Enough text for many allocations, on the way in and on the way out.
LARGE = b"".join(b"key%d: %s\n" % (number, b"x" * 1000) for number in range(150))
LARGE_START = Start("large", ("-q", *harness.SET), LARGE, LARGE + harness.NEW_LINE)
MEMORY_STARTS = (*harness.STARTS, LARGE_START)


def expect_old_or_new(result, directory, start):
    """Success or failure, whole; a process that could not even start may end by a signal."""
    if result.code == 0:
        harness.expect_ok(result, directory, start)
    elif result.code == 5:
        harness.expect_old(result, directory, start)
        harness.expect_message(result, directory, "out of memory")
    else:
        expect(result.code is not None and (result.code < 0 or result.code > 125), "an end", result, directory)
        expect(harness.content(directory) == start.old, "the old content", result, directory)
        expect(set(harness.leftovers(directory)) <= {harness.TEMPORARY}, "at most one file left behind", result, directory)
    harness.expect_heals(directory, start, result)


@dataclasses.dataclass(frozen=True)
class Limit:
    start: Start
    size: int

    def __str__(self):
        return f"{self.start}: {self.size} bytes"


def test_little_memory(case):
    start, size = case.start, case.size
    with harness.prepared(start) as directory:
        expect_old_or_new(harness.run(directory, start.arguments, ("prlimit", f"--as={size}", "--")), directory, start)


def little_memory():
    return [Limit(start, size << 10) for start in (harness.REPLACE, LARGE_START)
            for size in range(1024, 8192, 16 if harness.LONG else 96)]


@dataclasses.dataclass(frozen=True)
class NoMore:
    start: Start
    call: trace.Call

    def __str__(self):
        return f"{self.start}: from {self.call} on"


def test_no_more_memory(case):
    """From one request for memory on, each fails."""
    start, syscall, nth = case.start, case.call.syscall, case.call.nth
    with harness.prepared(start) as directory:
        log = pathlib.Path(directory).parent / "trace"
        # Where brk fails, the C library tries mmap.
        others = ["mmap:error=ENOMEM:when=1+"] if syscall == "brk" else []
        result = harness.run(directory, start.arguments,
                             trace.strace(log, f"{syscall}:error=ENOMEM:when={nth}+", *others, only="brk,mmap"))
        expect("(INJECTED)" in log.read_text(), "a fault", result, directory)
        expect_old_or_new(result, directory, start)


def no_more_memory():
    return [NoMore(start, call) for start in MEMORY_STARTS for call in trace.record(start)
            if call.syscall in ("brk", "mmap") and not re.search(r"brk\(NULL\)", call.text)]


if __name__ == "__main__":
    harness.main(
        lambda: harness.goal("closed standard descriptors", test_closed, closed(), at_least=49),
        lambda: harness.goal("closed standard descriptors and a fault", test_closed_and_failing, closed_and_failing()),
        lambda: harness.goal("broken streams", test_broken, BROKEN),
        lambda: harness.goal("standard input that cannot be read", test_standard_input, ("closed", "a directory")),
        lambda: harness.goal("little memory", test_little_memory, little_memory()),
        lambda: harness.goal("no more memory", test_no_more_memory, no_more_memory()),
    )
