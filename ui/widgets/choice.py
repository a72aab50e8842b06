"""One of a few codes as buttons."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QWidget

Codes = tuple[tuple[str, str], ...]
PER_LINE = 5


class ChoiceButtons(QWidget):
    """One of a few codes as buttons in lines: arrows move, space, a click or its digit takes.

    `digits`: code -> the digit that takes it, shown before its words; `preset`: whether the first is checked to begin with.
    `chosen(code)` however it was taken, `keyed(code)` by its digit.
    """

    chosen = Signal(str)
    keyed = Signal(str)

    def __init__(
        self,
        codes: Codes,
        per_line: int = PER_LINE,
        *,
        digits: Mapping[str, str] | None = None,
        preset: bool = True,
    ) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        self._codes = [code for code, _words in codes]
        self._by_digit = {digit: code for code, digit in (digits or {}).items() if digit}
        for number, (code, words) in enumerate(codes):
            digit = (digits or {}).get(code, "")
            made = QPushButton(f"{digit} {words}" if digit else words)
            made.setCheckable(True)
            made.setChecked(preset and number == 0)
            made.setAutoDefault(False)
            self._group.addButton(made, number)
            grid.addWidget(made, number // per_line, number % per_line)
        self._group.idToggled.connect(self._toggled)
        if not preset:
            self._one_stop()

    def take(self, code: str) -> None:
        """Check the button of `code`; ValueError when there is none."""
        self._group.button(self._codes.index(code)).setChecked(True)

    def code(self) -> str:
        """The code of the checked button; '' while none is."""
        at = self._group.checkedId()
        return self._codes[at] if at >= 0 else ""

    def focus_checked(self) -> None:
        """Put the keyboard on the checked button, else on the first."""
        self._group.button(max(self._group.checkedId(), 0)).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit takes its code, wherever the keyboard is among the buttons."""
        code = self._by_digit.get(event.text())
        if code is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        self.take(code)
        self.focus_checked()
        self.keyed.emit(code)

    def _toggled(self, at: int, on: bool) -> None:
        self._one_stop()
        if on:
            self.chosen.emit(self._codes[at])

    def _one_stop(self) -> None:
        """Tab stops at the buttons once: at the checked one, else at the first."""
        stop = max(self._group.checkedId(), 0)
        for at, made in enumerate(self._group.buttons()):
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == stop else Qt.FocusPolicy.ClickFocus)
