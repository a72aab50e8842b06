"""The eleven ways in which somebody who has the passphrase may falsify a book behind the program, and whether a check notices.

`python -m bench.tampering [BOOK]`: one line a kind. Tests and the faults harness call `tried`.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bench.data import PASSPHRASE
from db import audit as chain
from db.audit import Anchor
from db.engine import Book
from db.record import audit, journal
from db.seal_keys import seal_keys
from db.stores.sqlite import SQLiteStore
from db.tables import customers, snapshots, touches
from db.trusted import audit_ends
from db.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator


#: what the seals of older versions stood between the parts of a row
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Tampering:
    """A way of falsifying: its code, whether only an anchor on paper can show it, and what it writes (the store's own connection,
    so with every key that the passphrase gives)."""

    code: str
    do: Callable[[Connection], None]
    on_paper_only: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A small book to be falsified: its file, a copy of it as it was earlier, where its audit stood at the end."""

    path: Path
    older: Path
    anchor: Anchor


def make(folder: Path, passphrase: str = PASSPHRASE) -> Made:
    """A book with a few changes, one of them undone, and papers registered."""
    path, older = folder / "客户账本.book", folder / "旧.book"
    with Book.create(path, passphrase) as book:
        with book.write("import", "名单") as writer:
            people = [{"customer_no": f"{n:08}", "name": f"客户{n}"} for n in range(1, 21)]
            ids = writer.insert(customers, people)
            month: dict[str, Value] = {"month": "2026-10", "as_of": "2026-10-31", "batch_id": 1}
            writer.insert(
                snapshots,
                [
                    {"customer_id": one, "source_row": one, "aum_balance": one * 100_00, **month}
                    for one in ids
                ],
            )
        for n in range(4):
            with book.write("touch", "联系") as writer:
                line: dict[str, Value] = {
                    "customer_id": 1 + n,
                    "date": f"2026-11-0{n + 1}",
                    "channel": "call",
                    "result": "reached",
                }
                writer.insert(touches, [{**line, "initiated_by": "manager"}])
                writer.update(customers, 1 + n, {"note": f"第{n}次"})
        book.record("export", f"week{_SEPARATOR}paper", rows=12)
    shutil.copyfile(path, older)
    with Book.open(path, passphrase) as book:
        book.reverse(3)
        for n in range(3):
            book.record("print", "week", pages=n)
        return Made(path, older, book.anchor())


# -- the ways ----------------------------------------------------------------------------------------------


def _row_changed(conn: Connection) -> None:
    conn.execute(update(audit).where(audit.c.id == _middle(conn)).values(facts='{"rows": 1}'))


def _row_deleted(conn: Connection) -> None:
    conn.execute(delete(audit).where(audit.c.id == _middle(conn)))


def _rows_swapped(conn: Connection) -> None:
    first = _middle(conn)
    for was, becomes in ((first, -1), (first + 1, first), (-1, first + 1)):
        conn.execute(update(audit).where(audit.c.id == was).values(id=becomes))


def _row_inserted(conn: Connection) -> None:
    """A row between two others, as the program itself would write it; those behind it move on."""
    at = _middle(conn)
    row = dict(conn.execute(select(audit).where(audit.c.id == at)).mappings().one())
    ids = conn.execute(select(audit.c.id).where(audit.c.id > at).order_by(audit.c.id.desc())).scalars().all()
    for one in ids:
        conn.execute(update(audit).where(audit.c.id == one).values(id=one + 1))
    row |= {"id": at + 1, "previous": row["hash"], "facts": "{}"}
    row["hash"] = chain.seal_of(seal_keys(conn).audit(conn), row)
    conn.execute(insert(audit), row)


def _newest_cut_off(conn: Connection) -> None:
    conn.execute(delete(audit).where(audit.c.id > _middle(conn)))


def _all_deleted(conn: Connection) -> None:
    """Every row, and what tells where the audit ended."""
    conn.execute(delete(audit))
    conn.execute(delete(audit_ends))


def _balance_changed(conn: Connection) -> None:
    conn.execute(update(snapshots).where(snapshots.c.id == 1).values(aum_balance=9_999_999_00))


