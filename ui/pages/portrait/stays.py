"""The stages that a customer went through: a strip on the stage card, and all stays with their reasons in a dialog."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.pages.portrait.chips import Chip
from ui.widgets.parts import button, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _
from workbench.insight.journey.stages import PastStay

#: stays on the strip, the newest of them
_MOST = 4


def stay_strip(history: Sequence[PastStay], show: Callable[[PastStay], object]) -> Strip:
    """The last stays from the left, each with its first month, its reason on hover, and the way to all of them."""
    strip = Strip()
    strip.add(label(_("走过"), "second"))
    for stay in reversed(history[:_MOST]):
        made = Chip(f"{stay.name} {stay.since[2:7]}", partial(show, stay), _stay_words(stay))
        strip.add(made)
    return strip


def _stay_words(stay: PastStay) -> str:
    span = (
        _("{date} 起").format(date=stay.since)
        if stay.until is None
        else _("{since} 至 {until}").format(since=stay.since, until=stay.until)
    )
    return f"{stay.name} {span}\n{stay.reason}"


class StaysDialog(QDialog):
    """All stays, the newest first; `at` stands under the keyboard. Esc closes."""

    def __init__(self, history: Sequence[PastStay], at: PastStay, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("旅程阶段的历史"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 420)
        self.table = Table(self._columns(), name="portrait.stays", wrap=True)
        self.table.setAccessibleName(_("旅程阶段的历史"))
        self.table.table.fill(tuple(history))
        self.table.resizeRowsToContents()
        self.table.setCurrentIndex(self.table.table.index(list(history).index(at), 0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(label(_("按每月名单逐月推算,手工换的阶段不在其中。"), "second", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(None, button(_("关闭"), self.reject)))
        self.table.setFocus()

    def _columns(self) -> list[Column[PastStay]]:
        return [
            Column(_("阶段"), lambda x: f"{x.stage} {x.name}", 130),
            Column(_("从"), lambda x: x.since, 100),
            Column(_("到"), lambda x: x.until or _("现在"), 100),
            Column(_("为什么进入"), lambda x: x.reason),
        ]
