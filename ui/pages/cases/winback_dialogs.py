"""The questions of 赢回: whom to win back and how, what we failed at, the money there, the apology, how it ended."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.choice import ChoiceButtons
from ui.widgets.form import FormDialog
from ui.widgets.parts import column, label, row
from ui.widgets.person import PersonSearch
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.outreach.winback.win_back import (
    ENTRIES,
    SIDES,
    STRATEGIES,
    NewWinBack,
    RivalFact,
    WinBack,
    WinBackView,
    as_typed,
)
from workbench.people.customer import CustomerHit

if TYPE_CHECKING:
    from workbench.app import Workbench


class WinBackDialog(FormDialog):
    """Whom, and by which strategy: that of the confirmed cause, or another with its reason."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, customer_no: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("开始赢回"), _("开始"), parent)
        rules = workbench.rules
        self.customer_no = customer_no
        self.person = PersonSearch(workbench, tasks, self)
        self.person.line.setPlaceholderText(_("姓名、拼音、客户号或手机号末几位"))
        self.person.taken.connect(self._taken)
        self.person.typed.connect(self._typed)
        self.cause = label("", "second", wrap=True)
        codes = (
            ("", _("按确认的原因")),
            *((one, rules.text(f"winback.strategy.{one}")) for one in STRATEGIES),
        )
        self.strategy = ChoiceButtons(codes, 2)
        self.why = QLineEdit()
        self.why.setPlaceholderText(_("换一种做法才写,例如:客户说是因为孩子要出国"))
        if customer_no:
            self._look()
        else:
            self.line(_("客户"), self.person.line)
            self.line("", self.person.below)
        self.line(_("原因"), self.cause)
        self.line(_("做法"), self.strategy)
        self.line(_("理由"), self.why)
        (self.strategy if customer_no else self.person.line).setFocus()

    def _taken(self, hit: CustomerHit) -> None:
        self.customer_no = hit.customer_no
        self._look()

    def _typed(self) -> None:
        self.customer_no = ""
        self.cause.clear()

    def _look(self) -> None:
        """Show the cause that was confirmed, or why he is not won back now."""
        number, room = self.customer_no, self.workbench.outreach.win_backs
        self.tasks.run(lambda: room.of(number), self._show, owner=self)

    def _show(self, view: WinBackView) -> None:
        words = _("{cause};应当{strategy}").format(cause=view.cause_words, strategy=view.strategy_words)
        self.cause.setText(view.refused or words)
        self.yes.setEnabled(not view.refused)

    def answer(self) -> None:
        """Begin it; a customer that is still being typed is looked for first."""
        if not self.customer_no and self.person.take():
            return
        if not self.customer_no:
            self.say(_("请先选一位客户。"))
            self.person.line.setFocus()
            return
        number, room = self.customer_no, self.workbench.outreach.win_backs
        new = NewWinBack(self.strategy.code(), self.why.text())
        self.write(lambda: room.open(number, new).change, _("已开始赢回。"))


