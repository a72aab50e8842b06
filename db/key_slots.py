"""Key slots: the random key of a book, wrapped for every way in, in two pages of the book's own file.

SQLite never touches these pages: they were given to two tables, and the tables' names were taken away again before anything
else was made. So they belong to nothing, no later page takes their place, and the one file stays enough: wherever it is
copied, it opens by the passphrase and by the recovery code. Each page holds all slots with a number that grows and a checksum.
A change writes the older of the two, and the other only once the new one was proven.
"""

import datetime as dt
import hashlib
import json
import os
import secrets
import struct
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from db import book_key, recovery_code
from db.errors import BookError, from_system, system_says

#: SQLCipher's page, and the two that hold the slots
PAGE = 4096
PAGES = (2, 3)
_MAGIC = b"workbench keys 1\n"
_HEAD = struct.Struct("<QI")
_SEAL_BYTES = 32

Kind = Literal["passphrase", "recovery", "ring"]


@dataclass(frozen=True, slots=True)
class KeySlot:
    """One way in: how its key is stretched, and the book's key wrapped by it (hexadecimal)."""

    kind: Kind
    salt: str
    wrapped: str
    #: ISO day
    made: str
    #: scrypt's cost for what people type; 0: the way in is random and long, and needs no stretching
    cost: int = 0

    @classmethod
    def closing(cls, kind: Kind, secret: bytes, way_in: str, day: str = "") -> "KeySlot":
        """Wrap the book's key `secret` for a passphrase, a recovery code or a random text of the key ring."""
        cost = book_key.COST if kind == "passphrase" else 0
        salt = secrets.token_bytes(book_key.SALT_BYTES)
        wrapped = book_key.wrap(_way(kind, way_in, salt, cost), secret)
        return cls(kind, salt.hex(), wrapped.hex(), day or dt.date.today().isoformat(), cost)

    def opened_by(self, way_in: str) -> bytes | None:
        """The book's key, or None when this is not the way in."""
        return book_key.unwrap(
            _way(self.kind, way_in, bytes.fromhex(self.salt), self.cost), bytes.fromhex(self.wrapped)
        )


def _way(kind: Kind, way_in: str, salt: bytes, cost: int) -> bytes:
    if kind == "recovery":
        return book_key.derived(recovery_code.entropy(way_in), f"recovery {salt.hex()}")
    if kind == "ring":
        return book_key.derived(way_in.encode(), f"ring {salt.hex()}")
    return book_key.stretched(way_in, salt, cost)


@dataclass(frozen=True, slots=True)
class KeySlots:
    """All ways in, and how often they were changed."""

    slots: tuple[KeySlot, ...]
    number: int = 1

    def opened_by(self, way_in: str) -> tuple[bytes, Kind] | None:
        """The book's key, and by which way it came; None when no slot opens."""
        as_code = recovery_code.is_code(way_in)
        for slot in self.slots:
            if slot.kind == "recovery" and not as_code:
                continue
            if (secret := slot.opened_by(way_in)) is not None:
                return secret, slot.kind
        return None

    def of(self, kind: Kind) -> KeySlot | None:
        """The slot of a kind."""
        return next((one for one in self.slots if one.kind == kind), None)

    def with_slot(self, slot: KeySlot) -> "KeySlots":
        """The slots with one in the place of that of its kind."""
        return replace(self, slots=(*(one for one in self.slots if one.kind != slot.kind), slot))

    def without(self, kind: Kind) -> "KeySlots":
        """The slots without a kind."""
        return replace(self, slots=tuple(one for one in self.slots if one.kind != kind))


def _packed(slots: KeySlots) -> bytes:
    body = json.dumps([asdict(one) for one in slots.slots]).encode()
    page = _MAGIC + _HEAD.pack(slots.number, len(body)) + body
    page = page.ljust(PAGE - _SEAL_BYTES, b"\0")
    return page + hashlib.sha256(page).digest()


def _unpacked(page: bytes) -> KeySlots | None:
    """The slots of a page; None when its checksum does not hold."""
    if not page.startswith(_MAGIC) or len(page) != PAGE:
        return None
    if hashlib.sha256(page[:-_SEAL_BYTES]).digest() != page[-_SEAL_BYTES:]:
        return None
    number, length = _HEAD.unpack_from(page, len(_MAGIC))
    start = len(_MAGIC) + _HEAD.size
    try:
        return KeySlots(tuple(KeySlot(**one) for one in json.loads(page[start : start + length])), number)
    except (ValueError, TypeError):
        return None


