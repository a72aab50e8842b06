"""Amounts that are not of the size of last month's: another unit in one column, or a column read as another one."""

import statistics
from collections.abc import Mapping

from sqlalchemy import Connection, select

from db.tables import customers, snapshots
from workbench.intake.catalogue.fields import FieldCatalogue
from workbench.intake.checking.plan import AcceptedRows
from workbench.rules.parameters import Rules

_BALANCES = ("_balance", "_daily_average", "_quarter_average", "_year_average")


def unlike_sizes(
    conn: Connection, checked: AcceptedRows, month: str | None, catalogue: FieldCatalogue, rules: Rules
) -> Mapping[str, float]:
    """Balance -> how many times last month's it is, as the median of some customers who had it in both months; only
    where that is beyond `intake.size_ratio` either way.

    `month` is the month before (None: there is none).
    """
    places = {
        key: place for key in checked.columns
        if key.endswith(_BALANCES) and (place := catalogue[key].column("snapshots")) is not None
    }  # fmt: skip
    if month is None or not places:
        return {}
    most = rules.whole("intake.size_sample")
    step = max(1, len(checked.keys) // most)
    rows = dict(zip(checked.keys[::step], range(0, len(checked.keys), step), strict=True))
    figures = conn.execute(
        select(customers.c.customer_no, *(snapshots.c[column] for column in places.values()))
        .join(snapshots, snapshots.c.customer_id == customers.c.id)
        .where(snapshots.c.month == month, customers.c.customer_no.in_(list(rows)[:most]))
    ).all()
    far, least = rules.number("intake.size_ratio"), rules.whole("intake.unit_customers")
    unlike = {}
    for number, key in enumerate(places, start=1):
        column = checked.columns[key]
        ratios = [
            abs(now / before) for row in figures
            if (before := row[number]) and isinstance(now := column[rows[row[0]]], int | float) and now
        ]  # fmt: skip
        if len(ratios) >= least and not 1 / far <= (times := statistics.median(ratios)) <= far:
            unlike[key] = times
    return unlike
