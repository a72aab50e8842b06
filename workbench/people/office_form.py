"""`OfficeForm`: a worksheet of head office's as intake recognised it: where its headings stand, and which row is whose."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfficeColumn:
    """A column under its heading. `key`: the heading in the form in which it is remembered, '' for one that is not; `plain`:
    that of its last line; `worth`: yuan of a 1 in it, if it holds money; `field`: of the lists, None for none."""

    letter: str
    heading: str
    key: str
    plain: str
    worth: int = 1
    field: str | None = None


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A row about a customer: its number in the worksheet, the customer number written in it, and that of the customer in the
    book, None where he is not in it; `merged`: the number written was merged into that one."""

    row: int
    written: str
    customer_no: str | None
    merged: bool = False


@dataclass(frozen=True, slots=True)
class OfficeForm:
    """A worksheet with headings; `head` is the row of the last of them. `layout`: whether the file keeps a layout that can be
    filled in (xlsx); `others`: names of the file's other worksheets with headings; `elsewhere`: rows about customers in other
    tables of the file."""

    sheet: str
    head: int
    columns: tuple[OfficeColumn, ...]
    rows: tuple[OfficeRow, ...]
    layout: bool
    others: tuple[str, ...] = ()
    elsewhere: int = 0
