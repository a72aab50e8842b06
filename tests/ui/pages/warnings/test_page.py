"""预警 as a person works through it: who, why with all figures, what to do; each decision one key or one click."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.footprint import footprint
from tests.books import new_workbench
from tests.ui.conftest import PASSPHRASE, Went, write_list
from ui.pages.warnings.changes import ChangesStrip
from ui.pages.warnings.deciding import ExplainDialog, HandOverDialog, MuteDialog
from ui.pages.warnings.light_row import LightRow
from ui.pages.warnings.page import WarningsPage
from ui.tasks import Tasks
from ui.widgets.cause import CauseDialog
from ui.words import LIGHTS
from workbench.app import Workbench
from workbench.outreach.lights.light_week import LightWeek


@pytest.fixture
def workbench(path: Path) -> Iterator[Workbench]:
    with Workbench.open(path, PASSPHRASE) as opened:
        yield opened


class Shown:
    """The page on the screen, and waiting for it."""

    def __init__(self, workbench: Workbench, tasks: Tasks, qtbot: QtBot, width: int = 1198) -> None:
        self.qtbot, self.workbench, self.tasks = qtbot, workbench, tasks
        self.page = WarningsPage(workbench, tasks)
        qtbot.addWidget(self.page)
        tasks.changed.connect(self.page.tables_written)
        self.went: Went = []
        self.page.go.connect(lambda name, argument: self.went.append((name, argument)))
        self.page.resize(width, 722)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.busy)

    @property
    def rows(self) -> list[LightRow]:
        return self.page.working.rows

    def numbers(self) -> list[str]:
        return [one.light.risk.customer_no for one in self.rows]

    def week(self) -> LightWeek:
        return self.workbench.outreach.lights.of()

    def press(self, key: Qt.Key) -> None:
        """A key, wherever the keyboard is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key)

    def dialog(self) -> QDialog:
        """The question in front."""
        front = QApplication.activeModalWidget()
        assert isinstance(front, QDialog)
        return front


@pytest.fixture
def show(qtbot: QtBot, workbench: Workbench, tasks: Tasks) -> Callable[..., Shown]:
    return lambda width=1198: Shown(workbench, tasks, qtbot, width)


def words(row: LightRow) -> str:
    return "\n".join(one.text() for one in row.findChildren(QLabel) if one.isVisible())


def choose(dialog: QDialog, name: str, qtbot: QtBot) -> None:
    made = next(one for one in dialog.findChildren(QPushButton) if one.text() == name)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


# -- what is shown -------------------------------------------------------------------------------------------------


def test_one_row_a_customer_in_working_order_with_all_that_is_known(show: Callable[..., Shown]) -> None:
    shown = show()
    week = shown.week()
    assert shown.numbers() == [one.risk.customer_no for one in week.working]
    assert len(shown.rows) > 3
    for place, row in enumerate(shown.rows, 1):
        risk, said = row.light.risk, words(row)
        assert said.startswith(str(place))
        assert {"red": "红", "orange": "橙", "yellow": "黄"}[risk.light or ""] in said
        assert any(age in said for age in ("新亮", "个月"))
        for verdict in risk.signals:
            assert verdict.reason.partition(":")[2].rstrip("。") in said
        assert row.light.todo in said
        assert f"{row.light.due[5:]} 前" in said
        assert risk.state_reason is not None
        assert risk.state_reason in said


@pytest.mark.parametrize("width", [1198, 760, 1752])
def test_no_sentence_is_cut_off_the_row_grows(show: Callable[..., Shown], qtbot: QtBot, width: int) -> None:
    shown = show(width)
    texts = [(row, one) for row in shown.rows for one in row.texts() if one.isVisible()]
    assert not any("…" in one.text() for _row, one in texts)
    # once the layout stands
    qtbot.waitUntil(lambda: all(one.height() >= one.heightForWidth(one.width()) for _row, one in texts))
    assert all(one.mapTo(row, one.rect().bottomRight()).x() < row.width() for row, one in texts)


