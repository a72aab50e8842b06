"""Which birthday a customer keeps: the question to ask him, and what he answers (domain 6.6)."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.number_field import NumberField
from ui.widgets.parts import label, row
from workbench.base.birthdays import BirthdayWay
from workbench.base.i18n import _
from workbench.outreach.dates.birthday_ways import KeptBirthday

if TYPE_CHECKING:
    from workbench.app import Workbench


class BirthdayDialog(FormDialog):
    """Enter stores. The answers are the registered day by either calendar, or a day of his own."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        customer_no: str,
        kept: KeptBirthday,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, tasks, _("生日按哪个过"), _("记下"), parent)
        self.customer_no = customer_no
        self.kept = kept
        self.answers = QComboBox()
        for choice in kept.choices:
            self.answers.addItem(choice.words, choice.way)
        self.answers.addItem(_("客户说的其他日期"))
        if kept.way is not None:
            self.answers.addItem(_("按登记的公历,不再另记"), "forget")
        self.calendar = QComboBox()
        for name, way in ((_("公历"), "solar"), (_("农历"), "lunar"), (_("农历闰月"), "leap")):
            self.calendar.addItem(name, way)
        self.month, self.day = NumberField(), NumberField()
        self.month.setRange(1, 12)
        self.day.setRange(1, 31)
        self.prefer = QCheckBox(_("有闰月的年份过闰月"))
        own = QWidget()
        inside = row(self.calendar, self.month, label(_("月")), self.day, label(_("日")), self.prefer, None)
        inside.setContentsMargins(0, 0, 0, 0)
        own.setLayout(inside)
        if kept.question:
            self.line(_("问客户"), label(kept.question, wrap=True))
        now = kept.words or _("没有登记")
        if kept.coming:
            now = _("{day},下一次 {date}").format(day=kept.words, date=kept.coming)
        self.line(_("现在"), label(now, wrap=True))
        self.line(_("客户说"), self.answers)
        self.line("", own)
        self.answers.currentIndexChanged.connect(self._follow)
        self.calendar.currentIndexChanged.connect(self._follow)
        self._show(kept.way)
        self._follow()
        self.answers.setFocus()

    def way(self) -> BirthdayWay | None:
        """What was answered; None: the registered day counts, as if nothing had been said."""
        chosen = self.answers.currentData()
        if isinstance(chosen, BirthdayWay):
            return chosen
        if chosen == "forget":
            return None
        kind = self.calendar.currentData()
        leap = kind == "leap"
        return BirthdayWay(
            "solar" if kind == "solar" else "lunar", self.month.value(), self.day.value(), leap,
            leap and self.prefer.isChecked(),
        )  # fmt: skip

    def answer(self) -> None:
        """Store what was answered."""
        ways, number, way = self.workbench.outreach.birthday_ways, self.customer_no, self.way()
        if way is None:
            self.write(lambda: ways.forget(number), _("生日按登记的公历过。"))
        else:
            self.write(lambda: ways.put(number, way), _("生日的过法已记下。"))

    def _show(self, way: BirthdayWay | None) -> None:
        """The answer that was given before."""
        if way is None:
            return
        known = [choice.way for choice in self.kept.choices]
        self.answers.setCurrentIndex(known.index(way) if way in known else len(known))
        self.calendar.setCurrentIndex(self.calendar.findData("leap" if way.leap else way.calendar))
        self.month.setValue(way.month)
        self.day.setValue(way.day)
        self.prefer.setChecked(way.prefer_leap)

    def _follow(self) -> None:
        """The fields of another day are there where that is the answer."""
        other = self.answers.currentIndex() == len(self.kept.choices)
        for field in (self.calendar, self.month, self.day):
            field.setEnabled(other)
        self.prefer.setVisible(other and self.calendar.currentData() == "leap")
