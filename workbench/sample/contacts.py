"""The contact log of the sample branch: the last year of contacts with most customers, as a list beside the workbooks.

Its dates are those that the workbooks give as the last contact, so that both agree. Nobody stays unanswered or silent
for so long that a signal would rise from it (domain 4.1, S4): the planted stories stay the only ones."""

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from workbench.sample.lives import CustomerMonth, high_line
from workbench.sample.material import Row, draw, material, whole
from workbench.sample.months import Month


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact, in the words of the list; `following` is the day agreed for the next one."""

    customer_no: str
    name: str
    day: dt.date
    channel: str
    result: str
    by: str
    following: dt.date | None
    note: str
    #: the row of the plan (kind of a method of the 531) that it was made for, '' for none
    method: str = ""


def contacts(
    seed: int, months: tuple[Month, ...], lives: Sequence[Sequence[CustomerMonth | None]]
) -> tuple[Contact, ...]:
    """Contacts of the year up to the newest month, in the order of their days."""
    rules = material("contacts")
    last = months[-1].last
    since = last - dt.timedelta(days=rules["listed_days"])
    drawn: list[Contact] = []
    for life in lives:
        final = life[-1]
        if final is None:
            continue
        row = final.row
        high = row["aum_balance"] >= high_line()
        rng = Random(f"{seed}:{row['customer_no']}:contacts")
        if rng.random() >= rules["share_high" if high else "share"]:
            continue
        listed_days = {one.row["last_contact_date"] for one in life if one is not None}
        days = sorted(day for day in listed_days if day is not None and day > since)
        drawn.extend(_of_customer(rng, row, days, last, high=high))
    return tuple(sorted(drawn, key=lambda one: (one.day, one.customer_no)))


def only_logged(
    months: tuple[Month, ...], lives: Iterable[Sequence[CustomerMonth | None]], logged: Iterable[Contact]
) -> None:
    """Let the workbooks tell no contact of the logged year that the log does not have: nobody spoke to the others."""
    known = {one.customer_no for one in logged}
    since = months[-1].last - dt.timedelta(days=material("contacts")["listed_days"])
    for life in lives:
        rows = [one.row for one in life if one is not None and one.row["customer_no"] not in known]
        days = [row["last_contact_date"] for row in rows]
        newest = max((day for day in days if day is not None and day <= since), default=None)
        for row, day in zip(rows, days, strict=True):
            if day is not None and day > since:
                row["last_contact_date"] = newest


def write_contacts(folder: Path, months: tuple[Month, ...], logged: Iterable[Contact]) -> Path:
    """Write the list and answer its path. Raises OSError."""
    rules, month = material("contacts"), months[-1]
    path = folder / str(rules["file_name"]).format(year=month.year, month=month.number)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(rules["headers"])
        writer.writerows(
            (
                one.customer_no, one.name, one.day.isoformat(), one.channel, one.result, one.by,
                one.following.isoformat() if one.following else "", one.note,
            )
            for one in logged
        )  # fmt: skip
    return path


def _of_customer(
    rng: Random, row: Row, days: Sequence[dt.date], last: dt.date, *, high: bool
) -> list[Contact]:
    """The contacts on these days. Who comes by himself came the last time too, and keeps his rhythm."""
    rules = material("contacts")
    own = rng.random() < rules["inbound_high" if high else "inbound"]
    rhythm = whole(rng, rules["inbound_every"])
    refused = _refusal(rng, days, last) if row["marketing_opt_out"] else None
    written: list[Contact] = []
    for place, day in enumerate(days):
        back = len(days) - 1 - place
        following = None
        if own and back % rhythm == 0:
            case = draw(rng, [(one, one["weight"]) for one in rules["comes"]])
        elif day == refused:
            case = rules["refusal"]
        else:
            missed = bool(written) and written[-1].result in rules["missed"]
            open_to = [
                one
                for one in rules["visits" if high and rng.random() < rules["visit_share"] else "calls"]
                if not (missed and one["result"] in rules["missed"])
                and not (row["marketing_opt_out"] and one.get("offer"))
            ]
            case = draw(rng, [(one, one["weight"]) for one in open_to])
        if case.get("again"):
            agreed = day + dt.timedelta(days=whole(rng, rules["agreed_days"]))
            following = agreed if back == 0 else days[place + 1]
        written.append(
            Contact(
                row["customer_no"], row["name"], day, case["channel"], case["result"],
                rules["by"][1 if case.get("own") else 0], following, rng.choice(case["notes"]), case.get("method", ""),
            )
        )  # fmt: skip
    return written


def _refusal(rng: Random, days: Sequence[dt.date], last: dt.date) -> dt.date | None:
    """The day on which somebody with the flag said so: long enough ago to be no news."""
    rules = material("contacts")
    old = [day for day in days if (last - day).days > rules["refused_before_days"]]
    return rng.choice(old) if old else None
