"""What the fault tests stand on: they run the binary, look at the directory that it leaves, and count.

A test program defines tests, each a function of one case, and ends in

    harness.main(lambda: harness.goal("name of the goal", test, cases, at_least=480))

goal() runs the cases two at a time, in processes of their own, and prints one line, `faults: name of the goal: 480 of
480`. A case fails by a Failed (see expect()), which shows the command, the directory, the exit code and both streams,
and is skipped by a Skipped, which is counted and named. Root with CI=true has no excuse: there a skip is a failure.

The binary is $KRATIX_STATUS_BINARY, or the one that scripts/build left in dist/. Random choices come from SEED.
"""
import concurrent.futures
import contextlib
import dataclasses
import multiprocessing
import os
import pathlib
import platform
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import traceback
import typing

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
ARCHITECTURE = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
BINARY = os.path.realpath(os.environ.get("KRATIX_STATUS_BINARY") or ROOT / f"dist/kratix-status-linux-{ARCHITECTURE}")

LONG = "--long" in sys.argv
STOPS_AT_FIRST = "--first" in sys.argv  # failure; enough to catch a planted bug
SEED = 20240821
IS_ROOT = os.geteuid() == 0
MUST_NOT_SKIP = IS_ROOT and os.environ.get("CI") == "true"
WORKERS = 2
TIMEOUT = 30  # seconds, for a run that should take milliseconds
SHOWN_FAILURES = 5

STATUS_WRITER = 65532  # the uid that Kratix reads status.yaml as
OTHER_USER = 1000
STATUS, CONTROL, SELECTORS = "status.yaml", "workflow-control.yaml", "destination-selectors.yaml"
TEMPORARY = ".status.yaml.kratix-status.tmp"
STALE = b"half of a fi"  # what a killed run left in TEMPORARY


class Failed(Exception):
    """The case did not end as it should; the text tells everything."""


class Skipped(Exception):
    """The case cannot run here; the text says what it needs."""


# --- running the binary


@dataclasses.dataclass
class Run:
    command: list
    code: typing.Optional[int]  # negative: the signal that ended it; None: it did not end in time
    stdout: bytes
    stderr: bytes


def run_command(command, timeout=TIMEOUT, **options) -> Run:
    """Any command, in a session of its own, so that a timeout ends all of it. Both streams are pipes."""
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": ENVIRONMENT,
               **options}
    process = subprocess.Popen([str(word) for word in command], start_new_session=True, **options)
    try:
        stdout, stderr = process.communicate(timeout=timeout)
        code = process.returncode
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        stdout, stderr = process.communicate()
        code = None
    return Run(command, code, stdout or b"", stderr or b"")


ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"}


def status_command(directory, arguments, prefix=()):
    return [*prefix, BINARY, "--metadata-dir", directory, *arguments]


def run(directory, arguments, prefix=(), **options) -> Run:
    """kratix-status --metadata-dir DIRECTORY ARGUMENTS, under the command `prefix` (strace, setpriv, prlimit...)."""
    return run_command(status_command(directory, arguments, prefix), **options)


# --- where a run starts from


@dataclasses.dataclass(frozen=True)
class Start:
    name: str
    arguments: tuple  # of the run
    old: typing.Optional[bytes]  # status.yaml before; None: there is none
    new: typing.Optional[bytes]  # status.yaml after a success
    stale: bool = False  # whether a killed run left its temporary file
    mode: int = 0o644
    owner: int = 0  # only root can make it so
    prints: bytes = b""  # on standard output, on success
    file: str = STATUS  # that all this is about
    first: tuple = ()  # (name, old, new) of a file that is written before

    def __str__(self):
        return self.name

    def prepare(self, directory):
        """Makes a directory as Kratix does, and in it what there is at the start."""
        directory = pathlib.Path(directory)
        directory.mkdir(exist_ok=True)
        directory.chmod(0o777)
        if self.old is not None:
            (directory / self.file).write_bytes(self.old)
            if IS_ROOT:
                os.chown(directory / self.file, self.owner, self.owner)
            (directory / self.file).chmod(self.mode)
        if self.stale:
            (directory / self.temporary).write_bytes(STALE)
        if self.first and self.first[1] is not None:
            (directory / self.first[0]).write_bytes(self.first[1])
        return directory

    @property
    def temporary(self):
        return f".{self.file}.kratix-status.tmp"

    @property
    def files(self):
        """Name, old content and new content of each file."""
        return (*([self.first] if self.first else []), (self.file, self.old, self.new))


