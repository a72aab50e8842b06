"""The evidence: fragile profiles are named (domain 4.2), and no hit is not said to be safe while signals cannot be told."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.bot import Bot
from tests.workbench.insight.portrait.test_portrait import EMPTY
from ui.pages.portrait.signals import SignalsCard
from workbench.insight.churn.verdict import CustomerRisk
from workbench.rules.parameters import Rules


@pytest.mark.parametrize(
    ("blind", "words"), [((), "没有命中信号。"), (("S4", "S6"), "还有 2 项看不到,不等于没有")]
)
def test_what_was_not_looked_at_is_not_called_calm(qtbot: Bot, blind: tuple[str, ...], words: str) -> None:
    card = SignalsCard(Rules.load(), lambda _verdict: None, lambda *_behind: None, lambda: None)
    qtbot.addWidget(card)
    risk = CustomerRisk(1, "0001", "王芳", 3.0, None, 1, 1, "L3", (), blind, ("P1",), "")
    card.fill(replace(EMPTY, risk=risk))
    said = "\n".join(one.text() for one in card.findChildren(QLabel))
    assert words in said
    assert "易流失画像:" in said
