"""The Qt binding in use must not give away references: PySide6 6.12.0 on Python 3.11 does, and ends the program
after some thousands of calls ("deallocating None")."""

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_calls_that_return_nothing_leave_none_alone(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _number in range(500):
        label.update()
    assert sys.getrefcount(None) > before - 250
