"""配置 on the portrait: bars against the ranges, proposals or why there are none, the eight checks, one page of paper."""

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from ui.main_window import MainWindow
from ui.pages.portrait.page import PortraitPage
from ui.widgets.preview import PreviewDialog
from ui.widgets.range_bar import RangeBar
from workbench.insight.allocation.allocation import Allocation


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def test_the_pots_stand_below_with_bars_checks_and_a_page_to_print(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    window.workbench.insight.engine.ensure()
    room = window.workbench.insight.allocation
    first = window.workbench.insight.ranking(limit=1)[0].customer_no
    page = window.open_page("portrait", first)
    assert isinstance(page, PortraitPage)
    settle()
    qtbot.waitUntil(lambda: page.portrait is not None and bool(page.below.pots.findChildren(RangeBar)))
    made: Allocation = room.of(first)
    bars = page.below.pots.findChildren(RangeBar)
    assert len(bars) == 5
    assert bars[0].share == (made.gaps[0].least, made.gaps[0].most)
    assert all(one.name in words(page.below.pots) for one in made.gaps)
    told = words(page.below.proposals)
    for sentence in (made.barred, *(one.sentence for one in made.moves), *made.notes):
        assert sentence in told
    assert all(one.name in words(page.below.taboos) for one in made.taboos)
    page.below.proposals.printer.click()
    dialog = page.trail.dialog
    assert isinstance(dialog, PreviewDialog)
    qtbot.waitUntil(lambda: dialog.printed is not None)
    assert dialog.printed is not None
    assert dialog.printed.kind.code == "allocation_pdf"
    dialog.reject()
    # another customer never shows the pots of the one before
    page.below.fill_pots(None)
    assert page.below.allocation.isHidden()
