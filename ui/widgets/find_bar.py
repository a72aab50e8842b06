"""A search in a long text: all places shown at once, the next and the one before by Enter and Shift+Enter."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget

from ui.theme import colours
from ui.widgets.parts import button, label, row
from workbench.base.i18n import _


class _Words(QLineEdit):
    """Enter goes on, Shift+Enter back; neither presses a button of the dialog."""

    def __init__(self, bar: "FindBar") -> None:
        super().__init__()
        self._bar = bar

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._bar.step(-1 if back else 1)
            return
        super().keyPressEvent(event)


class FindBar(QWidget):
    """What to look for in `text`, where one stands of how many, and the two ways on."""

    def __init__(self, text: QTextEdit, prompt: str, name: str) -> None:
        super().__init__()
        self._text = text
        self._places: list[QTextCursor] = []
        self._at = -1
        self.words = _Words(self)
        self.words.setPlaceholderText(prompt)
        self.words.setAccessibleName(name)
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._search)
        self.count = label("", "second")
        self.count.setMinimumWidth(64)
        before = button(_("上一处"), lambda: self.step(-1), tip="Shift+Enter")
        after = button(_("下一处"), lambda: self.step(1), tip="Enter")
        line = row(self.words, self.count, before, after)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)

    def ask(self) -> None:
        """Take the keyboard, with what was looked for last ready to be typed over."""
        self.words.setFocus()
        self.words.selectAll()

    def step(self, by: int) -> None:
        """The next place, or the one before; around at the ends."""
        if self._places:
            self._show((self._at + by) % len(self._places))

    def _search(self, words: str) -> None:
        """The view goes to the first place from where it stands."""
        document, self._places, self._at = self._text.document(), [], -1
        place = document.find(words) if words else QTextCursor()
        while not place.isNull():
            self._places.append(place)
            place = document.find(words, place, QTextDocument.FindFlag(0))
        self.count.setText(_("没有找到") if words and not self._places else "")
        if not self._places:
            self._text.setExtraSelections([])
            return
        top = self._text.cursorForPosition(self._text.viewport().rect().topLeft()).position()
        self._show(next((at for at, one in enumerate(self._places) if one.position() >= top), 0))

    def _show(self, at: int) -> None:
        self._at = at
        here = self._places[at]
        cursor = QTextCursor(here)
        cursor.setPosition(here.selectionStart())
        lay_out(self._text)
        self._text.setTextCursor(cursor)
        self._text.ensureCursorVisible()
        self.count.setText(f"{at + 1} / {len(self._places)}")
        self._text.setExtraSelections([_marked(one, one is here) for one in self._places])


def lay_out(text: QTextEdit) -> None:
    """To be called before scrolling: Qt lays a long text out little by little, and how far one can scroll is known
    only when it is done."""
    text.document().documentLayout().pageCount()


def _marked(cursor: QTextCursor, current: bool) -> QTextEdit.ExtraSelection:
    """A place of the words; the current one stands out."""
    chosen, made = colours(), QTextEdit.ExtraSelection()
    made.cursor = cursor
    made.format.setBackground(QColor(chosen.accent if current else chosen.soft))
    if current:
        made.format.setForeground(QColor(chosen.on_accent))
    return made
