"""The short questions: Enter answers, Esc leaves, a reason is a reason, the next contact falls on a workday."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from tests.ui.bot import Bot
from ui.dialogs import FormDialog, ReasonDialog, TouchDialog
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError


class Renaming(FormDialog):
    """A form with one field; `job` is what it writes."""

    def __init__(self, workbench: Workbench, tasks: Tasks, job: Callable[[], Change]) -> None:
        super().__init__(workbench, tasks, "改名", "改名", None)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.name = QLineEdit()
        self.line("名称", self.name)
        self.job = job

    def answer(self) -> None:
        """Nothing without a name."""
        if not self.name.text():
            self.say("没有写名称。")
            return
        self.write(self.job, "已改名。")


def test_enter_answers_and_a_gap_is_said_in_place(qtbot: Bot, workbench: Workbench, tasks: Tasks) -> None:
    written: list[str] = []
    tasks.wrote.connect(lambda _change, words: written.append(words))
    form = Renaming(workbench, tasks, Change.nothing)
    qtbot.addWidget(form)
    form.show()
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert form.fault.text() == "没有写名称。"
    assert form.fault.isVisible()
    assert form.isVisible()
    form.name.setText("回访")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not form.isVisible())
    assert written == ["已改名。"]


def test_a_refused_answer_keeps_the_form_and_what_was_typed(
    qtbot: Bot, workbench: Workbench, tasks: Tasks
) -> None:
    def refuse() -> Change:
        raise WorkbenchError("name_taken", "这个名称已经用了。", "请换一个。")

    form = Renaming(workbench, tasks, refuse)
    qtbot.addWidget(form)
    form.show()
    form.name.setText("回访")
    form.yes.click()
    qtbot.waitUntil(lambda: "已经用了" in form.fault.text())
    assert form.isVisible()
    assert form.name.text() == "回访"
    assert form.yes.isEnabled()


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
