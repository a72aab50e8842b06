"""One sheet under review: what was recognised, the decisions of a person, the results of checks and comparison."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench.base.errors import RowProblem
from workbench.intake.book.diff import Diff
from workbench.intake.book.reissue import Issue
from workbench.intake.catalogue.fields import AS_OF, CUSTOMER_NO
from workbench.intake.catalogue.sheet_kinds import kinds
from workbench.intake.checking.plan import AcceptedRows, ReadingPlan
from workbench.intake.columns.dialects import Dialect
from workbench.intake.columns.heading_keys import keys
from workbench.intake.columns.learning import SheetFacts, name_for, noted
from workbench.intake.documents import HandChange
from workbench.intake.form.layout import Layout
from workbench.intake.form.rows import Rows, sort_rows
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import Candidate, ColumnMatch, CustomerMovement, Kind, Quality
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Lost:
    """Fields that the previous list reported and nothing of this file does: field -> that list's heading."""

    batch: int
    month: str
    columns: Mapping[str, str]
    #: all fields of the previous list
    reported: frozenset[str]


@dataclass(slots=True)
class SheetState:
    """`checked`, `diff` and what is computed from them are kept until a decision changes."""

    sheet: RawSheet
    kind: Kind
    layout: Layout | None
    matches: list[ColumnMatch]
    as_of: str | None
    #: where the date was found: title, column, sheet, file, months (parted by month), asked; '' when it was not
    date_from: str
    unit: str
    #: whether the sheet itself (or a person) names the unit
    unit_named: bool = False
    #: blank rows above the first cell, which Excel numbers too
    leading: int = 0
    #: the dialect it was recognised by
    before: Dialect | None = None
    #: whether a person pointed at the header, or chose the kind
    pointed: bool = False
    kind_chosen: bool = False
    skipped: bool = False
    fixes: set[str] = field(default_factory=set)
    edits: dict[tuple[int, int], str] = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)
    #: code of a question -> the reason given; customer number -> the cause chosen
    reasons: dict[str, str] = field(default_factory=dict)
    causes: dict[str, str] = field(default_factory=dict)
    #: the earlier issue of the month, and whether this sheet replaces it
    issue: Issue | None = None
    replaces: bool = True
    checked: AcceptedRows | None = None
    diff: Diff | None = None
    movements: tuple[CustomerMovement, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    quality: Quality | None = None
    #: the month before is in the same file, so that nobody has confirmed it yet
    before_in_file: bool = False
    #: a month before the newest of a list that holds several: it teaches no dialect
    earlier_part: bool = False
    #: the month that the sheet's name or title words without its year, as (wording, 'YYYY-MM')
    worded: tuple[str, str] | None = None
    #: the sheet of the file that tells other figures of the same customers and month
    retold_by: str = ""
    #: fields of the previous list that nothing in the file reports
    lost: Lost | None = None
    #: field -> how many times last month's amounts its amounts are, where that cannot be
    sizes: Mapping[str, float] = field(default_factory=dict)
    batch: int | None = None
    committed: bool = False
    #: sheets of the file that name the same customers (products), and how many
    shared: dict[str, int] = field(default_factory=dict)
    #: what is wrong with who introduced whom, of the file and the book together
    referring: tuple[RowProblem, ...] = ()
    _rows: Rows | None = None
    _rows_key: int | None = None

    @property
    def dialect(self) -> str:
        """The name of the dialect it was recognised by; '' for none."""
        return self.before.name if self.before is not None else ""

    @property
    def key(self) -> str:
        """The field that identifies a row: customer_no or product_code."""
        kind = kinds().get(self.kind)
        return kind.key if kind is not None else CUSTOMER_NO

    @property
    def undated(self) -> bool:
        """Whether the kind needs a date for the whole sheet and none is known."""
        kind = kinds().get(self.kind)
        return self.as_of is None and kind is not None and kind.dated

    def column_of(self, field: str) -> int | None:
        """The index of the column that feeds a field; None when no column does."""
        return next((m.index for m in self.matches if m.feeds == field), None)

    def key_column(self) -> int | None:
        """The index of the column with customer numbers (product codes); None when there is none."""
        return self.column_of(self.key)

    def plan(self) -> ReadingPlan | None:
        """The input of the checks; None while a decision is missing."""
        if self.layout is None or self.kind == "none" or self.skipped:
            return None
        if self.key_column() is None and not self.numbers and not self.names_people():
            return None
        if self.undated:
            return None
        return ReadingPlan(
            self.kind, self.layout, self.matches, self.as_of, self.unit, frozenset(self.fixes), self.edits,
            self.numbers,
        )  # fmt: skip

    def names_people(self) -> bool:
        """Whether rows identify persons without a column of customer numbers."""
        kind = kinds().get(self.kind)
        named = self.column_of("name") is not None and self.column_of("phone") is not None
        return kind is not None and kind.people and (self.column_of("id_no") is not None or named)

    def rows(self, rules: Rules) -> Rows | None:
        """The roles of all rows; None without a header."""
        if self.layout is not None and (self._rows is None or self._rows_key != self.key_column()):
            self.know_rows(sort_rows(self.sheet, self.layout, self.key_column(), rules))
        return self._rows

    def know_rows(self, rows: Rows) -> None:
        """Take over the roles of all rows, found by the same key column."""
        self._rows, self._rows_key = rows, self.key_column()

    def forget(self) -> None:
        """Drop what was computed: a decision changed."""
        self.checked = self.diff = self.issue = self.quality = self.lost = self._rows = None
        self.movements, self.candidates, self.referring = (), (), ()

    def drop_cells(self) -> None:
        """Free the cells after the commit: a window may hold the session for long."""
        self.forget()
        self.sheet = replace(self.sheet, columns=())

    def own_date(self) -> bool:
        """Whether a column of the sheet dates it."""
        return any(match.feeds == AS_OF for match in self.matches)

    def chosen_against_values(self) -> list[str]:
        """Keys of the headings whose field a person confirmed although the cells do not fit it."""
        names = keys(self.layout.names) if self.layout is not None else []
        return [
            names[match.index]
            for match in self.matches
            if match.why == "misfit" and match.how == "chosen" and match.field
        ]

    def typed(self) -> list[HandChange]:
        """Cells edited, customers confirmed and fixes taken, for the history; rows as in Excel."""
        names = {match.index: match.header for match in self.matches}
        cells: list[HandChange] = [
            {"row": self.sheet.shown_row(row), "column": names.get(column, ""), "text": text}
            for (row, column), text in sorted(self.edits.items())
        ]
        identified: list[HandChange] = [
            {"row": self.sheet.shown_row(row), "customer_no": number}
            for row, number in sorted(self.numbers.items())
        ]
        letters = {str(match.index): match.letter for match in self.matches}
        fixed: list[HandChange] = [
            {"fix": fix, "letters": [letters[part] for part in fix.split(":")[1:] if part in letters]}
            for fix in sorted(self.fixes)
        ]
        return cells + identified + fixed

    def learnt(
        self,
        path: Path,
        taken: Collection[str],
        rules: Rules,
        answered: Mapping[str, Collection[str]] | None = None,
    ) -> Dialect:
        """The dialect by which this sheet was read, for the next month; `answered` are the questions settled on it (code
        -> subjects). Raises ValueError without a header."""
        if self.layout is None:
            raise ValueError("a sheet without a header teaches nothing")
        name = name_for(self.layout.above, self.sheet.name, path.stem, taken, rules)
        rows = self.rows(rules)
        facts = SheetFacts(
            name, self.unit if self.unit_named else "", self.date_from, bool(rows and rows.totals), self.pointed,
            self.kind_chosen, self.before,
            answered or {},
        )  # fmt: skip
        return noted(self.sheet, self.layout, self.kind, self.matches, facts)
