#!/usr/bin/python3
"""Faults that nobody injects: full disks, limits, read-only and immutable places, files that are no files.

A place is made so that it fails, the run has to say how, and once the place is mended the next run has to succeed.
"""
import contextlib
import dataclasses
import fcntl
import os
import pathlib
import socket
import struct
import typing

import harness
from harness import CREATE, LEFTOVER, REPLACE, UNCHANGED, Start

WRITING = (REPLACE, CREATE, LEFTOVER)
WITH_FILE = (REPLACE, LEFTOVER)


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    start: Start
    place: typing.Callable  # a context manager: makes the directory at that start, fails it; mends it by mend()
    says: tuple  # what the message holds; nothing: success
    prefix: tuple = ()
    may_leave: bool = False
    unreadable: bool = False  # before it is mended

    def __str__(self):
        return f"{self.name}: {self.start}"


@dataclasses.dataclass
class Place:
    directory: pathlib.Path
    mend: typing.Callable = lambda: None


def test_case(case):
    with harness.scratch() as top, case.place(top, case.start) as place:
        result = harness.run(place.directory, case.start.arguments, case.prefix)
        if case.unreadable:
            place.mend()
        if case.says:
            harness.expect_old(result, place.directory, case.start, may_leave=case.may_leave)
            harness.expect_message(result, place.directory, str(place.directory), *case.says)
        else:
            harness.expect_ok(result, place.directory, case.start)
        if not case.unreadable:
            place.mend()
        harness.expect_heals(place.directory, case.start, result)


# --- places


@contextlib.contextmanager
def any_place(top, start):
    yield Place(start.prepare(top / "metadata"))


