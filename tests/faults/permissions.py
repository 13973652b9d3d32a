#!/usr/bin/python3
"""Owners, modes, umasks, directory modes and capabilities: a refusal changes nothing, a success is readable for Kratix.

The first goal tries every combination against the rules in permissions.tsv. The second has what does not fit into a
table: links, FIFOs, mount points, ACLs, user namespaces. After each success a real process of uid 65532, without
capabilities, looks at status.yaml and reads it, as Kratix's status-writer will.
"""
import contextlib
import dataclasses
import itertools
import os
import shutil
import socket
import stat
import struct

import contained
import harness
from harness import OTHER_USER, SET, STATUS_WRITER, Failed, Start, expect

RULES = harness.HERE / "permissions.tsv"
CAPABILITIES = ("--no-new-privs", "--inh-caps=-all", "--bounding-set")


def as_user(user, capabilities="-all"):
    """The command prefix for a process of that uid and gid, with these capabilities at most."""
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *CAPABILITIES, capabilities]


CALLERS = {
    "root": [],
    "root+chown": as_user(0, "-all,+chown"),
    "root-none": as_user(0),
    "1000": as_user(OTHER_USER),
}
OWNERS = (0, OTHER_USER, 2000, STATUS_WRITER)
MODES = (0o600, 0o640, 0o644, 0o666)
DIRECTORIES = (0o777, 0o1777, 0o755, 0o733)
UMASKS = (0o000, 0o022, 0o077)

OLD, NEW = harness.OLD_TEXT, harness.OLD_TEXT + harness.NEW_LINE


def expect_read_by_kratix(result, directory, text=NEW):
    reader = harness.run_command([*as_user(STATUS_WRITER), "sh", "-c", 'stat "$1" >/dev/null && cat "$1"', "sh",
                                  directory / "status.yaml"])
    expect(reader.code == 0, f"uid {STATUS_WRITER} can read it; {reader.stderr!r}", result, directory)
    expect(reader.stdout == text, f"uid {STATUS_WRITER} reads {text!r}", result, directory)


def expect_written(result, directory, owner, group, mode):
    expect(result.code == 0 and result.stderr == b"", "exit code 0 and silence", result, directory)
    expect(not harness.leftovers(directory), "no file but status.yaml", result, directory)
    about = (directory / "status.yaml").stat()
    found = (about.st_uid, about.st_gid, stat.S_IMODE(about.st_mode))
    expect(found == (owner, group, mode), f"owner {owner}:{group}, mode {mode:04o}", result, directory)
    expect_read_by_kratix(result, directory)


def expect_refused(result, directory, says, hint=None, old=OLD):
    """Exit code 5, that message, and status.yaml as it was."""
    expect(result.code == 5, "exit code 5", result, directory)
    lines = [f"kratix-status: error: {says}"] + ([f"kratix-status: hint: {hint}"] if hint else [])
    said = result.stderr.decode().replace(str(directory), "DIRECTORY").splitlines()
    expect(said == lines if hint else said[:1] == lines, f"the message {lines}", result, directory)
    expect(old is None or harness.content(directory) == old, f"the old content {old!r}", result, directory)
    expect(not [name for name in harness.leftovers(directory) if "kratix-status" in name], "no leftover", result, directory)


# --- all combinations


@dataclasses.dataclass(frozen=True)
class Case:
    caller: str
    owner: int
    mode: int
    directory: int
    umask: int

    def __str__(self):
        file = f"file of {self.owner} {self.mode:04o}"
        return f"caller {self.caller}, {file}, directory {self.directory:04o}, umask {self.umask:03o}"


def rules():
    lines = [line.split("\t") for line in RULES.read_text().splitlines() if not line.startswith("#")]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def rule_for(case: Case):
    values = {"caller": case.caller, "owner": str(case.owner), "mode": f"{case.mode:04o}",
              "directory": f"{case.directory:04o}"}
    for rule in rules():
        if all(rule[column] == "*" or value in rule[column].split() for column, value in values.items()):
            return rule
    raise Failed("no rule fits")