class WinBackFileDialog(FormDialog):
    """What we failed at, as the book tells it, each to be ticked where it is so; the need that is the entry."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        case: WinBack,
        view: WinBackView,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, tasks, _("赢回:核对和要办的事"), _("记下"), parent)
        self.case = case
        rules = workbench.rules
        gone = [one for one in case.gaps if one.key not in {gap.key for gap in view.gaps}]
        self.gaps: dict[str, QCheckBox] = {}
        ticked = {one.key for one in case.gaps}
        for one in (*view.gaps, *gone):
            box = QCheckBox(one.words)
            box.setChecked(one.key in ticked)
            self.gaps[one.key] = box
        listed = (
            column(*self.gaps.values())
            if self.gaps
            else column(label(_("账本里没有看到服务空白。"), wrap=True))
        )
        if view.untold:
            listed.addWidget(label(view.untold, "second", wrap=True))
        listed.setContentsMargins(0, 0, 0, 0)
        box_of = QWidget()
        box_of.setLayout(listed)
        codes = (("", _("还不知道")), *((one, rules.text(f"winback.entry.{one}")) for one in ENTRIES))
        self.entry = ChoiceButtons(codes, 4)
        self.entry.take(case.entry)
        self.need = QLineEdit(case.need)
        self.need.setPlaceholderText(_("客户自己说的,例如:孩子九月出国,要换汇"))
        self.line(_("属实的勾上"), box_of)
        self.line(_("要办的事"), self.entry)
        self.line(_("怎么说的"), self.need)

    def answer(self) -> None:
        """Write it down."""
        keys = tuple(key for key, box in self.gaps.items() if box.isChecked())
        new = replace(as_typed(self.case), gaps=keys, entry=self.entry.code(), need=self.need.text())
        room, number = self.workbench.outreach.win_backs, self.case.id
        self.write(lambda: room.change(number, new), _("赢回档案已记下。"))


class RivalDialog(FormDialog):
    """The money there, and the four facts of the comparison with source and day."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, case: WinBack, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("赢回:在他行的钱"), _("记下"), parent)
        self.case = case
        typed = as_typed(case)
        self.fields = {
            name: QLineEdit(str(getattr(typed, name)))
            for name in ("rival", "rival_product", "rival_rate", "rival_amount", "rival_from", "rival_due")
        }
        hints = {
            "rival_rate": _("百分数,例如 1.85"), "rival_amount": _("元,例如 200000"),
            "rival_from": "2026-08-08", "rival_due": "2026-12-20",
        }  # fmt: skip
        for name, hint in hints.items():
            self.fields[name].setPlaceholderText(hint)
        self.line(_("对方银行"), self.fields["rival"])
        self.line(_("产品"), self.fields["rival_product"])
        self.line(_("年利率"), self.fields["rival_rate"])
        self.line(_("金额"), self.fields["rival_amount"])
        self.line(_("起息日"), self.fields["rival_from"])
        self.line(_("到期日"), self.fields["rival_due"])
        self.facts: dict[str, tuple[QLineEdit, QLineEdit, QLineEdit]] = {}
        known = {one.side: one for one in case.facts}
        for side in SIDES:
            fact = known.get(side)
            parts = (
                QLineEdit(fact.words if fact else ""),
                QLineEdit(fact.source if fact else ""),
                QLineEdit(fact.date if fact else ""),
            )
            for part, hint in zip(parts, (_("对方怎样"), _("出处"), today().isoformat()), strict=True):
                part.setPlaceholderText(hint)
            self.facts[side] = parts
            box = QWidget()
            line = row(*parts)
            line.setContentsMargins(0, 0, 0, 0)
            line.setStretch(0, 2)
            line.setStretch(1, 1)
            box.setLayout(line)
            self.line(workbench.rules.text(f"winback.fact.{side}"), box)

    def answer(self) -> None:
        """Write it down."""
        facts = tuple(
            RivalFact(side, words.text(), source.text(), date.text())
            for side, (words, source, date) in self.facts.items()
        )
        typed = {name: field.text() for name, field in self.fields.items()}
        new = replace(
            as_typed(self.case),
            rival=typed["rival"],
            rival_product=typed["rival_product"],
            rival_rate=typed["rival_rate"],
            rival_amount=typed["rival_amount"],
            rival_from=typed["rival_from"],
            rival_due=typed["rival_due"],
            facts=facts,
        )
        room, number = self.workbench.outreach.win_backs, self.case.id
        self.write(lambda: room.change(number, new), _("赢回档案已记下。"))


class ApologyDialog(FormDialog):
    """The one apology and the small service promised with it, which stands among the promises."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, case: WinBack, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("赢回:道一次歉"), _("记下"), parent)
        self.case = case
        self.words, self.recovery, self.by = QLineEdit(), QLineEdit(), QLineEdit()
        self.words.setPlaceholderText(_("为哪件事,例如:到期没有提前告诉您"))
        self.recovery.setPlaceholderText(_("补一件小服务,例如:补打一年的对账单;没有就空着"))
        self.by.setPlaceholderText(_("哪天办好,例如 {day}").format(day=today().isoformat()))
        self.line(_("道歉"), self.words)
        self.line(_("补救"), self.recovery)
        self.line(_("哪天前"), self.by)

    def answer(self) -> None:
        """Write it down; what was promised stands on 本周 and 今日 by its day."""
        room, number = self.workbench.outreach.win_backs, self.case.id
        words, recovery, by = self.words.text(), self.recovery.text(), self.by.text()
        self.write(lambda: room.apologise(number, words, recovery, by), _("道歉已记下,答应的事按日子提醒。"))


class WinBackEndDialog(FormDialog):
    """How it ended: won back, which a newer list has to show, or given up with the reason."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, case: WinBack, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("结束赢回"), _("结束"), parent)
        self.case = case
        rules = workbench.rules
        self.state = ChoiceButtons(
            tuple((one, rules.text(f"winback.state.{one}")) for one in ("won", "given_up"))
        )
        self.state.take("won" if case.won.fen else "given_up")
        self.why = QLineEdit()
        self.why.setPlaceholderText(_("不再争取的理由,例如:客户已搬到外地"))
        self.line(_("转回"), label(case.won.words, wrap=True))
        self.line(_("结果"), self.state)
        self.line(_("理由"), self.why)

    def answer(self) -> None:
        """End it."""
        room, number = self.workbench.outreach.win_backs, self.case.id
        won, why = self.state.code() == "won", self.why.text()
        self.write(lambda: room.end(number, won=won, why=why), _("赢回已结束。"))
