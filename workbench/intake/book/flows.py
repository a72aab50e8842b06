"""Sums transactions by customer and day into the features of domain 10.5, with numpy and pandas over whole columns.

A feature is None on all days when the sheet lacks its column, and on a day with a row that cannot tell it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.intake.book.reversals import cancelled
from workbench.intake.cells.parsed import Read, as_wholes, texts_of
from workbench.intake.cells.places import out_of_town
from workbench.intake.cells.text_classes import SAME_NAME, Texts
from workbench.intake.checking.plan import AcceptedRows
from workbench.intake.checking.transactions import FEATURES
from workbench.rules.parameters import Rules

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
_NO_HOMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Days:
    """One entry per customer and day, in the order in which the sheet first names them.

    `columns` holds the FEATURES; `first` is the position of the first row of each day; `of_row[n]` the day of row n.
    """

    keys: list[str]
    dates: list[str]
    #: number of rows of the sheet in each day
    rows: list[int]
    columns: dict[str, Sequence[Read]]
    first: list[int]
    of_row: Ints


def daily(
    checked: AcceptedRows, names: Mapping[str, str], rules: Rules, homes: Mapping[str, str] = _NO_HOMES
) -> Days:
    """Sum the rows of a settled transactions sheet by customer and day.

    `names` (customer number -> name in the book) recognise transfers to oneself where the sheet has no name column,
    `homes` (customer number -> city of residence) what was bought out of town.
    """
    count = len(checked.keys)
    who, numbers = _coded(checked.keys)
    when, dates = _coded(checked.columns["txn_date"])
    day, groups = pd.factorize(who * max(1, len(dates)) + when)
    first = np.full(len(groups), count, dtype=np.int64)
    np.minimum.at(first, day, np.arange(count))
    texts = Texts(checked.columns, count, rules)
    went = _fen(as_wholes(checked.columns["txn_out"]))
    out = went != 0
    amount = np.where(out, went, _fen(as_wholes(checked.columns["txn_in"])))
    back = (amount < 0) | texts.reversal
    flipped = back & (amount > 0)
    out ^= flipped
    amount = np.where(flipped, -amount, amount)
    counted = amount != 0
    if back.any():
        gone = cancelled(who, _ranked(when, dates), out, amount, back)
        amount = np.where(gone, 0, amount)
        counted &= ~gone
    holder = texts_of(checked.columns, "name") or [names.get(key) for key in checked.keys]
    sums = _Sums(day, len(groups), amount, out, np.where(counted, np.where(back, -1, 1), 0))
    columns = _features(sums, texts, texts.same_name(holder))
    rows: list[int] = np.bincount(day, minlength=len(groups)).tolist()
    if (places := texts_of(checked.columns, "txn_place")) is not None:
        away = out_of_town(places, [homes.get(key) for key in checked.keys], rules)
        everywhere = np.ones(count, dtype=bool)
        columns["out_of_town_count"] = sums.known(sums.of(sums.counted, everywhere & (away == 1)), away < 0)
    columns["rows"] = rows
    width = max(1, len(dates))
    return Days(
        [numbers[group // width] for group in groups.tolist()],
        [dates[group % width] for group in groups.tolist()],
        rows, columns, first.tolist(), day,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums over days; `counted` is 1 for a transaction, -1 for a reversal without its original, 0 for none."""

    day: Ints
    days: int
    amount: Ints
    out: Flags
    counted: Ints

    def of(self, values: Ints, where: Flags) -> list[int]:
        """The sum of `values` of the rows `where`, per day; exact, since the float sums stay far below 2**53."""
        total = np.bincount(self.day[where], weights=values[where], minlength=self.days)
        return list(map(int, np.rint(total).astype(np.int64).tolist()))

    def largest(self, where: Flags) -> list[int]:
        """The largest amount (fen) of the rows `where`, per day; 0 for none."""
        top = np.zeros(self.days, dtype=np.int64)
        np.maximum.at(top, self.day[where], self.amount[where])
        return list(map(int, top.tolist()))

    def known(self, values: list[int], open_rows: Flags) -> list[int | None]:
        """`values` with None on days with a row in `open_rows`."""
        spoiled = np.zeros(self.days, dtype=bool)
        spoiled[self.day[open_rows & (self.counted != 0)]] = True
        return [None if bad else value for value, bad in zip(values, spoiled.tolist(), strict=True)]


def _features(sums: _Sums, texts: Texts, same_name: Ints | None) -> dict[str, Sequence[Read]]:
    out, come = sums.out, ~sums.out
    unknown: list[int | None] = [None] * sums.days
    everywhere = np.ones(len(out), dtype=bool)
    columns: dict[str, Sequence[Read]] = dict.fromkeys(FEATURES, unknown)
    columns["inflow"] = sums.of(sums.amount, come)
    columns["outflow"] = sums.of(sums.amount, out)
    columns["inflow_count"] = sums.of(sums.counted, come)
    columns["outflow_count"] = sums.of(sums.counted, out)
    columns["largest_inflow"] = sums.largest(come)
    columns["largest_outflow"] = sums.largest(out)
    if texts.active is not None:
        active = sums.of(sums.counted, everywhere & (texts.active == 1))
        columns["active_count"] = sums.known(active, texts.active < 0)
    if texts.third_party is not None:
        third = out & texts.third_party
        columns["third_party_outflow"] = sums.of(sums.amount, third)
        columns["third_party_count"] = sums.of(sums.counted, third)
    interbank = texts.interbank
    if texts.tells_bank:
        columns["interbank_outflow"] = sums.known(
            sums.of(sums.amount, out & (interbank == 1)), out & (interbank < 0)
        )
    away = np.zeros(len(out), dtype=bool)
    if same_name is not None:
        away = (same_name == 1) & (interbank == 1)
        unsure = (same_name != 0) & (interbank != 0) & ~away
        columns["same_name_outflow"] = sums.known(sums.of(sums.amount, out & away), out & unsure)
    if texts.classes is not None:
        classes = np.where(away, texts.class_names.index(SAME_NAME) + 1, texts.classes)
        columns["counterparties"] = _by_class(sums, classes, texts.class_names)
    return columns


def _by_class(sums: _Sums, classes: Ints, names: Sequence[str]) -> list[str]:
    """Outflow in fen by class of counterparty as JSON, per day."""
    where = sums.out & (classes > 0) & (sums.amount != 0)
    width = len(names) + 1
    codes, uniques = pd.factorize(sums.day[where] * width + classes[where])
    totals = np.bincount(codes, weights=sums.amount[where], minlength=len(uniques))
    spent: dict[int, dict[str, int]] = {}
    for pair, total in zip(uniques.tolist(), totals.tolist(), strict=True):
        if total:
            spent.setdefault(pair // width, {})[names[pair % width - 1]] = int(total)
    texts = ["{}"] * sums.days
    for day, by_class in spent.items():
        texts[day] = json.dumps(by_class, sort_keys=True)
    return texts


def _fen(column: Sequence[int | None]) -> Ints:
    return np.array([value or 0 for value in column], dtype=np.int64)


def _coded(values: Sequence[Read]) -> tuple[Ints, list[str]]:
    codes, uniques = pd.factorize(np.array(values, dtype=object))
    return codes.astype(np.int64), [str(value) for value in uniques.tolist()]


def _ranked(codes: Ints, dates: Sequence[str]) -> Ints:
    """Codes of dates in the order of the calendar."""
    rank = np.empty(max(1, len(dates)), dtype=np.int64)
    rank[np.argsort(np.array(dates, dtype=str))] = np.arange(len(dates)) if len(dates) else 0
    return rank[codes]
