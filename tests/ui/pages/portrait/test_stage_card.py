"""The stage on the portrait: since when, what it asks for, what came before with its reason, and a move by hand (issue 15)."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.pages.journey.moving import MoveDialog
from ui.pages.portrait.chips import Chip
from ui.pages.portrait.page import PortraitPage
from ui.pages.portrait.stays import StaysDialog
from ui.widgets.stage_tasks import StageTasksDialog


def text(page: PortraitPage) -> str:
    return "\n".join(one.text() for one in page.first.stage.findChildren(QLabel) if not one.isHidden())


def test_the_card_tells_the_stays_and_keeps_the_machines_view_beside_a_move_by_hand(
    qtbot: QtBot, window: MainWindow, settle: Callable[[], None]
) -> None:
    insight = window.workbench.insight
    insight.engine.ensure()
    ranking = insight.ranking(limit=30)
    number = next(one.customer_no for one in ranking if len(insight.journey.of(one.customer_no).history) > 1)
    page = window.open_page("portrait", number)
    assert isinstance(page, PortraitPage)
    settle()
    assert page.portrait is not None
    stage = page.portrait.stage
    assert stage is not None
    assert stage.since is not None
    assert f"{stage.name} · 第 {stage.days} 天({stage.since} 起)" in text(page)

    before = stage.history[1]
    chip = next(
        one
        for one in page.first.stage.findChildren(Chip)
        if one.text() == f"{before.name} {before.since[2:7]}"
    )
    assert before.reason in chip.toolTip()
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    stays = page.trail.dialog
    assert isinstance(stays, StaysDialog)
    assert stays.table.current() == before
    assert stays.table.table.rowCount() == len(stage.history)
    stays.close()

    other = "J3" if stage.code != "J3" else "J2"
    qtbot.mouseClick(page.first.stage.mover, Qt.MouseButton.LeftButton)
    dialog = page.trail.dialog
    assert isinstance(dialog, MoveDialog)
    dialog.stop.take(other)
    dialog.reason.setText("客户说下月资金回来")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    settle()
    moved = page.portrait.stage
    assert moved is not None
    assert (moved.code, moved.machine) == (other, stage.code)
    assert f"手工到 {moved.until} 为止;系统判断:{stage.name}" in text(page)
    assert "客户说下月资金回来" in text(page)
    assert len(page.first.stage.findChildren(Chip)) == min(4, len(stage.history)), (
        "the stays are the machine's"
    )


def test_a_task_ticked_from_the_card_leaves_it_and_ctrl_z_brings_it_back(
    qtbot: QtBot, window: MainWindow, settle: Callable[[], None]
) -> None:
    insight = window.workbench.insight
    insight.engine.ensure()
    number = next(
        one.customer_no
        for one in insight.ranking(limit=30)
        if any(task.done is None and task.is_open for task in insight.marks.tasks(one.customer_no))
    )
    page = window.open_page("portrait", number)
    assert isinstance(page, PortraitPage)
    settle()

    def waiting() -> set[str]:
        assert page.portrait is not None
        assert page.portrait.stage is not None
        return {task.code for task in page.portrait.stage.due}

    before = waiting()
    counts = next(one for one in page.first.stage.findChildren(QPushButton) if one.text().startswith("待办"))
    qtbot.mouseClick(counts, Qt.MouseButton.LeftButton)
    settle()
    dialog = page.trail.dialog
    assert isinstance(dialog, StageTasksDialog)
    task = dialog.current()
    assert task is not None
    dialog.tick()
    settle()
    assert waiting() == before - {task.code}
    dialog.accept()
    window.notice.ask_undo()
    settle()
    assert waiting() == before
