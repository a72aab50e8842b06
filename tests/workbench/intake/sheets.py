"""Takes a sheet given as rows all the way into a book, without a file and without a session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from db.engine import Book
from db.tables import metadata
from workbench.intake.book.diff import Diff, compare_customers
from workbench.intake.book.diff_keyed import compare_keyed
from workbench.intake.book.diff_lines import compare_lines
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.checking.checks import AcceptedRows, ReadingPlan, check
from workbench.intake.columns.kinds import kind_of
from workbench.intake.columns.mapping import match_columns
from workbench.intake.columns.shapes import Shapes
from workbench.intake.form.header import find_header
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import Kind, SheetReport
from workbench.intake.review.commit import write_batch, write_customers, write_keyed, write_lines
from workbench.rules.parameters import Rules

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What one sheet did; `change` is None when nothing was written."""

    checked: AcceptedRows
    diff: Diff
    change: int | None

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """(new, changed, unchanged, refused)."""
        refused = self.checked.refused + len(self.diff.strangers)
        return len(self.diff.fresh), self.diff.changed, self.diff.unchanged + self.checked.doubles, refused

    def codes(self) -> list[str]:
        return [problem.code for problem in self.checked.problems.listed()]


def raw(rows: Rows, name: str = "Sheet1") -> RawSheet:
    width = max(map(len, rows))
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    return RawSheet(name, tuple(zip(*filled, strict=True)))


def seen_as(rows: Rows, rules: Rules, name: str = "Sheet1") -> Kind:
    """What kind of sheet it is taken for."""
    sheet = raw(rows, name)
    layout = find_header(sheet, catalogue(), rules)
    return "none" if layout is None else kind_of(sheet, layout, catalogue(), rules)


def checked(
    rows: Rows, rules: Rules, *, name: str = "Sheet1", as_of: str | None = "2026-10-31",
    numbers: Mapping[int, str] | None = None,
) -> AcceptedRows:  # fmt: skip
    """`numbers` are customer numbers that a person confirmed: sheet row index -> number."""
    sheet = raw(rows, name)
    layout = find_header(sheet, catalogue(), rules)
    assert layout is not None
    kind = kind_of(sheet, layout, catalogue(), rules)
    shapes = Shapes(sheet, layout.header + 1, rules)
    matches = match_columns(layout.names, kind, catalogue(), rules, shapes)
    return check(
        sheet, ReadingPlan(kind, layout, matches, as_of, "元", numbers=numbers or {}), catalogue(), rules
    )


def take(
    book: Book, rows: Rows, rules: Rules, *, name: str = "Sheet1", as_of: str | None = "2026-10-31"
) -> Taken:
    """Check, compare and write; like an import, nothing is written when nothing differs."""
    rows_checked = checked(rows, rules, name=name, as_of=as_of)
    with book.write("import", name) as writer:
        if rows_checked.kind == "customers":
            diff = compare_customers(writer.conn, rows_checked, catalogue(), rules)
        elif catalogue().kinds[rows_checked.kind].policy == "key":
            diff = compare_keyed(writer.conn, rows_checked, catalogue(), rules)
        else:
            diff = compare_lines(writer.conn, rows_checked, catalogue(), rules, frozenset())
        if diff.writes():
            report = SheetReport(
                "表.xlsx", name, rows_checked.kind, 1, rows_checked.as_of, "元", rows_checked.data_rows
            )
            batch = write_batch(writer, report, "0" * 64)
            put = {"customers": write_customers, "products": write_keyed, "events": write_keyed}.get(
                rows_checked.kind, write_lines
            )
            put(writer, batch, rows_checked, diff, catalogue())
        change = writer.change_id
    return Taken(rows_checked, diff, change if diff.writes() else None)


def lines(book: Book, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Rows of a table in order of their ids."""
    there = metadata.tables[table]
    with book.read() as conn:
        rows_checked = conn.execute(select(*(there.c[name] for name in columns)).order_by(there.c.id))
        return [tuple(row) for row in rows_checked]
