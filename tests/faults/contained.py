"""Runs the rest of a test program where its mounts, its processes and its directories are its own, and end with it.

start() goes on in a child, in a mount namespace and a PID namespace of its own, with a file system in memory on
/dev/shm, where harness.scratch() makes its directories. Whatever ends the program, a time-out or Ctrl-C, ends all of its
processes, and with them the mounts and what lies in them. Only root can do so; for others start() does nothing.
"""
import ctypes
import os
import signal
import sys

import harness

CLONE_NEWNS, CLONE_NEWPID, PR_SET_PDEATHSIG = 0x00020000, 0x20000000, 1  # linux/sched.h, linux/prctl.h


def start():
    if not harness.IS_ROOT:
        return
    harness.need_mounts()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWPID) != 0:
        sys.exit(f"faults: no processes of our own: {os.strerror(ctypes.get_errno())}")
    child = os.fork()
    if child != 0:
        wait_for(child)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if libc.unshare(CLONE_NEWNS) != 0:
        sys.exit(f"faults: no mounts of our own: {os.strerror(ctypes.get_errno())}")
    harness.do("mount", "--make-rprivate", "/")
    harness.do("mount", "-t", "proc", "none", "/proc")
    os.makedirs("/dev/shm", exist_ok=True)
    harness.do("mount", "-t", "tmpfs", "-o", "mode=1777", "none", "/dev/shm")


def wait_for(child):
    """Leaves with the child's exit code; if a signal ends the waiting, with the child dead."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        _, status = os.waitpid(child, 0)  # comes back when all of its processes have ended
    except BaseException:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    sys.exit(1 if os.waitstatus_to_exitcode(status) else 0)
