"""How a passphrase, a recovery code or a text of the key ring becomes the key of a book's file."""

from dataclasses import dataclass
from pathlib import Path

from db import book_key, key_slots
from db.errors import BookError
from db.key_slots import Kind


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The key of a book as SQLCipher takes it, by which way it came, and whether the book is of a version without slots."""

    key: str
    way: Kind
    older: bool

    @property
    def secret(self) -> bytes:
        """The book's own key, 32 bytes."""
        return book_key.secret_of(self.key)


def unlock(path: Path, way_in: str) -> Unlocked:
    """The key of the book at `path`. Of a book of an older version any passphrase gives one: whether it fits shows when the
    book is read.

    Raises BookError missing, not_a_book, unfinished, not_a_file, wrong_passphrase, damaged (both pages of the slots), or what
    the system refuses.
    """
    salt = book_key.salt_of(path)
    slots = key_slots.read(path)
    if slots is None:
        return Unlocked(book_key.raw_key(book_key.older_secret(way_in, salt), salt), "passphrase", older=True)
    opened = slots.opened_by(way_in)
    if opened is None:
        raise BookError("wrong_passphrase", path=str(path), opening=True)
    secret, way = opened
    return Unlocked(book_key.raw_key(secret, salt), way, older=False)


def derive_ahead(path: Path, passphrase: str) -> None:
    """Start stretching a passphrase on another core while the caller goes on loading; the next `unlock` takes it."""
    try:
        salt = book_key.salt_of(path)
        slots = key_slots.read(path)
    except BookError:
        return  # the opening itself will say what is wrong
    if slots is None:
        book_key.begin(passphrase, salt, 0)
    elif (slot := slots.of("passphrase")) is not None:
        book_key.begin(passphrase, bytes.fromhex(slot.salt), slot.cost)
