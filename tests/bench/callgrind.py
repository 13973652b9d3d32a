"""The instructions that a command takes, as valgrind counts them, and where they are."""

import re
import subprocess
import tempfile


def environment(root):
    """Few variables, always the same: the C library walks them at the start, too."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "KRATIX_ROOT": str(root)}


def count(command, root, code=0, options=("--callgrind-out-file=/dev/null",)):
    """None if the program does not run under valgrind, or ends with another exit code than `code`."""
    done = subprocess.run(["valgrind", "--tool=callgrind", *options, *command], env=environment(root),
                          stdin=subprocess.DEVNULL, capture_output=True, check=False)
    found = re.search(rb"Collected : (\d+)", done.stderr)
    return int(found.group(1)) if found and done.returncode in (code if isinstance(code, tuple) else (code,)) else None


def run(command, root):
    """The count, and the address of each instruction within the program's file; None where count() gives None."""
    with tempfile.NamedTemporaryFile("r") as report:
        options = ("--dump-instr=yes", "--compress-pos=no", f"--callgrind-out-file={report.name}")
        counted = count(command, root, options=options)
        if counted is None:
            return None
        return counted, {int(line.split(" ", 1)[0], 16) for line in report if line.startswith("0x")}
