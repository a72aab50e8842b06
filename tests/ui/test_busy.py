"""While the worker is busy: what a person is asked can be answered, what is typed is stored when the worker comes round."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PASSPHRASE, hold
from ui.app import Program
from ui.main_window import MainWindow
from ui.pages.genes.page import GenesPage
from ui.pages.identity.page import IdentityDialog
from ui.pages.imports.dialects import DialectsDialog
from ui.pages.picker.dialogs import AssignDialog, Picked
from ui.pages.portrait.dialogs import LinkDialog
from ui.pages.settings.page import SettingsPage
from ui.pages.towers.dialog import ServiceDialog
from ui.widgets.contact.dialog import TouchDialog
from ui.widgets.questionnaire import CueDialog
from workbench.app import Workbench
from workbench.people.customer import CustomerHit
from workbench.people.customer_list import CustomerQuery

Settle = Callable[[], None]


@pytest.fixture
def gate(program: Program) -> Iterator[threading.Event]:
    """Opens the way for the worker again; `block` closes it."""
    opened = threading.Event()
    yield opened
    opened.set()


@pytest.fixture
def block(qtbot: QtBot, program: Program, window: MainWindow, gate: threading.Event) -> Callable[[], None]:
    """Keep the worker busy until the gate is opened."""

    return partial(hold, program, gate)


@pytest.fixture
def somebody(window: MainWindow) -> CustomerHit:
    first = window.workbench.insight.customers(CustomerQuery(), 0, 1)[0]
    return next(
        hit for hit in window.workbench.insight.search(first.customer_no, 5) if hit.name == first.name
    )


@pytest.fixture
def asked(window: MainWindow) -> Callable[[type[QWidget]], QWidget]:
    def find(kind: type[QWidget]) -> QWidget:
        found = window.findChild(kind)
        assert found is not None
        return found  # type: ignore[no-any-return]

    return find


def touches(window: MainWindow, number: str) -> list[tuple[str, str, str | None]]:
    return [(one.channel, one.result, one.note) for one in window.workbench.insight.portrait(number).touches]


def no_box() -> None:
    boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
    assert not boxes, [box.text() for box in boxes]


def test_a_contact_is_logged_from_the_keyboard_while_the_worker_is_busy(
    qtbot: QtBot,
    window: MainWindow,
    settle: Settle,
    block: Callable[[], None],
    gate: threading.Event,
    somebody: CustomerHit,
) -> None:
    window.open_page("portrait", somebody.customer_no)
    settle()
    before = touches(window, somebody.customer_no)
    block()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(TouchDialog)
    assert isinstance(dialog, TouchDialog)
    qtbot.waitExposed(dialog)
    assert dialog.who.text().endswith(somebody.customer_no[-4:])
    offered = dialog.channel.findChildren(QPushButton)
    assert len(offered) == len(window.workbench.outreach.channels())
    assert dialog.channel.code() == window.workbench.outreach.channels()[0][0]
    offered[1].setFocus()
    qtbot.keyClick(offered[1], Qt.Key.Key_Space)
    dialog.outcome.take("reached")
    qtbot.keyClicks(dialog.note, "large deposit")
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    no_box()
    assert not dialog.save.isEnabled()
    qtbot.waitUntil(
        lambda: any("账本正忙" in one.text() for one in dialog.findChildren(QLabel) if one.isVisible())
    )
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)  # it need not be waited for
    gate.set()
    settle()
    no_box()
    outreach = window.workbench.outreach
    channel, result = outreach.channels()[1][0], "reached"
    assert touches(window, somebody.customer_no) == [(channel, result, "large deposit"), *before]
    assert window.notice.words.text() == "已记下这次联系。"


def test_a_contact_with_somebody_not_yet_found_is_stored_when_the_worker_comes_round(
    qtbot: QtBot,
    window: MainWindow,
    settle: Settle,
    block: Callable[[], None],
    gate: threading.Event,
    somebody: CustomerHit,
) -> None:
    block()
    window.log_touch()
    dialog = window.findChild(TouchDialog)
    assert isinstance(dialog, TouchDialog)
    qtbot.waitExposed(dialog)
    dialog.outcome.take("reached")
    dialog.who.selectAll()  # the customer of the list behind, as Tab selects him
    qtbot.keyClicks(dialog.who, somebody.customer_no)
    qtbot.waitUntil(dialog.person.wait.isVisible)
    qtbot.keyClick(dialog.who, Qt.Key.Key_Return)
    no_box()
    gate.set()
    settle()
    no_box()
    assert touches(window, somebody.customer_no)


def test_a_name_that_fits_several_is_asked_for_once_more(
    qtbot: QtBot, window: MainWindow, settle: Settle, block: Callable[[], None], gate: threading.Event
) -> None:
    names = [one.name for one in window.workbench.insight.customers(CustomerQuery(), 0, 100)]
    surname = next(name[0] for name in names if sum(other.startswith(name[0]) for other in names) > 1)
    block()
    window.log_touch()
    dialog = window.findChild(TouchDialog)
    assert isinstance(dialog, TouchDialog)
    qtbot.waitExposed(dialog)
    dialog.outcome.take("reached")
    dialog.who.setText(surname)
    dialog.who.textEdited.emit(surname)
    qtbot.keyClick(dialog.who, Qt.Key.Key_Return)
    gate.set()
    settle()
    assert dialog.isVisible()
    assert "不止一位" in dialog.fault.text()
    assert dialog.hits.isVisible()
    assert dialog.save.isEnabled()
    qtbot.keyClick(dialog.who, Qt.Key.Key_Return)  # takes the first
    qtbot.keyClick(dialog.who, Qt.Key.Key_Return)
    settle()
    assert dialog.customer_no is None or touches(window, dialog.customer_no)


def test_what_was_typed_is_stored_when_the_book_is_locked_meanwhile(
    qtbot: QtBot,
    program: Program,
    window: MainWindow,
    block: Callable[[], None],
    gate: threading.Event,
    somebody: CustomerHit,
    path: Path,
) -> None:
    block()
    window.log_touch(somebody.customer_no)
    dialog = window.findChild(TouchDialog)
    assert isinstance(dialog, TouchDialog)
    dialog.outcome.take("reached")
    dialog.note.insert("before lunch")
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    threading.Timer(0.05, gate.set).start()
    program.lock()
    with Workbench.open(path, PASSPHRASE) as again:
        assert again.insight.portrait(somebody.customer_no).touches[0].note == "before lunch"


def test_a_write_refused_while_the_book_is_locked_is_told(
    qtbot: QtBot, program: Program, window: MainWindow, block: Callable[[], None], gate: threading.Event
) -> None:
    block()
    window.log_touch("9999999999")
    dialog = window.findChild(TouchDialog)
    assert isinstance(dialog, TouchDialog)
    dialog.outcome.take("reached")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    threading.Timer(0.05, gate.set).start()
    program.lock()
    boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
    assert len(boxes) == 1
    boxes[0].close()


def test_a_service_is_recorded_while_the_worker_is_busy(
    qtbot: QtBot,
    window: MainWindow,
    settle: Settle,
    block: Callable[[], None],
    gate: threading.Event,
    somebody: CustomerHit,
) -> None:
    block()
    dialog = ServiceDialog(window.workbench, window.tasks, somebody.customer_no, None, window)
    dialog.open()
    qtbot.keyClicks(dialog.detail, "on site")
    qtbot.keyClick(dialog.detail, Qt.Key.Key_Return)
    no_box()
    gate.set()
    settle()
    with window.workbench.book.read() as conn:
        assert conn.exec_driver_sql("select count(*) from services where detail = 'on site'").scalar() == 1


def test_a_relative_still_looked_for_is_not_written_down_as_a_stranger(
    qtbot: QtBot,
    window: MainWindow,
    settle: Settle,
    block: Callable[[], None],
    gate: threading.Event,
    somebody: CustomerHit,
) -> None:
    other = window.workbench.insight.customers(CustomerQuery(), 1, 1)[0].customer_no
    block()
    dialog = LinkDialog(window.workbench, window.tasks, other, window)
    dialog.open()
    qtbot.keyClicks(dialog.who, somebody.customer_no)
    qtbot.keyClick(dialog.who, Qt.Key.Key_Return)
    assert "找到以后" in dialog.fault.text()
    gate.set()
    settle()
    assert not dialog.fault.isVisible()
    assert dialog.hits.isVisible()
    assert dialog.isVisible()


def test_a_picked_list_waits_as_a_write_so_that_the_lock_does_not_lose_it(
    qtbot: QtBot, program: Program, window: MainWindow, block: Callable[[], None], gate: threading.Event,
    somebody: CustomerHit, path: Path,
) -> None:  # fmt: skip
    picked = Picked(f"customer_no = '{somebody.customer_no}'", "", "", 1, 0)
    window.workbench.insight.engine.ensure()
    block()
    dialog = AssignDialog(window.workbench, program.tasks, picked, window)
    dialog.open()
    dialog.manager.setText("王敏")
    qtbot.keyClick(dialog.manager, Qt.Key.Key_Return)
    threading.Timer(0.05, gate.set).start()
    program.lock()
    with Workbench.open(path, PASSPHRASE) as again, again.book.read() as conn:
        told = conn.exec_driver_sql("select count(*) from customers where manager_name = '王敏'").scalar()
        assert told == 1


def test_settings_that_are_not_read_yet_are_not_stored_over_those_kept(
    qtbot: QtBot, window: MainWindow, settle: Settle, block: Callable[[], None], gate: threading.Event
) -> None:
    window.workbench.set("manager", "王敏")
    block()
    page = window.open_page("settings")
    assert isinstance(page, SettingsPage)
    for _step in range(8):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
    assert not page.manager.isEnabled()
    gate.set()
    settle()
    assert page.manager.isEnabled()
    assert page.manager.text() == "王敏"
    assert window.workbench.settings()["manager"] == "王敏"


def test_another_segment_takes_nothing_until_it_is_read(
    qtbot: QtBot, window: MainWindow, settle: Settle, block: Callable[[], None], gate: threading.Event
) -> None:
    page = window.open_page("genes", "canvas:elder")
    assert isinstance(page, GenesPage)
    settle()
    assert page.canvas.owner.isEnabled()
    block()
    page.canvas.segment.setCurrentIndex(
        (page.canvas.segment.currentIndex() + 1) % page.canvas.segment.count()
    )
    assert not page.canvas.owner.isEnabled()
    assert not page.canvas.boxes[3].isEnabled()
    gate.set()
    settle()
    assert page.canvas.owner.isEnabled()


def test_dialogs_filled_by_a_waiting_job_offer_nothing_before(
    qtbot: QtBot,
    window: MainWindow,
    settle: Settle,
    block: Callable[[], None],
    gate: threading.Event,
    somebody: CustomerHit,
) -> None:
    block()
    identity = IdentityDialog(window.workbench, window.tasks, window)
    dialects = DialectsDialog(window.workbench, window.tasks, window)
    seen = CueDialog(window.workbench, window.tasks, somebody.customer_no, window)
    off: list[QWidget] = [
        identity.keep_left, identity.keep_right, identity.apart, identity.later, identity.split,
        dialects.rename_button, dialects.forget_button, dialects.export_button, dialects.title,
        seen.take_back, seen.forget_all,
    ]  # fmt: skip
    dialogs: tuple[QDialog, ...] = (identity, dialects, seen)
    for dialog in dialogs:
        dialog.open()
    assert [one for one in off if one.isEnabled()] == []
    assert "没有发现" not in identity.words.text()
    assert "还没有" not in dialects.words.text()
    gate.set()
    settle()
    assert dialects.export_button.isEnabled()
    for dialog in dialogs:
        dialog.close()


def test_the_search_box_leads_to_pages_while_the_worker_is_busy_and_never_to_what_was_typed_before(
    qtbot: QtBot,
    window: MainWindow,
    settle: Settle,
    block: Callable[[], None],
    gate: threading.Event,
    somebody: CustomerHit,
) -> None:
    window.search.setFocus()
    qtbot.keyClicks(window.search, somebody.customer_no)
    settle()
    assert window.search.popup.count() == 1
    block()
    window.search.clear()
    qtbot.keyClicks(window.search, "shezhi")
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.current == "week"
    qtbot.waitUntil(lambda: window.current == "settings")
    window.open_page("week")
    window.search.setFocus()
    qtbot.keyClicks(window.search, somebody.customer_no)
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    gate.set()
    settle()
    assert window.current == "portrait"
