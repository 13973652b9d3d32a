"""Does the floor make the system calls that kratix-status makes? From the end of the start-up on, but for memory."""

import re
import subprocess
import tempfile

import callgrind
import statuses

MEMORY = {"brk", "mmap", "munmap", "mremap", "madvise"}


def calls(command, root):
    """Names in order, from the first signal that is ignored, which is what both do first."""
    with tempfile.NamedTemporaryFile("r") as log:
        subprocess.run(["strace", "-o", log.name, *command], env=callgrind.environment(root), stdout=subprocess.DEVNULL,
                       check=True)
        # glibc's fstat() is newfstatat() with an empty path.
        text = re.sub(r'^newfstatat(\(\d+, "",)', r"fstat\1", log.read(), flags=re.MULTILINE)
        names = re.findall(r"^(\w+)\(", text, re.MULTILINE)
    return [name for name in names[names.index("rt_sigaction"):] if name not in MEMORY]


def compare(one, other, commands, base):
    """How many calls each command makes: "set 26, get 15"; a command with other calls than the floor's, with both."""
    counts = []
    for what in commands:
        found = []
        for program in (one, other):
            with statuses.filled(base) as directory:
                found.append(calls(statuses.first_round(program.command(directory, what)), directory))
        if found[0] == found[1]:
            counts.append(f"{what} {len(found[0])}")
        else:
            counts.append(f"{what} NOT: {one.name} {' '.join(found[0])}; {other.name} {' '.join(found[1])}")
    return ", ".join(counts)
