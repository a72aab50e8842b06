"""Records a service given to a customer: who, what, when, until when (domain 1: 3专, 5G, 快准稳)."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.parts import date_edit, row
from ui.widgets.person import PersonSearch
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.insight.towers.services import Kind
from workbench.people.customer import CustomerHit

if TYPE_CHECKING:
    from workbench.app import Workbench


class ServiceDialog(FormDialog):
    """Enter stores. `customer_no` presets the customer, `tower` which kinds come first."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        customer_no: str | None,
        tower: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, tasks, _("记一笔服务"), _("记下"), parent)
        self.customer_no = customer_no
        self.setMinimumWidth(520)
        self.person = PersonSearch(workbench, tasks, self)
        self.who = self.person.line
        self.who.setPlaceholderText(_("姓名、拼音、客户号或手机号末几位"))
        self.person.typed.connect(self._typed)
        self.person.taken.connect(self._choose)
        kinds = workbench.insight.towers.kinds()
        self._kinds: tuple[Kind, ...] = tuple(sorted(kinds, key=lambda kind: kind.tower != tower))
        self.kind = QComboBox()
        for kind in self._kinds:
            place = workbench.rules.text(f"tower.{kind.tower}")
            self.kind.addItem(f"{place} · {kind.name}")
        self.date = date_edit(today())
        self.date.setMaximumDate(self.date.date())
        self.ends = QCheckBox()
        self.until = date_edit(today())
        self.until.setDate(self.until.date().addYears(1))
        self.ends.toggled.connect(self.until.setEnabled)
        self.detail = QLineEdit()
        self.detail.setPlaceholderText(_("一句话:做了什么、谁做的,可以不填"))
        ending = QWidget()
        inside = row(self.ends, self.until, None)
        inside.setContentsMargins(0, 0, 0, 0)
        ending.setLayout(inside)
        self.line(_("客户"), self.who)
        self.line("", self.person.below)
        self.line(_("做了什么"), self.kind)
        self.line(_("哪一天"), self.date)
        self.line("", ending)
        self.line(_("说明"), self.detail)
        self.kind.currentIndexChanged.connect(self._chose_kind)
        self._chose_kind(0)
        if customer_no:
            self.person.preset(customer_no)
            self.kind.setFocus()
        else:
            self.who.setFocus()

    def _chose_kind(self, number: int) -> None:
        until = self._kinds[number].until
        self.ends.setText(until)
        self.ends.setVisible(bool(until))
        self.until.setVisible(bool(until))
        self.ends.setChecked(bool(until))

    # -- whom ----------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        self.customer_no = None
        self.fault.hide()

    def _choose(self, hit: CustomerHit) -> None:
        self.customer_no = hit.customer_no
        self.kind.setFocus()

    # -- keeping -------------------------------------------------------------------------------------------

    def answer(self) -> None:
        """Store the service; what is missing is said in the dialog.

        A customer that is still being searched for is found in the background, once the book is free.
        """
        if self.customer_no is None and self.person.take():
            return
        number, person, typed = self.customer_no, self.person, self.who.text().strip()
        if number is None and not person.looking:
            self.say(_("请先选一位客户。"))
            self.who.setFocus()
            return
        kind = self._kinds[self.kind.currentIndex()]
        date = self.date.date().toString("yyyy-MM-dd")
        until = self.until.date().toString("yyyy-MM-dd") if kind.until and self.ends.isChecked() else None
        detail = self.detail.text()
        self.write(
            lambda: self.workbench.insight.towers.record_service(
                number or person.sole(typed), kind.code, date, until, detail
            ),
            _("已记下这笔服务。"),
        )
