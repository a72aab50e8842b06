"""A meeting with the customer of a page: what to speak of, printed before it; what was agreed, written down after it."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.pages.portrait.customer_page import CustomerPage
from ui.theme import px
from ui.widgets.form import FormDialog
from ui.widgets.parts import button, column, date_edit, flow, label, row
from ui.widgets.preview import PreviewDialog
from workbench.base.dates import today
from workbench.base.i18n import _, headed
from workbench.outreach.contacts import NewContact
from workbench.outreach.meetings.meeting import MeetingAgenda, MeetingTask, NewMeeting, Who
from workbench.people.privacy import masked_as

#: lines of tasks to fill in: the manager's, the customer's
_TASKS: tuple[tuple[Who, int], ...] = (("manager", 3), ("customer", 2))
#: pixels in which the agenda scrolls
_AGENDA = 180
#: pixels of the lines for what was spoken of
_LINES = 76


class MeetingDialog(FormDialog):
    """Shows the agenda, prints it, and keeps what was agreed: topics, advice with its reason, who does what by when. Enter in a
    line keeps; the manager's tasks become promises in the same change."""

    def __init__(self, page: CustomerPage, agenda: MeetingAgenda) -> None:
        super().__init__(page.workbench, page.tasks, _("面谈"), _("记下面谈"), page)
        self._page = page
        self.agenda = agenda
        rules = page.workbench.rules
        self.setMinimumWidth(640)
        self.print = button(_("打印提纲…"), lambda: self._print(customer=False))
        self.give = button(_("打印给客户的一份…"), lambda: self._print(customer=True))
        self.line(_("会前"), _inside(row(self.print, self.give, None)))
        self.line(_("议题"), _listed(agenda))
        self.date = date_edit(today())
        self.topics = QPlainTextEdit()
        self.topics.setPlaceholderText(_("谈了什么,一行一条"))
        self.topics.setTabChangesFocus(True)
        self.advice = [(QCheckBox(text), text, why) for text, why in agenda.advice]
        most = rules.whole("meeting.text_most")
        self.tasks_of = [(who, QLineEdit(), QLineEdit()) for who, count in _TASKS for _n in range(count)]
        self.logged = QCheckBox(_("同时登记一次面访(今天已登记过就不勾)"))
        self.line(_("哪天"), self.date)
        lines = _inside(column(self.topics))
        lines.setFixedHeight(px(_LINES))
        self.line(_("谈了什么"), lines)
        if self.advice:
            below = QVBoxLayout()
            for box, text, why in self.advice:
                box.setText(text if len(text) <= 60 else f"{text[:60]}…")
                box.setToolTip(f"{text}\n{why}")
                below.addWidget(box)
            self.line(_("给过的建议"), _inside(below))
        elif agenda.barred:
            self.line(_("给过的建议"), label(agenda.barred, "todo", wrap=True))
        shown: set[str] = set()
        for who, what, by in self.tasks_of:
            what.setMaxLength(most)
            what.setPlaceholderText(_("做什么"))
            by.setPlaceholderText(_("哪天前,例如 2026-12-04"))
            by.setMaxLength(10)
            line = row(what, by)
            line.setStretch(0, 3)
            line.setStretch(1, 2)
            self.line("" if who in shown else rules.text(f"meeting.who.{who}"), _inside(line))
            shown.add(who)
        self.line("", self.logged)
        self.topics.setFocus()

    def given(self) -> NewMeeting:
        """What was entered."""
        date = self.date.date().toString("yyyy-MM-dd")
        contact = (
            NewContact(self.agenda.customer_no, "visit", "met", date) if self.logged.isChecked() else None
        )
        return NewMeeting(
            date, self.topics.toPlainText().splitlines(),
            [(text, why) for box, text, why in self.advice if box.isChecked()],
            [MeetingTask(who, text.text(), by.text()) for who, text, by in self.tasks_of], contact,
        )  # fmt: skip

    def answer(self) -> None:
        """Keep it, with the promises."""
        room, number, new = self.workbench.outreach.meetings, self.agenda.customer_no, self.given()
        self.write(lambda: room.record(number, new), _("面谈已记下,答应的事会到期提醒。"))

    def _print(self, *, customer: bool) -> None:
        workbench, agenda = self.workbench, self.agenda
        dialog = PreviewDialog(
            workbench,
            self.tasks,
            lambda: workbench.sheets.meeting_pdf(agenda, customer=customer),
            parent=self._page,
        )
        self._page.trail.dialog = dialog
        dialog.open()


def prepare_meeting(page: CustomerPage) -> None:
    """Read the agenda of the customer of a page, then open the dialog."""
    portrait, workbench = page.portrait, page.workbench
    if portrait is None:
        return

    def read() -> MeetingAgenda:
        """The agenda with what the four pots propose."""
        return workbench.outreach.meetings.prepare(
            portrait, workbench.insight.allocation.of(portrait.customer_no)
        )

    page.tasks.run(read, _opener(page), failed=page.refused, owner=page)


def _opener(page: CustomerPage) -> Callable[[MeetingAgenda], None]:
    def show(agenda: MeetingAgenda) -> None:
        """Open the dialog, if the page still shows him."""
        if page.customer_no == agenda.customer_no:
            page.trail.dialog = MeetingDialog(page, agenda)
            page.trail.dialog.open()

    return show


def _listed(agenda: MeetingAgenda) -> QWidget:
    """The agenda, but for what is ticked below it; what must not be said comes first."""
    whole = column(spacing=4)
    for part in sorted(agenda.parts, key=lambda one: one.code != "limits"):
        if part.code not in ("advice", "acts"):
            whole.addWidget(label(part.title, "heading"))
            for one in part.lines:
                words = headed(one.text, one.aside) if one.aside else one.text
                role = "red" if part.code == "limits" else "second"
                whole.addWidget(label(masked_as("text", words), role, wrap=True))
    whole.addStretch(1)
    made = flow(whole)
    made.setFixedHeight(px(_AGENDA))
    return made


def _inside(content: QLayout) -> QWidget:
    made = QWidget()
    content.setContentsMargins(0, 0, 0, 0)
    made.setLayout(content)
    return made