def test_combination(case: Case):
    harness.need_root()
    rule = rule_for(case)
    start = Start("replace", SET, OLD, NEW, mode=case.mode, owner=case.owner)
    with harness.prepared(start) as directory:
        directory.chmod(case.directory)
        result = harness.run(directory, SET, CALLERS[case.caller], umask=case.umask)
        if rule["verdict"] == "refused":
            expect_refused(result, directory, rule["says"])
            about = (directory / "status.yaml").stat()
            found = (about.st_uid, stat.S_IMODE(about.st_mode))
            expect(found == (case.owner, case.mode), "the old owner and mode", result, directory)
            return
        owner = case.owner if rule["verdict"] == "kept" else OTHER_USER if case.caller == "1000" else 0
        expect_written(result, directory, owner, owner, case.mode | 0o444)


def test_rule(rule):
    """Each rule holds for some combination, or it says nothing."""
    if not any(rule_for(case) == rule for case in combinations()):
        raise Failed("no combination is left to this rule")


def combinations():
    return [Case(*values) for values in itertools.product(CALLERS, OWNERS, MODES, DIRECTORIES, UMASKS)]


# --- what does not fit into a table

NOT_REGULAR = "open DIRECTORY/status.yaml: is {}, not a regular file"
LINK = "open DIRECTORY/status.yaml: is a symbolic link to {}"
LINK_HINT = "Kratix mounts the directory elsewhere and would not find the target; write the file itself"


def test_new_file(directory):
    """A new file is 0644 and the caller's, with umask 077 too."""
    for caller, owner in (("root", 0), ("root-none", 0), ("1000", OTHER_USER)):
        (directory / "status.yaml").unlink(missing_ok=True)
        result = harness.run(directory, ["set", "old=known", 'new=1'], CALLERS[caller], umask=0o077)
        expect_written(result, directory, owner, owner, 0o644)


def test_special_bits(directory):
    """Set-user-id, set-group-id and sticky bits of the file are not kept."""
    write_old(directory, mode=0o7755)
    expect_written(harness.run(directory, SET), directory, 0, 0, 0o755)


def test_sticky_leftover(directory):
    """In a sticky directory another user's leftover cannot be removed: a second name is used."""
    directory.chmod(0o1777)
    write_old(directory, owner=OTHER_USER)
    leave(directory, owner=2000)
    result = harness.run(directory, SET, as_user(OTHER_USER))
    expect(result.code == 0 and result.stderr == b"", "exit code 0 and silence", result, directory)
    expect(harness.leftovers(directory) == [harness.TEMPORARY], "the other user's leftover alone", result, directory)
    expect_read_by_kratix(result, directory)


def test_leftover(directory):
    """Elsewhere another user's leftover is removed."""
    write_old(directory, owner=OTHER_USER)
    leave(directory, owner=2000)
    expect_written(harness.run(directory, SET, as_user(OTHER_USER)), directory, OTHER_USER, OTHER_USER, 0o644)


def test_leftover_is_link(directory):
    """A symbolic link with the leftover's name is removed, not followed."""
    write_old(directory)
    target = directory.parent / "target"
    target.write_bytes(b"secret")
    (directory / harness.TEMPORARY).symlink_to(target)
    result = harness.run(directory, SET)
    expect_written(result, directory, 0, 0, 0o644)
    expect(target.read_bytes() == b"secret", "the target as it was", result, directory)


def test_sticky_hint(directory):
    """In a sticky directory the message says who can replace the file."""
    directory.chmod(0o1777)
    write_old(directory, owner=2000)
    expect_refused(harness.run(directory, SET, as_user(OTHER_USER)), directory,
                   "replace DIRECTORY/status.yaml: Operation not permitted",
                   "in a sticky directory only uid 2000, the directory's owner or root can replace it; "
                   "it may also be immutable")


def test_unreadable_hint(directory):
    """The message says who cannot read the file, and the fix."""
    write_old(directory, owner=2000, mode=0o600)
    expect_refused(harness.run(directory, SET, as_user(OTHER_USER)), directory, "open DIRECTORY/status.yaml: Permission denied",
                   "not readable by uid 1000: run chmod 0644 in the container that writes it")


def test_relative_link(directory):
    """A symbolic link is refused: a later step of another user would write, or publish, what it points to."""
    (directory / "real.yaml").write_bytes(OLD)
    (directory / "status.yaml").symlink_to("real.yaml")
    expect_refused(harness.run(directory, SET), directory, LINK.format("real.yaml"), LINK_HINT)
    still_link(directory, "real.yaml")


