"""A model of what file systems keep over a power cut, fed by the system calls of a run.

steps_of() takes the calls of a run from strace and says what they change; disks_after() has all that may be on disk
if the power is cut after some of them. Whatever no fsync has forced there may be lost, by itself:

    weak       any of it, in any order; bytes half, or as zeros; a rename by halves. What POSIX allows.
    ordered    names, modes and sizes in their order, as in a journal; bytes at any time. ext4, xfs.

The idea is that of ALICE (Pillai and others, OSDI 2014).
"""
import dataclasses
import itertools
import re

import harness
from harness import TEMPORARY, Failed, Start

STATUS = "status.yaml"
OLD_FILE, STALE_FILE, FIRST_NEW_FILE = 1, 2, 3  # what stands for inodes


@dataclasses.dataclass(frozen=True)
class Step:
    """One change, or one order to have it on disk."""

    # create, rename, remove (of names); write, truncate, change mode, change owner (of a file); sync file, sync directory
    kind: str
    file: int = 0
    name: str = ""
    target: str = ""  # of a rename
    offset: int = 0
    data: bytes = b""
    mode: int = 0


NAMES = ("create", "rename", "remove")


# --- from the trace to the steps

# Calls that change nothing on disk. What is neither here nor in Tracer is a failure: the model does not know it.
HARMLESS = set("""access arch_prctl brk clock_gettime clock_nanosleep execve exit_group fcntl flock fstat futex geteuid
    getrandom gettid ioctl mmap mprotect mremap munmap nanosleep newfstatat prctl pread64 prlimit64 read readlink readlinkat rseq
    rt_sigaction rt_sigprocmask sched_getaffinity set_robust_list set_tid_address statx uname""".split())


class Tracer:
    """Turns the calls of one run into steps; `files` are the names in the directory and what they stand for."""

    def __init__(self, files):
        self.files = dict(files)
        self.open = {}  # descriptor: 0 for the directory, else the file
        self.offsets = {}
        self.next_file = FIRST_NEW_FILE
        self.steps = []

    def take(self, call, words, result):
        if call in HARMLESS:
            return
        taker = getattr(self, "take_" + call, None)
        if taker is None:
            raise Failed(f"the model does not know the system call {call}({', '.join(words)})")
        taker(words, result)

    def take_openat(self, words, result):
        flags, name = words[2].split("|"), text_of(words[1])
        if "O_DIRECTORY" in flags:
            self.open[result] = 0
            return
        if words[0] == "AT_FDCWD":
            if "O_RDONLY" not in flags:
                raise Failed(f"the model does not know what is written to {name}")
            return
        if "O_CREAT" in flags and name not in self.files:
            self.files[name] = self.next_file
            self.next_file += 1
            self.add("create", file=self.files[name], name=name, mode=int(words[3], 8))
        self.open[result], self.offsets[result] = self.files[name], 0
        if "O_TRUNC" in flags:
            self.add("truncate", file=self.files[name])

    def take_close(self, words, _):
        self.open.pop(int(words[0]), None)

    def take_lseek(self, words, result):
        self.offsets[int(words[0])] = result

    def take_write(self, words, result):
        number = int(words[0])
        if number in self.open:
            self.add("write", file=self.open[number], offset=self.offsets[number], data=bytes_of(words[1])[:result])
            self.offsets[number] += result

    def take_fchmod(self, words, _):
        self.add("change mode", file=self.open[int(words[0])], mode=int(words[1], 8))

    def take_fchown(self, words, _):
        self.add("change owner", file=self.open[int(words[0])])

    def take_fsync(self, words, _):
        file = self.open[int(words[0])]
        self.add("sync file" if file else "sync directory", file=file)

    def take_renameat(self, words, _):
        name, target = text_of(words[1]), text_of(words[3])
        self.files[target] = self.files.pop(name)
        self.add("rename", file=self.files[target], name=name, target=target)

    take_renameat2 = take_renameat

    def take_unlinkat(self, words, _):
        name = text_of(words[1])
        self.add("remove", file=self.files.pop(name), name=name)

    def add(self, kind, **fields):
        self.steps.append(Step(kind, **fields))


def bytes_of(word):
    return bytes.fromhex(word.strip('".').replace("\\x", ""))


def text_of(word):
    return bytes_of(word).decode()


