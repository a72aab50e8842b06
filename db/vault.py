"""Keys, the file lock and file-level backup: what stands between a book and everybody else."""

import hashlib
import secrets
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from filelock import FileLock, Timeout

from db.errors import BookError

#: SQLCipher 4's own defaults, so any SQLCipher tool opens a book with the same passphrase.
ITERATIONS = 256_000
SALT_BYTES = 16


_ahead: "dict[tuple[str, bytes], Future[str]]" = {}


def raw_key(passphrase: str, salt: bytes) -> str:
    """SQLCipher's raw key text for a passphrase: derived once here instead of once a connection."""
    started = _ahead.pop((passphrase, salt), None)
    return started.result() if started else _derive(passphrase, salt)


def derive_ahead(path: Path, passphrase: str) -> None:
    """Start deriving a book's key on another core while the caller goes on loading; the next open takes it."""
    try:
        salt = salt_of(path)
    except BookError:
        return  # the opening itself will say what is wrong
    pool = ThreadPoolExecutor(1)
    _ahead[passphrase, salt] = pool.submit(_derive, passphrase, salt)
    pool.shutdown(wait=False)


def _derive(passphrase: str, salt: bytes) -> str:
    key = hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, ITERATIONS, 32)
    return f"x'{key.hex()}{salt.hex()}'"


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def salt_of(path: Path) -> bytes:
    """The salt at the head of a book. Raises BookError missing, not_a_book, read_only."""
    try:
        with path.open("rb") as stream:
            head = stream.read(SALT_BYTES)
    except FileNotFoundError:
        raise BookError("missing", path=str(path)) from None
    except (PermissionError, IsADirectoryError) as error:
        raise BookError("read_only", path=str(path)) from error
    if len(head) < SALT_BYTES or head.startswith(b"SQLite format 3"):
        raise BookError("not_a_book", path=str(path))
    return head


def lock(path: Path) -> FileLock:
    """Take the book for this process. Raises BookError locked or read_only."""
    claim = FileLock(str(path) + ".lock", mode=0o600)
    try:
        claim.acquire(timeout=0)
    except Timeout:
        raise BookError("locked", path=str(path)) from None
    except OSError as error:
        raise BookError("read_only", path=str(path)) from error
    return claim


def files_of(path: Path) -> tuple[Path, ...]:
    """The files that make up a book on disk: itself and SQLite's companions that are there."""
    return tuple(part for tail in ("", "-wal", "-shm") if (part := Path(f"{path}{tail}")).exists())


def remove(path: Path) -> None:
    """Delete a book that nobody has open. Raises BookError locked or read_only."""
    if not path.exists():
        return
    claim = lock(path)
    try:
        for part in files_of(path):
            part.unlink()
    except OSError as error:
        raise BookError("read_only", path=str(path)) from error
    finally:
        claim.release()


def protect(path: Path) -> None:
    """Only the owner may read or write the file (POSIX; Windows keeps the profile folder's rights)."""
    path.chmod(0o600)
