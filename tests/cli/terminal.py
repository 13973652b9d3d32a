"""What a terminal's keys do to `kratix-status run`, $KRATIX_STATUS_BINARY, started as a shell starts a foreground job. Prints
what is not as it should be."""
import os
import pty
import signal
import sys
import time

BINARY = os.environ["KRATIX_STATUS_BINARY"]


# Counts SIGINT; a shell would run its trap once for two that come close together.
COUNT = """
import signal
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
open("ready", "w").close()
count = 0
while signal.sigtimedwait([signal.SIGINT], 0.5):
    count += 1
open("caught", "w").write(str(count))
raise SystemExit(5)
"""


def start(*command):
    """The job, in a process group of its own that has the terminal; returns its process id."""
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        os.tcsetpgrp(0, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execv(BINARY, [BINARY, "run", "--", *command])
    return job


def await_file(name):
    for _ in range(200):
        if os.path.exists(name):
            return
        time.sleep(0.02)
    sys.exit(f"{name} does not appear")


def shell(type_key, expect):
    """In the terminal's session, as a shell: starts jobs, and has keys typed."""
    job = start(sys.executable, "-c", COUNT)
    await_file("ready")
    # Otherwise a SIGINT that kratix-status passes on could come before the child has taken the terminal's, and be lost in it.
    os.kill(job, signal.SIGSTOP)
    type_key(b"\x03")
    time.sleep(0.2)
    os.kill(job, signal.SIGCONT)
    expect("exit code after Ctrl-C", os.waitstatus_to_exitcode(os.waitpid(job, 0)[1]), 5)
    with open("caught", encoding="utf-8") as caught:
        expect("SIGINT", caught.read(), "1")
    job = start("sh", "-c", ": >ready2; sleep 0.3; exit 6")
    await_file("ready2")
    type_key(b"\x1a")
    status = os.waitpid(job, os.WUNTRACED)[1]
    expect("stopped by Ctrl-Z", os.WIFSTOPPED(status), True)
    os.killpg(job, signal.SIGCONT)
    expect("exit code after Ctrl-Z", os.waitstatus_to_exitcode(os.waitpid(job, 0)[1]), 6)


def main():
    signal.alarm(10)
    keys, keyboard = os.pipe()
    wrong = os.dup(1)
    session, terminal = pty.fork()
    if session == 0:
        def expect(what, found, expected):
            if found != expected:
                os.write(wrong, f"{what}: {found!r} instead of {expected!r}\n".encode())
        shell(lambda key: os.write(keyboard, key), expect)
        os._exit(0)
    os.close(keyboard)
    while key := os.read(keys, 1):
        os.write(terminal, key)
    code = os.waitstatus_to_exitcode(os.waitpid(session, 0)[1])
    sys.exit(code)


main()
