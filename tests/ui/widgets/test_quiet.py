"""One calm line while customers are to be left in peace (domain 6.5)."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.quiet import QuietLine
from workbench.rules.parameters import Rules


def test_the_line_comes_and_goes_with_the_hours(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TIME", "12:30")
    around = QWidget()
    qtbot.addWidget(around)
    line = QuietLine(Rules.load())
    assert not line.isVisible(), "no window of its own"
    QVBoxLayout(around).addWidget(line)
    around.show()
    assert line.isVisible()
    assert "14:00" in line.text()
    monkeypatch.setenv("WORKBENCH_TIME", "14:00")
    line.look()
    assert not line.isVisible()
    monkeypatch.setenv("WORKBENCH_TIME", "20:00")
    line.look()
    assert line.isVisible()
