#!/usr/bin/python3
"""Power cuts on real file systems, ext4 in two mount modes and xfs: nothing is torn, and nothing acknowledged is lost.

The power cut is the file systems' own: ioctl(SHUTDOWN) stops all writing at once, with or without the journal; then
the image is mounted anew. First goal: the binary is killed at each system call, then the power is cut. Second goal:
many writers at once, the power cut at a random moment, and every write that ended with exit code 0 is there.
"""
import contextlib
import dataclasses
import fcntl
import multiprocessing
import os
import random
import re
import struct
import threading
import time

import contained
import harness
import trace
from harness import LONG, SEED, STARTS, TEMPORARY, Failed, Start, expect

SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN and XFS_IOC_GOINGDOWN
JOURNAL_FLUSHED, JOURNAL_LOST = 1, 2

# mkfs command, size of the image, mount options
FILE_SYSTEMS = {
    "ext4": (["mkfs.ext4", "-q", "-F"], "32M", "loop"),
    "ext4 noauto_da_alloc": (["mkfs.ext4", "-q", "-F"], "32M", "loop,noauto_da_alloc"),
    "xfs": (["mkfs.xfs", "-q", "-f"], "300M", "loop"),
}


class Volume:
    """A file system in an image, mounted at `at`."""

    def __init__(self, kind, top):
        make, size, self.options = FILE_SYSTEMS[kind]
        self.image, self.at = top / "image", top / "mount"
        self.at.mkdir()
        harness.do("truncate", "-s", size, self.image)
        harness.do(*make, self.image)
        self.mount()

    def mount(self):
        harness.do("mount", "-o", self.options, self.image, self.at)

    def unmount(self):
        harness.do("umount", self.at)

    def cut_power(self, how):
        descriptor = os.open(self.at, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", how))
        finally:
            os.close(descriptor)

    def restart(self):
        self.unmount()
        self.mount()


@contextlib.contextmanager
def volume(kind):
    harness.need_root()
    with harness.scratch() as top:
        made = Volume(kind, top)
        try:
            yield made
        finally:
            made.unmount()


# --- killed at a system call


@dataclasses.dataclass(frozen=True)
class Kill:
    start: Start
    call: trace.Call
    is_durable: bool  # the directory has been synced before
    kind: str
    how: int

    def __str__(self):
        journal = "flushed" if self.how == JOURNAL_FLUSHED else "lost"
        return f"{self.start}: killed at {self.call}, then power cut on {self.kind}, journal {journal}"


def kills():
    for start in STARTS:
        calls = trace.record(start)
        synced = max(at for at, call in enumerate(calls) if call.label == "fsync directory")
        for at, call in enumerate(calls):
            if call.syscall in trace.MEMORY:
                continue
            for kind in FILE_SYSTEMS:
                for how in (JOURNAL_FLUSHED, JOURNAL_LOST):
                    yield Kill(start, call, at > synced, kind, how)


def test_kill(kill: Kill):
    start = kill.start
    with volume(kill.kind) as disk:
        directory = start.prepare(disk.at / "metadata")
        harness.do("sync", "--file-system", disk.at)
        injection = f"{kill.call.syscall}:signal=SIGKILL:when={kill.call.nth}"
        result = harness.run(directory, start.arguments, trace.strace("/dev/null", injection))
        expect(result.code == -9, "killed", result, directory)
        disk.cut_power(kill.how)
        disk.restart()
        expect_old_or_new(result, directory, kill)
        harness.expect_heals(directory, start, result)


def expect_old_or_new(result, directory, kill: Kill):
    found = harness.state(directory, kill.start)
    expect(found == "new" or (found == "old" and not kill.is_durable),
           "the new content" if kill.is_durable else "the old or the new content", result, directory)
    if found == "new" and kill.start.old != kill.start.new:
        expect(harness.is_readable(directory), "a file that uid 65532 can read", result, directory)
    expect(harness.leftovers(directory) in ([], [TEMPORARY]), "at most one file left behind", result, directory)


# --- under load

WRITERS = 16
CUTS, PROMISED = (200, 10_000) if LONG else (15, 400)  # writes acknowledged, over all cuts
ACKNOWLEDGED = multiprocessing.Value("q", 0)


def test_load(case):
    kind, seed = case
    chance = random.Random(f"{SEED} {kind} {seed}")
    with volume(kind) as disk:
        directory = harness.CREATE.prepare(disk.at / "metadata")
        harness.do("sync", "--file-system", disk.at)
        acknowledged, ends = [], []
        writers = [threading.Thread(target=write, args=(directory, number, acknowledged, ends))
                   for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        # Counted, not timed: machines differ. Twice as many as promised, on average, and none or few some times.
        wait_for(chance.randrange(4 * PROMISED // CUTS), acknowledged, ends)
        time.sleep(chance.uniform(0, 0.02))
        # Only what was acknowledged by now counts: no process outlives a power cut, as it does this one, and xfs may
        # tell one that its fsync went well while the journal is being given up.
        before = len(acknowledged)
        disk.cut_power(chance.choice((JOURNAL_FLUSHED, JOURNAL_LOST)))
        for writer in writers:
            writer.join()
        disk.restart()
        check_load(directory, acknowledged[:before], ends)
    with ACKNOWLEDGED.get_lock():
        ACKNOWLEDGED.value += before


def wait_for(count, acknowledged, ends):
    while len(acknowledged) < count and not ends:
        time.sleep(0.001)


def write(directory, number, acknowledged, ends):
    """Sets one key after the other until a run fails."""
    for count in range(1_000_000):
        result = harness.run(directory, ["set", f"w{number}-{count}", "v"])
        if result.code != 0:
            ends.append(result)
            return
        acknowledged.append(f"w{number}-{count}")


def check_load(directory, acknowledged, ends):
    if len(ends) != WRITERS:
        raise Failed(f"{WRITERS - len(ends)} writers did not come to an end of their own")
    for end in ends:
        expect(end.code == 5 and end.stderr.startswith(b"kratix-status: error: "), "exit code 5 and a message", end)
    lines = (harness.content(directory) or b"").decode().splitlines()
    keys = {line.removesuffix(": v") for line in lines}
    lost = sorted(set(acknowledged) - keys)
    expect(not lost, f"all {len(acknowledged)} acknowledged keys; these are lost: {lost[:10]}", ends[0], directory)
    expect(all(re.fullmatch(r"w\d+-\d+: v", line) for line in lines), "whole lines", ends[0], directory)
    expect(harness.leftovers(directory) in ([], [TEMPORARY]), "at most one file left behind", ends[0], directory)
    healing = harness.run(directory, ["set", "healed", "v"])
    expect(healing.code == 0 and not harness.leftovers(directory), "a next run that mends all", healing, directory)
    expect(len(harness.content(directory).splitlines()) == len(lines) + 1, "all keys and one more", healing, directory)


def loads(cuts):
    kinds = list(FILE_SYSTEMS)
    return [(kinds[number % len(kinds)], number) for number in range(cuts)]


def goal_load():
    good = harness.goal("power cuts under load", test_load, loads(CUTS), at_least=CUTS)
    written = ACKNOWLEDGED.value
    if not harness.IS_ROOT or not good:
        return good
    print(f"faults: acknowledged writes found after those power cuts: {written} of {written}", flush=True)
    if written < PROMISED:
        print(f"faults: FAILED: at least {PROMISED} acknowledged writes are promised")
    return written >= PROMISED


def main():
    contained.start()
    harness.main(lambda: harness.goal("killed at a system call, then power cut", test_kill,
                                      harness.sample(kills(), 120), at_least=300 if LONG else 30),
                 goal_load)


if __name__ == "__main__":
    main()
