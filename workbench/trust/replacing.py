"""A backup takes the place of a book: who was deleted on his request meanwhile does not come back with it (domain 17)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect

from db import restoring, unlocking, vault
from db.engine import Book
from db.errors import BookError
from db.making import Place, place_of
from db.schema import HEAD
from db.stores import opening
from db.stores.address import ServerAddress
from db.tombstones import Tombstones
from db.trusted import tombstones
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.trust.personal.returning import delete_again


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a restore came to. `kept`: where the book that stood there lies; `receipts`: of the persons who were deleted again;
    `unchecked`: the book that stood there could not be read, so that nobody knows who was deleted in it."""

    kept: Path | None
    receipts: tuple[str, ...] = ()
    unchecked: bool = False

    def words(self) -> str:
        """What to know beside where the book lies now; '' for nothing."""
        if self.unchecked:
            return _("原来的账本读不出来,没有核对按本人要求删除过的客户:请对照删除回执再看一遍。")
        if self.receipts:
            return _("备份里还有按本人要求删除过的客户,已经再删一次:回执 {receipts}。").format(
                receipts=commas(self.receipts)
            )
        return ""


def replace_by_backup(
    backup: Path,
    target: Path | ServerAddress,
    passphrase: str = "",
    *,
    secret: bytes | None = None,
    standing: bytes | None = None,
) -> Replaced:
    """Restore `backup` in the place of `target`; who was deleted in the book that stands there is deleted in the copy too.

    `secret` in place of the passphrase for a backup of that very book; `standing`: the key of the one that stands
    there, where it is known.
    Raises WorkbenchError as `restoring.restore`, and older_than_deletions; the book stands as before then.
    """
    with in_words():
        if isinstance(target, ServerAddress):  # into an empty schema only: nobody was deleted there
            return Replaced(opening.restore(backup, target, passphrase))
        deleted = _deleted_in(target, backup, passphrase, secret or standing)
        again: list[str] = []
        record = restored(backup, deleted or Tombstones(), again)
        kept = restoring.restore(backup, target, passphrase, secret=secret, record=record)
    return Replaced(kept, tuple(again), unchecked=deleted is None)


def restored(
    source: Path, deleted: Tombstones | None = None, again: list[str] | None = None
) -> Callable[[Path, str], None]:
    """What is done in a restored copy before it takes the place: its audit says from where it came, and who is `deleted` goes
    again (`again` is given the receipts). One of an older version is sealed when it is opened in its place."""
    gone = deleted or Tombstones()

    def record(copy: Path, key: str) -> None:
        from db.connection import engine_on
        from db.stores.sqlite import SQLiteStore

        with Book(SQLiteStore(copy, key, engine_on(copy, key), vault.lock(copy))) as book:
            if book.version() != HEAD:
                _refuse_older(gone)
                return
            book.take_over_tombstones(gone, "restore", source=str(source.absolute()))
            receipts = delete_again(book, gone, str(source.absolute()))
            if again is not None:
                again.extend(receipts)

    return record


def _refuse_older(deleted: Tombstones) -> None:
    receipts = sorted({one.receipt for one in deleted.stones})
    if receipts:
        raise WorkbenchError(
            "older_than_deletions",
            _("这份备份是旧版本做的,按本人要求删除过的客户(回执 {receipts})恢复以后会回来。").format(
                receipts=commas(receipts)
            ),
            _("没有恢复,账本还是原来的。请选一份新一些的备份。"),
        )


def _deleted_in(place: Path, backup: Path, passphrase: str, secret: bytes | None) -> Tombstones | None:
    """The marks of the book that stands there; None when it cannot be read by the key of the backup."""
    if place_of(vault.real(place)) is not Place.TAKEN:
        return Tombstones()
    try:
        if secret is None:
            way = unlocking.unlock(backup, passphrase)
            secret = None if way.older else way.secret
        with restoring.looked_at(place, passphrase, secret) as conn:
            return Tombstones.of(conn) if inspect(conn).has_table(tombstones.name) else Tombstones()
    except BookError:
        return None
