"""Labels written once for a group of rows, as a pivot table does: which blanks below them they stand for.

The form shows it where totals name the label (王芳 汇总) or close each group, and in a pivot table. Where the labels
merely stand once each above blanks it is a guess, which a person must confirm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbench.intake.catalogue.fields import FieldCatalogue
from workbench.intake.cells.values import shown
from workbench.intake.form.layout import Layout
from workbench.intake.form.row_roles import plain
from workbench.intake.form.rows import Rows, sort_rows
from workbench.intake.reading.reader import Cell, RawSheet
from workbench.rules.parameters import Rules

_IDENTITY = ("customer_no", "name", "phone", "id_no")
_TOTALS = frozenset({"total", "subtotal"})


@dataclass(frozen=True, slots=True)
class GroupLabels:
    """The cells to fill: column -> row -> value; `guessed` are the columns where the form only suggests it. `rows` are
    those of the sheet before, where they had to be sorted."""

    cells: Mapping[int, Mapping[int, Cell]] = field(default_factory=dict)
    guessed: frozenset[int] = frozenset()
    rows: Rows | None = None


def group_labels(
    sheet: RawSheet, layout: Layout, key: int, catalogue: FieldCatalogue, rules: Rules
) -> GroupLabels:
    """The labels of a sheet, whose merged areas are filled already; `key` is the index of the key column."""
    first = layout.header + 1
    fields = _fields(layout.names, len(sheet.columns), catalogue)
    allowed = rules.words("intake.label_fields")
    wanted = [
        number for number, name in fields.items() if name in allowed and _gaps(sheet.columns[number], first)
    ]
    if not wanted:
        return GroupLabels()
    rows = sort_rows(sheet, layout, key, rules)
    if not rows.data:
        return GroupLabels(rows=rows)
    groups = _Groups(sheet, rows, fields, key, rules, _pivot(layout, rules))
    cells: dict[int, dict[int, Cell]] = {}
    guessed: set[int] = set()
    for number in wanted:
        sure = groups.sure(number)
        if sure or groups.likely(number):
            cells[number] = groups.carried(number)
            if not sure:
                guessed.add(number)
    for number in wanted:  # the name goes with the number
        if key in cells and number not in cells and fields[number] == "name" and groups.follows(number):
            cells[number] = groups.carried(number)
            guessed |= {number} if key in guessed else set()
    return GroupLabels(cells, frozenset(guessed), rows)


def _fields(names: Sequence[str], width: int, catalogue: FieldCatalogue) -> dict[int, str]:
    """Column -> the field that its heading names."""
    matches = ((number, catalogue.find(name)) for number, name in enumerate(names[:width]) if name)
    return {number: match[0].key for number, match in matches if match is not None}


def _pivot(layout: Layout, rules: Rules) -> bool:
    """Whether headings show a pivot table."""
    words = [plain(word) for word in rules.words("intake.pivot_words")]
    return any(plain(text).startswith(tuple(words)) for text in layout.names if text)


class _Groups:
    """The data rows of a sheet and the totals between them."""

    def __init__(
        self, sheet: RawSheet, rows: Rows, fields: Mapping[int, str], key: int, rules: Rules, pivot: bool
    ) -> None:
        self._sheet, self._data, self._fields, self._key = sheet, rows.data, fields, key
        self._pivot = pivot
        self._totals = frozenset(row for row, role in rows.named.items() if role in _TOTALS)
        self._named = rows.named
        self._groups, self._share = rules.whole("intake.label_groups"), rules.number("intake.label_share")

    def sure(self, number: int) -> bool:
        """Whether the form shows that blanks of the column continue the label above them."""
        starts = self._starts(number)
        if not self._continues(number, starts):
            return False
        if number > self._key and self._fields[number] not in _IDENTITY:
            return False
        return self._pivot or self._totals_name(number, starts) or self._totals_close(starts)

    def likely(self, number: int) -> bool:
        """Whether the column looks like one of labels: each stands once, above blanks."""
        starts = self._starts(number)
        if number > self._key or not self._continues(number, starts):
            return False
        texts = [self._sheet.columns[number][row] for row in starts]
        spans = [end - start for start, end in self._spans(starts)]
        return (
            len(set(texts)) == len(texts)
            and sum(span > 1 for span in spans) >= self._groups
            and sum(spans) - len(spans) >= len(self._data) * self._share
        )

    def follows(self, number: int) -> bool:
        """Whether the column is blank only where the number is blank too."""
        return self._continues(number, self._starts(number))

    def carried(self, number: int) -> dict[int, Cell]:
        """The values of the blank cells of the column."""
        column = self._sheet.columns[number]
        cells: dict[int, Cell] = {}
        value: Cell = ""
        for row in self._data:
            if not _blank(column[row]):
                value = column[row]
            else:
                cells[row] = value
        return cells

    def _starts(self, number: int) -> list[int]:
        """The data rows in which the column holds something."""
        column = self._sheet.columns[number]
        return [row for row in self._data if not _blank(column[row])]

    def _spans(self, starts: Sequence[int]) -> list[tuple[int, int]]:
        """Each label's first data row and the one after its last, as positions in the data."""
        wanted = frozenset(starts)
        at = [position for position, row in enumerate(self._data) if row in wanted]
        return list(zip(at, [*at[1:], len(self._data)], strict=True))

    def _continues(self, number: int, starts: Sequence[int]) -> bool:
        """Whether the first row has a label and no blank row may be somebody else's: with a blank in a column of
        identity, the other such columns are blank too."""
        if not starts or starts[0] != self._data[0] or len(starts) == len(self._data):
            return False
        if self._fields[number] not in _IDENTITY:
            return True
        started = frozenset(starts)
        others = [self._sheet.columns[at] for at, name in self._fields.items() if name in _IDENTITY]
        return all(
            row in started or all(_blank(column[row]) for column in others) for row in self._data
        ) and all(not _blank(self._sheet.columns[self._key][row]) for row in starts)

    def _totals_name(self, number: int, starts: Sequence[int]) -> bool:
        """Whether a total names a label of the column: 王芳 汇总."""
        column = self._sheet.columns[number]
        labels = {plain(shown(column[row])) for row in starts}
        texts = (plain(shown(column[row])) for row in self._totals)
        return any(text != label and text.startswith(label) for text in texts for label in labels)

    def _totals_close(self, starts: Sequence[int]) -> bool:
        """Whether a total stands right above each label but the first."""
        return len(starts) > 1 and all(self._closed(row - 1) for row in starts[1:])

    def _closed(self, row: int) -> bool:
        while self._named.get(row) == "blank":
            row -= 1
        return row in self._totals


def _gaps(column: Sequence[Cell], first: int) -> bool:
    """Whether the column has a blank from row `first` on."""
    cells = column[first:]
    return "" in cells or None in cells


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
