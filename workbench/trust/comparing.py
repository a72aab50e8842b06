"""What would be different if a backup took the place of the book: looked at before it is done, nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, func, select, text

from db import restoring
from db.engine import Book
from db.record import audit, changes
from db.tables import GIVEN, customers, snapshots
from db.tombstones import Tombstones
from workbench.base.errors import in_words
from workbench.base.i18n import _, commas
from workbench.people.change_words import change_words
from workbench.trust.personal.returning import returning

#: how a backup stands to the book
Standing = Literal["equal", "earlier", "apart"]
#: changes named one by one
_MOST = 20


@dataclass(frozen=True, slots=True)
class TableDifference:
    """Rows of a kind now and in the backup."""

    words: str
    now: int
    then: int


@dataclass(frozen=True, slots=True)
class LostChange:
    """A change that the backup does not know, and its words, customers masked."""

    at: str
    words: str


@dataclass(frozen=True, slots=True)
class BackupDifference:
    """A backup beside the book. `standing`: 'equal' nothing was written since, 'earlier' it is this book as it was,
    'apart' it has another past. `at`: when it was last written to; `gone`: customers who are in the book alone, `back`: in the
    backup alone; `lost`: the newest changes that it does not know, `lost_count` all of them; `returning`: receipts of the persons
    deleted on their request whom the backup still holds."""

    path: Path
    standing: Standing
    at: str
    month_now: str
    month_then: str
    customers_now: int
    customers_then: int
    gone: int
    back: int
    tables: tuple[TableDifference, ...]
    lost: tuple[LostChange, ...]
    lost_count: int
    returning: tuple[str, ...] = ()


def table_words() -> Mapping[str, str]:
    """Names of the tables that a person knows; the others are counted together."""
    return {
        "customers": _("客户"),
        "snapshots": _("月度资产"),
        "holdings": _("持有产品"),
        "flows": _("资金流水"),
        "touches": _("联系记录"),
        "plans": _("531 计划"),
        "plan_items": _("计划里的客户"),
        "promises": _("答应的事"),
        "complaints": _("投诉"),
        "referrals": _("转介"),
        "corrections": _("资料更正"),
        "observations": _("观察"),
        "planned_touches": _("年度触点"),
        "lists": _("客户名单"),
        "settings": _("设置"),
        "changes": _("改动的历史"),
        "audit": _("登记簿"),
    }


def words_of_table(name: str) -> str:
    """A table in a person's words; of others their own name in brackets."""
    return table_words().get(name, _("其他记录({name})").format(name=name))


def compare(book: Book, backup: Path, passphrase: str = "") -> BackupDifference:
    """Hold a backup of the open book against it; one of another book, or of an older version, needs its own passphrase.

    Raises WorkbenchError wrong_passphrase, damaged, newer, missing, not_a_book, or what the system refuses.
    """
    secret = None if passphrase else book.secret
    with in_words(), book.read() as now, restoring.looked_at(backup, passphrase, secret) as then:
        return _difference(now, then, backup)


def _difference(now: Connection, then: Connection, backup: Path) -> BackupDifference:
    there = set(then.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table'")).scalars())
    newest = then.execute(text("SELECT id, at, hash FROM audit ORDER BY id DESC LIMIT 1")).first()
    same = newest is not None and _knows(now, newest.id, newest.hash)
    last = int(then.execute(text("SELECT coalesce(max(id), 0) FROM changes")).scalar_one())
    later = select(changes.c.id, changes.c.at).where(changes.c.id > last).order_by(changes.c.id.desc())
    lost = now.execute(later).all() if same else []
    turned = _turned(now, then) if same else []
    numbers = [set(conn.execute(text("SELECT customer_no FROM customers")).scalars()) for conn in (now, then)]
    tables = _tables(now, then, there)
    standing: Standing = "apart"
    if same:
        standing = "equal" if not (lost or turned or tables) else "earlier"
    return BackupDifference(
        backup,
        standing,
        str(newest.at)[:16] if newest is not None else "",
        _month(now),
        _month(then),
        len(numbers[0]),
        len(numbers[1]),
        len(numbers[0] - numbers[1]),
        len(numbers[1] - numbers[0]),
        tables,
        (*turned, *(LostChange(str(one.at)[:16], change_words(now, one.id)) for one in lost[:_MOST]))[:_MOST],
        len(lost) + len(turned),
        tuple(one.receipt for one in returning(Tombstones.of(now), then)),
    )


def _knows(now: Connection, number: int, seal: str) -> bool:
    """Whether the book's own audit has the newest row of the backup's, or was continued from it."""
    return now.execute(select(audit.c.hash).where(audit.c.id == number)).scalar() == seal


def _turned(now: Connection, then: Connection) -> list[LostChange]:
    """Changes that the backup knows, and that were undone or done again since."""
    query = text("SELECT id, at, state FROM changes ORDER BY id DESC")
    before = {row.id: row.state for row in then.execute(query)}
    differing = []
    for row in now.execute(query):
        if row.id in before and row.state != before[row.id]:
            words = _("撤销了:{what}") if row.state == "undone" else _("又做了:{what}")
            differing.append(LostChange(str(row.at)[:16], words.format(what=change_words(now, row.id))))
    return differing


def _month(conn: Connection) -> str:
    return str(conn.execute(select(func.max(snapshots.c.month))).scalar() or "")


def _tables(now: Connection, then: Connection, there: set[str]) -> tuple[TableDifference, ...]:
    differing: list[TableDifference] = []
    others = [0, 0]
    known = table_words()
    for table in (customers, *(one for one in GIVEN if one is not customers)):
        count = select(func.count()).select_from(table)
        rows = [
            int(conn.execute(count).scalar_one()) if conn is now or table.name in there else 0
            for conn in (now, then)
        ]
        if rows[0] == rows[1]:
            continue
        if table.name in known:
            differing.append(TableDifference(known[table.name], *rows))
        else:
            others = [others[0] + rows[0], others[1] + rows[1]]
    if others[0] != others[1]:
        differing.append(TableDifference(_("其他记录"), *others))
    return tuple(differing)


def returning_words(one: BackupDifference) -> str:
    """That persons deleted on their request are in the backup, and go again; '' for nobody."""
    if not one.returning:
        return ""
    words = _("备份里还有按本人要求删除过的客户(回执 {receipts}),恢复时会再删一次,不会回来")
    return words.format(receipts=commas(one.returning))


def sentence(one: BackupDifference) -> str:
    """The difference in one line."""
    if one.standing == "equal":
        return _("这份备份和现在的账本内容一样,恢复它什么也不会变。")
    if one.standing == "apart":
        return _("这份备份不是从现在这个账本来的(登记簿对不上),恢复以后就是另一个账本。")
    return _("恢复后回到 {at}:之后的 {n} 项改动都没有了。").format(at=one.at, n=one.lost_count)
