"""One loss at the right of the list: facts with their dates, what nobody knows, the three choices, what was agreed."""

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.widgets.parts import column, empty, label
from ui.words import who
from workbench.base.i18n import _, headed, semicolons
from workbench.outreach.losses.loss import LossCase, LossTalk
from workbench.outreach.losses.words import emotion_name, trouble_name
from workbench.rules.parameters import Rules


class LossDetail(QWidget):
    """Shows a talk; blank while there is none."""

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self._rules = rules
        self.heading = label("", "heading", wrap=True)
        self.stopped = label("", "todo", wrap=True)
        self.grounds = label("", wrap=True)
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(12)
        self.facts.setVerticalSpacing(4)
        self.facts.setColumnStretch(1, 1)
        self.unknown = label("", "second", wrap=True)
        self.choices = label("", wrap=True)
        self.case = label("", "todo", wrap=True)
        inside = column(
            self.heading,
            self.stopped,
            self.grounds,
            self.case,
            self.facts,
            self.unknown,
            self.choices,
            spacing=8,
        )
        inside.addStretch(1)
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inside)
        self.show_talk(None)

    def show_talk(self, talk: LossTalk | None) -> None:
        """Show it, None for nothing."""
        empty(self.facts)
        self.setVisible(talk is not None)
        if talk is None:
            return
        self.heading.setText(f"{who(talk.person.name, talk.person.customer_no)} · {talk.held.name}")
        self._put(self.stopped, talk.stopped)
        self._put(self.grounds, semicolons(one.sentence for one in talk.grounds))
        self._put(self.case, case_words(talk.case, self._rules) if talk.case is not None else "")
        for at, fact in enumerate(one for one in talk.facts if one.words):
            self.facts.addWidget(label(fact.name, "second"), at, 0)
            self.facts.addWidget(label(fact.words, wrap=True), at, 1)
            self.facts.addWidget(label(fact.as_of, "second"), at, 2)
        self._put(self.unknown, "\n".join(talk.unknown))
        open_choice = not talk.stopped and (talk.case is None or talk.case.agreed is None)
        self._put(self.choices, choice_words(talk) if open_choice else "")

    @staticmethod
    def _put(line: QLabel, words: str) -> None:
        line.setText(words)
        line.setVisible(bool(words))


def choice_words(talk: LossTalk) -> str:
    """Each choice with its conditions, else why it may not be chosen."""
    return "\n".join(
        headed(one.name, semicolons(one.conditions))
        if one.offered
        else headed(one.name, _("现在不能选:{why}").format(why=one.why))
        for one in talk.choices
    )


def case_words(case: LossCase, rules: Rules) -> str:
    """How far a case has come, in a few sentences."""
    heard = " · ".join(filter(None, (emotion_name(case.emotion), trouble_name(case.trouble))))
    state = rules.text(f"loss.state.{case.state}")
    lines = [f"{_('{day}开始').format(day=case.opened)} · {state}" + (f" · {heard}" if heard else "")]
    if case.choice:
        lines.append(headed(rules.text(f"loss.choice.{case.choice}"), case.condition))
    elif case.condition:
        lines.append(case.condition)
    if case.redemption:
        lines.append(_("赎回:{how}").format(how=case.redemption))
    if case.follow is not None and case.state == "agreed":
        steps = (
            (_("第一次回访"), case.follow.week, case.week_done),
            (_("第二次回访"), case.follow.month, case.month_done),
            (_("复看"), case.follow.review, case.reviewed),
        )
        lines.append(
            semicolons(
                _("{what} {day} 已做").format(what=what, day=done) if done else f"{what} {day}" for what, day, done in steps
            )
        )  # fmt: skip
    return "\n".join(lines)
