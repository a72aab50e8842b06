"""The same question about a contact that was logged: as it stands, to be corrected."""

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.tasks import Tasks
from ui.widgets.contact.dialog import TouchDialog
from workbench.base.change import Change
from workbench.base.i18n import _
from workbench.outreach.contacts import NewContact
from workbench.outreach.log.logged import LoggedContact

if TYPE_CHECKING:
    from workbench.app import Workbench


class CorrectionDialog(TouchDialog):
    """Everything but the customer and the day may be changed."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, contact: LoggedContact, parent: QWidget | None = None
    ) -> None:
        self.contact = contact
        super().__init__(workbench, tasks, contact.customer_no, parent)
        self.setWindowTitle(_("更正 {date} 的联系").format(date=contact.date))
        self.words = _("已更正这次联系。")
        self.who.setEnabled(False)
        self.channel.take(contact.channel)
        self.outcome.take(contact.result)
        self.inbound.setChecked(contact.initiated_by == "customer")
        self.following.show_day(contact.next_date)
        self.note.setText(contact.note or "")
        further = self.further
        further.need.setText(contact.need or "")
        further.amount.setText("" if contact.amount is None else f"{Decimal(contact.amount) / 100:f}")
        further.promise.setText(contact.promise or "")
        if contact.promised_by:
            further.show_day(contact.promised_by)
        if contact.need or contact.amount is not None or contact.promise:
            further.open()
        self.outcome.focus_checked()

    def _ask_cause(self) -> None:
        """A cause that was named stays."""

    def store(self, contact: NewContact) -> Change:
        """Correct it; its day stays."""
        return self.workbench.outreach.log.correct(self.contact.id, replace(contact, date=self.contact.date))
