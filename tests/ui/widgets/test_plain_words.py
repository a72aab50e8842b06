"""A label shows its words letter by letter, from the first word on; no other label is made."""

import ast
from pathlib import Path

from PySide6.QtCore import Qt

from tests.ui.bot import Bot
from ui.widgets.parts import label
from ui.widgets.plain_words import PlainLabel, tip_words

UI = Path(__file__).parents[3] / "ui"


def test_words_are_no_markup_and_hold_nothing_unseen(qtbot: Bot) -> None:
    for made in (label("甲\u202e<b>\n乙"), PlainLabel("甲\u202e<b>\n乙")):
        qtbot.addWidget(made)
        assert made.text() == "甲<b>\n乙"
        made.setText("丙\u200b\x1b")
        assert (made.text(), made.textFormat()) == ("丙", Qt.TextFormat.PlainText)


def test_a_tip_shows_markup_as_it_is_written() -> None:
    made = tip_words("<img src='//server/a.png'>\u202e\n二")
    assert made == "<qt>&lt;img src=&#x27;//server/a.png&#x27;&gt;<br>二</qt>"
    assert tip_words(made) == made
    assert (
        tip_words("<qt>a<br>b<img src=x></qt>")
        == "<qt>&lt;qt&gt;a&lt;br&gt;b&lt;img src=x&gt;&lt;/qt&gt;</qt>"
    )
    assert tip_words("1 < 2\n二") == "1 < 2\n二"


def test_labels_with_words_are_made_here_only() -> None:
    wild = []
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QLabel" and node.args
            derived = isinstance(node, ast.ClassDef) and any(
                getattr(one, "id", "") == "QLabel" for one in node.bases
            )
            if (called or derived) and getattr(node, "name", "") not in ("PlainLabel", "Sheet"):
                wild.append(f"{path.relative_to(UI)}:{getattr(node, 'lineno', 0)}")
    assert wild == []