def _journal_changed(conn: Connection) -> None:
    """What an undo would bring back."""
    step = conn.execute(select(journal.c.id).where(journal.c.op == "update")).scalars().first()
    conn.execute(update(journal).where(journal.c.id == step).values(before='{"note": "没有这回事"}'))


def _separator_moved(conn: Connection) -> None:
    """The beginning of one part of a row is given to the part before it: joined by a separator they would read the same."""
    of_export = update(audit).where(audit.c.action == "export")
    conn.execute(of_export.values(action=f"export{_SEPARATOR}week", subject="paper"))


def _chain_recomputed(conn: Connection) -> None:
    """A row is falsified and every seal behind it made anew, with the book's own keys."""
    key = seal_keys(conn).audit(conn)
    rows = [dict(row) for row in conn.execute(select(audit).order_by(audit.c.id)).mappings()]
    rows[len(rows) // 2]["facts"] = '{"rows": 1}'
    previous = rows[0]["previous"]
    for row in rows:
        row["previous"] = previous
        row["hash"] = previous = chain.seal_of(key, row)
    conn.execute(
        update(audit)
        .where(audit.c.id == bindparam("_id"))
        .values(facts=bindparam("_facts"), previous=bindparam("_previous"), hash=bindparam("_hash")),
        [
            {"_id": row["id"], "_facts": row["facts"], "_previous": row["previous"], "_hash": row["hash"]}
            for row in rows
        ],
    )
    conn.execute(update(audit_ends).values(head=previous))


def _nothing(_conn: Connection) -> None:
    """An older book is put in its place: nothing is written."""


def _middle(conn: Connection) -> int:
    ids = conn.execute(select(audit.c.id).order_by(audit.c.id)).scalars().all()
    return int(ids[len(ids) // 2])


OLDER_BOOK = "older_book_swapped_in"
KINDS = (
    Tampering("audit_row_changed", _row_changed),
    Tampering("audit_row_deleted", _row_deleted),
    Tampering("audit_rows_swapped", _rows_swapped),
    Tampering("audit_row_inserted", _row_inserted),
    Tampering("newest_audit_rows_cut_off", _newest_cut_off),
    Tampering("all_audit_rows_deleted", _all_deleted),
    Tampering("balance_changed", _balance_changed),
    Tampering("journal_changed", _journal_changed),
    Tampering("separator_moved", _separator_moved),
    Tampering("chain_recomputed", _chain_recomputed, on_paper_only=True),
    Tampering(OLDER_BOOK, _nothing, on_paper_only=True),
)


# -- tried -------------------------------------------------------------------------------------------------


@contextmanager
def falsified(kind: Tampering, made: Made, folder: Path, passphrase: str = PASSPHRASE) -> "Iterator[Book]":
    """A falsified copy of a book, open as the program opens it."""
    path = folder / f"{kind.code}.book"
    shutil.copyfile(made.older if kind.code == OLDER_BOOK else made.path, path)
    store = SQLiteStore.open(path, passphrase)
    try:
        # past the store's own door: nothing that the program counts while it writes is counted here
        with store.engine.connect() as conn, conn.execution_options(writes=True).begin():
            kind.do(conn)
    finally:
        store.close()
    with Book.open(path, passphrase) as book:
        yield book
    path.unlink()


def tried(kind: Tampering, made: Made, folder: Path, passphrase: str = PASSPHRASE) -> tuple[bool, bool]:
    """Whether a check notices: by itself, and with the anchor from paper. A row that the program adds when it opens the book (a
    login) must not hide it."""
    with falsified(kind, made, folder, passphrase) as book:
        book.record("login")
        return bool(book.verify()), bool(book.verify(made.anchor))


def main() -> int:
    """Try all kinds on a small book."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        made = make(Path(folder))
        for kind in KINDS:
            alone, with_paper = tried(kind, made, Path(folder))
            right = with_paper and alone is not kind.on_paper_only
            missed += not right
            print(
                f"{kind.code:28} verify {alone!s:5}  --anchor {with_paper!s:5}  {'' if right else 'MISSED'}"
            )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
