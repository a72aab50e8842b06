"""A table that is as high as its rows, which are as high as their words: nothing in it is cut, the page scrolls."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView

from ui.theme import px
from ui.widgets.delegates import ROW_HEIGHT
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.zoom import measured


class WholeTable(Table):
    """A table of few rows, shown whole."""

    def __init__(
        self, columns: Sequence[Column[Any]], *, name: str = "", heads: bool = True, fixed: bool = False
    ) -> None:
        super().__init__(columns, name=name, wrap=True, fixed=fixed or not heads)
        self.horizontalHeader().setVisible(heads)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.grow)
        self.table.loaded.connect(lambda _total: self._soon.start())
        self.table.arranged.connect(self._soon.start)
        self.verticalHeader().sectionResized.connect(lambda *_sizes: self._soon.start())
        self.grow()

    def grow(self) -> None:
        """Take the height of the rows."""
        heads = self.horizontalHeader()
        high = heads.sizeHint().height() if not heads.isHidden() else 0
        rows = max(self.verticalHeader().length(), px(ROW_HEIGHT))
        wanted = high + rows + 2 * self.frameWidth()
        if wanted != self.minimumHeight() or wanted != self.maximumHeight():
            self.setFixedHeight(wanted)
            measured(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break lines elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resizeRowsToContents()
            self._soon.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, the table has nothing to scroll."""
        event.ignore()
