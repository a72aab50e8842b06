"""The portrait on the real window: everything on one page, every figure leads to its rows, and what a person adds."""

from threading import Event
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui.conftest import Settle
from ui.main_window import MainWindow
from ui.pages.picker.dialogs import GiveTagDialog
from ui.pages.portrait.chips import Chip
from ui.pages.portrait.dialogs import CorrectDialog, LinkDialog
from ui.pages.portrait.facts_dialog import FactsDialog
from ui.pages.portrait.figures import FiguresDialog
from ui.pages.portrait.page import PortraitPage
from ui.pages.portrait.tag_dialogs import TagReasonDialog, UnknownTags
from ui.widgets.cause import CauseDialog
from ui.widgets.preview import PreviewDialog
from ui.widgets.sources import Figure, SourceDialog
from workbench.base.errors import WorkbenchError
from workbench.insight.churn.verdict import CustomerRisk
from workbench.people.privacy import mask_name, tail

T = TypeVar("T", bound=QDialog)


@pytest.fixture
def worst(window: MainWindow) -> CustomerRisk:
    return window.workbench.insight.ranking(limit=1)[0]


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, settle: Settle, worst: CustomerRisk) -> PortraitPage:
    """The portrait of the customer with the highest risk."""
    window.workbench.insight.engine.ensure()
    opened = window.open_page("portrait", worst.customer_no)
    assert isinstance(opened, PortraitPage)
    settle()
    qtbot.waitUntil(lambda: opened.portrait is not None)
    return opened


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(Figure))


def unfold(page: PortraitPage) -> None:
    """Open every group of tags."""
    for group in page.below.tags.groups.values():
        if group.shut:
            group.turn()


def chips(widget: QWidget) -> dict[str, Chip]:
    return {one.text(): one for one in widget.findChildren(Chip)}


def opened(page: PortraitPage, kind: type[T]) -> T:
    assert isinstance(page.trail.dialog, kind)
    return page.trail.dialog


def test_everything_about_one_person_is_on_the_page(page: PortraitPage) -> None:
    found = page.portrait
    assert found is not None
    assert found.gene is not None
    assert found.standing is not None
    assert found.standing.tier_name is not None
    for card in (
        page.below.signals,
        page.first.todo,
        page.below.level,
        page.below.behaviour,
        page.below.gene,
        page.below.family,
        page.below.facts,
    ):
        assert card.isVisible()
    page.below.all_tags.open()
    assert page.below.tags.isVisible()
    assert found.standing.tier_name in words(page.below.level)
    assert found.next_actions[0].title in words(page.first.todo)
    assert found.gene.primary_name in words(page.below.gene)
    held = [tag for tag in found.tags if tag.state == "hit"]
    assert len(chips(page.below.tags)) == len(held) > 10
    assert not any(one.isVisible() for one in chips(page.below.tags).values()), "folded by group"
    unfold(page)
    assert all(one.isVisible() for one in chips(page.below.tags).values())
    assert [one.words for one in found.chips] == list(chips(page.chips))[: len(found.chips)]
    assert 0 < len(found.chips) <= 12


def test_a_section_folds_behind_its_heading_and_a_chip_opens_the_tags(
    qtbot: QtBot, window: MainWindow, page: PortraitPage, settle: Settle
) -> None:
    tags, products = page.below.all_tags, page.below.products
    assert page.below.tags.isVisible()
    tags.turn()
    assert not page.below.tags.isVisible()
    more = next(one for words, one in chips(page.chips).items() if words.startswith("其余"))
    qtbot.keyClick(more, Qt.Key.Key_Return)
    assert page.below.tags.isVisible()
    view = page.content.viewport()
    qtbot.waitUntil(lambda: page.below.tags.mapTo(view, QPoint(0, 0)).y() < view.height())
    products.head.setFocus()
    qtbot.keyClick(products.head, Qt.Key.Key_Space)
    assert products.head.text() == "▸ 产品与往来"
    assert not page.below.holdings.isVisible()
    window.open_page("portrait", window.workbench.insight.ranking(limit=2)[1].customer_no)
    settle()
    assert products.shut, "what is folded stays so for the next customer"


def test_a_figure_leads_to_what_it_was_computed_from_and_on_to_the_cells(
    qtbot: QtBot, page: PortraitPage, settle: Settle
) -> None:
    value = next(one for one in page.below.level.findChildren(Figure) if "万" in one.text())
    qtbot.keyClick(value, Qt.Key.Key_Return)
    settle()
    if isinstance(page.trail.dialog, FiguresDialog):
        qtbot.keyClick(page.trail.dialog.table, Qt.Key.Key_Return)
        settle()
    cells = opened(page, SourceDialog)
    row = cells.table.table.row(0)
    assert row.file.endswith(".xlsx")
    assert row.cell
    assert row.field in ("aum_daily_average", "aum_balance")


