"""Splits a sheet with several tables, below or beside each other, into one sheet per table; no cell is lost."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workbench.base.i18n import _
from workbench.intake.catalogue.fields import FieldCatalogue, heading
from workbench.intake.form import as_of as dates
from workbench.intake.form.header import find_header
from workbench.intake.form.layout import Layout, headings, one_line
from workbench.intake.form.row_roles import RowWords, id_like, plain
from workbench.intake.form.rows import blank_rows, odd_cells
from workbench.intake.reading.reader import Cell, RawSheet
from workbench.rules.parameters import Rules

#: Above this many candidate rows the keys of the list itself are odd (names): only rows near a blank one are candidates.
_ODD_MAX = 2_000
#: How many lines a header may have above its last one.
_HEADER_LINES = 2
_KEYS = frozenset({"customer_no", "product_code", "event_title"})


def blocks(sheet: RawSheet, catalogue: FieldCatalogue, rules: Rules) -> tuple[RawSheet, ...]:
    """The tables of a sheet, each as a sheet of its own: usually the sheet itself alone (domain 16.5-3).

    Tables below each other share out the rows, tables beside each other the columns; `first_row`, `first_column`,
    merged areas and hidden rows are shifted, so that every cell keeps its address in Excel. A header repeated at a page
    break starts no table, unless the lines above it name another date or unit.
    """
    layout = find_header(sheet, catalogue, rules)
    if layout is None or not any(_known(layout.names, catalogue)):
        return (sheet,)
    starts = _starts(sheet, layout, catalogue, rules)
    stacked = [
        _rows_of(sheet, top, bottom)
        for top, bottom in zip([0, *starts], [*starts, sheet.height], strict=True)
    ]
    tables = [
        part
        for one in stacked
        for part in _beside(one, layout if not starts else find_header(one, catalogue, rules), catalogue)
    ]
    if len(tables) == 1:
        return (sheet,)
    return tuple(
        replace(part, name=_("{sheet}(第{number}块)").format(sheet=sheet.name, number=number))
        if number > 1
        else part
        for number, part in enumerate(tables, 1)
    )


# -- below each other --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Head:
    """A row that may be a header: its index, and the lines that repeat it, in plain form by column."""

    row: int
    lines: frozenset[tuple[str, ...]]


def _starts(sheet: RawSheet, layout: Layout, catalogue: FieldCatalogue, rules: Rules) -> list[int]:
    """The first rows of the second and later tables."""
    heads = _heads(sheet, layout, catalogue, rules)
    words = RowWords.of(rules)
    starts: list[int] = []
    current: _Head | None = None
    for head in heads:
        if current is None:
            current = head
            continue
        top = _top_of(sheet, head.row, current.row, words)
        if top is None:
            continue
        if head.lines & (current.lines | heads[0].lines):
            before = [one_line(sheet.row(index)) for index in range(starts[-1] if starts else 0, current.row)]
            between = [one_line(sheet.row(index)) for index in range(top, head.row)]
            if not _speaks_otherwise(between, before, rules):
                continue
        starts.append(top)
        current = head
    return starts


def _heads(sheet: RawSheet, layout: Layout, catalogue: FieldCatalogue, rules: Rules) -> list[_Head]:
    """All rows that look like headers: known headings, no figures; the last line of one that has several."""
    least = rules.whole("intake.block_headings")
    heads: list[_Head] = []
    for index in odd_rows(sheet, layout, catalogue):
        if index == layout.header:
            while heads and heads[-1].row >= layout.top:
                heads.pop()
            lines = frozenset(_plain_line(sheet, row) for row in range(layout.top, layout.header + 1))
            heads.append(_Head(index, lines))
            continue
        cells = [cell for cell in sheet.row(index) if cell not in (None, "")]
        if len(cells) < 2 or not all(isinstance(cell, str) for cell in cells):
            continue
        names = headings(cells)
        fields = _known(names, catalogue)
        if len(fields) < least or len(fields) * 2 < len(names) or any(map(id_like, names)):
            continue
        if heads and heads[-1].row == index - 1 and index - 1 != layout.header:
            heads.pop()
        heads.append(_Head(index, frozenset([_plain_line(sheet, index)])))
    return heads


def _plain_line(sheet: RawSheet, row: int) -> tuple[str, ...]:
    return tuple(heading(text).plain for text in headings(sheet.row(row)))


def odd_rows(sheet: RawSheet, layout: Layout, catalogue: FieldCatalogue) -> list[int]:
    """Rows that may be headers: all down to the first header, and below it those with an odd key cell."""
    columns = {key_column(layout, catalogue), next((n for n, name in enumerate(layout.names) if name), 0)}
    first = layout.header + 1
    odd: set[int] | None = None
    for number in columns:
        cells = sheet.columns[number][first:]
        words = odd_cells(cells)
        if words is None:
            return [*range(layout.header + 1)]
        here = {first + index for index, cell in enumerate(cells) if cell in words}
        odd = here if odd is None else odd & here
    rows = sorted(odd or ())
    if len(rows) > _ODD_MAX:
        near = {after for row in blank_rows(sheet, rows) for after in range(row + 1, row + 6)}
        rows = [row for row in rows if row in near]
    return [*range(layout.header + 1), *rows]


def key_column(layout: Layout, catalogue: FieldCatalogue) -> int:
    """The index of the column whose heading names a key; failing that the first column with a heading."""
    for number, name in enumerate(layout.names):
        match = catalogue.find(name) if name else None
        if match is not None and match[0].key in _KEYS:
            return number
    return next((number for number, name in enumerate(layout.names) if name), 0)


def _top_of(sheet: RawSheet, row: int, after: int, words: RowWords) -> int | None:
    """The first row of the table with its header at `row`, its own title lines included; None when data stands right
    above the header, or none between it and the header at `after`."""
    top = row
    while top - 1 > after and row - top < _HEADER_LINES and _is_wording(sheet, top - 1):
        top -= 1
    while top - 1 > after and _is_title(sheet, top - 1, words):
        top -= 1
    if top - 1 <= after:
        return None
    above = sheet.row(top - 1)
    texts = [plain(text) for text in headings(above) if text]
    if texts and not any(words.total(text, loose=False) for text in texts):
        return None
    # titles that a blank row parts from their header
    upper = top
    while upper - 1 > after and not any(headings(sheet.row(upper - 1))):
        upper -= 1
    lifted = upper
    while lifted - 1 > after and _is_title(sheet, lifted - 1, words):
        lifted -= 1
    blank_above = lifted - 1 > after and not any(headings(sheet.row(lifted - 1)))
    if lifted < upper < top and blank_above and not _is_footer(sheet, range(lifted, upper), words):
        top = lifted
    return top if top - 1 > after else None


def _is_title(sheet: RawSheet, row: int, words: RowWords) -> bool:
    """Whether a row holds a few texts and no figures, like a title or a note with date and unit."""
    cells = sheet.row(row)
    filled = [cell for cell in cells if cell not in (None, "")]
    texts = [plain(cell) for cell in filled if isinstance(cell, str)]
    if not filled or len(filled) > 3 or len(texts) < len(filled):
        return False
    if any(words.total(text, loose=False) or id_like(text) for text in texts):
        return False
    return len(filled) == 1 or sum(":" in text for text in texts) * 2 >= len(texts)


def _is_wording(sheet: RawSheet, row: int) -> bool:
    """Whether a row holds several texts and nothing else, like the upper line of a header."""
    filled = [cell for cell in sheet.row(row) if cell not in (None, "")]
    return len(filled) > 1 and all(
        isinstance(cell, str) and not re.search(r"[\d:]", plain(cell)) for cell in filled
    )


def _is_footer(sheet: RawSheet, rows: Sequence[int], words: RowWords) -> bool:
    return all(words.starts_note(plain(one_line(sheet.row(row)))) for row in rows)


def _speaks_otherwise(between: Sequence[str], before: Sequence[str], rules: Rules) -> bool:
    """Whether the lines above a repeated header name another date or unit than those above the first."""
    date, unit = dates.in_titles(between, rules), dates.unit_in_titles(between)
    if date is not None and date != dates.in_titles(before, rules):
        return True
    return unit is not None and unit != dates.unit_in_titles(before)


def _rows_of(sheet: RawSheet, top: int, bottom: int) -> RawSheet:
    """Rows top..bottom-1 as a sheet."""
    if top == 0 and bottom == sheet.height:
        return sheet
    return replace(
        sheet,
        columns=tuple(column[top:bottom] for column in sheet.columns),
        first_row=sheet.first_row + top,
        merged=tuple(
            (max(first, top) - top, left, min(last, bottom - 1) - top, right)
            for first, left, last, right in sheet.merged
            if first < bottom and last >= top
        ),
        hidden_rows=frozenset(row - top for row in sheet.hidden_rows if top <= row < bottom),
        unvalued=tuple((row - top, column) for row, column in sheet.unvalued if top <= row < bottom),
    )


# -- beside each other -------------------------------------------------------------------------------------


def _beside(sheet: RawSheet, layout: Layout | None, catalogue: FieldCatalogue) -> list[RawSheet]:
    """The tables that stand side by side: each begins with a key column and names known fields of its own."""
    if layout is None or len(layout.names) < 4:
        return [sheet]
    cuts: list[int] = []
    for start in _cuts(sheet, layout):
        if _parted(sheet, layout, cuts[-1] if cuts else 0, start, catalogue):
            cuts.append(start)
    width = len(sheet.columns)
    return [_columns_of(sheet, left, right) for left, right in zip([0, *cuts], [*cuts, width], strict=True)]


def _cuts(sheet: RawSheet, layout: Layout) -> list[int]:
    """Columns where another table may begin: after an empty column, or where the first heading comes again."""
    names = [heading(name).plain for name in layout.names]
    pairs = enumerate(pairwise(names))
    cuts = [index + 1 for index, (left, name) in pairs if name and not left and _is_empty(sheet, index)]
    first = next((index for index, name in enumerate(names) if name), 0)
    again = [index for index, name in enumerate(names) if name == names[first] and index > first]
    period = again[0] - first if again else 0
    if period >= 2 and all(names[first : first + period] == names[at : at + period] for at in again):
        cuts += again
    return sorted(set(cuts))


def _parted(sheet: RawSheet, layout: Layout, left: int, start: int, catalogue: FieldCatalogue) -> bool:
    """Whether the columns from `left` and those from `start` are two tables: each has its own key column, and they
    are the same key again or keys of unlike length."""
    sides = [_keys(layout.names, left, start, catalogue), _keys(layout.names, start, None, catalogue)]
    if not all(sides):
        return False
    if sides[0].keys() & sides[1].keys():
        return True
    lengths = {_filled(sheet.columns[min(side.values())][layout.header + 1 :]) for side in sides}
    return len(lengths) > 1


def _keys(names: Sequence[str], start: int, end: int | None, catalogue: FieldCatalogue) -> dict[str, int]:
    """The key fields among these columns, each with the index of its column."""
    places: dict[str, int] = {}
    for index in range(start, len(names) if end is None else end):
        match = catalogue.find(names[index]) if names[index] else None
        if match is not None and match[0].key in _KEYS:
            places.setdefault(match[0].key, index)
    return places


def _filled(cells: Sequence[Cell]) -> int:
    return len(cells) - sum(1 for cell in cells if cell is None or cell == "")


def _is_empty(sheet: RawSheet, index: int) -> bool:
    column = sheet.columns[index]
    return not any(column[:100]) and set(column) <= {"", None}


def _columns_of(sheet: RawSheet, left: int, right: int) -> RawSheet:
    """Columns left..right-1 as a sheet."""
    if left == 0 and right == len(sheet.columns):
        return sheet
    return replace(
        sheet,
        columns=sheet.columns[left:right],
        first_column=sheet.first_column + left,
        merged=tuple(
            (top, max(first, left) - left, bottom, min(last, right - 1) - left)
            for top, first, bottom, last in sheet.merged
            if first < right and last >= left
        ),
        hidden_columns=frozenset(c - left for c in sheet.hidden_columns if left <= c < right),
        unvalued=tuple((row, column - left) for row, column in sheet.unvalued if left <= column < right),
    )


def _known(names: Sequence[str], catalogue: FieldCatalogue) -> frozenset[str]:
    matches = (catalogue.find(name) for name in names if name)
    return frozenset(match[0].key for match in matches if match is not None)