def read(path: Path) -> KeySlots | None:
    """The newest slots whose checksum holds; None for a book of an older version, which has none.

    Raises BookError damaged when neither holds, and as `book_key.salt_of`.
    """
    if not book_key.salt_of(path).startswith(book_key.MARK):
        return None
    pages = _pages(path)
    whole = [one for page in pages if (one := _unpacked(page)) is not None]
    if whole:
        return max(whole, key=lambda one: one.number)
    raise BookError("damaged", path=str(path))


def left(path: Path) -> KeySlots | None:
    """The newest slots whose checksum holds, whatever became of the rest of the file; None where there are none.

    Raises what the system refuses.
    """
    whole = [one for page in _pages(path) if (one := _unpacked(page)) is not None]
    return max(whole, key=lambda one: one.number) if whole else None


def _pages(path: Path) -> list[bytes]:
    try:
        with path.open("rb") as stream:
            stream.seek(PAGE * (PAGES[0] - 1))
            return [stream.read(PAGE) for _page in PAGES]
    except OSError as error:
        raise from_system(error, path) from error


def write(path: Path, slots: KeySlots, prove: Callable[[KeySlots], bool]) -> None:
    """Put new slots in the place of those there: into the page that holds the older ones, and into the other once what was
    read back is proven. Until then the old ones count if the new ones are torn.

    Raises BookError read_only_file, device_failed (what was read back does not open), or what the system refuses.
    """
    pages = [_unpacked(page) for page in _pages(path)]
    there = [one.number if one else 0 for one in pages]
    new = replace(slots, number=max(there) + 1)
    first = there.index(min(there))
    old = _pages(path)[first]
    try:
        _put(path, PAGES[first], _packed(new))
        back = read(path)
        if back is None or back != new or not prove(back):
            raise BookError("device_failed", path=str(path))
    except BaseException:
        _give_back(path, PAGES[first], old)
        raise
    _put(path, PAGES[1 - first], _packed(new))


def _put(path: Path, page: int, content: bytes) -> None:
    with system_says(path), path.open("r+b") as stream:
        stream.seek(PAGE * (page - 1))
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _give_back(path: Path, page: int, content: bytes) -> None:
    """What stood in a page before; a file that takes no writing has it still."""
    try:
        _put(path, page, content)
    except BookError:
        return


def lay(path: Path, key: str, slots: KeySlots) -> None:
    """Make an empty encrypted file whose second and third page hold the slots. Raises what the system refuses."""
    import sqlcipher3.dbapi2 as driver

    raw = driver.connect(str(path), isolation_level=None)
    try:
        raw.execute(f'PRAGMA key="{key}"')
        raw.execute("PRAGMA cipher_log_level=NONE")
        for page in PAGES:
            raw.execute(f"CREATE TABLE slots_{page}(x)")
        places = raw.execute("SELECT rootpage FROM sqlite_schema ORDER BY rootpage").fetchall()
        if tuple(one[0] for one in places) != PAGES:
            raise BookError("device_failed", path=str(path))
        raw.execute("PRAGMA writable_schema=ON")
        raw.execute("DELETE FROM sqlite_schema")
        raw.execute("PRAGMA writable_schema=RESET")
    finally:
        raw.close()
    for page in PAGES:
        _put(path, page, _packed(slots))


def whole_pages(execute: Callable[[str], Iterable[tuple[object, ...]]]) -> bool:
    """Whether every page bears its seal and belongs where it stands: what SQLCipher and SQLite say of the two pages of the
    slots is left out."""
    named = {f"page {page}" for page in PAGES}
    seals = [str(row[0]) for row in execute("PRAGMA cipher_integrity_check")]
    if any(not line.endswith(tuple(named)) for line in seals):
        return False
    belongs = "\n".join(str(row[0]) for row in execute("PRAGMA integrity_check")).splitlines()
    expected = {f"{name.capitalize()}: never used" for name in named} | {"*** in database main ***", "ok"}
    return set(belongs) <= expected
