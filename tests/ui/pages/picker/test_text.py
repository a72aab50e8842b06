"""The condition as text: asked a moment after a key, its fault marked at the character, a near word one click away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.ui.bot import Bot, delivered
from ui.pages.picker.text import ConditionText
from workbench.base.errors import WorkbenchError
from workbench.base.terms import Term
from workbench.insight.language.parse import parse


@pytest.fixture
def text(qtbot: Bot) -> ConditionText:
    made = ConditionText()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def typed(text: ConditionText) -> list[str]:
    """The conditions that were asked."""
    asked: list[str] = []
    text.typed.connect(asked.append)
    return asked


def fault(position: object) -> WorkbenchError:
    return WorkbenchError("bad_expression", "不认识“averag”。\n第 1 行", "请改一改。", position=position)


def test_a_condition_is_asked_a_moment_after_the_last_key(
    qtbot: Bot, text: ConditionText, typed: list[str]
) -> None:
    qtbot.keyClicks(text.lines, "tier = 1")
    assert typed == []
    qtbot.waitUntil(lambda: bool(typed))
    assert typed == ["tier = 1"]


def test_enter_asks_at_once_and_shift_enter_begins_a_line(
    qtbot: Bot, text: ConditionText, typed: list[str]
) -> None:
    qtbot.keyClicks(text.lines, "a > 1")
    qtbot.keyClick(text.lines, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert typed == []
    qtbot.keyClick(text.lines, Qt.Key.Key_Return)
    assert typed == ["a > 1"]
    assert text.lines.toPlainText() == "a > 1\n"


def test_a_text_that_was_built_is_shown_and_not_asked(text: ConditionText, typed: list[str]) -> None:
    text.show_fault(fault(0))
    text.put("tier = 'L3'")
    delivered()
    assert text.text() == "tier = 'L3'"
    assert typed == []
    assert not text.fault.isVisible(), "what was wrong belonged to another text"
    assert text.marked == ""


@pytest.mark.parametrize(
    ("condition", "position", "marked", "word"),
    [
        ("averag > 5", 0, "averag", "averag"), ("  averag > 5", 0, "averag", "averag"),
        ("a > `资产 月`", 4, "`资产 月`", "资产 月"),
        ("a > ", 3, ">", ""), ("a >", 3, ">", ""),
    ],
)  # fmt: skip
def test_a_fault_is_marked_at_its_characters(
    text: ConditionText, condition: str, position: int, marked: str, word: str
) -> None:
    text.lines.setPlainText(condition)
    assert text.show_fault(fault(position)) == word
    assert text.marked == marked
    assert text.fault.text() == "不认识“averag”。", "one line is enough"
    text.clear_fault()
    assert (text.marked, text.fault.isVisible()) == ("", False)


def test_a_fault_without_a_place_is_said_and_marks_nothing(text: ConditionText) -> None:
    text.lines.setPlainText("averag > 5")
    text.show_fault(fault(0))
    assert text.show_fault(fault(None)) == ""
    assert text.marked == ""
    assert text.fault.isVisible()


def test_a_near_word_replaces_the_one_that_was_meant(
    qtbot: Bot, text: ConditionText, typed: list[str]
) -> None:
    text.lines.setPlainText("tier = 1 and averag > 5")
    text.show_fault(fault(13))
    terms = [Term(f"t{n}", f"资产 月日均{n}", "money") for n in range(5)]
    text.offer(terms)
    near = text.findChildren(QPushButton)
    assert [one.text() for one in near] == [term.label for term in terms[:3]]
    near[1].click()
    assert text.text() == "tier = 1 and `资产 月日均1` > 5"
    assert typed == [text.text()]
    assert parse(text.text())


def test_nothing_is_offered_where_nothing_is_marked(text: ConditionText) -> None:
    text.offer([Term("average", "资产月日均", "money")])
    assert text.findChildren(QPushButton) == []
