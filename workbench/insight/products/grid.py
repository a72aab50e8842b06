"""The matrix of portraits and product families as figures, each with the condition of its customers (domain 11.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.insight.shelf.families import Family


@dataclass(frozen=True, slots=True)
class Cell:
    """One portrait and one family. Counts are customers; rates are None where no list tells them."""

    family: str
    customers: int
    #: customers whose holdings are reported, and the holders among them
    reported: int
    held: int
    #: customers whose need can be judged, and those who have it
    need_judged: int
    needed: int
    #: customers of whom it can be judged whether they may be sold it, and those who may
    may_judged: int
    may: int
    #: customers who need it, may be sold it and do not hold it
    whitespace: int
    #: penetration against that of the whole book, which is 100 (TGI)
    index: float | None
    #: customers and fen that the whitespace would bring at the row's own penetration
    expected: float | None
    expected_fen: int | None
    #: conditions by measure: 'held', 'needed', 'may', 'whitespace'
    where: Mapping[str, str]

    @property
    def penetration(self) -> float | None:
        """Holders / customers whose holdings are reported, 0..1; None without any."""
        return self.held / self.reported if self.reported else None

    @property
    def need(self) -> float | None:
        """Customers in need / all customers, 0..1: a lower bound unless `need_sure`; None if nobody can be judged."""
        return self.needed / self.customers if self.need_judged else None

    @property
    def need_sure(self) -> bool:
        """Whether the need of every customer can be judged."""
        return self.need_judged == self.customers

    @property
    def suitable(self) -> float | None:
        """Customers who may be sold it / customers who can be judged, 0..1; None without any."""
        return self.may / self.may_judged if self.may_judged else None

    def as_json(self) -> dict[str, Any]:
        """The cell for the command line; rates 0..1, money in yuan, whitespace None where no holdings are reported."""
        return {
            "family": self.family, "customers": self.customers, "held": self.held, "told": self.reported,
            "penetration": _rounded(self.penetration), "index": _rounded(self.index), "need": _rounded(self.need),
            "need_told": self.need_judged,
            "suitable": _rounded(self.suitable), "whitespace": self.whitespace if self.reported else None,
            "expected_customers": _rounded(self.expected),
            "expected_yuan": None if self.expected_fen is None else self.expected_fen / 100,
            "where": dict(self.where),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PivotRow:
    """One portrait: a value of the row's tag, or one tag of a set."""

    key: str
    label: str
    where: str
    customers: int
    cells: tuple[Cell, ...]

    def cell(self, family: str) -> Cell:
        """The cell of a family by its code. Raises StopIteration for a family that the grid does not have."""
        return next(cell for cell in self.cells if cell.family == family)

    def as_json(self) -> dict[str, Any]:
        """The row with its cells for the command line."""
        return {
            "key": self.key, "label": self.label, "where": self.where, "customers": self.customers,
            "cells": [cell.as_json() for cell in self.cells],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PivotGrid:
    """Rows by families; `whole` is the row of all customers. Thresholds are the product's own (本系统口径)."""

    rows_by: str
    label: str
    month: str
    as_of: str
    families: tuple[Family, ...]
    rows: tuple[PivotRow, ...]
    whole: PivotRow

    def as_json(self) -> dict[str, Any]:
        """The whole matrix for the command line; `mark` P says that its thresholds are the product's own."""
        return {
            "rows_by": self.rows_by, "label": self.label, "month": self.month, "as_of": self.as_of, "mark": "P",
            "families": [
                {"code": f.code, "name": f.shown, "regime": f.regime, "risk": f.risk} for f in self.families
            ],
            "rows": [row.as_json() for row in self.rows], "whole": self.whole.as_json(),
        }  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


@dataclass(frozen=True, slots=True)
class PortraitSums:
    """What was counted for one portrait: `counts` holds 'customers' and '<figure>_<family code>'; `where` is its
    condition, '' for everybody."""

    key: str
    label: str
    where: str
    counts: Mapping[str, Any]


def row_of(
    portrait: PortraitSums,
    families: tuple[Family, ...],
    totals: Mapping[str, Any],
    wheres: Mapping[str, Mapping[str, str]],
    least: int,
) -> PivotRow:
    """Make a row from its sums and the `totals` of the book, by '<figure>_<family code>' like `PortraitSums.counts`.

    `wheres`: family code -> figure -> condition. A row with fewer than `least` customers whose holdings are reported
    expects the book's penetration instead of its own.
    """
    counts = portrait.counts
    cells = tuple(_cell(family, counts, totals, wheres[family.code], least) for family in families)
    return PivotRow(portrait.key, portrait.label, portrait.where, int(counts["customers"]), cells)


def _cell(
    family: Family,
    counts: Mapping[str, Any],
    totals: Mapping[str, Any],
    wheres: Mapping[str, str],
    least: int,
) -> Cell:
    def of(sums: Mapping[str, Any], what: str) -> int:
        """A sum of this family, 0 for NULL."""
        return int(sums[f"{what}_{family.code}"] or 0)

    reported, held, white = of(counts, "reported"), of(counts, "held"), of(counts, "white")
    all_reported, all_held = of(totals, "reported"), of(totals, "held")
    own = held / reported if reported else None
    base = all_held / all_reported if all_reported else None
    rate = own if reported >= least else base
    expected = None if rate is None else white * rate
    return Cell(
        family.code, int(counts["customers"]), reported, held, of(counts, "needjudged"), of(counts, "needed"),
        of(counts, "mayjudged"), of(counts, "may"), white,
        index=own / base * 100 if own is not None and base else None,
        expected=expected,
        expected_fen=None if expected is None or not family.ticket else round(expected * family.ticket),
        where=wheres,
    )  # fmt: skip
