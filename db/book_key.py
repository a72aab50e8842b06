"""The key of a book's file: derived from the passphrase and the salt at its head. Without the database: the deriving begins while
that is still loading."""

import hashlib
import secrets
import stat
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from db.errors import BookError, from_system

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
    """Random bytes for the head of a new book."""
    return secrets.token_bytes(SALT_BYTES)


def salt_of(path: Path) -> bytes:
    """The salt at the head of a book.

    Raises BookError missing, not_a_book, unfinished (an empty file), not_a_file, or what the system refuses.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device would not answer, or never end
            raise BookError("not_a_file", path=str(path))
        with path.open("rb") as stream:
            head = stream.read(SALT_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        raise BookError("missing", path=str(path)) from None
    except OSError as error:
        raise from_system(error, path) from error
    if not head:
        raise BookError("unfinished", path=str(path))
    if len(head) < SALT_BYTES or head.startswith(b"SQLite format 3"):
        raise BookError("not_a_book", path=str(path))
    return head
