"""The cover over a locked window: what wants to appear meanwhile waits, and stands afterwards as if it had just come."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from tests.ui.bot import delivered
from ui.cover import WindowCover
from ui.widgets.refusals import still_open


@pytest.fixture
def cover(qtbot: QtBot, qapp: QApplication) -> Iterator[WindowCover]:
    """Over nothing so far; a window stands."""
    door = QWidget()
    qtbot.addWidget(door)
    made = WindowCover(qapp)
    made.over(door)
    yield made
    if made.on:
        made.off()
    delete(made)


@pytest.mark.parametrize("kind", [QDialog, QMessageBox])
@pytest.mark.parametrize("show", [True, False])
def test_a_modal_dialog_that_came_while_locked_is_counted_no_more_once_it_is_gone(
    cover: WindowCover, kind: type[QDialog], show: bool
) -> None:
    """Qt fell over when it asked for the modal window after such a dialog had been destroyed."""
    window = QWidget()
    dialog = kind(window)
    dialog.open()
    delivered()
    assert not dialog.isVisible()
    assert QGuiApplication.modalWindow() is None
    cover.off(show=show)
    assert dialog.isVisible() == show
    assert dialog.windowOpacity() == 1
    assert (QApplication.activeModalWidget() is dialog) == show
    delete(window)
    assert not isValid(dialog)
    assert QGuiApplication.modalWindow() is None


def test_a_dialog_that_a_job_answered_while_locked_does_not_come_back(
    qtbot: QtBot, cover: WindowCover
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    answered, waiting = QDialog(window), QDialog(window)
    for one in (answered, waiting):
        one.open()
    delivered()
    assert still_open(answered)
    answered.accept()
    assert not still_open(answered)
    cover.off()
    assert not answered.isVisible()
    assert waiting.isVisible()
