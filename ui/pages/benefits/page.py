"""权益: the rules with who may get them, what is unused, what runs out; right the customers of one rule (domain 8.4)."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from ui.page import Page
from ui.pages.benefits.columns import RuleRow, people_columns, rule_columns
from ui.pages.benefits.form_file import BenefitFormFile
from ui.pages.benefits.issue_dialog import BenefitIssueDialog
from ui.pages.benefits.rule_dialog import BenefitRuleDialog
from ui.pages.benefits.words import line_words, rule_words, unused_words
from ui.tasks import Tasks
from ui.widgets.parts import beside, button, column, label
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from ui.words import number_tail
from workbench.base.change import Change
from workbench.base.i18n import _, semicolons
from workbench.outreach.benefits.benefit import BenefitBoard, BenefitPerson, BenefitRule
from workbench.outreach.benefits.room import Issued

if TYPE_CHECKING:
    from workbench.app import Workbench

#: customers who did not get it that are named
_NAMED = 6
_LEAST = 160


class BenefitsPage(Page):
    """Left the rules, right their customers; acts are about the customers that are chosen."""

    name = "benefits"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.board: BenefitBoard | None = None
        self.waits_for = _("正在看谁可以得到权益…")
        self._wanted = ""
        #: the rule whose customers are shown
        self._shown_code = ""
        self.say(_("权益"), "")
        self.print_button = self.add_action(_("打印未用…"), self.print_unused, tip="Ctrl+P")
        self.print_button.setShortcut("Ctrl+P")
        self.drop_button = self.add_action(_("作废"), self._drop)
        self.use_button = self.add_action(_("登记使用"), self._use)
        self.issue_button = self.add_primary(_("发放"), self._issue)
        self.rules = Table(rule_columns(), name="benefits.rules", steady=True)
        self.rules.setAccessibleName(_("权益规则"))
        self.people = Table(people_columns(workbench.rules), name="benefits.people", steady=True)
        self.people.setAccessibleName(_("这项权益的客户"))
        self.add = button(_("添一项…"), self._add)
        self.change = button(_("修改…"), self._change)
        self.turn = button(_("停用"), self._turn)
        self.reset = button(_("还原"), self._reset, tip=_("恢复成程序带的例子"))
        self.form = BenefitFormFile(self, self._say_refused)
        self.every = button(_("全部未用"), self._turn_every, tip=_("各项权益里没有用的,快到期的在前"))
        self.every.setCheckable(True)
        self.other = button(_("发给别人…"), self._other)
        self.rules.offer(self.change, self.turn, self.reset)
        self.people.offer(self.issue_button, self.use_button, self.drop_button)
        self.terms = label("", "second", wrap=True)
        self.lacking = label("", "todo", wrap=True)
        self.heading = label("", "heading", wrap=True)
        #: who did not get it last, or what was refused of a form, and why
        self.refused = label("", "todo", wrap=True)
        self.refused.hide()
        self.nobody = label("", "second", wrap=True)
        self.no_rules = label(
            _("没有权益规则。按“添一项”写下客户做到什么、得到什么;或者写出模板,填好再导入。"),
            "second",
            wrap=True,
        )
        left = _side(
            Strip(self.add, self.change, self.turn, self.reset, self.form.template, self.form.take, gap=6),
            self.no_rules, self.terms, self.lacking, self.rules,
        )  # fmt: skip
        right = _side(
            Strip(self.heading, self.every, self.other, gap=6), self.refused, self.nobody, self.people
        )
        body = QWidget()
        inside = column(beside(left, right, (660, 500), (4, 3)))
        inside.setContentsMargins(0, 0, 0, 0)
        body.setLayout(inside)
        self.content = self.stage(
            body, _("还没有客户名单。导入名单后,这里会列出每项权益谁可以得到、谁还没有用、哪些快到期。")
        )
        self.rules.chosen.connect(lambda _row: self._chosen())
        self.rules.opened.connect(lambda _row: self.people.setFocus())
        self.people.opened.connect(lambda _row: self._open())
        self.people.selectionModel().selectionChanged.connect(lambda _on, _off: self._follow())

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Look who may get what, and what is unused."""
        self.compute(self.workbench.outreach.benefits.board, self._show)

    def _show(self, board: BenefitBoard) -> None:
        kept = self._wanted or (row.rule.code if (row := self.row()) is not None else "")
        self._wanted = ""
        self.board = board
        rows = [RuleRow(one.rule, one) for one in board.lines] + [RuleRow(one, None) for one in board.off]
        soon = sum(one.state == "soon" for one in board.unused)
        hint = (
            _("{soon} 份临期:先打电话提醒怎么用;再从“可发”里发。")
            if soon
            else _("选一项,右边是可以发的和还没用的客户。")
        )
        self.say(_("权益"), hint.format(soon=soon))
        self.rules.table.fill(rows)
        self.no_rules.setVisible(not rows)
        self.rules.setVisible(bool(rows))
        codes = [one.rule.code for one in rows]
        self.content.show_content()
        if rows:
            self.rules.go_to(codes.index(kept) if kept in codes else 0)
            if self.add.hasFocus() and not self.ready:
                self.rules.setFocus()  # Qt gave it to the first button
        self._chosen()

    def row(self) -> RuleRow | None:
        """The rule under the keyboard."""
        row = self.rules.current()
        return row if isinstance(row, RuleRow) else None

    def chosen_people(self) -> list[BenefitPerson]:
        """The customers that are selected, else the one under the keyboard."""
        rows = (self.people.table.row(number) for number in self.people.selected_numbers())
        return [one for one in rows if isinstance(one, BenefitPerson)]

    def _chosen(self) -> None:
        """Show the rule under the keyboard and read its customers."""
        row, rules = self.row(), self.workbench.rules
        self.terms.setText(rule_words(row.rule, rules) if row is not None else "")
        lacking = row.line.lacking if row is not None and row.line is not None else ""
        self.lacking.setText(lacking)
        self.lacking.setVisible(bool(lacking))
        if row is None or row.rule.code != self._shown_code:
            self.refused.hide()
        self._shown_code = row.rule.code if row is not None else ""
        self.turn.setText(_("恢复") if row is not None and row.line is None else _("停用"))
        if row is None:
            self._show_people(())
            return
        if self.every.isChecked() and self.board is not None:
            self.heading.setText(unused_words(self.board.unused))
            self._show_people(self.board.unused)
            return
        code, room = row.rule.code, self.workbench.outreach.benefits
        self.heading.setText(line_words(row.line) if row.line is not None else row.rule.title)
        self.read(lambda: room.people(code), self._show_people, key="people")

    def _turn_every(self) -> None:
        """Show what is unused of every rule, or the customers of one again."""
        every = self.every.isChecked()
        self.people.put_columns(people_columns(self.workbench.rules, every=every))
        self._chosen()

    def _show_people(self, people: tuple[BenefitPerson, ...]) -> None:
        self.people.table.fill(people)
        self.people.setVisible(bool(people))
        self.nobody.setVisible(not people)
        self.nobody.setText(self._nobody_words())
        if people:
            self.people.stay()
        self._follow()

    def _nobody_words(self) -> str:
        row = self.row()
        if row is None:
            return ""
        if self.every.isChecked():
            return _("没有未用的权益。发放以后,没有用掉的列在这里。")
        if row.line is None:
            return _("这项权益停用了,没有发过。按“恢复”再用。")
        if row.line.cannot_tell:
            return _("没有发过;谁可以发还无法判断:{why}。").format(why=row.line.lacking)
        return _("现在没有符合条件的客户。条件可以按“修改”放宽;个别客户按“发给别人”。")

    def place(self, argument: object) -> None:
        """Show the rule of this code."""
        if isinstance(argument, str) and argument:
            self._wanted = argument
            if self.board is not None:
                self._show(self.board)

    def focus_first(self) -> None:
        """The rules, or the button that begins them."""
        (self.rules if self.rules.table.rowCount() else self.add).setFocus()

    def enable(self, on: bool) -> None:
        """What can be done follows from the rule and the customers that are chosen."""
        super().enable(on)
        self._follow()

    def _follow(self) -> None:
        row, people = self.row(), self.chosen_people()
        used = row is not None and row.line is not None
        stopped = row.line.stopped if row is not None and row.line is not None else ""
        self.issue_button.setEnabled(used and not stopped and any(one.state == "waiting" for one in people))
        self.issue_button.setToolTip(stopped)
        left = any(one.state in ("issued", "soon") for one in people)
        self.use_button.setEnabled(left)
        self.drop_button.setEnabled(left)
        self.other.setEnabled(used)
        for one in (self.change, self.turn):
            one.setEnabled(row is not None)
        self.reset.setVisible(row is not None and row.rule.shipped and row.rule.mark != "P")
        self.print_button.setEnabled(self.board is not None and bool(self.board.unused))

    # -- customers -----------------------------------------------------------------------------------------

    def _issue(self) -> None:
        row = self.row()
        numbers = [one.customer_no for one in self.chosen_people() if one.state == "waiting"]
        if row is None or not numbers:
            return
        room, code, made = self.workbench.outreach.benefits, row.rule.code, list[Issued]()

        def put() -> Change:
            """Remember who did not get it."""
            made.append(room.issue(code, numbers))
            return made[-1].change

        name = row.rule.title
        self.tasks.write(
            put,
            lambda _change: self._tell_refused(made[-1]),
            words=lambda: _("“{name}”发了 {n} 份。").format(name=name, n=made[-1].issued),
            owner=self,
        )

    def _tell_refused(self, made: Issued) -> None:
        """Who did not get it, and why."""
        each = [f"{number_tail(one.customer_no)} {one.why}" for one in made.refused[:_NAMED]]
        more = len(made.refused) - len(each)
        if more:
            each.append(_("还有 {n} 位").format(n=more))
        self._say_refused(_("没有发:{who}").format(who=semicolons(each)) if each else "")

    def _say_refused(self, words: str) -> None:
        self.refused.setText(words)
        self.refused.setVisible(bool(words))

    def _grants(self) -> list[int]:
        return [one.grant for one in self.chosen_people() if one.state in ("issued", "soon")]

    def _use(self) -> None:
        if grants := self._grants():
            room = self.workbench.outreach.benefits
            self._write(
                lambda: room.use_grants(grants), _("登记用掉 {n} 份,记在今天。").format(n=len(grants))
            )

    def _drop(self) -> None:
        if grants := self._grants():
            room = self.workbench.outreach.benefits
            self._write(lambda: room.drop(grants), _("作废了 {n} 份。").format(n=len(grants)))

    def _other(self) -> None:
        if (row := self.row()) is not None:
            self._open_dialog(BenefitIssueDialog(self.workbench, self.tasks, row.rule, self.window()))

    def _open(self) -> None:
        person = self.people.current()
        if isinstance(person, BenefitPerson):
            self.go.emit("portrait", person.customer_no)

    def print_unused(self) -> None:
        """Preview the list of what is unused, for reminding."""
        from ui.widgets.preview import PreviewDialog

        sheets = self.workbench.sheets
        self._open_dialog(
            PreviewDialog(self.workbench, self.tasks, sheets.unused_benefits, parent=self.window())
        )

    # -- rules ---------------------------------------------------------------------------------------------

    def _add(self) -> None:
        self._edit(BenefitRule("", "", "", "qualified"))

    def _change(self) -> None:
        if (row := self.row()) is not None:
            self._edit(row.rule)

    def _edit(self, rule: BenefitRule) -> None:
        room = self.workbench.outreach.benefits
        self.read(
            room.items,
            lambda items: self._open_dialog(
                BenefitRuleDialog(self.workbench, self.tasks, rule, items, self.window())
            ),
            key="items",
        )

    def _turn(self) -> None:
        """Leave the rule out, or use it again."""
        if (row := self.row()) is None:
            return
        room, code, name = self.workbench.outreach.benefits, row.rule.code, row.rule.title
        if row.line is None:
            self._write(lambda: room.restore(code), _("“{name}”恢复了。").format(name=name))
        else:
            self._write(lambda: room.leave_out(code), _("“{name}”停用了,发过的照旧。").format(name=name))

    def _reset(self) -> None:
        if (row := self.row()) is not None and row.rule.shipped:
            room, code = self.workbench.outreach.benefits, row.rule.code
            self._write(lambda: room.restore(code), _("“{name}”还原了。").format(name=row.rule.title))

    # -- parts ---------------------------------------------------------------------------------------------

    def _write(self, job: Callable[[], Change], words: str) -> None:
        self.tasks.write(job, partial(self._say_refused_of, ""), words=words, owner=self)

    def _say_refused_of(self, words: str, _change: Change) -> None:
        self._say_refused(words)

    def _open_dialog(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()


def _side(*parts: QWidget) -> QWidget:
    """What acts on a table above the table, which has the height that is left."""
    side = QWidget()
    inside = column(*parts)
    inside.setStretch(len(parts) - 1, 1)
    inside.addStretch(0)
    inside.setContentsMargins(0, 0, 0, 0)
    parts[-1].setMinimumHeight(_LEAST)
    side.setLayout(inside)
    return side