def test_absolute_link(directory):
    """An absolute link dangles where the status-writer mounts the directory."""
    target = directory.parent / "token"
    target.write_bytes(OLD)
    (directory / "status.yaml").symlink_to(target)
    expect_refused(harness.run(directory, SET), directory, LINK.format(target), LINK_HINT)
    still_link(directory, target)


def test_dangling_link(directory):
    """A link to nothing is refused, and nothing is made where it points to."""
    (directory / "status.yaml").symlink_to(directory.parent / "nowhere")
    expect_refused(harness.run(directory, SET), directory, LINK.format(directory.parent / "nowhere"), LINK_HINT, old=None)
    still_link(directory, directory.parent / "nowhere")
    if (directory.parent / "nowhere").exists():
        raise Failed("a file was made where the link points to")


def test_linked_directory(directory):
    """The directory may be reached by a symbolic link: that is the caller's own argument."""
    write_old(directory)
    link = directory.parent / "link"
    link.symlink_to(directory)
    expect_written(harness.run(link, SET), directory, 0, 0, 0o644)


def test_directory(directory):
    """A directory in the file's place is refused."""
    (directory / "status.yaml").mkdir()
    expect_refused(harness.run(directory, SET), directory, NOT_REGULAR.format("a directory"), old=None)


def test_fifo(directory):
    """A FIFO is refused at once; nobody waits for a writer."""
    os.mkfifo(directory / "status.yaml")
    expect_refused(harness.run(directory, SET), directory, NOT_REGULAR.format("a FIFO"), old=None)


def test_device(directory):
    """A device is refused, also one that can be read for ever."""
    with mounted("-t", "tmpfs", "-o", "dev", "none", directory):
        os.mknod(directory / "status.yaml", stat.S_IFCHR | 0o666, os.makedev(1, 5))  # /dev/zero
        expect_refused(harness.run(directory, SET), directory, NOT_REGULAR.format("a device"), old=None)


def test_socket(directory):
    """A socket is refused."""
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(directory / "status.yaml"))
    expect_refused(harness.run(directory, SET), directory, NOT_REGULAR.format("a socket"), old=None)


def test_hard_link(directory):
    """A file of two names is replaced by a new one; the other name keeps the old content."""
    write_old(directory)
    other = directory.parent / "other"
    os.link(directory / "status.yaml", other)
    result = harness.run(directory, SET)
    expect_written(result, directory, 0, 0, 0o644)
    expect(other.read_bytes() == OLD, "the old content under the other name", result, directory)


def test_mount_point(directory):
    """A file that is mounted by itself (subPath) cannot be replaced."""
    write_old(directory)
    source = directory.parent / "source"
    source.write_bytes(OLD)
    with mounted("--bind", source, directory / "status.yaml"):
        expect_refused(harness.run(directory, SET), directory, "replace DIRECTORY/status.yaml: Device or resource busy",
                       "it is a mount point (subPath): mount the directory instead")


def test_read_only(directory):
    """On a read-only volume nothing is lost, and the message says so."""
    write_old(directory)
    with mounted("--bind", directory, directory):
        harness.do("mount", "-o", "remount,bind,ro", directory)
        expect_refused(harness.run(directory, SET), directory,
                       "remove DIRECTORY/.status.yaml.kratix-status.tmp: Read-only file system",
                       "the directory is mounted read-only: /kratix/metadata must be writable, /kratix/input never is")


def test_read_only_unchanged(directory):
    """What is already so can be said on a read-only volume."""
    write_old(directory, text=NEW)
    with mounted("--bind", directory, directory):
        harness.do("mount", "-o", "remount,bind,ro", directory)
        expect_written(harness.run(directory, SET), directory, 0, 0, 0o644)


def test_setgid_directory(directory):
    """In a set-group-id directory (fsGroup) a new file has the directory's group, a replaced one its own where allowed."""
    os.chown(directory, 0, 3000)
    directory.chmod(0o2777)
    result = harness.run(directory, ["set", "old=known", "new=1"], as_user(OTHER_USER))
    expect_written(result, directory, OTHER_USER, 3000, 0o644)
    write_old(directory, owner=OTHER_USER)
    expect_written(harness.run(directory, SET, as_user(2000)), directory, 2000, 3000, 0o644)
    write_old(directory, owner=OTHER_USER)
    expect_written(harness.run(directory, SET), directory, OTHER_USER, OTHER_USER, 0o644)


