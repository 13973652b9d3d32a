#!/usr/bin/python3
"""64 writers at once, a third or more of their runs killed by SIGKILL: nothing acknowledged is lost, nothing is torn.

In each round the writers set keys of their own in one file, and two readers, who take no lock, read it all the time:
the file is never missing, never torn, and never lacks a key that it had. A run that is to be killed is killed at a
random moment of the life that runs have here, most often while it waits for the lock, sometimes too late. After the
round every key whose run ended with exit code 0 is there, and one more run leaves no file but status.yaml.
"""
import json
import multiprocessing
import random
import re
import signal
import statistics
import subprocess
import tempfile
import threading
import time

import contained
import harness
from harness import LONG, SEED, TEMPORARY, Failed, Run

WRITERS, READERS = 64, 2
RUNS_OF_WRITER = 5  # in a round
ROUNDS = 32 if LONG else 10  # 10,240 runs, or 3,200
SHARE_AIMED_AT, SHARE_KILLED = 0.6, 0.3  # some come to their end before they are killed
FIRST_LIFE = 0.01  # seconds, of a run, as long as none has ended in this round
PATIENCE = ("--lock-timeout", "600")  # a slow machine makes this test slow, and never makes it fail
PAUSE = 0.005  # seconds between two reads: readers are not to take the writers' time

LINE = re.compile(rb"(w\d+-\d+): \1( \1)*")


def value_of(key):
    return " ".join([key] * 4)


class Writer(threading.Thread):
    def __init__(self, directory, number, seed, lives):
        super().__init__()
        self.directory, self.number = directory, number
        self.chance = random.Random(f"{seed} {number}")
        self.lives = lives  # of all writers: seconds of each run that was left alone, from its start
        self.acknowledged, self.killed, self.failed, self.seconds = [], [], [], []

    def run(self):
        for count in range(RUNS_OF_WRITER):
            key = f"w{self.number}-{count}"
            command = harness.status_command(self.directory, [*PATIENCE, "set", key, value_of(key)])
            began = time.monotonic()
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE)
            started = time.monotonic()
            is_aimed_at = self.chance.random() < SHARE_AIMED_AT
            if is_aimed_at:
                time.sleep(self.chance.uniform(0, self.usual_life()))
                process.kill()
            stdout, stderr = process.communicate()
            if not is_aimed_at:
                self.lives.append(time.monotonic() - started)
                self.seconds.append(time.monotonic() - began)
            self.note(key, Run(command, process.returncode, stdout, stderr), is_aimed_at)

    def usual_life(self):
        """Measured, for machines differ: a fixed time is too late on one and before anything happens on another."""
        return statistics.median(self.lives) if self.lives else FIRST_LIFE

    def note(self, key, result, is_aimed_at):
        if result.code == 0:
            self.acknowledged.append(key)
        elif result.code == -signal.SIGKILL and is_aimed_at:
            self.killed.append(key)
        else:
            self.failed.append(result)


def read_all_the_time(directory, stop, answer):
    """Sends the number of reads, and what was wrong, `` if nothing."""
    reads, known = 0, set()
    while not stop.is_set():
        try:
            data = (directory / "status.yaml").read_bytes()
        except FileNotFoundError:
            answer.send((reads, "status.yaml is missing"))
            return
        reads += 1
        lines = data.split(b"\n")
        keys = {line.split(b":")[0] for line in lines[:-1] if LINE.fullmatch(line)}
        if lines[-1] or len(keys) != len(lines) - 1 or not known <= keys:
            answer.send((reads, f"torn, or without {sorted(known - keys)[:5]}: ...{data[-300:]!r}"))
            return
        known = keys
        time.sleep(PAUSE)
    answer.send((reads, ""))


def start_readers(directory, stop):
    context = multiprocessing.get_context("fork")
    answers = []
    for _ in range(READERS):
        ours, theirs = context.Pipe(duplex=False)
        context.Process(target=read_all_the_time, args=(directory, stop, theirs), daemon=True).start()
        answers.append(ours)
    return answers


class Round:
    """What one round comes to; the parts of all rounds are added up."""

    def __init__(self, disk, number):
        with harness.scratch(disk) as top:
            directory = top / "metadata"
            directory.mkdir()
            (directory / "status.yaml").write_bytes(b"w0-999: w0-999\n")
            stop = multiprocessing.get_context("fork").Event()
            answers = start_readers(directory, stop)
            lives = []
            self.writers = [Writer(directory, writer, f"{SEED} {number}", lives) for writer in range(WRITERS)]
            for writer in self.writers:
                writer.start()
            for writer in self.writers:
                writer.join()
            stop.set()
            self.reads = [answer.recv() for answer in answers]
            self.keys = {line.split(":")[0] for line in harness.content(directory).decode().splitlines()}
            self.left = harness.leftovers(directory)
            self.healing = harness.run(directory, ["set", "w0-1000", "w0-1000"])
            self.left_at_last = harness.leftovers(directory)

    def of_all(self, what):
        return [item for writer in self.writers for item in getattr(writer, what)]

    def check(self):
        failed = self.of_all("failed")
        if failed:
            raise Failed(f"{len(failed)} runs failed that nobody killed\n{harness.shown(failed[0])}")
        lost = sorted(set(self.of_all("acknowledged")) - self.keys)
        if lost:
            raise Failed(f"{len(lost)} acknowledged keys are lost: {lost[:10]}")
        for _, problem in self.reads:
            if problem:
                raise Failed(f"a reader: {problem}")
        if self.left not in ([], [TEMPORARY]):
            raise Failed(f"more than one file is left behind: {self.left}")
        if self.healing.code != 0 or self.left_at_last:
            raise Failed(f"one more run leaves {self.left_at_last}\n{harness.shown(self.healing)}")


def test_round(case):
    disk, number = case
    done = Round(disk, number)
    killed = done.of_all("killed")
    sums = {"runs": WRITERS * RUNS_OF_WRITER, "killed": len(killed), "acknowledged": len(done.of_all("acknowledged")),
            "killed after the rename": len(set(killed) & done.keys), "reads": sum(reads for reads, _ in done.reads),
            "seconds": done.of_all("seconds")}
    (disk / f"sums.{number}").write_text(json.dumps(sums))
    done.check()


def goal_writers(disk):
    good = harness.goal(f"rounds of {WRITERS} writers", test_round,
                        [(disk, number) for number in range(ROUNDS)], at_least=ROUNDS, workers=1)
    sums = [json.loads(path.read_text()) for path in disk.glob("sums.*")]
    total = {name: sum(each[name] for each in sums) for name in sums[0] if name != "seconds"}
    p99 = statistics.quantiles([second for each in sums for second in each["seconds"]], n=100)[98]
    shown = ", ".join(f"{number} {name}" for name, number in total.items())
    print(f"faults: writers: {shown}; 99 % of the others took at most {p99:.2f} s", flush=True)
    enough_killed = total["killed"] >= SHARE_KILLED * total["runs"]
    if not enough_killed:
        print("faults: writers: FAILED: 30 % of the runs have to be killed")
    return enough_killed and good


def main():
    # On the disk, not in memory: syncing takes its time there, and so does holding the lock.
    with harness.scratch(tempfile.gettempdir()) as disk:
        contained.start()
        harness.main(lambda: goal_writers(disk))


if __name__ == "__main__":
    main()
