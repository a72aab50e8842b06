"""Input and output of the checks of a sheet."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from db.tombstones import Tombstones
from workbench.base.errors import RowProblem
from workbench.intake.catalogue.fields import UNITS
from workbench.intake.catalogue.sheet_kinds import kinds
from workbench.intake.cells.parsed import Read
from workbench.intake.checking.known_numbers import KnownNumbers, LostZeros
from workbench.intake.checking.problems import Problems
from workbench.intake.columns.custom import CustomField
from workbench.intake.columns.looks import Form
from workbench.intake.form.header import Layout
from workbench.intake.report import ColumnMatch, ControlTotal, Fix, Kind


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """The decisions on a sheet, by headings and by a person, before its cells are read."""

    kind: Kind
    layout: Layout
    matches: Sequence[ColumnMatch]
    #: ISO date of the sheet; may be None for kinds whose lines carry their own dates
    as_of: str | None
    unit: str
    #: keys of the one-click fixes that a person took
    fixes: frozenset[str] = frozenset()
    #: cells typed over in the grid: (row index, column index) -> text
    edits: Mapping[tuple[int, int], str] = field(default_factory=dict)
    #: customer numbers that a person confirmed for rows that have none: row index -> number
    numbers: Mapping[int, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The field that identifies a row: customer_no or product_code."""
        return kinds()[self.kind].key

    def key_column(self) -> int | None:
        """The index of the column that feeds it; None when no column does."""
        return next((match.index for match in self.taken() if match.field == self.key), None)

    def taken(self) -> list[ColumnMatch]:
        """Columns that feed a field; similar ones only once a person confirmed them."""
        return [match for match in self.matches if match.feeds is not None]

    def kept(self) -> list[ColumnMatch]:
        """Columns kept with the row as found."""
        return [
            match for match in self.matches
            if match.how not in ("refused", "ignored") and match.feeds is None
        ]  # fmt: skip

    def unit_of(self, match: ColumnMatch) -> str:
        """The unit of a money column: its own, else that of the sheet."""
        return match.unit if match.unit in UNITS else self.unit


@dataclass(frozen=True, slots=True)
class BookFacts:
    """Facts of the book that the checks need."""

    #: the length of most customer numbers in the book
    usual_length: int | None = None
    #: numbers of merged identities: other number -> the number kept
    aliases: Mapping[str, str] = field(default_factory=dict)
    #: the numbers of the book, and of sheets that are written before this one
    known: KnownNumbers = field(default_factory=KnownNumbers)
    #: custom fields by key
    custom: Mapping[str, CustomField] = field(default_factory=dict)
    #: the day of the import; dates after it are marked. None: the data date of the sheet
    today: dt.date | None = None
    #: persons who had their data deleted
    tombstones: Tombstones = field(default_factory=Tombstones)
    #: the key of the hashes, in a book that keeps no identity numbers
    id_key: bytes | None = None


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """One column over the data rows.

    `unread` cells hold something that could not be read into the field, `errors` (word -> number) and formulas without
    a stored value among them. `given` of the `rows` that may enter the book have a value, `held` data rows have
    something in the cell. `form` is what the cells of a column without a field look like.
    """

    index: int
    field: str | None
    figure: bool = False
    rows: int = 0
    given: int = 0
    held: int = 0
    unread: int = 0
    errors: tuple[tuple[str, int], ...] = ()
    form: Form = ""


@dataclass(slots=True)
class AcceptedRows:
    """The rows of a sheet that may enter the book, column-wise and all of one length.

    `keys` are customer numbers (product codes for kind 'products', titles for 'events'); `extra` is JSON text of
    cells without a field;
    `rows` are row numbers in Excel. `data_rows` = len(keys) + `doubles` + `refused`.
    """

    kind: Kind
    as_of: str
    keys: list[str]
    columns: dict[str, list[Read]]
    extra: list[str | None]
    rows: list[int]
    data_rows: int
    #: rows equal to another one, or merged into another one by a choice
    doubles: int
    #: for each customer (product) with different rows: their row numbers as text
    conflicts: tuple[str, ...]
    refused: int
    not_data: dict[str, int]
    problems: Problems
    totals: tuple[ControlTotal, ...]
    #: sheet row index of each refused row -> every reason
    refusals: dict[int, list[RowProblem]] = field(default_factory=dict)
    #: sheet row index of each row that may enter the book
    positions: list[int] = field(default_factory=list)
    fixes: tuple[Fix, ...] = ()
    #: sheet row indices without a usable customer number that carry a name, a phone or an identity number
    nameless: tuple[int, ...] = ()
    #: how many faults of each level: info, warning, refuse
    levels_count: dict[str, int] = field(default_factory=dict)
    #: cells that must not be kept or shown anywhere: column index -> texts
    secrets: dict[int, frozenset[str]] = field(default_factory=dict)
    #: what became of the cells of each column
    looks: tuple[ColumnLook, ...] = ()
    #: new numbers that are shorter than usual; None without any
    lost_zeros: LostZeros | None = None