OLD_TEXT = b"old: known\n"
NEW_LINE = b'new: "1"\n'
SET = ("set", "new", "1")

# Another's file, which the status-writer could not read: a replacement has its mode and owner to care for, too.
REPLACE = Start("replace", SET, OLD_TEXT, OLD_TEXT + NEW_LINE, mode=0o640, owner=OTHER_USER)
CREATE = Start("create", SET, None, NEW_LINE)
LEFTOVER = Start("leftover", SET, OLD_TEXT, OLD_TEXT + NEW_LINE, stale=True)
UNCHANGED = Start("unchanged", SET, OLD_TEXT + NEW_LINE, OLD_TEXT + NEW_LINE)
STARTS = (REPLACE, CREATE, LEFTOVER, UNCHANGED)

# The same with the file that stops a workflow, and with both files, where the one that acts comes last.
SUSPENDED = b"suspend: true\n"
RETRY = b"retryAfter: 5m\n"
CONTROL_STARTS = (
    Start("suspend, replace", ("suspend",), RETRY, SUSPENDED, mode=0o640, owner=OTHER_USER, file=CONTROL),
    Start("suspend, create", ("suspend",), None, SUSPENDED, file=CONTROL),
    Start("suspend, leftover", ("suspend",), RETRY, SUSPENDED, stale=True, file=CONTROL),
    Start("suspend, unchanged", ("suspend",), SUSPENDED, SUSPENDED, file=CONTROL),
)
# The same with the file that selects Destinations.
DESTINATION = ("destination", "set", "a=b")
DEV, A_B = b"- matchLabels:\n    environment: dev\n", b"- matchLabels:\n    a: b\n"
SELECTORS_STARTS = (
    Start("destination, replace", DESTINATION, DEV, A_B, mode=0o640, owner=OTHER_USER, file=SELECTORS),
    Start("destination, create", DESTINATION, None, A_B, file=SELECTORS),
    Start("destination, leftover", DESTINATION, DEV, A_B, stale=True, file=SELECTORS),
    Start("destination, unchanged", DESTINATION, A_B, A_B, file=SELECTORS),
)
BOTH = Start("suspend with a message", ("suspend", "wait"), RETRY, SUSPENDED + b"message: wait\n", file=CONTROL,
             first=(STATUS, OLD_TEXT, OLD_TEXT + b"message: wait\n"))


@contextlib.contextmanager
def scratch(within=None):
    """An empty directory that every user may pass through; in memory if there is no reason for another place."""
    if within is None and os.access("/dev/shm", os.W_OK):
        within = "/dev/shm"
    path = tempfile.mkdtemp(prefix="kratix-status-faults.", dir=within)
    os.chmod(path, 0o755)
    try:
        yield pathlib.Path(path)
    finally:
        for mount in reversed([mount for mount in _mounts if str(mount).startswith(path)]):
            subprocess.run(["umount", "--lazy", mount], check=False, stderr=subprocess.DEVNULL)
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def prepared(start: Start, within=None):
    """A metadata directory at that start."""
    with scratch(within) as top:
        yield start.prepare(top / "metadata")


# --- what a run leaves


def content(directory, file=STATUS) -> typing.Optional[bytes]:
    """What the file holds; None if there is none."""
    try:
        return (pathlib.Path(directory) / file).read_bytes()
    except FileNotFoundError:
        return None


def leftovers(directory) -> list:
    return sorted(name for name in os.listdir(directory) if name not in (STATUS, CONTROL, SELECTORS))


def state(directory, start: Start) -> str:
    """`old`, `new` (also where both are the same) or `torn`."""
    now = content(directory, start.file)
    if now == start.new:
        return "new"
    return "old" if now == start.old else "torn"


def is_readable(directory, file=STATUS) -> bool:
    """Whether the modes let the status-writer, another user without capabilities, read the file."""
    directory = pathlib.Path(directory)
    return bool(directory.stat().st_mode & stat.S_IXOTH) and bool((directory / file).stat().st_mode & stat.S_IROTH)


def listing(directory) -> str:
    lines = []
    for path in [pathlib.Path(directory), *sorted(pathlib.Path(directory).iterdir())]:
        about = path.lstat()
        text = f"{stat.filemode(about.st_mode)} {about.st_uid}:{about.st_gid} {about.st_size:6} {path.name}"
        if stat.S_ISREG(about.st_mode):
            with contextlib.suppress(OSError):
                text += f"  {path.read_bytes()[:200]!r}"
        lines.append(text)
    return "\n".join(lines)


