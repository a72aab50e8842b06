"""日历 as a person uses it: from the year to a day and its names, a touch moved by mouse and by keyboard, and what does not
fit (domain 6)."""

import datetime as dt
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.ui.bot import Bot
from tests.ui.conftest import PASSPHRASE
from tests.ui.pages.calendar.conftest import Show
from tests.ui.pages.calendar.made_year import MadeYear, touch
from tests.waits import opened
from ui.pages.calendar.dropping import mime_of
from ui.pages.calendar.move_dialog import MoveTouchDialog, NoTouchDialog
from ui.pages.calendar.page import CalendarPage
from ui.pages.calendar.touch_list import TouchList, key_of
from ui.pages.calendar.words import touch_words
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.base.change import Change, Progress
from workbench.insight.measures.unseen import Unseen
from workbench.outreach.agenda.agenda import AgendaFilter

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


def at_rest(qtbot: Bot, page: CalendarPage) -> None:
    qtbot.waitUntil(lambda: not page.tasks.busy and not page.reading and not page._reads)


def test_the_year_says_what_is_planned_and_what_does_not_fit(show: Show, qtbot: Bot) -> None:
    made = MadeYear()
    page, went = show(made)
    total = len(made.touches_made)
    assert (
        page.hint.text()
        == f"2026 年 {total:,} 次联系,排得下 {total - 3:,} 次,合并或不联系 2 次;排不下的 1 次见「排不下」。"
    )
    assert page.calendar.notes.words.text() == "名单里没有出生日期,排不出生日。"
    assert page.tabs.tabText(1).startswith("排不下")
    page.place("misfits")
    at_rest(qtbot, page)
    words = "\n".join(one.text() for one in page.misfits.findChildren(QLabel))
    assert words.count("只有 1,200 分") == 1, "the proof is said once"
    assert [f"办法 {n}" in words for n in (1, 2, 3)] == [True] * 3
    assert [one.state for one in page.misfits.list.touches] == ["no_room"]
    page.misfits.states["barred"].click()
    at_rest(qtbot, page)
    model = page.misfits.list.table
    assert "投诉处理中" in str(model.index(0, len(model.columns) - 1).data())
    proof = next(one for one in page.misfits.findChildren(QPushButton) if "涉及" in one.text())
    assert "涉及 700 户" in proof.text()
    proof.click()
    at_rest(qtbot, page)
    assert "只列在前面的" in page.misfits.nobody.text(), "not all of the 700 are kept"
    assert {one.customer_no for one in page.misfits.list.touches} <= {"0000100001", "0000100002"}
    assert went == []


def test_by_keyboard_from_the_year_to_a_name(show: Show, qtbot: Bot) -> None:
    made = MadeYear()
    page, went = show(made)
    view = page.calendar
    assert view.year.hasFocus()
    for key, day in (
        (Qt.Key.Key_Right, "2026-11-17"), (Qt.Key.Key_Up, "2026-10-17"), (Qt.Key.Key_PageDown, "2026-11-17"),
        (Qt.Key.Key_End, "2026-11-30"), (Qt.Key.Key_PageDown, "2026-12-30"), (Qt.Key.Key_Left, "2026-12-29"),
    ):  # fmt: skip
        qtbot.keyClick(view.year, key)
        assert view.day.isoformat() == day
    assert "12 月 29 日" in view.line.text()
    assert view.year.accessibleDescription() == view.line.text()
    qtbot.keyClick(view.year, Qt.Key.Key_Return)
    at_rest(qtbot, page)
    assert view.view == "day"
    listed = [one for one in made.touches_made if one.day == "2026-12-29"]
    assert list(view.one_day.list.touches) == listed
    assert listed[0].name not in str(view.one_day.list.table.index(0, 0).data()), "the name is masked"
    view.begin()
    qtbot.keyClick(view.one_day.list, Qt.Key.Key_Return)
    assert went == [("portrait", listed[0].customer_no)]
    qtbot.keyClick(view.one_day.list, Qt.Key.Key_Right)
    at_rest(qtbot, page)
    assert view.day.isoformat() == "2026-12-30"


