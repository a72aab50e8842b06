"""What a contact may have beyond its result: what the customer needs, an amount, a promise; folded until asked for."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.contact.next_date import NextDate, from_qt, to_qt
from ui.widgets.parts import button, date_edit, label, row
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench


class FurtherFields(QWidget):
    """A line that unfolds three fields. `turned()` when it does; the promise falls due on the next date until the person
    chooses another day."""

    turned = Signal()

    def __init__(self, workbench: "Workbench", following: NextDate) -> None:
        super().__init__()
        self._workbench = workbench
        self._following = following
        self._by_hand = False
        self.head = button("", self._turn, "link")
        self.need = QLineEdit()
        self.need.setPlaceholderText(_("客户要什么,例如:孩子明年留学"))
        self.need.setToolTip(_("记下后在画像的“需求与目标”里判断是哪一类"))
        self.amount = QLineEdit()
        self.amount.setPlaceholderText(_("例如 50000 或 5万"))
        self.promise = QLineEdit()
        self.promise.setPlaceholderText(_("答应了什么,例如:周五前送对账单"))
        self.by = date_edit(following.soon(7))
        self.by.userDateChanged.connect(self._chose)
        following.date.dateChanged.connect(self._follow)
        following.again.toggled.connect(self._follow)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        lines = ((_("需求"), self.need), (_("金额(元)"), self.amount), (_("答应的事"), self.promise))
        for at, (words, field) in enumerate(lines):
            grid.addWidget(label(words, "second"), at, 0)
            grid.addWidget(field, at, 1)
        grid.addLayout(row(label(_("哪天兑现"), "second"), self.by, None), len(lines), 1)
        self.inside = QWidget()
        self.inside.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        self.inside.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(row(self.head, None))
        whole.addWidget(self.inside)
        self._name()

    def promised_by(self) -> str | None:
        """The day (ISO) of the promise; None without one."""
        return self.by.date().toString("yyyy-MM-dd") if self.promise.text().strip() else None

    def show_day(self, day: str) -> None:
        """Start with the day (ISO) that a promise has."""
        self._by_hand = True
        self.by.setDate(to_qt(dt.date.fromisoformat(day)))

    def open(self) -> None:
        """Unfold."""
        if self.inside.isHidden():
            self._turn()

    def _turn(self) -> None:
        self.inside.setVisible(self.inside.isHidden())
        self._name()
        if not self.inside.isHidden():
            self.need.setFocus()
        self.turned.emit()

    def _name(self) -> None:
        sign = "▸" if self.inside.isHidden() else "▾"
        words = _("需求、金额、答应的事(可以不填)")
        self.head.setText(f"{sign} {words}")
        self.head.setAccessibleName(words)

    def _chose(self) -> None:
        self._by_hand = self._by_hand or self.by.hasFocus()

    def _follow(self) -> None:
        if not self._by_hand and self._following.again.isChecked():
            self.by.setDate(to_qt(from_qt(self._following.date.date())))