def shown(result: Run, directory=None) -> str:
    """The whole of a run, for a person."""
    words = " ".join(str(word) if len(str(word)) < 200 else str(word)[:200] + "..." for word in result.command)
    text = f"command: {words}\nexit code: {'none: it did not end in time' if result.code is None else result.code}\n"
    text += f"standard output: {result.stdout[:2000]!r}\nstandard error: {result.stderr[:2000]!r}\n"
    if directory is not None and os.path.isdir(directory):
        text += f"directory:\n{listing(directory)}\n"
    return text


def expect(condition, what, result: Run, directory=None):
    """Fails the case, whole, unless `condition` holds. `what` says what is expected."""
    if not condition:
        raise Failed(f"expected: {what[:2000]}\n{shown(result, directory)}")


def expect_ok(result: Run, directory, start: Start, may_leave=False):
    """Exit code 0 means: the new content, readable, and no other file."""
    expect(result.code == 0, "exit code 0", result, directory)
    expect(result.stdout == start.prints, f"{start.prints!r} on standard output", result, directory)
    expect(len(leftovers(directory)) <= (1 if may_leave else 0), "no other file", result, directory)
    for file, _, new in start.files:
        expect(content(directory, file) == new, f"{file} with the new content {new!r}", result, directory)
        expect(not (pathlib.Path(directory) / file).is_symlink(), f"{file} to be no link", result, directory)
        expect(new is None or is_readable(directory, file), f"{file} such that uid 65532 can read it", result, directory)


def expect_old(result: Run, directory, start: Start, code=5, may_leave=False):
    """Failure means: the old content, no answer, and no file that was not there before."""
    expect(result.code == code, f"exit code {code}", result, directory)
    expect(not result.stdout, "nothing on standard output", result, directory)
    for file, old, _ in start.files:
        expect(content(directory, file) == old, f"{file} with the old content {old!r}", result, directory)
    left = [name for name in leftovers(directory) if not (start.stale and is_stale(directory, start, name))]
    expect(may_leave or not left, "no file left behind", result, directory)
    expect(len(left) <= 1, "at most one file left behind", result, directory)


def expect_message(result: Run, directory, *parts):
    """One error message, which holds each of the parts."""
    expect(result.stderr.startswith(b"kratix-status: error: "), "an error message first", result, directory)
    for part in parts:
        expect(part.encode() in result.stderr, f"{part!r} in the message", result, directory)


def is_stale(directory, start, name) -> bool:
    return name == start.temporary and (pathlib.Path(directory) / name).read_bytes() == STALE


def expect_heals(directory, start: Start, before: Run, prefix=()):
    """The next run, undisturbed, ends as if nothing had happened."""
    healing = run(directory, start.arguments, prefix)
    try:
        expect_ok(healing, directory, start)
    except Failed as failure:
        raise Failed(f"the next run does not mend it: {failure}after this one:\n{shown(before)}") from None


# --- mounts

_mounts = []  # in the order they were made


def in_own_mounts():
    """Root: starts the program anew where its mounts are its own and end with it. Others: nothing."""
    mark = "KRATIX_STATUS_FAULTS_MOUNTS"
    if IS_ROOT and mark not in os.environ:
        need_mounts()
        os.environ[mark] = "own"
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv])


def need_mounts():
    """Ends a program that root cannot mount for here: as a skip, or with CI=true as a failure."""
    own = ["unshare", "--mount", "--propagation", "private", "--"]
    probes = ([*own, "mount", "-t", "tmpfs", "none", "/mnt"], ["unshare", "--pid", "--fork", "--", "true"],
              ["losetup", "--find"])
    failed = next((done for done in map(run_command, probes) if done.code != 0), None)
    if failed is None:
        return
    reason = failed.stderr.decode(errors="replace").strip()
    print(f"{'FAILED' if MUST_NOT_SKIP else 'SKIPPED'}: {pathlib.Path(sys.argv[0]).name}: root cannot mount here "
          f"({reason}): run it in a privileged container, or where / is a mount point", flush=True)
    sys.exit(1 if MUST_NOT_SKIP else 77)


def need_root():
    if not IS_ROOT:
        raise Skipped("needs root")


def do(*command, **options):
    """A command of the set-up, which has to succeed."""
    done = run_command(command, **options)
    if done.code != 0:
        raise Failed(f"the set-up failed\n{shown(done)}")
    return done


