#!/usr/bin/python3
"""Others who do not lock, at the worst moments: the run is stopped after a call, they act, and it goes on.

What they wrote before the rename is never lost: the change is made again, on their text.
"""
import dataclasses
import os
import pathlib
import shutil
import signal
import subprocess
import time
import typing

import harness
import trace
from harness import Start, expect

THEIRS = b"theirs: 1\n"


@dataclasses.dataclass(frozen=True)
class Race:
    name: str
    start: Start
    label: str  # the call after which they act
    act: typing.Callable
    text: typing.Optional[bytes]  # of status.yaml at the end; None: an error that says `says`
    says: str = ""

    def __str__(self):
        return f"{self.start}: {self.name} after {self.label}"


def stopped_after(directory, start, label, act) -> harness.Run:
    """Runs to the end of that call, lets others act, and goes on."""
    call = next(call for call in trace.record(start) if call.label == label)
    log = pathlib.Path(directory).parent / "trace"
    command = harness.status_command(directory, start.arguments,
                                     trace.strace(log, f"{call.syscall}:signal=SIGSTOP:when={call.nth}"))
    process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=harness.ENVIRONMENT, start_new_session=True)
    try:
        pid = trace.wait_until_stopped(log)
        act(directory)
        os.kill(pid, signal.SIGCONT)
        stdout, stderr = process.communicate(timeout=harness.TIMEOUT)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    return harness.Run(command, process.returncode, stdout, stderr)


def test_race(race):
    with harness.prepared(race.start) as directory:
        result = stopped_after(directory, race.start, race.label, race.act)
        expect(not (directory.parent / "secret").exists(), "nothing outside of the directory", result, directory)
        if race.text is None:
            expect(result.code == 5, "exit code 5", result, directory)
            harness.expect_message(result, directory, race.says)
            return
        harness.expect_ok(result, directory, dataclasses.replace(race.start, new=race.text))


def append(directory):
    with open(directory / "status.yaml", "ab") as file:
        file.write(THEIRS)


def write(directory):
    (directory / "status.yaml").write_bytes(THEIRS)


def rename(directory):
    (directory / "other").write_bytes(THEIRS)
    (directory / "other").rename(directory / "status.yaml")


def same_size(directory):
    """Even the same size within the same tick of the clock: it is another inode."""
    before = (directory / "status.yaml").stat()
    text = (directory / "status.yaml").read_bytes().replace(b"known", b"knows")
    (directory / "other").write_bytes(text)
    os.utime(directory / "other", ns=(before.st_atime_ns, before.st_mtime_ns))
    (directory / "other").rename(directory / "status.yaml")


def same_size_in_place(directory):
    """The same inode, too: only the times tell, once the clock has ticked."""
    time.sleep(0.02)
    with open(directory / "status.yaml", "rb+") as file:
        text = file.read().replace(b"known", b"knows")
        file.seek(0)
        file.write(text)


def remove(directory):
    (directory / "status.yaml").unlink()


def link(directory):
    (directory / "status.yaml").unlink(missing_ok=True)
    (directory / "status.yaml").symlink_to("/etc/hostname")


def take_temporary(directory):
    (directory / harness.TEMPORARY).unlink()


def plant_link(directory):
    """Whoever follows it writes over another file."""
    (directory / harness.TEMPORARY).symlink_to("../secret")


def races():
    written = ("close file", "unlinkat temp", "openat temp", "write temp", "fsync temp", "close temp")
    acts = ((append, harness.OLD_TEXT + THEIRS + harness.NEW_LINE), (write, THEIRS + harness.NEW_LINE),
            (rename, THEIRS + harness.NEW_LINE), (same_size, b"old: knows\n" + harness.NEW_LINE),
            (same_size_in_place, b"old: knows\n" + harness.NEW_LINE), (remove, harness.NEW_LINE))
    replacing = [Race(act.__name__, start, label, act, text) for start in (harness.REPLACE, harness.LEFTOVER)
                 for act, text in acts for label in written]
    creating = [Race(act.__name__, harness.CREATE, label, act, THEIRS + harness.NEW_LINE)
                for act in (write, rename) for label in ("openat file", *written[1:])]
    refused = [Race("link", start, "fsync temp", link, None, "is a symbolic link to /etc/hostname")
               for start in (harness.REPLACE, harness.CREATE)]
    stolen = [Race("take_temporary", start, "close temp", take_temporary, None, "No such file or directory")
              for start in (harness.REPLACE, harness.CREATE)]
    gone = [Race("rmtree", start, label, shutil.rmtree, None, "No such file or directory")
            for start in (harness.REPLACE, harness.CREATE) for label in ("flock directory", "unlinkat temp")]
    planted = [Race("plant_link", start, "unlinkat temp", plant_link, start.new) for start in harness.STARTS[:3]]
    return replacing + creating + refused + stolen + gone + planted


if __name__ == "__main__":
    harness.main(lambda: harness.goal("others who do not lock", test_race, races(), at_least=80))