def test_digits_choose_the_view_and_the_day_stays(show: Show, qtbot: Bot) -> None:
    page, _went = show(MadeYear())
    view = page.calendar
    view.go_to(dt.date(2026, 12, 8))
    for key, name in (
        (Qt.Key.Key_2, "month"),
        (Qt.Key.Key_3, "week"),
        (Qt.Key.Key_4, "day"),
        (Qt.Key.Key_1, "year"),
    ):
        qtbot.keyClick(page.window().focusWidget() or page, key)
        qtbot.waitUntil(lambda name=name: view.view == name)
        at_rest(qtbot, page)
        assert view.day == dt.date(2026, 12, 8)
        assert view.bar.views[name].isChecked()
    view.show_view("month")
    at_rest(qtbot, page)
    qtbot.keyClick(view.month, Qt.Key.Key_Down)
    assert view.day == dt.date(2026, 12, 15)
    view.bar.after.click()
    at_rest(qtbot, page)
    assert view.day == dt.date(2027, 1, 15)
    assert view.agenda is not None
    assert view.agenda.year == 2027, "the next year is read when its days are looked at"


def test_the_week_has_a_column_a_day_and_arrows_go_between(show: Show, qtbot: Bot) -> None:
    made = MadeYear()
    page, went = show(made)
    view = page.calendar
    view.show_view("week")
    at_rest(qtbot, page)
    for column in view.week.columns:
        listed = [one for one in made.touches_made if one.day == column.day.isoformat()]
        assert list(column.cards.touches) == listed
    assert view.week.columns[0].load.text().endswith("/240 分")
    view.begin()
    qtbot.keyClick(view.week.columns[0].cards, Qt.Key.Key_Right)
    at_rest(qtbot, page)
    assert view.week.at() is view.week.columns[1]
    there = view.week.columns[3]
    top = there.cards.mapTo(page, QPoint()).y()
    shown = view.week.columns[0].cards.touches[0]
    view.carrying.take(shown)
    drag(there.cards.viewport(), QPoint(20, 20), shown.id, QDragEnterEvent, QDragMoveEvent)
    at_rest(qtbot, page)
    assert "11 月 19 日" in view.carried.text()
    assert there.cards.mapTo(page, QPoint()).y() == top, "the days stay beneath what is dragged"
    page.escape()
    view.week.columns[1].head.click()
    assert (view.view, view.day) == ("day", dt.date(2026, 11, 17))
    assert went == []


def test_a_filter_counts_those_touches_alone_everywhere(show: Show, qtbot: Bot) -> None:
    made = MadeYear()
    page, _went = show(made)
    view = page.calendar
    view.filters.reasons.setCurrentIndex(view.filters.reasons.findText("面访"))
    at_rest(qtbot, page)
    assert made.wanted[-1] == AgendaFilter(reasons=("visit",))
    view.go_to(dt.date(2026, 11, 19))
    view.show_view("day")
    at_rest(qtbot, page)
    assert {one.reason for one in view.one_day.list.touches} == {"visit"}
    assert set(view.days[view.day].touches) == {"visit"}
    view.filters.all.click()
    at_rest(qtbot, page)
    assert made.wanted[-1] == AgendaFilter()


def drag(widget: QWidget, at: QPoint, touch_id: int, *kinds: type) -> None:
    """What Qt sends to a widget while a touch is dragged over it."""
    data = mime_of(touch_id)
    for kind in kinds:
        if kind is QDragLeaveEvent:
            QApplication.sendEvent(widget, QDragLeaveEvent())
            continue
        place = QPointF(at) if kind is QDropEvent else at
        QApplication.sendEvent(widget, kind(place, Qt.DropAction.MoveAction, data, LEFT, NO_KEYS))


