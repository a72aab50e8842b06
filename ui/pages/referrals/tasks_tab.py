"""转介单: the referrals by their clocks at the left, the sheet under the keyboard at the right, its steps as buttons."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.page import Page
from ui.pages.referrals.new_dialog import NewReferralDialog
from ui.pages.referrals.step_dialogs import (
    ReferralAccountDialog,
    ReferralDayDialog,
    ReferralEndDialog,
    ReferralFirstContactDialog,
)
from ui.pages.referrals.tab import ReferralTab
from ui.pages.referrals.task_words import (
    clock_words,
    doubt_words,
    facts_of,
    flagged_person,
    missing_words,
    person_of,
)
from ui.widgets.parts import Card, beside, button, column, empty, label
from ui.widgets.saving import ask_place
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from ui.words import who
from workbench.base.change import Change
from workbench.base.i18n import _
from workbench.outreach.referrals.task import ReferralTask
from workbench.outreach.referrals.task_line import TaskLine
from workbench.rules.parameters import Rules


class TasksTab(ReferralTab):
    """Every referral; what can be done follows from the one under the keyboard."""

    name = "tasks"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.lines: tuple[TaskLine, ...] = ()
        self._wanted: int | None = None
        self.nothing = label(
            _("还没有转介单。客户答应介绍朋友时按“新建转介单”,或在“导入”里导入转介清单。"),
            "second",
            wrap=True,
        )
        self.table = Table(_columns(self.workbench.rules), name="referrals.tasks", steady=True, wrap=True)
        self.table.setAccessibleName(_("转介单"))
        self.contact = button(_("记首触…"), self._contact)
        self.meet = button(_("记见面…"), self._meet)
        self.opened = button(_("记开户…"), self._link)
        self.back = button(_("反馈…"), self._feed_back)
        self.thank = button(_("感谢…"), self._thank)
        self.end = button(_("关闭…"), self._end)
        self.xlsx = button(_("存为表格…"), self._save_sheet, tip=_("填好后在“录入结果”里读回"))
        self.acts = (self.contact, self.back, self.meet, self.opened, self.thank, self.end)
        self.table.offer(*self.acts)
        self.sheet = Card(" ")
        self.step = label("", "todo", wrap=True)
        self.doubts = label("", "red", wrap=True)
        self.missing = label("", "second", wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self.sheet.body.addWidget(self.step)
        self.sheet.body.addWidget(self.doubts)
        self.sheet.body.addLayout(self._facts)
        self.sheet.body.addWidget(self.missing)
        self.sheet.body.addStretch(1)
        right = QWidget()
        inside = column(Strip(*self.acts, self.xlsx, gap=6), self.sheet)
        inside.setStretch(1, 1)
        inside.setContentsMargins(0, 0, 0, 0)
        right.setLayout(inside)
        self.pair = beside(self.table, right, (640, 480), (4, 3))
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        whole = column(self.nothing, self.pair)
        whole.setStretch(1, 1)
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)
        self.table.chosen.connect(lambda _row: self._chosen())
        self.table.opened.connect(lambda _row: self._open())

    # -- what the page asks --------------------------------------------------------------------------------

    def title(self) -> str:
        """转介单, with how many are late."""
        late = sum(one.late for one in self.lines)
        return _("转介单({n} 张超时)").format(n=late) if late else _("转介单")

    def hint(self) -> str:
        """What to do here."""
        rules = self.workbench.rules
        words = _("本人同意后 {first} 小时内首触,首触后 {back} 小时内告诉转介人已联系;不说办了什么。")
        return words.format(
            first=rules.whole("referrals.first_hours"), back=rules.whole("referrals.feedback_hours")
        )

    def primary_words(self) -> str:
        """The button that begins a sheet."""
        return _("新建转介单…")

    def primary_act(self, giver_no: str = "") -> None:
        """Ask who introduces whom."""
        self.show_dialog(NewReferralDialog(self.workbench, self.page.tasks, self.window(), giver_no=giver_no))

    def print_words(self) -> str:
        """The button for paper."""
        return _("打印转介单…")

    def print_act(self) -> None:
        """Preview the sheets of the referrals that are chosen; of one alone, of all that are still worked on."""
        from ui.widgets.preview import PreviewDialog

        tasks, sheets = self._to_print(), self.workbench.sheets
        if tasks:
            self.show_dialog(
                PreviewDialog(
                    self.workbench,
                    self.page.tasks,
                    lambda: sheets.referrals_pdf(tasks),
                    parent=self.window(),
                )
            )

    def _to_print(self) -> list[ReferralTask]:
        """Several that are selected; else those still worked on."""
        chosen = [self.table.table.row(number) for number in self.table.selected_numbers()]
        tasks = [one.task for one in chosen if isinstance(one, TaskLine)]
        return tasks if len(tasks) > 1 else [one.task for one in self.lines if one.task.state == "open"]

    def _save_sheet(self) -> None:
        """Write the same as a workbook that comes back through 录入结果."""
        name = f"{_('转介单')}.xlsx"
        place = ask_place(self, _("存为表格"), name, _("表格 (*.xlsx)"), ".xlsx")
        if place is None:
            return
        tasks, sheets, page = self._to_print(), self.workbench.sheets, self.page
        page.tasks.run(
            lambda: sheets.save(sheets.referrals_xlsx(tasks), place.path, replace=place.replace),
            lambda path: page.tasks.wrote.emit(
                Change.nothing(), _("转介单写在 {path};填好后在“录入结果”里读回。").format(path=path)
            ),
            owner=self,
        )

    def reload(self) -> None:
        """Read the referrals."""
        self.page.read(self.views.lines, self._show)

    def place(self, argument: object) -> None:
        """Show a referral (id of its line); a customer number begins a sheet of which he is the giver."""
        if isinstance(argument, int):
            self._wanted = argument
            if self.lines:
                self._show(self.lines)
        elif isinstance(argument, str):
            self.primary_act(argument)

    def focus_first(self) -> None:
        """The list, or the button that begins one."""
        if self.lines:
            self.table.setFocus()
        elif self.page.primary is not None:
            self.page.primary.setFocus()

    def follow(self) -> None:
        """What can be done with the referral under the keyboard."""
        line = self.line()
        one = line.task if line is not None else None
        running = one is not None and one.state == "open"
        self.xlsx.setEnabled(bool(self.lines))
        self.contact.setEnabled(running and one is not None and one.agreed is True and one.contacted is None)
        self.meet.setEnabled(running and one is not None and one.contacted is not None)
        self.opened.setEnabled(one is not None and one.account_no is None and one.state == "open")
        self.back.setEnabled(one is not None and one.contacted is not None and one.feedback is None)
        self.thank.setEnabled(one is not None and one.thanked is None)
        self.end.setEnabled(running)

    # -- showing -------------------------------------------------------------------------------------------

    def line(self) -> TaskLine | None:
        """The referral under the keyboard."""
        row = self.table.current()
        return row if isinstance(row, TaskLine) else None

    def _show(self, lines: tuple[TaskLine, ...]) -> None:
        before = self.line()
        wanted = self._wanted if self._wanted is not None else before.task.id if before is not None else None
        self._wanted = None
        self.lines = lines
        self.nothing.setVisible(not lines)
        self.pair.setVisible(bool(lines))
        self.table.table.fill(lines)
        ids = [one.task.id for one in lines]
        if lines:
            self.table.go_to(ids.index(wanted) if wanted in ids else 0)
        self._chosen()
        self.arrived.emit()

    def _chosen(self) -> None:
        line, rules = self.line(), self.workbench.rules
        empty(self._facts)
        self.sheet.setVisible(line is not None)
        if line is not None:
            state = rules.text(f"referrals.state.{line.task.state}")
            self.sheet.heading.setText(
                _("{person}(转介单 {number},{state})").format(
                    person=person_of(line.task), number=line.task.number or line.task.id, state=state
                )
            )
            self.step.setText(_("下一步:{step}").format(step=line.step) if line.step else _("没有要办的了"))
            doubts = doubt_words(line, rules)
            self.doubts.setText(doubts)
            self.doubts.setVisible(bool(doubts))
            self.missing.setText(missing_words(line, rules))
            for at, (name, value) in enumerate(one for one in facts_of(line, rules) if one[1]):
                self._facts.addWidget(label(name, "second"), at, 0)
                self._facts.addWidget(label(value, wrap=True), at, 1)
        self.follow()

    # -- acting --------------------------------------------------------------------------------------------

    def _open(self) -> None:
        if (line := self.line()) is not None:
            self.open_customer(line.task.giver_no)

    def _contact(self) -> None:
        if (line := self.line()) is not None:
            self.show_dialog(
                ReferralFirstContactDialog(self.workbench, self.page.tasks, line.task, self.window())
            )

    def _meet(self) -> None:
        if (line := self.line()) is not None:
            put = partial(self.room.meet, line.task.id)
            self._day(
                _("记见面"), _("只谈对方想谈的事;约好还没见的,填约定的那一天。"), put, _("记下了见面。")
            )

    def _feed_back(self) -> None:
        if (line := self.line()) is not None:
            hint = _("可以说:{words}").format(
                words=_("您介绍的朋友我按约好的时间联系过了,谢谢您。具体谈的是他的私事,我不好转述。")
            )
            self._day(_("反馈转介人"), hint, partial(self.room.feed_back, line.task.id), _("反馈记下了。"))

    def _thank(self) -> None:
        if (line := self.line()) is not None:
            hint = _("不论结果都谢;不说对方办了什么,不许诺返利、佣金。")
            self._day(_("感谢转介人"), hint, partial(self.room.thank, line.task.id), _("记下了感谢。"))

    def _day(self, title: str, hint: str, put: Callable[[str], Change], words: str) -> None:
        self.show_dialog(
            ReferralDayDialog(self.workbench, self.page.tasks, title, hint, put, words, self.window())
        )

    def _link(self) -> None:
        if (line := self.line()) is not None:
            likely = line.likely
            self.show_dialog(
                ReferralAccountDialog(
                    self.workbench,
                    self.page.tasks,
                    line.task,
                    likely.customer_no if likely is not None else "",
                    likely.evidence if likely is not None else "",
                    self.window(),
                )
            )

    def _end(self) -> None:
        if (line := self.line()) is not None:
            self.show_dialog(ReferralEndDialog(self.workbench, self.page.tasks, line.task, self.window()))


def _columns(rules: Rules) -> list[Column[TaskLine]]:
    return [
        Column(_("被转介人"), lambda x: flagged_person(x, rules), 104, key=True,
               ink=lambda x: "red" if x.findings else None, tip=lambda x: doubt_words(x, rules) or None),
        Column(_("转介人"), lambda x: who(x.task.giver_name, x.task.giver_no), 104, key=True),
        Column(_("阶段"), lambda x: rules.text(f"referrals.stage.{x.task.stage}"), 100,
               tip=lambda x: rules.text(f"referrals.state.{x.task.state}")),
        Column(_("时限"), clock_words, 132, ink=lambda x: "red" if x.late else None, value=lambda x: x.at or None,
               tip=lambda x: "\n".join(one.words for one in (x.first, x.feedback) if one is not None) or None),
        Column(_("下一步"), lambda x: x.step, 0, tip=lambda x: x.step or None),
    ]  # fmt: skip
