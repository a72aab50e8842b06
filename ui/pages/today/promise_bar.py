"""The promises that are due and whose customer is not on the list any more: each to be ticked off, or put off."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.parts import button, empty, label, row
from ui.words import who
from workbench.base.i18n import _
from workbench.outreach.promises.room import Promise


class PromiseBar(QWidget):
    """`ended(promise id, kept)`; hidden without promises."""

    ended = Signal(int, bool)

    def __init__(self) -> None:
        super().__init__()
        self.words = label(_("联系过了,答应的事还没有勾掉:"), "second", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.words)
        whole.addLayout(self._lines)

    def fill(self, promises: Sequence[Promise]) -> None:
        """Show these promises."""
        empty(self._lines)
        for one in promises:
            person = one.person
            words = label(f"{who(person.name, person.customer_no)} · {one.reason.sentence}", wrap=True)
            kept = button(_("已兑现"), partial(self.ended.emit, one.id, True), "act")
            dropped = button(_("不再需要"), partial(self.ended.emit, one.id, False), "act")
            line = row(words, kept, dropped)
            line.setStretch(0, 1)
            self._lines.addLayout(line)
        self.setVisible(bool(promises))
