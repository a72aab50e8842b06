"""The condition as text: checked while it is typed, a fault marked at its character, near words offered to click."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from ui.theme import colours
from ui.widgets.parts import button, empty, label, row
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.terms import Term

#: milliseconds of quiet after a key before the condition is counted
PAUSE = 120
_WORD = re.compile(r"`[^`]*`?|\w+|\S")


class _Lines(QPlainTextEdit):
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter emits `entered`; Shift+Enter starts a new line."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
            return
        super().keyPressEvent(event)


class ConditionText(QWidget):
    """`typed(text)` a moment after a key, or at once on Enter; `put` shows a text without emitting it."""

    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lines = _Lines()
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(86)
        self.lines.setAccessibleName(_("条件的文字"))
        self.lines.setPlaceholderText(_("也可以直接写:资产月日均 >= 50万 且 非 拒绝营销标志    Ctrl+E"))
        self.fault = label("", "red", wrap=True)
        self.fault.hide()
        self.near = row(spacing=2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.lines)
        layout.addWidget(self.fault)
        layout.addLayout(self.near)
        self._quiet = False
        self._at: tuple[int, int] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._say)
        self.lines.textChanged.connect(self._changed)
        self.lines.entered.connect(self._say)

    def text(self) -> str:
        """The condition without spaces around it."""
        return self.lines.toPlainText().strip()

    def put(self, text: str) -> None:
        """Show a text that was built elsewhere; it is not emitted."""
        if text != self.text():
            self._quiet = True
            self.lines.setPlainText(text)
            self._quiet = False
        self._soon.stop()
        self.clear_fault()

    def _changed(self) -> None:
        if not self._quiet:
            self._soon.start()

    def _say(self) -> None:
        self._soon.stop()
        self.typed.emit(self.text())

    # -- what is wrong -------------------------------------------------------------------------------------

    def show_fault(self, error: WorkbenchError) -> str:
        """Show the fault below and mark its place; the marked word is returned, '' when the place is not known."""
        self.fault.setText(error.message.partition("\n")[0])
        self.fault.show()
        at = error.facts.get("position")
        self._at = None
        if not isinstance(at, int):
            self.lines.setExtraSelections([])
            return ""
        text = self.lines.toPlainText()
        at += len(text) - len(text.lstrip())
        word_at = _WORD.match(text, at)
        word = word_at[0] if word_at else ""
        begin = min(at, max(0, len(text.rstrip()) - 1))
        end = max(begin + 1, at + len(word))
        self._mark(begin, end)
        self._at = (at, at + len(word))
        return word.strip("`'\"")

    def _mark(self, begin: int, end: int) -> None:
        shape = QTextCharFormat()
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        shape.setUnderlineColor(QColor(colours().red))
        shape.setBackground(QColor(colours().bad_cell))
        spot = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.lines.document())
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        spot.cursor = cursor
        spot.format = shape
        self.lines.setExtraSelections([spot])

    @property
    def marked(self) -> str:
        """The characters marked as wrong, '' when none are."""
        spots = self.lines.extraSelections()
        return str(spots[0].cursor.selectedText()) if spots else ""

    def offer(self, terms: Sequence[Term]) -> None:
        """Offer three terms that the marked word may mean."""
        empty(self.near)
        if self._at is None:
            return
        for term in terms[:3]:
            self.near.addWidget(button(term.label, lambda word=term.label: self._replace(word), "link"))  # type: ignore[misc]
        self.near.addStretch(1)

    def _replace(self, word: str) -> None:
        from workbench.insight.language.formatted import named

        if self._at is not None:
            text = self.lines.toPlainText()
            self.lines.setPlainText(text[: self._at[0]] + named(word) + text[self._at[1] :])
            self.lines.moveCursor(QTextCursor.MoveOperation.End)
            self.lines.setFocus()
            self._say()

    def clear_fault(self) -> None:
        """Remove fault, mark and offers."""
        self.fault.hide()
        self.fault.setText("")
        self._at = None
        self.lines.setExtraSelections([])
        empty(self.near)
