"""The tab of the methods: what a comparison shows, or that it shows nothing yet, and the customers behind it."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.pages.outcomes.effects import EffectsTab
from ui.tasks import Tasks
from workbench.outreach.effects.effect import EffectPerson, EffectReport, EffectRow
from workbench.outreach.effects.similar import EffectComparison, SimilarShare
from workbench.outreach.outcomes.counts import OutcomeShare


def row(code: str, contacted: OutcomeShare, similar: SimilarShare | None) -> EffectRow:
    compared = EffectComparison(contacted, similar, 0, 0, 0, 30)
    return EffectRow("method", code, f"方法{code}", 40, 50, 45, 9, (1, 2), compared)


def people(ids: Sequence[int]) -> list[EffectPerson]:
    return [EffectPerson(one, f"000000000{one}", "王小明") for one in ids]


@pytest.fixture
def tab(qtbot: QtBot, tasks: Tasks) -> EffectsTab:
    tab = EffectsTab(people, tasks)
    qtbot.addWidget(tab)
    tab.show()
    rows = (row("A", OutcomeShare(38, 40), SimilarShare(0.5, 60.0, 80)), row("B", OutcomeShare(3, 4), None))
    tab.show_report(EffectReport("2026-10-31", 3, rows))
    qtbot.waitUntil(lambda: tab.customers.table.rowCount() == 2)
    return tab


def test_the_first_method_stands_with_its_sentence_and_its_customers(tab: EffectsTab, qtbot: QtBot) -> None:
    assert "相差 +45.0 个百分点" in tab.sentence.text()
    assert "联系过的留住得多" in tab.sentence.text()
    assert "只作参考" in tab.note.text()
    opened: list[str] = []
    tab.person_opened.connect(opened.append)
    tab.customers.setCurrentIndex(tab.customers.table.index(1, 0))
    qtbot.keyClick(tab.customers, Qt.Key.Key_Return)
    assert opened == ["0000000002"]


def test_too_few_are_told_as_too_few(tab: EffectsTab) -> None:
    tab.table.setCurrentIndex(tab.table.table.index(1, 0))
    assert "样本太少" in tab.sentence.text()
    model = tab.table.table
    last = len(model.columns) - 1
    assert model.index(1, last).data() == "样本太少,说明不了"