def test_default_acl(directory):
    """A default ACL that gives others nothing does not keep Kratix from reading."""
    user, group, mask, other, unnamed = 0x01, 0x04, 0x10, 0x20, 0xFFFFFFFF
    entries = [(user, 7, unnamed), (0x02, 7, 2000), (group, 7, unnamed), (mask, 7, unnamed), (other, 0, unnamed)]
    acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)
    os.setxattr(directory, "system.posix_acl_default", acl)
    result = harness.run(directory, ["set", "old=known", "new=1"], as_user(OTHER_USER))
    expect(result.code == 0 and result.stderr == b"", "exit code 0 and silence", result, directory)
    expect_read_by_kratix(result, directory)


def test_closed_directory(directory):
    """A directory that others cannot search: written, with a warning, since Kratix would not find the file."""
    write_old(directory)
    for mode in (0o770, 0o700):
        directory.chmod(mode)
        result = harness.run(directory, SET)
        warning = (f"kratix-status: warning: {directory} cannot be searched by all users (chmod o+x): "
                   "Kratix would silently treat status.yaml as missing\n")
        write_old(directory)
        expect((result.code, result.stderr.decode()) == (0, warning), f"exit code 0 and {warning!r}", result, directory)


def test_user_namespace(directory):
    """In a user namespace the owner may have no number: the file becomes the caller's."""
    write_old(directory, owner=2000)
    # With all capabilities to be had, which root of the namespace then has.
    result = harness.run(directory, SET, [*as_user(OTHER_USER)[:-2], "unshare", "--user", "--map-root-user"])
    expect_written(result, directory, OTHER_USER, OTHER_USER, 0o644)


def test_two_users(directory):
    """Steps of two users take turns, and none loses the other's keys."""
    for count in range(4):
        result = harness.run(directory, ["set", f"key{count}", "v"], as_user((OTHER_USER, 2000)[count % 2]))
        expect(result.code == 0 and result.stderr == b"", "exit code 0 and silence", result, directory)
    expect_read_by_kratix(result, directory, b"key0: v\nkey1: v\nkey2: v\nkey3: v\n")


def write_old(directory, owner=0, mode=0o644, text=OLD):
    path = directory / "status.yaml"
    path.unlink(missing_ok=True)
    path.write_bytes(text)
    os.chown(path, owner, owner)
    path.chmod(mode)


def leave(directory, owner):
    """What a killed run of that user left."""
    (directory / harness.TEMPORARY).write_bytes(harness.STALE)
    os.chown(directory / harness.TEMPORARY, owner, owner)


def still_link(directory, target):
    if os.readlink(directory / "status.yaml") != str(target):
        raise Failed("the link changed")


@contextlib.contextmanager
def mounted(*arguments):
    harness.do("mount", *arguments)
    try:
        yield
    finally:
        harness.do("umount", arguments[-1])


class Named:
    """One of the tests above, by its name, so that another process can find it."""

    def __init__(self, name):
        self.name = name

    def __str__(self):
        return f"{self.name}: {globals()[self.name].__doc__}"


NOT_NAMED = ("test_combination", "test_rule", "test_named")


def test_named(case: Named):
    harness.need_root()
    with harness.scratch() as top:
        directory = top / "metadata"
        directory.mkdir()
        directory.chmod(0o777)
        globals()[case.name](directory)


# --- the goals


@contextlib.contextmanager
def binary_for_all():
    """Every user can run a copy of the binary, wherever the original lies."""
    with harness.scratch() as top:
        harness.BINARY = shutil.copy(harness.BINARY, top / "kratix-status")
        yield


def main():
    contained.start()
    named = [Named(name) for name in globals() if name.startswith("test_") and name not in NOT_NAMED]
    with binary_for_all():
        harness.main(
            lambda: harness.goal("owner, mode, directory, umask and capabilities", test_combination, combinations(),
                                 at_least=768),
            lambda: harness.goal("rules of permissions.tsv in use", test_rule, rules(), at_least=10),
            lambda: harness.goal("links, devices, mounts, ACLs and namespaces", test_named, named, at_least=24))


if __name__ == "__main__":
    main()
