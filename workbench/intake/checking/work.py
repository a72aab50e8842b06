"""A sheet during the checks: the columns read so far, the rows that may still enter, the faults found."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress

from workbench.base.errors import RowProblem
from workbench.intake.catalogue.fields import FieldCatalogue, heading
from workbench.intake.cells.parsed import Parsed, Read
from workbench.intake.cells.values import CellReader
from workbench.intake.checking.fixes import Offers, as_read
from workbench.intake.checking.known_numbers import LostZeros
from workbench.intake.checking.plan import BookFacts, ReadingPlan
from workbench.intake.checking.problems import Problems
from workbench.intake.form.header import Rows, sort_rows
from workbench.intake.reading.reader import Cell, RawSheet
from workbench.intake.reading.unseen import visible
from workbench.intake.report import ColumnMatch, fed
from workbench.rules.parameters import Rules


@dataclass(slots=True)
class Work:
    """`keep[n]`: whether data row n may enter the book; columns are as long as there are data rows."""

    sheet: RawSheet
    plan: ReadingPlan
    catalogue: FieldCatalogue
    rules: Rules
    facts: BookFacts
    values: CellReader
    problems: Problems
    #: pattern of passwords, CVV and track data
    secret: re.Pattern[str]
    offers: Offers
    rows: Rows
    #: the row number in Excel of each data row
    shown_rows: list[int]
    keep: list[bool]
    #: columns that feed a field, and those kept as found, with the fixes taken
    taken: list[ColumnMatch]
    kept: list[ColumnMatch]
    key_column: int | None
    columns: dict[str, list[Read]] = field(default_factory=dict)
    parsed: dict[str, Parsed] = field(default_factory=dict)
    #: cells that no field could take: data row -> {heading: text}
    leftovers: dict[int, dict[str, str]] = field(default_factory=dict)
    #: cells that must not be kept: column index -> texts
    secrets: dict[int, frozenset[str]] = field(default_factory=dict)
    #: results of `texts` by field
    joined: dict[str, str] = field(default_factory=dict)
    #: index of the sheet row -> every reason
    refusals: dict[int, list[RowProblem]] = field(default_factory=dict)
    #: rows whose number was merged into another
    merged: frozenset[int] = frozenset()
    lost_zeros: LostZeros | None = None
    doubles: int = 0
    conflicts: tuple[str, ...] = ()

    @classmethod
    def begin(
        cls,
        sheet: RawSheet,
        plan: ReadingPlan,
        catalogue: FieldCatalogue,
        rules: Rules,
        facts: BookFacts,
        rows: Rows | None = None,
    ) -> "Work":
        """Apply the edits to the cells and separate data rows from the rest; `rows` are those without edits, if known."""
        key = plan.key_column()
        edited = _edited(sheet, plan, key)
        if rows is None or edited is not sheet:
            rows = sort_rows(edited, plan.layout, key, rules)
        sheet = edited
        offers = Offers(plan.fixes)
        secret = any_of(rules.words("intake.secret_patterns"))
        taken, kept = _chosen(plan, offers)
        return cls(
            sheet, plan, catalogue, rules, facts, CellReader(rules, epoch_1904=sheet.epoch_1904),
            Problems(sheet.name, rules.whole("intake.problems_shown"), secret, fed(plan.matches)), secret, offers, rows,
            [row + sheet.first_row for row in rows.data], [True] * len(rows.data), taken, kept, key,
        )  # fmt: skip

    def cells(self, index: int) -> Sequence[Cell]:
        """The cells of a column in the data rows, as found."""
        column, data = self.sheet.columns[index], self.rows.data
        if data and data[-1] - data[0] + 1 == len(data):
            return column[data[0] : data[-1] + 1]
        return [column[row] for row in data]

    def match(self, key: str) -> ColumnMatch | None:
        """The column that feeds a field; None when no column does."""
        return next((match for match in self.taken if match.field == key), None)

    def header(self, key: str) -> str | None:
        """The heading of the column that feeds a field; None when no column does."""
        match = self.match(key)
        return match.header if match else None

    def headed(self, words: str) -> list[ColumnMatch]:
        """Kept columns whose heading is among the words of a rule."""
        facts = {heading(word).plain for word in self.rules.words(words)}
        return [match for match in self.kept if heading(match.header).plain in facts]

    def refuse(
        self, row: int, column: str | None, code: str, value: Cell, other: str = "", fix: str = ""
    ) -> None:
        """Keep data row `row` out of the book; all reasons are recorded."""
        self.keep[row] = False
        problem = self.problems.made(
            self.shown_rows[row], column, code, value, level="refuse", other=other, fix=fix
        )
        self.refusals.setdefault(self.rows.data[row], []).append(problem)
        self.problems.add(problem)

    def warn(
        self, row: int, column: str | None, code: str, value: Cell, other: str = "", fix: str = ""
    ) -> None:
        """Report a cell of a row that stays."""
        self.problems.cell(self.shown_rows[row], column, code, value, other=other, fix=fix)

    def left_aside(self, row: int, header: str, text: str) -> None:
        """Keep a cell that no field can take with its row; a secret is dropped and only reported."""
        if not text:
            return
        if self.secret.search(text):
            index = next((match.index for match in (*self.taken, *self.kept) if match.header == header), -1)
            self.secrets[index] = self.secrets.get(index, frozenset()) | {text}
            self.warn(row, header, "secret_cell", None)
            return
        self.leftovers.setdefault(row, {})[header] = text

    def texts(self, key: str) -> str:
        """All distinct texts of the cells of a field, one per line."""
        if key not in self.joined:
            self.joined[key] = "\n".join(self.parsed[key].texts)
        return self.joined[key]

    def rows_of(self, key: str, pattern: re.Pattern[str]) -> list[int]:
        """Data rows in which a text field contains the pattern."""
        if not pattern.search(self.texts(key)):
            return []
        return rows_of(self.columns[key], pattern)

    def shown(self, rows: Sequence[int]) -> list[int]:
        """The row numbers in Excel of data rows."""
        return [self.shown_rows[row] for row in rows]


def rows_of(column: Sequence[Read] | Sequence[Cell], pattern: re.Pattern[str]) -> list[int]:
    """Rows whose text contains the pattern; cells are visited only if some distinct text does."""
    texts = {value for value in set(column) if isinstance(value, str)}
    if not pattern.search("\n".join(texts)):
        return []
    hits = {text for text in texts if pattern.search(text)}
    return [row for row, value in enumerate(column) if value in hits] if hits else []


def any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern of several, ignoring case; '^' and '$' match the ends of a cell."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE | re.MULTILINE)


def _edited(sheet: RawSheet, plan: ReadingPlan, key: int | None) -> RawSheet:
    edits: Mapping[tuple[int, int], str] = plan.edits
    if key is not None and plan.numbers:
        edits = {**edits, **{(row, key): number for row, number in plan.numbers.items()}}
    if not edits:
        return sheet
    columns = list(sheet.columns)
    by_column: dict[int, dict[int, str]] = {}
    for (row, column), text in edits.items():
        if 0 <= column < len(columns) and 0 <= row < sheet.height:
            by_column.setdefault(column, {})[row] = text
    for column, texts in by_column.items():
        cells = list(columns[column])
        for row, text in texts.items():
            cells[row] = visible(text)
        columns[column] = tuple(cells)
    return replace(sheet, columns=tuple(columns))


def _chosen(plan: ReadingPlan, offers: Offers) -> tuple[list[ColumnMatch], list[ColumnMatch]]:
    """The columns that feed a field, with units and fields changed by the fixes taken, and the kept ones."""
    return as_read(plan.taken(), offers), plan.kept()


def compressed(work: Work) -> tuple[dict[str, list[Read]], list[int], list[int]]:
    """The columns, Excel row numbers and sheet row indices of the rows that stay."""
    if all(work.keep):
        return work.columns, work.shown_rows, work.rows.data
    return (
        {name: list(compress(column, work.keep)) for name, column in work.columns.items()},
        list(compress(work.shown_rows, work.keep)),
        list(compress(work.rows.data, work.keep)),
    )
