"""One of a few codes as buttons."""

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QWidget

Codes = tuple[tuple[str, str], ...]
PER_LINE = 5


class ChoiceButtons(QWidget):
    """One of a few codes as buttons in lines: arrows move, space or a click takes."""

    def __init__(self, codes: Codes, per_line: int = PER_LINE, *, preset: bool = True) -> None:
        """`preset`: the first is checked from the start; else none is until somebody chooses."""
        super().__init__()
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        self._codes = [code for code, _words in codes]
        for number, (_code, words) in enumerate(codes):
            made = QPushButton(words)
            made.setCheckable(True)
            made.setChecked(preset and number == 0)
            made.setAutoDefault(False)
            self._group.addButton(made, number)
            grid.addWidget(made, number // per_line, number % per_line)

    def take(self, code: str) -> None:
        """Check the button of `code`; ValueError when there is none."""
        self._group.button(self._codes.index(code)).setChecked(True)

    def code(self) -> str:
        """The code of the checked button; '' before anything was chosen."""
        place = self._group.checkedId()
        return self._codes[place] if place >= 0 else ""

    def focus_checked(self) -> None:
        """Put the keyboard on the checked button, on the first where none is."""
        self._group.button(max(self._group.checkedId(), 0)).setFocus()
