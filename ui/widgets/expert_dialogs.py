"""Dialogs about experts, for the portrait and for 三塔: book one, say what came of it, call it off; an expert himself."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.parts import date_edit, label
from ui.widgets.person_dialog import PersonDialog
from workbench.base.dates import today
from workbench.base.i18n import _, bracketed
from workbench.outreach.archive.expert import Expert, ExpertBooking

if TYPE_CHECKING:
    from workbench.app import Workbench


class BookingDialog(PersonDialog):
    """Whom, which expert, when, about what; `customer_no` presets the customer, '' asks for one. Enter books."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        experts: Sequence[Expert],
        customer_no: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, tasks, _("约专家"), _("约好"), parent, customer_no)
        self.expert = QComboBox()
        for one in experts:
            if not one.off:
                self.expert.addItem(bracketed(one.name, one.field_name), one.id)
        self.day = date_edit(today() + dt.timedelta(days=7))
        self.topic = QLineEdit()
        self.topic.setPlaceholderText(_("例如:孩子留学安排,可以不写"))
        if not customer_no:
            self.ask_person()
        self.line(_("专家"), self.expert)
        self.line(_("哪一天"), self.day)
        self.line(_("主题"), self.topic)
        self.line("", label(_("约好后,这件事排在本周清单和今日清单里。"), "second", wrap=True))
        (self.expert if customer_no else self.person.line).setFocus()
        if not self.expert.count():
            self.say(_("专家名册里没有可约的人,请先在三塔页的“专家”里添加。"))

    def next_field(self) -> QWidget:
        """Where the keyboard goes next."""
        return self.expert

    def answer(self) -> None:
        """Book; a customer that is still being typed is looked for first."""
        whom = self.whom()
        if whom is None:
            return
        expert = self.expert.currentData()
        if expert is None:
            self.say(_("专家名册里没有可约的人,请先在三塔页的“专家”里添加。"))
            return
        day, topic = self.day.date().toString("yyyy-MM-dd"), self.topic.text()
        room = self.workbench.outreach.archives
        self.write(lambda: room.book_expert(whom(), expert, day, topic), _("已约好专家。"))


class BookingEndDialog(FormDialog):
    """A booking took place (`held`), or is called off; a few words on it."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        booking: ExpertBooking,
        *,
        held: bool,
        parent: QWidget | None = None,
    ) -> None:
        title, yes = (_("登记专家服务"), _("登记")) if held else (_("取消专家预约"), _("取消预约"))
        super().__init__(workbench, tasks, title, yes, parent)
        self.booking, self.held = booking, held
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("一句话,可以不写"))
        now = today().isoformat()
        self.day = date_edit(dt.date.fromisoformat(min(booking.date, now)))
        self.day.setMaximumDate(date_edit(today()).date())
        self.line(_("专家"), label(f"{bracketed(booking.expert, booking.field_name)} {booking.date}"))
        if held:
            self.line(_("哪一天"), self.day)
        self.line(_("结果") if held else _("原因"), self.words)
        self.words.setFocus()

    def answer(self) -> None:
        """Store it."""
        room, one, words = self.workbench.outreach.archives, self.booking, self.words.text()
        if self.held:
            day = self.day.date().toString("yyyy-MM-dd")
            self.write(lambda: room.hold_booking(one.id, words, day), _("已登记,算作一次专家服务。"))
        else:
            self.write(lambda: room.cancel_booking(one.id, words), _("已取消预约,答应的事也一并取消。"))


class ExpertDialog(FormDialog):
    """An expert added or changed. Enter stores."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        expert: Expert | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, tasks, _("修改专家") if expert else _("添加专家"), _("存下"), parent)
        self.expert = expert
        self.name = QLineEdit(expert.name if expert else "")
        self.name.setPlaceholderText(_("例如:王律师"))
        self.field = QComboBox()
        for code in workbench.rules.words("archive.expert_fields"):
            self.field.addItem(workbench.rules.text(f"expert.{code}"), code)
        self.reached = QLineEdit(expert.reached if expert else "")
        self.reached.setPlaceholderText(_("电话或工位,可以不写"))
        self.note = QLineEdit(expert.note if expert else "")
        if expert is not None:
            self.field.setCurrentIndex(max(self.field.findData(expert.field), 0))
        for words, field in (
            (_("姓名"), self.name), (_("专业"), self.field), (_("怎么联系"), self.reached), (_("备注"), self.note),
        ):  # fmt: skip
            self.line(words, field)
        self.name.setFocus()

    def answer(self) -> None:
        """Store him."""
        room, expert = self.workbench.outreach.archives, self.expert
        name, field = self.name.text(), str(self.field.currentData())
        reached, note = self.reached.text(), self.note.text()
        if expert is None:
            self.write(
                lambda: room.add_expert(name, field, reached=reached, note=note), _("已添加到专家名册。")
            )
        else:
            number = expert.id
            self.write(
                lambda: room.change_expert(number, name, field, reached=reached, note=note),
                _("专家名册已改。"),
            )
