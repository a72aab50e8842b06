"""The question which birthday a customer keeps, and his answer (domain 6.6)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from db.tables import customers
from tests.ui.bot import Bot
from ui.pages.portrait.birthday_dialog import BirthdayDialog
from ui.pages.portrait.facts import FactsCard
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.base.birthdays import BirthdayWay

NO = "900000000001"


@pytest.fixture
def elder(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-09-01")
    with workbench.book.write("import", "customer") as writer:
        row = {"customer_no": NO, "name": "张三", "no_reversed": NO[::-1], "birth_date": "1950-08-15"}
        writer.insert(customers, [row])
    return workbench


def opened(qtbot: Bot, tasks: Tasks, workbench: Workbench) -> BirthdayDialog:
    dialog = BirthdayDialog(workbench, tasks, NO, workbench.outreach.birthday_ways.of(NO))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_an_answer_is_kept_shown_again_and_taken_back(qtbot: Bot, tasks: Tasks, elder: Workbench) -> None:
    ways = elder.outreach.birthday_ways
    dialog = opened(qtbot, tasks, elder)
    assert not dialog.month.isEnabled()
    dialog.answers.setCurrentIndex(1)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not tasks.busy and not dialog.isVisible())
    assert ways.of(NO).way == BirthdayWay("lunar", 8, 15)
    dialog = opened(qtbot, tasks, elder)
    assert dialog.answers.currentIndex() == 1
    dialog.answers.setCurrentIndex(dialog.answers.findData("forget"))
    dialog.yes.click()
    qtbot.waitUntil(lambda: not tasks.busy and not dialog.isVisible())
    assert ways.of(NO).way is None


def test_another_day_is_written_and_an_impossible_one_refused(
    qtbot: Bot, tasks: Tasks, elder: Workbench
) -> None:
    dialog = opened(qtbot, tasks, elder)
    dialog.answers.setCurrentIndex(len(dialog.kept.choices))
    dialog.calendar.setCurrentIndex(dialog.calendar.findData("leap"))
    dialog.month.setValue(4)
    dialog.day.setValue(31)
    assert dialog.prefer.isVisible()
    dialog.yes.click()
    qtbot.waitUntil(lambda: not tasks.busy and dialog.fault.isVisible())
    dialog.day.setValue(2)
    dialog.yes.click()
    qtbot.waitUntil(lambda: not tasks.busy and not dialog.isVisible())
    assert elder.outreach.birthday_ways.of(NO).way == BirthdayWay("lunar", 4, 2, leap=True)


def test_the_card_of_facts_shows_the_question_and_then_the_answer(qtbot: Bot, elder: Workbench) -> None:
    ways = elder.outreach.birthday_ways
    card = FactsCard(bool, bool, bool, lambda _key, _label: None)
    qtbot.addWidget(card)
    card.birthday = QPushButton()
    card.show_birthday(ways.of(NO))
    assert card.birthday.text() == "请先确认:生日过公历还是农历"
    ways.put(NO, BirthdayWay("lunar", 8, 15))
    card.show_birthday(ways.of(NO))
    assert card.birthday.text() == "生日过农历八月十五,下一次 2026-09-25"
    card.show_birthday(None)
    assert card.birthday.text() == "生日按哪个过…"
