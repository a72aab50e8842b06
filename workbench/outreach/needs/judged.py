"""A need with its class, its next step and what came of it, as every face shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.base.i18n import _, commas
from workbench.base.intervals import wilson
from workbench.insight.portrait.unsaid import Never
from workbench.outreach.needs.classing import CLASSES, UNSURE, NeedClass, classed
from workbench.outreach.needs.need import CustomerNeed
from workbench.outreach.needs.proposing import NeedProposal
from workbench.outreach.needs.reading import NeedContact
from workbench.outreach.needs.steps import NeedStep, natural_link, scene_name, step_of
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class JudgedNeed:
    """A need of a customer on a day. `scene` in words, `link`: how one comes to speak of it; `contact`: the last contact since
    it was recorded that reached him, None without one."""

    need: CustomerNeed
    of: NeedClass
    step: NeedStep
    state: str
    scene: str
    link: str
    contact: NeedContact | None
    customer_no: str = ""
    name: str = ""

    @property
    def triple(self) -> str:
        """Product and scene of the triple in words; '' without either."""
        return " · ".join(filter(None, (self.need.product, self.scene)))

    @property
    def loop(self) -> str:
        """What came of it, in words."""
        if not self.need.open:
            return commas(filter(None, (f"{self.need.ended or ''} {self.state}".strip(), self.need.outcome)))
        if self.contact is not None:
            return _("{date} 联系过,还没有结果").format(date=self.contact.date)
        return _("记下以后还没有联系上") if self.need.judged else ""

    def as_json(self) -> dict[str, object]:
        """The need for the command line."""
        one, step = self.need, self.step
        return {
            "need": one.id or None, "text": one.text, "class": self.of.code, "class_name": self.of.name,
            "reason": self.of.reason, "question": self.of.question or None,
            "next_step": {
                "code": step.code, "text": step.text, "cautions": list(step.cautions), "limit": step.limit or None,
            } if one.open else None,
            "agreed_step": one.next_step or None, "consequence": one.consequence, "deadline": one.deadline,
            "alternatives": one.alternatives or None, "willing": one.willing, "incentive": one.incentive,
            "elastic": one.elastic, "made": one.made, "judged": one.judged, "contact": one.touch_id,
            "evidence": [{"kind": e.kind, "date": e.date, "note": e.note or None} for e in one.evidence],
            "triple": {"product": one.product or None, "scene": self.scene or None, "link": self.link or None},
            "loop": {
                "state": one.state, "ended": one.ended, "outcome": one.outcome or None,
                "last_contact": self.contact.date if self.contact else None,
                "result": self.contact.result if self.contact else None,
            },
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class CustomerNeeds:
    """The needs of one customer, open ones first, and what is proposed beside them."""

    customer_no: str
    needs: tuple[JudgedNeed, ...] = ()
    proposals: tuple[NeedProposal, ...] = ()

    def as_json(self) -> dict[str, object]:
        """For the command line."""
        return {
            "customer_no": self.customer_no, "needs": [one.as_json() for one in self.needs],
            "proposals": [one.as_json() for one in self.proposals],
        }  # fmt: skip


def judge(
    need: CustomerNeed,
    contacts: Sequence[NeedContact],
    limits: Sequence[Never],
    day: str,
    rules: Rules,
    who: tuple[str, str] = ("", ""),
) -> JudgedNeed:
    """A need judged on a day (ISO); one that is over, as it stood when it ended."""
    of = classed(need, need.evidence, min(day, need.ended or day), rules)
    after = [one for one in contacts if one.reached and one.date >= need.made and one.id != need.touch_id]
    return JudgedNeed(
        need, of, step_of(need, of, limits, rules), rules.text(f"need.state.{need.state}"), scene_name(need.scene, rules),
        natural_link(need.scene, rules), after[-1] if after else None, *who,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NeedConversion:
    """Of the needs of a class: how many there are, were met, given up, are open; `low` and `high` (0..1) hold the share met of
    those that ended, at 95 %."""

    code: str
    name: str
    met: int
    dropped: int
    open: int

    @property
    def share(self) -> float | None:
        """Of those that ended the share (0..1) that was met; None while none has ended."""
        ended = self.met + self.dropped
        return self.met / ended if ended else None

    @property
    def words(self) -> str:
        """The conversion in one line, with its numbers."""
        share = self.share
        if not self.met + self.dropped + self.open:
            return _("还没有记下过")
        if share is None:
            return _("{n} 条跟进中,还没有了结的").format(n=self.open)
        low, high = wilson(self.met, self.met + self.dropped)
        words = _("了结 {ended} 条,满足 {met} 条({share:.0%},95% 区间 {low:.0%}-{high:.0%});跟进中 {open} 条")
        ended = self.met + self.dropped
        return words.format(ended=ended, met=self.met, share=share, low=low, high=high, open=self.open)

    def as_json(self) -> dict[str, object]:
        """For the command line; `share` and `interval` None while none has ended."""
        ended = self.met + self.dropped
        interval = [round(one, 4) for one in wilson(self.met, ended)] if ended else None
        share = None if self.share is None else round(self.share, 4)
        return {
            "class": self.code, "class_name": self.name, "met": self.met, "dropped": self.dropped, "open": self.open,
            "share": share, "interval": interval,
        }  # fmt: skip


def conversion(listed: Iterable[JudgedNeed], rules: Rules) -> tuple[NeedConversion, ...]:
    """What became of the recorded needs, by class; texts that nobody has judged are none of any class."""
    counted = {code: {"met": 0, "dropped": 0, "open": 0} for code in CLASSES}
    for one in listed:
        if one.need.judged:
            counted[one.of.code][one.need.state] += 1
    return tuple(
        NeedConversion(code, rules.text(f"need.class.{code}"), **counts)
        for code, counts in counted.items()
        if code != UNSURE or any(counts.values())
    )
