"""Where the refusal of a dialog's write is shown: in the dialog, or in the window when the dialog is gone by then."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout
from shiboken6 import isValid

from ui.cover import covering
from ui.tasks import Tasks
from ui.widgets.parts import label
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _

Failed = Callable[[Exception], object]
#: milliseconds after which the dialog says that the write waits for others
_PATIENCE = 300


def still_open(dialog: QDialog) -> bool:
    """Whether the person still sees the dialog, or will once the window is unlocked: neither deleted nor closed."""
    if not isValid(dialog):
        return False
    cover = covering()
    return dialog.isVisible() or (cover is not None and cover.hides(dialog))


def fault_handler(fault: QLabel, tasks: Tasks) -> Failed:
    """A handler that shows expected errors in the dialog's fault line and passes others to `tasks.failed`."""

    def failed(error: Exception) -> None:
        """Show or pass on one error."""
        if isinstance(error, WorkbenchError):
            fault.setText(error.sentence())
            fault.show()
        else:
            tasks.failed.emit(error)

    return failed


def under_way(
    dialog: QDialog, tasks: Tasks, failed: Failed, *buttons: QPushButton, stays: bool = False
) -> Failed:
    """Begin a write: disable `buttons` and return the handler of its failure, which enables them again.

    Unless the dialog `stays` open afterwards, a write that waits longer than 300 ms says that the dialog may be closed.
    A
    failure after the dialog is gone goes to `tasks.failed`.
    """
    for one in buttons:
        one.setEnabled(False)
    waits = label(_("账本正忙,空闲后自动保存;这个窗口可以先关闭。"), "second", wrap=True)
    waits.hide()
    layout = dialog.layout()
    if isinstance(layout, QVBoxLayout) and not stays:
        layout.insertWidget(layout.count() - 1, waits)  # above the buttons
        QTimer.singleShot(_PATIENCE, waits, waits.show)

    def refused(error: Exception) -> None:
        """Enable the buttons and show the failure, in the window if the dialog is gone."""
        if not still_open(dialog):
            tasks.failed.emit(error)
            return
        waits.deleteLater()
        for one in buttons:
            one.setEnabled(True)
        failed(error)

    return refused
