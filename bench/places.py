"""Where things go wrong: a disk of a few hundred KB, a medium that takes no writing, an account without root's rights."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

#: prctl's PR_CAPBSET_DROP, and the capabilities by which root passes over the rights of files
_DROP, _PASSING_OVER = 24, (1, 2)


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A disk of `size` bytes at `folder`. Raises PermissionError where none can be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or not _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder)
    ):
        raise PermissionError("a disk cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """`folder`, a mounted disk, while it takes no writing."""
    _mount("-o", "remount,ro", folder)
    try:
        yield folder
    finally:
        _mount("-o", "remount,rw", folder)


def _mount(*words: object) -> bool:
    done = subprocess.run(["mount", *map(str, words)], capture_output=True, check=False)
    return done.returncode == 0


def fill(folder: Path, left: int) -> Path:
    """Write a file until `left` bytes are free on the disk of `folder`."""
    filler = folder / "filler"
    filler.unlink(missing_ok=True)
    disk = os.statvfs(folder)
    filler.write_bytes(b"x" * max(0, disk.f_bavail * disk.f_frsize - left))
    return filler


def without_rights() -> Callable[[], None] | None:
    """What a child process does first, so that the rights of files bind it also when root started it."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return None
    system = ctypes.CDLL(None, use_errno=True)

    def drop() -> None:
        for capability in _PASSING_OVER:
            system.prctl(_DROP, capability, 0, 0, 0)

    return drop


def limited(size: int) -> Callable[[], None]:
    """What a child process does first, so that no file of it grows beyond `size` bytes."""
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit
