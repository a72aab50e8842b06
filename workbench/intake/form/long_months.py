"""Splits a list that has several months below each other, told by a column of dates, into one sheet a month."""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from workbench.intake.reading.reader import Cell, RawSheet


def months_below(
    sheet: RawSheet, header: int, dates: Sequence[str | None], keys: Sequence[Cell], shared: float
) -> tuple[tuple[RawSheet, str], ...]:
    """The months as (sheet, newest date of the month), the earliest first; empty where the rows are of one month.

    `dates` (ISO) and `keys` are those of the rows below the header at index `header`. A row with another date is no month
    of its own unless at least the share `shared` of the fewer customers stands in both months. Rows of other months are
    blank; a row without a date stays with the newest month.
    """
    customers: dict[str, set[Cell]] = defaultdict(set)
    newest: dict[str, str] = {}
    for date, key in zip(dates, keys, strict=True):
        if date:
            customers[date[:7]].add(key)
            newest[date[:7]] = max(date, newest.get(date[:7], ""))
    months = sorted(customers)
    if len(months) < 2 or not all(
        len(customers[month] & customers[other]) >= shared * min(len(customers[month]), len(customers[other]))
        for month, other in itertools.pairwise(months)
    ):
        return ()
    return tuple(
        (_only(sheet, header, dates, month, newest=month == months[-1]), newest[month]) for month in months
    )


def _only(sheet: RawSheet, header: int, dates: Sequence[str | None], month: str, *, newest: bool) -> RawSheet:
    """The sheet with the rows of one month."""
    wanted = [date[:7] == month if date else newest for date in dates]
    return replace(
        sheet,
        name=sheet.name if newest else f"{sheet.name}({month})",
        columns=tuple(
            (
                *column[: header + 1],
                *(cell if keep else None for cell, keep in zip(column[header + 1 :], wanted, strict=True)),
            )
            for column in sheet.columns
        ),
        merged=tuple(area for area in sheet.merged if area[2] <= header),
    )