def test_dragging_says_what_a_day_breaks_before_it_is_dropped(show: Show, qtbot: Bot) -> None:
    made = MadeYear()
    page, _went = show(made)
    view = page.calendar
    view.show_view("month")
    at_rest(qtbot, page)
    moved = view.side_list.touches[0]
    day = dt.date(2026, 11, 25)
    place = view.month.rect_of(day).center()
    drag(view.month, place, moved.id, QDragEnterEvent, QDragMoveEvent)
    at_rest(qtbot, page)
    assert view.month.drops.over == day
    assert "这一周已经有一次联系。" in view.carried.text()
    assert not view.carried.isHidden()
    drag(view.month, place, moved.id, QDragLeaveEvent)
    assert view.carried.isHidden()
    assert made.acts == [], "nothing is written before it is dropped"
    drag(view.month, place, moved.id, QDragEnterEvent, QDragMoveEvent, QDropEvent)
    at_rest(qtbot, page)
    assert made.acts == [("move", moved.id, "2026-11-25", "")]
    assert view.carried.isHidden()
    assert moved.id not in {one.id for one in view.side_list.touches}


def test_by_keyboard_a_touch_is_taken_and_put_on_another_day(show: Show, qtbot: Bot) -> None:
    made = MadeYear(broken=())
    page, _went = show(made)
    view = page.calendar
    view.show_view("week")
    at_rest(qtbot, page)
    cards = view.week.columns[0].cards
    moved = cards.touches[0]
    view.begin()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(cards, Qt.Key.Key_X, control)
    qtbot.keyClick(cards, Qt.Key.Key_Right)
    at_rest(qtbot, page)
    assert "不违反任何规则" in view.carried.text()
    qtbot.keyClick(view.week.columns[1].cards, Qt.Key.Key_V, control)
    at_rest(qtbot, page)
    assert made.acts == [("move", moved.id, "2026-11-17", "")]
    followed = view.touch()
    assert followed is not None
    assert followed.id == moved.id, "the keyboard stays on what was moved"
    qtbot.keyClick(view.week.columns[1].cards, Qt.Key.Key_X, control)
    page.escape()
    assert view.carried.isHidden()


def test_a_touch_is_moved_left_out_and_taken_back_by_its_buttons(show: Show, qtbot: Bot) -> None:
    made = MadeYear(touches_made=(touch(0, "2026-11-16"), touch(1, "2026-11-16", 1)))
    page, _went = show(made)
    view = page.calendar
    assert not page.move_button.isEnabled(), "in the year no touch is under the keyboard"
    view.show_view("day")
    at_rest(qtbot, page)
    view.begin()
    assert page.move_button.isEnabled()
    assert not page.back_button.isEnabled()
    page.move_button.click()
    dialog = page.window().findChild(MoveTouchDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: "这一周已经有一次联系" in dialog.broken.text())
    for _day in range(2):
        qtbot.keyClick(dialog.day, Qt.Key.Key_Up)
    assert dialog.day.date().toString("yyyy-MM-dd") == "2026-11-18", "arrows go by days"
    dialog.note.setText("客户要求")
    dialog.answer()
    at_rest(qtbot, page)
    assert made.acts[-1] == ("move", 0, "2026-11-18", "客户要求")
    view.begin()
    page.out_button.click()
    other = page.window().findChild(NoTouchDialog)
    assert other is not None
    other.answer()
    at_rest(qtbot, page)
    assert made.acts[-1] == ("leave_out", 1, "")
    page.place("misfits")
    at_rest(qtbot, page)
    page.misfits.states["left_out"].click()
    at_rest(qtbot, page)
    page.misfits.focus_first()
    page.back_button.click()
    at_rest(qtbot, page)
    assert made.acts[-1] == ("take_back", 1)


