"""All tasks of a card in a dialog: ticked, left out with a reason, taken back; each says what shows it done (domain 3)."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from db.tables import customers, snapshots
from tests.ui.bot import Bot
from ui.tasks import Tasks
from ui.widgets.contact.dialog import TouchDialog
from ui.widgets.stage_tasks import LeaveOutDialog, StageTasksDialog, state_words
from workbench.app import Workbench
from workbench.insight.journey.tasks import StageTask

OPEN = StageTask("hook", "介绍一款钩子产品", "2026-10-27", None, "J1", begins="2026-10-20")


@pytest.fixture
def dialog(
    qtbot: Bot, workbench: Workbench, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> StageTasksDialog:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-05")
    with workbench.book.write("import", "newcomer") as writer:
        (person,) = writer.insert(
            customers, [{"customer_no": "1", "name": "王五", "no_reversed": "1", "open_date": "2026-10-20"}]
        )
        month = {"month": "2026-10", "as_of": "2026-10-31", "batch_id": 1, "source_row": 1}
        money = {"aum_balance": 2_000_000, "aum_daily_average": 2_000_000}
        writer.insert(snapshots, [{"customer_id": person, **month, **money}])
    workbench.insight.engine.ensure()
    made = StageTasksDialog(workbench, tasks, "1", "王*")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.table.table.rowCount() > 0)
    return made


def at(dialog: StageTasksDialog, code: str) -> StageTask:
    for number in range(dialog.table.table.rowCount()):
        one = dialog.table.table.row(number)
        if isinstance(one, StageTask) and one.code == code:
            dialog.table.selectRow(number)
            return one
    raise AssertionError(code)


def test_space_ticks_and_the_tick_is_taken_back(qtbot: Bot, dialog: StageTasksDialog) -> None:
    at(dialog, "hook")
    qtbot.keyClick(dialog, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: at(dialog, "hook").done_by == "hand")
    assert not dialog.done_button.isEnabled()
    dialog.back_button.click()
    qtbot.waitUntil(lambda: at(dialog, "hook").done is None)


def test_a_task_is_left_out_for_the_reason_chosen(qtbot: Bot, dialog: StageTasksDialog) -> None:
    at(dialog, "hook")
    dialog.left_button.click()
    (asked_for,) = dialog.findChildren(LeaveOutDialog)
    asked_for.reason.take("declined")
    asked_for.answer()
    qtbot.waitUntil(lambda: at(dialog, "hook").left_out == "declined")


def test_a_contact_that_is_logged_from_here_does_it(qtbot: Bot, dialog: StageTasksDialog) -> None:
    at(dialog, "hook")
    dialog.touch_button.click()
    (contact,) = dialog.findChildren(TouchDialog)
    contact.outcome.take("reached")
    contact.keep()
    qtbot.waitUntil(lambda: at(dialog, "hook").done_by == "contact")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "没有记录,做了请勾选"),
        ({"done": False}, "还没做"),
        ({"done": True, "done_by": "figures"}, "已做(名单里看得出)"),
        ({"done": True, "done_by": "hand", "done_on": "2026-11-02"}, "已做(手工勾选 2026-11-02)"),
        ({"left_out": "declined"}, "不做:客户不愿意"),
        ({"paused": "complaint"}, "暂停:投诉中"),
    ],
)
def test_how_a_task_stands_in_words(changed: dict[str, object], words: str) -> None:
    task = replace(OPEN, **changed)  # type: ignore[arg-type]
    assert state_words(task, {"declined": "客户不愿意"}, {"complaint": "投诉中"}) == words
