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
#: masks of fields that hold figures; of the others any text may be masked
_FIGURES = frozenset({"none", "phone", "id", "tail"})


def field_of_cell(field: str | None, text: str | None) -> str | None:
    """The field that says how a cell is masked; None (closed) for words among figures: they may be anybody's name."""
    if field is None or text is None or not holds_words(text):
        return field
    return None if sensitivity_of(field).json in _FIGURES else field


class Problems:
    """The faults of one sheet; at most `shown_each` of a code in a column are listed one by one, and no
    value that looks like `secret` is told. `fields`: heading -> the field that its column feeds."""

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
        #: how many of each code, column and level
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
        """A fault of one cell or row; `row` as Excel shows it."""
        level = level or level_of(code)
        self.counts[code, column, level] += 1
        if self.counts[code, column, level] <= self._shown_each:
            self._listed.append(self.made(row, column, code, value, level=level, other=other, fix=fix))

    def add(self, problem: RowProblem) -> None:
        """A fault of one row that is kept elsewhere too."""
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
        """The fault with its words, not yet listed."""
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
        """One fault for a whole column or sheet; `rows` (as Excel shows them) are the cells it is about, the first
        few are named."""
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
        """A fault of the sheet or of a whole column, in its own words."""
        self.counts[code, column, level] += 1
        self._listed.append(RowProblem(self._sheet, row, column, code, message, None, level, proposal))

    def levels_count(self) -> dict[str, int]:
        """How many faults of each level there are, those not listed too."""
        counts = {"info": 0, "warning": 0, "refuse": 0}
        for (_code, _column, level), count in self.counts.items():
            counts[level] += count
        return counts

    def listed(self) -> tuple[RowProblem, ...]:
        """All faults: of the sheet first, then by row, with a summary where a repetition was cut short."""
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
