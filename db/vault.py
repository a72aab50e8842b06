"""A book's file: its lock, its companions, and how it is moved, flushed and deleted."""

import contextlib
import itertools
import os
import sys
from pathlib import Path

from filelock import FileLock, Timeout

from db.connection import refusal
from db.errors import BookError, from_system, system_says

#: what SQLite may keep beside a book
TAILS = ("-wal", "-shm", "-journal")
#: SQLite's own shared lock: how many bytes from where
_SHARED = (510, 0x4000_0002)


def real(path: Path) -> Path:
    """Where a book lies, whatever links lead there: what is locked, replaced, and has SQLite's companions beside it."""
    with system_says(path):  # a relative path may be in a folder that is gone
        return Path(os.path.realpath(path))


def lock(path: Path) -> FileLock:
    """Take the book for this process, whichever of its names was given, and from whichever thread.

    Raises BookError locked, or what the system refuses (see `from_system`).
    """
    claim = FileLock(f"{real(path)}.lock", mode=0o600, thread_local=False)
    try:
        claim.acquire(timeout=0)
    except Timeout:
        raise BookError("locked", path=str(path)) from None
    except OSError as error:
        raise refusal(path) or from_system(error, path) from error
    if _open_under_another_name(path):
        claim.release()
        raise BookError("locked", path=str(path))
    return claim


def _open_under_another_name(path: Path) -> bool:
    """Whether another process has the book open by a hard link.

    Its lock file has another name then; but SQLite keeps a shared lock on the file itself while a book is open.
    """
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        if path.stat().st_nlink == 1:
            return False
        with path.open("r+b") as stream:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB, *_SHARED)
    except BlockingIOError:
        return True
    except OSError:
        return False  # nobody can have it open, or the opening itself will say what is wrong
    return False


def files_of(path: Path) -> tuple[Path, ...]:
    """The files that make up a book on disk: itself and SQLite's companions that are there."""
    return tuple(part for tail in ("", *TAILS) if (part := Path(f"{path}{tail}")).exists())


def free_name(path: Path) -> Path:
    """`path`, or the first of its numbered names, under which neither a file nor a companion lies."""
    tried = itertools.chain(
        (path,), (path.with_name(f"{path.stem}-{n}{path.suffix}") for n in itertools.count(2))
    )
    return next(one for one in tried if not os.path.lexists(one) and not files_of(one))


def move(path: Path, target: Path) -> None:
    """Give a book that nobody has open another name, with its companions: all of them, or an OSError and none."""
    done: list[tuple[Path, Path]] = []
    try:
        for part in reversed(files_of(path)):
            new = Path(f"{target}{str(part).removeprefix(str(path))}")
            part.rename(new)
            done.append((part, new))
    except OSError:
        for part, new in reversed(done):
            new.rename(part)
        raise


def flush(path: Path) -> None:
    """Have the device keep a file before anything is built upon it."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def flush_names(folder: Path) -> None:
    """Have the device keep the names in a folder, where a folder can be asked for it."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove(path: Path) -> None:
    """Delete a book that nobody has open. Raises BookError locked, or what the system refuses."""
    if not path.exists():
        return
    claim = lock(path)
    try:
        with system_says(path):
            for part in files_of(path):
                part.unlink()
    finally:
        claim.release()


def protect(path: Path) -> None:
    """Only the owner may read or write the file (POSIX; Windows keeps the profile folder's rights)."""
    path.chmod(0o600)
