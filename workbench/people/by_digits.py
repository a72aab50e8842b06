"""Who is calling: customers by any digits of their telephone or customer number, the newest contact first.

The digits of all customers stand in one text, made when first looked for and anew when customers were written.
"""

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from db.audit import revision
from db.since import written_since
from db.stores.planning import reads_every_customer
from db.tables import customers, snapshots, touches
from workbench.base.months import reported_months
from workbench.people.customer import CustomerHit, Matched
from workbench.people.dialling import plain_number, visible_in_common
from workbench.people.starting import starts

#: digits from which a number is looked for anywhere
LEAST = 4
#: digits at the end of a masked number by which it is looked up
_TAIL = 3
#: customers looked at for one text
_MOST = 400


@dataclass(frozen=True, slots=True)
class _Digits:
    """`text`: 'number|telephone' of every customer, one a line; `starts`: where each line begins, `ids`: whose it is."""

    at: int
    text: str
    starts: "array[int]"
    ids: "array[int]"


class DigitSearch:
    """Finds customers by digits; one per book."""

    def __init__(self) -> None:
        self._digits = _Digits(-1, "", array("L"), array("L"))

    def meant(self, text: str) -> str | None:
        """The digits that a text is, '*' for those it does not tell; None for a text that is no number, or too short."""
        plain = plain_number(text)
        visible = plain.replace("*", "")
        return plain if plain.isascii() and visible.isdigit() and len(visible) >= LEAST else None

    def find(self, conn: Connection, digits: str, limit: int) -> list[CustomerHit]:
        """At most `limit` customers with these digits (see `meant`): one with that very number first, those whose masked
        number may be it last, else the newest contact first."""
        matched: dict[int, Matched] = {}
        if "*" not in digits:
            self._renew(conn)
            matched = dict(self._inside(digits))
        for row in self._masked(conn, digits):
            matched.setdefault(row, "phone_masked")
        if not matched:
            return []
        contacts = last_contacts(conn, matched)
        rows = conn.execute(select(*_SHOWN).where(customers.c.id.in_(matched)).order_by(_SHOWN[1], _SHOWN[0]))
        hits = [
            CustomerHit(row.id, row.customer_no, row.name or "", row.phone, matched[row.id]) for row in rows
        ]
        hits.sort(key=lambda one: contacts.get(one.customer_id, ""), reverse=True)
        hits.sort(key=lambda one: (digits not in (one.customer_no, one.phone), one.matched == "phone_masked"))
        return hits[:limit]

    def _inside(self, digits: str) -> Iterator[tuple[int, Matched]]:
        """(id, by what) of customers with these digits in a row."""
        kept = self._digits
        at, seen = kept.text.find(digits), 0
        while at >= 0 and seen < _MOST:
            line = bisect_right(kept.starts, at) - 1
            by_number = "|" in kept.text[at : self._end(line)]
            yield kept.ids[line], "number" if by_number else "phone"
            seen += 1
            at = kept.text.find(digits, self._end(line))

    def _end(self, line: int) -> int:
        following = line + 1
        return self._digits.starts[following] if following < len(self._digits.ids) else len(self._digits.text)

    def _masked(self, conn: Connection, digits: str) -> list[int]:
        """Ids of customers whose telephone agrees in at least `LEAST` visible digits, where one of the two is masked."""
        end = digits[-_TAIL:]
        if not end.isdigit():
            return []
        c = customers.c
        query = select(c.id, c.phone).where(starts(c.phone_reversed, end[::-1]))
        if "*" not in digits:
            query = query.where(c.phone_reversed.contains("*"))
        near = conn.execute(query.order_by(c.phone_reversed, c.id).limit(_MOST))
        return [
            row.id
            for row in near
            if len(plain_number(row.phone)) >= len(digits)
            and visible_in_common(plain_number(row.phone), digits) >= LEAST
        ]

    def _renew(self, conn: Connection) -> None:
        """Read the digits of all customers, unless nobody was written since they were read."""
        now = revision(conn)
        kept = self._digits
        if kept.at == now:
            return
        if kept.at >= 0 and not written_since(conn, kept.at, customers):
            self._digits = _Digits(now, kept.text, kept.starts, kept.ids)
            return
        reads_every_customer(conn)
        c = customers.c
        lines: list[str] = []
        beginnings, ids, at = array("L"), array("L"), 0
        for row in conn.execute(select(c.id, c.customer_no, c.phone).order_by(c.id)):
            line = f"{row.customer_no}|{row.phone or ''}\n"
            lines.append(line)
            beginnings.append(at)
            ids.append(row.id)
            at += len(line)
        self._digits = _Digits(now, "".join(lines), beginnings, ids)


_SHOWN = (customers.c.id, customers.c.customer_no, customers.c.name, customers.c.phone)


def last_contacts(conn: Connection, people: Collection[int]) -> dict[int, str]:
    """Customer id -> ISO day of the last contact, by the log or by the newest list; without those of whom none is known."""
    last: dict[int, str] = {}
    months = reported_months(conn)
    if months:
        listed = select(snapshots.c.customer_id, snapshots.c.last_contact_date).where(
            snapshots.c.month == months[-1], snapshots.c.customer_id.in_(people),
            snapshots.c.last_contact_date.is_not(None),
        )  # fmt: skip
        last = {row.customer_id: row.last_contact_date for row in conn.execute(listed)}
    logged = (
        select(touches.c.customer_id, func.max(touches.c.date).label("day"))
        .where(touches.c.customer_id.in_(people))
        .group_by(touches.c.customer_id)
    )
    for row in conn.execute(logged):
        last[row.customer_id] = max(row.day, last.get(row.customer_id, ""))
    return last
