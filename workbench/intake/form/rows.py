"""Sorts the rows of a sheet: data, and title, header, total, note and blank rows by name; none is lost."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import compress

from workbench.intake.cells.values import shown
from workbench.intake.form.counted_totals import counted_totals
from workbench.intake.form.layout import Layout, headings
from workbench.intake.form.row_roles import LONGEST, Role, RowWords, id_like, plain, role
from workbench.intake.form.summing_rows import summing_rows
from workbench.intake.form.template_rows import template_rows
from workbench.intake.reading.frames import Cell, all_texts
from workbench.intake.reading.reader import RawSheet
from workbench.rules.parameters import Rules

_SAMPLE = 200
#: how many cells a line of labels and values may fill
_LINE_CELLS = 6
#: In a column of texts, one a line: a line without any digit, or with a sign that no number has.
_ODD_LINE = re.compile(r"^[^\d\n]*$|[^0-9A-Za-z_\-./*\n]", re.MULTILINE)

#: The whole of such a line: what `id_like` does not take.
_ODD_LINES = re.compile(r"^(?![0-9A-Za-z_\-./*]*[0-9][0-9A-Za-z_\-./*]*$).*$", re.MULTILINE)


@dataclass(slots=True)
class Rows:
    """The role of each row of a sheet: indices of data rows in order, `named` the role of every other row.

    `totals` are the rows that sum up the whole list, `subtotals` those of a page or a group.
    """

    data: list[int]
    named: dict[int, Role] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)
    subtotals: list[int] = field(default_factory=list)

    @property
    def not_data(self) -> dict[str, int]:
        """How many rows have each role; subtotals count as totals."""
        return dict(Counter("total" if word == "subtotal" else word for word in self.named.values()))

    def role(self, index: int) -> Role:
        """The role of the row at `index`."""
        return self.named.get(index, "data")


def sort_rows(
    sheet: RawSheet, layout: Layout, key: int | None, rules: Rules, *, by_sums: bool = True
) -> Rows:
    """Tell data rows from the rest by the cell in the key column (the customer or product number).

    A row whose key could be a customer's number is data whatever else it says (domain 16.5-4); see
    `counted_totals` for a number that is a count, `summing_rows` for totals without a label (`by_sums`). With `key`
    None the first column with many texts stands in for it.
    """
    rows = Rows([])
    for index in range(layout.top):
        rows.named[index] = "title" if layout.above[index] else "blank"
    for index in range(layout.top, layout.header + 1):
        rows.named[index] = "header"
    first = layout.header + 1
    if not sheet.columns or first >= sheet.height:
        return rows
    words = RowWords.of(rules)
    column = _telling_column(sheet, first) if key is None else key
    doubtful = _doubtful(sheet.columns[column], first)
    _name_blanks(sheet, doubtful, rows)
    _name_number_line(sheet, first, rules, rows)
    heads = [headings(sheet.row(index)) for index in range(layout.top, first)]
    if layout.depth > 1:
        heads.append(layout.names)
    above = frozenset(line for line in layout.above if line)
    over = [text for index in range(first) for text in headings(sheet.row(index)) if text]
    glance = _Glance(words, frozenset(over))
    for index in doubtful:
        if index in rows.named or glance.is_data(sheet.row(index)):
            continue
        word = role([shown(cell)[:LONGEST] for cell in sheet.row(index)], column, heads, above, words)
        if word != "data":
            rows.named[index] = word
    if key is not None:
        rows.named |= counted_totals(sheet, first, key, layout.names, rows.named, rules)
        zeros = [first + at for at, cell in enumerate(sheet.columns[key][first:]) if cell == 0]
        open_rows = [index for index in {*doubtful, *zeros} if index not in rows.named]
        rows.named |= dict.fromkeys(
            template_rows(sheet, key, layout.names, sorted(open_rows), rules), "template"
        )
        if by_sums:
            sums = summing_rows(sheet, first, key, layout.names, rows.named, rules)
            rows.named |= dict.fromkeys(sums, "total")
    rows.data = list(range(first, sheet.height))
    if len(rows.named) > first:
        rows.data = [index for index in rows.data if index not in rows.named]
    _part_totals(sheet, rows, words, rules)
    return rows


def odd_cells(cells: Sequence[Cell]) -> frozenset[Cell] | None:
    """The cells of a key column that cannot be anybody's number: blanks and words. None when there are none.

    A column of digits is recognised as a whole: 100,000 cells in one or two milliseconds.
    """
    kinds = set(map(type, cells))
    if kinds <= {int, float}:
        return None
    if all_texts(cells) and all(cells):
        joined = "".join(cells)
        if joined.isascii() and (joined.isdigit() or not _ODD_LINE.search("\n".join(cells))):
            return None
    if all_texts(cells) and not any("\n" in cell for cell in set(cells)):
        # most are numbers: the few that are not are found in one search
        return frozenset(match[0] for match in _ODD_LINES.finditer("\n".join(set(cells)))) or None
    odd = frozenset(
        cell for cell in set(cells) if cell is None or (isinstance(cell, str) and not id_like(cell))
    )
    return odd or None


def blank_rows(sheet: RawSheet, among: Sequence[int]) -> list[int]:
    """Those of the rows `among` that are blank in all columns."""
    left = list(among)
    for column in sheet.columns:
        if not left:
            break
        left = [
            index for index in left if column[index] is None or column[index] == "" or _space(column[index])
        ]
    return left


def _space(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _doubtful(column: Sequence[Cell], first: int) -> list[int]:
    cells = column[first:]
    odd = odd_cells(cells)
    if odd is None:
        return []
    return list(compress(range(first, len(column)), map(odd.__contains__, cells)))


def _telling_column(sheet: RawSheet, first: int) -> int:
    """The first column that mostly holds texts; failing that the first that is mostly filled."""
    filled: list[tuple[int, int]] = []
    for column in sheet.columns:
        cells = column[first : first + _SAMPLE]
        filled.append(
            (
                sum(isinstance(c, str) and bool(c.strip()) for c in cells),
                sum(c not in ("", None) for c in cells),
            )
        )
    least = max((some for _texts, some in filled), default=0) * 0.5
    for index, (texts, _some) in enumerate(filled):
        if texts and texts >= least:
            return index
    return next((index for index, (_texts, some) in enumerate(filled) if some and some >= least), 0)


class _Glance:
    """Recognises most data rows without a number cheaply, so that a list without numbers is not slow."""

    def __init__(self, words: RowWords, over: frozenset[str]) -> None:
        self._over = over
        self._labels = words.labels
        every = {*words.all_totals(), *words.pages, *words.notes, *words.whole, *words.figures}
        spaced = (r"\s*".join(map(re.escape, word)) for word in every)
        self._odd = re.compile("|".join([*spaced, r"^\W+$", "第", "共", "PAGE"]), re.IGNORECASE)

    def is_data(self, cells: Sequence[Cell]) -> bool:
        """False when the row needs a closer look: few cells, or a text that could be a label."""
        texts = [cell for cell in cells if cell.__class__ is str and cell]
        filled = len(cells) - cells.count("") - cells.count(None)
        if filled < 2 or not texts or not self._over.isdisjoint(texts):
            return False
        if filled <= _LINE_CELLS and (
            texts[0].strip() in self._labels or any(":" in text or "：" in text for text in texts)
        ):
            return False
        return not any(map(self._odd.search, texts))


def _name_blanks(sheet: RawSheet, doubtful: Sequence[int], rows: Rows) -> None:
    for index in blank_rows(sheet, doubtful):
        rows.named[index] = "blank"


def _name_number_line(sheet: RawSheet, first: int, rules: Rules, rows: Rows) -> None:
    """The line under a header that numbers its columns: 1 2 3 4, perhaps after 栏次."""
    texts = [shown(cell) for cell in sheet.row(first)]
    filled = [plain(text).strip("()") for text in texts if text]
    while filled and filled[0] in rules.words("intake.number_line_words"):
        filled = filled[1:]
    if len(filled) >= 3 and filled in (
        [str(n) for n in range(start, start + len(filled))] for start in (0, 1, 2)
    ):
        rows.named[first] = "header"


def _part_totals(sheet: RawSheet, rows: Rows, words: RowWords, rules: Rules) -> None:
    """Sort totals into those of the whole list and those of groups.

    Of several, the ones at the ends or with a word for a grand total sum up the list. A running total (本年累计) sums
    up more than the list and counts as neither.
    """
    totals = [
        index
        for index, word in rows.named.items()
        if word == "total" and not words.runs(_label(sheet, index, words))
    ]
    rows.subtotals = sorted(index for index, word in rows.named.items() if word == "subtotal")
    totals.sort()
    if not rows.data:
        rows.totals = totals
        return
    start, end = rows.data[0], rows.data[-1]
    inside = {index for index in totals if start < index < end}
    after = [index for index in totals if index > end]
    if inside:
        labels = {_label(sheet, index, words) for index in inside}
        grand = tuple(plain(word) for word in rules.words("intake.grand_words"))
        closing = after[:1]
        for index in closing:
            label = _label(sheet, index, words)
            # the last group's own total, unless its label or a further total makes it the list's
            single = len(after) > 1 or label in labels or not words.total(label, loose=False)
            if single and not any(word in label for word in grand):
                inside.add(index)
    rows.totals = [index for index in totals if index not in inside]
    rows.subtotals = sorted([*rows.subtotals, *inside])
    for index in inside:
        rows.named[index] = "subtotal"


def _label(sheet: RawSheet, index: int, words: RowWords) -> str:
    texts = [cell for cell in sheet.row(index) if isinstance(cell, str) and cell.strip()]
    plain_texts = map(plain, texts)
    return next((text for text in plain_texts if text in words.whole or words.total(text, loose=True)), "")
