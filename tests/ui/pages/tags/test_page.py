"""The tag page as a person uses it: groups, card, lineage, new tags, check-up, sample, faults of the files."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PASSPHRASE
from ui.pages.tags.dialog import TagEditor
from ui.pages.tags.page import TagsPage
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.insight.tags.library import user_folder

Settle = Callable[[], None]


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def open_page(qtbot: QtBot, path: Path, tasks: Tasks) -> Iterator[Callable[[], TagsPage]]:
    workbench = Workbench.open(path, PASSPHRASE)

    def opened() -> TagsPage:
        page = TagsPage(workbench, tasks)
        qtbot.addWidget(page)
        tasks.changed.connect(page.tables_written)
        page.resize(1200, 720)
        page.show()
        qtbot.waitUntil(lambda: not tasks.busy)
        return page

    yield opened
    tasks.drain()
    workbench.close()


@pytest.fixture
def settle(qtbot: QtBot, tasks: Tasks) -> Settle:
    return lambda: qtbot.waitUntil(lambda: not tasks.busy)


def words(page: TagsPage) -> str:
    return "\n".join(one.text() for one in page.card.findChildren(QLabel))


def press(page: TagsPage, text: str) -> None:
    """Click the button of the card that begins with this text."""
    made = next(one for one in page.card.findChildren(QPushButton) if one.text().startswith(text))
    made.click()


def test_the_card_says_the_rule_in_words_its_lineage_and_every_check(
    open_page: Callable[[], TagsPage], settle: Settle
) -> None:
    page = open_page()
    page.place("V.TIER.WATCH.M0")
    settle()
    said = words(page)
    assert "连续未达标月数" in said
    for name in ("覆盖率", "准确率", "时效", "稳定性", "区分度", "互斥一致", "集中度", "使用率"):
        assert name in said
    assert page.table.current().tag.code == "V.TIER.WATCH.M0"


def test_a_value_leads_to_its_people_and_lineage_to_other_tags(
    qtbot: QtBot, open_page: Callable[[], TagsPage], settle: Settle
) -> None:
    page = open_page()
    page.show_tag("S.CONTACT.WEEK.D7")
    settle()
    asked: list[tuple[str, object]] = []
    page.go.connect(lambda name, argument: asked.append((name, argument)))
    press(page, "是")
    assert asked[0][0] == "picker"
    assert "本周应联系" in str(asked[0][1])
    press(page, "取自标签")
    settle()
    assert page.card.card is not None
    assert page.card.card.row.tag.code != "S.CONTACT.WEEK.D7"


def test_groups_and_search_narrow_the_list(
    qtbot: QtBot, open_page: Callable[[], TagsPage], settle: Settle
) -> None:
    page = open_page()
    every = page.table.table.rowCount()
    page.groups.setCurrentRow(1)
    assert 0 < page.table.table.rowCount() < every
    assert page.groups.item(1).text().startswith("基础信息")
    page.search.setText("关注客户")
    settle()
    assert page.table.table.row(0).tag.label == "关注客户"
    page.search.clear()
    settle()
    assert page.table.table.rowCount() == every


def test_a_search_taken_away_at_once_narrows_nothing(
    qtbot: QtBot, open_page: Callable[[], TagsPage], settle: Settle, tasks: Tasks
) -> None:
    page = open_page()
    every = page.table.table.rowCount()
    hold = Event()
    tasks.run(hold.wait)
    page.search.setText("关注客户")
    page.search.clear()
    hold.set()
    settle()
    assert page.table.table.rowCount() == every


def test_a_new_tag_is_checked_and_counted_while_it_is_typed_and_can_be_stopped(
    qtbot: QtBot, open_page: Callable[[], TagsPage], settle: Settle
) -> None:
    page = open_page()
    assert page.primary is not None
    qtbot.mouseClick(page.primary, Qt.MouseButton.LeftButton)
    dialog = page.findChild(TagEditor)
    assert isinstance(dialog, TagEditor)
    dialog.short.setText("殷实客户")
    dialog.definition.setText("资产月日均达到五十万")
    dialog.principle.setText("资产多的人需要专人服务")
    dialog.rule.setPlainText("资产月日钧 >= 50万")
    dialog.look()
    settle()
    assert "不认识" in dialog.verdict.text()
    assert not dialog.save.isEnabled()
    dialog.rule.setPlainText("资产月日均 >= 50万")
    qtbot.waitUntil(lambda: dialog.save.isEnabled())
    assert "命中" in dialog.verdict.text()
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle()
    page.show_tag("殷实客户")
    settle()
    assert "自建规则" in words(page)
    press(page, "停用")
    settle()
    assert page.card.card is not None
    assert page.card.card.row.tag.status == "stopped"


def test_a_double_click_saves_a_new_tag_once(
    qtbot: QtBot, open_page: Callable[[], TagsPage], settle: Settle, tasks: Tasks
) -> None:
    page = open_page()
    page.new_tag()
    dialog = page.findChild(TagEditor)
    assert isinstance(dialog, TagEditor)
    dialog.short.setText("殷实客户")
    dialog.rule.setPlainText("资产月日均 >= 50万")
    qtbot.waitUntil(lambda: dialog.save.isEnabled())
    refused: list[Exception] = []
    tasks.failed.connect(refused.append)
    with qtbot.captureExceptions() as escaped:
        for _click in range(2):
            qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
        settle()
    assert escaped == refused == []
    assert [one.tag.label for one in page.rows if one.tag.label == "殷实客户"] == ["殷实客户"]


def test_a_banded_tag_is_edited_line_by_line_and_restored(
    qtbot: QtBot, open_page: Callable[[], TagsPage], settle: Settle
) -> None:
    page = open_page()
    page.show_tag("V.AUM.BAND.M0")
    settle()
    press(page, "修改")
    settle()
    dialog = page.findChild(TagEditor)
    assert isinstance(dialog, TagEditor)
    before = dialog.rule.toPlainText()
    assert "5万以下: " in before
    dialog.rule.setPlainText(before.replace("< 5万", "< 6万"))
    qtbot.waitUntil(lambda: dialog.save.isEnabled())
    dialog.keep()
    settle()
    library = page.workbench.insight.tags.library
    assert library["V.AUM.BAND.M0"].cases[0][1] == "average < 6万"
    page.show_tag("V.AUM.BAND.M0")
    settle()
    press(page, "恢复原定义")
    settle()
    assert page.workbench.insight.tags.library["V.AUM.BAND.M0"].cases[0][1] == "average < 5万"


def test_faults_of_a_file_stand_in_the_banner_with_their_line(
    open_page: Callable[[], TagsPage], settle: Settle
) -> None:
    user_folder().mkdir(parents=True)
    (user_folder() / "mine.toml").write_text('[[tag]]\ncode = "V.TIER.WATCH.M0"\nlayer = 9\n', "utf-8")
    page = open_page()
    assert page.banner.isVisible()
    assert "tags/mine.toml 第" in page.banner.text()
    page.tabs.setCurrentIndex(1)
    assert page.checkup.table.table.row(0).check == "定义文件"


def test_the_checkup_lists_what_to_look_at_and_leads_to_the_tag(
    open_page: Callable[[], TagsPage], settle: Settle
) -> None:
    page = open_page()
    page.tabs.setCurrentIndex(1)
    rows = [page.checkup.table.table.row(n) for n in range(page.checkup.table.table.rowCount())]
    at = next(n for n, line in enumerate(rows) if line.tag)
    page.checkup.table.opened.emit(at)
    settle()
    assert page.tabs.currentIndex() == 0
    assert page.card.card is not None
    assert page.card.card.row.tag.code == rows[at].tag


def test_the_sample_is_answered_from_the_keyboard(
    qtbot: QtBot, open_page: Callable[[], TagsPage], settle: Settle
) -> None:
    page = open_page()
    page.show_tag("V.TIER.WATCH.M0")
    settle()
    press(page, "抽样核对")
    settle()
    before = page.sample.table.table.rowCount()
    assert page.sample.code == "V.TIER.WATCH.M0"
    assert before > 1
    page.sample.table.setFocus()
    qtbot.keyClick(page.sample.table, Qt.Key.Key_D)
    settle()
    assert page.sample.code == "V.TIER.WATCH.M0"
    assert page.sample.table.table.rowCount() == before - 1
    qtbot.mouseClick(page.sample.wrong, Qt.MouseButton.LeftButton)
    settle()
    report = page.workbench.insight.tags.health()
    assert report.tags["V.TIER.WATCH.M0"].accuracy.checked == 2
    assert report.tags["V.TIER.WATCH.M0"].accuracy.right == 1


def test_two_quick_answers_go_to_two_customers(
    qtbot: QtBot, open_page: Callable[[], TagsPage], settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    page.show_tag("V.TIER.WATCH.M0")
    settle()
    press(page, "抽样核对")
    settle()
    rows = [page.sample.table.table.row(at)[0].customer_no for at in range(3)]
    room = page.workbench.insight.tags
    kept: list[tuple[str, bool]] = []
    answer = room.answer

    def told(number: str, code: str, *, right: bool, value: str) -> Change:
        kept.append((number, right))
        return answer(number, code, right=right, value=value)

    monkeypatch.setattr(room, "answer", told)
    page.sample.table.setFocus()
    qtbot.keyClick(page.sample.table, Qt.Key.Key_D)
    qtbot.keyClick(page.sample.table, Qt.Key.Key_C)
    assert page.sample.table.current()[0].customer_no == rows[2]
    settle()
    assert kept == [(rows[0], True), (rows[1], False)]
    assert page.sample.table.current()[0].customer_no == rows[2]
    last = page.sample.table.table.rowCount() - 1
    page.sample.table.setCurrentIndex(page.sample.table.table.index(last, 0))
    chosen = page.sample.table.current()[0].customer_no
    page.refresh()
    settle()
    assert page.sample.table.current()[0].customer_no == chosen, "reading again moves nobody under the keys"


def test_a_refused_answer_brings_its_customer_back(
    qtbot: QtBot,
    open_page: Callable[[], TagsPage],
    settle: Settle,
    tasks: Tasks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_page()
    page.show_tag("V.TIER.WATCH.M0")
    settle()
    press(page, "抽样核对")
    settle()
    count, first = page.sample.table.table.rowCount(), page.sample.table.current()[0].customer_no
    error = WorkbenchError("x", "不行。", "以后再说。")
    refused: list[Exception] = []
    tasks.failed.connect(refused.append)

    def refuse(*_said: object, **_more: object) -> Change:
        raise error

    monkeypatch.setattr(page.workbench.insight.tags, "answer", refuse)
    qtbot.mouseClick(page.sample.right, Qt.MouseButton.LeftButton)
    assert page.sample.table.table.rowCount() == count - 1
    settle()
    assert refused == [error]
    assert page.sample.table.table.rowCount() == count
    assert page.sample.table.table.row(0)[0].customer_no == first
