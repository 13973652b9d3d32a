#!/usr/bin/python3
"""What a power cut may leave, by a model of file systems: every state is clean, and the next run heals it.

Real file systems show a few of the orders in which they may write; the model, after ALICE (Pillai and others, OSDI
2014), has them all. It takes the system calls of a run from strace, cuts the power after each, and works out what may
be on disk. Whatever no fsync has forced there may be lost, by itself:

    weak       any of it, in any order; bytes half, or as zeros; a rename by halves. What POSIX allows.
    ordered    names, modes and sizes in their order, as in a journal; bytes at any time. ext4, xfs.

The second goal shows that the model sees: it finds a bad state in every protocol with a planted mistake.
"""
import dataclasses
import itertools
import re
import typing

import harness
from harness import CREATE, LEFTOVER, REPLACE, TEMPORARY, UNCHANGED, Failed, Start

STATUS = "status.yaml"
OLD_FILE, STALE_FILE, FIRST_NEW_FILE = 1, 2, 3  # what stands for inodes


@dataclasses.dataclass(frozen=True)
class Step:
    """One change, or one order to have it on disk."""

    # create, rename, remove (of names); write, truncate, change mode, change owner (of a file); sync file, sync folder
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
    getrandom ioctl mmap mprotect munmap nanosleep newfstatat prctl pread64 prlimit64 read readlink readlinkat rseq
    rt_sigaction rt_sigprocmask set_robust_list set_tid_address statx uname""".split())


class Tracer:
    """Turns the calls of one run into steps; `files` are the names in the folder and what they stand for."""

    def __init__(self, files):
        self.files = dict(files)
        self.open = {}  # descriptor: 0 for the folder, else the file
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
        self.add("sync file" if file else "sync folder", file=file)

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
        folder, trace = start.prepare(top / "metadata"), top / "trace"
        # -xx: strings in hexadecimal, so that commas and quotes in them do not matter.
        result = harness.run(folder, start.arguments, prefix=["strace", "-qq", "-xx", "-s", "1000000", "-o", trace])
        harness.expect_ok(result, folder, start)
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
        return any(sync.kind == "sync folder" or (ordered and sync.kind == "sync file") for sync in later)
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


# --- what is promised


@dataclasses.dataclass(frozen=True)
class Scenario:
    """A run from `start`, after steps that an earlier process left unsynced."""

    name: str
    start: Start
    steps: tuple  # of the run
    disk: Disk
    old: typing.Optional[bytes]
    before: tuple = ()
    ends_only: bool = False  # only what holds after exit code 0: until then, the earlier process is to blame

    def crash_states(self, ordered):
        """Of each: what is on disk, and whether the run had ended with exit code 0."""
        for count in range(len(self.steps) if self.ends_only else 0, len(self.steps) + 1):
            for disk in disks_after(self.disk, self.before + self.steps[:count], ordered):
                yield disk, count == len(self.steps)


def scenarios():
    for start in harness.STARTS:
        yield Scenario(start.name, start, steps_of(start), disk_of(start), start.old)
    unchanged = steps_of(UNCHANGED)
    for start in (REPLACE, CREATE, LEFTOVER):
        killed = steps_of(start)
        killed = killed[:1 + [step.kind for step in killed].index("rename")]
        again = renumbered(unchanged, killed[-1].file)
        yield Scenario(f"unchanged after a kill of {start.name}", start, again, disk_of(start), start.old, killed)
    another = (Step("create", file=FIRST_NEW_FILE, name=STATUS, mode=0o644),
               Step("write", file=FIRST_NEW_FILE, data=UNCHANGED.new))
    again = renumbered(unchanged, FIRST_NEW_FILE)
    yield Scenario("unchanged after echo", UNCHANGED, again, Disk((), ()), None, another, ends_only=True)


def renumbered(steps, file):
    """The steps, made on `file` in place of the old one."""
    return tuple(dataclasses.replace(step, file=file) if step.file == OLD_FILE else step for step in steps)


def fault_of(disk: Disk, scenario: Scenario, ended):
    """Why the state breaks the promise; None if it does not."""
    others = [name for name, _ in disk.names if name not in (STATUS, TEMPORARY)]
    if others:
        return f"another file: {others}"
    found = disk.holds(STATUS)
    if found is None:
        return None if scenario.old is None and not ended else "status.yaml is gone"
    data, mode = found
    if data == scenario.start.new and mode & 0o444 == 0o444:
        return None
    if data == scenario.start.new and data != scenario.old:
        return f"status.yaml is new, but has mode {mode:o}"
    if ended:
        return f"exit code 0, and status.yaml holds {data!r}, mode {mode:o}"
    return None if data == scenario.old else f"status.yaml holds {data!r}"


# --- the goals


def states_of(scenario):
    """(scenario, model, disk, ended), each once."""
    seen = set()
    for model in ("weak", "ordered"):
        for disk, ended in scenario.crash_states(model == "ordered"):
            if (disk.named(), ended) not in seen:
                seen.add((disk.named(), ended))
                yield scenario, model, disk, ended


@dataclasses.dataclass(frozen=True)
class Case:
    scenario: Scenario
    model: str
    disk: Disk
    ended: bool

    def __str__(self):
        when = "after exit code 0" if self.ended else "on the way"
        return f"{self.scenario.name}, {self.model} model, {when}: {self.disk.named()}"


def test_state(case: Case):
    fault = fault_of(case.disk, case.scenario, case.ended)
    if fault:
        steps = "\n".join(f"  {step}" for step in case.scenario.before + case.scenario.steps)
        raise Failed(f"{fault}\nsteps:\n{steps}")
    with harness.scratch() as top:
        folder = dataclasses.replace(case.scenario.start, old=None, stale=False).prepare(top / "metadata")
        for name, data, mode in case.disk.named():
            (folder / name).write_bytes(data)
            (folder / name).chmod(mode)
        result = harness.run(folder, case.scenario.start.arguments)
        harness.expect_ok(result, folder, case.scenario.start)


def without(kind):
    return lambda steps: [step for step in steps if step.kind != kind]


def moved(kind, after_kind):
    """The step of one kind, right after that of another."""
    def mutate(steps):
        step = next(step for step in steps if step.kind == kind)
        rest = [other for other in steps if other is not step]
        at = 1 + max(at for at, other in enumerate(rest) if other.kind == after_kind)
        return rest[:at] + [step] + rest[at:]
    return mutate


def in_place(steps):
    write = next(step for step in steps if step.kind == "write")
    return [Step("truncate", file=OLD_FILE), dataclasses.replace(write, file=OLD_FILE),
            Step("sync file", file=OLD_FILE), Step("sync folder")]


def removed_first(steps):
    at = [step.kind for step in steps].index("rename")
    return [*steps[:at], Step("remove", file=OLD_FILE, name=STATUS), *steps[at:]]


def end_after_sync(steps):
    """The last half of the bytes comes after the file is synced."""
    at = [step.kind for step in steps].index("write")
    sync = [step.kind for step in steps].index("sync file")
    half = len(steps[at].data) // 2
    first = dataclasses.replace(steps[at], data=steps[at].data[:half])
    last = dataclasses.replace(steps[at], data=steps[at].data[half:], offset=half)
    return [*steps[:at], first, *steps[at + 1:sync + 1], last, *steps[sync + 1:]]


def another_name(steps):
    """As with a number of the process in the name: a later run does not know it."""
    return [dataclasses.replace(step, name=step.name + ".4711") if step.name == TEMPORARY else step for step in steps]


MUTANTS = (
    ("the file is not synced", "replace", without("sync file")),
    ("the first file is not synced", "create", without("sync file")),
    ("the folder is not synced", "replace", without("sync folder")),
    ("nothing is synced", "leftover", lambda steps: without("sync folder")(without("sync file")(steps))),
    ("the rename comes before the file is synced", "replace", moved("sync file", "rename")),
    ("the folder is synced before the rename", "replace", moved("rename", "sync folder")),
    ("the file is written in place", "replace", in_place),
    ("the old file is removed first", "replace", removed_first),
    ("the mode is changed after the sync", "create", moved("change mode", "sync file")),
    ("the mode is changed after the rename", "create", moved("change mode", "rename")),
    ("the last bytes come after the sync", "replace", end_after_sync),
    ("the temporary file has a new name each time", "create", another_name),
    ("what is unchanged is taken to be on disk", "unchanged after a kill of replace", lambda steps: []),
    ("what is unchanged: only the file is synced", "unchanged after a kill of create", without("sync folder")),
    ("what is unchanged: only the folder is synced", "unchanged after echo", without("sync file")),
)


def test_mutant(case):
    name, scenario = case
    # By name: functions cannot be sent to another process.
    mutate = next(mutate for known, _, mutate in MUTANTS if known == name)
    mutant = dataclasses.replace(scenario, steps=tuple(mutate(scenario.steps)))
    if mutant.steps == scenario.steps:
        raise Failed(f"{name}: changes nothing")
    states = itertools.chain(mutant.crash_states(ordered=False), mutant.crash_states(ordered=True))
    if not any(fault_of(disk, mutant, ended) for disk, ended in states):
        raise Failed(f"{name}: the model does not see it")


def main():
    known = {scenario.name: scenario for scenario in scenarios()}
    states = [Case(*state) for scenario in known.values() for state in states_of(scenario)]
    mutants = [(name, known[scenario]) for name, scenario, _ in MUTANTS]
    harness.main(lambda: harness.goal("modelled crash states are clean and heal", test_state, states, at_least=50),
                 lambda: harness.goal("protocol mutants seen by the model", test_mutant, mutants, at_least=15))


if __name__ == "__main__":
    main()
