"""The matrix of portraits and product families as figures (domain 11.6), each with the condition that drills to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.insight.shelf.families import Family


@dataclass(frozen=True, slots=True)
class Cell:
    """One portrait and one family. Counts are customers; None where no list tells."""

    family: str
    customers: int
    #: known to hold or not, and of those the holders
    told: int
    held: int
    #: of whom a need can be told, and who has it
    need_told: int
    needed: int
    #: of whom it can be told whether he may be sold it, and who may
    may_told: int
    may: int
    #: who needs it, may have it and has it not
    whitespace: int
    #: 100 = as in the whole book
    index: float | None
    #: customers and fen that the whitespace would bring at the row's own penetration
    expected: float | None
    expected_fen: int | None
    #: conditions by measure: 'held', 'needed', 'may', 'whitespace'
    where: Mapping[str, str]

    @property
    def penetration(self) -> float | None:
        """Holders / those of whom it is known."""
        return self.held / self.told if self.told else None

    @property
    def need(self) -> float | None:
        """Who needs it / all; a lower bound unless `need_sure`."""
        return self.needed / self.customers if self.need_told else None

    @property
    def need_sure(self) -> bool:
        """Whether it can be told of everybody."""
        return self.need_told == self.customers

    @property
    def suitable(self) -> float | None:
        return self.may / self.may_told if self.may_told else None

    def as_json(self) -> dict[str, Any]:
        return {
            "family": self.family, "customers": self.customers, "held": self.held, "told": self.told,
            "penetration": _rounded(self.penetration), "index": _rounded(self.index), "need": _rounded(self.need),
            "need_told": self.need_told,
            "suitable": _rounded(self.suitable), "whitespace": self.whitespace if self.told else None,
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
        return next(cell for cell in self.cells if cell.family == family)

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key, "label": self.label, "where": self.where, "customers": self.customers,
            "cells": [cell.as_json() for cell in self.cells],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PivotGrid:
    """Rows by families; `whole` is the whole book. Thresholds are 本系统口径."""

    rows_by: str
    label: str
    month: str
    as_of: str
    families: tuple[Family, ...]
    rows: tuple[PivotRow, ...]
    whole: PivotRow

    def as_json(self) -> dict[str, Any]:
        return {
            "rows_by": self.rows_by, "label": self.label, "month": self.month, "as_of": self.as_of, "mark": "P",
            "families": [
                {"code": f.code, "name": f.shown, "regime": f.regime, "risk": f.risk} for f in self.families
            ],
            "rows": [row.as_json() for row in self.rows], "whole": self.whole.as_json(),
        }  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def row_of(
    key: str,
    label: str,
    where: str,
    counts: Mapping[str, Any],
    families: tuple[Family, ...],
    whole: Mapping[str, Any],
    wheres: Mapping[str, Mapping[str, str]],
    least: int,
) -> PivotRow:
    """A row out of its sums. `wheres`: family -> measure -> condition; `least` customers make a penetration count."""
    cells = tuple(_cell(family, counts, whole, wheres[family.code], least) for family in families)
    return PivotRow(key, label, where, int(counts["customers"]), cells)


def _cell(
    family: Family, counts: Mapping[str, Any], whole: Mapping[str, Any], wheres: Mapping[str, str], least: int
) -> Cell:
    def of(sums: Mapping[str, Any], what: str) -> int:
        return int(sums[f"{what}_{family.code}"] or 0)

    told, held, white = of(counts, "told"), of(counts, "held"), of(counts, "white")
    all_told, all_held = of(whole, "told"), of(whole, "held")
    own = held / told if told else None
    base = all_held / all_told if all_told else None
    rate = own if told >= least else base
    expected = None if rate is None else white * rate
    return Cell(
        family.code, int(counts["customers"]), told, held, of(counts, "needtold"), of(counts, "needed"),
        of(counts, "maytold"), of(counts, "may"), white,
        index=own / base * 100 if own is not None and base else None,
        expected=expected,
        expected_fen=None if expected is None or not family.ticket else round(expected * family.ticket),
        where=wheres,
    )  # fmt: skip