def bind(source, at):
    need_root()
    do("mount", "--bind", source, at)
    _mounts.append(at)


def mount_tmpfs(at, options="mode=0755"):
    need_root()
    os.makedirs(at, exist_ok=True)
    do("mount", "-t", "tmpfs", "-o", options, "none", at)
    _mounts.append(at)
    return pathlib.Path(at)


def mount_ext4(at, image, options="loop", size="32M", features=()):
    need_root()
    os.makedirs(at, exist_ok=True)
    do("truncate", "-s", size, image)
    do("mkfs.ext4", "-q", "-F", *features, image)
    do("mount", "-o", options, image, at)
    _mounts.append(at)
    return pathlib.Path(at)


def mount_overlay(at, top):
    """An overlay of directories made in `top`, which must not lie on an overlay itself."""
    need_root()
    layers = {name: pathlib.Path(top) / name for name in ("lower", "upper", "work")}
    for path in (at, *layers.values()):
        os.makedirs(path, exist_ok=True)
    do("mount", "-t", "overlay", "-o", ",".join(f"{name}dir={path}" for name, path in layers.items()), "none", at)
    _mounts.append(at)
    return pathlib.Path(at)


# --- counting


_work = []  # the test and its cases, which the workers have from their parent


def goal(name, test, cases, at_least=1, workers=WORKERS) -> bool:
    """Runs test(case) for each case; prints the line of the goal and the failures; true if all went well."""
    cases = list(cases)
    began = time.monotonic()
    _work[:] = test, cases
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(workers, mp_context=context) as pool:
        chunk = max(1, min(8, len(cases) // (4 * workers)))
        outcomes = []
        for outcome in pool.map(outcome_at, range(len(cases)), chunksize=chunk):
            outcomes.append(outcome)
            if STOPS_AT_FIRST and outcome is not None and outcome[0] == "failed":
                pool.shutdown(cancel_futures=True)
                break
    return report(name, cases, outcomes, at_least, time.monotonic() - began)


def outcome_at(index):
    """None if the case went well, else (`skipped` or `failed`, text)."""
    test, cases = _work
    try:
        test(cases[index])
    except Skipped as reason:
        return "skipped", str(reason)
    except Failed as failure:
        return "failed", str(failure)
    except Exception:  # a fault of the test program is a failure like others
        return "failed", traceback.format_exc()
    return None


def report(name, cases, outcomes, at_least, seconds) -> bool:
    ended_badly = [(case, *outcome) for case, outcome in zip(cases, outcomes) if outcome is not None]
    failures = [(case, text) for case, kind, text in ended_badly if kind == "failed"]
    skips = [text for _, kind, text in ended_badly if kind == "skipped"]
    for case, text in failures[:SHOWN_FAILURES]:
        print(f"\nfaults: {name}: FAILED: {str(case)[:200]}\n{text[:8000]}")
    if len(failures) > SHOWN_FAILURES:
        print("\n".join(f"faults: {name}: also FAILED: {str(case)[:200]}" for case, _ in failures[SHOWN_FAILURES:]))
    run_cases = len(outcomes) - len(skips)
    line = f"faults: {name}: {run_cases - len(failures)} of {run_cases}"
    if skips:
        line += f" ({len(skips)} skipped: {', '.join(sorted(set(skips)))})"
    print(f"{line}  [{seconds:.1f} s]", flush=True)
    too_few = not skips and len(cases) < at_least
    if too_few:
        print(f"faults: {name}: FAILED: at least {at_least} cases are promised")
    if skips and MUST_NOT_SKIP:
        print(f"faults: {name}: FAILED: root must not skip anything in CI")
    return not failures and not too_few and not (skips and MUST_NOT_SKIP)


def sample(cases, size):
    """As many of the cases, the same ones each time; all of them in the long form."""
    cases = list(cases)
    return cases if LONG or len(cases) <= size else random.Random(SEED).sample(cases, size)


def main(*goals):
    """Runs the goals, functions that return goal()'s answer, and leaves with 0 if all went well."""
    if not os.access(BINARY, os.X_OK):
        sys.exit(f"faults: no binary at {BINARY}; scripts/build makes it")
    print(f"faults: {pathlib.Path(sys.argv[0]).name}: {BINARY}, seed {SEED}{', long form' if LONG else ''}", flush=True)
    good = True
    for goal in goals:
        good = (good or not STOPS_AT_FIRST) and goal() and good
    sys.exit(0 if good else 1)
