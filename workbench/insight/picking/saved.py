"""Saved lists (domain 11.4): rules that are evaluated anew, or customers frozen at a date; every write undoable."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from db.engine import Book
from db.journal import ColumnOfRows, Writer
from db.known import list_members, lists
from db.record import changes
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import now, today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.insight.language import tree
from workbench.insight.language.parse import parse
from workbench.insight.picking.facts import SavedList
from workbench.insight.picking.reasons import purpose_label
from workbench.insight.tags.resolver import no_such_list
from workbench.rules.parameters import Rules

LONGEST_NAME = 60


def every(conn: Connection, rules: Rules) -> tuple[SavedList, ...]:
    """All saved lists, the newest first."""
    counted = select(list_members.c.list_id, func.count().label("n")).group_by(list_members.c.list_id)
    members: dict[int, int] = {row.list_id: row.n for row in conn.execute(counted)}
    rows = conn.execute(select(lists).order_by(lists.c.id.desc()))
    return tuple(_saved(row, members.get(row.id, 0), rules) for row in rows)


def one(conn: Connection, rules: Rules, word: str) -> SavedList:
    """The saved list of a number or name. Raises WorkbenchError no_such_list."""
    row = _row(conn, word)
    count = conn.execute(select(func.count()).where(list_members.c.list_id == row.id)).scalar_one()
    return _saved(row, count, rules)


@dataclass(frozen=True, slots=True)
class NewList:
    """A list to be saved. `members` (ids in their order) makes it a frozen one of the date `as_of`, None a rule."""

    name: str
    expression: str
    purpose: str
    owner: str
    members: Sequence[int] | None
    as_of: str


def save(book: Book, rules: Rules, new: NewList) -> Change:
    """Saves a list under the next number; the change counts its members. Raises WorkbenchError no_name, name_taken."""
    day = today()
    expires = day + dt.timedelta(days=rules.whole("picking.expires_days"))
    with in_words(), book.read() as conn:
        number = _next_number(conn, day)
    with in_words(), book.write("list", number) as writer:
        row: dict[str, Value] = {
            "number": number, "name": _free_name(writer.conn, new.name), "expression": new.expression,
            "kind": "rule" if new.members is None else "frozen", "purpose": new.purpose, "owner": new.owner or None,
            "created_at": now(), "as_of": None if new.members is None else new.as_of, "expires": expires.isoformat(),
        }  # fmt: skip
        list_id = writer.insert(lists, [row])[0]
        ids = list(new.members or ())
        columns: dict[str, ColumnOfRows] = {
            "list_id": list_id,
            "customer_id": ids,
            "position": range(1, len(ids) + 1),
        }
        writer.insert_columns(list_members, columns, len(ids))
        return Change.by(writer, len(ids))


def rename(book: Book, word: str, name: str) -> Change:
    """Renames a list that no other list refers to by name.

    Raises WorkbenchError no_such_list, no_name, name_taken, list_in_use.
    """
    with in_words(), book.write("list", word) as writer:
        row = _row(writer.conn, word)
        if name.strip() == row.name:
            return Change.nothing()
        _must_be_unused(writer.conn, row, by_name_only=True)
        writer.update(lists, row.id, {"name": _free_name(writer.conn, name)})
        return Change.by(writer, 1)


def delete(book: Book, word: str) -> Change:
    """Deletes a list that no other list refers to. Raises WorkbenchError no_such_list, list_in_use."""
    with in_words(), book.write("list", word) as writer:
        row = _row(writer.conn, word)
        _must_be_unused(writer.conn, row, by_name_only=False)
        _drop_members(writer, row.id)
        writer.delete(lists, [row.id])
        return Change.by(writer, 1)


# -- parts -----------------------------------------------------------------------------------------------------


def _drop_members(writer: Writer, list_id: int) -> None:
    ids = select(list_members.c.id).where(list_members.c.list_id == list_id).order_by(list_members.c.id)
    writer.delete(list_members, list(writer.conn.execute(ids).scalars()))


def _row(conn: Connection, word: str) -> Row[Any]:
    plain = word.strip()
    query = select(lists).where(or_(lists.c.number == plain, lists.c.name == plain))
    row = conn.execute(query.order_by(lists.c.id.desc()).limit(1)).first()
    if row is None:
        raise no_such_list(word)
    return row


def _saved(row: Row[Any], members: int, rules: Rules) -> SavedList:
    purpose = row.purpose or ""
    return SavedList(
        row.id, row.number, row.name, row.kind, row.expression, purpose, purpose_label(rules, purpose), row.owner or "",
        row.created_at, row.as_of, row.expires, members if row.kind == "frozen" else None,
        row.expires is not None and row.expires < today().isoformat(),
    )  # fmt: skip


def _next_number(conn: Connection, day: dt.date) -> str:
    """The next number of a day: L20261122-01, -02, ...; the number of a deleted list is never used again."""
    start = f"L{day:%Y%m%d}-"
    summaries = select(changes.c.summary).where(changes.c.kind == "list", changes.c.summary.startswith(start))
    numbers = select(lists.c.number).where(lists.c.number.startswith(start))
    used = [
        text.removeprefix(start)
        for text in (*conn.execute(summaries).scalars(), *conn.execute(numbers).scalars())
    ]
    return f"{start}{max((int(n) for n in used if n.isdecimal()), default=0) + 1:02d}"


def _free_name(conn: Connection, name: str) -> str:
    plain = name.strip()
    if not plain or len(plain) > LONGEST_NAME:
        raise WorkbenchError(
            "no_name",
            _("名单要有一个名称,最多 {most} 个字。").format(most=LONGEST_NAME),
            _("例如:十月到期回访。"),
        )
    taken = select(lists.c.id).where(or_(lists.c.name == plain, lists.c.number == plain)).limit(1)
    if conn.execute(taken).first() is not None:
        raise WorkbenchError(
            "name_taken", _("已经有名单叫“{name}”。").format(name=plain), _("请换一个名称,或者先删除那一份。")
        )
    return plain


def _must_be_unused(conn: Connection, row: Row[Any], *, by_name_only: bool) -> None:
    words = {row.name} if by_name_only else {row.name, row.number}
    others = conn.execute(select(lists.c.name, lists.c.expression).where(lists.c.id != row.id))
    users = [other.name for other in others if words & _lists_named(other.expression)]
    if users:
        raise WorkbenchError(
            "list_in_use",
            _("名单“{name}”还被这些名单用到:{users}。").format(name=row.name, users=commas(users)),
            _("请先删除或另存那些名单。"),
        )


def _lists_named(expression: str) -> set[str]:
    """The names and numbers of lists that a condition refers to."""
    return {
        tree.word_of(node.arguments[0])
        for node, _depth in tree.walk(parse(expression))
        if isinstance(node, tree.Call) and node.function.lower() in ("list", "清单") and node.arguments
    }
