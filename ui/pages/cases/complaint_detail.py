"""One complaint beside the list: level, clocks, the six steps, what to say next and what never, how it ended."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from ui.pages.cases.complaint_columns import level_words
from ui.tasks import Tasks
from ui.widgets.parts import Card, column, flow, label
from ui.widgets.words_line import WordsLine
from ui.words import who
from workbench.base.i18n import _, commas, semicolons, sentences
from workbench.outreach.complaints.complaint import Complaint
from workbench.outreach.complaints.documents import next_words
from workbench.outreach.complaints.turning import TurnOffer
from workbench.outreach.complaints.words import STEPS, step_name
from workbench.outreach.playbook.choosing import ScriptChoice
from workbench.outreach.words import Words

if TYPE_CHECKING:
    from workbench.app import Workbench


class ComplaintDetail(QWidget):
    """Filled with a complaint, then with the words for its next step once they are read."""

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__()
        self._rules = workbench.rules
        self._customer = ""
        self.head = label("", "heading", wrap=True)
        self.level = label("", "todo", wrap=True)
        self.unknown = label("", "second", wrap=True)
        self.avoiding = label("", "todo", wrap=True)
        self.content = label("", "", wrap=True)
        self.next = label("", "heading", wrap=True)
        self.words = WordsLine(workbench, tasks)
        self.never = label("", "todo", wrap=True)
        self.clocks, self.steps, self.ended = Card(_("时限")), Card(_("六步")), Card(_("结果"))
        inside = column(
            self.head, self.level, self.unknown, self.avoiding, self.content, self.next, self.words, self.never, self.clocks,
            self.steps, self.ended, None,
        )  # fmt: skip
        inside.setContentsMargins(0, 0, 6, 0)
        whole = column(flow(inside))
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)

    def fill(self, one: Complaint) -> None:
        """Show what is known of it."""
        rules = self._rules
        self._customer = one.customer_no
        about = (who(one.name, one.customer_no), one.no, one.category_word, one.channel_word, one.received)
        self.head.setText(" · ".join(filter(None, about)))
        words = _("{level}:{why}。{do}。")
        self.level.setText(
            words.format(
                level=level_words(one, rules),
                why=one.level.reason,
                do=rules.text(f"complaint.do.{one.level.code}"),
            )
        )
        _show(self.unknown, semicolons(one.level.unknown) if one.state != "closed" else "")
        _show(self.avoiding, one.avoiding)
        _show(self.content, _record(one))
        following = next_words(one, rules)
        _show(self.next, _("下一步 {what}").format(what=following) if following else "")
        self.words.fill(None, Words())
        self.never.hide()
        self._fill_clocks(one)
        self._fill_steps(one)
        self._fill_ended(one, None)

    def show_words(self, choice: ScriptChoice) -> None:
        """The words of the playbook for the next step, and what is never said."""
        best = choice.best
        if best is None:
            return
        self.words.fill(self._customer, Words(best.text, script=best.script.id, why=best.reason))
        # what the script says, and the first of what his portrait says: that of the complaint
        never = best.unsaid[: len(best.script.never) + 1]
        _show(self.never, _("禁忌:{words}").format(words=semicolons(never)) if never else "")

    def show_turn(self, one: Complaint, offer: TurnOffer) -> None:
        """Whether the talk may turn to more."""
        self._fill_ended(one, offer)

    def _fill_clocks(self, one: Complaint) -> None:
        rules, card = self._rules, self.clocks
        card.clear()
        shown = (*one.clocks.both, *([one.clocks.follow] if one.clocks.follow is not None else []))
        for clock in shown:
            words = _("{name}({basis}):{words}").format(
                name=rules.text(f"complaint.clock.{clock.code}"), basis=clock.basis, words=clock.words
            )
            card.body.addWidget(label(words, "alarm" if clock.state == "overdue" else "", wrap=True))
        if one.extension is not None:
            words = _("已按“{kind}”延期,{who} {day} 批准。")
            kind = rules.text(f"complaint.extension.{one.extension}")
            card.body.addWidget(
                label(words.format(kind=kind, who=one.approved_by, day=one.approved), "second", wrap=True)
            )
        card.body.addWidget(label(_("法定按自然日算,周末和节假日都算;内部按工作日算。"), "second", wrap=True))

    def _fill_steps(self, one: Complaint) -> None:
        card = self.steps
        card.clear()
        card.setVisible(one.filed)
        for step in one.steps:
            head = " ".join(filter(None, (step_name(step.step), step.at, step.by)))
            card.body.addWidget(label(f"{head}:{step.note}", "", wrap=True))
        missing = [step_name(step) for step in STEPS if step not in one.taken]
        if missing:
            card.body.addWidget(
                label(_("还没有记:{steps}").format(steps=commas(missing)), "second", wrap=True)
            )

    def _fill_ended(self, one: Complaint, offer: TurnOffer | None) -> None:
        card, rules = self.ended, self._rules
        card.clear()
        card.setVisible(one.state == "closed")
        marks = _("{n} 分").format(n=one.satisfaction) if one.satisfaction is not None else _("没有记")
        lines = [
            (_("方案"), one.solution or one.outcome),
            (_("满意度"), marks),
            (_("根因"), one.root_cause),
            (_("整改"), one.mending),
        ]
        for name, text in lines:
            if text:
                card.body.addWidget(label(_("{name}:{text}").format(name=name, text=text), "", wrap=True))
        if one.before is not None or one.after is not None:
            words = _("情绪温度 {before} → {after}")
            told = words.format(before=one.before or "—", after=one.after or "—")
            card.body.addWidget(label(told, "", wrap=True))
        if offer is not None and one.filed:
            may = _("转机:可以谈了,{why}") if offer.state == "may" else _("转机:现在不谈,{why}")
            first = (offer.first,) if offer.state == "may" else ()
            if offer.state == "may" and not offer.first:
                first = (rules.text("complaint.turn.first.any"),)
            card.body.addWidget(
                label(sentences((may.format(why=offer.why) + _("。"), *first)), "todo", wrap=True)
            )


def _record(one: Complaint) -> str:
    """What was said, wanted and found."""
    parts = (
        (_("经过"), one.content), (_("诉求"), one.demand), (_("查明的事实"), one.facts), (_("责任"), one.blame),
        (_("承办人"), one.owner), (_("被投诉人"), one.against),
    )  # fmt: skip
    return "\n".join(_("{name}:{text}").format(name=name, text=text) for name, text in parts if text)


def _show(line: QLabel, words: str) -> None:
    line.setText(words)
    line.setVisible(bool(words))
