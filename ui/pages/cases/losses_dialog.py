"""A talk about a loss, step by step: how he feels and what he wants, the words for it, facts, causes, what he chooses under which
conditions; one who doubts, asks for compensation or wants his money is led there instead of to the choices."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget

from ui.copy_words import copy_words
from ui.tasks import Tasks
from ui.theme import px
from ui.widgets.choice import ChoiceButtons
from ui.widgets.fitting import grow
from ui.widgets.form import FormDialog
from ui.widgets.parts import button, column, date_edit, label, row
from ui.widgets.wrapped import Strip
from workbench.base.dates import today
from workbench.base.i18n import _, semicolons
from workbench.outreach.losses.loss import LossTalk
from workbench.outreach.losses.recording import (
    LossAgreement,
    LossEscalation,
    LossNotes,
    LossOutcome,
    LossRedemption,
)
from workbench.outreach.losses.words import emotions, troubles, wanted_words
from workbench.outreach.playbook.choosing import ScriptChoice
from workbench.outreach.words import Words
from workbench.rules.contact_codes import codes

if TYPE_CHECKING:
    from workbench.app import Workbench

#: rows of a field for several sentences
_TALL = 62


class LossTalkDialog(FormDialog):
    """Everything that is heard, read out and agreed upon, in the order of the six steps; Enter in the last field keeps it."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, talk: LossTalk, parent: QWidget | None = None
    ) -> None:
        person, rules = talk.person, workbench.rules
        super().__init__(
            workbench, tasks, _("亏损急救:{product}").format(product=talk.held.name), _("记下"), parent
        )
        self.talk, self._rules, case = talk, rules, talk.case
        self.setMinimumWidth(px(760))
        self._words = Words()
        channels = (("", _("这次没联系")), *codes("channels"))
        self.channel = ChoiceButtons(channels, 8)
        self.emotion = ChoiceButtons(tuple(emotions().items()), digits=_digits(emotions()), preset=False)
        self.trouble = ChoiceButtons(tuple(troubles().items()), 6, digits=_digits(troubles()), preset=False)
        self.spoken = label("", "todo", wrap=True)
        self.never = label("", "second", wrap=True)
        self.copy = button(_("复制话术"), self._copy, "act", tip="Ctrl+Shift+C")
        self.copy.setShortcut("Ctrl+Shift+C")
        self.facts = label(
            semicolons(" ".join(filter(None, (one.name, one.words, one.as_of))) for one in talk.facts if one.words),
            wrap=True,
        )  # fmt: skip
        self.flow = QLineEdit(case.texts.get("facts", "") if case else "")
        self.flow.setPlaceholderText(_("分红、中途加减:查到的写这里"))
        self.causes: dict[str, QPushButton] = {}
        for code in rules.words("loss.causes"):
            made = button(
                rules.text(f"loss.cause.{code}"), lambda: None, tip=rules.text(f"loss.cause.{code}.ask")
            )
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setChecked(case is not None and code in case.causes)
            self.causes[code] = made
        self.cause = QLineEdit(case.texts.get("cause", "") if case else "")
        self.cause.setPlaceholderText(_("各说一句,不推责任,不预测以后"))
        self.choice = ChoiceButtons(
            tuple((one.code, one.name) for one in talk.choices if one.offered), preset=False
        )
        self.not_offered = label("", "second", wrap=True)
        self.condition = QPlainTextEdit(case.condition if case else "")
        self.condition.setTabChangesFocus(True)
        self.condition.setFixedHeight(px(_TALL))
        self.condition.setPlaceholderText(_("选了什么、什么条件下改;不写涨跌"))
        review = (case.review_on if case else None) or talk.review_on
        self.review = date_edit(dt.date.fromisoformat(max(review, talk.review_on)), by_day=True)
        self.owner = QLineEdit()
        self.owner.setPlaceholderText(_("没有经手这笔产品的同事"))
        self.against = QLineEdit()
        self.against.setPlaceholderText(_("当时的经手人;不知道可以不写"))
        self.demand = QLineEdit()
        self.demand.setPlaceholderText(_("客户的原话,一字不改"))
        self.how = QLineEdit(case.redemption if case else "")
        self.how.setPlaceholderText(_("赎多少、哪天提交、扣不扣费用"))
        self.by = date_edit(today() + dt.timedelta(days=rules.whole("loss.week_days")), by_day=True)
        self._lay_out()
        self.emotion.chosen.connect(lambda _code: self._heard())
        self.trouble.chosen.connect(lambda _code: self._heard())
        self.choice.chosen.connect(self._chosen)
        if case is not None and case.emotion:
            self.emotion.take(case.emotion)
        if case is not None and case.trouble:
            self.trouble.take(case.trouble)
        self._customer_no = person.customer_no
        self._follow()
        self.channel.focus_checked()

    def _lay_out(self) -> None:
        text = self._rules.text
        self.line(_("联系方式"), self.channel)
        self.line(text("loss.step.feeling"), _stack(self.emotion, self.trouble))
        words = row(column(self.spoken, self.never, spacing=2), self.copy, spacing=8)
        words.setStretch(0, 1)
        words.setContentsMargins(0, 0, 0, 0)
        self._script = QWidget()
        self._script.setLayout(words)
        self.line("", self._script)
        self.line(text("loss.step.facts"), _stack(self.facts, self.flow))
        self._explaining = _stack(Strip(*self.causes.values(), gap=6), self.cause)
        self.line(text("loss.step.cause"), self._explaining)
        self._choosing = _stack(self.choice, self.not_offered)
        self._agreeing = _stack(self.condition, _pair(_("复看"), self.review))
        self._complaining = _stack(
            label(text("loss.lead.complaint"), "todo", wrap=True), _pair(_("承办人"), self.owner),
            _pair(_("投诉的是谁"), self.against), _pair(_("诉求"), self.demand),
        )  # fmt: skip
        self._redeeming = _stack(
            label(text("loss.bar.served"), "todo", wrap=True), _pair(_("怎么赎"), self.how), _pair(_("哪天到账"), self.by)
        )  # fmt: skip
        self.line(text("loss.step.choice"), _stack(self._choosing, self._complaining, self._redeeming))
        self.line(text("loss.step.agree"), self._agreeing)
        why = [f"{one.name}:{one.why}" for one in self.talk.choices if not one.offered]
        self.not_offered.setText(semicolons(why))
        self.not_offered.setVisible(bool(why))

    # -- what follows from what was heard --------------------------------------------------------------------

    @property
    def complains(self) -> bool:
        """Whether what he wants belongs to the complaint procedure, which has not got it yet."""
        return self.trouble.code() in self._rules.words("loss.to_complaint") and not self.stopped

    @property
    def redeems(self) -> bool:
        """Whether he wants his money."""
        return self.trouble.code() in self._rules.words("loss.to_serve") and not self.stopped

    @property
    def stopped(self) -> bool:
        """Whether the complaint procedure has the case."""
        return self.talk.case is not None and self.talk.case.stopped

    def _follow(self) -> None:
        open_choice = not (self.complains or self.redeems or self.stopped)
        self._choosing.setVisible(open_choice)
        self._show_line(self._agreeing, open_choice)
        self._show_line(self._explaining, not (self.complains or self.stopped))
        self._complaining.setVisible(self.complains)
        self._redeeming.setVisible(self.redeems)
        self.yes.setText(_("转投诉") if self.complains else _("登记赎回") if self.redeems else _("记下"))
        self._script.setVisible(bool(self.spoken.text()))
        grow(self)

    def _show_line(self, field: QWidget, on: bool) -> None:
        """Show or hide a field with its name."""
        at = self._grid.indexOf(field)
        name = self._grid.itemAtPosition(self._grid.getItemPosition(at)[0], 0)  # type: ignore[index]
        for one in (field, name.widget() if name is not None else None):
            if one is not None:
                one.setVisible(on)

    def _heard(self) -> None:
        """Look for the words for this emotion and trouble."""
        self._follow()
        emotion, trouble = self.emotion.code(), self.trouble.code()
        if not emotion or not trouble:
            return
        playbook = self.workbench.outreach.playbook
        self.tasks.run(
            lambda: playbook.for_customer(self._customer_no, wanted_words(emotion, trouble)),
            self._show_words, failed=lambda _error: None, owner=self, key=(self, "words"),
        )  # fmt: skip

    def _show_words(self, choice: ScriptChoice) -> None:
        best = choice.best
        if best is None:
            self._words = Words()
            why = choice.why_withheld()
            self.spoken.setText(why[0][0] if why else _("没有配好的话术,先听他说完。"))
            self.never.setText("")
        else:
            self._words = Words(best.text, script=best.script.id, scene=best.script.scene)
            self.spoken.setText(_("说:{words}").format(words=best.text))
            self.never.setText(semicolons(_(one) for one in best.script.never))
        self.copy.setVisible(best is not None)
        self.never.setVisible(bool(self.never.text()))
        self._follow()

    def _copy(self) -> None:
        copy_words(self.workbench, self.tasks, self._customer_no, self._words, self)

    def _chosen(self, code: str) -> None:
        """Propose the conditions of a choice, unless somebody wrote his own."""
        proposed: dict[str, str] = {one.code: "\n".join(one.conditions) for one in self.talk.choices}
        if self.condition.toPlainText().strip() in ("", *proposed.values()):
            self.condition.setPlainText(proposed[code])

    # -- keeping it ------------------------------------------------------------------------------------------

    def notes(self) -> LossNotes:
        """What was heard and written."""
        texts = {"facts": self.flow.text(), "cause": self.cause.text()}
        causes = tuple(code for code, made in self.causes.items() if made.isChecked())
        return LossNotes(self.emotion.code(), self.trouble.code(), causes, texts, self.channel.code())

    def outcome(self) -> LossOutcome | None:
        """What came of it; None where nothing was chosen yet."""
        if self.complains:
            return LossEscalation(self.owner.text(), self.demand.text(), self.against.text())
        if self.redeems:
            return LossRedemption(self.how.text(), self.by.date().toString("yyyy-MM-dd"))
        if self.stopped or not self.choice.code():
            return None
        words = semicolons(filter(None, (one.strip() for one in self.condition.toPlainText().splitlines())))
        return LossAgreement(self.choice.code(), words, self.review.date().toString("yyyy-MM-dd"))

    def answer(self) -> None:
        """Write it; who only listened chooses nothing yet."""
        room, held = self.workbench.outreach.losses, self.talk.held
        notes, outcome = self.notes(), self.outcome()
        done = _("记下了“{product}”的亏损急救。")
        if isinstance(outcome, LossEscalation):
            done = _("“{product}”转投诉了,停止劝说。")
        elif isinstance(outcome, LossAgreement):
            done = _("“{product}”约好了,回访和复看的日子已排上。")
        elif isinstance(outcome, LossRedemption):
            done = _("“{product}”的赎回登记了,到账那天会提醒。")
        write = partial(room.record, self._customer_no, held.key, notes, outcome)
        self.write(lambda: write().change, done.format(product=held.name))


def _digits(names: Iterable[str]) -> dict[str, str]:
    """Code -> its digit, in their order."""
    return {code: str(number) for number, code in enumerate(names, start=1)}


def _stack(*parts: QWidget) -> QWidget:
    """Parts one above the other, without a margin."""
    made = QWidget()
    inside = column(*parts, spacing=6)
    inside.setContentsMargins(0, 0, 0, 0)
    made.setLayout(inside)
    return made


def _pair(words: str, field: QWidget) -> QWidget:
    """A field behind its name."""
    made = QWidget()
    inside = row(label(words, "second"), field, spacing=8)
    inside.setStretch(1, 1)
    inside.setContentsMargins(0, 0, 0, 0)
    made.setLayout(inside)
    return made
