"""The short questions: Enter answers, Esc leaves, a reason is a reason, the next contact falls on a workday."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.ui.bot import Bot
from tests.ui.conftest import PASSPHRASE
from ui.dialogs import ReasonDialog, TouchDialog
from ui.tasks import Tasks
from workbench.app import Workbench


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


@pytest.fixture
def touch(qtbot: Bot, workbench: Workbench, tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> TouchDialog:
    """The question on Wednesday, 30 September 2026: the National Day holiday follows."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-09-30")
    made = TouchDialog(workbench, tasks, None)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("words", "day"), [("明天", "2026-10-08"), ("三天后", "2026-10-08"), ("一个月后", "2026-10-30")]
)
def test_the_next_contact_falls_on_a_workday(touch: TouchDialog, words: str, day: str) -> None:
    assert not touch.next_date.isEnabled()
    next(one for one in touch.findChildren(QPushButton) if one.text() == words).click()
    assert touch.again.isChecked()
    assert touch.next_date.isEnabled()
    assert touch.next_date.date().toString("yyyy-MM-dd") == day


def test_a_contact_without_a_customer_is_not_stored(touch: TouchDialog) -> None:
    touch.keep()
    assert touch.fault.text() == "请先选一位客户。"
    assert touch.isVisible()
    assert touch.who.hasFocus()


@pytest.fixture
def branch(path: Path) -> Iterator[Workbench]:
    with Workbench.open(path, PASSPHRASE) as opened:
        yield opened


def ask(workbench: Workbench, tasks: Tasks, qtbot: Bot, *, lit: bool) -> TouchDialog:
    """The question about a customer with a light, or without one."""
    risk = next(one for one in workbench.insight.ranking() if bool(one.light) == lit)
    made = TouchDialog(workbench, tasks, risk.customer_no)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not tasks.busy)
    return made


def test_a_customer_with_a_light_may_say_why_he_leaves(qtbot: Bot, branch: Workbench, tasks: Tasks) -> None:
    dialog = ask(branch, tasks, qtbot, lit=True)
    assert dialog.cause.isVisible()
    assert dialog.cause.code() == ""
    next(one for one in dialog.cause.findChildren(QPushButton) if one.text() == "过失").click()
    dialog.save.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert dialog.customer_no is not None
    cause = branch.outreach.lights.decisions(dialog.customer_no).cause
    assert cause is not None
    assert cause.value == "fault"


def test_nobody_is_made_to_say_why(qtbot: Bot, branch: Workbench, tasks: Tasks) -> None:
    dialog = ask(branch, tasks, qtbot, lit=True)
    dialog.save.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert sum(branch.outreach.lights.confirmed_causes().values()) == 0


def test_without_a_light_the_question_stays_short(qtbot: Bot, branch: Workbench, tasks: Tasks) -> None:
    dialog = ask(branch, tasks, qtbot, lit=False)
    assert not dialog.cause.isVisible()
    dialog.save.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert sum(branch.outreach.lights.confirmed_causes().values()) == 0
