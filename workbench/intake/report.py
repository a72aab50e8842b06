"""What an import says of one sheet: plain frozen values that both faces show and `--json` prints."""

from dataclasses import dataclass, field
from typing import Any, Literal

from workbench.errors import RowProblem

#: how a column was matched to the catalogue
How = Literal["exact", "normalised", "similar", "remembered", "chosen", "unknown", "refused"]
#: what a sheet holds
Kind = Literal["customers", "holdings", "maturities", "products", "none"]


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """One column of a sheet and the field it feeds. `field` None: kept as an unknown column with the row.

    `how='similar'` feeds nothing until a person confirms it (score 0..100); `samples` are three cells as found.
    """

    index: int
    header: str
    field: str | None
    how: How
    score: float = 100.0
    unit: str = "元"
    samples: tuple[str, ...] = ()


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
class SheetReport:
    """All that is known of one sheet after reading, and after committing."""

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
    #: rows named as title, header, total, note or blank, by that word
    not_data: dict[str, int] = field(default_factory=dict)
    problems: tuple[RowProblem, ...] = ()
    totals: tuple[ControlTotal, ...] = ()
    mapping: tuple[ColumnMatch, ...] = ()
    #: at most 2,000 for the screen; counts above are complete
    changes: tuple[FieldChange, ...] = ()
    new_customers: tuple[tuple[str, str], ...] = ()
    vanished_customers: tuple[tuple[str, str], ...] = ()
    batch: int | None = None
    committed: bool = False

    def as_json(self) -> dict[str, Any]:
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
                }
                for match in self.mapping
            ],
            "batch": self.batch,
            "committed": self.committed,
        }


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: its sheets, or the one sentence why it was refused."""

    file: str
    sheets: tuple[SheetReport, ...] = ()
    error: str | None = None
    code: str | None = None

    @property
    def committed(self) -> bool:
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
