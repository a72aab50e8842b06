"""The key of a book's file: random, and wrapped for each way in. Without the database: the stretching of a passphrase begins
while that is still loading."""

import hashlib
import secrets
import stat
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from db.errors import BookError, from_system

#: SQLCipher 4's own stretching: a book of an older version has its passphrase for key.
ITERATIONS = 256_000
#: scrypt's cost (memory 128 * 8 * COST bytes, 64 MiB): about 0.2 s on the PC of a branch
COST = 65_536
SALT_BYTES = 16
SECRET_BYTES = 32
#: how the salt of a book with key slots begins; the rest of it is random
MARK = b"\x93wbkeys1"
_SCRYPT_BLOCK = 8

_ahead: "dict[tuple[str, bytes, int], Future[bytes]]" = {}


def new_secret() -> bytes:
    """A random key for a new book."""
    return secrets.token_bytes(SECRET_BYTES)


def new_salt() -> bytes:
    """The head of a new book: the mark of those with key slots, and random bytes."""
    return MARK + secrets.token_bytes(SALT_BYTES - len(MARK))


def raw_key(secret: bytes, salt: bytes) -> str:
    """SQLCipher's raw key text: nothing is derived when a connection opens."""
    return f"x'{secret.hex()}{salt.hex()}'"


def secret_of(key: str) -> bytes:
    """The key in SQLCipher's raw key text."""
    return bytes.fromhex(key[2 : 2 + 2 * SECRET_BYTES])


def older_secret(passphrase: str, salt: bytes) -> bytes:
    """The key of a book of an older version: its passphrase, stretched as SQLCipher does."""
    return _ready(passphrase, salt, 0, lambda: _older(passphrase, salt))


def _older(passphrase: str, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, ITERATIONS, SECRET_BYTES)


def stretched(passphrase: str, salt: bytes, cost: int) -> bytes:
    """A key from a passphrase, by scrypt (RFC 7914)."""
    return _ready(passphrase, salt, cost, lambda: _scrypt(passphrase, salt, cost))


def _scrypt(passphrase: str, salt: bytes, cost: int) -> bytes:
    memory = 256 * _SCRYPT_BLOCK * cost
    return hashlib.scrypt(
        passphrase.encode(),
        salt=salt,
        n=cost,
        r=_SCRYPT_BLOCK,
        p=1,
        maxmem=memory + 2**20,
        dklen=SECRET_BYTES,
    )


def _ready(passphrase: str, salt: bytes, cost: int, derive: Callable[[], bytes]) -> bytes:
    started = _ahead.pop((passphrase, salt, cost), None)
    return started.result() if started else derive()


def begin(passphrase: str, salt: bytes, cost: int) -> None:
    """Begin stretching a passphrase on another core; the next `stretched` (`cost` 0: `older_secret`) of the same takes it."""
    pool = ThreadPoolExecutor(1)
    if cost:
        _ahead[passphrase, salt, cost] = pool.submit(_scrypt, passphrase, salt, cost)
    else:
        _ahead[passphrase, salt, cost] = pool.submit(_older, passphrase, salt)
    pool.shutdown(wait=False)


def derived(secret: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, from a key of the book (HKDF, RFC 5869); neither tells of the other."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), SECRET_BYTES, salt=None, info=f"workbench {purpose}".encode()).derive(secret)


def wrap(way: bytes, secret: bytes) -> bytes:
    """A key wrapped by another (RFC 3394): whoever has the wrong one notices."""
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap

    return aes_key_wrap(way, secret)


def unwrap(way: bytes, wrapped: bytes) -> bytes | None:
    """The wrapped key; None for another `way`, or a wrap that was changed."""
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    try:
        return aes_key_unwrap(way, wrapped)
    except InvalidUnwrap:
        return None


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
