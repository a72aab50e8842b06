"""One person under two customer numbers (domain 16.5-7): all data moves to the kept number in one undoable change,
and the other number leads there from then on; or the record says that they are two persons."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, select
from sqlalchemy.engine import RowMapping

from db.engine import Book
from db.journal import Writer
from db.journey import prospects
from db.known import relations
from db.record import identities
from db.tables import DERIVED_OF_CUSTOMERS, GIVEN, customers, flows, plan_customers, referrals, snapshots
from db.values import Value, text
from workbench.base.change import Change
from workbench.base.dates import now
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.who.likeness import fits, masked
from workbench.people.find import no_such_customer
from workbench.people.names import backwards, pinyin
from workbench.rules.parameters import Rules

#: Tables with one row per customer and this key: the rows of both customers become one.
_ONCE: tuple[tuple[Table, str], ...] = ((snapshots, "month"), (flows, "date"), (plan_customers, "item_id"))
#: Columns that place a row and carry no fact.
_PLACE = frozenset(
    {"id", "customer_id", "month", "date", "item_id", "position", "batch_id", "source_row", "line"}
)
_SEARCH = frozenset({"customer_no", "name_pinyin", "name_initials", "no_reversed", "phone_reversed"})


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge in force. Reversing the change `change_id` undoes it."""

    keep_no: str
    other_no: str
    name: str
    reason: str
    at: str
    change_id: int


def aliases(conn: Connection) -> dict[str, str]:
    """Numbers that were merged into another: other number -> the number kept."""
    query = (
        select(identities.c.other_no, customers.c.customer_no)
        .join(customers, customers.c.id == identities.c.customer_id)
        .where(identities.c.verdict == "merged")
    )
    return {row[0]: row[1] for row in conn.execute(query)}


def merges(conn: Connection) -> tuple[Merge, ...]:
    """Merges in force, the newest first."""
    query = (
        select(customers.c.customer_no, customers.c.name, identities)
        .join(customers, customers.c.id == identities.c.customer_id)
        .where(identities.c.verdict == "merged")
        .order_by(identities.c.id.desc())
    )
    return tuple(
        Merge(
            row["customer_no"], row["other_no"], row["name"] or "", row["reason"], row["at"],
            json.loads(row["evidence"])["change"],
        )
        for row in conn.execute(query).mappings()
    )  # fmt: skip


def merge(
    book: Book, keep_no: str, other_no: str, reason: str, rules: Rules, evidence: Sequence[str] = ()
) -> Change:
    """Make `other_no` part of `keep_no`; undoable. All rows go over, the other customer's row is deleted.

    Where both have a month, money and counts add up (a blank adds nothing); the rules `intake.merge_*` name the
    exceptions. Blanks of the kept customer are filled from the other.

    Raises WorkbenchError no_reason, same_customer, no_such_customer, already_merged.
    """
    _reasoned(reason)
    with in_words(), book.write("merge", _("合并客户号")) as writer:
        keep, other = _two(writer.conn, keep_no, other_no)
        moved = _Merging(writer, keep, other, rules).run()
        _decide(writer, keep["id"], other_no, "merged", reason, evidence)
        return Change.by(writer, moved)


def apart(book: Book, one_no: str, other_no: str, reason: str) -> Change:
    """Record that two numbers are two persons, so that the pair is not proposed again. Raises as `merge`."""
    _reasoned(reason)
    with in_words(), book.write("apart", _("不是同一人")) as writer:
        one, other = _two(writer.conn, one_no, other_no)
        back = select(identities.c.id).where(
            identities.c.customer_id == other["id"], identities.c.other_no == one_no
        )
        if writer.conn.execute(back).first() is None:
            _decide(writer, one["id"], other_no, "apart", reason, ())
        else:
            _decide(writer, other["id"], one_no, "apart", reason, ())
        return Change.by(writer, 1)


# -- what both need ----------------------------------------------------------------------------------------


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise WorkbenchError("no_reason", _("还没有写明理由。"), _("请用一句话写下为什么这样判断。"))


