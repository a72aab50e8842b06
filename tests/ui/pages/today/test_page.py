"""今日 as a person works through it by keyboard: rows, log, telephone, promises, the fold, the evening (issue 13)."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.books import new_workbench
from tests.ui.conftest import PASSPHRASE
from ui.pages.today.page import REVIEW, TodayPage
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.people.privacy import mask_phone

Went = list[tuple[str, Any]]
Show = Callable[[Workbench], tuple[TodayPage, Went]]
FRIDAY = "2026-11-20"


@pytest.fixture
def show(qtbot: QtBot, qapp: object, tasks: Tasks) -> Show:
    def build(workbench: Workbench) -> tuple[TodayPage, Went]:
        page = TodayPage(workbench, tasks)
        qtbot.addWidget(page)
        went: Went = []
        page.go.connect(lambda name, argument: went.append((name, argument)))
        tasks.changed.connect(page.tables_written)
        page.resize(1198, 722)
        page.show()
        qtbot.waitUntil(lambda: not tasks.busy and not page.reading)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page, went

    return build


@pytest.fixture
def workbench(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """The branch's book on the last workday of its week, with one thing promised for today."""
    monkeypatch.setenv("WORKBENCH_TODAY", FRIDAY)
    with Workbench.open(path, PASSPHRASE) as opened:
        opened.outreach.confirm()
        listed = opened.outreach.weeks.of().entries
        opened.outreach.promises.make(listed[-1].person.customer_no, "周五前送对账单", FRIDAY)
        yield opened


def log(page: TodayPage, tasks: Tasks, qtbot: QtBot, number: str, result: str = "reached") -> None:
    """What the contact dialog does on 记下."""
    tasks.write(lambda: page.workbench.outreach.log_touch(number, channel="call", result=result))
    qtbot.waitUntil(lambda: not tasks.busy and not page.reading)


def numbers(page: TodayPage) -> list[str]:
    return [row.line.entry.person.customer_no for row in page.list.rows]


def whole(text: QLabel) -> bool:
    """Whether nothing of a label is cut off."""
    return not text.isVisible() or text.height() >= text.heightForWidth(text.width())


def test_the_rows_are_the_day_in_its_order_with_whole_sentences(
    workbench: Workbench, show: Show, qtbot: QtBot
) -> None:
    page, _went = show(workbench)
    day = workbench.outreach.days.of()
    assert page.title.text() == "今日 · 11 月 20 日 周五"
    assert page.hint.text() == day.todo
    assert "先兑现答应过的 1 件" in day.todo
    assert numbers(page) == [one.person.customer_no for one in day.entries]
    assert "数据日期 2026-10-31" in page.list.notes.text()
    assert page.list.rows[0].say.text() == "说:周五前送对账单"
    for row in page.list.rows:
        shown = " ".join(made.text() for made in row.findChildren(QLabel))
        assert row.line.entry.first.amount in shown
        assert "…" not in shown
    qtbot.waitUntil(lambda: all(whole(text) for row in page.list.rows for text in row.texts()))
    assert day.red_line in page.list.foot.text()
    assert not any(day.red_line in row.unsaid.text() for row in page.list.rows)


def test_by_keyboard_alone_a_row_is_chosen_opened_and_logged(
    workbench: Workbench, show: Show, qtbot: QtBot
) -> None:
    page, went = show(workbench)
    page.focus_first()
    rows = page.list.rows
    assert len(rows) > 10
    assert rows[0].hasFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Down)
    assert rows[1].hasFocus()
    qtbot.keyClick(rows[1], Qt.Key.Key_4)
    assert rows[3].hasFocus()
    qtbot.waitUntil(lambda: not page.list._pause.isActive())
    qtbot.keyClick(rows[3], Qt.Key.Key_1)
    qtbot.keyClick(rows[0], Qt.Key.Key_1)
    assert rows[10].hasFocus()
    qtbot.keyClick(rows[10], Qt.Key.Key_Return)
    qtbot.keyClick(rows[10], Qt.Key.Key_Space)
    number = numbers(page)[10]
    assert went == [("portrait", number), ("touch", number)]
    selected = page.selected()
    assert selected is not None
    assert selected.customer_no == number, "Ctrl+N and Ctrl+B are about him too"


def test_tab_goes_from_the_row_to_its_buttons_and_on(workbench: Workbench, show: Show, qtbot: QtBot) -> None:
    page, _went = show(workbench)
    page.focus_first()
    first = page.list.rows[0]
    for made in first.buttons.values():
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert made.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert not first.isAncestorOf(QApplication.focusWidget())


def test_the_telephone_is_masked_until_it_is_opened_which_is_registered(
    workbench: Workbench, show: Show, qtbot: QtBot, tasks: Tasks
) -> None:
    page, _went = show(workbench)
    page.focus_first()
    row = next(one for one in page.list.rows if one.line.phone)
    assert row.phone.text() == mask_phone(row.line.phone)
    assert "*" in row.phone.text()
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: row.phone.text() == row.line.phone)
    with workbench.book.read() as conn:
        action, facts = conn.exec_driver_sql("select action, facts from audit order by id desc limit 1").one()
    assert (action, json.loads(facts)["reason"]) == ("unmask", "今日清单:打电话")
    # still open after the list is read anew, masked again after the page was left
    log(page, tasks, qtbot, next(one for one in numbers(page) if one != row.line.entry.person.customer_no))
    again = next(one for one in page.list.rows if one.line.entry.person == row.line.entry.person)
    assert again.phone.text() == row.line.phone
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: not tasks.busy and not page.reading)
    again = next(one for one in page.list.rows if one.line.entry.person == row.line.entry.person)
    assert "*" in again.phone.text()


