"""What stands below each heading of head office's form, and its own words for ours: chosen once, remembered."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.parts import empty, flow, label
from workbench.base.i18n import _
from workbench.outreach.office_return.columns import return_columns
from workbench.sheets.office_return.filling import UnsaidWord
from workbench.sheets.office_return.layouts import LayoutColumn, OfficeLayout

#: headings beside each other
_ACROSS = 2
#: pixels of the part that scrolls
_HEIGHT = 134


class OfficeColumns(QWidget):
    """`chosen(letter, code)` for what is written below a heading, `worded(letter, our word, theirs)` for a word of the form's
    own choices; both by the person alone."""

    chosen = Signal(str, str)
    worded = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.combos: dict[str, QComboBox] = {}
        self.words: dict[tuple[str, str], QComboBox] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._area: QScrollArea = flow(self._grid)
        self._area.setFixedHeight(_HEIGHT)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)

    def show_layout(self, layout: OfficeLayout, unsaid: Sequence[UnsaidWord] = ()) -> None:
        """The words for which the form's own choices have none, and the headings of the layout; the keyboard stays where it
        was."""
        held = next((key for key, combo in self._fields() if combo.hasFocus()), None)
        empty(self._grid)
        self.combos.clear()
        self.words.clear()
        place = 0
        for one in self._wordings(layout, unsaid):
            self._put(
                place,
                _("{heading}:“{word}”写成").format(heading=one.heading, word=one.word),
                self._word(one, layout),
            )
            place += 1
        place += -place % _ACROSS
        for column in layout.columns:
            self._put(place, f"{column.letter} {column.heading}", self._what(column))
            place += 1
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        again = dict(self._fields()).get(held)
        if again is not None:
            again.setFocus()

    def _fields(self) -> list[tuple[object, QComboBox]]:
        return [*self.combos.items(), *self.words.items()]

    @staticmethod
    def _wordings(layout: OfficeLayout, unsaid: Sequence[UnsaidWord]) -> list[UnsaidWord]:
        kept = {(one.letter, one.word) for one in unsaid}
        chosen = [
            UnsaidWord(one.letter, one.heading, ours, (theirs,), 0)
            for one in layout.columns
            for ours, theirs in one.words
            if (one.letter, ours) not in kept
        ]
        return [*unsaid, *chosen]

    def _put(self, place: int, words: str, field: QWidget) -> None:
        line, across = divmod(place, _ACROSS)
        name = label(words, "second", wrap=True)
        name.setBuddy(field)
        self._grid.addWidget(name, line, 2 * across)
        self._grid.addWidget(field, line, 2 * across + 1)
        self._grid.setColumnStretch(2 * across, 1)

    def _what(self, column: LayoutColumn) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(column.heading)
        made.addItem(_("不填"), "")
        for one in return_columns().values():
            made.addItem(one.name, one.code)
        made.setCurrentIndex(max(0, made.findData(column.what)))
        made.activated.connect(lambda _at: self.chosen.emit(column.letter, str(made.currentData())))
        self.combos[column.letter] = made
        return made

    def _word(self, one: UnsaidWord, layout: OfficeLayout) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(f"{one.heading} {one.word}")
        made.addItem(_("留空"), "")
        for word in one.choices:
            made.addItem(word, word)
        chosen = {(at.letter, ours): theirs for at in layout.columns for ours, theirs in at.words}.get(
            (one.letter, one.word), ""
        )
        made.setCurrentIndex(max(0, made.findData(chosen)))
        made.activated.connect(lambda _at: self.worded.emit(one.letter, one.word, str(made.currentData())))
        self.words[one.letter, one.word] = made
        return made