def _two(conn: Connection, one_no: str, other_no: str) -> tuple[RowMapping, RowMapping]:
    if one_no == other_no:
        raise WorkbenchError(
            "same_customer",
            _("两边是同一个客户号 {number}。").format(number=one_no),
            _("请选两个不同的客户号。"),
        )
    query = select(customers).where(customers.c.customer_no.in_((one_no, other_no)))
    rows = {row["customer_no"]: row for row in conn.execute(query).mappings()}
    for number in (one_no, other_no):
        if number in rows:
            continue
        if number in (kept := aliases(conn)):
            raise WorkbenchError(
                "already_merged",
                _("客户号 {number} 已经并入 {kept}。").format(number=number, kept=kept[number]),
                _("请改用 {kept},或者先撤销那次合并。").format(kept=kept[number]),
            )
        raise no_such_customer(number)
    return rows[one_no], rows[other_no]


def _decide(
    writer: Writer, customer: int, other_no: str, verdict: str, reason: str, evidence: Sequence[str]
) -> None:
    """Record a verdict; it replaces an earlier one on the same two numbers."""
    facts = {
        "verdict": verdict, "reason": reason.strip(), "at": now(),
        "evidence": json.dumps({"change": writer.change_id, "words": list(evidence)}, ensure_ascii=False),
    }  # fmt: skip
    query = select(identities.c.id).where(
        identities.c.customer_id == customer, identities.c.other_no == other_no
    )
    there = writer.conn.execute(query).scalar()
    if there is None:
        writer.insert(identities, [{"customer_id": customer, "other_no": other_no, **facts}])
    else:
        writer.update(identities, there, facts)


# -- merging -----------------------------------------------------------------------------------------------


class _Merging:
    """One merge under way."""

    def __init__(self, writer: Writer, keep: RowMapping, other: RowMapping, rules: Rules) -> None:
        self._writer = writer
        self._conn = writer.conn
        self._keep = keep
        self._other = other
        self._joint = Joint(rules)
        self._either = frozenset(rules.words("intake.merge_either"))

    def run(self) -> int:
        """Merge; returns how many rows moved or were joined."""
        moved = sum(self._joined(table, key) for table, key in _ONCE)
        self._verdicts()
        for table in GIVEN:
            if "customer_id" in table.c:
                moved += self._repoint(table)
        query = select(referrals.c.id).where(referrals.c.referred_customer_no == self._other["customer_no"])
        number = {"referred_customer_no": self._keep["customer_no"]}
        self._writer.update_many(referrals, [(row, number) for row in self._conn.execute(query).scalars()])
        for table, column in ((relations, "other_id"), (prospects, "referrer_id")):
            linked = select(table.c.id).where(table.c[column] == self._other["id"])
            to_kept = {column: self._keep["id"]}
            self._writer.update_many(table, [(row, to_kept) for row in self._conn.execute(linked).scalars()])
        self._writer.update(customers, self._keep["id"], self._filled())
        for table in DERIVED_OF_CUSTOMERS:  # computed anew for the figures as they are now
            self._conn.execute(delete(table).where(table.c.customer_id == self._other["id"]))
        self._writer.delete(customers, [self._other["id"]])
        return moved

    def _rows(self, table: Table, customer: int) -> list[RowMapping]:
        query = select(table).where(table.c.customer_id == customer).order_by(table.c.id)
        return list(self._conn.execute(query).mappings())

    def _joined(self, table: Table, key: str) -> int:
        """Join rows of the same key: the kept customer's row takes up the other's. Returns how many."""
        mine = {row[key]: row for row in self._rows(table, self._keep["id"])}
        both = [(mine[row[key]], row) for row in self._rows(table, self._other["id"]) if row[key] in mine]
        self._writer.update_many(table, [(one["id"], self._joint.of(table, one, two)) for one, two in both])
        self._writer.delete(table, [two["id"] for _one, two in both])
        return len(both)

    def _repoint(self, table: Table) -> int:
        """Point the other's rows to the kept customer, before his own row goes. Returns how many."""
        rows = self._conn.execute(
            select(table.c.id).where(table.c.customer_id == self._other["id"])
        ).scalars()
        return self._writer.update_many(table, [(row, {"customer_id": self._keep["id"]}) for row in rows])

    def _verdicts(self) -> None:
        """Drop the other's verdicts on a third number that the kept number has a verdict on, and the verdict between
        the two."""
        mine = {row["other_no"] for row in self._rows(identities, self._keep["id"])}
        mine.add(self._keep["customer_no"])
        gone = [row["id"] for row in self._rows(identities, self._other["id"]) if row["other_no"] in mine]
        self._writer.delete(identities, gone)

    def _filled(self) -> dict[str, Value]:
        """New values of the kept customer: what he lacks or has masked only."""
        keep, other = self._keep, self._other
        new: dict[str, Value] = {}
        for column in customers.columns:
            key = column.name
            if key in _PLACE or key in _SEARCH or key == "extra" or other[key] is None:
                continue
            if keep[key] is None or _tells_more(other[key], keep[key]):
                new[key] = other[key]
            elif key in self._either:
                new[key] = max(keep[key], other[key])
        new["extra"] = joined_texts(keep["extra"], other["extra"])
        if "name" in new:
            full, initials = pinyin([text(new["name"])])
            new |= {"name_pinyin": full[0], "name_initials": initials[0]}
        if "phone" in new:
            new["phone_reversed"] = backwards([text(new["phone"])])[0]
        return new


