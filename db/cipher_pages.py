"""The pages of a book's file one by one, so that a damaged one costs no other: decrypted, with or without its seal.

SQLCipher encrypts each page by itself (AES-256, CBC) and seals it with a keyed hash over it and its number. Nothing here goes
through SQLite, which gives up at the first page that it cannot read.
"""

import hashlib
import hmac
import struct
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from db import book_key
from db.connection import PAGE
from db.errors import system_says
from db.key_slots import PAGES as SLOTS

#: what SQLCipher keeps at the end of a page: the start of the cipher (16) and the seal (64)
RESERVED = 80
USABLE = PAGE - RESERVED
#: pages looked at between two chances for others to write: 8 MB, some 40 ms
_LOOKED_AT_ONCE = 2_000
_HEAD = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
#: magic numbers of SQLite's write-ahead log
_LOG_MAGIC = frozenset({0x377F0682, 0x377F0683})
#: types of pages: the inner ones and leaves of tables and indexes
_OF_TREE = frozenset({0x02, 0x05, 0x0A, 0x0D})


def damaged(
    path: Path, secret: bytes, still: Callable[[], AbstractContextManager[object]], stop: Callable[[], bool]
) -> tuple[int, ...]:
    """The pages of an open book's file whose seal is broken, looked at a few at a time: `still` keeps others from writing
    meanwhile, and with `stop` the looking ends early. Raises BookError of what the system refuses."""
    with system_says(path), path.open("rb") as stream:
        salt = stream.read(book_key.SALT_BYTES)
        size = stream.seek(0, 2)
    pages = CipherPages(path, secret, salt)
    pages._sealing = _sealing_key(secret, salt)
    bad: list[int] = []
    for first in range(1, size // PAGE + 1, _LOOKED_AT_ONCE):
        if stop():
            break
        with still(), system_says(path), path.open("rb") as stream:
            stream.seek(PAGE * (first - 1))
            content = stream.read(PAGE * _LOOKED_AT_ONCE)
        for at in range(0, len(content) - PAGE + 1, PAGE):
            number = first + at // PAGE
            raw = content[at : at + PAGE]
            if number not in SLOTS and any(raw) and not pages._holds(raw, number):
                bad.append(number)
    return tuple(bad)


def _sealing_key(secret: bytes, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", secret, bytes(byte ^ 0x3A for byte in salt), 2, 32)


@dataclass(slots=True)
class CipherPages:
    """Every page of a file, the committed ones of its log over those of the file itself.

    `salt` is that at the head of the file; `sealed` tells whether seals can be proven: not where the head itself is gone, for
    the seals depend on it. Page numbers count from 1.
    """

    path: Path
    secret: bytes
    salt: bytes
    sealed: bool = True
    count: int = 0
    #: pages whose seal is broken, or that are cut off
    bad: set[int] = field(default_factory=set)
    _newer: dict[int, bytes] = field(default_factory=dict)
    _sealing: bytes = b""

    @classmethod
    def of(cls, path: Path, secret: bytes) -> "CipherPages":
        """Look at every page of the book at `path`. Raises BookError of what the system refuses."""
        with system_says(path), path.open("rb") as stream:
            salt = stream.read(book_key.SALT_BYTES)
            size = stream.seek(0, 2)
        made = cls(path, secret, salt, count=-(-size // PAGE))
        made._sealing = _sealing_key(secret, salt)
        made._take_in_log()
        made._look()
        return made

    def page(self, number: int) -> bytes | None:
        """The plain bytes of a page as SQLite lays it out, without what the cipher keeps at its end; None: it is damaged."""
        if number in self.bad or not 1 <= number <= self.count:
            return None
        raw = self._newer.get(number) or self._read(number)
        return None if raw is None else self._plain(raw, number)

    def numbers(self) -> Iterator[int]:
        """The pages that SQLite may use."""
        return (number for number in range(1, self.count + 1) if number not in SLOTS)

    def _read(self, number: int) -> bytes | None:
        with system_says(self.path), self.path.open("rb") as stream:
            stream.seek(PAGE * (number - 1))
            raw = stream.read(PAGE)
        return raw if len(raw) == PAGE else None

    def _look(self) -> None:
        """Which pages are damaged."""
        broken = {number for number, raw in self._all() if not self._holds(raw, number)}
        of_use = sum(1 for _number in self.numbers())
        self.sealed = len(broken) < of_use
        if (
            not self.sealed
        ):  # the head is gone, and with it what the seals are proven by: what looks like a page is taken
            broken = {number for number, raw in self._all() if not self._looks_like_one(raw, number)}
        self.bad = broken

    def _all(self) -> Iterator[tuple[int, bytes]]:
        with system_says(self.path), self.path.open("rb") as stream:
            for number in range(1, self.count + 1):
                raw = stream.read(PAGE)
                if number not in SLOTS:
                    yield number, self._newer.get(number, raw)

    def _holds(self, raw: bytes, number: int) -> bool:
        start = book_key.SALT_BYTES if number == 1 else 0
        seal = hmac.digest(self._sealing, raw[start:-64] + number.to_bytes(4, "little"), "sha512")
        return len(raw) == PAGE and hmac.compare_digest(seal, raw[-64:])

    def _looks_like_one(self, raw: bytes, number: int) -> bool:
        if len(raw) != PAGE or number == 1:
            return False
        plain = self._plain(raw, number)
        return plain[0] in _OF_TREE or plain[0] == 0

    def _plain(self, raw: bytes, number: int) -> bytes:
        start = book_key.SALT_BYTES if number == 1 else 0
        opening = Cipher(AES256(self.secret), CBC(raw[USABLE : USABLE + 16])).decryptor()
        head = b"SQLite format 3\0" if number == 1 else b""
        return head + opening.update(raw[start:USABLE]) + opening.finalize()

    def _take_in_log(self) -> None:
        """The pages of the write-ahead log up to its last whole commit, as SQLite takes them when a book is opened."""
        log = Path(f"{self.path}-wal")
        if not log.exists():
            return
        with system_says(log):
            content = log.read_bytes()
        if len(content) < _HEAD.size:
            return
        magic, _version, size, _turn, *owner = _HEAD.unpack_from(content)[:6]
        if magic not in _LOG_MAGIC or size != PAGE:
            return
        waiting: dict[int, bytes] = {}
        for at in range(_HEAD.size, len(content) - _FRAME.size - PAGE + 1, _FRAME.size + PAGE):
            number, of_commit, *of = _FRAME.unpack_from(content, at)[:4]
            raw = content[at + _FRAME.size : at + _FRAME.size + PAGE]
            if of != owner or not self._holds(raw, number):
                return
            waiting[number] = raw
            if of_commit:
                self._newer |= waiting
                self.count = of_commit
                waiting = {}
