"""奖励: what givers were thanked with and may be: by which rule, for which referral, how much of the cap is used."""

from ui.page import Page
from ui.pages.referrals.tab import ReferralTab
from ui.pages.referrals.task_words import person_of
from ui.widgets.parts import button, column, label
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from ui.words import who
from workbench.base.i18n import _
from workbench.base.money import exact_yuan
from workbench.outreach.benefits.of_referrals import RewardLine
from workbench.rules.parameters import Rules
from workbench.sheets.reward_sheet import cap_words, state_word


class RewardsTab(ReferralTab):
    """The ledger; what may be given is given here, by the rules of 权益."""

    name = "rewards"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.lines: tuple[RewardLine, ...] = ()
        self.why = label("", "todo", wrap=True)
        self.nothing = label(
            _("还没有可以致谢的转介。朋友见了面或开了户以后,这里按公示的规则列出可以发的权益。"),
            "second",
            wrap=True,
        )
        self.table = Table(_columns(self.workbench.rules), name="referrals.rewards", steady=True)
        self.table.setAccessibleName(_("转介权益台账"))
        self.rule = button(_("看规则"), self._open_rule, tip=_("在“权益”里看这条规则的内容、次数和预算"))
        self.sheet = button(_("看转介单"), self._open_sheet)
        self.table.offer(self.rule, self.sheet)
        foot = label(
            _("权益不与朋友买什么、存多少、贷多少挂钩;自己转介自己、循环、员工和中介的转介不发。"),
            "second",
            wrap=True,
        )
        whole = column(Strip(self.rule, self.sheet, gap=6), self.nothing, self.table, self.why, foot)
        whole.setStretch(2, 1)
        whole.addStretch(0)
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)
        self.table.chosen.connect(lambda _row: self.follow())
        self.table.opened.connect(lambda _row: self._open())

    def title(self) -> str:
        """奖励, with how many may be given."""
        earned = sum(one.state == "earned" for one in self.lines)
        return _("权益台账({n} 份可发)").format(n=earned) if earned else _("权益台账")

    def hint(self) -> str:
        """What to do here."""
        return _("先发“可发”的,再打印台账请转介人签收;“不发”的看原因。")

    def primary_words(self) -> str:
        """The button that gives."""
        return _("发放")

    def primary_act(self) -> None:
        """Give what was earned by the referral under the keyboard."""
        line = self.line()
        if line is None or line.state != "earned":
            return
        benefits, code, number = self.workbench.outreach.benefits, line.rule.code, line.task.giver_no
        self.page.tasks.write(
            lambda: benefits.issue(code, [number]).change,
            words=_("发了一份“{name}”。").format(name=line.rule.title),
            owner=self,
        )

    def print_words(self) -> str:
        """The button for paper."""
        return _("打印台账…")

    def print_act(self) -> None:
        """Preview the ledger to be signed."""
        from ui.widgets.preview import PreviewDialog

        sheets = self.workbench.sheets
        self.show_dialog(
            PreviewDialog(self.workbench, self.page.tasks, sheets.referral_rewards, parent=self.window())
        )

    def reload(self) -> None:
        """Read the ledger."""
        self.page.read(self.workbench.outreach.referral_rewards.ledger, self._show)

    def focus_first(self) -> None:
        """The ledger."""
        if self.lines:
            self.table.setFocus()

    def follow(self) -> None:
        """What can be done with the line under the keyboard."""
        line = self.line()
        if self.page.primary is not None:
            self.page.primary.setEnabled(line is not None and line.state == "earned")
        for one in (self.rule, self.sheet):
            one.setEnabled(line is not None)
        self.why.setText(
            _("不发的原因:{why}。").format(why=line.why) if line is not None and line.why else ""
        )
        self.why.setVisible(bool(self.why.text()))

    def line(self) -> RewardLine | None:
        """The line under the keyboard."""
        row = self.table.current()
        return row if isinstance(row, RewardLine) else None

    def _show(self, lines: tuple[RewardLine, ...]) -> None:
        self.lines = lines
        self.nothing.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.table.table.fill(lines)
        if lines:
            self.table.stay()
        self.arrived.emit()

    def _open(self) -> None:
        if (line := self.line()) is not None:
            self.open_customer(line.task.giver_no)

    def _open_rule(self) -> None:
        if (line := self.line()) is not None:
            self.page.go.emit("benefits", line.rule.code)

    def _open_sheet(self) -> None:
        if (line := self.line()) is not None:
            self.page.go.emit("referrals", ("tasks", line.task.id))


def _columns(rules: Rules) -> list[Column[RewardLine]]:
    return [
        Column(_("转介人"), lambda x: who(x.task.giver_name, x.task.giver_no), 0, key=True),
        Column(_("权益"), lambda x: x.rule.title, 150, tip=lambda x: _(x.rule.gives)),
        Column(_("规则号"), lambda x: x.rule.code, 130),
        Column(_("为哪一张转介单"), lambda x: " ".join((x.task.number or str(x.task.id), person_of(x.task))), 190),
        Column(_("今年/每年限"), cap_words, 96, number=True, value=lambda x: x.had),
        Column(_("价值(元)"), lambda x: exact_yuan(x.value_fen).removesuffix(".00"), 80, number=True,
               value=lambda x: x.value_fen),
        Column(_("状态"), lambda x: state_word(x, rules), 80, tip=lambda x: x.why or None,
               ink=lambda x: {"barred": "red", "earned": "accent"}.get(x.state)),
        Column(_("发放日"), lambda x: x.issued or "", 92, value=lambda x: x.issued),
    ]  # fmt: skip
