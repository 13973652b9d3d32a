"""The instructions that a command takes, as valgrind counts them, and where they are."""

import re
import subprocess
import tempfile


def environment(root):
    """Few variables, always the same: the C library walks them at the start, too."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "KRATIX_ROOT": str(root)}


def run(command, root, code=0):
    """The number of instructions, and the address of each within the program's file, once; None if the program does not
    run under valgrind, or ends with another exit code than `code`."""
    with tempfile.NamedTemporaryFile("r") as report:
        options = ["--dump-instr=yes", "--compress-pos=no", f"--callgrind-out-file={report.name}"]
        done = subprocess.run(["valgrind", "--tool=callgrind", *options, *command], env=environment(root),
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
        found = re.search(rb"Collected : (\d+)", done.stderr)
        if not found or done.returncode not in (code if isinstance(code, tuple) else (code,)):
            return None
        return int(found.group(1)), {int(line.split(" ", 1)[0], 16) for line in report if line.startswith("0x")}


def count(command, root, code=0):
    found = run(command, root, code)
    return found and found[0]
