"""The one table model: columns are data; what a cell and a head show of the rows."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QIcon

from ui.tasks import Tasks
from ui.theme import colours, light_icon
from ui.widgets.delegates import Index
from ui.widgets.plain_words import tip_words
from ui.widgets.table_column import Column
from ui.widgets.table_rows import KEPT, WHOLE, WINDOW, TableRows
from ui.words import exact
from workbench.base.i18n import _
from workbench.base.unseen import seen, seen_line

__all__ = ["KEPT", "WHOLE", "WINDOW", "Column", "TableModel"]

#: where the triangle stands of a column that is filtered
ROOM = "\u2003 "


class TableModel(TableRows):
    """What Qt shows of the rows: texts, colours, lights and headings, and cells that are edited."""

    def __init__(
        self, columns: Sequence[Column[Any]], tasks: Tasks | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(columns, tasks, parent)
        self._icons: dict[str | None, QIcon] = {}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows for a role; '…' while its row is being read."""
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        cell_roles = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.EditRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.DecorationRole,
            Qt.ItemDataRole.ForegroundRole,
            Qt.ItemDataRole.BackgroundRole,
        )
        if role not in cell_roles:
            return None
        row = self.row(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        return self._cell(column, row, role)

    def _cell(self, column: Column[Any], row: object, role: int) -> object:
        if role == Qt.ItemDataRole.EditRole and column.raw:
            return column.raw(row)
        if role == Qt.ItemDataRole.EditRole:
            return column.text(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return seen(column.text(row))
        if role == Qt.ItemDataRole.BackgroundRole and column.ground and (ground := column.ground(row)):
            return QColor(getattr(colours(), ground))
        if role == Qt.ItemDataRole.ToolTipRole:
            if column.tip is None and column.fen is not None:
                return exact(column.fen(row))
            return tip_words(column.tip(row) or "") if column.tip else None
        if role == Qt.ItemDataRole.ForegroundRole and column.ink and (ink := column.ink(row)):
            return QColor(getattr(colours(), ink))
        if role == Qt.ItemDataRole.DecorationRole and column.light:
            light = column.light(row)
            if light not in self._icons:
                self._icons[light] = light_icon(light)
            return self._icons[light]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """A column's title, alignment and tip; for a row, what `heading` says of it."""
        if orientation != Qt.Orientation.Horizontal:
            if self.heading is None or role != Qt.ItemDataRole.DisplayRole:
                return None
            row = self.row(section)
            return "" if row is None else seen_line(self.heading(row))
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _("点一下按这一列排序,再点一下倒过来;右键筛选、选列")
        return None

    def title(self, number: int) -> str:
        """A column's title with the arrow of the order; the style would paint an arrow over the words."""
        arrow = ROOM if number in self.order.kept else ""
        if self.sorted is not None and self.sorted[0] == number:
            arrow += " ↓" if self.sorted[1] else " ↑"
        return seen(self.columns[number].title) + arrow

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Editable where the column has `edit`."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.columns[index.column()].edit else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand changed text to the column's `edit`, which writes it; False where nothing can be edited."""
        column = self.columns[index.column()]
        row = self.row(index.row())
        if column.edit is None or row is None or role != Qt.ItemDataRole.EditRole:
            return False
        if str(value) != (column.raw or column.text)(row):
            column.edit(index.row(), str(value))
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column: rows at hand here, those that come in windows by their source where it has a key for the column,
        else after they were read whole. A column of -1: the order of the page."""
        descending = order == Qt.SortOrder.DescendingOrder
        key = self.columns[column].order if 0 <= column < len(self.columns) else None
        if key and (self.windowed or self._whole or not self._rows):
            self.order.by = None
            self.mark(column, descending=descending)
            self.sort_requested.emit(key, descending)
        elif -1 <= column < len(self.columns):
            self.order_by(None if column < 0 else column, descending=descending)

    def mark(self, column: int, *, descending: bool) -> None:
        """Show by which column the rows are sorted."""
        self.sorted = (column, descending)
        self._tell_heads()
