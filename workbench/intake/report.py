"""The report on an import, sheet by sheet: frozen values that the window shows and `--json` prints."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Literal

from db.values import Json
from workbench.base.errors import RowProblem
from workbench.intake.documents import QualityJson, SheetJson

#: how a column was matched to the catalogue
How = Literal[
    "exact", "normalised", "similar", "asked", "remembered", "chosen", "unknown", "refused", "ignored"
]  # fmt: skip
#: why a field is only proposed: the heading is like one of its, the cells look like it, the cells do not fit it
Why = Literal["", "likeness", "values", "misfit", "reason"]
#: what a sheet holds
Kind = Literal[
    "customers", "holdings", "maturities", "products",
    "transactions", "payroll", "touches", "complaints", "referrals", "events", "none",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """One column of a sheet and the field it feeds. `field` None: an unknown column, kept with the row.

    `how='similar'` (by the likeness of its heading) and 'asked' (by its values, or for a reason) propose a field and
    feed nothing until a person confirms it; score 0..100. `samples` are up to three cells as shown.
    """

    index: int
    header: str
    field: str | None
    how: How
    score: float = 100.0
    unit: str = "元"
    samples: tuple[str, ...] = ()
    #: the column as Excel shows it: 'C'
    letter: str = ""
    #: the key of the custom field it feeds; its values stand in the row's `extra`
    custom: str | None = None
    #: why the field of an 'asked' column is only proposed, and the words for why='reason'
    why: Why = ""
    reason: str = ""

    @property
    def open(self) -> bool:
        """Whether its field is a proposal that waits for a person."""
        return self.how in ("similar", "asked")

    @property
    def feeds(self) -> str | None:
        """The field of the catalogue that its cells are read into; None for none, and while it is open."""
        return None if self.open else self.field

    @property
    def fed(self) -> str | None:
        """The field of the catalogue or of the book that the column feeds; it decides how the cells are masked."""
        return self.field or self.custom


def fed(matches: Iterable[ColumnMatch]) -> dict[str, str]:
    """Heading -> the field that its column feeds; unknown columns are left out."""
    return {match.header: match.fed for match in matches if match.fed is not None}


@dataclass(frozen=True, slots=True)
class Fix:
    """A one-click fix that the checks offer for a sheet: `session.apply(sheet, key)` takes it, `drop` leaves it.

    `key` is 'code' or 'code:argument', `count` the rows or cells it would touch.
    """

    key: str
    words: str
    count: int
    applied: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """One line of the unlock table: a field that the sheet lacks, and the features it would unlock."""

    field: str
    label: str
    unlocks: str
    star: bool


@dataclass(frozen=True, slots=True)
class CustomerMovement:
    """A customer who is new on a list or no longer on it, with the probable or the chosen cause.

    `direction` is 'new' or 'vanished'; `cause` a code of rules `intake.causes_new` and `intake.causes_vanished`;
    `evidence` one sentence with its numbers.
    """

    customer_no: str
    name: str
    direction: str
    cause: str
    evidence: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row without a customer number (or with a masked one) and a customer whom it may be; a person confirms.

    `wording` is what the row tells of the person, masked.
    """

    row: int
    wording: str
    customer_no: str
    name: str
    evidence: tuple[str, ...]
    score: float
    confirmed: bool = False

    def as_json(self) -> dict[str, Json]:
        """The document of `--json`, in which `wording` is called `said`."""
        return {
            "row": self.row,
            "said": self.wording,
            "customer_no": self.customer_no,
            "name": self.name,
            "evidence": self.evidence,
            "score": self.score,
            "confirmed": self.confirmed,
        }


