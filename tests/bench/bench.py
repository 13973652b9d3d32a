#!/usr/bin/python3
"""Measures kratix-status beside other ways to do the same, and writes docs/benchmarks.md and docs/benchmarks.svg.

    bench.py BINARY LIFTED TOOLS WORK KUBECTL [--quick]

BINARY is what is shipped, LIFTED the same without its limits of size, TOOLS the directory that tests/conformance/build made,
WORK one for the compiled programs and for a status on disk. scripts/bench sets all of it up. --quick: few rounds, printed
and not written.
"""

import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

import callgrind
import growth
import plot
import publishing
import quota
import statuses
import system_calls
import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BINARY, LIFTED, TOOLS, WORK, KUBECTL = (pathlib.Path(argument).resolve() for argument in sys.argv[1:6])
QUICK = "--quick" in sys.argv[6:]
COMMANDS = ("set", "nested", "get", "merge")
TITLES = {"set": "`set message`", "nested": "nested `set`", "get": "`get message`", "merge": "`merge` of 50 keys"}
SIZES = {"tutorial": 0, "64 KiB": 64 << 10, "1 MiB": 1 << 20}
# What one round of all programs takes is 2 s, 4 s and half a minute.
ROUNDS = {"tutorial": 3, "64 KiB": 1, "1 MiB": 1} if QUICK else {"tutorial": 15, "64 KiB": 5, "1 MiB": 3}
PAIRS = 50 if QUICK else 400
OURS = "kratix-status"


class Program:
    """A way to do the four commands; `command` gives the arguments for one in the directory `root`."""

    def __init__(self, name, command, size):
        self.name, self.command, self.size = name, command, size


def ours(binary):
    def command(root, what):
        arguments = {
            "set": ["set", "message", "round {n}"],
            "nested": ["set", "initialLoginDetails.username", "round {n}"],
            "get": ["get", "message"],
            "merge": ["merge", f"{root}/merge/{{n}}.yaml"],
        }[what]
        # Without an option, as in a Pipeline: the directory comes from the environment.
        return [str(binary), *arguments]

    return command


def floor(root, what, program="floor"):
    reads = {"nested": [f"{root}/input/object.yaml"],
             "merge": [f"{root}/merge/{{n}}.yaml", f"{root}/input/object.yaml"]}.get(what, [])
    return [str(WORK / program), f"{root}/metadata", "get" if what == "get" else "set", "round {n}", *reads]


def yq(root, what):
    file = f"{root}/metadata/status.yaml"
    program = {
        "set": '.message = "round {n}"',
        "nested": f'.initialLoginDetails = (load("{root}/input/object.yaml").status.initialLoginDetails // {{}})'
                  ' * (.initialLoginDetails // {}) | .initialLoginDetails.username = "round {n}"',
        "get": ".message",
        "merge": f'. *= load("{root}/merge/{{n}}.yaml")',
    }[what]
    return [str(TOOLS / "bin/yq"), *([] if what == "get" else ["-i"]), program, file]


def writer(prefix):
    def command(root, what):
        operand = {"set": ["round {n}"], "nested": ["round {n}"], "merge": [f"{root}/merge/{{n}}.yaml"],
                   "publish": ["round {n}"]}.get(what, [])
        return [*map(str, prefix), str(root), what, *operand]

    return command


PYTHON = [TOOLS / "venv/bin/python", HERE / "python_writer.py"]
PROGRAMS = [
    Program(OURS, ours(BINARY), BINARY),
    Program("floor", floor, WORK / "floor"),
    Program("yq", yq, TOOLS / "bin/yq"),
    Program("kratix-go", writer([TOOLS / "bin/writer"]), TOOLS / "bin/writer"),
    Program("PyYAML, libyaml", writer([*PYTHON, "pyyaml-c"]), None),
    Program("PyYAML", writer([*PYTHON, "pyyaml"]), None),
    Program("kratix-sdk", writer([*PYTHON, "sdk"]), None),
]


