"""Collects the faults of one sheet: each with its sentence and level, long repetitions cut short for the screen."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from workbench.base.errors import RowProblem
from workbench.base.i18n import _, commas
from workbench.base.sensitivity import sensitivity_of
from workbench.intake.cells.shown import shown
from workbench.intake.checking.sentences import level_of, words
from workbench.intake.reading.frames import Cell
from workbench.people.privacy import holds_words

_FEW = 3
#: masks of fields that hold figures, not words
_FIGURES = frozenset({"none", "phone", "id", "tail"})


def field_of_cell(field: str | None, text: str | None) -> str | None:
    """The field that decides how a cell is masked; None (closed) for words among figures: they may be a name."""
    if field is None or text is None or not holds_words(text):
        return field
    return None if sensitivity_of(field).json in _FIGURES else field


class Problems:
    """The faults of one sheet.

    At most `shown_each` faults of a code in a column are listed one by one; values that look like `secret` are left
    out. `fields`: heading -> the field that its column feeds.
    """

    def __init__(
        self,
        sheet: str,
        shown_each: int,
        secret: re.Pattern[str] | None = None,
        fields: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._sheet = sheet
        self._fields = fields
        self._shown_each = shown_each
        self._secret = secret
        self._listed: list[RowProblem] = []
        #: (code, column, level) -> number of faults
        self.counts: Counter[tuple[str, str | None, str]] = Counter()

    def cell(
        self,
        row: int,
        column: str | None,
        code: str,
        value: Cell,
        *,
        level: str | None = None,
        other: str = "",
        fix: str = "",
    ) -> None:
        """Add a fault of one cell or row; `row` as in Excel."""
        level = level or level_of(code)
        self.counts[code, column, level] += 1
        if self.counts[code, column, level] <= self._shown_each:
            self._listed.append(self.made(row, column, code, value, level=level, other=other, fix=fix))

    def add(self, problem: RowProblem) -> None:
        """Add a fault of one row that was made before (and is kept elsewhere too)."""
        key = (problem.code, problem.column, problem.level)
        self.counts[key] += 1
        if self.counts[key] <= self._shown_each:
            self._listed.append(problem)

    def made(
        self,
        row: int | None,
        column: str | None,
        code: str,
        value: Cell,
        *,
        level: str | None = None,
        other: str = "",
        fix: str = "",
    ) -> RowProblem:
        """A fault with its words, not added to the list."""
        message, proposal = words(code)
        if other or "{" in message or "{" in proposal:
            message, proposal = message.format(other=other), proposal.format(other=other)
        cell: str | None = shown(value) or None
        if cell and self._secret is not None and self._secret.search(cell):
            cell = None
        return RowProblem(
            self._sheet, row, column, code, message, cell, level or level_of(code), proposal, fix,
            field_of_cell(self._fields.get(column or ""), cell),
        )  # fmt: skip

    def column(
        self, column: str | None, code: str, rows: Sequence[int] = (), *, count: int | None = None,
        other: str = "", fix: str = "",
    ) -> None:  # fmt: skip
        """Add one fault for a whole column or sheet; `rows` (as in Excel) are the cells it concerns, the first few are
        named."""
        number = len(rows) if count is None else count
        message, proposal = words(code)
        facts = {"other": other, "count": number, "rows": commas(map(str, rows[:_FEW]))}
        self.counts[code, column, level_of(code)] += number or 1
        self._listed.append(
            RowProblem(
                self._sheet, rows[0] if rows else None, column, code, message.format(**facts), None, level_of(code),
                proposal.format(**facts), fix,
            )
        )  # fmt: skip

    def sheet(
        self,
        code: str,
        message: str,
        *,
        column: str | None = None,
        level: str = "warning",
        row: int | None = None,
        proposal: str = "",
    ) -> None:
        """Add a fault of the sheet or of a whole column, with words of its own."""
        self.counts[code, column, level] += 1
        self._listed.append(RowProblem(self._sheet, row, column, code, message, None, level, proposal))

    def levels_count(self) -> dict[str, int]:
        """The number of faults of each level, those not listed included."""
        counts = {"info": 0, "warning": 0, "refuse": 0}
        for (_code, _column, level), count in self.counts.items():
            counts[level] += count
        return counts

    def listed(self) -> tuple[RowProblem, ...]:
        """All faults, those of the sheet first, then by row; a summary where a repetition was cut short."""
        listed = Counter((problem.code, problem.column, problem.level) for problem in self._listed)
        more = [
            RowProblem(
                self._sheet, None, column, code,
                _("此类问题共 {count} 处,这里只列出前 {shown} 处。").format(count=count, shown=self._shown_each),
                None, level,
            )
            for (code, column, level), count in self.counts.items()
            if count > self._shown_each and listed[code, column, level] == self._shown_each
        ]  # fmt: skip
        return tuple(sorted([*self._listed, *more], key=lambda problem: problem.row or 0))
