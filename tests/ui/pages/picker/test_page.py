"""The picker as a person uses it: build, type, be told what is wrong, keep, plan, tag, hand over, export, undo."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from db import book_key
from tests.books import new_workbench
from tests.ui.conftest import PASSPHRASE
from ui.pages.picker.builder import GroupEdit
from ui.pages.picker.dialogs import (
    AssignDialog,
    GiveTagDialog,
    PlanDialog,
    SaveDialog,
    UnknownDialog,
)
from ui.pages.picker.export import ExportDialog
from ui.pages.picker.forms import FilledRow, contact_term, finder, forms, lists_term, read, sole_list, written
from ui.pages.picker.lists import SavedListRow, together
from ui.pages.picker.page import PickerPage
from ui.pages.picker.rows import RowEdit
from ui.pages.picker.values import ChoiceEdit, ManyEdit, NumberEdit
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.base.change import Change
from workbench.base.terms import Term
from workbench.insight.language.builder import ConditionGroup, Row, as_groups, of_groups
from workbench.insight.language.parse import parse
from workbench.insight.picking.facts import PickedRow
from workbench.outreach.picked import methods

D = TypeVar("D", bound=QDialog)


class Shown:
    """The page, where it asked to go, what was written, and waiting for it."""

    def __init__(self, page: PickerPage, qtbot: QtBot) -> None:
        self.page = page
        self.qtbot = qtbot
        self.went: list[tuple[str, Any]] = []
        self.wrote: list[tuple[Change, str]] = []
        page.go.connect(lambda name, argument: self.went.append((name, argument)))
        page.tasks.wrote.connect(lambda change, words: self.wrote.append((change, words)))
        page.tasks.changed.connect(page.tables_written)

    def settle(self) -> None:
        """Until nothing is under way and no key is waited after."""
        page = self.page
        self.qtbot.waitUntil(
            lambda: not (page.tasks.busy or page._soon.isActive() or page.condition._soon.isActive()),
        )

    def click(self, button: QPushButton) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def write(self, text: str) -> None:
        """Type a condition as text."""
        self.page.condition.lines.setFocus()
        self.page.condition.lines.selectAll()
        self.page.condition.lines.insertPlainText(text)
        self.settle()

    def ask(self, text: str) -> None:
        self.page.place(text)
        self.settle()

    def choose(self, row: RowEdit, words: str) -> None:
        """Find a word by typing and take the first one offered."""
        row.subject.setFocus()
        row.subject.setText(words)
        row.subject.textEdited.emit(words)
        self.settle()
        self.qtbot.keyClick(row.subject, Qt.Key.Key_Return)
        self.settle()

    def rows(self, most: int) -> list[PickedRow]:
        """The first rows of the table."""
        found = [self.page.table.table.row(at) for at in range(most)]
        return [one for one in found if isinstance(one, PickedRow)]

    def count(self) -> int:
        assert self.page.answer is not None
        return self.page.answer.tally.count

    def dialog(self, kind: type[D]) -> D:
        self.settle()
        return next(one for one in self.page.findChildren(kind) if one.isVisible())

    def undo(self) -> None:
        """Take the last write back."""
        number = self.wrote[-1][0].undo_id
        assert number is not None
        self.page.tasks.write(lambda: self.page.workbench.undo(number))
        self.settle()


@pytest.fixture
def show(qtbot: QtBot, qapp: object) -> Iterator[Callable[[Workbench], Shown]]:
    tasks = Tasks()

    def build(workbench: Workbench) -> Shown:
        page = PickerPage(workbench, tasks)
        qtbot.addWidget(page)
        page.resize(1222, 728)
        page.show()
        page.activateWindow()
        shown = Shown(page, qtbot)
        shown.settle()
        return shown

    yield build
    tasks.close()


@pytest.fixture(scope="module")
def ready_book(branch_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The branch's book with its tags computed, as it is the second time the page is opened."""
    copy = tmp_path_factory.mktemp("picker") / "ready.book"
    shutil.copyfile(branch_book, copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        patch.setenv("WORKBENCH_TODAY", "2026-11-16")
        with Workbench.open(copy, PASSPHRASE) as opened:
            opened.insight.picking.prepare()
    return copy


@pytest.fixture
def workbench(path: Path, ready_book: Path) -> Iterator[Workbench]:
    shutil.copyfile(ready_book, path)
    with Workbench.open(path, PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def shown(workbench: Workbench, show: Callable[[Workbench], Shown]) -> Shown:
    return show(workbench)


# -- building and typing ---------------------------------------------------------------------------------------


def test_at_first_everybody_is_shown_and_examples_can_be_clicked(shown: Shown) -> None:
    page = shown.page
    assert page.figures.count.text() == "100 户"
    assert page.table.table.rowCount() == 100
    assert page.words.text() == "即:全部客户"
    assert len(page.examples) == 3
    for example in page.examples:
        assert example.isVisible()
        assert example.toolTip().isascii(), "it is shown in English too"
        shown.click(example)
        assert page.answer is not None, page.condition.fault.text()
        assert page.builder.root.parts
        assert not page.builder.root.by_hand()
        assert not page.offer.isVisible()
        page.clear()
        shown.settle()
    assert page.offer.isVisible()


def test_a_condition_built_by_clicking_is_counted_worded_and_written_as_text(shown: Shown) -> None:
    page = shown.page
    shown.click(page.builder.root.add_row)
    row = page.builder.root.parts[0]
    assert isinstance(row, RowEdit)
    shown.choose(row, "资产月日均")
    assert row.form.currentText() == "不少于"
    assert isinstance(row.value, NumberEdit)
    assert page.text == "", "a row that is not filled in asks nothing yet"
    shown.qtbot.keyClicks(row.value.lines[0], "20")
    shown.settle()
    assert page.condition.text() == "average >= 20万"
    assert page.words.text() == "即:资产月日均不少于20万元"
    found = shown.count()
    assert 0 < found < 100
    assert page.figures.count.text() == f"{found} 户"
    assert page.answer is not None
    assert sum(part.count for part in page.answer.tally.towers) == found
    row.value.unit.setCurrentIndex(row.value.unit.findData("元"))
    shown.settle()
    assert shown.count() > found
    row.form.setCurrentIndex(row.form.findText("少于"))
    shown.settle()
    assert page.condition.text() == "average < 20", "the value stays when the comparison changes"


def test_groups_nest_and_rows_can_be_taken_away(shown: Shown) -> None:
    page = shown.page
    shown.ask("average >= 20万")
    shown.click(page.builder.root.add_group)
    group = page.builder.root.parts[1]
    assert isinstance(group, GroupEdit)
    first = group.parts[0]
    assert isinstance(first, RowEdit)
    shown.choose(first, "资产层级")
    assert isinstance(first.value, ChoiceEdit)
    first.form.setCurrentIndex(first.form.findText("属于"))
    assert isinstance(first.value, ManyEdit)
    first.value.ticks["L5"].trigger()
    first.value.ticks["L6"].trigger()
    shown.click(group.add_row)
    second = group.parts[1]
    assert isinstance(second, RowEdit)
    shown.choose(second, "拒绝营销标志")
    second.form.setCurrentIndex(second.form.findText("否"))
    shown.settle()
    assert page.condition.text() == "average >= 20万 and (tier in ('L5', 'L6') or opt_out = 否)"
    group.combination.setCurrentIndex(group.combination.findData("none"))
    shown.settle()
    assert page.condition.text() == "average >= 20万 and not (tier in ('L5', 'L6') or opt_out = 否)"
    shown.click(second.remove)
    assert page.condition.text() == "average >= 20万 and not (tier in ('L5', 'L6'))"


def test_text_that_is_typed_shows_in_the_builder(shown: Shown) -> None:
    page = shown.page
    shown.write("年龄 介于 30 到 60 且 非 拒绝营销标志")
    rows = page.builder.root.parts
    assert [row.form.currentText() for row in rows if isinstance(row, RowEdit)] == ["介于", "否"]
    assert isinstance(rows[0], RowEdit)
    assert rows[0].value.literals() == ("30", "60")
    assert "年龄" in [column.title for column in page.table.table.columns]
    ages = [row.values["age"] for row in shown.rows(shown.count())]
    assert all(30 <= age <= 60 for age in ages)


def test_what_no_row_can_show_stands_as_text_and_survives_building(shown: Shown) -> None:
    page = shown.page
    shown.write("average - balance > 100 and age > 20")
    by_hand, plain = page.builder.root.parts
    assert isinstance(by_hand, RowEdit)
    assert isinstance(plain, RowEdit)
    assert by_hand.by_hand
    assert by_hand.words.text() == "average - balance > 100"
    assert page.builder.note.isVisible()
    assert isinstance(plain.value, NumberEdit)
    plain.value.lines[0].setText("30")
    shown.settle()
    assert page.condition.text() == "average - balance > 100 and age > 30"


def test_an_error_is_marked_at_its_characters_and_a_near_word_mends_it(shown: Shown) -> None:
    page = shown.page
    shown.write("资产月日君 >= 50万")
    assert "不认识“资产月日君”" in page.condition.fault.text()
    assert page.condition.marked == "资产月日君"
    assert page.figures.count.text() == "—"
    assert page.results.currentIndex() == 2
    assert page.primary is not None
    assert not page.primary.isEnabled()
    offered = page.condition.findChildren(QPushButton)
    near = offered[0]
    shown.qtbot.waitUntil(near.isVisible)
    assert near.text() == "资产月日均"
    shown.click(near)
    assert page.condition.marked == ""
    assert not page.condition.fault.isVisible()
    assert page.condition.text() == "资产月日均 >= 50万"
    assert page.primary.isEnabled()
    shown.write("资产月日均 >=")
    assert "没有写完" in page.condition.fault.text()
    assert page.condition.marked


def test_nobody_found_says_what_to_loosen(shown: Shown) -> None:
    shown.ask("age > 300")
    assert shown.page.results.currentIndex() == 1
    assert "没有" in shown.page.results.nobody.words.text()


def test_a_past_contact_is_a_row_of_the_builder(shown: Shown, workbench: Workbench) -> None:
    page = shown.page
    number = shown.rows(1)[0].customer.customer_no
    workbench.outreach.log_touch(number, channel="call", result="reached")
    page.refresh()
    shown.settle()
    shown.click(page.builder.root.add_row)
    row = page.builder.root.parts[0]
    assert isinstance(row, RowEdit)
    shown.choose(row, "联系过")
    shown.settle()
    assert page.text.startswith("touched('")
    found = page.builder.root.group()
    shown.ask("touched('call', 30)")
    assert page.builder.root.group() != found
    assert shown.count() == 1


def test_of_conditions_asked_in_quick_succession_the_last_one_is_shown(shown: Shown) -> None:
    page = shown.page
    for text in ("age > 20", "age > 30", "age > 300", "average > 20万"):
        page.place(text)
    shown.settle()
    assert page.answer is not None
    assert page.answer.text == page.condition.text() == "average > 20万"
    assert page.table.table.rowCount() == shown.count() > 0


def test_the_keyboard_alone_builds_a_condition(shown: Shown) -> None:
    page = shown.page
    page.focus_first()
    shown.qtbot.keyClick(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    row = page.builder.root.parts[0]
    assert isinstance(row, RowEdit)
    assert row.subject.hasFocus()
    shown.qtbot.keyClick(row.subject, Qt.Key.Key_Down)
    shown.settle()
    assert row.subject.popup.isVisible(), "the usual words are offered"
    shown.qtbot.keyClick(row.subject.popup, Qt.Key.Key_Return)
    shown.settle()
    assert row.filled is not None
    assert row.filled.term.name == "average"
    shown.qtbot.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.condition.lines.hasFocus()


def test_what_another_page_asks_for_waits_for_the_tags_to_be_computed(
    path: Path, qtbot: QtBot, qapp: object
) -> None:
    tasks = Tasks()
    with Workbench.open(path, PASSPHRASE) as opened:
        page = PickerPage(opened, tasks)
        qtbot.addWidget(page)
        page.place("age > 40")
        page.show()
        assert page.content.waits
        assert "正在计算" in page.waiting.doing.text()
        shown = Shown(page, qtbot)
        shown.settle()
        assert page.content.holds
        assert page.answer is not None
        assert page.answer.text == "age > 40"
        tasks.close()


# -- what was found --------------------------------------------------------------------------------------------


def test_figures_lead_to_their_people(shown: Shown) -> None:
    page = shown.page
    shown.ask("average > 0")
    tower = max(page.figures.parts, key=lambda one: one.part.count if one.part else 0)
    assert tower.part is not None
    shown.click(tower.link)
    assert shown.count() == tower.part.count
    assert page.condition.text() == f"average > 0 and tower = '{tower.part.tower}'"
    shown.ask("average > 0 top 5 by average")
    assert not any(one.link.isEnabled() for one in page.figures.parts if one.isVisible()), (
        "a part of the first five has no condition"
    )


def test_those_for_whom_it_cannot_be_told_are_explained_and_shown(shown: Shown) -> None:
    page = shown.page
    shown.ask("refused = 否 top 3 by average")
    assert page.answer is not None
    unknown = page.answer.unknown
    assert unknown == 100, "no contact was ever logged"
    assert page.figures.unknown.text() == "无法判断 100 户"
    page.figures.unknown.click()
    dialog = shown.dialog(UnknownDialog)
    assert dialog.links[0].text() == "联系时表示拒绝:其中 100 户没有值"
    shown.click(dialog.everyone)
    assert shown.count() == unknown


def test_enter_opens_the_portrait_and_heads_sort(shown: Shown) -> None:
    page = shown.page
    shown.ask("age > 0")
    averages = [row.values["average"] or 0 for row in shown.rows(5)]
    assert averages == sorted(averages, reverse=True)
    place = next(n for n, one in enumerate(page.table.table.columns) if one.order == "age")
    page.table.sortByColumn(place, Qt.SortOrder.AscendingOrder)
    shown.settle()
    ages = [row.values["age"] for row in shown.rows(5)]
    assert ages == sorted(ages)
    page.table.setCurrentIndex(page.table.table.index(0, 1))
    shown.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert shown.went == [("portrait", shown.rows(1)[0].customer.customer_no)]


def test_names_and_numbers_in_the_condition_are_masked(shown: Shown) -> None:
    page = shown.page
    shown.ask("phone is told and name is told")
    title = [one.title for one in page.table.table.columns]
    assert "姓名" not in title, "the name has its column already"
    phone = page.table.table.index(0, 6).data()
    assert "*" in phone


def test_the_first_n_are_written_into_the_text(shown: Shown) -> None:
    page = shown.page
    shown.ask("age > 0")
    shown.qtbot.keyClicks(page.limit.first, "5")
    shown.qtbot.keyClick(page.limit.first, Qt.Key.Key_Return)
    shown.settle()
    assert page.condition.text() == "age > 0 top 5 by average"
    assert page.table.table.rowCount() == 5
    row = page.builder.root.parts[0]
    assert isinstance(row, RowEdit)
    assert isinstance(row.value, NumberEdit)
    row.value.lines[0].setText("30")
    shown.settle()
    assert page.condition.text() == "age > 30 top 5 by average", "building keeps the limit"
    page.limit.first.clear()
    shown.qtbot.keyClick(page.limit.first, Qt.Key.Key_Return)
    shown.settle()
    assert page.condition.text() == "age > 30"


@pytest.mark.parametrize("typed", ["abc", "0", "-3", "1.5"])
def test_what_is_no_number_of_people_gives_way_to_what_is_in_force(shown: Shown, typed: str) -> None:
    page = shown.page
    shown.ask("age > 0 top 5 by average")
    page.limit.first.selectAll()
    shown.qtbot.keyClicks(page.limit.first, typed)
    shown.qtbot.keyClick(page.limit.first, Qt.Key.Key_Return)
    shown.settle()
    assert page.limit.first.text() == "5"
    assert page.condition.text() == "age > 0 top 5 by average"
    assert page.table.table.rowCount() == 5


def test_building_beside_a_text_that_cannot_be_read_keeps_the_limit(shown: Shown) -> None:
    page = shown.page
    shown.ask("age > 0 top 5 by average")
    shown.write("age > 0 and top 5 by average")
    assert page.answer is None
    row = page.builder.root.parts[0]
    assert isinstance(row, RowEdit)
    assert isinstance(row.value, NumberEdit)
    row.value.lines[0].setText("30")
    shown.settle()
    assert page.condition.text() == "age > 30 top 5 by average"
    shown.write("age > 30")
    shown.write("age >")
    row = page.builder.root.parts[0]
    assert isinstance(row, RowEdit)
    assert isinstance(row.value, NumberEdit)
    row.value.lines[0].setText("40")
    shown.settle()
    assert page.condition.text() == "age > 40", "the limit was taken away before"


def test_a_condition_that_fails_leaves_no_other_answer_beside_it(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown.page
    shown.ask("age > 0")
    told: list[Exception] = []
    page.tasks.failed.connect(told.append)

    def fail(*_asked: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(page.workbench.insight.picking, "count", fail)
    shown.write("age > 1")
    assert [type(error) for error in told] == [RuntimeError]
    assert not page.table.isVisible()
    assert "没有算出来" in page.results.wrong.words.text()
    assert page.figures.count.text() == "—"
    monkeypatch.undo()
    shown.write("age >")
    assert "还没有写对" in page.results.wrong.words.text()
    shown.write("age > 1")
    assert page.table.isVisible()


def test_a_purpose_says_who_is_left_out_and_why(shown: Shown) -> None:
    page = shown.page
    page.figures.purpose.setCurrentIndex(page.figures.purpose.findData("product"))
    shown.settle()
    assert page.answer is not None
    found = page.answer.excluded
    assert found is not None
    assert found.left < found.matching == 100
    for one in found.reasons:
        assert (f"{one.label} {one.count}" in page.figures.left_out.text()) == bool(one.count)
    assert page.table.table.rowCount() == found.left
    stay = page.workbench.insight.picking.ids("", purpose="product")
    assert [row.customer_id for row in shown.rows(found.left)] == stay
    page.figures.purpose.setCurrentIndex(0)
    shown.settle()
    assert page.table.table.rowCount() == 100


# -- lists and actions -----------------------------------------------------------------------------------------


def _saved(shown: Shown, text: str, name: str, *, frozen: bool) -> None:
    shown.ask(text)
    assert shown.page.primary is not None
    shown.click(shown.page.primary)
    dialog = shown.dialog(SaveDialog)
    dialog.name.setText(name)
    dialog.frozen.setChecked(frozen)
    dialog.purpose.setCurrentIndex(dialog.purpose.findData("analysis"))
    shown.qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    shown.settle()


def _listed(page: PickerPage) -> list[SavedListRow]:
    model = page.lists.table.table
    found = [model.row(at) for at in range(model.rowCount())]
    return [one for one in found if isinstance(one, SavedListRow)]


def test_lists_are_saved_opened_put_together_renamed_deleted_and_brought_back(shown: Shown) -> None:
    page = shown.page
    _saved(shown, "age > 40", "四十岁以上", frozen=False)
    over = shown.count()
    _saved(shown, "average > 5万 top 20 by average", "前二十", frozen=True)
    assert [one.saved.name for one in _listed(page)] == ["前二十", "四十岁以上"]
    assert [one.count for one in _listed(page)] == [20, over]
    page.tabs.setCurrentIndex(1)
    page.lists.table.setCurrentIndex(page.lists.table.table.index(0, 0))
    shown.ask("age > 40")
    assert any("前二十" in one.text() for one in page.figures.findChildren(QPushButton))
    page.tabs.setCurrentIndex(1)
    shown.click(page.lists.both)
    both = shown.count()
    number = _listed(page)[0].saved.number
    assert page.condition.text() == f"age > 40 and list('{number}')"
    shown.ask("age > 40")
    page.lists.without.click()
    shown.settle()
    assert shown.count() == over - both
    shown.ask("age > 40")
    page.lists.either.click()
    shown.settle()
    assert shown.count() == over + 20 - both
    page.lists.open_button.click()
    shown.settle()
    assert shown.count() == 20
    one = page.lists.chosen()
    assert one is not None
    page.lists.delete(one)
    shown.settle()
    assert "没有名单" in page.condition.fault.text(), "the condition asks for a list that is gone"
    shown.undo()
    assert [one.saved.name for one in _listed(page)] == ["前二十", "四十岁以上"]
    assert shown.count() == 20


def test_a_name_that_is_taken_is_said_in_the_question(shown: Shown) -> None:
    _saved(shown, "age > 40", "同名", frozen=False)
    _saved(shown, "age > 50", "同名", frozen=False)
    dialog = shown.dialog(SaveDialog)
    assert "已经有名单叫“同名”" in dialog.fault.text()
    dialog.reject()


def test_those_picked_go_on_the_plan_and_off_again(shown: Shown, workbench: Workbench) -> None:
    page = shown.page
    shown.ask("average > 5万 top 3 by average")
    shown.click(page.bulk[0])
    dialog = shown.dialog(PlanDialog)
    assert dialog.about.text() == "对 3 位客户"
    kind = methods(workbench.outreach)[-1][0]
    dialog.method.setCurrentIndex(dialog.method.findData(kind))
    before = {c.customer_id for item in workbench.outreach.plan().quick_wins for c in item.customers}
    shown.click(dialog.yes)
    change, words = shown.wrote[-1]
    after = {c.customer_id for item in workbench.outreach.plan().quick_wins for c in item.customers}
    picked = set(workbench.insight.picking.ids("average > 5万 top 3 by average"))
    assert after - before == picked - before
    assert f"加入 {len(after - before)} 位" in words
    if change.undo_id is not None:
        shown.undo()
        again = {c.customer_id for item in workbench.outreach.plan().quick_wins for c in item.customers}
        assert again == before


def test_those_picked_are_handed_over_and_taken_back(shown: Shown, workbench: Workbench) -> None:
    page = shown.page
    shown.ask("average > 5万 top 4 by average")
    shown.click(page.bulk[2])
    dialog = shown.dialog(AssignDialog)
    shown.click(dialog.yes)
    assert "没有写交给哪位客户经理" in dialog.fault.text()
    dialog.manager.setText("王小新")
    shown.click(dialog.yes)
    assert _managers(workbench) == {"王小新"}
    shown.undo()
    assert "王小新" not in _managers(workbench)


def _managers(workbench: Workbench) -> set[str | None]:
    rows = workbench.insight.picking.rows("average > 5万 top 4 by average")
    return {row.customer.manager for row in rows}


def test_those_picked_are_given_a_tag_by_hand(shown: Shown, workbench: Workbench) -> None:
    page = shown.page
    hand = workbench.insight.tags.by_hand()
    if not hand:
        body = {"label": "沙龙到场", "by": "hand", "definition": "到过沙龙", "principle": "到场的人愿意再来"}
        workbench.insight.tags.save(body)
        hand = workbench.insight.tags.by_hand()
    shown.ask("average > 5万 top 4 by average")
    shown.click(page.bulk[1])
    dialog = shown.dialog(GiveTagDialog)
    shown.click(dialog.yes)
    assert "请写明理由" in dialog.fault.text()
    dialog.reason.setText("十月沙龙到场")
    shown.click(dialog.yes)
    assert "已给 4 位客户打上" in shown.wrote[-1][1]
    shown.undo()


def test_an_export_is_numbered_masked_and_kept_as_a_list(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown.page
    shown.ask("average > 5万 top 4 by average")
    names = {row.customer.name for row in shown.rows(4)}
    shown.click(page.bulk[3])
    dialog = shown.dialog(ExportDialog)
    dialog.purpose.setCurrentIndex(dialog.purpose.findData("analysis"))
    dialog.path.setText(str(tmp_path / "nowhere" / "x.xlsx"))
    shown.click(dialog.yes)
    assert "文件夹不存在" in dialog.fault.text()
    assert page.workbench.insight.picking.lists() == (), "nothing was exported, no list is kept"
    target = tmp_path / "名单.xlsx"
    target.write_bytes(b"somebody's")
    dialog.path.setText(str(target))
    shown.click(dialog.yes)
    assert "已经有了" in dialog.fault.text(), "a name that was typed was never filled about"
    assert target.read_bytes() == b"somebody's"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    shown.click(dialog.choose)
    shown.click(dialog.yes)
    kept = page.workbench.insight.picking.lists()[0]
    assert kept.count == 4
    assert kept.number in shown.wrote[-1][1]
    cells = {str(cell.value) for line in load_workbook(target).active.iter_rows() for cell in line}
    assert not names & cells
    shown.ask(f"list('{kept.number}')")
    shown.click(page.bulk[3])
    again = shown.dialog(ExportDialog)
    assert again.number == kept.number
    again.path.setText(str(tmp_path / "again.xlsx"))
    shown.click(again.yes)
    assert len(page.workbench.insight.picking.lists()) == 1, "a saved list keeps its number"


def test_an_empty_book_says_how_to_fill_the_page(
    tmp_path: Path, show: Callable[[Workbench], Shown], qtbot: QtBot
) -> None:
    with new_workbench(tmp_path / "new.book", PASSPHRASE) as workbench:
        shown = show(workbench)
        assert shown.page.content.currentWidget() is shown.page.content.nothing
        assert shown.page.primary is not None
        assert not shown.page.primary.isEnabled()
        link = next(one for one in shown.page.findChildren(QPushButton) if one.text() == "去导入名单")
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
        assert shown.went == [("imports", None)]


# -- rows and text, without a window ---------------------------------------------------------------------------

TERMS = (
    Term("average", "资产月日均", "money"),
    Term("tier", "资产层级", "enum", values=(("L0", "休眠"), ("L1", "大众")), ordered=True),
    Term("due", "到期日", "date"),
    Term("refused", "拒绝", "flag"),
    Term("city", "城市", "text"),
    Term("share", "占比", "ratio"),
    lists_term([("L1-01", "回访")]),
    contact_term(),
)


@pytest.mark.parametrize(
    "text",
    [
        "average >= 50万", "average between 1万 and 20万", "share < 10%", "tier = '大众'", "tier in ('L0', 'L1')",
        "tier >= 'L1'", "due >= 2026-10-01", "days_since(due) between 0 and 30", "days_until(due) between 0 and 9",
        "month(due) = 3", "refused", "refused = 否", "city contains '大'", "city not contains '大'", "due is missing",
        "list('L1-01')", "touched('call', 30)", "touched('call')", "average = -5",
    ],
)  # fmt: skip
def test_what_a_row_shows_is_written_as_it_was(text: str) -> None:
    row = as_groups(parse(text)).parts[0]
    assert isinstance(row, Row)
    filled = read(row, finder(TERMS))
    assert filled is not None
    assert filled.form in forms(filled.term)
    assert parse(of_groups(ConditionGroup("all", (written(filled),)))) == parse(text)


@pytest.mark.parametrize(
    "text", ["average > lines", "average - 1 > 2", "count(refused, refused) > 1", "tier = 'L9'"]
)
def test_what_a_row_cannot_show_stays_text(text: str) -> None:
    row = as_groups(parse(text)).parts[0]
    assert isinstance(row, Row)
    assert read(row, finder(TERMS)) is None


def test_a_list_that_is_not_wanted_is_one_row() -> None:
    row = Row("list('回访')")
    filled = read(row, finder(TERMS), negated=True)
    assert filled is not None
    assert filled.form.words == "不在名单里"
    assert written(filled) == Row("not list('L1-01')")
    assert written(FilledRow(filled.term, filled.form)) == Row("")


def test_conditions_and_lists_are_put_together() -> None:
    assert together("", "L1", "or", "") == "list('L1')"
    assert together("a > 1 or b > 2", "L1", "and", "") == "(a > 1 or b > 2) and list('L1')"
    assert together("a > 1", "L1", "without", "top 3 by a") == "a > 1 and not (list('L1')) top 3 by a"
    assert sole_list("list('L1')") == "L1"
    assert sole_list("list('L1') and a > 1") is None
