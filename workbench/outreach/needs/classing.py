"""Which class a need is of, by what is known of it; pure (domain 15).

Few rules, and none that makes doing look like talk: with more evidence that he acted a need never becomes a false one.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.outreach.needs.need import ACTED, SPOKEN, CustomerNeed, NeedEvidence, last_of
from workbench.rules.parameters import Rules

RIGID, HIDDEN, ELASTIC, PSEUDO, UNSURE = "rigid", "hidden", "elastic", "pseudo", "unsure"
CLASSES = (RIGID, HIDDEN, ELASTIC, PSEUDO, UNSURE)
_AGAINST = frozenset({"against"})


@dataclass(frozen=True, slots=True)
class NeedClass:
    """The class of a need with its reason in words; `question`: the code of the answer that would tell, '' where it is told."""

    code: str
    name: str
    reason: str
    question: str = ""


def classed(need: CustomerNeed, evidence: Iterable[NeedEvidence], day: str, rules: Rules) -> NeedClass:
    """The class of a need on a day (ISO), by the evidence up to that day."""
    seen = [one for one in evidence if one.date <= day]
    if not need.judged:
        return _unsure("judge", rules, date=need.made)
    if need.consequence == "high" and need.deadline is not None and need.deadline >= day:
        days = _days(day, need.deadline)
        key = "rigid" if days else "rigid_today"
        return _class(RIGID, rules, key, deadline=need.deadline, days=days)
    acted, against = last_of(seen, ACTED, day), last_of(seen, _AGAINST, day)
    if acted is None:
        if (false := _false(need, seen, against, day, rules)) is not None:
            return false
    elif against is not None:
        return _unsure("mixed", rules, date=against.date, note=against.note)
    elif last_of(seen, SPOKEN, day) is None:
        return _class(HIDDEN, rules, "hidden", date=acted.date, note=acted.note)
    if need.elastic:
        if acted is not None:
            return _class(ELASTIC, rules, "elastic_acted", date=acted.date)
        return _class(ELASTIC, rules, "elastic", date=_spoken_on(need, seen, day))
    return _unsure(_question(need, day), rules, acted=acted is not None, deadline=need.deadline)


def _false(
    need: CustomerNeed, seen: list[NeedEvidence], against: NeedEvidence | None, day: str, rules: Rules
) -> NeedClass | None:
    """Why a need without any act is a false one; None where it may still be a true one."""
    if against is not None:
        return _class(PSEUDO, rules, "against", date=against.date, note=against.note)
    if need.incentive:
        return _class(PSEUDO, rules, "incentive")
    if need.willing == "later" or (need.deadline is not None and need.deadline >= day):
        return None  # its time has not come: nobody waits for an act
    spoken = _spoken_on(need, seen, day)
    follow_ups, days = sum(spoken < one <= day for one in need.follow_ups), _days(spoken, day)
    if follow_ups >= rules.whole("need.follow_ups"):
        return _class(PSEUDO, rules, "stale_follow_ups", date=spoken, n=follow_ups)
    if days >= rules.whole("need.idle_days"):
        return _class(PSEUDO, rules, "stale_days", date=spoken, days=days)
    return None


def _question(need: CustomerNeed, day: str) -> str:
    """The one answer that would tell most."""
    if need.consequence is None:
        return "consequence"
    if need.consequence == "high":
        return "deadline" if need.deadline is None else "passed"
    return "elastic" if need.elastic is None else "act"


def _spoken_on(need: CustomerNeed, seen: list[NeedEvidence], day: str) -> str:
    last = last_of(seen, SPOKEN, day)
    return last.date if last is not None else need.made


def _class(code: str, rules: Rules, key: str, **figures: object) -> NeedClass:
    return NeedClass(
        code, rules.text(f"need.class.{code}"), rules.text(f"need.why.{key}").format(**figures).strip()
    )


def _unsure(question: str, rules: Rules, *, acted: bool = False, **figures: object) -> NeedClass:
    key = "acted" if question == "act" and acted else question
    reason = rules.text(f"need.why.unsure.{key}").format(**figures)
    return NeedClass(UNSURE, rules.text(f"need.class.{UNSURE}"), reason, question)


def _days(first: str, last: str) -> int:
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days