def test_every_figure_on_the_page_leads_somewhere(qtbot: QtBot, page: PortraitPage, settle: Settle) -> None:
    for card in (
        page.below.signals,
        page.first.todo,
        page.below.level,
        page.below.behaviour,
        page.below.gene,
        page.below.facts,
    ):
        for value in card.findChildren(Figure):
            assert value.focusPolicy() & Qt.FocusPolicy.TabFocus
    for value in page.below.behaviour.findChildren(Figure)[:2]:
        page.trail.dialog = None
        qtbot.mouseClick(value, Qt.MouseButton.LeftButton)
        settle()
        dialog = page.trail.dialog
        assert isinstance(dialog, FiguresDialog | SourceDialog)
        dialog.close()


def test_a_chip_opens_the_rule_its_figures_and_the_time(
    qtbot: QtBot, page: PortraitPage, settle: Settle
) -> None:
    found = page.portrait
    assert found is not None
    tag = next(one for one in found.tags if one.state == "hit" and one.kind == "flag" and one.inputs)
    page.below.all_tags.open()
    unfold(page)
    qtbot.mouseClick(chips(page.below.tags)[tag.label], Qt.MouseButton.LeftButton)
    dialog = opened(page, TagReasonDialog)
    said = "\n".join(one.text() for one in dialog.findChildren(type(page.title)))
    assert tag.rule in said
    assert tag.code in said
    assert "数据日期" in said
    assert dialog.table.table.rowCount() == len(tag.inputs)
    dialog.close()


def test_a_tag_set_right_shows_at_once_and_can_be_taken_back(
    qtbot: QtBot, window: MainWindow, page: PortraitPage, settle: Settle
) -> None:
    found = page.portrait
    assert found is not None
    tag = next(one for one in found.tags if one.state == "hit" and one.kind == "flag" and one.inputs)
    page.below.all_tags.open()
    unfold(page)
    qtbot.mouseClick(chips(page.below.tags)[tag.label], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(opened(page, TagReasonDialog).correct, Qt.MouseButton.LeftButton)
    settle()
    dialog = opened(page, CorrectDialog)
    dialog.choice.setCurrentIndex(dialog.choice.findText("否"))
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle()
    assert "没有写理由" in dialog.fault.text()
    dialog.reason.insert("客户当面说明")
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle()
    assert tag.label not in chips(page.below.tags)
    assert page.portrait is not None
    assert [one.machine_shown for one in page.portrait.corrections] == ["是"]
    window.notice.undo.click()
    settle()
    assert tag.label in chips(page.below.tags)


def test_a_fact_set_right_stands_beside_the_machines_value(
    qtbot: QtBot, page: PortraitPage, settle: Settle
) -> None:
    page.by_hand.correct("occupation", "职业", "教师")
    settle()
    dialog = opened(page, CorrectDialog)
    dialog.value.insert("外科医生")
    dialog.reason.insert("客户当面说明")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    settle()
    shown = next(one for one in page.below.facts.findChildren(Figure) if "外科医生" in one.text())
    assert "更正" in shown.text()
    assert "客户当面说明" in shown.toolTip()
    qtbot.mouseClick(page.below.facts.all_facts, Qt.MouseButton.LeftButton)
    every = opened(page, FactsDialog)
    rows = [every.table.table.row(n) for n in range(every.table.table.rowCount())]
    at = next(n for n, one in enumerate(rows) if one.key == "occupation")
    assert (rows[at].value, rows[at].machine != "外科医生") == ("外科医生", True)
    every.table.setCurrentIndex(every.table.table.index(at, 0))
    qtbot.mouseClick(every.end, Qt.MouseButton.LeftButton)
    settle()
    assert "外科医生" not in words(page.below.facts)


def test_a_relative_is_added_by_keyboard_and_leads_to_his_portrait(
    qtbot: QtBot, window: MainWindow, page: PortraitPage, settle: Settle
) -> None:
    other = window.workbench.insight.ranking(limit=2)[1]
    qtbot.mouseClick(
        page.below.family.findChildren(type(page.below.facts.all_facts))[0], Qt.MouseButton.LeftButton
    )
    dialog = opened(page, LinkDialog)
    qtbot.keyClicks(dialog.who, other.customer_no)
    settle()
    dialog.hits.setCurrentRow(0)
    dialog.hits.itemActivated.emit(dialog.hits.item(0))
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    settle()
    assert "配偶" in words(page.below.family)
    assert other.name not in words(page.below.family)
    assert mask_name(other.name) in words(page.below.family)
    link = page.below.family.findChildren(Figure)[0]
    qtbot.keyClick(link, Qt.Key.Key_Return)
    settle()
    assert page.customer_no == other.customer_no


def test_a_question_closed_before_its_refusal_is_answered_by_the_window(
    qtbot: QtBot, window: MainWindow, page: PortraitPage, settle: Settle
) -> None:
    qtbot.mouseClick(
        page.below.family.findChildren(type(page.below.facts.all_facts))[0], Qt.MouseButton.LeftButton
    )
    dialog = opened(page, LinkDialog)
    settle()
    refused: list[Exception] = []
    window.tasks.failed.connect(refused.append)
    hold = Event()
    window.tasks.run(hold.wait)
    with qtbot.captureExceptions() as escaped:
        qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
        assert not dialog.yes.isEnabled()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not isValid(dialog))
        hold.set()
        settle()
    assert escaped == []
    assert [type(error) for error in refused] == [WorkbenchError]