def fill(path):
    """Takes all the space that is left."""
    with contextlib.suppress(OSError), open(path, "wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            with contextlib.suppress(OSError):
                while file.write(b"x" * size) == size:
                    pass
    return path


@contextlib.contextmanager
def full_memory(top, start):
    disk = harness.mount_tmpfs(top / "disk", "size=64k,mode=0755")
    directory = start.prepare(disk / "metadata")
    yield Place(directory, fill(disk / "fill").unlink)


@contextlib.contextmanager
def no_inodes(top, start):
    disk = harness.mount_tmpfs(top / "disk", "nr_inodes=32,mode=0755")
    directory = start.prepare(disk / "metadata")
    made = []
    with contextlib.suppress(OSError):
        while True:
            path = disk / str(len(made))
            path.touch(exist_ok=False)
            made.append(path)
    yield Place(directory, lambda: [path.unlink() for path in made])


@contextlib.contextmanager
def full_ext4(top, start):
    harness.mount_tmpfs(top / "memory")
    disk = harness.mount_ext4(top / "disk", top / "memory/image", size="8M", features=("-m", "0"))
    directory = start.prepare(disk / "metadata")
    os.sync()
    yield Place(directory, fill(disk / "fill").unlink)


@contextlib.contextmanager
def full_below(top, start):
    """The disk has space, but what it lies on has none: nobody notices before fsync."""
    memory = harness.mount_tmpfs(top / "memory", "size=6M,mode=0755")
    disk = harness.mount_ext4(top / "disk", memory / "image", "loop,errors=continue", "64M",
                              ("-b", "4096", "-O", "^has_journal", "-E", "lazy_itable_init=1"))
    directory = start.prepare(disk / "metadata")
    os.sync()
    yield Place(directory, fill(memory / "fill").unlink)


@contextlib.contextmanager
def read_only(top, start):
    harness.need_root()
    directory = start.prepare(top / "metadata")
    harness.bind(directory, directory)
    harness.do("mount", "-o", "remount,bind,ro", directory)
    yield Place(directory, lambda: harness.do("mount", "-o", "remount,bind,rw", directory))


def with_attribute(letter, name):
    """chattr +LETTER on the directory or a file of it."""

    @contextlib.contextmanager
    def place(top, start):
        harness.mount_tmpfs(top / "memory")
        directory = start.prepare(harness.mount_ext4(top / "disk", top / "memory/image", size="8M") / "metadata")
        harness.do("chattr", f"+{letter}", directory / name)
        yield Place(directory, lambda: harness.do("chattr", f"-{letter}", directory / name))

    return place


@contextlib.contextmanager
def mount_point(top, start):
    harness.need_root()
    directory = start.prepare(top / "metadata")
    (top / "other").write_bytes(start.old)
    (top / "other").chmod(start.mode)
    harness.bind(top / "other", directory / "status.yaml")
    yield Place(directory, lambda: harness.do("umount", directory / "status.yaml"))


@contextlib.contextmanager
def shut_down(top, start):
    """A disk that answers every call with an error, until it is mounted anew."""
    memory = harness.mount_tmpfs(top / "memory")
    disk = harness.mount_ext4(top / "disk", memory / "image")
    directory = start.prepare(disk / "metadata")
    os.sync()
    descriptor = os.open(disk, os.O_RDONLY)
    shut_down_now, keep_journal = 0x8004587D, 1
    fcntl.ioctl(descriptor, shut_down_now, struct.pack("I", keep_journal))
    os.close(descriptor)

    def mend():
        harness.do("umount", disk)
        harness.do("mount", "-o", "loop", memory / "image", disk)

    yield Place(directory, mend)


NO_SPACE = ("No space left on device", "free some space")
MOUNTED_READ_ONLY = ("Read-only file system", "mounted read-only")
IMMUTABLE = ("replace", "Operation not permitted", "immutable")


def limit(name, value):
    return ("prlimit", f"--{name}={value}", "--")


def cases():
    def at(starts, name, place, *says, **more):
        return [Case(name, start, place, says, **more) for start in starts]

    return [
        *at((REPLACE, CREATE), "full tmpfs", full_memory, "write", *NO_SPACE),
        *at((REPLACE, CREATE), "tmpfs without inodes", no_inodes, "create", *NO_SPACE),
        *at((REPLACE, CREATE), "full ext4", full_ext4, *NO_SPACE),
        # Where a leftover took the last space, its removal makes room.
        *at((LEFTOVER,), "full tmpfs", full_memory),
        *at((LEFTOVER,), "tmpfs without inodes", no_inodes),
        *at((LEFTOVER,), "full ext4", full_ext4),
        *at((REPLACE, CREATE), "full below ext4", full_below, "sync", *NO_SPACE),
        *at(WRITING, "read-only", read_only, *MOUNTED_READ_ONLY),
        *at(WITH_FILE, "immutable file", with_attribute("i", "status.yaml"), *IMMUTABLE),
        *at(WITH_FILE, "append-only file", with_attribute("a", "status.yaml"), *IMMUTABLE),
        *at(WRITING, "immutable directory", with_attribute("i", "."), "must be writable for the user"),
        *at((REPLACE,), "append-only directory", with_attribute("a", "."), *IMMUTABLE, may_leave=True),
        *at((CREATE,), "append-only directory", with_attribute("a", "."), "replace", "Operation not permitted",
            may_leave=True),
        *at((LEFTOVER,), "append-only directory", with_attribute("a", "."), "remove", "Operation not permitted"),
        *at(WITH_FILE, "mount point", mount_point, "replace", "Device or resource busy", "is a mount point"),
        *at((*WRITING, UNCHANGED), "shut down", shut_down, "Input/output error", unreadable=True),
        *at(WRITING, "file size limit", any_place, "write", "File too large", "ulimit -f",
            prefix=limit("fsize", 7)),
        *at((*WRITING, UNCHANGED), "3 descriptors", any_place, "Too many open files", prefix=limit("nofile", 3)),
        *at((*WRITING, UNCHANGED), "4 descriptors", any_place, "Too many open files", prefix=limit("nofile", 4)),
        *at((*WRITING, UNCHANGED), "5 descriptors", any_place, prefix=limit("nofile", 5)),
        # What is right as it is needs no space.
        *at((UNCHANGED,), "full tmpfs", full_memory),
        *at((UNCHANGED,), "tmpfs without inodes", no_inodes),
        *at((UNCHANGED,), "full ext4", full_ext4),
        *at((UNCHANGED,), "full below ext4", full_below),
        *at((UNCHANGED,), "read-only", read_only),
        *at((UNCHANGED,), "immutable file", with_attribute("i", "status.yaml")),
        *at((UNCHANGED,), "append-only directory", with_attribute("a", ".")),
        *at((UNCHANGED,), "mount point", mount_point),
        *at((UNCHANGED,), "file size limit", any_place, prefix=limit("fsize", 7)),
    ]


# --- files that are none


@dataclasses.dataclass(frozen=True)
class Odd:
    name: str
    make: typing.Callable
    says: str

    def __str__(self):
        return self.name


def make_socket(path):
    with socket.socket(socket.AF_UNIX) as made, contextlib.chdir(path.parent):
        made.bind(path.name)


def make_device(path):
    harness.need_root()
    os.mknod(path, 0o20666, os.makedev(1, 3))


ODD = (
    Odd("relative link", lambda path: path.symlink_to("../secret"), "is a symbolic link to ../secret"),
    Odd("absolute link", lambda path: path.symlink_to("/etc/hostname"), "is a symbolic link to /etc/hostname"),
    Odd("dangling link", lambda path: path.symlink_to("nowhere"), "is a symbolic link to nowhere"),
    Odd("link to itself", lambda path: path.symlink_to("status.yaml"), "is a symbolic link to status.yaml"),
    Odd("FIFO", os.mkfifo, "is a FIFO, not a regular file"),
    Odd("directory", os.mkdir, "is a directory, not a regular file"),
    Odd("socket", make_socket, "is a socket, not a regular file"),
    Odd("device", make_device, "is a device, not a regular file"),
)


def test_odd(odd):
    """Refused by its name, at once, and left as it is; also what it points to."""
    with harness.scratch() as top:
        directory = CREATE.prepare(top / "metadata")
        (top / "secret").write_bytes(b"secret: 1\n")
        odd.make(directory / "status.yaml")
        before = (directory / "status.yaml").lstat()
        for arguments in (CREATE.arguments, ("get", "new"), ("unset", "new")):
            result = harness.run(directory, arguments, timeout=5)
            harness.expect(result.code == 5, "exit code 5", result, directory)
            harness.expect_message(result, directory, f"open {directory}/status.yaml: {odd.says}")
            harness.expect((directory / "status.yaml").lstat() == before, "the same file as before", result, directory)
            harness.expect(os.listdir(directory) == ["status.yaml"], "no other file", result, directory)
            harness.expect((top / "secret").read_bytes() == b"secret: 1\n", "the target untouched", result, directory)


if __name__ == "__main__":
    harness.in_own_mounts()
    harness.main(
        lambda: harness.goal("places that fail", test_case, cases(), at_least=50),
        lambda: harness.goal("files that are none", test_odd, ODD),
    )
