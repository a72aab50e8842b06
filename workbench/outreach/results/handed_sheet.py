"""A numbered sheet that left the book, as the record of it is kept."""

from dataclasses import dataclass

from workbench.outreach.results.marks import plain
from workbench.outreach.results.paper import PaperPage

#: how paper numbers the nine rows of the plan, in their order
_PLAN_ROWS = ("5-1", "5-2", "5-3", "5-4", "5-5", "3-1", "3-2", "3-3", "1-1")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A numbered row: of which customer, and of which row of the plan (None: of none).

    `customer_no` is '' where the row is a row of the plan itself, which paper numbers '5-1' to '1-1'; `day` (ISO) and `channel`:
    when and how he was to be contacted, None where the sheet as a whole says it.
    """

    row: int
    customer_no: str
    item_id: int | None = None
    day: str | None = None
    channel: str | None = None

    @property
    def of_plan(self) -> bool:
        """Whether it is a row of the plan itself."""
        return not self.customer_no

    def as_kept(self) -> list[int | str | None]:
        """The row as the record keeps it."""
        row: list[int | str | None] = [self.row, self.customer_no, self.item_id]
        return [*row, self.day, self.channel] if self.day or self.channel else row

    @property
    def label(self) -> str:
        """Its number as it stands on paper."""
        if self.of_plan and 1 <= self.row <= len(_PLAN_ROWS):
            return _PLAN_ROWS[self.row - 1]
        return str(self.row)


@dataclass(frozen=True, slots=True)
class HandedSheet:
    """A sheet with a `number` that is unique in its book. `kind`: code of its `SheetKind`; `date`: ISO, of a daily list;
    `destroy_by`: ISO; `change`: id of the last change of the book when it was made; `replaced`: number of the sheet that took
    its place; `entered`: local time at which its results were taken in; `pages`: its printed pages, none for a worksheet."""

    number: str
    kind: str
    week: str
    at: str
    destroy_by: str
    rows: tuple[SheetRow, ...]
    change: int
    date: str | None = None
    replaced: str | None = None
    entered: str | None = None
    pages: tuple[PaperPage, ...] = ()

    @property
    def of(self) -> str:
        """The day (ISO), the month 'YYYY-MM' or the week that it is of."""
        if self.date is None:
            return self.week
        return self.date[:7] if self.kind.startswith("month_") else self.date

    def row(self, number: int) -> SheetRow | None:
        """The row of a number; None where it has none."""
        return next((one for one in self.rows if one.row == number), None)

    def row_named(self, text: str) -> SheetRow | None:
        """The row that a text means as paper numbers it: '12', '5-1', or '51' for short; None where there is none."""
        word = plain(text)
        for one in self.rows:
            if word == plain(one.label) or (one.of_plan and word == one.label.replace("-", "")):
                return one
        return self.row(int(word)) if word.isascii() and word.isdigit() and len(word) < 8 else None
