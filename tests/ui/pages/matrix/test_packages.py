"""配置包: the five packages, the combos and the ladder on the real book, printed as a guide of a few pages."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from ui.pages.matrix.page import MatrixPage
from ui.widgets.preview import PreviewDialog
from ui.widgets.range_bar import RangeBar


def test_the_packages_are_shown_and_printed(qtbot: QtBot, page: MatrixPage, settle: Settle) -> None:
    page.by_package.click()
    settle()
    tab = page.others[2]
    words = "\n".join(one.text() for one in tab.findChildren(QLabel))
    for part in ("C1 保守", "C5 进取", "30–45%", "起步组合", "四笔钱组合", "3 个月"):
        assert part in words
    bars = tab.findChildren(RangeBar)
    assert len(bars) == 25
    assert bars[0].range_ == (0.15, 0.3)
    assert "15–30%" in bars[0].accessibleName()
    tab.preview()
    dialog = tab.findChild(PreviewDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.printed is not None)
    assert dialog.printed is not None
    assert dialog.printed.kind.code == "allocation_guide_pdf"
    dialog.reject()
    settle()
