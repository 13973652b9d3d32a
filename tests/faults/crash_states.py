#!/usr/bin/python3
"""What a power cut may leave, by a model of file systems: every state is clean, and the next run heals it.

Real file systems show a few of the orders in which they may write; the model (persistence.py) has them all. The
second goal shows that the model sees: it finds a bad state in every protocol with a planted mistake.
"""
import dataclasses
import itertools
import typing

import harness
from harness import CREATE, LEFTOVER, REPLACE, TEMPORARY, UNCHANGED, Failed, Start
from persistence import FIRST_NEW_FILE, OLD_FILE, STATUS, Disk, Step, disk_of, disks_after, steps_of


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
        directory = dataclasses.replace(case.scenario.start, old=None, stale=False).prepare(top / "metadata")
        for name, data, mode in case.disk.named():
            (directory / name).write_bytes(data)
            (directory / name).chmod(mode)
        result = harness.run(directory, case.scenario.start.arguments)
        harness.expect_ok(result, directory, case.scenario.start)


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
            Step("sync file", file=OLD_FILE), Step("sync directory")]


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
    ("the directory is not synced", "replace", without("sync directory")),
    ("nothing is synced", "leftover", lambda steps: without("sync directory")(without("sync file")(steps))),
    ("the rename comes before the file is synced", "replace", moved("sync file", "rename")),
    ("the directory is synced before the rename", "replace", moved("rename", "sync directory")),
    ("the file is written in place", "replace", in_place),
    ("the old file is removed first", "replace", removed_first),
    ("the mode is changed after the sync", "create", moved("change mode", "sync file")),
    ("the mode is changed after the rename", "create", moved("change mode", "rename")),
    ("the last bytes come after the sync", "replace", end_after_sync),
    ("the temporary file has a new name each time", "create", another_name),
    ("what is unchanged is taken to be on disk", "unchanged after a kill of replace", lambda steps: []),
    ("what is unchanged: only the file is synced", "unchanged after a kill of create", without("sync directory")),
    ("what is unchanged: only the directory is synced", "unchanged after echo", without("sync file")),
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
