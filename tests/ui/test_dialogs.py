"""The short question: Enter answers, Esc leaves, a reason is a reason."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.bot import Bot
from ui.dialogs import ReasonDialog


@pytest.mark.parametrize(("typed", "enough"), [("", False), ("核", False), ("  核 ", False), ("核对", True)])
def test_a_reason_of_one_character_is_none(qtbot: Bot, typed: str, enough: bool) -> None:
    dialog, given = ReasonDialog(), []
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.given.connect(given.append)
    dialog.show()
    dialog.reason.setText(typed)
    assert dialog.go.isEnabled() == enough
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert given == ([typed.strip()] if enough else [])
    assert dialog.isVisible() != enough
