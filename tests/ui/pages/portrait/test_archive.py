"""服务档案 on the portrait: parts with what comes next, the channel written in a dialog, the paper previewed."""

from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.bot import Bot
from tests.ui.conftest import Settle
from ui.main_window import MainWindow
from ui.pages.portrait.channel_dialog import ChannelDialog
from ui.pages.portrait.page import PortraitPage
from ui.widgets.preview import PreviewDialog


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def test_the_file_stands_below_and_its_channel_is_written(
    qtbot: Bot, window: MainWindow, settle: Settle
) -> None:
    window.workbench.insight.engine.ensure()
    first = window.workbench.insight.ranking(limit=1)[0].customer_no
    page = window.open_page("portrait", first)
    assert isinstance(page, PortraitPage)
    qtbot.waitUntil(lambda: page.below.acts.file is not None)
    file = page.below.acts.file
    assert file is not None
    shown = words(page.below.way)
    assert all(one.name in shown for one in file.parts)
    assert file.reason in shown
    page.below.channel.change.click()
    dialog = page.trail.dialog
    assert isinstance(dialog, ChannelDialog)
    dialog.contact.setText("周敏 8888")
    dialog.answer()
    qtbot.waitUntil(lambda: "周敏 8888" in words(page.below.channel))
    page.below.way.printer.click()
    preview = page.trail.dialog
    assert isinstance(preview, PreviewDialog)
    qtbot.waitUntil(lambda: preview.printed is not None)
    assert preview.printed is not None
    assert preview.printed.kind.code == "service_file_pdf"
    preview.reject()
    page.below.fill_file(None)
    assert page.below.file.isHidden()