def steps_of(start: Start):
    """The steps of a run of the binary."""
    with harness.scratch() as top:
        directory, trace = start.prepare(top / "metadata"), top / "trace"
        # -xx: strings in hexadecimal, so that commas and quotes in them do not matter.
        result = harness.run(directory, start.arguments, prefix=["strace", "-qq", "-xx", "-s", "1000000", "-o", trace])
        harness.expect_ok(result, directory, start)
        tracer = Tracer(disk_of(start).names)
        succeeded = re.findall(r"^(\w+)\((.*)\) += (\d\w*)", trace.read_text(), re.M)
        for call, words, value in succeeded:
            tracer.take(call, words.split(", "), int(value, 0))
        return tuple(tracer.steps)


# --- what is on disk


@dataclasses.dataclass(frozen=True)
class Disk:
    names: tuple  # of (name, file)
    files: tuple  # of (file, bytes, mode)

    def holds(self, name):
        """(bytes, mode) of what has the name, None if nothing has."""
        file = dict(self.names).get(name)
        return next(((data, mode) for number, data, mode in self.files if number == file), None)

    def named(self):
        """The same disk without what nobody can reach, for comparisons."""
        return tuple(sorted((name, *self.holds(name)) for name, _ in self.names))


def disk_of(start: Start):
    names, files = [], []
    if start.old is not None:
        names.append((STATUS, OLD_FILE))
        files.append((OLD_FILE, start.old, start.mode))
    if start.stale:
        names.append((TEMPORARY, STALE_FILE))
        files.append((STALE_FILE, harness.STALE, 0o644))
    return Disk(tuple(names), tuple(files))


def outcomes(step: Step):
    """What may have come of a step that nothing has forced to the disk."""
    if step.kind == "write":
        return ("lost", "half", "zeros", "done")
    if step.kind == "rename":
        return ("lost", "target only", "source only", "done")
    return ("lost", "done")


def after(disk: Disk, steps_and_outcomes):
    names, files = dict(disk.names), {file: (data, mode) for file, data, mode in disk.files}
    for step, outcome in steps_and_outcomes:
        if step.kind == "create":
            files.setdefault(step.file, (b"", step.mode))
        if outcome == "lost":
            continue
        data, mode = files.get(step.file, (b"", 0))
        if step.kind == "create":
            names[step.name] = step.file
        elif step.kind == "remove" and names.get(step.name) == step.file:
            del names[step.name]
        elif step.kind == "rename":
            if outcome != "source only":
                names[step.target] = step.file
            if outcome != "target only" and names.get(step.name) == step.file:
                del names[step.name]
        elif step.kind == "change mode":
            files[step.file] = (data, step.mode)
        elif step.kind == "truncate":
            files[step.file] = (b"", mode)
        elif step.kind == "write":
            files[step.file] = (written(data, step, outcome), mode)
    return Disk(tuple(names.items()), tuple((file, *rest) for file, rest in files.items()))


def written(data, step, outcome):
    new = {"half": step.data[: len(step.data) // 2], "zeros": bytes(len(step.data)), "done": step.data}[outcome]
    end = step.offset + len(new)
    return data[: step.offset].ljust(step.offset, b"\0") + new + data[end:]


# --- the models


def is_forced(step, later, ordered):
    """Whether the steps after it have brought it to the disk."""
    if step.kind in NAMES or (ordered and step.kind != "write"):
        return any(sync.kind == "sync directory" or (ordered and sync.kind == "sync file") for sync in later)
    return any(sync.kind == "sync file" and sync.file == step.file for sync in later)


def disks_after(disk, done, ordered):
    """All that a power cut after the steps `done` may leave."""
    changes = [(at, step) for at, step in enumerate(done) if not step.kind.startswith("sync")]
    choices = [["done"] if is_forced(step, done[at + 1:], ordered) else outcomes(step) for at, step in changes]
    if ordered:  # names, modes and sizes: done or lost, and never one before an earlier one
        choices = [choice if step.kind == "write" else [word for word in choice if word in ("lost", "done")]
                   for choice, (_, step) in zip(choices, changes)]
    for chosen in itertools.product(*choices):
        pairs = [(step, outcome) for (_, step), outcome in zip(changes, chosen)]
        if not ordered or is_prefix([outcome for step, outcome in pairs if step.kind != "write"]):
            yield after(disk, pairs)


def is_prefix(chosen):
    return "done" not in itertools.dropwhile(lambda outcome: outcome == "done", chosen)
