"""Rows that a template holds ready and nobody filled in: a running number, formulas that give 0, a repeated text."""

import re
from collections import Counter
from collections.abc import Sequence

from workbench.intake.catalogue.fields import catalogue, heading
from workbench.intake.cells.values import shown
from workbench.intake.form.row_roles import plain
from workbench.intake.reading.reader import Cell, RawSheet
from workbench.rules.parameters import Rules

_ZERO = re.compile(r"[-+]?[¥$]?0*(\.0*)?%?")
#: Kinds of fields that only a person's row fills.
_PERSONAL = frozenset({"name", "phone", "idcard", "gender"})


def template_rows(
    sheet: RawSheet, key: int, names: Sequence[str], among: Sequence[int], rules: Rules
) -> list[int]:
    """Those of the rows `among` (without a number in column `key`) that tell nothing of anybody."""
    left = [index for index in among if _nothing(sheet.columns[key][index], rules)]
    numbering = frozenset(heading(word).plain for word in rules.words("intake.number_headings"))
    for number, column in enumerate(sheet.columns):
        if not left:
            break
        name = names[number] if number < len(names) else ""
        if number == key or heading(name).plain in numbering:
            continue
        cells = [column[index] for index in left]
        given = {cell for cell in set(cells) if not _nothing(cell, rules)}
        if given and not _runs_on(cells, name):
            given -= _prefilled(cells, name, rules)
            left = [index for index in left if column[index] not in given]
    return left


def _nothing(cell: Cell, rules: Rules) -> bool:
    if cell is None or cell == "":
        return True
    text = plain(shown(cell))
    return not text or _ZERO.fullmatch(text) is not None or text in rules.words("intake.null_words")


def _runs_on(cells: Sequence[Cell], name: str) -> bool:
    """Whether a column that feeds no field numbers its rows."""
    known = bool(name) and catalogue().find(name) is not None
    if known or len(cells) < 2 or not all(isinstance(cell, int | float) for cell in cells):
        return False
    first = cells[0]
    return isinstance(first, int | float) and list(cells) == [first + step for step in range(len(cells))]


def _prefilled(cells: Sequence[Cell], name: str, rules: Rules) -> set[Cell]:
    """Texts that stand in many rows alike and are none of a person's."""
    match = catalogue().find(name) if name else None
    if match is not None and match[0].kind in _PERSONAL:
        return set()
    least = rules.whole("intake.template_constant_rows")
    often = Counter(cell for cell in cells if isinstance(cell, str)).most_common(1)
    return {text for text, count in often if count >= least}