def test_what_nobody_could_be_judged_by_is_said_once(show: Callable[..., Shown]) -> None:
    shown = show()
    assert shown.page.check is not None
    for signal in shown.page.check.features_off:
        assert signal in shown.page.off.words.toolTip()
        assert not any(signal in row.aside.text() for row in shown.rows)
    assert "(记录太少)" in shown.page.off.words.text(), "the columns are there"


def test_what_changed_since_the_check_before_stands_on_top_and_names_its_people(
    show: Callable[..., Shown], workbench: Workbench
) -> None:
    shown = show()
    changes, strip = shown.week().changes, shown.page.working.changes
    assert "与 2026-09 的检查相比" in strip.words.text()
    assert strip.buttons["new"].text() == f"新亮 {len(changes.new)} 户"
    assert strip.buttons["out"].isVisible() is bool(changes.out)
    assert not strip.people.isVisible()
    strip.buttons["new"].click()
    people = strip.people.findChildren(QPushButton)
    assert len(people) == len(changes.new) > 0
    people[0].click()
    name, number = shown.went[-1]
    new = {shown.workbench.outreach.lights.names([one])[one].customer_no for one in changes.new}
    assert name == "portrait"
    assert number in new
    strip.buttons["new"].click()
    assert not strip.people.isVisible()


