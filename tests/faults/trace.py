"""System calls of a run, addressed by what they do to which file.

Ordinals and names differ between C libraries and machines, so a trace of an undisturbed run from the same start says
which fsync is that of the directory. strace then counts calls of one name: Call.syscall and Call.nth.
"""
import dataclasses
import pathlib
import re
import time

import harness

NAMES = {"open": "openat", "newfstatat": "fstatat", "fstatat64": "fstatat", "fstat": "fstatat", "statx": "fstatat",
         "unlink": "unlinkat", "rename": "renameat"}


@dataclasses.dataclass(frozen=True)
class Call:
    label: str  # `fsync directory`; empty for calls that do nothing to a file of ours
    syscall: str
    nth: int  # of those with that name, from 1
    text: str  # as strace shows it

    def __str__(self):
        return self.label or f"{self.syscall} {self.nth}"


# Their number differs from run to run, by where the kernel places what is mapped.
MEMORY = ("mmap", "munmap", "mremap")


def strace(trace, *injections, only=None):
    """The command to put before another one."""
    words = ["strace", "-f", "-y", "-qq", "-o", str(trace)]
    if only:
        words += ["-e", f"trace={only}"]
    for injection in injections:
        words += ["-e", f"inject={injection}"]
    return words


def calls_of(text, directory, file=harness.STATUS) -> list:
    """The calls of a trace, from the first after execve to the last."""
    seen, labels, calls = {}, {}, []
    for line in text.splitlines():
        match = re.match(r"\d+ +(\w+)\((.*)", line)
        if not match or match[1] == "execve":
            continue
        syscall, rest = match.groups()
        seen[syscall] = seen.get(syscall, 0) + 1
        label = label_of(syscall, rest, str(directory), file)
        labels[label] = labels.get(label, 0) + 1
        if label and labels[label] > 1 and not label.startswith(("write", "read")):
            label += " again"
        calls.append(Call(label, syscall, seen[syscall], line))
    return calls


def label_of(syscall, rest, directory, file) -> str:
    role = role_of(rest, directory, file)
    if not role:
        return ""
    name = NAMES.get(syscall, syscall)
    if name == "fstatat" and ('""' in rest or not rest.split(",")[1].startswith(' "')):
        name = "fstat"
    if name == "renameat2" and "RENAME_NOREPLACE" not in rest:
        name = "renameat"
    end = " end" if name == "read" and rest.endswith("= 0") else ""
    return f"{name} {role}{end}"


def role_of(rest, directory, file) -> str:
    """Which of our files a call is about: by the name that it gives, else by its descriptor."""
    for name in (harness.STATUS, harness.CONTROL, harness.SELECTORS):
        order = "" if name == file else "other "
        if f".{name}.kratix-status.tmp" in rest:
            return order + "temp"
        if f'"{name}"' in rest or f"<{directory}/{name}>" in rest:
            return order + "file"
    if f'"{directory}"' in rest or re.match(rf"\d+<{re.escape(directory)}>", rest):
        return "directory"
    return {"1<": "stdout", "2<": "stderr"}.get(rest[:2], "") if re.match(r"\d<(pipe|socket)", rest) else ""


def record(start: harness.Start, within=None) -> list:
    """The calls of an undisturbed run."""
    with harness.prepared(start, within) as directory:
        trace = pathlib.Path(directory).parent / "trace"
        result = harness.run(directory, start.arguments, strace(trace))
        harness.expect(result.code is not None and result.code >= 0, "a run that ends by itself", result, directory)
        return calls_of(trace.read_text(), directory, start.file)


def wait_until_stopped(log) -> int:
    """The process whose trace says that SIGSTOP stopped it."""
    for _ in range(1000):
        lines = log.read_text().splitlines() if log.exists() else []
        if any("stopped by SIGSTOP" in line for line in lines):
            return int(lines[0].split()[0])
        time.sleep(0.01)
    raise harness.Failed("the writer did not stop:\n" + "\n".join(lines))