def _tells_more(other: Value, keep: Value) -> bool:
    if not isinstance(other, str) or not isinstance(keep, str):
        return False
    return masked(keep) and not masked(other) and fits(keep, other)


def joined_texts(keep: str | None, other: str | None) -> str | None:
    """Two JSON objects as one, the kept one's entries winning."""
    if not other:
        return keep
    both = {**json.loads(other), **(json.loads(keep) if keep else {})}
    return json.dumps(dict(sorted(both.items())), ensure_ascii=False)


class Joint:
    """Joins two rows of one person by the kind of each column and the rules `intake.merge_*`."""

    def __init__(self, rules: Rules) -> None:
        self._kinds = {place: field.kind for field in catalogue().fields.values() for place in field.columns}
        self._larger = frozenset(rules.words("intake.merge_larger"))
        self._groups = [(*line.split(), False) for line in rules.words("intake.merge_sooner")]
        self._groups += [(*line.split(), True) for line in rules.words("intake.merge_later")]

    def of(self, table: Table, keep: RowMapping, other: RowMapping) -> dict[str, Value]:
        """The columns of the joint row. NULL and a figure give the figure."""
        new = {
            column.name: self._one(table, column.name, keep[column.name], other[column.name])
            for column in table.columns
            if column.name not in _PLACE
        }
        for *names, later in self._groups:
            if names[0] in new:
                self._group([str(name) for name in names], bool(later), keep, other, new)
        return new

    def _one(self, table: Table, name: str, mine: Value, theirs: Value) -> Value:
        if mine is None or theirs is None:
            return theirs if mine is None else mine
        kind = self._kinds.get((table.name, name), "date" if name == "as_of" else "")
        larger = name in self._larger or kind in ("flag", "date")
        if isinstance(mine, str) or isinstance(theirs, str):
            one, other = str(mine), str(theirs)
            if larger:
                return max(one, other)
            if name == "counterparties":
                return _summed(one, other)
            return other if _tells_more(other, one) else one
        if larger:
            return max(mine, theirs)
        return mine if kind in ("percent", "number") else mine + theirs

    def _group(
        self, names: list[str], later: bool, keep: RowMapping, other: RowMapping, new: dict[str, Value]
    ) -> None:  # fmt: skip
        """Columns that belong together come from the row with the sooner (`later`: later) date; equal dates change
        nothing."""
        mine, theirs = keep[names[0]], other[names[0]]
        if mine == theirs:
            return
        if mine is None or theirs is None:
            source = other if mine is None else keep
        else:
            source = other if (theirs > mine) == later else keep
        new.update({name: source[name] for name in names})


def _summed(mine: str, theirs: str) -> str:
    one, two = json.loads(mine), json.loads(theirs)
    both = {key: one.get(key, 0) + two.get(key, 0) for key in {**one, **two}}
    return json.dumps(dict(sorted(both.items())), ensure_ascii=False)