def test_the_month_before_is_checked_in_the_background_where_it_never_was(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two months were imported at once; only the newest was checked, as the command line does."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    with new_workbench(tmp_path / "two.book", PASSPHRASE) as workbench:
        for month, left in (("09月30日", 90_000.0), ("10月31日", 30_000.0)):
            rows: list[tuple[object, ...]] = [
                ("0000000001", "林秀英", "13812340001", left, 95_000.0),
                *(
                    (f"00000001{n:02d}", f"赵建{n}", f"138123401{n:02d}", 312_000.0, 300_000.0)
                    for n in range(30)
                ),
            ]
            path = write_list(tmp_path / f"名单_2026{month[:2]}.xlsx", rows, f"月报(2026年{month})")
            session = workbench.intake.read(path)
            session.confirm_similar()
            session.commit()
        workbench.insight.check()
        assert workbench.outreach.lights.of().changes.since is None
        assert workbench.outreach.outcomes.unchecked() == ("2026-09",)
        said: list[str] = []
        fill = ChangesStrip.fill

        def heard(strip: ChangesStrip, *args: Any) -> None:
            fill(strip, *args)
            said.append(strip.words.text())

        monkeypatch.setattr(ChangesStrip, "fill", heard)
        shown = Shown(workbench, tasks, qtbot)
        assert said[0].startswith("与上月相比:2026-09 还没有检查过,正在后台补查")
        assert said[-1] == "与 2026-09 的检查相比:"
        assert len(said) == 2
        assert [one.light.risk.since for one in shown.rows] == ["2026-10"]
        assert "新亮" in words(shown.rows[0])


def test_the_rest_waits_behind_a_line_with_its_number(
    show: Callable[..., Shown], workbench: Workbench, qtbot: QtBot
) -> None:
    workbench.set("overrides", {"queue.places": 2})
    shown = show()
    fold, waiting = shown.page.working.waiting, shown.week().waiting
    assert len(shown.rows) == 2
    assert fold.head.text() == f"▸ 排队 {len(waiting)} 户"
    assert not fold.table.isVisible()
    with footprint() as opening:
        qtbot.mouseClick(fold.head, Qt.MouseButton.LeftButton)
    assert not opening.read, "its rows were read with the page, not on the screen's own thread"
    assert fold.table.isVisible()
    assert fold.table.table.rowCount() == len(waiting)
    assert fold.table.table.row(0) == waiting[0]
    assert "看" not in fold.head.text()
    # the same keys work on its rows
    qtbot.keyClick(fold.table, Qt.Key.Key_Down)
    qtbot.keyClick(fold.table, Qt.Key.Key_1)
    assert shown.went == [("touch", waiting[1].risk.customer_no)]
    # and the page's own button is about the row that is seen, until a row above has the keyboard again
    primary = shown.page.primary
    assert primary is not None
    fold.entered.emit()
    primary.click()
    assert shown.went[-1] == ("touch", waiting[1].risk.customer_no)
    shown.rows[0].entered.emit()
    primary.click()
    assert shown.went[-1] == ("touch", shown.rows[0].light.risk.customer_no)


def test_without_any_light_the_page_says_so(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    rows: list[tuple[object, ...]] = [("0000000001", "𠮷田一", "13812340001", 118000.0, 121000.0)]
    with new_workbench(tmp_path / "one.book", PASSPHRASE) as workbench:
        session = workbench.intake.read(
            write_list(tmp_path / "名单_202610.xlsx", rows, "月报(2026年10月31日)")
        )
        session.confirm_similar()
        session.commit()
        shown = Shown(workbench, tasks, qtbot)
        assert shown.page.working.nothing.text() == "没有客户亮灯,本周没有需要挽留的客户。"
        assert not any(one.isVisible() for one in shown.page.working.folds())
        assert shown.page.week_button.text() == "本周先办  0"


# -- by keyboard ---------------------------------------------------------------------------------------------------


def test_arrows_move_enter_opens_and_tab_goes_on_to_the_buttons(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.page.focus_first()
    assert QApplication.focusWidget() is shown.rows[0]
    shown.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is shown.rows[1]
    shown.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is shown.rows[1].acts.buttons["call"]
    shown.press(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is shown.rows[0]
    shown.press(Qt.Key.Key_Return)
    assert shown.went == [("portrait", shown.numbers()[0])]


def test_a_call_opens_the_log_by_key_and_by_click(show: Callable[..., Shown], qtbot: QtBot) -> None:
    shown = show()
    shown.page.focus_first()
    shown.press(Qt.Key.Key_1)
    call = shown.rows[2].acts.buttons["call"]
    assert call.text() == "打电话 1"
    qtbot.mouseClick(call, Qt.MouseButton.LeftButton)
    assert shown.went == [("touch", shown.numbers()[0]), ("touch", shown.numbers()[2])]


def test_a_button_asks_to_put_the_customer_in_front_on_the_plan(
    show: Callable[..., Shown], qtbot: QtBot
) -> None:
    shown = show()
    shown.page.focus_first()
    qtbot.mouseClick(shown.page.plan_button, Qt.MouseButton.LeftButton)
    assert shown.went == [("to_plan", shown.numbers()[0])]


# -- decisions -----------------------------------------------------------------------------------------------------


def test_an_explanation_is_stored_and_the_customer_leaves_the_list(
    show: Callable[..., Shown], qtbot: QtBot
) -> None:
    shown = show()
    assets = {"S2", "S3"}
    place = next(n for n, one in enumerate(shown.rows) if {v.code for v in one.light.risk.signals} <= assets)
    number, following = shown.numbers()[place], shown.numbers()[place + 1]
    shown.rows[place].setFocus()
    shown.press(Qt.Key.Key_2)
    dialog = shown.dialog()
    assert isinstance(dialog, ExplainDialog)
    # nothing is taken for granted
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    assert "请先选" in dialog.fault.text()
    # other needs a word
    choose(dialog, "其他", qtbot)
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    shown.settle()
    assert "请写一句" in dialog.fault.text()
    choose(dialog, "学费", qtbot)
    qtbot.keyClicks(dialog.note, "fees")
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    shown.settle()
    explained = shown.workbench.outreach.lights.decisions(number).explained
    assert explained is not None
    assert (explained.value, explained.note) == ("school", "fees")
    assert number not in shown.numbers()
    # the next one came up under the keyboard
    assert shown.numbers()[place] == following
    assert shown.page.focusWidget() is shown.rows[place]


def test_a_pause_takes_a_span_and_the_light_rests(show: Callable[..., Shown], qtbot: QtBot) -> None:
    shown = show()
    number, before = shown.numbers()[1], len(shown.week().resting)
    qtbot.mouseClick(shown.rows[1].acts.buttons["mute"], Qt.MouseButton.LeftButton)
    dialog = shown.dialog()
    assert isinstance(dialog, MuteDialog)
    assert dialog.until.date().toString("yyyy-MM-dd") == "2026-12-16"
    choose(dialog, "两周", qtbot)
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    shown.settle()
    muted = shown.workbench.outreach.lights.decisions(number).muted
    assert muted is not None
    assert muted.until == "2026-11-30"
    assert number not in shown.numbers()
    resting = shown.page.working.resting
    assert resting.head.text() == f"▸ 处理中、已说明、静默 {before + 1} 户"
    resting.open()
    assert "2026-11-30" in resting.table.table.index(0, 6).data()
    # its light stands, and nothing is asked of the manager
    assert shown.week().resting[-1].todo not in resting.table.table.index(before, 6).data()


def test_a_hand_over_names_somebody(show: Callable[..., Shown], qtbot: QtBot) -> None:
    shown = show()
    shown.page.focus_first()
    number = shown.numbers()[0]
    shown.press(Qt.Key.Key_4)
    dialog = shown.dialog()
    assert isinstance(dialog, HandOverDialog)
    qtbot.keyClick(dialog.to, Qt.Key.Key_Return)
    shown.settle()
    assert "没有写交给谁" in dialog.fault.text()
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.to, "Li")
    qtbot.keyClick(dialog.to, Qt.Key.Key_Return)
    shown.settle()
    handed = shown.workbench.outreach.lights.decisions(number).handed_over
    assert handed is not None
    assert handed.value == "Li"
    assert number not in shown.numbers()


def test_a_cause_is_confirmed_by_the_evidence_and_only_then_counted(
    show: Callable[..., Shown], qtbot: QtBot
) -> None:
    shown = show()
    shown.page.focus_first()
    number = shown.numbers()[0]
    assert not shown.page.working.confirmed.isVisible() or not shown.page.working.confirmed.text()
    shown.press(Qt.Key.Key_5)
    dialog = shown.dialog()
    assert isinstance(dialog, CauseDialog)
    shown.settle()
    causes = shown.workbench.insight.portraits.causes(number)
    assert [one.worded in dialog.evidence.text() for one in causes] == [True] * len(causes)
    assert dialog.cause.code() == (causes[0].code if causes else "unknown")
    # the question grows with the evidence
    qtbot.waitUntil(
        lambda: dialog.evidence.height() >= dialog.evidence.heightForWidth(dialog.evidence.width())
    )
    choose(dialog, "竞争", qtbot)
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    shown.settle()
    assert shown.workbench.outreach.lights.confirmed_causes()["competition"] == 1
    assert shown.page.working.confirmed.text() == "已确认原因的 1 户:竞争 1 户。没有确认过的不计。"
    # the light is not done with: he is still to be called
    assert shown.numbers()[0] == number


def test_leaving_a_question_decides_nothing_and_gives_the_keyboard_back(show: Callable[..., Shown]) -> None:
    shown = show()
    shown.page.focus_first()
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_3)
    shown.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is shown.rows[1]
    assert shown.workbench.outreach.lights.decisions(shown.numbers()[1]).all() == ()


# -- the ranking ---------------------------------------------------------------------------------------------------


def test_a_light_named_by_another_page_shows_its_ranking(show: Callable[..., Shown], qtbot: QtBot) -> None:
    shown = show()
    page = shown.page
    assert page.check is not None
    light = next(one for one in LIGHTS if page.check.lights[one])
    page.place(light)
    shown.settle()
    assert page.filters[light].isChecked()
    assert page.ranking.table.isVisible()
    assert page.ranking.table.table.rowCount() == page.check.lights[light]
    first = page.ranking.table.table.row(0)
    said = "\n".join(one.text() for one in page.ranking.detail.findChildren(QLabel))
    assert all(verdict.reason in said for verdict in first.signals)
    qtbot.mouseClick(page.week_button, Qt.MouseButton.LeftButton)
    shown.settle()
    assert page.working.isVisible()
    assert not page.ranking.isVisible()
