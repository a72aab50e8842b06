"""The list of referrals: who introduced whom over the last months, with a circle, somebody who introduces himself, and one who
sends many for loans."""

import csv
import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from workbench.sample.lives import CustomerMonth
from workbench.sample.material import Row, material, whole
from workbench.sample.months import Month
from workbench.sample.people import make_person

#: numbers of those who have no account, never used by a customer
_NOBODY = 1


def write_referrals(
    folder: Path,
    seed: int,
    months: tuple[Month, ...],
    lives: Sequence[Sequence[CustomerMonth | None]],
    taken: Collection[int],
) -> Path:
    """Write the list and answer its path; customers at the places `taken` introduce nobody. Raises OSError."""
    rules, month = material("referrals"), months[-1]
    path = folder / str(rules["file_name"]).format(year=month.year, month=month.number)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(rules["headers"])
        writer.writerows(_lines(seed, months, lives, taken))
    return path


def _lines(
    seed: int,
    months: tuple[Month, ...],
    lives: Sequence[Sequence[CustomerMonth | None]],
    taken: Collection[int],
) -> Iterator[list[str]]:
    rules, last = material("referrals"), months[-1].last
    rng = Random(f"{seed}:referrals")
    givers = _givers(rng, lives, taken)
    newcomers = iter(_newcomers(lives, last - dt.timedelta(days=rules["opened_within"])))
    listed: list[tuple[dt.date, list[str]]] = []
    for one in rules["line"]:
        day = last - dt.timedelta(days=one["ago"])
        giver = givers[one["giver"]]
        stranger = make_person(rng, _NOBODY, None, months[0].first, last)
        name, phone, number = stranger.name, stranger.phone, ""
        to = one["to"]
        known = giver if to == "self" else givers[to] if isinstance(to, int) else None
        if to == "opened" and (known := next(newcomers, None)) is not None:
            day = known["open_date"] - dt.timedelta(days=whole(rng, rules["opened_before"]))
        if known is not None:
            name, phone, number = known["name"], known["phone"], known["customer_no"]
        # whoever introduces himself gives no number
        listed.append((day, _line(one, giver, day, (name, phone, "" if to == "self" else number))))
    listed.sort(key=lambda line: line[0])
    for place, (day, line) in enumerate(listed, 1):
        yield [f"ZJ{day:%Y%m}{place:03d}", *line]


def _line(one: Mapping[str, Any], giver: Row, day: dt.date, whom: tuple[str, str, str]) -> list[str]:
    def after(step: str) -> str:
        return (day + dt.timedelta(days=one[step])).isoformat() if step in one else ""

    return [
        day.isoformat(), giver["customer_no"], giver["name"], *whom, one["relation"], one["need"], giver["manager_name"],
        one.get("consent", material("referrals")["flags"][0]), after("called"), one.get("result", ""), after("met"),
        one.get("product", ""), f"{one['amount']:.2f}" if "amount" in one else "", after("feedback"), one["status"],
        one.get("reason", ""),
    ]  # fmt: skip


def _givers(
    rng: Random, lives: Sequence[Sequence[CustomerMonth | None]], taken: Collection[int]
) -> list[Row]:
    """So many quiet customers with some assets as the lines name."""
    rules = material("referrals")
    rows = [
        month.row
        for place, life in enumerate(lives)
        if place not in taken and (month := life[-1]) is not None and life[0] is not None
    ]
    able = [
        row
        for row in rows
        if row["aum_balance"] >= rules["least"] * 100
        and not row["marketing_opt_out"]
        and row["last_complaint_date"] is None
    ]
    return rng.sample(able, 1 + max(one["giver"] for one in rules["line"]))


def _newcomers(lives: Sequence[Sequence[CustomerMonth | None]], since: dt.date) -> list[Row]:
    """Those whose account is newer than a day, the oldest account first."""
    rows = [month.row for life in lives if (month := life[-1]) is not None]
    new = [row for row in rows if row["open_date"] >= since]
    return sorted(new, key=lambda row: (row["open_date"], row["customer_no"]))
