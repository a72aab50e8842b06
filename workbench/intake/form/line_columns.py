"""Lines like 客户经理:王芳 工号:00123 above a table, or between its parts, become columns of the rows below them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from workbench.intake.catalogue.fields import FieldCatalogue, heading
from workbench.intake.cells.values import shown
from workbench.intake.form.blocks import key_column, odd_rows
from workbench.intake.form.layout import Layout, one_line
from workbench.intake.form.row_roles import RowWords, id_like, plain
from workbench.intake.form.rows import sort_rows
from workbench.intake.reading.reader import Cell, RawSheet
from workbench.rules.parameters import Rules

_LABEL = re.compile(r"([^\s:;,()|\[\]【】]{1,12})\s*:")
#: what ends a value before the next label: two spaces, or punctuation
_END = re.compile(r"\s{2,}|[;,|()\[\]【】]|\t")
_CELLS_MAX = 6

#: label -> (heading as written, value)
_Pairs = dict[str, tuple[str, str]]
#: field -> (row of the line, value)
_Current = dict[str, tuple[int, str]]


def with_line_columns(
    sheet: RawSheet, layout: Layout, catalogue: FieldCatalogue, rules: Rules
) -> tuple[RawSheet, Layout]:
    """The sheet and its layout with one more column at the right end for each field that such lines name and no column
    has; its cells are filled in data rows only."""
    sheet = without_line_columns(sheet)
    layout = replace(layout, names=layout.names[: len(sheet.columns)])
    lines = _lines(sheet, layout, catalogue, rules)
    if not lines:
        return sheet, layout
    own = {match[0].key for name in layout.names if name and (match := catalogue.find(name))}
    own |= {heading(name).plain for name in layout.names}
    labels = {key: label for _row, pairs in reversed(lines) for key, (label, _value) in pairs.items()}
    wanted = [key for key in labels if key not in own]
    if not wanted:
        return sheet, layout
    data = sort_rows(sheet, layout, key_column(layout, catalogue), rules).data
    columns = {key: _column(sheet, layout, key, labels[key]) for key in wanted}
    current: _Current = {}
    at = 0
    for row in data:
        while at < len(lines) and lines[at][0] < row:
            current = _followed(current, *lines[at])
            at += 1
        for key in wanted:
            if key in current:
                columns[key][row] = current[key][1]
    more = tuple(tuple(columns[key]) for key in wanted)
    names = (*layout.names, *(labels[key] for key in wanted))
    return replace(sheet, columns=(*sheet.columns, *more), appended=len(more)), replace(layout, names=names)


def without_line_columns(sheet: RawSheet) -> RawSheet:
    """The sheet as found, without columns that were appended."""
    if not sheet.appended:
        return sheet
    return replace(sheet, columns=sheet.columns[: -sheet.appended], appended=0)


def _column(sheet: RawSheet, layout: Layout, key: str, label: str) -> list[Cell]:
    cells: list[Cell] = [""] * sheet.height
    cells[layout.header] = label
    return cells


def _followed(current: _Current, row: int, pairs: _Pairs) -> _Current:
    """What holds after another line: one that names a manager again ends what the line before told beside him."""
    ended = {current[key][0] for key in pairs if key in current}
    kept = {key: one for key, one in current.items() if one[0] not in ended}
    return kept | {key: (row, value) for key, (_label, value) in pairs.items()}


def _lines(
    sheet: RawSheet, layout: Layout, catalogue: FieldCatalogue, rules: Rules
) -> list[tuple[int, _Pairs]]:
    """Rows with such pairs, from the top, with field (or plain heading) -> (label, value)."""
    below = odd_rows(sheet, layout, catalogue)
    words = RowWords.of(rules)
    lines: list[tuple[int, _Pairs]] = []
    for row in (*range(layout.top), *(row for row in below if row > layout.header)):
        cells = [cell for cell in sheet.row(row) if cell not in (None, "")]
        if row > layout.header and len(cells) > _CELLS_MAX:
            continue
        if not any(isinstance(cell, str) and (":" in cell or "：" in cell) for cell in cells):
            if not words.pairs([plain(shown(cell)) for cell in cells]):
                continue
            cells = [f"{shown(cell)}:" if at % 2 == 0 else cell for at, cell in enumerate(cells)]
        pairs = _pairs(one_line(cells), catalogue, rules)
        if pairs:
            lines.append((row, pairs))
    return lines


def _pairs(line: str, catalogue: FieldCatalogue, rules: Rules) -> _Pairs:
    text = unicodedata.normalize("NFKC", line)
    marks = list(_LABEL.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)][: len(marks)]
    pairs: _Pairs = {}
    nested = {mark.end() for mark in marks}
    for mark, end in zip(marks, ends, strict=True):
        if mark.start() in nested:  # 备注:客户经理:见附件
            continue
        label, value = mark[1], _END.split(text[mark.end() : end].strip())[0].strip()
        key = _key(label, catalogue, rules)
        if key and value and len(value) <= rules.whole("intake.line_value_length"):
            if key in catalogue.fields and catalogue[key].kind == "id" and not id_like(value):
                continue
            pairs.setdefault(key, (label, value))
    return pairs


def _key(label: str, catalogue: FieldCatalogue, rules: Rules) -> str:
    """The field that a label names, or the plain heading of a currency; '' for any other."""
    match = catalogue.find(label)
    if match is not None:
        return match[0].key if match[0].key in rules.words("intake.line_fields") else ""
    plain = heading(label).plain
    currencies: Sequence[str] = rules.words("intake.currency_headings")
    return plain if plain in {heading(word).plain for word in currencies} else ""
