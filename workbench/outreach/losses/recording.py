"""What is written of a talk about a loss: one change each, undoable, with the contact it was, and what came of it: an agreement,
a redemption that was registered, or a complaint."""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from db.cases import loss_cases
from db.journal import Writer
from db.values import Value
from workbench.base.dates import days_after, today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, semicolons
from workbench.insight.products.losses import HeldProduct
from workbench.outreach.contacts import NewContact, put_contacts
from workbench.outreach.losses.choices import LossChoice
from workbench.outreach.losses.loss import LossCase
from workbench.outreach.losses.words import emotions, trouble_name, troubles
from workbench.outreach.promises.room import checked_day, put_promise
from workbench.people.red_words import lines_in_force
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import hold

#: the steps that something is written at
STEPS = ("feeling", "facts", "cause", "choice", "agree", "follow")
#: what is read to the customer or signed by him: no promise may stand in it
_SPOKEN = frozenset(("choice", "agree"))


@dataclass(frozen=True, slots=True)
class LossNotes:
    """What was heard and written: `emotion`, `trouble`, `causes` are codes, '' or () keep what stands; `texts`: step -> words.
    `channel`: by which (code or word) he was reached on `date` (ISO, None: today); '' where this is no contact."""

    emotion: str = ""
    trouble: str = ""
    causes: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    channel: str = ""
    date: str | None = None


@dataclass(frozen=True, slots=True)
class LossAgreement:
    """What he chose (code, '' where none of the three can be offered), under which conditions ('': those proposed), and the day
    (ISO, '': the usual one) on which it is looked at again."""

    choice: str
    condition: str = ""
    review_on: str = ""


@dataclass(frozen=True, slots=True)
class LossRedemption:
    """He wants his money: how it is done and by which day (ISO) he is told that it has arrived."""

    how: str
    by: str


@dataclass(frozen=True, slots=True)
class LossEscalation:
    """He doubts the advice or asks for compensation: who settles the complaint, whom it is about ('' not known), what he demands
    in his own words, and his temperature 1 to 5."""

    owner: str
    demand: str
    against: str = ""
    before: int | None = None


LossOutcome = LossAgreement | LossRedemption | LossEscalation


def summary_of(outcome: LossOutcome | None) -> str:
    """What the change is called by what came of the talk."""
    if isinstance(outcome, LossAgreement):
        return "agree"
    if isinstance(outcome, LossRedemption):
        return "redeem"
    return "record" if outcome is None else "escalate"


