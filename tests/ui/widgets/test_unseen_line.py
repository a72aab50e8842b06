"""What cannot be told is one line, with the rest behind a link and the way to the import."""

import pytest
from PySide6.QtWidgets import QApplication

from ui.widgets.unseen_line import UnseenLine

PARTS = ("到期(缺「到期日」)", "生日问候(缺「出生日期」)", "证件(缺「证件到期日」)", "风评(缺「风评到期日」)")


@pytest.fixture
def went() -> list[str]:
    return []


@pytest.fixture
def line(qapp: QApplication, went: list[str]) -> UnseenLine:
    return UnseenLine(lambda: went.append("imports"))


def test_nothing_unseen_is_no_line(line: UnseenLine) -> None:
    line.show_parts(PARTS)
    assert not line.isHidden()
    line.show_parts(())
    assert line.isHidden()


def test_two_are_named_and_the_rest_is_a_press_away(line: UnseenLine, went: list[str]) -> None:
    line.show_parts(PARTS)
    assert line.words.text() == "看不到:到期(缺「到期日」);生日问候(缺「出生日期」)"
    assert line.more.text() == "还有 2 项"
    line.more.click()
    assert all(part in line.words.text() for part in PARTS)
    line.more.click()
    assert PARTS[2] not in line.words.text()
    line.way.click()
    assert went == ["imports"]


def test_one_more_is_named_rather_than_counted(line: UnseenLine) -> None:
    line.show_parts(PARTS[:3])
    assert PARTS[2] in line.words.text()
    assert line.more.isHidden()
