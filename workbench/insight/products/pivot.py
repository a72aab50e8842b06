"""`Pivot`: any two tags against each other (domain 11.9), with totals, a group that cannot be told, and conditions that
name the customers of a cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, literal, select

from db.engine import Book
from workbench.base.change import Progress, silent
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.expressions import Expr
from workbench.base.i18n import _, commas
from workbench.base.sensitivity import SENSITIVE_CLASS
from workbench.base.terms import Term, Vocabulary
from workbench.insight.products.axis import Axis, AxisValue, axis, both, term_of
from workbench.insight.products.suppression import suppressed
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.layers import Layers
from workbench.rules.parameters import Rules

#: Measure -> the column of the tag layers that it sums; customers are counted.
MEASURES = {"customers": "", "aum": "balance", "lum": "lum", "products": "families", "change": "change"}


def measure_words() -> dict[str, str]:
    """Measure -> its name in the language in use."""
    return {
        "customers": _("户数"), "aum": _("资产合计"), "lum": _("贷款合计"),
        "products": _("户均产品类数"), "change": _("较上月变动"),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PivotCell:
    """`value`: customers, fen, or products per customer, over the `reported` of its `customers` whose figure is told;
    None where there are none."""

    customers: int
    reported: int
    value: float | None
    where: str


@dataclass(frozen=True, slots=True)
class PivotTable:
    """Rows by columns: `cells[row][column]`; the last row and the last column are the totals."""

    measure: str
    rows: Term
    columns: Term
    row_groups: tuple[AxisValue, ...]
    column_groups: tuple[AxisValue, ...]
    cells: tuple[tuple[PivotCell, ...], ...]
    month: str
    as_of: str

    @property
    def money(self) -> bool:
        """Whether the values are fen."""
        return self.measure in ("aum", "lum", "change")

    @property
    def total(self) -> PivotCell:
        """The cell of all customers: the last column of the last row."""
        return self.cells[-1][-1]

    def hidden(self, small: int) -> tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]:
        """Places (row, column) that a print leaves out: (cells of fewer than `small` customers, cells that would give those
        away)."""
        return suppressed([[c.customers for c in line[:-1]] for line in self.cells[:-1]], small)

    def as_json(self) -> dict[str, Any]:
        """The table for the command line, money in yuan; the last row and column are the totals."""
        unit = 100 if self.money else 1
        return {
            "month": self.month, "as_of": self.as_of, "measure": self.measure,
            "rows": {"name": self.rows.name, "label": self.rows.label, "groups": [g.label for g in self.row_groups]},
            "columns": {
                "name": self.columns.name, "label": self.columns.label, "groups": [g.label for g in self.column_groups],
            },
            "cells": [
                [
                    {
                        "customers": c.customers, "told": c.reported, "where": c.where,
                        "value": None if c.value is None else round(c.value / unit, 4),
                    }
                    for c in line
                ]
                for line in self.cells
            ],
        }  # fmt: skip


class Pivot:
    """Reads the tag layers; writes nothing."""

    def __init__(self, book: Book, rules: Rules, engine: Engine) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine

    def choices(self) -> tuple[Term, ...]:
        """The tags, measures and fields that can be a side, tags first. Raises WorkbenchError no_data."""
        with in_words():
            self._engine.ensure()
            with self._book.read() as conn:
                return _choices(self._engine.layers(conn).vocabulary)

    def table(
        self, rows: str, columns: str, measure: str = "customers", progress: Progress = silent
    ) -> PivotTable:
        """Two sides (by name or label) against each other.

        Raises WorkbenchError no_such_axis, no_such_measure, no_data.
        """
        key = _measure(measure)
        with in_words():
            self._engine.ensure(progress)
            with self._book.read() as conn:
                layers = self._engine.layers(conn)
                sides = [self._axis(conn, layers, _side(word, layers.vocabulary)) for word in (rows, columns)]
                return self._table(conn, layers, sides[0], sides[1], key)

    def _axis(self, conn: Connection, layers: "Layers", term: Term) -> Axis:
        if term.kind != "text":
            return axis(term, self._rules)
        column = layers.column(term.name)
        query = (
            select(column)
            .select_from(layers.source({term.name}))
            .where(column.is_not(None))
            .group_by(column)
            .order_by(func.count().desc(), column)
            .limit(self._rules.whole("pivot.most"))
        )
        return axis(term, self._rules, tuple(conn.execute(query).scalars()))

    def _table(
        self, conn: Connection, layers: "Layers", rows: Axis, columns: Axis, measure: str
    ) -> PivotTable:
        names = {rows.term.name, columns.term.name} | {MEASURES[measure]} - {""}
        figure: Expr = layers.column(MEASURES[measure]) if MEASURES[measure] else literal(1)
        each = (
            select(
                rows.key_of(layers.column(rows.term.name)).label("r"),
                columns.key_of(layers.column(columns.term.name)).label("c"),
                figure.label("v"),
            )
            .select_from(layers.source(names))
            .subquery("each")
        )
        query = select(
            each.c.r, each.c.c, func.count().label("n"), func.count(each.c.v).label("reported"), func.sum(each.c.v).label("sum")
        ).group_by(each.c.r, each.c.c)  # fmt: skip
        sums = {(row.r, row.c): (row.n, row.reported, row.sum) for row in conn.execute(query)}
        down = _present(rows.groups, {key for key, _column in sums})
        across = _present(columns.groups, {key for _row, key in sums})
        parts = [[sums.get((r.key, c.key), (0, 0, None)) for c in across] for r in down]
        wheres = [[both(r.where, c.where) for c in (*across, _EVERYBODY)] for r in (*down, _EVERYBODY)]
        full = _totals(parts)
        cells = tuple(
            tuple(_cell(sums_, where, measure) for sums_, where in zip(line, conditions, strict=True))
            for line, conditions in zip(full, wheres, strict=True)
        )
        return PivotTable(measure, rows.term, columns.term, down, across, cells, layers.month, layers.as_of)


_EVERYBODY = AxisValue("", "", "")
Sums = tuple[int, int, float | None]


def _present(groups: Sequence[AxisValue], keys: set[Any]) -> tuple[AxisValue, ...]:
    """The groups with anybody in them."""
    return tuple(group for group in groups if group.key in keys)


def _totals(parts: list[list[Sums]]) -> list[list[Sums]]:
    rows = [[*line, _add(line)] for line in parts]
    return [*rows, [_add(list(column)) for column in zip(*rows, strict=True)]] if rows else [[(0, 0, None)]]


def _add(parts: list[Sums]) -> Sums:
    values = [value for _n, _reported, value in parts if value is not None]
    return sum(p[0] for p in parts), sum(p[1] for p in parts), sum(values) if values else None


def _cell(sums: Sums, where: str, measure: str) -> PivotCell:
    customers, reported, total = sums
    if measure == "customers":
        return PivotCell(customers, customers, customers, where)
    if measure == "products":
        return PivotCell(
            customers, reported, total / reported if reported and total is not None else None, where
        )
    return PivotCell(customers, reported, total if reported else None, where)


def _measure(word: str) -> str:
    plain = word.strip().lower()
    for key, label in measure_words().items():
        if plain in (key, label.lower()):
            return key
    other = {
        "户": "customers",
        "aum": "aum",
        "资产": "aum",
        "lum": "lum",
        "贷款": "lum",
        "产品数": "products",
        "变动": "change",
    }
    if plain in other:
        return other[plain]
    raise WorkbenchError(
        "no_such_measure",
        _("透视表没有“{word}”这种数值。").format(word=word),
        _("可选:{names}").format(names=commas(f"{label}({key})" for key, label in measure_words().items())),
        word=word,
    )


def _usable(term: Term) -> bool:
    return term.kind != "date" and term.masks.legible_at("file") and term.sensitivity != SENSITIVE_CLASS


def _side(word: str, vocabulary: Vocabulary) -> Term:
    term = term_of(word, vocabulary)
    if not _usable(term):
        raise WorkbenchError(
            "no_such_axis",
            _("“{word}”涉及个人敏感信息,不能用来分组。").format(word=term.label),
            _("请换成标签、层级、金额或个数。"),
            word=term.name,
        )
    return term


def _choices(vocabulary: Vocabulary) -> tuple[Term, ...]:
    rank = {"tag": 0, "own": 1, "measure": 2, "field": 3}
    usable = [term for term in vocabulary if term.reported and _usable(term)]
    return tuple(sorted(usable, key=lambda term: rank[term.origin]))
