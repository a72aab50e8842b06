"""How cells are edited in place: several lines of words, or one of many choices found by typing."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.theme import px

ROW_HEIGHT = 30
Index = QModelIndex | QPersistentModelIndex
Choices = Sequence[tuple[str, str]]


class InkDelegate(QStyledItemDelegate):
    """Keeps the colour of a cell's words where its row is selected."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The ink of the cell, selected or not."""
        super().initStyleOption(option, index)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(ink, QColor):
            option.palette.setColor(QPalette.ColorRole.HighlightedText, ink)


class WrapDelegate(InkDelegate):
    """Cells of several lines: as high as their words need, edited in place; Enter keeps, Esc gives up. `row_of`: the row of
    a number, whose words stay as they are while it is the same object, so that it is measured once a width."""

    _SIDES, _ENDS = 24, 10
    #: measured cells that are remembered
    _MOST = 5_000

    def __init__(self, parent: QObject | None = None, row_of: Callable[[int], object] | None = None) -> None:
        super().__init__(parent)
        self._row_of = row_of
        #: (id of the row, column, width) -> the row, which lives as long, and the size
        self._measured: dict[tuple[int, int, int], tuple[object, QSize]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need at the width of their column, at least a table row."""
        view = self.parent()
        width = view.columnWidth(index.column()) if isinstance(view, QTableView) else 120
        if self._row_of is None:
            return self._size(option, index, width)
        row = self._row_of(index.row())
        key = (id(row), index.column(), width)
        if (known := self._measured.get(key)) is None:
            if len(self._measured) >= self._MOST:
                self._measured.clear()
            known = self._measured[key] = (row, self._size(option, index, width))
        return known[1]

    def _size(self, option: QStyleOptionViewItem, index: Index, width: int) -> QSize:
        words = str(index.data() or "")
        room = QRect(0, 0, max(20, width - self._SIDES), 10_000)
        box = option.fontMetrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), words)
        return QSize(width, max(px(ROW_HEIGHT), box.height() + self._ENDS))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field of several lines; Tab leaves it."""
        editor = QPlainTextEdit(parent)
        editor.setTabChangesFocus(True)
        editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start with the value as it is edited, all selected."""
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Store the words on one line, with single spaces."""
        if isinstance(editor, QPlainTextEdit):
            model.setData(index, " ".join(editor.toPlainText().split()))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """At least 64 px high, so that several lines can be seen."""
        rect = QRect(option.rect)
        rect.setHeight(max(rect.height(), px(64)))
        editor.setGeometry(rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter stores and closes the editor instead of starting a new line."""
        keep = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in keep:
            if isinstance(watched, QWidget):
                self.commitData.emit(watched)
                self.closeEditor.emit(watched)
            return True
        return super().eventFilter(watched, event)


class GroundDelegate(QStyledItemDelegate):
    """Paints the background colour of a cell, which a style sheet for items would leave out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Fill the cell with its background colour, then draw it as usual."""
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(ground, QColor):
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)


def finder(combo: QComboBox) -> QComboBox:
    """Let a person find one of many entries by typing any part of it."""
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    completer = QCompleter(combo.model(), combo)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    combo.setCompleter(completer)
    return combo


class ChoiceDelegate(QStyledItemDelegate):
    """A cell that takes one of `choices(row number)` as (key, words); the model's `setData` receives the key.

    Typing narrows the list; Enter takes what is typed when it is, or finds, an entry; Esc gives up.
    """

    def __init__(self, choices: Callable[[int], Choices], parent: QTableView) -> None:
        super().__init__(parent)
        self._choices = choices

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A combo box with the choices of this row; clicking an entry stores it."""
        editor = QComboBox(parent)
        for key, words in self._choices(index.row()):
            editor.addItem(words, key)
        finder(editor)
        editor.activated.connect(lambda _at: self._take(editor))
        return editor

    def _take(self, editor: QComboBox) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start on the choice in force, its words selected so that typing replaces them."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))
            line = editor.lineEdit()
            if line is not None:
                line.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Store the key of the entry typed or of the first one that contains it; anything else changes nothing."""
        if not isinstance(editor, QComboBox):
            return
        at = editor.findText(editor.currentText())
        if at < 0 and editor.currentText().strip():
            at = editor.findText(editor.currentText().strip(), Qt.MatchFlag.MatchContains)
        if at >= 0:
            model.setData(index, editor.itemData(at))