@dataclass(frozen=True, slots=True)
class LossRecord:
    """Writes what was said of one product with one customer; `case`: what stands of it, None: it begins now; `choices`: what may
    be chosen, asked for the trouble that is written."""

    rules: Rules
    customer_no: str
    held: HeldProduct
    case: LossCase | None
    choices: Callable[[], Sequence[LossChoice]]

    def put(self, writer: Writer, notes: LossNotes, outcome: LossOutcome | None) -> int:
        """Write it; the id of the case. Raises WorkbenchError loss_escalated, loss_closed, no_such_word, too_long, red_line,
        must_escalate, must_redeem, not_offered, bad_date, past_date, review_too_late, no_owner, and as `put_contacts` and
        `open_in`."""
        case = self.case
        if case is not None and case.stopped and outcome is not None:
            raise _stopped()
        trouble = notes.trouble or (case.trouble if case else "")
        self._check_words(writer, notes, trouble)
        self._check_way(trouble, outcome)
        row: dict[str, Value] = {"body": json.dumps(self._body(notes, outcome), ensure_ascii=False)}
        if notes.emotion:
            row["emotion"] = notes.emotion
        if trouble:
            row["trouble"] = trouble
        if isinstance(outcome, LossAgreement):
            row |= self._agreement(writer, outcome)
        elif isinstance(outcome, LossRedemption):
            row |= self._redemption(writer, outcome)
        elif isinstance(outcome, LossEscalation):
            row |= self._escalation(writer, outcome, trouble, notes)
        elif case is None:
            row["state"] = "open"
        if notes.channel:
            self._contact(writer, notes)
        if case is not None:
            writer.update(loss_cases, case.id, row)
            return case.id
        return writer.insert(loss_cases, [self._begun() | row])[0]

    # -- parts ---------------------------------------------------------------------------------------------

    def _begun(self) -> dict[str, Value]:
        held = self.held
        return {
            "customer_id": held.customer_id, "product": held.name, "product_code": held.code or None,
            "opened": today().isoformat(), "as_of": held.as_of, "risk": held.risk, "cost": held.cost, "value": held.value,
            "loss": held.loss, "emotion": None, "trouble": None, "choice": None, "condition": None, "agreed": None,
            "review_on": None, "week_done": None, "month_done": None, "state": "open", "complaint_id": None, "ended": None,
        }  # fmt: skip

    def _body(self, notes: LossNotes, outcome: LossOutcome | None) -> dict[str, object]:
        case = self.case
        held = case.held if case else self.held  # the facts stay those of the day on which it began
        texts = {**(case.texts if case else {}), **{k: v.strip() for k, v in notes.texts.items()}}
        redemption = outcome.how.strip() if isinstance(outcome, LossRedemption) else ""
        return {
            "facts": {
                "profit": held.profit, "nav": held.nav, "matures": held.matures, "term_days": held.term_days,
                "opens": held.opens, "benchmark": held.benchmark,
            },
            "texts": {step: words for step, words in texts.items() if words},
            "causes": list(notes.causes or (case.causes if case else ())),
            "redemption": redemption or (case.redemption if case else ""),
        }  # fmt: skip

    def _check_words(self, writer: Writer, notes: LossNotes, trouble: str) -> None:
        known = [
            (notes.emotion, emotions()), (trouble, troubles()),
            *((cause, self.rules.words("loss.causes")) for cause in notes.causes),
            *((step, STEPS) for step in notes.texts),
        ]  # fmt: skip
        for word, codes in known:
            if word and word not in codes:
                raise WorkbenchError(
                    "no_such_word", _("没有“{word}”这一种。").format(word=word), _("请从列出的里面选。")
                )
        lines = lines_in_force(writer.conn)
        for step, words in notes.texts.items():
            name = self.rules.text(f"loss.step.{step}")
            self._short(words, name)
            if step in _SPOKEN:
                hold(words, name, lines, scene="loss")

    def _short(self, words: str, name: str) -> None:
        most = self.rules.whole("loss.words_most")
        if len(words.strip()) > most:
            raise WorkbenchError(
                "too_long",
                _("{what}有 {n} 个字,最多 {most} 个字。").format(what=name, n=len(words.strip()), most=most),
                _("请写短一些再记下。"),
            )

    def _check_way(self, trouble: str, outcome: LossOutcome | None) -> None:
        """What he demands decides what may come of it."""
        stopped = self.case is not None and self.case.stopped
        if trouble in self.rules.words("loss.to_complaint") and not stopped:
            if not isinstance(outcome, LossEscalation):
                words = _("“{trouble}”要登记成投诉,不能当作亏损急救。").format(trouble=trouble_name(trouble))
                raise WorkbenchError("must_escalate", words, _("请转投诉:写由谁承办、客户的原话。"))
        elif trouble in self.rules.words("loss.to_serve") and isinstance(outcome, LossAgreement):
            raise WorkbenchError(
                "must_redeem", _("客户要求赎回,登记照办,不谈留、减、退。"), _("请登记赎回:怎么赎、哪天到账。")
            )

    def _contact(self, writer: Writer, notes: LossNotes) -> None:
        note = _("亏损急救:{product}").format(product=self.held.name)
        contact = NewContact(self.customer_no, notes.channel, "reached", notes.date, note=note)
        for error in put_contacts(writer, [contact], self.rules).refused.values():
            raise error

    def _agreement(self, writer: Writer, what: LossAgreement) -> dict[str, Value]:
        choices = self.choices()
        chosen = next((one for one in choices if one.code == what.choice), None)
        if chosen is None and (what.choice or any(one.offered for one in choices)):
            raise WorkbenchError(
                "no_choice", _("没有写选了哪一种。"), _("请选:留着、减一部分、分批退,由客户定。")
            )
        if chosen is not None and not chosen.offered:
            raise WorkbenchError(
                "not_offered",
                _("“{choice}”现在不能选:{why}。").format(choice=chosen.name, why=chosen.why),
                _("请在能选的里面由客户定。"),
            )
        condition = what.condition.strip() or (semicolons(chosen.conditions) if chosen else "")
        name = _("约定的条件")
        if what.condition.strip():
            self._short(condition, name)
        hold(condition, name, lines_in_force(writer.conn), scene="loss")
        return {
            "state": "agreed", "choice": chosen.code if chosen else None, "condition": condition or None,
            "agreed": today().isoformat(), "review_on": self._review(what.review_on),
            "week_done": None, "month_done": None,
        }  # fmt: skip

    def _review(self, text: str) -> str:
        day = today().isoformat()
        if not text.strip():
            return usual_review(self.rules)
        on = checked_day(text, days_after(day, 1))
        last = days_after(day, self.rules.whole("loss.review_most"))
        if on > last:
            raise WorkbenchError(
                "review_too_late",
                _("复看日期 {day} 太远。").format(day=on),
                _("请填 {last} 以前。").format(last=last),
            )
        return on

    def _redemption(self, writer: Writer, what: LossRedemption) -> dict[str, Value]:
        how = what.how.strip()
        if not how:
            raise WorkbenchError(
                "no_text", _("没有写怎么赎回。"), _("请写一句:赎多少、哪天提交、扣不扣费用。")
            )
        self._short(how, _("怎么赎回"))
        day = today().isoformat()
        by = checked_day(what.by, day)
        text = _("赎回{product}:核对到账并告诉客户").format(product=self.held.name)
        put_promise(writer, self.held.customer_id, text, by, day)
        return {
            "state": "agreed",
            "choice": None,
            "agreed": day,
            "review_on": by,
            "week_done": None,
            "month_done": None,
        }

    def _escalation(
        self, writer: Writer, what: LossEscalation, trouble: str, notes: LossNotes
    ) -> dict[str, Value]:
        from workbench.outreach.complaints.new_complaint import NewComplaint
        from workbench.outreach.complaints.opening import open_in

        if not what.owner.strip():
            raise WorkbenchError(
                "no_owner", _("没有写由谁承办。"), _("请写一位没有经手这笔产品的同事:经手人回避。")
            )
        # only who doubts the advice speaks of mis-selling: it lifts the level
        category, signs = ("misselling", ("misselling",)) if trouble == "doubt" else ("loss", ())
        lost = _("持有{product},按{as_of}清单").format(product=self.held.name, as_of=self.held.as_of)
        complaint = open_in(
            writer, self.rules, self.held.customer_id,
            NewComplaint(
                content=f"{trouble_name(trouble) or _('对亏损有意见')}:{lost}", category=category, signs=signs,
                channel="counter" if notes.channel in ("visit", "lobby") else "phone", demand=what.demand.strip(),
                owner=what.owner.strip(), against=what.against.strip(), before=what.before,
            ),
        )  # fmt: skip
        return {
            "state": "escalated",
            "complaint_id": complaint,
            "choice": None,
            "condition": None,
            "review_on": None,
        }


def usual_review(rules: Rules) -> str:
    """The day (ISO) proposed for looking again."""
    return (today() + dt.timedelta(days=rules.whole("loss.review_usual"))).isoformat()


def _stopped() -> WorkbenchError:
    return WorkbenchError(
        "loss_escalated", _("这一件已经转投诉,停止劝说。"), _("请在投诉里办;记错了请撤销那一步。")
    )
