"""What a book is asked for once it is open: a new one for its recovery sheet, then every one that lacks it for 本行授权使用."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui.recovery_offer import RecoveryOffer
from ui.statement_dialog import StatementDialog
from ui.tasks import Tasks
from workbench.trust import statement

if TYPE_CHECKING:
    from workbench.app import Workbench

#: milliseconds from the opening until the statement is asked for: the first page comes first
STATEMENT_AFTER = 2_000


class FirstSteps(QObject):
    """One question after the other, each once an opening. What is put off stays in the tab 口令与恢复码 of 登记簿."""

    def __init__(self, tasks: Tasks, window: Callable[[], QWidget | None], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._window = window
        self._workbench: Workbench | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)

    def begin(self, workbench: "Workbench", window: QWidget, *, made: bool) -> None:
        """Ask what `workbench` lacks, over `window`. Nobody is asked where the environment gives the passphrase: a script or a
        demonstration is at work there. Raises WorkbenchError of a book that cannot be read."""
        if os.environ.get("WORKBENCH_PASSPHRASE") or not statement.wanted(workbench.book):
            return
        self._workbench = workbench
        if not made:
            self._timer.start(STATEMENT_AFTER)
            return
        offer = RecoveryOffer(workbench, self._tasks, window)
        offer.finished.connect(self._ask)
        offer.open()

    def end(self) -> None:
        """The book closes."""
        self._timer.stop()
        self._workbench = None

    def _ask(self) -> None:
        bench, window = self._workbench, self._window()
        if bench is None or window is None:
            return
        # the door of a lock is modal too: over it nothing is asked
        if QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None:
            self._timer.start(STATEMENT_AFTER)
            return
        self._workbench = None
        if statement.wanted(bench.book):  # not filled in by hand meanwhile
            StatementDialog(bench, self._tasks, window).open()
