"""A short question: lines of label and field, what is missing, two buttons."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from ui.tasks import Tasks
from ui.theme import px
from ui.widgets.fault_line import FaultLine
from ui.widgets.long_number_line import LongNumberLine
from ui.widgets.parts import button, label, row
from ui.widgets.refusals import fault_handler, under_way
from workbench.base.change import Change
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench

Job = Callable[[], Change]
#: pixels that words in a field lie below its upper edge, more than those of a label
_LEVEL = 6
#: pixels of the screen that a window frame takes
_FRAME = 40


class FormDialog(QDialog):
    """Lines of label and field over a fault line and the two buttons; Enter answers, Esc leaves."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, title: str, yes: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self.fault = FaultLine()
        self.numbers = LongNumberLine()
        self.yes = button(yes, self.answer, "primary")
        self.yes.setDefault(True)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(10)
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(self._grid)
        layout.addWidget(self.numbers)
        layout.addWidget(self.fault)
        layout.addLayout(row(None, button(_("取消"), self.reject), self.yes))

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its lines need: words that wrap make the layout guess too little."""
        super().showEvent(event)
        inside, screen = self.layout(), self.screen().availableGeometry()
        need = inside.totalHeightForWidth(self.width()) if inside is not None else 0
        if need > self.height():
            self.resize(self.width(), min(need, screen.height() - px(_FRAME)))

    def line(self, words: str, field: QWidget) -> None:
        """Add a line: `words` at the left, `field` right of them."""
        at, name = self._grid.rowCount(), label(words, "second")
        if not isinstance(field, QLabel):
            name.setContentsMargins(0, px(_LEVEL), 0, 0)
        self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(field, at, 1)
        self.numbers.follow(field)

    def say(self, fault: str) -> None:
        """Show in the fault line what is missing or was refused, until a field is changed."""
        self.fault.setText(fault)

    def answer(self) -> None:
        """Write what was entered; subclasses say what. Called by Enter and by the primary button."""

    def write(self, job: Job, words: str) -> None:
        """Run `job` on the book's thread and close when it is done; `words` announce it. A refusal keeps the dialog
        open."""
        failed = under_way(self, self.tasks, fault_handler(self.fault, self.tasks), self.yes)
        self.tasks.write(job, lambda _change: self.accept(), words=words, failed=failed, owner=self)
