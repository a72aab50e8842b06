"""需求与目标: needs with class, reason and next step; what behaviour proposes; goals and the last meeting."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ui.pages.portrait.customer_page import CustomerPage
from ui.pages.portrait.meeting_dialog import prepare_meeting
from ui.pages.portrait.need_dialogs import (
    FamilyGoalDialog,
    FamilyGoalEndDialog,
    NeedDialog,
    NeedEndDialog,
    NeedEvidenceDialog,
)
from ui.pages.portrait.section import PartCard
from ui.widgets.form import FormDialog
from ui.widgets.parts import button, label, row
from ui.widgets.preview import PreviewDialog
from workbench.base.i18n import _, bracketed, headed, semicolons
from workbench.outreach.family_goals.goal import GoalCourse
from workbench.outreach.meetings.meeting import Meeting
from workbench.outreach.needs.judged import CustomerNeeds, JudgedNeed
from workbench.outreach.needs.proposing import NeedProposal
from workbench.people.privacy import masked_as

#: needs that are over, as shown: the last ones
_OVER = 3


@dataclass(frozen=True, slots=True)
class WantedByCustomer:
    """What a customer needs, saves for, and was last met about."""

    needs: CustomerNeeds
    goals: tuple[GoalCourse, ...]
    meetings: tuple[Meeting, ...]

    @property
    def summary(self) -> str:
        """In one line."""
        open_ = [one for one in self.needs.needs if one.need.open]
        behind = sum(one.state in ("behind", "over") for one in self.goals)
        parts = [_("{n} 条需求").format(n=len(open_)) if open_ else ""]
        if self.needs.proposals:
            parts.append(_("{n} 条线索待核实").format(n=len(self.needs.proposals)))
        if self.goals:
            parts.append(_("{n} 个目标").format(n=len(self.goals)))
        if behind:
            parts.append(_("{n} 个跟不上").format(n=behind))
        return " · ".join(filter(None, parts)) or _("还没有记下")


class NeedsCard(PartCard):
    """The needs of the customer of a page; N writes one down, G a goal, M prepares a meeting."""

    def __init__(self, page: CustomerPage) -> None:
        self._page = page
        self.add = button(_("记需求 N"), self._add, "act", tip="N")
        self.add_goal = button(_("记目标 G"), self._add_goal, "act", tip="G")
        self.meet = button(_("准备面谈 M"), self._meet, "act", tip="M")
        for one, key in ((self.add, "N"), (self.add_goal, "G"), (self.meet, "M")):
            one.setShortcut(key)
        super().__init__(_("需求"), self.add, self.add_goal, self.meet)
        self.wanted: WantedByCustomer | None = None

    def fill(self, wanted: WantedByCustomer | None) -> None:
        """Show the needs of a customer; None: not read yet."""
        self.clear()
        self.wanted = wanted
        if wanted is None:
            return
        over = [one for one in wanted.needs.needs if not one.need.open]
        for one in [one for one in wanted.needs.needs if one.need.open] + over[-_OVER:]:
            self._need(one)
        for proposal in wanted.needs.proposals:
            self._proposal(proposal)
        if not wanted.needs.needs and not wanted.needs.proposals:
            words = _("还没有记下需求。联系时听到什么,按 N 记一句。")
            self.body.addWidget(label(words, "second", wrap=True))
        self.body.addStretch(1)

    def _need(self, one: JudgedNeed) -> None:
        name = one.of.name if one.need.open else bracketed(one.of.name, one.state)
        self.body.addWidget(label(f"{name} · {_clean(one.need.text)}", "heading", wrap=True))
        self.body.addWidget(label(_clean(one.of.reason), "second", wrap=True))
        if behind := semicolons(filter(None, (one.triple, one.link))):
            self.body.addWidget(
                label(_clean(behind), "second", wrap=True, tip=_("客户、产品、场景,从哪里自然说起"))
            )
        if one.need.open:
            tip = "\n".join(one.step.cautions)
            stops = one.step.code in ("hold", "service")
            self.body.addWidget(
                label(f"→ {_clean(one.step.text)}", "todo" if stops else "", wrap=True, tip=tip)
            )
            for caution in one.step.cautions:
                self.body.addWidget(label(f"⚠ {caution}", "second", wrap=True))
            judge = button(
                _("改") if one.need.judged else _("判断"), partial(self._open, NeedDialog, one), "link"
            )
            acts = [judge]
            if one.need.judged:
                acts.append(button(_("记证据"), partial(self._open, NeedEvidenceDialog, one), "link"))
                acts.append(button(_("了结"), partial(self._open, NeedEndDialog, one), "link"))
            self.body.addLayout(row(*acts, label(one.loop, "second"), None))
        else:
            self.body.addWidget(label(_clean(one.loop), "second", wrap=True))

    def _proposal(self, one: NeedProposal) -> None:
        self.body.addWidget(label(_("线索 · {need}").format(need=one.text), "heading", wrap=True))
        dated = _("数据日期 {date}").format(date=one.as_of)
        self.body.addWidget(label(bracketed(one.why, dated), "second", wrap=True))
        step = _("→ 先不提:{limit}") if one.held else _("→ 问一句:“{question}”")
        words = step.format(limit=one.held, question=one.ask)
        self.body.addWidget(label(words, "todo" if one.held else "", wrap=True))
        number, room = self._page.customer_no, self._page.workbench.outreach.needs
        self.body.addLayout(
            row(
                button(
                    _("确认是需求"),
                    lambda: self._write(lambda: room.confirm(number, one), _("线索已记为需求。")),
                    "link",
                ),
                button(
                    _("不是"),
                    lambda: self._write(lambda: room.dismiss(number, one), _("线索已不采用。")),
                    "link",
                ),
                None,
            )
        )

    def _write(self, job: Callable[[], object], words: str) -> None:
        page = self._page
        page.tasks.write(job, words=words, failed=page.refused, owner=page)  # type: ignore[arg-type]

    def _open(self, kind: Callable[..., FormDialog], one: JudgedNeed) -> None:
        page = self._page
        page.trail.dialog = kind(page, one.need)
        page.trail.dialog.open()

    def _add(self) -> None:
        if self._page.customer_no:
            self._page.trail.dialog = NeedDialog(self._page)
            self._page.trail.dialog.open()

    def _add_goal(self) -> None:
        if self._page.customer_no:
            self._page.trail.dialog = FamilyGoalDialog(self._page)
            self._page.trail.dialog.open()

    def _meet(self) -> None:
        prepare_meeting(self._page)


class FamilyGoalsCard(PartCard):
    """What the customer saves for, with how it stands in boxes and words, and the last meeting with him."""

    nothing = "…"

    def __init__(self, page: CustomerPage) -> None:
        super().__init__(_("目标与面谈"))
        self._page = page

    def fill(self, wanted: WantedByCustomer | None) -> None:
        """Show the goals of a customer; None: not read yet."""
        self.clear()
        self.nothing = "" if wanted is not None and (wanted.goals or wanted.meetings) else "…"
        if wanted is None or self.nothing:
            return
        for one in wanted.goals:
            self.body.addWidget(label(_clean(one.words), "heading", wrap=True))
            if one.bar:
                self.body.addWidget(label(one.bar))
            role = "red" if one.state in ("behind", "over") else "second"
            self.body.addWidget(label(headed(one.name, one.line), role, wrap=True))
            self.body.addLayout(
                row(
                    button(_("改"), partial(self._goal, FamilyGoalDialog, one), "link"),
                    button(_("了结"), partial(self._goal, FamilyGoalEndDialog, one), "link"), None,
                )
            )  # fmt: skip
        for held in wanted.meetings[:1]:
            self._meeting(held)
        self.body.addStretch(1)

    def _meeting(self, held: Meeting) -> None:
        rules = self._page.workbench.rules
        self.body.addWidget(label(_("上次面谈 {date}").format(date=held.date), "heading"))
        for topic in held.topics:
            self.body.addWidget(label(_clean(topic), "second", wrap=True))
        for task in held.tasks:
            who = rules.text(f"meeting.who.{task.who}")
            by = _("{date} 前").format(date=task.by) if task.by else ""
            self.body.addWidget(label(_clean(" ".join(filter(None, (f"{who}:", task.text, by)))), wrap=True))
        self.body.addLayout(
            row(
                button(_("打印记录…"), lambda: self._print(held, customer=False), "link"),
                button(_("打印给客户的一份…"), lambda: self._print(held, customer=True), "link"), None,
            )
        )  # fmt: skip

    def _print(self, held: Meeting, *, customer: bool) -> None:
        page, workbench = self._page, self._page.workbench
        portrait = page.portrait
        if portrait is None:
            return

        def make() -> object:
            """The sheet of the record."""
            return workbench.sheets.meeting_pdf(
                workbench.outreach.meetings.prepare(portrait), held, customer=customer
            )

        page.trail.dialog = PreviewDialog(workbench, page.tasks, make, parent=page)  # type: ignore[arg-type]
        page.trail.dialog.open()

    def _goal(self, kind: Callable[..., FormDialog], one: GoalCourse) -> None:
        self._page.trail.dialog = kind(self._page, one.goal)
        self._page.trail.dialog.open()


def _clean(words: str) -> str:
    """What somebody typed, with telephones and identity numbers masked (domain 17)."""
    return masked_as("text", words)
