"""Which columns of a worksheet hold what: by their headings, in any language and in any order."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.base.i18n import in_every_language
from workbench.outreach.results.marks import plain
from workbench.sheets import fillable
from workbench.sheets.coming_back.grid import ReturnedSheet

#: what a column holds -> its headings, the first as it is printed
HEADINGS = {
    "result": (fillable.RESULT, "完成情况"),
    "reason": (fillable.REASON,),
    "on": (fillable.ON,),
    "next": (fillable.NEXT, "下次联系", "下次"),
    "note": (fillable.NOTE, "手记"),
    "row": (fillable.ROW, "行号", "号"),
    "customer": (fillable.CUSTOMER, "姓名"),
    "tail": (fillable.TAIL,),
    "method": (fillable.METHOD, "动作", "事项"),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns (from 0) of what was filled in and of what names the row; None: the column is not there. `heads`: rows that
    are headings."""

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

    @property
    def first(self) -> int:
        """The first row of headings."""
        return min(self.heads)

    def deciding(self) -> frozenset[int]:
        """Columns in which merged cells make it unclear whose a result is."""
        named = (self.result, self.reason, self.on, self.next, self.note, self.row, self.customer, self.tail)
        return frozenset(one for one in named if one is not None)


def layout_of(grid: ReturnedSheet) -> Layout | None:
    """The layout of a worksheet; None where no row of it heads a column of results."""
    heads: set[int] = set()
    places: dict[str, int] = {}
    for number, row in enumerate(grid.rows):
        named = _named(plain(cell) for cell in row if isinstance(cell, str)) if row else {}
        if "result" not in named:
            continue
        columns: dict[str, int] = {}
        for column in range(len(row)):
            what = _WORDS.get(plain(grid.text(number, column)))
            if what is not None:
                columns.setdefault(what, column)
        if len(columns) < 2 and heads:
            continue
        heads.add(number)
        for what, column in columns.items():
            places.setdefault(what, column)
    return Layout(frozenset(heads), **places) if heads else None


def _named(words: Iterable[str]) -> set[str]:
    return {_WORDS[word] for word in words if word in _WORDS}


_WORDS = {
    plain(word): what
    for what, headings in HEADINGS.items()
    for heading in headings
    for word in in_every_language(heading)
}
