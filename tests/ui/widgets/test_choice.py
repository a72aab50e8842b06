"""One of a few codes as buttons."""

import pytest
from PySide6.QtWidgets import QPushButton

from tests.ui.bot import Bot
from ui.widgets.choice import ChoiceButtons

CODES = tuple((f"c{n}", f"选项{n}") for n in range(7))


def test_one_of_a_few_codes_is_chosen_and_the_first_at_the_start(qtbot: Bot) -> None:
    made = ChoiceButtons(CODES)
    qtbot.addWidget(made)
    assert made.code() == "c0"
    buttons = made.findChildren(QPushButton)
    buttons[5].click()
    assert made.code() == "c5"
    made.take("c2")
    assert made.code() == "c2"
    assert [one.text() for one in buttons if one.isChecked()] == ["选项2"], "one at a time"
    with pytest.raises(ValueError, match="none"):
        made.take("none of them")
    undecided = ChoiceButtons(CODES, preset=False)
    qtbot.addWidget(undecided)
    assert undecided.code() == ""
    made.show()
    made.activateWindow()
    made.focus_checked()
    assert made.focusWidget() is buttons[2]
