"""Widgets laid out like words: from the left, on the next line when the line is full; and tiles in as many columns as fit."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QLayoutItem, QSizePolicy, QWidget

from ui.widgets.parts import empty, row

GAP = 4


class Wrapped(QLayout):
    """Lays widgets out like words: from the left, on the next line when the line is full."""

    def __init__(self, parent: QWidget | None = None, gap: int = GAP, lines: int = GAP) -> None:
        """`gap`: pixels between two items of a line, `lines`: between two lines."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._lines = gap, lines
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's hook of addWidget; the layout owns the item."""
        self._items.append(item)

    def put_before(self, widget: QWidget, other: QWidget) -> None:
        """Add a widget before another one."""
        at = self.indexOf(other)
        self.addWidget(widget)
        self._items.insert(at, self._items.pop())

    def count(self) -> int:
        """The number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at `index`, None beyond the last: that is how Qt ends its loops."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return the item at `index`, None beyond the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """In none: spare room stays empty at the right and below."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """True: the narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the lines at this width, in pixels."""
        return self._place(QRect(0, 0, width, 0), moving=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put the items in their lines."""
        super().setGeometry(rect)
        self._place(rect, moving=True)

    def sizeHint(self) -> QSize:
        """All items in one line; at the width of one chip the height would be that of a column."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(hint.width() + self._gap for hint in hints)
        return QSize(max(0, wide - self._gap), max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """The size of the largest item: more than one need not share a line."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, moving: bool) -> int:
        """The height the items take at the width of `rect`; `moving` also puts them there, each in the middle of its line."""
        y = rect.y()
        for line in self._broken(rect.width()):
            x, high = rect.x(), max(hint.height() for _item, hint in line)
            for item, hint in line if moving else ():
                item.setGeometry(QRect(QPoint(x, y + (high - hint.height()) // 2), hint))
                x += hint.width() + self._gap
            y += high + self._lines
        return max(0, y - self._lines - rect.y())

    def _broken(self, room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The items in sight with their sizes, line by line."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():  # hidden
                continue
            hint = _hint(item, room)
            if not lines or x + hint.width() > room:
                lines.append([])
                x = 0
            lines[-1].append((item, hint))
            x += hint.width() + self._gap
        return lines


def _hint(item: QLayoutItem, room: int) -> QSize:
    """The size of an item in lines of this length; words that may break do so only where a whole line is too short."""
    hint, widget = item.sizeHint(), item.widget()
    if isinstance(widget, QLabel) and widget.wordWrap():
        words = widget.fontMetrics().boundingRect(QRect(0, 0, 100_000, 0), 0, widget.text()).width()
        hint.setWidth(words + 2 * widget.margin() + 6)
    if room > 0:
        hint.setWidth(min(hint.width(), room))
    if item.hasHeightForWidth():
        hint.setHeight(item.heightForWidth(hint.width()))
    return hint


class Strip(QWidget):
    """Short widgets, links and chips, that take several lines where one is too narrow for them."""

    def __init__(self, *widgets: QWidget, gap: int = GAP, lines: int | None = None) -> None:
        """`gap`: pixels between two widgets, `lines`: between two lines, the same unless told."""
        super().__init__()
        self._flow = Wrapped(self, gap, gap if lines is None else lines)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in widgets:
            self.add(widget)

    def clear(self) -> None:
        """Remove and delete all widgets."""
        empty(self._flow)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end."""
        self._flow.addWidget(widget)


def together(*widgets: QWidget | int) -> QWidget:
    """Widgets that stay side by side in a strip: a field with the word before it."""
    box = QWidget()
    line = row(*widgets)
    line.setContentsMargins(0, 0, 0, 0)
    box.setLayout(line)
    return box


class Tiles(QWidget):
    """Tiles of one width in lines of at most `most`; fewer where each would get less than `least` pixels or than it
    needs, in lines as equal as they can be."""

    def __init__(self, tiles: Sequence[QWidget], most: int, least: int, gap: int = 10) -> None:
        super().__init__()
        self._tiles, self._most, self._least, self._gap = tuple(tiles), most, least, gap
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        self._place(most)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the number of columns for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """The width of the widest tile: they can stand one under another."""
        hint = super().minimumSizeHint()
        return QSize(max((tile.minimumSizeHint().width() for tile in self._tiles), default=0), hint.height())

    def _arrange(self) -> None:
        need = max([self._least, *(tile.minimumSizeHint().width() for tile in self._tiles)])
        fit = (self.width() + self._gap) // (need + self._gap)
        # four tiles make two lines of two, not three and one
        lines = -(-len(self._tiles) // max(1, min(fit, self._most)))
        self._place(-(-len(self._tiles) // max(1, lines)))

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for tile in self._tiles:
            self._grid.removeWidget(tile)
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // across, number % across)
        for place in range(self._most):
            self._grid.setColumnStretch(place, int(place < across))
