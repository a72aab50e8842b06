"""Short questions about needs and goals: what a customer wants and why we believe it, what he saves for, what came of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from ui.pages.portrait.customer_page import CustomerPage
from ui.widgets.choice import ChoiceButtons, Codes
from ui.widgets.form import FormDialog
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.outreach.family_goals.goal import FamilyGoal
from workbench.outreach.family_goals.room import NewFamilyGoal
from workbench.outreach.needs.need import CustomerNeed, NewNeed
from workbench.rules.parameters import Rules

_UNKNOWN = ""
_FLAGS = {"yes": True, "no": False}


class NeedDialog(FormDialog):
    """Writes down a need of the customer of a page, or what was learnt of one. Enter keeps; what nobody asked stays 不知道."""

    def __init__(self, page: CustomerPage, need: CustomerNeed | None = None) -> None:
        super().__init__(page.workbench, page.tasks, _("需求"), _("记下"), page)
        self.customer_no = page.customer_no
        self.need = need
        rules = page.workbench.rules
        unknown = (_UNKNOWN, _("不知道"))
        self.text = _entry(
            need.text if need else "", rules.whole("need.most"), _("客户要什么,例如:孩子明年留学")
        )
        self.evidence = ChoiceButtons(_codes(rules, "need.kind", ("said", "did", "paid", "again")))
        self.note = _entry("", rules.whole("need.note_most"), _("他怎么说、做了什么,可以不填"))
        self.consequence = ChoiceButtons((unknown, *_codes(rules, "need.consequence", ("high", "low"))))
        self.deadline = _day(need.deadline if need else None, _("不能动的日子,例如 2027-08-20;没有就空着"))
        self.elastic = ChoiceButtons((unknown, ("yes", _("可以等或看价格")), ("no", _("不能等"))))
        self.willing = ChoiceButtons((unknown, *_codes(rules, "need.willing", ("now", "later", "no"))))
        self.incentive = ChoiceButtons((unknown, ("no", _("不是")), ("yes", _("只为优惠"))))
        self.product = _entry(
            need.product if need else "", rules.whole("need.note_most"), _("可能用到的产品,可以不填")
        )
        self.scene = QComboBox()
        self.scene.setEditable(True)
        self.scene.addItem("", "")
        for code in rules.words("need.scenes"):
            self.scene.addItem(rules.text(f"need.scene.{code}"), code)
        self.step = _entry(
            need.next_step if need else "", rules.whole("need.note_most"), _("答应的下一步,可以不填")
        )
        self.by = _day(None, _("哪天前做到,例如 2026-12-04;填了就记为答应的事"))
        for words, field in (
            (_("需求"), self.text), (_("不办会怎样"), self.consequence), (_("最晚哪天"), self.deadline),
            (_("急不急"), self.elastic), (_("愿意办吗"), self.willing), (_("为什么要"), self.incentive),
            (_("场景"), self.scene), (_("产品"), self.product), (_("下一步"), self.step), (_("哪天前"), self.by),
        ):  # fmt: skip
            self.line(words, field)
        if need is None or not need.judged:
            self.line(_("证据"), self.evidence)
            self.line(_("说明"), self.note)
        if need is not None:
            self._show(need)
        self.text.setFocus()

    def _show(self, need: CustomerNeed) -> None:
        self.consequence.take(need.consequence or _UNKNOWN)
        self.willing.take(need.willing or _UNKNOWN)
        self.elastic.take(_word(need.elastic))
        self.incentive.take(_word(need.incentive))
        place = self.scene.findData(need.scene) if need.scene else 0
        if place >= 0:
            self.scene.setCurrentIndex(place)
        else:
            self.scene.setEditText(need.scene)

    def given(self) -> NewNeed:
        """What was entered."""
        words = self.scene.currentText().strip()
        place = self.scene.findText(words, Qt.MatchFlag.MatchExactly)
        need = self.need
        heard = need if need is not None and not need.judged else None
        return NewNeed(
            self.text.text(), self.evidence.code(), heard.made if heard else None, self.note.text(),
            self.consequence.code() or None, self.deadline.text(), need.alternatives if need else "",
            self.willing.code() or None, _FLAGS.get(self.incentive.code()), _FLAGS.get(self.elastic.code()),
            self.product.text(), str(self.scene.itemData(place)) if place >= 0 else words, self.step.text(), self.by.text(),
            heard.touch_id if heard else None,
        )  # fmt: skip

    def answer(self) -> None:
        """Keep it."""
        room, number, need, new = self.workbench.outreach.needs, self.customer_no, self.need, self.given()
        if need is None or not need.judged:
            self.write(lambda: room.record(number, new), _("需求已记下。"))
        else:
            self.write(lambda: room.change(need.id, new), _("需求已改。"))


class NeedEvidenceDialog(FormDialog):
    """Writes down what speaks for a need, or against it."""

    def __init__(self, page: CustomerPage, need: CustomerNeed) -> None:
        super().__init__(page.workbench, page.tasks, _("需求的证据"), _("记下"), page)
        self.need = need
        rules = page.workbench.rules
        self.kind = ChoiceButtons(_codes(rules, "need.kind", ("did", "paid", "again", "said", "against")))
        self.date = _day(today().isoformat(), "")
        self.note = _entry("", rules.whole("need.note_most"), _("看到什么,例如:来问过购汇手续"))
        self.line(_("证据"), self.kind)
        self.line(_("哪天"), self.date)
        self.line(_("说明"), self.note)
        self.kind.focus_checked()

    def answer(self) -> None:
        """Keep it."""
        room, need = self.workbench.outreach.needs, self.need.id
        kind, date, note = self.kind.code(), self.date.text(), self.note.text()
        self.write(lambda: room.add_evidence(need, kind, date or None, note), _("证据已记下。"))


class NeedEndDialog(FormDialog):
    """Closes a need, with what came of it."""

    def __init__(self, page: CustomerPage, need: CustomerNeed) -> None:
        super().__init__(page.workbench, page.tasks, _("了结需求"), _("了结"), page)
        self.need = need
        rules = page.workbench.rules
        self.state = ChoiceButtons(_codes(rules, "need.state", ("met", "dropped")))
        self.outcome = _entry("", rules.whole("need.note_most"), _("结果怎样,例如:办了购汇 3 万"))
        self.line(_("结果"), self.state)
        self.line(_("说明"), self.outcome)
        self.state.focus_checked()

    def answer(self) -> None:
        """Keep it."""
        room, need, state, outcome = (
            self.workbench.outreach.needs, self.need.id, self.state.code(), self.outcome.text(),
        )  # fmt: skip
        self.write(lambda: room.end(need, state, outcome), _("需求已了结。"))


class FamilyGoalDialog(FormDialog):
    """Writes down what a customer saves for, or brings it up to date; what nobody asked stays empty."""

    def __init__(self, page: CustomerPage, goal: FamilyGoal | None = None) -> None:
        super().__init__(page.workbench, page.tasks, _("客户的目标"), _("记下"), page)
        self.customer_no = page.customer_no
        self.goal = goal
        rules = page.workbench.rules
        self.kind = ChoiceButtons(_codes(rules, "family_goal.kind", rules.words("family_goal.kinds")))
        named = goal is not None and goal.name != rules.text(f"family_goal.kind.{goal.kind}")
        self.name = _entry(
            goal.name if goal is not None and named else "",
            rules.whole("family_goal.name_most"),
            _("例如:女儿大学学费"),
        )
        self.amount = _entry(_yuan(goal.amount if goal else None), 20, _("要多少钱,例如 30万"))
        self.due = _day(goal.due if goal else None, _("哪天要用,例如 2029-09-01"))
        self.aside = _entry(_yuan(goal.set_aside if goal else None), 20, _("已经备了多少,没问就空着"))
        self.monthly = _entry(_yuan(goal.monthly if goal else None), 20, _("每月备多少,没问就空着"))
        for words, field in (
            (_("目标"), self.kind), (_("名字"), self.name), (_("金额(元)"), self.amount), (_("哪天要用"), self.due),
            (_("已备(元)"), self.aside), (_("每月备(元)"), self.monthly),
        ):  # fmt: skip
            self.line(words, field)
        if goal is not None:
            self.kind.take(goal.kind)
        self.amount.setFocus()

    def answer(self) -> None:
        """Keep it; an amount put aside that was not changed keeps its day."""
        room, number, goal = self.workbench.outreach.family_goals, self.customer_no, self.goal
        same = goal is not None and self.aside.text().strip() == _yuan(goal.set_aside)
        on = (goal.set_aside_on or "") if goal is not None and same else ""
        new = NewFamilyGoal(
            self.kind.code(), self.name.text(), self.amount.text(), self.due.text(), self.aside.text(), on,
            self.monthly.text(), goal.note if goal else "",
        )  # fmt: skip
        if goal is None:
            self.write(lambda: room.record(number, new), _("目标已记下。"))
        else:
            self.write(lambda: room.change(goal.id, new), _("目标已改。"))


class FamilyGoalEndDialog(FormDialog):
    """Closes a goal: reached, or given up."""

    def __init__(self, page: CustomerPage, goal: FamilyGoal) -> None:
        super().__init__(page.workbench, page.tasks, _("了结目标"), _("了结"), page)
        self.goal = goal
        self.state = ChoiceButtons((("reached", _("备足了")), ("dropped", _("不备了"))))
        self.line(_("结果"), self.state)
        self.state.focus_checked()

    def answer(self) -> None:
        """Keep it."""
        room, goal, reached = (
            self.workbench.outreach.family_goals,
            self.goal.id,
            self.state.code() == "reached",
        )
        self.write(lambda: room.end(goal, reached=reached), _("目标已了结。"))


def _codes(rules: Rules, key: str, codes: Sequence[str]) -> Codes:
    return tuple((code, rules.text(f"{key}.{code}")) for code in codes)


def _word(flag: bool | None) -> str:
    return _UNKNOWN if flag is None else "yes" if flag else "no"


def _entry(text: str, most: int, hint: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setMaxLength(most)
    made.setPlaceholderText(hint)
    return made


def _day(day: str | None, hint: str) -> QLineEdit:
    return _entry(day or "", 10, hint)


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen / 100:.2f}".removesuffix(".00")
