#!/usr/bin/python3
"""Writes and reads that do less than they are asked for, as the kernel may: gdb shortens the call itself.

strace can only pretend that a call was short; here the bytes of the file are what a short call leaves.
"""
import dataclasses
import pathlib
import platform

import harness
import trace
from harness import Start, expect

SIZE_REGISTER = {"x86_64": "$rdx", "aarch64": "$x2"}.get(platform.machine())


@dataclasses.dataclass(frozen=True)
class Short:
    start: Start
    syscall: str
    bytes: int  # done by the first such call

    def __str__(self):
        return f"{self.start}: {self.syscall} of {self.bytes} bytes"


def shortened(syscall, size):
    """The command before the one whose first such call is to do no more than `size` bytes."""
    if SIZE_REGISTER is None:
        raise harness.Skipped(f"needs the register of a call's size on {platform.machine()}")
    steps = ("set startup-with-shell off", f"catch syscall {syscall}", "run", f"set {SIZE_REGISTER}={size}", "delete",
             "continue")
    return ("gdb", "-q", "-batch", "-nx", "-return-child-result", *(word for step in steps for word in ("-ex", step)),
            "--args")


def test_short(case):
    with harness.prepared(case.start) as directory:
        result = harness.run(directory, case.start.arguments, shortened(case.syscall, case.bytes))
        expect(b"Catchpoint 1 (call to syscall" in result.stdout, "a shortened call", result, directory)
        harness.expect_ok(dataclasses.replace(result, stdout=b""), directory, case.start)
        harness.expect_heals(directory, case.start, result)


def shorts():
    writes = [Short(start, "write", size) for start in (harness.REPLACE, harness.CREATE, harness.LEFTOVER)
              for size in range(1, len(start.new))]
    reads = [Short(start, "read", size) for start in (harness.REPLACE, harness.LEFTOVER, harness.UNCHANGED)
             for size in range(1, len(start.old))]
    return writes + reads


def test_nothing_written(start):
    """A write that says that it did nothing would be tried for ever."""
    with harness.prepared(start) as directory:
        call = next(call for call in trace.record(start) if call.label == "write temp")
        log = pathlib.Path(directory).parent / "trace"
        result = harness.run(directory, start.arguments, trace.strace(log, f"{call.syscall}:retval=0:when={call.nth}"))
        expect("(INJECTED)" in log.read_text(), "a fault", result, directory)
        harness.expect_old(result, directory, start)
        harness.expect_message(result, directory, f"write {directory}/{harness.TEMPORARY}: Input/output error")


if __name__ == "__main__":
    harness.main(
        lambda: harness.goal("short writes and reads", test_short, harness.sample(shorts(), 24), at_least=24),
        lambda: harness.goal("writes of nothing", test_nothing_written,
                             (harness.REPLACE, harness.CREATE, harness.LEFTOVER)),
    )
