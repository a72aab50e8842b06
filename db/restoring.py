"""A backup takes the place of a book: copied beside it, verified there, and swapped; until then the old one stands."""

import contextlib
import datetime as dt
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from db import book_key, key_slots, unlocking, vault
from db.connection import checkpoint, engine_on, refusal, translated, version_of
from db.errors import BookError, system_says
from db.making import Place, make_folder, place_of, scratch
from db.seal_keys import SealKeys

#: what is wrong with the backup itself
_OF_CONTENT = frozenset({"wrong_passphrase", "not_a_book", "newer", "damaged"})


def restore(
    source: Path,
    target: Path,
    passphrase: str,
    *,
    secret: bytes | None = None,
    record: Callable[[Path, str], object] | None = None,
) -> Path | None:
    """Put a copy of the backup `source` in the place of `target`; answers where the book that stood there lies now.

    The backup is only read, so it may lie on a medium that takes no writing, and be of an older version: it is upgraded
    when it is opened in its place. `secret` in place of the passphrase: a backup of the very book that stands there, which
    keeps the ways in that it has now. `record(copy, key)` is called with the sound copy
    before it takes the place.

    Raises BookError missing, not_a_book, wrong_passphrase, newer, damaged, same_file,
    locked (either of them is in use), or what the system refuses; the old book is in its place then.
    """
    book_key.salt_of(source)
    place = vault.real(target)
    state = place_of(place)  # refuses a folder or a device
    if vault.real(source) == place or (state is not Place.FREE and place.samefile(source)):
        raise BookError("same_file", path=str(source))
    make_folder(place)
    claim = vault.lock(place)
    try:
        if (obstacle := refusal(place)) is not None:
            raise obstacle
        with scratch(place) as copy:
            _copied(source, copy, place)
            _verify(copy, passphrase, source, place, secret, record)
            if secret is not None:
                _take_over_ways_in(copy, place, secret)
            return _swapped(copy, place)
    finally:
        claim.release()


def _copied(source: Path, copy: Path, place: Path) -> None:
    """The backup with what SQLite has not yet brought into it, while nobody else has it open."""
    claim = None
    try:
        claim = vault.lock(source)
    except BookError as error:
        if error.code == "locked":
            raise
        # a medium that takes no lock: nobody can be writing there
    try:
        real = vault.real(source)
        for part in vault.files_of(real):
            tail = part.name.removeprefix(real.name)
            if tail != "-shm":
                _copy_file(part, Path(f"{copy}{tail}"), source, place)
    finally:
        if claim is not None:
            claim.release()


def _copy_file(part: Path, copy: Path, source: Path, place: Path) -> None:
    with system_says(source):
        reading = part.open("rb")
    with reading, system_says(place), copy.open("wb") as writing:
        copy.chmod(0o600)
        while True:
            with system_says(source):
                block = reading.read(1 << 20)
            if not block:
                return
            writing.write(block)


def _way(copy: Path, passphrase: str, secret: bytes | None) -> unlocking.Unlocked:
    if secret is None:
        return unlocking.unlock(copy, passphrase)
    if key_slots.read(copy) is None:  # of an older version: another key
        raise BookError("wrong_passphrase", path=str(copy))
    return unlocking.Unlocked(book_key.raw_key(secret, book_key.salt_of(copy)), "passphrase", older=False)


def _take_over_ways_in(copy: Path, place: Path, secret: bytes) -> None:
    """The passphrase and the recovery code of today open the restored book, not those of the day of the backup."""
    if (slots := key_slots.left(place)) is not None:
        key_slots.write(copy, slots, lambda back: back.slots == slots.slots)


@contextmanager
def looked_at(source: Path, passphrase: str = "", secret: bytes | None = None) -> Iterator[Connection]:
    """The content of a backup, read from a copy of it. Raises BookError as `restore` does, when its pages cannot be read."""
    book_key.salt_of(source)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.book"
        _copied(source, copy, copy)
        engine = None
        try:
            way = _way(copy, passphrase, secret)
            engine = engine_on(copy, way.key)
            version_of(engine, copy, way.key, unwrapped=secret is None and not way.older)
            with translated(copy), engine.connect() as conn:
                yield conn.execution_options(seals=SealKeys(way.secret))
        except BookError as error:
            error.facts |= {"path": str(source), "backup": True}
            raise
        finally:
            if engine is not None:
                engine.dispose()


def _verify(
    copy: Path,
    passphrase: str,
    source: Path,
    place: Path,
    secret: bytes | None,
    record: Callable[[Path, str], object] | None,
) -> None:
    """That the copy opens with the passphrase, is of a version known here, and every page of it is sound."""
    engine = None
    try:
        way = _way(copy, passphrase, secret)
        engine = engine_on(copy, way.key)
        version_of(engine, copy, way.key, unwrapped=not way.older)
        with translated(copy):  # a power cut may have torn a page that stands whole in the log
            checkpoint(engine)
        with translated(copy), engine.connect() as conn:
            if not key_slots.whole_pages(lambda sql: conn.exec_driver_sql(sql).all()):
                raise BookError("damaged", path=str(source))
        if record is not None:
            record(copy, way.key)
        with translated(copy):
            checkpoint(engine)
    except BookError as error:
        # what the copy is, the backup is; what is refused to the copy is refused where the book lies
        error.facts["path"] = str(source if error.code in _OF_CONTENT else place)
        error.facts["backup"] = error.code in _OF_CONTENT
        raise
    finally:
        if engine is not None:
            engine.dispose()


def _swapped(copy: Path, place: Path) -> Path | None:
    stamp = dt.datetime.now().strftime("%Y%m%d-%H%M%S")
    kept = vault.free_name(place.with_name(f"{place.stem}.replaced.{stamp}{place.suffix}"))
    stood = bool(vault.files_of(place))
    with system_says(place):
        try:
            vault.flush(copy)
            if stood:
                _keep(place, kept)
            copy.replace(place)
        except BaseException:
            if stood:
                _put_back(kept, place)
            raise
        vault.flush_names(place.parent)
    return kept if stood else None


def _keep(place: Path, kept: Path) -> None:
    """A second name for the book that stands there, so that its place is never empty; a medium without such names
    renames it. What SQLite has beside it goes to the new name: left, it would be taken for the restored book's."""
    for part in vault.files_of(place):
        if part != place:
            part.rename(f"{kept}{part.name.removeprefix(place.name)}")
    if not place.exists():
        return
    try:
        os.link(place, kept)
    except OSError:
        place.rename(kept)


def _put_back(kept: Path, place: Path) -> None:
    with contextlib.suppress(OSError):
        if kept.exists() and not place.exists():
            kept.rename(place)
        elif kept.exists() and kept.samefile(place):
            kept.unlink()
        for part in (Path(f"{kept}{tail}") for tail in vault.TAILS):
            if part.exists():
                part.rename(f"{place}{part.name.removeprefix(kept.name)}")
