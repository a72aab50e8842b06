"""What a sheet of transactions would change in the book: the sums of its customers and days."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from db.tables import customers, flows
from db.values import Value, text
from workbench.base.i18n import commas
from workbench.base.money import exact_yuan
from workbench.intake.book.diff import Diff, shown_value
from workbench.intake.catalogue.fields import FieldCatalogue
from workbench.intake.cells.parsed import Read
from workbench.intake.checking.plan import AcceptedRows
from workbench.intake.checking.transactions import FEATURES
from workbench.intake.report import FieldChange
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.intake.book.flows import Days


@dataclass(slots=True)
class FlowDiff(Diff):
    """`fresh`, `changed` and `unchanged` count rows of the sheet; `days` are new rows of table flows, column-wise."""

    days: dict[str, list[Read]] = field(default_factory=dict)


def compare_flows(
    conn: Connection, checked: AcceptedRows, catalogue: FieldCatalogue, rules: Rules, coming: frozenset[str]
) -> FlowDiff:
    """Compare by customer and day: a day of the sheet replaces the same day of the book, except features that the
    sheet cannot tell.

    `coming` are customers from a customers sheet of the same file. In `changes` the name is the day.
    """
    from workbench.intake.book.flows import daily  # brings pandas, which the window should not wait for

    diff = FlowDiff()
    c = customers.c
    people = conn.execute(select(c.customer_no, c.name, c.residence_city).order_by(c.id)).all()
    names: dict[str, str] = {row[0]: row[1] or "" for row in people}
    homes = {row[0]: row[2] for row in people if row[2]}
    days = daily(checked, {number: name for number, name in names.items() if name}, rules, homes)
    stored = _stored(conn, days)
    rows = days.rows
    mine = list(zip(*(days.columns[name] for name in FEATURES), strict=True))
    fresh: list[int] = []
    strange: list[int] = []
    limit = rules.whole("intake.changes_shown")
    for day, key in enumerate(zip(days.keys, days.dates, strict=True)):
        if key[0] not in names and key[0] not in coming:
            strange.append(day)
        elif (row := stored.get(key)) is None:
            fresh.append(day)
        elif row[1:] == mine[day]:
            diff.unchanged += rows[day]
            diff.confirmed.append(row[0])
        elif new := {
            name: value
            for name, value, old in zip(FEATURES, mine[day], row[1:], strict=True)
            if value is not None and value != old
        }:
            diff.changed += rows[day]
            diff.updates.append((row[0], {**new, "source_row": checked.rows[days.first[day]]}))
            room = max(0, limit - len(diff.changes))
            before = dict(zip(FEATURES, row[1:], strict=True))
            diff.changes += [_change(catalogue, rules, key, name, before[name], new[name]) for name in new][
                :room
            ]
        else:
            diff.unchanged += rows[day]
            diff.confirmed.append(row[0])
    diff.fresh = _rows_of(days, fresh)
    diff.strangers = _rows_of(days, strange)
    diff.days = _columns(checked, days, fresh)
    return diff


def _stored(conn: Connection, days: "Days") -> dict[tuple[str, str], tuple[Any, ...]]:
    if not days.dates:
        return {}
    rows = conn.execute(
        select(customers.c.customer_no, flows.c.date, flows.c.id, *(flows.c[name] for name in FEATURES))
        .select_from(flows.join(customers, customers.c.id == flows.c.customer_id))
        .where(flows.c.month.between(min(days.dates)[:7], max(days.dates)[:7]))
    )
    return {(number, date): (row_id, *features) for number, date, row_id, *features in rows}


def _rows_of(days: "Days", chosen: list[int]) -> list[int]:
    """Positions of the sheet's rows that make up some days."""
    wanted = set(chosen)
    return [position for position, day in enumerate(days.of_row.tolist()) if day in wanted] if chosen else []


def _columns(checked: AcceptedRows, days: "Days", fresh: list[int]) -> dict[str, list[Read]]:
    dates = [days.dates[day] for day in fresh]
    columns: dict[str, list[Read]] = {
        "customer_no": [days.keys[day] for day in fresh],
        "date": list(dates),
        "month": [date[:7] for date in dates],
        "source_row": [checked.rows[days.first[day]] for day in fresh],
        **{name: [values[day] for day in fresh] for name, values in days.columns.items()},
    }
    return columns


def _change(
    catalogue: FieldCatalogue, rules: Rules, key: tuple[str, str], name: str, old: Value, new: Value
) -> FieldChange:
    entry = catalogue[f"flow_{name}"]
    if name == "counterparties":
        return FieldChange(key[0], key[1], entry.key, _spent(rules, text(old)), _spent(rules, text(new)))
    return FieldChange(key[0], key[1], entry.key, shown_value(entry, old), shown_value(entry, new))


def _spent(rules: Rules, stored: str | None) -> str:
    """{"school": 120000} -> '学校 1,200.00'."""
    spent: dict[str, int] = json.loads(stored or "{}")
    return commas(f"{rules.text(f'counterparty.{name}')} {exact_yuan(fen)}" for name, fen in spent.items())