def test_a_relative_outside_the_book_is_removed_after_a_question(
    qtbot: QtBot, window: MainWindow, page: PortraitPage, worst: CustomerRisk, settle: Settle
) -> None:
    window.tasks.write(
        lambda: window.workbench.insight.links.add(worst.customer_no, "child", other_name="小敏")
    )
    settle()
    assert page.portrait is not None
    assert page.portrait.household is not None
    assert [one.name for one in page.portrait.household.relations] == ["小敏"]
    page.by_hand.ask_remove(page.portrait.household.relations[0])
    box = page.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    qtbot.mouseClick(box.buttons()[0], Qt.MouseButton.LeftButton)
    settle()
    assert page.portrait.household is not None
    assert page.portrait.household.relations == ()


def test_what_cannot_be_told_says_what_is_missing(qtbot: QtBot, page: PortraitPage, settle: Settle) -> None:
    page.below.all_tags.open()
    qtbot.mouseClick(page.below.tags.unknown, Qt.MouseButton.LeftButton)
    dialog = opened(page, UnknownTags)
    shown = [dialog.table.table.row(n) for n in range(dialog.table.table.rowCount())]
    assert shown
    assert all(one.missing or one.reason for one in shown)
    dialog.close()


def test_the_page_prints_on_one_sheet(
    qtbot: QtBot, page: PortraitPage, worst: CustomerRisk, settle: Settle
) -> None:
    page.print_page()
    preview = opened(page, PreviewDialog)
    settle()
    assert preview.pages.count() == 1
    assert tail(worst.customer_no) in preview.printed.name
    preview.close()


def test_a_tag_given_by_hand_shows_as_a_chip_and_can_be_undone(
    qtbot: QtBot, window: MainWindow, page: PortraitPage, settle: Settle
) -> None:
    insight = window.workbench.insight
    body = {"label": "沙龙到场", "by": "hand", "definition": "到过沙龙", "principle": "到场的人愿意再来"}
    made = insight.tags.save(body)
    page.by_hand.give_tag()
    settle()
    dialog = page.findChild(GiveTagDialog)
    assert isinstance(dialog, GiveTagDialog)
    dialog.reason.setText("十月沙龙到场")
    wrote: list[int | None] = []
    window.tasks.wrote.connect(lambda change, _words: wrote.append(change.undo_id))
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle()
    page.refresh()
    settle()
    assert "沙龙到场" in chips(page.below.tags)
    for change in (wrote[-1], made.undo_id):
        assert change is not None
        window.workbench.undo(change)


def test_a_reason_given_for_one_customer_unmasks_no_other(
    qtbot: QtBot, window: MainWindow, page: PortraitPage, settle: Settle
) -> None:
    others = window.workbench.insight.ranking(limit=2)
    page.unmask("核对身份")
    other = window.open_page("portrait", others[1].customer_no)
    assert other is page
    settle()
    assert page.customer_no == others[1].customer_no
    assert not page.unmasked
    assert others[1].name not in page.title.text()


def test_the_page_names_one_age(page: PortraitPage) -> None:
    found = page.portrait
    assert found is not None
    assert found.picture is not None
    assert f"{found.picture.values.age} 岁" in page.hint.text()


def test_why_a_customer_leaves_is_confirmed_and_then_stands_alone(
    qtbot: QtBot, window: MainWindow, settle: Settle, page: PortraitPage, worst: CustomerRisk
) -> None:
    press = next(one for one in page.below.signals.findChildren(QPushButton) if one.text() == "确认原因")
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    dialog = opened(page, CauseDialog)
    settle()
    dialog.cause.take("competition")
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    settle()
    assert page.portrait is not None
    assert [(one.code, one.confirmed) for one in page.portrait.causes] == [("competition", True)]
    assert "竞争(已确认)" in words(page.below.signals)
    assert any(one.text() == "改原因" for one in page.below.signals.findChildren(QPushButton))
    # what to do follows the confirmed cause
    lit = next(one for one in page.portrait.next_actions if one.code == worst.light)
    assert window.workbench.rules.text("advice.how.competition") in lit.how