@dataclass(frozen=True, slots=True)
class CommitQuestion:
    """A question that stops the commit until a person answers with a reason: `session.confirm(sheet, code, reason)`.

    The codes are those of `review/doubts`. `subjects` (headings or fields) are what the dialect remembers as settled
    once it was answered, so that the next sheet does not ask again.
    """

    sheet: str
    code: str
    words: str
    reason: str = ""
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quality:
    """The data-quality score of one import, 0..100, and its parts 0..1 (domain 16.5).

    A part that cannot be told is None and its weight is shared out.
    """

    score: float
    completeness: float | None
    validity: float | None
    uniqueness: float | None
    continuity: float | None
    timeliness: float | None

    def as_json(self) -> QualityJson:
        """The part `quality` of the document."""
        return {
            "score": self.score,
            "completeness": self.completeness,
            "validity": self.validity,
            "uniqueness": self.uniqueness,
            "continuity": self.continuity,
            "timeliness": self.timeliness,
        }


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """A 合计 row's figure against the sum of the rows taken, both in yuan (or a count of customers)."""

    column: str
    sheet_total: float
    computed: float
    matches: bool


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One cell that differs from the book: values as shown to a person ('' when the book had nothing)."""

    customer_no: str
    name: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """A window of a sheet as a person sees it in Excel: texts by row, the letters of its columns, what each row is
    (title, header, data, total, subtotal, note, blank), which are hidden, and the faults by (row shown, column index)."""

    rows: tuple[tuple[str, ...], ...]
    #: the number Excel shows for the first of `rows`
    first_row: int
    letters: tuple[str, ...]
    roles: tuple[str, ...]
    hidden: frozenset[int]
    #: rows of the whole sheet
    height: int
    header_row: int | None
    faults: dict[tuple[int, int], RowProblem]
    #: all refused rows of the sheet, as Excel shows them
    refused: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class KeptCell:
    """A cell or row that an undo leaves as it is because a later change stands on it.

    `field` None: the whole row. `value` is the present one; `batch` the later import (None: entered by hand).
    """

    customer_no: str
    name: str
    field: str | None
    value: str
    batch: int | None


@dataclass(frozen=True, slots=True)
class SheetReport:
    """Everything known of one sheet after reading, and after committing."""

    file: str
    sheet: str
    kind: Kind
    header_row: int | None
    as_of: str | None
    unit: str
    rows: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    vanished: int = 0
    refused: int = 0
    #: role -> number of rows that are no data: title, header, total, note, blank
    not_data: dict[str, int] = field(default_factory=dict)
    problems: tuple[RowProblem, ...] = ()
    totals: tuple[ControlTotal, ...] = ()
    mapping: tuple[ColumnMatch, ...] = ()
    #: at most 2,000 for the screen; counts above are complete
    changes: tuple[FieldChange, ...] = ()
    movements: tuple[CustomerMovement, ...] = ()
    fixes: tuple[Fix, ...] = ()
    gaps: tuple[Gap, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    questions: tuple[CommitQuestion, ...] = ()
    quality: Quality | None = None
    #: the dialect it was recognised by, '' when there is none
    dialect: str = ""
    #: the batch that this sheet is a re-issue of
    replaces: int | None = None
    #: how many header rows were joined, and how sure the header is (0..1)
    header_depth: int = 1
    header_sure: float = 1.0
    #: a person left it out of the import
    skipped: bool = False
    batch: int | None = None
    committed: bool = False
    #: custom fields that need no mask (`workbench.people.legible`)
    legible: frozenset[str] = frozenset()

    def as_json(self) -> SheetJson:
        """The document of `--json`, without `changes`, which may be long, and what only the window needs."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "kind": self.kind,
            "header_row": self.header_row,
            "as_of": self.as_of,
            "unit": self.unit,
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "vanished": self.vanished,
            "refused": self.refused,
            "not_data": self.not_data,
            "problems": [problem.as_json() for problem in self.problems],
            "totals": [
                {
                    "column": total.column,
                    "sheet_total": total.sheet_total,
                    "computed": total.computed,
                    "matches": total.matches,
                }
                for total in self.totals
            ],
            "mapping": [
                {
                    "column": match.header,
                    "field": match.field,
                    "how": match.how,
                    "score": round(match.score, 1),
                    "letter": match.letter,
                    "unit": match.unit,
                    "custom": match.custom,
                }
                for match in self.mapping
            ],
            "movements": [asdict(one) for one in self.movements],
            "fixes": [asdict(fix) for fix in self.fixes],
            "questions": [asdict(question) for question in self.questions],
            "candidates": [candidate.as_json() for candidate in self.candidates],
            "unlocks": [asdict(gap) for gap in self.gaps],
            "quality": self.quality.as_json() if self.quality else None,
            "dialect": self.dialect,
            "replaces": self.replaces,
            "skipped": self.skipped,
            "batch": self.batch,
            "committed": self.committed,
        }


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: its sheets, or the sentence why it was refused."""

    file: str
    sheets: tuple[SheetReport, ...] = ()
    error: str | None = None
    code: str | None = None

    @property
    def committed(self) -> bool:
        """Whether any sheet was written."""
        return any(sheet.committed for sheet in self.sheets)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One import of the past as the history shows it. `change` is the unit of undo (a whole file)."""

    batch: int
    change: int
    at: str
    file: str
    sheet: str
    kind: str
    as_of: str | None
    rows: int
    new: int
    changed: int
    unchanged: int
    vanished: int
    refused: int
    state: Literal["done", "undone"]
    guard: str | None = None
    quality: float | None = None
    dialect: str = ""
    replaces: int | None = None
    reasons: dict[str, str] = field(default_factory=dict)