OTHERS = [program for program in PROGRAMS if program.name != "floor"]
# The same with the C library of the shipped binary.
MUSL_FLOOR = Program("floor, musl", lambda root, what: floor(root, what, "floor-musl"), WORK / "floor-musl")


def check_result(directory, program, what, rounds):
    """The last round's change has to be there: what did nothing is not measured."""
    if what == "get" or program.name.startswith("floor"):
        return
    status = yaml.load((directory / "metadata/status.yaml").read_text(), yaml.CSafeLoader)
    value = f"round {rounds - 1}"
    found = {"set": lambda: status["message"], "nested": lambda: status["initialLoginDetails"]["username"],
             "merge": lambda: status["merged0"]}[what]()
    other = status["initialLoginDetails"]["passwordSecretName"]
    if (found, other) != (value, "example-es-elastic-user"):
        sys.exit(f"bench: {program.name} {what}: {found!r} instead of {value!r}")


# --- measuring


class Run:
    def __init__(self, line):
        _, wall, user, system, peak, code = map(int, line.split())
        if code != 0:
            sys.exit(f"bench: exit code {code}: {line}")
        self.wall, self.cpu, self.peak = wall / 1e6, (user + system) / 1e3, peak  # ms, ms, KiB


def measure(commands, rounds, root, group=None, variables=None):
    """Runs[command][round]; kratix-status works in `root`."""
    line = [str(WORK / "measure"), str(rounds)]
    for command in commands:
        line += ["--", *command] if command is not commands[0] else command
    # What kratix-status says of a large status is not of interest; a failure shows in its exit code.
    done = subprocess.run(line, env=callgrind.environment(root) | (variables or {}), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True, check=True, preexec_fn=group.enter if group else None)
    runs = [[] for _ in commands]
    for text in done.stdout.splitlines():
        runs[int(text.split()[0])].append(Run(text))
    return runs


class Ratio:
    """The median of the ratios of paired runs, and where the middle half of them lies."""

    def __init__(self, ones, others, field="wall"):
        ratios = sorted(getattr(one, field) / getattr(other, field) for one, other in zip(ones, others))
        self.median = statistics.median(ratios)
        self.low, self.high = ratios[len(ratios) // 4], ratios[(3 * len(ratios)) // 4]

    def __str__(self):
        return f"{short(self.median)} ({short(self.low)} to {short(self.high)})"


def short(number):
    """Three digits are more than these measurements hold."""
    if number >= 100:
        return f"{number:.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def median(runs, field):
    return statistics.median(getattr(run, field) for run in runs)


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def measure_all(programs, what, size, rounds, base, group=None):
    """Runs by the program's name, each in a directory of its own."""
    with tempfile.TemporaryDirectory(dir=base) as temporary:
        directories = [pathlib.Path(temporary) / str(number) for number in range(len(programs))]
        for directory in directories:
            statuses.fill(directory, size, rounds)
        commands = [program.command(directory, what) for program, directory in zip(programs, directories)]
        runs = measure(commands, rounds, directories[0], group)
        for program, directory in zip(programs, directories):
            check_result(directory, program, what, rounds)
    return {program.name: taken for program, taken in zip(programs, runs)}


# --- the parts of the report


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows])


def compared(memory):
    """A table of all commands at all sizes, and the runs by (size, command)."""
    rows, all_runs = [], {}
    for size, bytes_of_status in SIZES.items():
        for what in COMMANDS:
            say(f"{size}: {what}")
            runs = measure_all(OTHERS, what, bytes_of_status, ROUNDS[size], memory)
            all_runs[size, what] = runs
            if bytes_of_status and what not in ("set", "get"):
                continue
            own = runs[OURS]
            rows.append([size, TITLES[what], short(median(own, "wall")), short(max(run.peak for run in own) / 1024),
                         *(short(Ratio(taken, own).median) for name, taken in runs.items() if name != OURS)])
    names = [program.name for program in OTHERS if program.name != OURS]
    return table(["status", "command", f"{OURS}, ms", "peak MiB", *names], rows), all_runs


