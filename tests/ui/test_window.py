"""The window as a person uses it: search, pages, contacts, language, lock, and the keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from db.audit import revision
from tests.ui.conftest import PASSPHRASE
from ui.app import Program
from ui.dialogs import ReasonDialog
from ui.main_window import MainWindow
from ui.pages.customers.page import CustomersPage
from ui.pages.genes.page import GenesPage
from ui.pages.imports.page import ImportsPage
from ui.pages.plan.page import PlanPage
from ui.pages.portrait.page import PortraitPage
from ui.pages.settings.page import SettingsPage
from ui.pages.warnings.page import WarningsPage
from ui.pages.week.page import WeekPage
from ui.widgets.contact.dialog import TouchDialog
from workbench.app import Workbench
from workbench.base import i18n
from workbench.base.change import Change
from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.tags.layers import last_run
from workbench.people.customer import CustomerHit
from workbench.people.customer_list import CustomerQuery
from workbench.people.privacy import mask_name, tail

Settle = Callable[[], None]


def somebody(window: MainWindow) -> CustomerHit:
    """The first customer of the list, as the search box finds them."""
    first = window.workbench.insight.customers(CustomerQuery(), 0, 1)[0]
    return next(
        hit for hit in window.workbench.insight.search(first.customer_no, 5) if hit.name == first.name
    )


def test_the_week_opens_first_with_names_reasons_and_the_531(window: MainWindow) -> None:
    page = window.pages["week"]
    assert isinstance(page, WeekPage)
    shown = page.first.list.table
    assert shown.rowCount() > 0
    assert window.focusWidget() is page.first.list, "the keyboard waits for the work, not at the navigation"
    entry = shown.row(0).entry
    assert entry.first.sentence
    assert entry.person.name not in shown.index(0, 2).data()
    assert page.plan_actions.plan is not None
    assert len(page.plan_actions.plan.quick_wins) == 5
    assert "2026-10-31" in window.navigation.date.text()


def test_the_tags_follow_a_contact_once_there_is_a_rest(window: MainWindow, settle: Settle) -> None:
    def behind() -> bool:
        with window.workbench.book.read() as conn:
            run = last_run(conn)
            return run is None or run.revision < revision(conn)

    number = somebody(window).customer_no
    assert not behind()
    window.tasks.write(lambda: window.workbench.outreach.log_touch(number, channel="call", result="reached"))
    settle()
    assert behind()
    assert window.pulse.resting.isActive()
    window.pulse.resting.timeout.emit()
    settle()
    assert not behind()


def test_a_contact_has_the_lights_counted_again_but_not_the_customers(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    insight, read = window.workbench.insight, []
    check = insight.check
    monkeypatch.setattr(insight, "check", lambda **how: read.extend(how) or check(**how))
    monkeypatch.setattr(window.pulse, "read", lambda: read.append("summary"))
    number = somebody(window).customer_no
    window.tasks.write(lambda: window.workbench.outreach.log_touch(number, channel="call", result="reached"))
    settle()
    # the window alone follows the progress
    assert set(read) == {"progress"}
    window.tasks.announce(frozenset({"batches"}))
    settle()
    assert "summary" in read


def test_old_data_is_said_in_words_and_colour(
    qtbot: QtBot, window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-20")
    window.pulse.read()
    settle()
    assert window.navigation.date.property("role") == "red"
    assert "该导入" in window.navigation.date.text()


def test_searching_by_initials_opens_the_portrait(qtbot: QtBot, window: MainWindow, settle: Settle) -> None:
    from pypinyin import Style, lazy_pinyin

    wanted = somebody(window)
    initials = "".join(lazy_pinyin(wanted.name, style=Style.FIRST_LETTER))
    window.search.setFocus()
    qtbot.keyClicks(window.search, initials)
    settle()
    rows = [window.search.popup.item(n).text() for n in range(window.search.popup.count())]
    at = next(n for n, words in enumerate(rows) if tail(wanted.customer_no) in words)
    assert wanted.name not in rows[at]
    for _step in range(at):
        qtbot.keyClick(window.search, Qt.Key.Key_Down)
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    settle()
    page = window.pages["portrait"]
    assert isinstance(page, PortraitPage)
    assert page.isVisible()
    assert page.customer_no == wanted.customer_no
    assert page.title.text() == mask_name(wanted.name)
    qtbot.waitUntil(lambda: page.below.chart.chart.drawn)


def test_searching_finds_pages_and_actions(qtbot: QtBot, window: MainWindow, settle: Settle) -> None:
    qtbot.keyClicks(window.search, "yujing")
    settle()
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    settle()
    assert window.current == "warnings"


def test_enter_presses_the_button_that_has_the_keyboard(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    window.open_page("settings")
    settle()
    button = window.navigation.buttons["plan"]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    settle()
    assert window.current == "plan"


def test_values_stay_masked_until_a_reason_is_recorded(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    wanted = somebody(window)
    page = window.open_page("portrait", wanted.customer_no)
    settle()
    assert isinstance(page, PortraitPage)

    def shown() -> str:
        return "\n".join(label.text() for label in page.below.facts.findChildren(type(page.title)))

    assert wanted.phone
    assert wanted.phone not in shown()
    qtbot.mouseClick(page.below.facts.unmask_button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    assert not dialog.go.isEnabled()
    dialog.reason.insert("电话核对身份")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    settle()
    assert wanted.phone in shown()
    assert page.title.text() == wanted.name
    with window.workbench.book.read() as conn:
        row = conn.exec_driver_sql("select subject, facts from audit where action = 'unmask'").one()
    assert row[0] == tail(wanted.customer_no)
    assert "电话核对身份" in row[1]
    window.open_page("portrait", somebody(window).customer_no)


def test_a_contact_is_logged_from_the_keyboard_and_can_be_undone(
    qtbot: QtBot, window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.widgets.notice.STAYS", 600_000)  # however long the pages take to read anew
    wanted = somebody(window)
    window.open_page("portrait", wanted.customer_no)
    settle()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(TouchDialog)
    assert isinstance(dialog, TouchDialog)
    settle()
    dialog.channel.take("wecom")
    dialog.outcome.take("appointment")
    dialog.note.insert("问大额存单利率")
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    settle()
    page = window.pages["portrait"]
    assert isinstance(page, PortraitPage)
    kept = page.below.touches.rows.table.row(0)
    assert (kept.channel, kept.result, kept.note) == ("wecom", "appointment", "问大额存单利率")
    assert window.notice.isVisible()
    qtbot.mouseClick(window.notice.undo, Qt.MouseButton.LeftButton)
    settle()
    assert page.below.touches.rows.table.rowCount() == 0 or page.below.touches.rows.table.row(0) != kept


def test_the_last_write_is_taken_back_also_when_its_notice_has_faded(
    qtbot: QtBot, window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.widgets.notice.STAYS", 600_000)  # however long the pages take to read anew
    wanted = somebody(window).customer_no
    insight, outreach = window.workbench.insight, window.workbench.outreach

    def log(note: str) -> None:
        window.tasks.write(
            lambda: outreach.log_touch(wanted, channel="visit", result="met", note=note), words="已记下"
        )
        settle()
        window.notice.hide()  # as its timer does

    def undo() -> None:
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle()

    def notes() -> list[str | None]:
        return [one.note for one in insight.portrait(wanted).touches if one.note in ("一", "二")]

    log("一")
    log("二")
    window.tasks.wrote.emit(Change(frozenset(), 1, None), "已存到 x.pdf")
    window.notice.hide()
    undo()
    assert notes() == ["一"]
    assert window.notice.isVisible()
    assert window.notice.words.text().startswith("已撤销:登记联系(")
    assert window.notice.redo.isVisible()
    undo()
    assert notes() == [], "the one before"
    undo()
    assert "没有可以撤销" in window.notice.words.text()


def test_a_contact_needs_a_customer(qtbot: QtBot, window: MainWindow, settle: Settle) -> None:
    window.open_page("settings")  # where nobody is under the keyboard
    window.log_touch()
    dialog = window.findChild(TouchDialog)
    assert isinstance(dialog, TouchDialog)
    settle()
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.fault.text()
    dialog.outcome.take("reached")
    wanted = somebody(window)
    qtbot.keyClicks(dialog.who, wanted.customer_no)
    settle()
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle()
    assert window.workbench.insight.portrait(wanted.customer_no).touches


def test_a_hidden_page_reads_again_when_shown_after_a_change(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    page = window.open_page("customers")
    assert isinstance(page, CustomersPage)
    settle()
    number = page.table.table.row(0).customer_no
    window.open_page("week")
    settle()
    assert not page.behind
    outreach = window.workbench.outreach
    window.tasks.write(lambda: outreach.log_touch(number, channel="call", result="reached"))
    settle()
    assert page.behind
    assert page.table.table.row(0).last_touch != "2026-11-16"
    window.open_page("customers")
    settle()
    assert not page.behind
    assert page.table.table.row(0).last_touch == "2026-11-16"


def test_the_list_is_narrowed_by_typing_and_light_and_sorted_by_its_heads(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    page = window.open_page("customers")
    assert isinstance(page, CustomersPage)
    settle()
    everyone = page.table.table.rowCount()
    page.table.table.sort(6, Qt.SortOrder.DescendingOrder)
    settle()
    figures = [page.table.table.row(n).aum_fen or 0 for n in range(10)]
    assert figures == sorted(figures, reverse=True)
    wanted = page.table.table.row(3)
    qtbot.keyClicks(page.filter, wanted.customer_no[-4:])
    qtbot.waitUntil(lambda: page.query.text == wanted.customer_no[-4:])
    settle()
    assert 1 <= page.table.table.rowCount() < everyone
    qtbot.keyClicks(page.filter, "zzzz")
    qtbot.waitUntil(lambda: page.content.currentWidget() is page.unfit)
    page.filter.clear()
    page.light.setCurrentIndex(page.light.findData("red"))
    qtbot.waitUntil(lambda: page.query.light == "red" and not page.query.text)
    settle()
    assert page.table.table.rowCount() == window.workbench.insight.check().lights["red"]


def test_a_warning_names_its_reasons_and_what_could_not_be_looked_at(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    page = window.open_page("warnings")
    assert isinstance(page, WarningsPage)
    settle()
    qtbot.mouseClick(page.filters[None], Qt.MouseButton.LeftButton)
    settle()
    assert page.check is not None
    assert page.ranking.table.table.rowCount() == page.check.customers
    first = page.ranking.table.table.row(0)
    assert isinstance(first, CustomerRisk)
    words = "\n".join(label.text() for label in page.ranking.detail.findChildren(type(page.title)))
    assert all(verdict.reason in words for verdict in first.signals)
    assert "口径" in words
    if page.check.features_off:
        assert page.check.features_off[0] in page.off.words.text()


def test_the_plan_is_saved_as_pdf_and_xlsx_and_the_export_is_registered(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    page = window.open_page("plan")
    assert isinstance(page, PlanPage)
    settle()
    page.export("plan_pdf", tmp_path / "week.pdf")
    page.export("plan_xlsx", tmp_path / "week.xlsx")
    settle()
    assert (tmp_path / "week.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "week.xlsx").read_bytes().startswith(b"PK")
    with window.workbench.book.read() as conn:
        exports = conn.exec_driver_sql("select count(*) from audit where action = 'export'").scalar()
    assert exports == 2


def test_closing_the_book_behind_the_lock_asks_again(
    qtbot: QtBot, program: Program, window: MainWindow, path: Path
) -> None:
    qtbot.mouseClick(window.lock_button, Qt.MouseButton.LeftButton)
    assert program.locked_door is not None
    qtbot.mouseClick(program.locked_door.shut, Qt.MouseButton.LeftButton)
    assert program.window is None
    assert program.door is not None
    assert program.door.isVisible()
    Workbench.open(path, PASSPHRASE).close()
    program.door.first.setText(PASSPHRASE)
    qtbot.keyClick(program.door.first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None and not program.tasks.busy)


class _Marked:
    """A language in which every sentence is in brackets: the words are seen to change."""

    def gettext(self, message: str) -> str:
        return f"[{message}]"


def test_what_is_typed_when_the_book_is_locked_is_kept(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle, path: Path
) -> None:
    page = window.open_page("settings")
    settle()
    name = next(one for one in page.findChildren(QLineEdit) if one.isVisible())
    name.setFocus()
    name.selectAll()
    name.insert("王小明")
    program.lock()
    with Workbench.open(path, PASSPHRASE) as again:
        assert "王小明" in repr(again.settings())


def test_a_box_of_the_battle_map_that_is_being_written_is_kept_when_the_book_is_locked(
    program: Program, window: MainWindow, settle: Settle, path: Path
) -> None:
    window.workbench.insight.engine.ensure()
    page = window.open_page("genes", "canvas:elder")
    assert isinstance(page, GenesPage)
    settle()
    card = page.canvas.boxes[3]
    card.edit()
    assert card.editor is not None
    card.editor.setPlainText("社区体检")
    program.lock()
    with Workbench.open(path, PASSPHRASE) as again:
        assert again.insight.genes.canvas("elder").boxes[3].lines == ("社区体检",)


def test_switching_the_language_changes_the_words_on_the_spot(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def marked(language: str) -> None:
        i18n._language = language
        i18n._translations = _Marked() if language == "en" else i18n.gettext.NullTranslations()  # type: ignore[assignment]

    monkeypatch.setattr("ui.app.use_language", marked)
    page = window.open_page("settings")
    assert isinstance(page, SettingsPage)
    settle()
    page.language.setCurrentIndex(page.language.findData("en"))
    page.language.activated.emit(page.language.currentIndex())
    settle()
    changed = program.window
    assert changed is not None
    assert changed is not window
    assert changed.current == "settings"
    assert changed.navigation.buttons["week"].text() == "[本周]"
    assert program.pc.language == "en"


def test_the_theme_and_the_capacity_are_kept(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle
) -> None:
    page = window.open_page("settings")
    assert isinstance(page, SettingsPage)
    settle()
    page.calls.setValue(45)
    page.calls.editingFinished.emit()
    page.manager.setText("王敏")
    page.manager.editingFinished.emit()
    settle()
    told = window.workbench.settings()
    assert (told["calls"], told["manager"]) == (45, "王敏")
    page.theme.setCurrentIndex(page.theme.findData("dark"))
    page.theme.activated.emit(page.theme.currentIndex())
    settle()
    assert program.pc.theme == "dark"
    assert QApplication.instance().property("theme") == "dark"  # type: ignore[union-attr]


def test_the_job_is_done_by_keyboard_alone(
    qtbot: QtBot, window: MainWindow, settle: Settle, small_list: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(small_list)], ""))

    def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(QApplication.focusWidget() or window, key, held)
        settle()

    before = window.workbench.insight.summary().customers
    press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "imports"
    press(Qt.Key.Key_Space)
    page = window.pages["imports"]
    assert isinstance(page, ImportsPage)
    assert page.content.currentWidget() is page.review
    assert QApplication.focusWidget() is page.commit_button
    press(Qt.Key.Key_Space)
    assert window.workbench.insight.summary().customers == before + 3
    press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "week"
    press(Qt.Key.Key_Return)
    assert window.current == "portrait"
    press(Qt.Key.Key_Escape)
    assert window.current == "week"
    press(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "plan"
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    for key in (Qt.Key.Key_X, Qt.Key.Key_Y):
        qtbot.keyClick(QApplication.focusWidget(), key)
    press(Qt.Key.Key_Return)
    assert window.workbench.outreach.plan().quick_wins[0].method == "xy"