def test_a_logged_contact_leaves_the_list_for_the_fold_and_the_keyboard_stays(
    workbench: Workbench, show: Show, qtbot: QtBot, tasks: Tasks
) -> None:
    page, went = show(workbench)
    page.focus_first()
    page.list.rows[1].setFocus()
    before = numbers(page)
    log(page, tasks, qtbot, before[1])
    assert numbers(page) == [*before[:1], *before[2:]]
    assert page.list.rows[1].hasFocus()
    page.list.fold.setFocus()
    qtbot.keyClick(page.list.fold, Qt.Key.Key_Space)
    assert page.list.fold.text() == "▾ 今天处理过的 1 位"
    item = page.list.done.item(0)
    assert item.font().strikeOut()
    qtbot.keyClick(page.list.done, Qt.Key.Key_Return)
    assert went == [("portrait", before[1])]


def test_a_promise_is_ticked_off_by_one_key_or_below_once_he_was_called(
    workbench: Workbench, show: Show, qtbot: QtBot, tasks: Tasks
) -> None:
    page, _went = show(workbench)
    page.focus_first()
    first = page.list.rows[0]
    number = first.line.entry.person.customer_no
    log(page, tasks, qtbot, number)
    assert number not in numbers(page)
    (kept, dropped) = page.list.promises.findChildren(type(page.primary))
    assert (kept.text(), dropped.text()) == ("已兑现", "不再需要")
    kept.setFocus()
    qtbot.keyClick(kept, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not tasks.busy and not page.reading)
    assert page.list.promises.isHidden()
    assert workbench.outreach.promises.open() == ()


def test_k_keeps_the_promise_and_ends_its_reason(
    workbench: Workbench, show: Show, qtbot: QtBot, tasks: Tasks
) -> None:
    page, _went = show(workbench)
    page.focus_first()
    qtbot.keyClick(page.list.rows[0], Qt.Key.Key_K)
    qtbot.waitUntil(lambda: not tasks.busy and not page.reading)
    assert workbench.outreach.promises.open() == ()
    assert all(not row.line.promises for row in page.list.rows)
    assert "答应" not in page.hint.text()


def test_an_emptied_day_says_what_was_done_and_what_comes(
    workbench: Workbench, show: Show, qtbot: QtBot, tasks: Tasks
) -> None:
    page, _went = show(workbench)
    count = len(numbers(page))
    for number in numbers(page):
        log(page, tasks, qtbot, number)
    assert page.list.rows == []
    assert page.list.nothing.text() == f"今天的 {count} 位都处理完了。"
    assert "下一个工作日是下周:11 月 23 日 周一" in page.list.coming.text()
    page.focus_first()
    assert page.list.fold.hasFocus()


def test_the_evening_counts_the_log_and_keeps_what_is_written(
    workbench: Workbench, show: Show, qtbot: QtBot, tasks: Tasks
) -> None:
    workbench.outreach.log_touch(
        workbench.outreach.days.of().lines[1].entry.person.customer_no,
        channel="call",
        result="declined",
        note="利率太低",
    )
    page, _went = show(workbench)
    page.choice[REVIEW].setFocus()
    qtbot.keyClick(page.choice[REVIEW], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not tasks.busy and not page.reading)
    review = page.review
    assert review.figures["called"].text() == "1"
    assert review.figures["reached"].text() == "1"
    assert int(review.figures["planned"].text()) > 1
    assert review.objections.toPlainText() == "利率太低"  # proposed from the note
    assert review.objections.hasFocus()
    for field in review.fields[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert field.hasFocus()
    qtbot.keyClicks(review.supervisor, "hao")
    # a contact that is logged meanwhile changes the counts and leaves what is being written
    log(page, tasks, qtbot, workbench.outreach.days.of().lines[0].entry.person.customer_no)
    assert review.figures["called"].text() == "2"
    assert review.supervisor.toPlainText() == "hao"
    qtbot.keyClick(review.supervisor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not tasks.busy and not page.reading)
    assert workbench.outreach.reviews.of(FRIDAY).words.supervisor == "hao"
    assert "主管的话:hao" in review.report.text()
    review.copy.click()
    assert QGuiApplication.clipboard().text() == workbench.outreach.reviews.report().text


def test_what_is_being_written_is_stored_when_the_window_closes(
    workbench: Workbench, show: Show, qtbot: QtBot, tasks: Tasks
) -> None:
    page, _went = show(workbench)
    page.choose(REVIEW)
    qtbot.waitUntil(lambda: not tasks.busy and not page.reading)
    qtbot.keyClicks(page.review.skill, "kai")
    page.keep_open()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert workbench.outreach.reviews.of(FRIDAY).words.skill == "kai"


def test_an_empty_book_says_how_to_fill_it(tmp_path: Path, show: Show) -> None:
    with new_workbench(tmp_path / "空.book", PASSPHRASE) as workbench:
        page, _went = show(workbench)
        assert page.content.currentWidget() is page.content.nothing
        with workbench.book.read() as conn:
            assert conn.exec_driver_sql("select count(*) from plans").scalar() == 0
