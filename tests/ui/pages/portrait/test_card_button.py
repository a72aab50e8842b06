"""The journey card is previewed from the portrait: one sheet, and leaves by the one door."""

from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from ui.main_window import MainWindow
from ui.pages.portrait.page import PortraitPage
from ui.widgets.preview import PreviewDialog


def test_the_card_of_the_customer_on_the_page_is_previewed(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    worst = window.workbench.insight.ranking(limit=1)[0]
    window.workbench.insight.engine.ensure()
    page = window.open_page("portrait", worst.customer_no)
    assert isinstance(page, PortraitPage)
    settle()
    qtbot.waitUntil(lambda: page.portrait is not None)
    page.card_button.click()
    preview = page.trail.dialog
    assert isinstance(preview, PreviewDialog)
    qtbot.waitUntil(lambda: preview.printed is not None)
    assert preview.printed is not None
    assert preview.printed.outgoing.kind == "journey_pdf"
    preview.close()
