"""Whose time is over, and what is erased of them for good: whatever identifies them, wherever the book keeps it (domain 17)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Table, select

from db.erasing import KeptRow, kept_rows
from db.journey import prospects
from db.tables import referrals
from db.values import Value
from workbench.people.prospects.reading import is_over, line_expires
from workbench.rules.parameters import Rules

#: Table -> what stands in place of what identified somebody.
BLANK: Final[Mapping[Table, Mapping[str, Value]]] = {
    prospects: {"name": "", "phone": None, "relation": None, "need": None, "note": None},
    # `extra`: the columns of the list that the book has no place for
    referrals: {"referred_name": None, "referred_phone": None, "relation": None, "need": None, "extra": None},
}


@dataclass(frozen=True, slots=True)
class TimeOver:
    """The rows, by table, that tell of persons whose time is over, and how many persons these are."""

    rows: Mapping[Table, list[int]]
    persons: int


def time_over(conn: Connection, rules: Rules, day: str) -> TimeOver:
    """Those whose time is over on a day (ISO) and who are not erased yet, those taken back by undo too.

    The line of the referrals that somebody was noted from goes with him; a line about a customer stays.
    """
    noted, taken_in = kept_rows(conn, prospects), _taken_in(conn)
    gone = [
        number
        for number, row in noted.items()
        if is_over(str(row["expires"]), day) and any(row.get(name) for name in BLANK[prospects])
    ]
    lines = [
        number
        for number, row in kept_rows(conn, referrals).items()
        if (row.get("referred_name") or row.get("referred_phone"))
        and (is_over(taken_in[number], day) if number in taken_in else _line_over(row, rules, day))
    ]
    from_lines = {noted[number].get("referral_id") for number in gone}
    return TimeOver(
        {prospects: gone, referrals: lines}, len(gone) + sum(line not in from_lines for line in lines)
    )


def _taken_in(conn: Connection) -> Mapping[int, str]:
    """Line of the referrals -> until when the person is kept whom somebody noted from it."""
    query = select(prospects.c.referral_id, prospects.c.expires).where(prospects.c.referral_id.is_not(None))
    return {row.referral_id: row.expires for row in conn.execute(query.order_by(prospects.c.id))}


def _line_over(row: KeptRow, rules: Rules, day: str) -> bool:
    return not row.get("referred_customer_no") and is_over(line_expires(str(row["date"]), rules), day)
