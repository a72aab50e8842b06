"""Which columns of a worksheet hold what: by their headings, in any language and in any order."""

from dataclasses import dataclass, fields

from workbench.sheets.coming_back.grid import ReturnedSheet
from workbench.sheets.headings import what_heads


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """The columns (from 0) of what was filled in and of what names the row; None: the column is not there. `heads`: rows that
    are headings; `own`: (key, column) of columns that sheets of one kind have."""

    heads: frozenset[int]
    result: int | None = None
    reason: int | None = None
    on: int | None = None
    next: int | None = None
    note: int | None = None
    row: int | None = None
    customer: int | None = None
    tail: int | None = None
    method: int | None = None
    own: tuple[tuple[str, int], ...] = ()

    @property
    def first(self) -> int:
        """The first row of headings."""
        return min(self.heads)

    def deciding(self) -> frozenset[int]:
        """Columns in which merged cells make it unclear whose a result is."""
        named = (self.result, self.reason, self.on, self.next, self.note, self.row, self.customer, self.tail)
        return frozenset([*(one for one in named if one is not None), *(column for _key, column in self.own)])


#: columns that sheets of every kind may have
_SHARED = frozenset(one.name for one in fields(SheetLayout)) - {"heads", "own"}


def layout_of(grid: ReturnedSheet) -> SheetLayout | None:
    """The layout of a worksheet; None where no row of it heads a column of results."""
    heads: set[int] = set()
    places: dict[str, int] = {}
    for number, row in enumerate(grid.rows):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            what = what_heads(cell) if isinstance(cell, str) else None
            if what is not None:
                columns.setdefault(what, column)
        # below the head a single word may as well be a note that somebody wrote
        if "result" not in columns or (heads and len(columns) < 2):
            continue
        heads.add(number)
        for what, column in columns.items():
            places.setdefault(what, column)
    if not heads:
        return None
    shared = {what: places.pop(what) for what in [*places] if what in _SHARED}
    return SheetLayout(frozenset(heads), **shared, own=tuple(places.items()))
