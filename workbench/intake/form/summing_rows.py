"""Totals without a label: a row that tells nothing of a person and whose figures are the sum of others, or whose number
is a count.

A customer with a name and a usual number stays one, even if his figures happen to be a sum.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

from workbench.intake.catalogue.fields import catalogue
from workbench.intake.cells.parsed import as_wholes
from workbench.intake.cells.values import CellReader, shown
from workbench.intake.form.counted_totals import usual_length
from workbench.intake.reading.frames import Cell, all_texts
from workbench.intake.reading.reader import RawSheet
from workbench.rules.parameters import Rules

#: Kinds of fields that only a person's row fills.
_PERSONAL = frozenset({"name", "phone", "idcard", "gender", "date"})
#: Kinds of fields, and columns without one, in which a total may carry a label.
_WORDED = frozenset({"text", "id"})
_NUMBER = re.compile(r"\d{4}")


def summing_rows(
    sheet: RawSheet, first: int, key: int, names: Sequence[str], named: Collection[int], rules: Rules
) -> list[int]:
    """Such rows from row `first` on; `names` are the headings, `key` is the index of the key column, `named` the rows
    that have a role."""
    kinds = _kinds(names, len(sheet.columns))
    figures = [number for number, kind in kinds.items() if kind == "money" and number != key]
    suspects = _suspects(sheet, first, key, kinds, named, rules) if figures else []
    if not suspects or len(suspects) > rules.whole("intake.sum_candidates"):
        return []
    suspect = frozenset(suspects)
    data = [index not in named and index not in suspect for index in range(first, sheet.height)]
    sums = [_Sums.of(sheet.columns[number][first:], data, rules) for number in figures]
    counts = [0, *accumulate(map(int, data))]
    least = rules.whole("intake.sum_least_rows")
    edges = [first - 1, *sorted({*suspect, *named}), sheet.height]
    giving = [index for index in suspects if any(one.values[index - first] for one in sums)]
    summing = _counting(sheet, first, key, kinds, giving, rules)
    for index in suspects:
        below = min(edge for edge in edges if edge > index)
        starts = {first, max(edge for edge in edges if edge < index) + 1}
        ranges = [(first, sheet.height), *((start, index) for start in starts), (index + 1, below)]
        spans = [(top - first, bottom - first) for top, bottom in ranges]
        if any(
            counts[bottom] - counts[top] >= least and _equal(sums, index - first, top, bottom)
            for top, bottom in spans
        ):
            summing.append(index)
    return sorted(set(summing))


def _counting(
    sheet: RawSheet, first: int, key: int, kinds: dict[int, str], suspects: Sequence[int], rules: Rules
) -> list[int]:
    """Those of the suspects, in a list with names, whose number is too short for any customer's: a count."""
    if "name" not in kinds.values():
        return []
    usual = usual_length([shown(cell).strip() for cell in sheet.columns[key][first:]], rules)
    most = 0 if usual is None else int(usual * rules.number("intake.far_share"))
    texts = {index: shown(sheet.columns[key][index]).strip() for index in suspects}
    return [index for index, text in texts.items() if text.isdecimal() and len(text) <= most]


@dataclass(frozen=True, slots=True)
class _Sums:
    """A column of figures in hundredths: its values, its running sums over the data rows, and what may differ."""

    values: Sequence[int | None]
    running: Sequence[int]
    tolerance: float

    @classmethod
    def of(cls, cells: Sequence[Cell], data: Sequence[bool], rules: Rules) -> "_Sums":
        """The sums of one column; `data` tells which rows are summed."""
        values = as_wholes(CellReader(rules).column(cells, "money").values)
        counted = (value or 0 if counts else 0 for value, counts in zip(values, data, strict=True))
        return cls(values, [0, *accumulate(counted)], rules.number("intake.total_tolerance") * 100)


def _equal(sums: Sequence[_Sums], row: int, top: int, bottom: int) -> bool:
    """Whether every figure that the row gives is the sum of rows top..bottom-1, and one of them is not zero."""
    given = [one for one in sums if one.values[row] is not None]
    return any(one.values[row] for one in given) and all(
        abs((one.values[row] or 0) - (one.running[bottom] - one.running[top])) <= one.tolerance
        for one in given
    )


def _kinds(names: Sequence[str], width: int) -> dict[int, str]:
    """Column -> the kind of the field that its heading names; 'name' for the name of a person."""
    kinds: dict[int, str] = {}
    for number, text in enumerate(names[:width]):
        match = catalogue().find(text) if text else None
        if match is not None:
            kinds[number] = "name" if match[0].key == "name" else match[0].kind
    return kinds


def _suspects(
    sheet: RawSheet, first: int, key: int, kinds: dict[int, str], named: Collection[int], rules: Rules
) -> list[int]:
    """Rows without a fact about a person, and without a name where all have one or without a usual number."""
    column = sheet.columns[key][first:]
    called = next((number for number, kind in kinds.items() if kind == "name"), None)
    if called is not None:
        cells = sheet.columns[called][first:]
        blanks = {cell for cell in set(cells) if _blank(cell)}
        odd = [first + at for at, cell in enumerate(cells) if cell in blanks] if blanks else []
        if len(odd) * 2 > len(cells):
            odd = [index for index in odd if _blank(column[index - first])]
    elif all_texts(column) and len(set(map(len, column))) == 1:
        return []
    else:
        lengths = {cell: len(shown(cell).strip()) for cell in set(column)}
        usual = usual_length([shown(cell).strip() for cell in column], rules)
        odd = [
            first + at for at, cell in enumerate(column)
            if not lengths[cell] or (usual is not None and lengths[cell] != usual)
        ]  # fmt: skip
    personal = [number for number, kind in kinds.items() if kind in _PERSONAL and number != key]
    others = [n for n in range(len(sheet.columns)) if n != key and kinds.get(n, "text") in _WORDED]
    return [
        index for index in odd
        if index not in named and all(_blank(sheet.columns[number][index]) for number in personal)
        and not any(_numbered(sheet.columns[number][index]) for number in others)
    ]  # fmt: skip


def _numbered(cell: Cell) -> bool:
    """Whether a text holds a number of several digits: an account, a contract, a product's code."""
    return isinstance(cell, str) and _NUMBER.search(cell) is not None


def _blank(cell: Cell) -> bool:
    if cell.__class__ is str:
        return not cell.strip().strip("-—/ \u3000")
    return cell is None
