"""A sheet made by hand, mapped by its headings and checked, without file or book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.base.errors import RowProblem
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.checking.checks import AcceptedRows, BookFacts, ReadingPlan, check
from workbench.intake.columns.mapping import match_columns
from workbench.intake.columns.shapes import Shapes
from workbench.intake.form.header import Layout
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import Kind
from workbench.rules.parameters import Rules

RULES = Rules.load()


@dataclass(frozen=True)
class Looked:
    """A checked sheet; the header stands in row 1, the data from row 2."""

    sheet: RawSheet
    plan: ReadingPlan
    checked: AcceptedRows

    def problems(self, code: str) -> list[RowProblem]:
        return [problem for problem in self.checked.problems.listed() if problem.code == code]

    def one(self, code: str) -> RowProblem:
        (problem,) = self.problems(code)
        return problem

    def codes(self) -> set[str]:
        return {problem.code for problem in self.checked.problems.listed()}

    def fix(self, key: str) -> Any:
        (fix,) = (fix for fix in self.checked.fixes if fix.key == key)
        return fix

    def fixes(self) -> set[str]:
        return {fix.key for fix in self.checked.fixes}

    def column(self, key: str) -> list[Any]:
        return self.checked.columns[key]


def look(
    header: Sequence[str], rows: Sequence[Sequence[Any]], *, kind: Kind = "customers", as_of: str | None = "2026-10-31",
    unit: str = "元", fixes: Sequence[str] = (), edits: Mapping[tuple[int, int], str] | None = None,
    numbers: Mapping[int, str] | None = None, facts: BookFacts | None = None, custom: Mapping[str, str] | None = None,
    **of_sheet: Any,
) -> Looked:  # fmt: skip
    """Check rows under a header.

    `custom` maps headings to custom fields; `of_sheet` are further facts of the RawSheet (hidden_rows, unvalued, …).
    """
    sheet = RawSheet("清单", tuple(zip(header, *rows, strict=True)), **of_sheet)
    layout = Layout(0, tuple(header), ())
    matches = [
        replace(match, custom=(custom or {}).get(match.header, match.custom))
        for match in match_columns(tuple(header), kind, catalogue(), RULES, Shapes(sheet, 1, RULES))
        if match.header
    ]
    plan = ReadingPlan(
        kind, layout, matches, as_of, unit, frozenset(fixes), dict(edits or {}), dict(numbers or {})
    )
    checked = check(sheet, plan, catalogue(), RULES, facts=facts or BookFacts())
    assert checked.data_rows == len(checked.keys) + checked.doubles + checked.refused
    assert len(checked.positions) == len(checked.rows) == len(checked.extra) == len(checked.keys)
    assert all(len(column) == len(checked.keys) for column in checked.columns.values())
    return Looked(sheet, plan, checked)
