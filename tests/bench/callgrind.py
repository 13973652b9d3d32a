"""The number of instructions that a command takes, as valgrind counts them."""

import re
import subprocess


def environment(root):
    """Few variables, always the same: the C library walks them at the start, too."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "KRATIX_ROOT": str(root)}


def count(command, root, code=0):
    """None if the program does not run under valgrind, or ends with another exit code than `code`."""
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
                          env=environment(root), stdin=subprocess.DEVNULL, capture_output=True, check=False)
    found = re.search(rb"Collected : (\d+)", done.stderr)
    return int(found.group(1)) if found and done.returncode in (code if isinstance(code, tuple) else (code,)) else None
