"""What a terminal's keys do to `kratix-status run`, $KRATIX_STATUS_BINARY, started as a shell starts a foreground job. Prints
what is not as it should be."""
import os
import pty
import signal
import sys
import time

BINARY = os.environ["KRATIX_STATUS_BINARY"]


def start(script):
    """The job, in a process group of its own that has the terminal; returns its process id."""
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        os.tcsetpgrp(0, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execv(BINARY, [BINARY, "run", "--", "sh", "-c", script])
    return job


def await_file(name):
    for _ in range(200):
        if os.path.exists(name):
            return
        time.sleep(0.02)
    sys.exit(f"{name} does not appear")


def shell(type_key, expect):
    """In the terminal's session, as a shell: starts jobs, and has keys typed."""
    job = start("trap 'echo INT >>caught' INT; : >ready; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do sleep 0.02; done; exit 5")
    await_file("ready")
    type_key(b"\x03")
    expect("exit code after Ctrl-C", os.waitstatus_to_exitcode(os.waitpid(job, 0)[1]), 5)
    with open("caught", encoding="utf-8") as caught:
        expect("SIGINT", caught.read(), "INT\n")
    job = start(": >ready2; sleep 0.3; exit 6")
    await_file("ready2")
    type_key(b"\x1a")
    status = os.waitpid(job, os.WUNTRACED)[1]
    expect("stopped by Ctrl-Z", os.WIFSTOPPED(status), True)
    os.killpg(job, signal.SIGCONT)
    expect("exit code after Ctrl-Z", os.waitstatus_to_exitcode(os.waitpid(job, 0)[1]), 6)


def main():
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
