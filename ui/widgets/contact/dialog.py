"""Log a contact in under twenty seconds: person, channel, result, next date, one note, in that order; digits choose."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui.tasks import Tasks
from ui.widgets.choice import ChoiceButtons
from ui.widgets.contact.further import FurtherFields
from ui.widgets.contact.next_date import NextDate
from ui.widgets.fault_line import FaultLine
from ui.widgets.fitting import grow
from ui.widgets.long_number_line import LongNumberLine
from ui.widgets.parts import button, label, row
from ui.widgets.person import PersonSearch
from ui.widgets.pin import PinLine
from ui.widgets.quiet import QuietLine
from ui.widgets.refusals import fault_handler, still_open, under_way
from ui.widgets.words_line import WordsLine
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.insight.journey.marks import TaskOfStay
from workbench.outreach.codes import contact_codes
from workbench.outreach.contacts import NewContact
from workbench.people.customer import CustomerHit

if TYPE_CHECKING:
    from workbench.app import Workbench


#: channels or results in a line: with more, English words are cut on a small screen
_PER_LINE = 5


class TouchDialog(QDialog):
    """Who, by which channel, with what result, what next. Enter saves a complete form, else goes to what is missing."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        customer_no: str | None,
        parent: QWidget | None = None,
        go_on: Callable[[], object] | None = None,
        task: TaskOfStay | None = None,
    ) -> None:
        """`go_on`: called once it is stored, to put the keyboard on the next customer of the list behind; `task`: the task of
        the customer's journey card that the contact does, where it reaches him."""
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        self.customer_no = customer_no
        self._go_on = go_on
        #: the task, and whose it is
        self._task, self._task_of = task, customer_no
        self.setWindowTitle(_("记一次联系"))
        self.words = _("已记下这次联系。")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self.person = PersonSearch(workbench, tasks, self)
        self.who, self.hits = self.person.line, self.person.hits
        self.who.setPlaceholderText(_("姓名、拼音、客户号或手机号末几位"))
        self.channel = _choices("channels")
        self.outcome = _choices("results", preset=False)
        self.inbound = QCheckBox(_("是客户主动联系的"))
        self.following = NextDate(workbench)
        self.again, self.next_date = self.following.again, self.following.date
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("一句话备注,可以不填"))
        self.further = FurtherFields(workbench, self.following)
        #: asked only of a customer with a light
        self.cause = ChoiceButtons((("", _("还不知道")), *workbench.outreach.lights.causes()))
        self._cause_words = label(_("流失原因"), "second")
        self.pin = PinLine(workbench, tasks)
        self.say = WordsLine(workbench, tasks, "Ctrl+Shift+C")
        self.quiet = QuietLine(workbench.rules)
        self.fault = FaultLine()
        self.numbers = LongNumberLine()
        self.save = button(_("记下"), self.keep, "primary")
        self.save.setDefault(True)
        self._build()
        if customer_no:
            self.person.preset(customer_no)
            self.channel.focus_checked()
            self._ask_cause()
        else:
            self.who.setFocus()

    def _build(self) -> None:
        self.person.typed.connect(self._typed)
        self.person.looked.connect(self._looked)
        self.person.taken.connect(self._choose)
        self.channel.keyed.connect(lambda _code: self.outcome.focus_checked())
        days = {one.code: one.next_days for one in contact_codes("results")}
        self.outcome.chosen.connect(lambda code: self.following.offer(days[code]))
        self.outcome.keyed.connect(lambda _code: self.again.setFocus())
        self.further.turned.connect(lambda: grow(self))
        grid = QGridLayout()
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(12)
        lines: Sequence[tuple[QWidget | None, QWidget]] = (
            (label(_("客户"), "second"), self.who),
            (None, self.person.below),
            (None, self.pin),
            (None, self.say),
            (None, self.quiet),
            (label(_("渠道"), "second"), self.channel),
            (label(_("结果"), "second"), self.outcome),
            (label(_("下次"), "second"), self.following),
            (label(_("备注"), "second"), self.note),
            (None, self.inbound),
            (None, self.further),
            (self._cause_words, self.cause),
        )
        for number, (words, part) in enumerate(lines):
            if words is not None:  # an empty one would keep the line open where the part is hidden
                grid.addWidget(words, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(part, number, 1)
        self._show_cause(lit=False)
        for field in (self.note, self.further.need, self.further.promise):
            self.numbers.follow(field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(grid)
        layout.addWidget(self.numbers)
        layout.addWidget(self.fault)
        layout.addLayout(
            row(
                label(_("按数字选渠道和结果,回车记下。"), "second"),
                None,
                button(_("取消"), self.reject),
                self.save,
            )
        )

    def _ask_cause(self) -> None:
        """Ask for the cause of leaving once it is known that the customer has a light."""
        number = self.customer_no
        self.pin.ask(number)
        self.say.ask(number)
        if number is None:
            return
        self.tasks.run(
            lambda: self.workbench.outreach.lights.is_lit(number),
            lambda lit: self._show_cause(lit=lit and number == self.customer_no),
            failed=lambda _error: None,
            owner=self,
        )

    def _show_cause(self, *, lit: bool) -> None:
        for part in (self._cause_words, self.cause):
            part.setVisible(lit)
        if lit:
            grow(self)

    def _typed(self) -> None:
        self.customer_no = None
        self.pin.ask(None)
        self.say.ask(None)
        self._show_cause(lit=False)
        self.fault.setText("")

    def _looked(self, count: int) -> None:
        only = self.person.current() if count == 1 else None
        if only is not None:
            self.customer_no = only.customer_no
            self._ask_cause()

    def _choose(self, hit: CustomerHit) -> None:
        self.customer_no = hit.customer_no
        self._ask_cause()
        QTimer.singleShot(0, self.channel, self.channel.focus_checked)

    def _missing(self, words: str, go: Callable[[], object]) -> None:
        self.fault.setText(words)
        go()

    def keep(self) -> None:
        """Store the contact; where something is missing the keyboard goes there and the dialog says so.

        A customer that is still being searched for is found in the background, once the book is free.
        """
        if self.customer_no is None and self.person.take():
            return
        number, person, typed = self.customer_no, self.person, self.who.text().strip()
        if number is None and not person.looking:
            self._missing(_("请先选一位客户。"), self.who.setFocus)
            return
        channel, result = self.channel.code(), self.outcome.code()
        if not result:
            self._missing(_("还没有选结果,请按数字选一个。"), self.outcome.focus_checked)
            return
        by = "customer" if self.inbound.isChecked() else "manager"
        following, note, further = self.following.day(), self.note.text().strip() or None, self.further
        need, amount, promise = (
            one.text().strip() or None for one in (further.need, further.amount, further.promise)
        )
        promise_by = further.promised_by()
        cause = (self.cause.code() or None) if self.cause.isVisible() else None
        task = self._task if number is not None and number == self._task_of else None
        self.tasks.write(
            lambda: self.store(
                NewContact(
                    number or person.sole(typed),
                    channel,
                    result,
                    None,
                    by,
                    following,
                    note,
                    need,
                    amount,
                    promise,
                    promise_by,
                    cause,
                    task,
                )
            ),
            self._stored,
            words=self.words,
            failed=under_way(self, self.tasks, self._refused, self.save),
            owner=self,
        )

    def store(self, contact: NewContact) -> Change:
        """Write the contact; on the book's thread."""
        return self.workbench.outreach.log_contact(contact)

    def _stored(self, _change: Change) -> None:
        self.accept()
        if self._go_on is not None:
            self._go_on()

    def _refused(self, error: Exception) -> None:
        """Say why, and go to the field that it is about."""
        fault_handler(self.fault, self.tasks)(error)
        fields = {"too_long": self.note, "bad_amount": self.further.amount, "past_date": self.further.by}
        code = error.code if isinstance(error, WorkbenchError) else ""
        if not still_open(self) or code not in fields:
            return
        if code != "too_long":
            self.further.open()
        fields[code].setFocus()


def _choices(table: str, *, preset: bool = True) -> ChoiceButtons:
    """The codes of the log as buttons, each with its digit."""
    codes = contact_codes(table)
    return ChoiceButtons(
        tuple((one.code, one.name) for one in codes),
        _PER_LINE,
        digits={one.code: one.digit for one in codes},
        preset=preset,
    )
