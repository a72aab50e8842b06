"""A book is made beside its place and gets its name when it is whole; what a killed making left is told and cleared."""

import contextlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from db import book_key, key_slots, vault
from db.connection import PAGE, checkpoint, engine_on, translated
from db.errors import BookError, system_says
from db.placing import sealed

#: behind the name of a book while it is made or restored; only who holds the lock of that book writes there
SCRATCH = ".being-made"


class Place(Enum):
    """What lies where a book is looked for."""

    FREE = "nothing"
    UNFINISHED = "what a killed making of an older version left: it holds nothing"
    TAKEN = "a book, or a file of somebody else"


def place_of(path: Path) -> Place:
    """What lies at `path`. Raises BookError not_a_file, or what the system refuses."""
    try:
        book_key.salt_of(path)
    except BookError as error:
        if error.code == "missing":
            return Place.FREE
        if error.code == "unfinished":
            return Place.TAKEN if _committed(path) else Place.UNFINISHED
        if error.code == "not_a_book":
            return Place.TAKEN
        raise
    return Place.UNFINISHED if unfinished(path) else Place.TAKEN


def not_taken(path: Path) -> Place:
    """What lies where a book shall be made. Raises BookError exists, or what the system refuses."""
    place = place_of(path)
    if place is Place.TAKEN:
        raise BookError("exists", path=str(path))
    return place


def unfinished(path: Path) -> bool:
    """Whether a file is one page of a cipher and nothing was committed beside it: no book of the versions that made books in
    their place is as small as that."""
    with system_says(path):
        if path.stat().st_size != PAGE:
            return False
        page = path.read_bytes()
    return sealed(page) and not page.startswith(book_key.MARK) and not _committed(path)


def _committed(path: Path) -> bool:
    """Whether SQLite's log beside a book holds a transaction that was ended.

    Frames tell in clear the size of the book after them, if they end one, and whose log they belong to.
    """
    try:
        log = Path(f"{path}-wal").read_bytes()
    except OSError:
        return False
    owner = log[16:24]
    frames = (log[at : at + 24] for at in range(32, len(log) - 24, 24 + PAGE))
    return any(frame[8:16] == owner and any(frame[4:8]) for frame in frames)


def make_folder(path: Path) -> None:
    """The folder of a book that will lie there. Raises BookError no_folder, or what the system refuses."""
    try:
        with system_says(path):
            path.parent.mkdir(parents=True, exist_ok=True)
    except BookError as error:
        if isinstance(error.__cause__, FileExistsError):  # a file has the folder's name
            raise BookError("no_folder", path=str(path)) from error
        raise


def make(path: Path, passphrase: str) -> tuple[str, Path | None]:
    """Make an empty book at `path`, whose lock is held; answers its key, and where remains that lay there were moved.

    Raises BookError exists, damaged (one page of a book that had more), or what the system refuses.
    """
    from db.migrations import upgrade

    if not_taken(path) is Place.UNFINISHED and _was_a_book(path, passphrase):
        raise BookError("damaged", path=str(path))
    with scratch(path) as part:
        key = lay(part, path, passphrase)
        engine = engine_on(part, key)
        try:
            with translated(path):
                upgrade(engine)
                checkpoint(engine)
        finally:
            engine.dispose()
        with system_says(path):
            return key, _named(part, path)


def lay(part: Path, path: Path, passphrase: str) -> str:
    """An empty file with a random key, wrapped by the passphrase, that will be the book at `path`; answers SQLCipher's key."""
    secret, salt = book_key.new_secret(), book_key.new_salt()
    key = book_key.raw_key(secret, salt)
    slots = key_slots.KeySlots((key_slots.KeySlot.closing("passphrase", secret, passphrase),))
    with translated(path):
        key_slots.lay(part, key, slots)
    return key


def _named(part: Path, path: Path) -> Path | None:
    aside = None
    vault.protect(part)
    vault.flush(part)
    if vault.files_of(path):
        aside = vault.free_name(path.with_name(f"{path.stem}.unfinished{path.suffix}"))
        vault.move(path, aside)
    try:
        part.rename(path)
    except OSError:
        if aside is not None:
            vault.move(aside, path)
        raise
    vault.flush_names(path.parent)
    return aside


def _was_a_book(path: Path, passphrase: str) -> bool:
    """Whether the one page that lies there tells of tables: then more was cut off. Looked at in a copy."""
    if not path.stat().st_size:
        return False
    salt = book_key.salt_of(path)
    key = book_key.raw_key(book_key.older_secret(passphrase, salt), salt)
    with scratch(path) as part:
        with system_says(path):
            shutil.copyfile(path, part)
        raw = driver.connect(str(part))
        try:
            raw.execute(f'PRAGMA key="{key}"')
            raw.execute("PRAGMA cipher_log_level=NONE")
            return bool(raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])
        except driver.Error as error:
            return bool(getattr(error, "sqlite_errorcode", 0) & 0xFF == driver.SQLITE_CORRUPT)
        finally:
            raw.close()


@contextmanager
def scratch(path: Path) -> Iterator[Path]:
    """A name beside a book whose lock is held, to write under until it is whole; nothing is left there.

    What killed makings left in the same folder is cleared first: it may fill the disk.
    """
    part = path.with_name(path.name + SCRATCH)
    with system_says(path):
        _clear(part)
    _sweep(path.parent)
    try:
        yield part
    finally:
        _clear(part)


def _clear(part: Path) -> None:
    for one in vault.files_of(part):
        with contextlib.suppress(OSError):
            one.unlink()


def _sweep(folder: Path) -> None:
    """Clear what was being made for other books when it was killed: what looks like a book and nobody holds."""
    for part in folder.glob(f"*{SCRATCH}"):
        try:
            with part.open("rb") as stream:
                head = stream.read(PAGE)
            if head and not sealed(head):
                continue
            claim = vault.lock(part.with_name(part.name.removesuffix(SCRATCH)))
        except (OSError, BookError):
            continue
        _clear(part)
        claim.release()
