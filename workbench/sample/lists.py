"""Lists beside the monthly workbooks, as a system exports them: transactions and pay of the last months, complaints.

They agree with the workbooks: the transactions of a month add up to its flows, and are as many as its count."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from workbench.sample.lives import CustomerMonth
from workbench.sample.material import Row, material, whole
from workbench.sample.months import Month


def write_lists(
    folder: Path, seed: int, months: tuple[Month, ...], lives: Sequence[Sequence[CustomerMonth | None]]
) -> tuple[Path, ...]:
    """Write the lists of the newest months, the oldest first, and answer their paths. Raises OSError."""
    rules = material("lists")
    written = []
    for index in range(max(0, len(months) - rules["months"]), len(months)):
        month = months[index]
        rows = [one.row for life in lives if (one := life[index]) is not None]
        spent = (line for row in rows for line in _transactions(row, month, _habit(seed, row), seed))
        written.append(_write(folder, "transactions", month, spent))
        written.append(_write(folder, "payroll", month, _payroll(rows, month)))
    newest = [one.row for life in lives if (one := life[-1]) is not None]
    written.append(_write(folder, "complaints", months[-1], _complaints(newest, months[-1], seed)))
    return tuple(written)


def _write(folder: Path, name: str, month: Month, rows: Iterable[Sequence[str | int]]) -> Path:
    layout = material("lists")[name]
    path = folder / str(layout["file_name"]).format(year=month.year, month=month.number)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(layout["headers"])
        writer.writerows(rows)
    return path


# -- transactions --------------------------------------------------------------------------------------------------


def _habit(seed: int, row: Row) -> Random:
    """The same for a customer in every month."""
    return Random(f"{seed}:{row['customer_no']}:lists")


def _transactions(row: Row, month: Month, habit: Random, seed: int) -> Iterator[list[str | int]]:
    """The lines of one customer and month; money in fen until it is written."""
    last: dt.date = row["last_txn_date"]
    first: dt.date = max(month.first, row["open_date"])
    if not row["txn_count_1m"] or not first <= last <= month.last:
        return
    rules = material("lists")["transactions"]
    rng = Random(f"{seed}:{row['customer_no']}:{month.key}")
    regular = habit.random() < rules["regular_share"]
    regular_day = whole(habit, rules["regular_day"])
    bank = habit.choice(rules["banks"])
    leaning = habit.choices(rules["purposes"], weights=[one["weight"] for one in rules["purposes"]])[0]
    lines: list[tuple[dt.date, bool, int, Mapping[str, str]]] = []

    def day() -> dt.date:
        return first + dt.timedelta(days=rng.randrange((last - first).days + 1))

    pay = row["payroll_amount"]
    paid_on = row["last_payroll_date"]
    if pay:
        employer = {"summary": rules["pay"], "party": row["payroll_employer"]}
        lines.append((min(paid_on, month.last), True, pay, employer))
    taken = row["merchant_amount"]
    lines.extend(
        (day(), True, part, rng.choice(rules["income"]))
        for part in _split(rng, row["inflow"] - pay - taken, whole(rng, rules["arrivals"]))
    )
    settled = whole(rng, rules["settlements"])
    lines.extend((day(), True, part, rules["settlement"]) for part in _split(rng, taken, settled))
    lines.extend(
        (day(), False, part, rng.choice(rules["wallets"]))
        for part in _split(rng, row["third_party_outflow"], row["third_party_outflow_count"])
    )
    if row["interbank_outflow"] > 0:
        when = max(first, month.first + dt.timedelta(days=regular_day - 1)) if regular else day()
        own = {
            "summary": rules["elsewhere"],
            "party": row["name"] if regular else rules["others"],
            "bank": bank,
        }
        lines.append((when, False, row["interbank_outflow"], own))
    rest = row["outflow"] - row["interbank_outflow"] - row["third_party_outflow"]
    spent = list(_split(rng, rest, max(1, row["txn_count_1m"] - len(lines))))
    for place, part in enumerate(spent):
        purpose = leaning if place == 0 and month.number in leaning["months"] else rng.choice(rules["usual"])
        lines.append((last if place == len(spent) - 1 else day(), False, part, purpose))
    words = rules["directions"]
    for when, incoming, amount, wording in sorted(lines, key=lambda line: line[0]):
        yield [
            row["customer_no"], row["name"], when.isoformat(), words[0 if incoming else 1], f"{amount / 100:.2f}",
            wording["summary"], wording.get("party", ""), wording.get("bank", ""), wording.get("channel", rules["channel"]),
        ]  # fmt: skip


def _split(rng: Random, total: int, parts: int) -> Iterator[int]:
    """A sum in fen as so many parts of some size, fewer when there is too little."""
    parts = min(parts, total)
    if parts < 1:
        return
    weights = [0.3 + rng.random() for _ in range(parts)]
    whole_weight, left = sum(weights), total
    for place, weight in enumerate(weights):
        share = (
            left
            if place == parts - 1
            else max(1, min(int(total * weight / whole_weight), left - parts + place + 1))
        )
        left -= share
        yield share


# -- pay and complaints --------------------------------------------------------------------------------------------


def _payroll(rows: Iterable[Row], month: Month) -> Iterator[list[str | int]]:
    for row in rows:
        paid = row["last_payroll_date"]
        if row["payroll_amount"] and month.first <= paid <= month.last:
            yield [
                row["customer_no"], row["name"], paid.isoformat(), row["payroll_employer"],
                f"{row['payroll_amount'] / 100:.2f}",
            ]  # fmt: skip


def _complaints(rows: Iterable[Row], month: Month, seed: int) -> Iterator[list[str | int]]:
    """The last complaint of each customer within the time listed; older ones are settled."""
    rules = material("lists")["complaints"]
    number = 0
    for row in rows:
        day = row["last_complaint_date"]
        if day is None or (month.last - day).days > rules["listed_days"]:
            continue
        number += 1
        rng = Random(f"{seed}:{row['customer_no']}:complaint")
        settled = (month.last - day).days > rules["settled_after"]
        closed = day + dt.timedelta(days=whole(rng, rules["settled_days"]))
        yield [
            f"{month.key.replace('-', '')}{number:04d}", row["customer_no"], row["name"], day.isoformat(),
            rng.choice(rules["channels"]), rng.choice(rules["categories"]), rules["states"][0 if settled else 1],
            closed.isoformat() if settled else "", whole(rng, rules["satisfaction"]) if settled else "",
        ]  # fmt: skip
