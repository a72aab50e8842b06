"""Cells without a field, from unknown columns or unreadable: kept with the row as JSON text."""

import json
from collections.abc import Mapping, Sequence

from workbench.intake.cells.shown import remains, shown
from workbench.intake.checking.work import Work
from workbench.intake.columns.custom import normalised
from workbench.intake.reading.frames import Cell
from workbench.intake.report import ColumnMatch


def extras(work: Work) -> list[str | None]:
    """JSON text per data row of its cells without a field; None for none."""
    pieces: list[list[str]] = []
    for header, match in sorted(_headings(work).items()):
        texts = _texts(work, match)
        name = json.dumps(header, ensure_ascii=False) + ": "
        entries = {text: name + json.dumps(text, ensure_ascii=False) if text else "" for text in set(texts)}
        if any(entries.values()):
            pieces.append(list(map(entries.__getitem__, texts)))
    extra: list[str | None] = [None] * len(work.rows.data)
    if pieces:
        joined = (", ".join(filter(None, row)) for row in zip(*pieces, strict=True))
        extra = ["{" + text + "}" if text else None for text in joined]
    for row, cells_left in work.leftovers.items():
        extra[row] = merged(extra[row], json.dumps(cells_left, ensure_ascii=False))
    return extra


def merged(old: str | None, new: str | None) -> str | None:
    """Two JSON objects as one text, the newer winning; keys sorted, so that equal content is equal text."""
    if not new or new == old:
        return old
    both: Mapping[str, str] = {**(json.loads(old) if old else {}), **json.loads(new)}
    return json.dumps(dict(sorted(both.items())), ensure_ascii=False)


def kept_text(work: Work, match: ColumnMatch, cell: Cell) -> str:
    """A kept cell as text; a secret is dropped to ''."""
    text = shown(cell)
    return "" if text in work.secrets.get(match.index, ()) else remains(cell) or text


def _texts(work: Work, match: ColumnMatch) -> Sequence[str]:
    cells = work.cells(match.index)
    custom = work.facts.custom.get(match.custom or "")
    if custom is not None and match.index not in work.secrets:
        texts, faults = normalised(cells, custom.kind, work.values, work.plan.unit_of(match))
        for row, code in faults:
            work.warn(row, match.header, code, cells[row])
        return texts
    table = {cell: kept_text(work, match, cell) for cell in set(cells)}
    rounded = {cell for cell in table if remains(cell) is not None}
    for row, cell in enumerate(cells if rounded else ()):
        if cell in rounded and work.keep[row]:
            work.problems.cell(work.shown_rows[row], match.header, "number_rounded", cell, level="warning")
    return list(map(table.__getitem__, cells))


def _headings(work: Work) -> dict[str, ColumnMatch]:
    """Headings made distinct: a second 备注 is 备注(2). A custom field goes by its label."""
    named: dict[str, ColumnMatch] = {}
    #: label -> the last number that was given: a sheet may have thousands of columns of one heading
    last: dict[str, int] = {}
    for match in work.kept:
        custom = work.facts.custom.get(match.custom or "")
        label = custom.label if custom is not None else match.header
        name, number = label, last.get(label, 1)
        while name in named:
            number += 1
            name = f"{label}({number})"
        named[name] = match
        last[label] = number
    return named
