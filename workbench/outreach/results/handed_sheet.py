"""A numbered sheet that left the book, as the record of it is kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A numbered row: of which customer, and of which row of the plan (None: of none).

    `customer_no` is '' where the row is a row of the plan itself."""

    row: int
    customer_no: str
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class HandedSheet:
    """A sheet with a `number` that is unique in its book. `kind`: code of its `SheetKind`; `date`: ISO, of a daily list;
    `destroy_by`: ISO; `change`: id of the last change of the book when it was made; `replaced`: number of the sheet that took
    its place; `entered`: local time at which its results were taken in."""

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
