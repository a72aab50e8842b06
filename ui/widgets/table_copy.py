"""Cells of a table on the clipboard, as a spreadsheet takes them: as shown, with their headings, tabs between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from ui.widgets.table_column import Column
from workbench.base.i18n import _
from workbench.base.outward import plain
from workbench.base.unseen import seen_line

#: a figure as cells show it, with a sign
_FIGURE = re.compile(r"[-+][¥￥]?[\d,.]+\s*[%万亿]*")


@dataclass(frozen=True, slots=True)
class Copied:
    """What is to be copied: its text, how many rows, from which table (its name), the headings."""

    text: str
    rows: int
    table: str
    headings: tuple[str, ...]


@runtime_checkable
class CopyDoor(Protocol):
    """Who puts rows on the clipboard, and registers many: the page, or the window around a dialog."""

    def copy_rows(self, copied: Copied) -> None:
        """Put them there."""


def door_of(widget: QWidget) -> CopyDoor | None:
    """The door above a widget; None for one that stands by itself."""
    above: QWidget | None = widget
    while above is not None:
        if isinstance(above, CopyDoor):
            return above
        above = above.parentWidget()
    return None


def copied(table: str, columns: Sequence[Column[Any]], rows: Sequence[Any]) -> Copied:
    """Rows as text, the headings first."""
    headings = tuple(heading(column) for column in columns)
    lines = ["\t".join(headings), *("\t".join(cell(column, row) for column in columns) for row in rows)]
    return Copied("\n".join(lines) + "\n", len(rows), table, headings)


def heading(column: Column[Any]) -> str:
    """A title on one line; amounts are copied in yuan and say so."""
    title = plain(seen_line(column.title))
    return _("{title}(元)").format(title=title) if column.fen is not None and "元" not in title else title


def cell(column: Column[Any], row: Any) -> str:
    """A cell on one line, as shown; an amount in yuan. Never what a spreadsheet would take for a formula."""
    if column.fen is not None:
        fen = column.fen(row)
        return "" if fen is None else f"{fen / 100:.2f}".removesuffix(".00")
    text = seen_line(column.text(row))
    return text if column.number and _FIGURE.fullmatch(text) else plain(text)