def test_one_key_copies_the_words_and_notes_a_draft(show: Show, qtbot: Bot) -> None:
    listed = (touch(0, "2026-11-16"), replace(touch(1, "2026-11-16", 1), channel="visit"))
    made = MadeYear(touches_made=listed)
    page, _went = show(made)
    view, told = page.calendar, list[str]()
    page.tasks.wrote.connect(lambda _change, words: told.append(words))
    for name in ("day", "week"):
        made.touches_made = listed
        view.show_view(name)
        at_rest(qtbot, page)
        view.begin()
        rows = view.lists()[1 if name == "day" else 2]
        assert view.copy_button.isEnabled()
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(rows, Qt.Key.Key_C, held)
        qtbot.waitUntil(lambda: made.touches_made != listed)
        at_rest(qtbot, page)
        assert QApplication.clipboard().text() == "您好,有阵子没联系了。"
        assert made.acts[-1] == ("keep", 0, "G-405")
        assert "G-405" in told[-1]
        assert any("已排,已拟稿" in line for line in shown(rows))
    rows.selectRow(1)
    view.copy_button.click()
    at_rest(qtbot, page)
    assert "没有现成的话术" in told[-1]
    assert made.acts == [("keep", 0, "G-405")] * 2, "nothing is drafted without words"
    made.touches_made = tuple(replace(one, done=True) for one in listed)
    page.refresh()
    at_rest(qtbot, page)
    assert not view.copy_button.isEnabled()


def shown(rows: TouchList) -> list[str]:
    """The cells of a list."""
    model = rows.table
    return [
        str(model.index(row, column).data())
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]


def test_what_the_last_planning_moved_is_listed_with_the_day_before(show: Show, qtbot: Bot) -> None:
    page, _went = show(MadeYear())
    page.place("moved")
    at_rest(qtbot, page)
    assert "挪动了 1 次" in page.moved.words.text()
    model = page.moved.list.table
    assert "原排 11-12" in str(model.index(0, len(model.columns) - 1).data())


@pytest.mark.parametrize("fits", [True, False])
def test_that_all_fits_is_said_too(show: Show, qtbot: Bot, fits: bool) -> None:
    placed = tuple(one for one in MadeYear().touches_made if not fits or one.state != "no_room")
    page, _went = show(MadeYear(touches_made=placed, fits=fits))
    assert ("全部排得下" in page.hint.text()) == fits
    page.place("misfits")
    at_rest(qtbot, page)
    words = [one.text() for one in page.misfits.findChildren(QLabel)]
    assert any("都排得下" in one for one in words) == fits


def test_a_figure_of_the_maturities_leads_to_its_names(show: Show, qtbot: Bot) -> None:
    page, went = show(MadeYear())
    page.place("maturing")
    at_rest(qtbot, page)
    tab = page.maturing
    due, names = tab.maps["due"], tab.names.table
    cells = [[str(due.table.index(row, at).data()) for at in range(4)] for row in range(2)]
    assert cells == [["12-07 W50", "30.0万", "30.0万", ""], ["12-14 W51", "5.0万", "", "5.0万"]]
    assert names.rowCount() == 2
    assert names.index(1, 3).data() == "—", "an amount that no list tells is not zero"
    tab.focus_first()
    qtbot.keyClick(due, Qt.Key.Key_Down)
    at_rest(qtbot, page)
    assert names.rowCount() == 1
    tab.names.selectRow(0)
    qtbot.keyClick(tab.names, Qt.Key.Key_Return)
    assert went == [("portrait", "0000100003")]
    tab.sides["matured"].click()
    assert "还在我行 60%" in tab.sum.text()
    became = tab.maps["matured"]
    became.setCurrentIndex(became.table.index(0, 5))
    at_rest(qtbot, page)
    assert str(became.table.index(0, 5).data()) == "4.0万 40%"
    assert names.rowCount() == 1


