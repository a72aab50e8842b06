"""Write who answers a customer, to whom it goes on, within how many hours, in which queue."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.choice import ChoiceButtons
from ui.widgets.form import FormDialog
from ui.widgets.number_field import NumberField
from workbench.base.i18n import _
from workbench.outreach.archive.channel import LONGEST, QUEUES, ServiceChannel

if TYPE_CHECKING:
    from workbench.app import Workbench


class ChannelDialog(FormDialog):
    """The channel of a customer, in the place of the one that he has. Enter stores."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        customer_no: str,
        channel: ServiceChannel | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, tasks, _("专属通道"), _("存下"), parent)
        self.customer_no = customer_no
        rules = workbench.rules
        self.contact = QLineEdit(channel.contact if channel else "")
        self.contact.setPlaceholderText(_("姓名和电话,例如:李经理 8888-1234"))
        self.escalation = QLineEdit(channel.escalation if channel else "")
        self.escalation.setPlaceholderText(_("解决不了找谁,写上电话"))
        self.hours = NumberField()
        self.hours.setRange(1, LONGEST)
        self.hours.setValue(channel.reply_hours if channel else rules.whole("archive.reply_hours"))
        self.queue = ChoiceButtons(tuple((one, rules.text(f"archive.queue.{one}")) for one in QUEUES))
        if channel is not None:
            self.queue.take(channel.queue)
        self.known_to_him = QCheckBox(_("今天已告诉客户(记一笔“告知专属通道”)"))
        self.line(_("谁接待"), self.contact)
        self.line(_("升级联系"), self.escalation)
        self.line(_("几个工作小时内回复"), self.hours)
        self.line(_("排队"), self.queue)
        self.line("", self.known_to_him)
        self.contact.setFocus()

    def answer(self) -> None:
        """Store it."""
        number, room = self.customer_no, self.workbench.outreach.archives
        channel = ServiceChannel(
            self.contact.text(), self.escalation.text(), self.hours.value(), self.queue.code()
        )
        known = self.known_to_him.isChecked()
        self.write(
            lambda: room.put_channel(number, channel, known_to_him=known), _("专属通道已写进服务档案。")
        )
