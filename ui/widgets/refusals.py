"""What a dialog's write answers to when it is refused: the dialog, or the window when the dialog is gone by then."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout
from shiboken6 import isValid

from ui.tasks import Tasks
from ui.widgets.parts import label
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _

Failed = Callable[[Exception], object]
#: milliseconds after which a person is told that the write waits for others
_PATIENCE = 300


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


def under_way(
    dialog: QDialog, tasks: Tasks, failed: Failed, *buttons: QPushButton, stays: bool = False
) -> Failed:
    """The `failed` of a write that begins now: `buttons` are off until it is refused. Where the dialog closes when it is
    done (does not stay), one that has to wait says so.

    What is refused after the dialog has gone is told where everything is that no page took care of.
    """
    for one in buttons:
        one.setEnabled(False)
    waits = label(_("账本正忙,一得空就存进去;这个窗口可以先关掉。"), "second", wrap=True)
    waits.hide()
    layout = dialog.layout()
    if isinstance(layout, QVBoxLayout) and not stays:
        layout.insertWidget(layout.count() - 1, waits)  # above the buttons
        QTimer.singleShot(_PATIENCE, waits, waits.show)

    def refused(error: Exception) -> None:
        if not there(dialog):
            tasks.failed.emit(error)
            return
        waits.deleteLater()
        for one in buttons:
            one.setEnabled(True)
        failed(error)

    return refused
