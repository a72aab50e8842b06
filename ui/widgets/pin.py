"""A note on a customer: its line, and the short question that writes it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.choice import ChoiceButtons
from ui.widgets.form import FormDialog
from ui.widgets.plain_words import PlainLabel
from ui.words import pinned_words
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.outreach.pins.pin import Pin, days_on
from workbench.people.privacy import masked_as

if TYPE_CHECKING:
    from workbench.app import Workbench

#: days that a note may be seen, as offered
_DAYS = (3, 7, 30)
_KEPT = "kept"


def pin_words(pin: Pin | None) -> str:
    """The note in one line with its sign; '' for none, and for one that is put off."""
    shown = pin is not None and not pin.silent(today().isoformat())
    return pinned_words(pin.line) if pin is not None and shown else ""


class PinLine(PlainLabel):
    """The note on the customer of a dialog in one line; hidden without one."""

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__()
        self._workbench = workbench
        self._tasks = tasks
        self._of: str | None = None
        self.setProperty("role", "todo")
        self.setWordWrap(True)
        self.hide()

    def ask(self, customer_no: str | None) -> None:
        """Show the note on this customer, once the book is free; None: on nobody."""
        self._of = customer_no
        self.hide()
        if customer_no:
            self._tasks.run(
                lambda: self._workbench.outreach.pins.on(customer_no),
                lambda pin: self._show(customer_no, pin),
                failed=lambda _error: None,
                owner=self,
                key=(self, "pin"),
            )

    def _show(self, customer_no: str, pin: Pin | None) -> None:
        if customer_no == self._of:
            self.setText(pin_words(pin))
            self.setVisible(bool(self.text()))


class PinDialog(FormDialog):
    """Writes the note on a customer, or another in its place. Enter keeps."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        customer_no: str,
        pin: Pin | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, tasks, _("便签"), _("钉上"), parent)
        self.customer_no = customer_no
        self.pin = pin
        self.text = QLineEdit(pin.written if pin is not None else "")
        self.text.setPlaceholderText(_("例如:下午三点后才接电话"))
        self.text.setMaxLength(workbench.rules.whole("pin.most"))
        self.text.textChanged.connect(self._scan)
        spans = [("", _("一直看到取下")), *((str(n), _("{n} 天").format(n=n)) for n in _DAYS)]
        if pin is not None and pin.until:
            spans.insert(0, (_KEPT, _("到 {date}").format(date=pin.until)))
        self.span = ChoiceButtons(tuple(spans))
        self.line(_("便签"), self.text)
        self.line(_("看多久"), self.span)
        self._scan(self.text.text())
        self.text.selectAll()
        self.text.setFocus()

    def _scan(self, text: str) -> None:
        """Say at once that numbers in it are masked wherever it is shown."""
        if masked_as("text", text) != text:
            self.say(_("便签里像是有手机号或证件号,显示时会遮住。"))
        else:
            self.fault.hide()

    def answer(self) -> None:
        """Pin it."""
        number, text, span = self.customer_no, self.text.text(), self.span.code()
        until = days_on(today(), int(span)) if span.isdigit() else ""
        if span == _KEPT and self.pin is not None:
            until = self.pin.until
        self.write(lambda: self.workbench.outreach.pins.put(number, text, until), words=_("便签已钉上。"))
