"""What is to be read before the figures: the first sentence, the others behind a link."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.widgets.parts import button, label, row
from workbench.base.i18n import _


class NotesLine(QWidget):
    """One line until it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self._notes: tuple[str, ...] = ()
        self._open = False
        self.words = label("", "todo", wrap=True)
        self.more = button("", self._turn, "link")
        line = row(self.words, self.more)
        line.setStretch(0, 1)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.hide()

    def show_notes(self, notes: Sequence[str]) -> None:
        """Show sentences, the first of them at once."""
        self._notes = tuple(notes)
        self.setVisible(bool(notes))
        self._show()

    def _turn(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        shown = self._notes if self._open else self._notes[:1]
        self.words.setText("\n".join(shown))
        self.words.setToolTip("\n".join(self._notes))
        rest = len(self._notes) - 1
        self.more.setVisible(rest > 0)
        self.more.setText(_("收起") if self._open else _("还有 {n} 条说明").format(n=rest))
