"""One line on 本周: what became of the lights of the month before, and the way to 成效."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.widgets.parts import button, label, row
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.outreach.outcomes.lights import OutcomeRow


class LastLights(QWidget):
    """The line with its link; not there while nothing can be told."""

    def __init__(self, go: Callable[[], object]) -> None:
        super().__init__()
        self.words = label("", wrap=True)
        self.link = button(_("成效"), go, "link", tip=_("看是哪些客户,哪个信号说得准"))
        line = row(self.words, self.link)
        line.setStretch(0, 1)
        line.setContentsMargins(12, 0, 12, 0)
        self.setLayout(line)
        self.hide()

    def show_row(self, lights: "OutcomeRow | None") -> None:
        """Show the line; nothing without lights of the month before."""
        self.setVisible(lights is not None and bool(lights.lights))
        if lights is not None:
            from workbench.outreach.outcomes.words import last_month_words

            self.words.setText(last_month_words(lights))
