"""What a dialog's write answers to when it is refused: the dialog, or the window when the dialog is gone by then."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from shiboken6 import isValid

from ui.tasks import Tasks
from workbench.errors import WorkbenchError

Failed = Callable[[Exception], object]


def there(dialog: QDialog) -> bool:
    """Whether a person still looks at it: neither deleted nor closed and about to be."""
    return isValid(dialog) and dialog.isVisible()


def told_in(fault: QLabel, tasks: Tasks) -> Failed:
    """What was expected to be refused stands in the fault line of a dialog; anything else goes to the window."""

    def failed(error: Exception) -> None:
        if isinstance(error, WorkbenchError):
            fault.setText(error.sentence())
            fault.show()
        else:
            tasks.failed.emit(error)

    return failed


def under_way(dialog: QDialog, tasks: Tasks, failed: Failed, *buttons: QPushButton) -> Failed:
    """The `failed` of a write that begins now: `buttons` are off until it is refused.

    What is refused after the dialog has gone is told where everything is that no page took care of.
    """
    for one in buttons:
        one.setEnabled(False)

    def refused(error: Exception) -> None:
        if not there(dialog):
            tasks.failed.emit(error)
            return
        for one in buttons:
            one.setEnabled(True)
        failed(error)

    return refused