def test_on_a_book_a_move_is_kept_by_planning_and_undone(qtbot: Bot, tasks: Tasks, path: Path) -> None:
    with Workbench.open(path, PASSPHRASE) as workbench:
        page = CalendarPage(workbench, tasks)
        qtbot.addWidget(page)
        changes: list[Change] = []
        tasks.changed.connect(page.tables_written)
        tasks.wrote.connect(lambda change, _words: changes.append(change))
        page.resize(1198, 722)
        page.show()
        at_rest(qtbot, page)
        view = page.calendar
        assert view.agenda is not None
        assert view.agenda.plan.touches
        first = workbench.outreach.year_plans.touches(view.day.year, state="planned")[0]
        assert first.day is not None
        page.place(first.day)
        at_rest(qtbot, page)
        listed = {key_of(one) for one in view.one_day.list.touches}
        assert key_of(first) in listed
        target = workbench.workdays.next_workday(dt.date.fromisoformat(first.day) + dt.timedelta(days=1))
        view.carrying.take(first)
        view.go_to(target)
        at_rest(qtbot, page)
        assert touch_words(first) in view.carried.text()
        view.carrying.put(target)
        at_rest(qtbot, page)
        moved = next(one for one in view.one_day.list.touches if key_of(one) == key_of(first))
        assert (moved.day, moved.chosen) == (target.isoformat(), True)
        undone = changes[-1].undo_id
        assert undone is not None
        tasks.write(lambda: workbench.undo(undone))
        at_rest(qtbot, page)
        assert key_of(first) not in {key_of(one) for one in view.one_day.list.touches if one.day is not None}


def test_the_stored_plan_is_shown_while_the_year_is_planned_anew(show: Show, qtbot: Bot) -> None:
    made = MadeYear()
    gate, begun = threading.Event(), threading.Event()

    def plan_anew(progress: Progress) -> None:
        begun.set()
        opened(gate)
        progress(0.5, "排到工作日")
        made.touches_made = (*made.touches_made, touch(900, "2026-11-16", 4))

    page, _went = show(made)
    before = len(made.touches_made)
    made.plan_anew = plan_anew
    page.refresh()
    qtbot.waitUntil(begun.is_set)
    assert f"{before:,} 次联系" in page.hint.text(), "what is stored is read before anything is planned"
    qtbot.waitUntil(lambda: not page.planning.isHidden())
    gate.set()
    qtbot.waitUntil(lambda: f"{before + 1:,} 次联系" in page.hint.text())
    assert page.planning.isHidden()
    at_rest(qtbot, page)
    gate.clear()
    begun.clear()
    page.refresh()
    qtbot.waitUntil(begun.is_set)
    qtbot.waitUntil(lambda: not page.planning.isHidden())
    page.planning.stop.click()
    gate.set()
    at_rest(qtbot, page)
    assert page.planning.isHidden()
    assert f"{before + 1:,} 次联系" in page.hint.text(), "stopped: what was shown stays"
    assert page.content.currentWidget() is not page.content.stopped


def test_what_no_list_tells_stands_in_one_line_with_its_column(show: Show) -> None:
    page, _went = show(MadeYear())
    assert page.unseen.isHidden()
    poor, went = show(MadeYear(unseen=(Unseen("生日问候", ("出生日期",)),)))
    assert poor.unseen.words.text() == "看不到:生日问候(缺「出生日期」)"
    poor.unseen.way.click()
    assert went == [("imports", None)]


def test_the_first_note_is_read_at_once_and_the_others_behind_it(show: Show) -> None:
    notes = ("数据是两个月前的。", "名单里没有出生日期。", "名单里没有到期日。")
    page, _went = show(MadeYear(notes=notes))
    line = page.calendar.notes
    assert line.words.text() == notes[0]
    assert "2" in line.more.text()
    line.more.click()
    assert line.words.text() == "\n".join(notes)
    line.more.click()
    assert line.words.text() == notes[0]
