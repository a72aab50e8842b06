"""The values of an entering: a row that would be entered, a conflict with the book, and their JSON."""

from dataclasses import dataclass
from typing import TypedDict

from workbench.base.errors import ProblemJson
from workbench.outreach.contacts import NewContact
from workbench.outreach.results.marks import Mark


class ResultRowJson(TypedDict):
    """A row that is or would be entered; `name` is masked as on paper."""

    sheet: str
    row: int
    customer_no: str
    name: str
    result: str
    word: str
    date: str
    next_date: str
    note: str


class ConflictJson(ResultRowJson):
    """A row of which the book got something since the sheet was made: what it has, and whether the sheet's was taken."""

    book: str
    taken: bool


class ResultsJson(TypedDict):
    """What became of a sheet that came back."""

    sheets: list[str]
    entered: int
    rows: list[ResultRowJson]
    conflicts: list[ConflictJson]
    problems: list[ProblemJson]
    unchanged: int
    empty: int
    change: int | None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A row that would be entered. `label`: its number on paper; `who`: the customer as on paper, or the method of the row of
    the plan; `contact`: what would be logged, None where the row of the plan is ticked; `there`: what the book has got
    meanwhile, '' for nothing; `referral`: (field, text) of what is set on the task sheet of the referral `item_id`."""

    sheet: str
    row: int
    label: str
    who: str
    customer_no: str
    item_id: int | None
    customer_id: int | None
    mark: Mark
    contact: NewContact | None = None
    there: str = ""
    referral: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> tuple[str, int]:
        """The sheet and the row, by which it is chosen."""
        return self.sheet, self.row

    def as_json(self) -> ResultRowJson:
        """The row for the command line."""
        contact = self.contact
        return {
            "sheet": self.sheet, "row": self.row, "customer_no": self.customer_no, "name": self.who,
            "result": self.mark.code, "word": self.mark.word,
            "date": (contact.date if contact else "") or "",
            "next_date": (contact.next_date if contact else "") or "",
            "note": (contact.note if contact else "") or "",
        }  # fmt: skip


def conflict_json(row: ResultRow, *, taken: bool) -> ConflictJson:
    """A conflict for the command line."""
    return {**row.as_json(), "book": row.there, "taken": taken}