def against_floor(memory, disk):
    rows, ratios = [], {}
    for place, base in (("memory", memory), ("disk", disk)):
        for what in COMMANDS:
            say(f"beside the floor, in {place}: {what}")
            runs = measure_all([*PROGRAMS[:2], MUSL_FLOOR], what, 0, PAIRS if base is memory else PAIRS // 4, base)
            found = [Ratio(runs[OURS], runs[name]) for name in ("floor", MUSL_FLOOR.name)]
            ratios[place, what], ratios[place, what, "musl"] = found
            if what in ("nested", "merge") and base is disk:
                continue
            rows.append([place, TITLES[what], *(short(median(runs[name], "wall")) for name in ("floor", MUSL_FLOOR.name, OURS)), *found])
    return table(["status in", "command", "floor, ms", "on musl, ms", f"{OURS}, ms", "to the floor", "to musl's"], rows), ratios


def instructions(memory):
    rows, counts = [], {}
    for program in PROGRAMS[:4]:
        row = [program.name]
        for what in COMMANDS:
            say(f"instructions: {program.name} {what}")
            with statuses.filled(memory) as directory:
                count = callgrind.count(statuses.first_round(program.command(directory, what)), directory)
            counts[program.name, what] = count
            row.append("not under valgrind" if count is None else f"{count:,}")
        row.append(f"{program.size.stat().st_size / 1e6:.1f} MB")
        rows.append(row)
    return table(["program", *(TITLES[what] for what in COMMANDS), "binary"], rows), counts


def by_size(memory):
    """Cost against size, of the binary without its limits and of others, and the exponents of the size: in time from 64 KiB to
    4 MiB, in instructions from 64 KiB to 1 MiB."""
    programs = [Program(OURS, ours(LIFTED), LIFTED), *PROGRAMS[2:5]]
    sizes = [1 << power for power in range(10, 23)]
    points = {program.name: [] for program in programs}
    rows, times = [], []
    for size in sizes:
        say(f"cost of {size} bytes")
        rounds = 1 if QUICK else max(3, min(40, (1 << 22) // size))
        runs = measure_all(programs, "set", size, rounds, memory)
        for name, taken in runs.items():
            points[name].append((size, median(taken, "wall")))
        ours_now = runs[OURS]
        times.append((size, median(ours_now, "cpu")))
        rows.append([statuses.size_shown(size), *(short(median(taken, "wall")) for taken in runs.values()),
                     short(median(ours_now, "wall") * 1e6 / size), short(max(run.peak for run in ours_now) / 1024)])
    (small, cheap), (large, dear) = times[6], times[-1]
    exponents = exponent(small, cheap, large, dear), exponent(
        1 << 16, instructions_at(1 << 16, memory), 1 << 20, instructions_at(1 << 20, memory))
    text = table(["status", *(f"{program.name}, ms" for program in programs), f"{OURS}, ns a byte", "peak MiB"], rows[::3])
    return text, points, exponents


def exponent(small, cheap, large, dear):
    return math.log(dear / cheap) / math.log(large / small)


def instructions_at(size, memory):
    with statuses.filled(memory, size) as directory:
        return callgrind.count([str(LIFTED), "set", "message", "counted"], directory)


def under_quota(memory):
    try:
        group = quota.Group("kratix-status-bench")
    except OSError as error:
        return f"Not measured: this machine does not let us set a CPU quota ({error})."
    rounds = 3 if QUICK else 10
    say("under a quota")
    with group:
        free = measure_all(PROGRAMS, "set", 0, rounds, memory)
        held = measure_all(PROGRAMS, "set", 0, rounds, memory, group)
    rows = [[name, short(median(free[name], "wall")), short(median(held[name], "wall")),
             "1" if name == OURS else Ratio(held[name], held[OURS])] for name in free]
    return table(["program", "whole CPU, wall ms", "200m, wall ms", f"200m, {OURS} = 1"], rows)


def published(memory):
    """One message set and shown, and the ratios to kratix-status by program."""
    say("publishing")
    programs = [(OURS, lambda root: [str(BINARY), "set", "--publish", "message", "round {n}"]),
                ("kubectl patch", publishing.kubectl(KUBECTL)),
                ("kratix-go", lambda root: writer([TOOLS / "bin/writer"])(root, "publish")),
                ("kratix-sdk", lambda root: writer([*PYTHON, "sdk"])(root, "publish"))]
    rounds = 3 if QUICK else 30
    runs = {}
    with publishing.cluster() as (variables, message), tempfile.TemporaryDirectory(dir=memory) as temporary:
        commands = []
        for name, command in programs:
            directory = pathlib.Path(temporary) / name.split()[0]
            publishing.fill(directory)
            commands.append(command(directory))
            # Alone once: each really publishes, and kubectl learns where objects are.
            measure(commands[-1:], 1, directory, variables=variables)
            if message() != "round 0":
                sys.exit(f"bench: {name} has not published: {message()!r}")
        taken = measure(commands, rounds, pathlib.Path(temporary) / OURS, variables=variables)
        runs = dict(zip((name for name, _ in programs), taken))
    ratios = {name: Ratio(taken, runs[OURS]) for name, taken in runs.items()}
    ratios["peak"] = max(run.peak for run in runs[OURS]) / 1024 * 1.048576
    rows = [[name, short(median(taken, "wall")), short(median(taken, "cpu")), short(max(run.peak for run in taken) / 1024),
             "1" if name == OURS else ratios[name]] for name, taken in runs.items()]
    return table(["program", "wall ms", "user+sys ms", "peak MiB", f"wall, {OURS} = 1"], rows), ratios


def figures(runs, ratios, counts, exponents, live):
    """What was to be reached: what, wanted, found, and whether that is so."""
    tutorial, mebi = runs["tutorial", "set"], runs["1 MiB", "set"]
    peak = {size: max(run.peak for run in runs[size, "set"][OURS]) / 1024 * 1.048576 for size in SIZES}
    size = BINARY.stat().st_size
    recorded = dict(line.split("\t")[:2] for line in (HERE / "instructions.tsv").read_text().splitlines())
    rows = []

    def at_most(what, limit, found, shown=None, unit=""):
        number = found.median if isinstance(found, Ratio) else found
        rows.append([what, f"at most {limit:,}{unit}", shown or found, "reached" if number <= limit else "**not reached**"])

    def at_least(what, limit, found):
        rows.append([what, f"at least {limit} times", found, "reached" if found.median >= limit else "**not reached**"])

    at_most("`set` on the tutorial's file, status in memory, beside the floor", 0.8, ratios["memory", "set"], unit=" times")
    at_most("the same beside the floor on musl", 1.8, ratios["memory", "set", "musl"], unit=" times")
    at_most("the same beside the floor, status on disk", 1.3, ratios["disk", "set"], unit=" times")
    for what, limit in (("set", 170_000), ("get", 110_000), ("nested", 1_700_000), ("merge", 2_400_000)):
        at_most(f"instructions of {TITLES[what]}", limit, counts[OURS, what], f"{counts[OURS, what]:,}")
    for what, limit in (("set", 40e6), ("set, on a file that a person wrote", 40e6), ("get", 16e6), ("validate", 45e6)):
        found = int(recorded[f"64 KiB: {what}"])
        at_most(f"instructions at 64 KiB: {what}", limit / 1e6, found / 1e6, f"{found / 1e6:.1f} M", " M")
    at_most("peak memory on the tutorial's file", 2.5, peak["tutorial"], f"{peak['tutorial']:.1f} MB", " MB")
    at_most("peak memory on 1 MiB", 15, peak["1 MiB"], f"{peak['1 MiB']:.0f} MB", " MB")
    at_most("peak memory of a publish", 3, live["peak"], f"{live['peak']:.1f} MB", " MB")
    at_most("the binary", 1.8, size / 1e6, f"{size / 1e6:.2f} MB", " MB")
    at_most("`set` on 1 MiB beside PyYAML on libyaml", 0.6, Ratio(mebi[OURS], mebi["PyYAML, libyaml"]), unit=" times")
    at_most("instructions from 64 KiB to 1 MiB grow with the size to the power of", 1.05, exponents[1], f"{exponents[1]:.2f}")
    for what, limit in (("set", 5), ("get", 4)):
        found = [Ratio(runs[where, what]["yq"], runs[where, what][OURS]) for where in SIZES]
        rows.append([f"yq beside {TITLES[what]}, {', '.join(SIZES)}", f"at least {limit} times",
                     ", ".join(short(ratio.median) for ratio in found),
                     "reached" if all(ratio.median >= limit for ratio in found) else "**not reached**"])
    at_least("kratix-sdk beside `set`", 25, Ratio(tutorial["kratix-sdk"], tutorial[OURS]))
    at_least("kubectl beside `set --publish`", 10, live["kubectl patch"])
    at_least("kratix-sdk beside `set --publish`", 30, live["kratix-sdk"])
    return table(["figure", "wanted", "found", ""], rows)


def versions():
    def first(*command):
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[0]

    model = next(line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                 if line.startswith("model name"))
    modules = subprocess.run(["go", "version", "-m", TOOLS / "bin/writer"], capture_output=True, text=True, check=True)
    kratix_go = next(line.split()[2] for line in modules.stdout.splitlines() if "syntasso/kratix-go" in line)
    python = first(TOOLS / "venv/bin/python", "-c",
                   "import sys, yaml, kratix_sdk; print(f'Python {sys.version.split()[0]}, PyYAML {yaml.__version__}, '"
                   "f'kratix-sdk {kratix_sdk.__version__}')")
    return "\n".join([
        f"- machine: {model}, {os.cpu_count()} CPUs, Linux {os.uname().release}; "
        f"load at the start: {os.getloadavg()[0]:.1f}",
        f"- {first(BINARY, 'version')}, {BINARY.stat().st_size:,} bytes",
        f"- {first(TOOLS / 'bin/yq', '--version')}; kratix-go {kratix_go}; {python}",
        f"- {first('gcc', '--version')}; {first('valgrind', '--version')}",
    ])


def main():
    head = versions()
    memory = pathlib.Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else WORK
    disk = WORK / "disk"
    disk.mkdir(exist_ok=True)
    calls = system_calls.compare(PROGRAMS[0], PROGRAMS[1], COMMANDS, memory)
    floor_table, ratios = against_floor(memory, disk)
    instruction_table, counts = instructions(memory)
    size_table, points, exponents = by_size(memory)
    grown = growth.rows(BINARY, say)
    steepest = max(grown, key=lambda row: float(row[-1]))
    published_text, live = published(memory)
    quota_text = under_quota(memory)
    compared_text, runs = compared(memory)
    shutil.rmtree(disk)
    report = (HERE / "benchmarks.md.in").read_text()
    for name, text in {"versions": head, "figures": figures(runs, ratios, counts, exponents, live), "published": published_text, "calls": calls,
                       "floor": floor_table, "instructions": instruction_table, "sizes": size_table,
                       "time_exponent": f"{exponents[0]:.2f}", "count_exponent": f"{exponents[1]:.2f}",
                       "cases": str(len(grown)), "exponent": steepest[-1], "steepest": f"{steepest[0]} of {steepest[1]}", "quota": quota_text, "compared": compared_text, "pairs": str(PAIRS)}.items():
        report = report.replace(f"@{name}@", text)
    if QUICK:
        print(report)
        return
    (ROOT / "docs/benchmarks.md").write_text(report)
    (ROOT / "docs/benchmarks.svg").write_text(plot.svg(points))


main()
