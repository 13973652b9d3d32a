"""A CPU quota of 200m (20 ms in every 100 ms), as Kubernetes gives one to a container, by cgroup v2 or v1."""

import os
import pathlib

PERIOD = 100_000  # µs
QUOTA = 20_000


class Group:
    """Raises OSError where the machine does not allow it. Removed at the end of `with`."""

    def __init__(self, name):
        v1 = pathlib.Path("/sys/fs/cgroup/cpu")
        self.directory = (v1 if v1.is_dir() else pathlib.Path("/sys/fs/cgroup")) / name
        self.directory.mkdir()
        try:
            if v1.is_dir():
                (self.directory / "cpu.cfs_period_us").write_text(str(PERIOD))
                (self.directory / "cpu.cfs_quota_us").write_text(str(QUOTA))
            else:
                (self.directory / "cpu.max").write_text(f"{QUOTA} {PERIOD}")
        except OSError:
            self.directory.rmdir()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.directory.rmdir()

    def enter(self):
        """The calling process goes into the group; for a child before its program starts."""
        (self.directory / "cgroup.procs").write_text(str(os.getpid()))
