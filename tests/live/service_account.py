"""A service account's directory as the kubelet mounts it: what is read there goes through two symbolic links.

    service_account.py DIRECTORY TOKEN CA_FILE     makes it, or replaces what it holds, at once as the kubelet does
"""
import os
import pathlib
import shutil
import sys
import tempfile


def write(directory, files):
    """Makes DIRECTORY hold `files`, a map of names to bytes. `..data` points at the directory of the newest ones."""
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    data = directory / "..data"
    old = os.readlink(data) if data.is_symlink() else None
    new = pathlib.Path(tempfile.mkdtemp(prefix="..", dir=directory))
    new.chmod(0o755)
    for name, content in files.items():
        (new / name).write_bytes(content)
        if not (directory / name).is_symlink():
            (directory / name).symlink_to(f"..data/{name}")
    (directory / "..data_tmp").symlink_to(new.name)
    (directory / "..data_tmp").rename(data)
    if old:
        shutil.rmtree(directory / old)


def replace(directory, name, content):
    """The kubelet's rotation: another token or ca.crt, and all else as it was."""
    current = pathlib.Path(directory) / "..data"
    files = {path.name: path.read_bytes() for path in current.iterdir()}
    write(directory, files | {name: content})


if __name__ == "__main__":
    write(sys.argv[1], {"token": sys.argv[2].encode(), "ca.crt": pathlib.Path(sys.argv[3]).read_bytes(), "namespace": b"default"})
