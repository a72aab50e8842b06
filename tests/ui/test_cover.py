"""The cover over a locked window: what wants to appear meanwhile waits, and then stands as if it had just come."""

from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from ui.cover import WindowCover


def test_a_modal_dialog_that_came_while_locked_is_counted_no_more_once_it_is_gone(
    qtbot: QtBot, qapp: QApplication
) -> None:
    """Qt fell over when it asked for the modal window after the dialog had been destroyed with its window."""
    cover, door = WindowCover(qapp), QWidget()
    qtbot.addWidget(door)
    for show in (True, False):
        window = QWidget()
        window.show()
        cover.over(door)
        dialog = QDialog(window)
        dialog.open()
        assert not window.isVisible()
        cover.off(show=show)
        assert (qapp.activeModalWidget() is dialog) == show
        assert window.isVisible() == show
        if show:
            dialog.hide()
        delete(window)
        assert not isValid(dialog)
        assert qapp.activeModalWidget() is None
