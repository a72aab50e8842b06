"""Telling customers apart whose masked names are the same: more of the number where its usual end is shared, and what the
lists tell beside it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, select

from db.known import trails
from db.tables import customers, snapshots
from workbench.people.customer import CustomerHit
from workbench.people.particulars import particular
from workbench.people.privacy import mask_name, tail
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder


def number_ends(people: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Customer number -> the end of it to show: the usual `tail`, as much longer as it takes among those with the same
    masked name. `people`: (name, customer number) of a list, each number once."""
    shown = {number: (mask_name(name), len(tail(number))) for name, number in people}
    while alike := _alike(shown):
        shown |= {number: (shown[number][0], min(shown[number][1] + 1, len(number))) for number in alike}
    return {number: _end(number, length) for number, (_name, length) in shown.items()}


def _alike(shown: Mapping[str, tuple[str, int]]) -> list[str]:
    """The numbers whose masked name and end are those of another; `shown`: number -> (masked name, length of its end)."""
    lines = {number: (name, _end(number, length)) for number, (name, length) in shown.items()}
    times = Counter(lines.values())
    return [number for number, line in lines.items() if times[line] > 1]


def _end(number: str, length: int) -> str:
    return number[len(number) - length :]


def distinguished(
    conn: Connection, hits: Sequence[CustomerHit], rules: Rules, month: str | None
) -> list[CustomerHit]:
    """The hits with what tells them apart: the end of the number, year of birth or age, level, assets and branch, by a
    month, the newest of the book (None: an empty book)."""
    if not hits:
        return []
    ends = number_ends((one.name, one.customer_no) for one in hits)
    given = {"people": [one.customer_id for one in hits], "month": month or ""}
    rows = {row.id: row for row in conn.execute(_beside(), given)}
    ladder = Ladder.of(rules)
    apart = []
    for one in hits:
        row = rows[one.customer_id]
        graded = row.aum_balance if row.aum_daily_average is None else row.aum_daily_average
        # the level in force where levels are computed, else the one that the average reaches
        tier = row.tier or ladder.level(graded, row.last_txn_date, row.as_of)
        born = (row.birth_date or "")[:4]
        apart.append(
            replace(
                one,
                end=ends[one.customer_no],
                born=int(born) if born.isdigit() else None,
                age=row.age,
                level=rules.text(f"tier.{tier}") if tier else "",
                aum_fen=graded if row.aum_balance is None else row.aum_balance,
                branch=row.branch or "",
            )
        )
    return apart


@cache
def _beside() -> Select[Any]:
    """What a month tells of some `people` (ids); made once, for it is asked at every key."""
    c, now = customers.c, snapshots.c
    return (
        select(
            c.id, c.branch, particular("birth_date").label("birth_date"), now.age, now.aum_balance,
            now.aum_daily_average, now.last_txn_date, now.as_of, trails.c.tier,
        )
        .select_from(
            customers.outerjoin(
                snapshots, and_(now.customer_id == c.id, now.month == bindparam("month"))
            ).outerjoin(trails, and_(trails.c.customer_id == c.id, trails.c.month == now.month))
        )
        .where(c.id.in_(bindparam("people", expanding=True)))
    )  # fmt: skip
