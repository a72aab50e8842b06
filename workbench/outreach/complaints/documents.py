"""Complaints as programs get them; money in yuan, codes with their words."""

from workbench.base.money import to_yuan
from workbench.outreach.complaints.clocks import ComplaintClock
from workbench.outreach.complaints.complaint import Complaint
from workbench.outreach.complaints.metrics import ComplaintMetrics, ComplaintShare
from workbench.outreach.complaints.turning import TurnList, TurnOffer
from workbench.outreach.complaints.words import step_name
from workbench.rules.parameters import Rules


def complaint_json(one: Complaint, rules: Rules, turn: TurnOffer | None = None) -> dict[str, object]:
    """A complaint with its level, both clocks and its steps."""
    earliest = one.clocks.earliest
    clocks = {clock.code: clock_json(clock, rules) for clock in one.clocks.both}
    if one.clocks.follow is not None:
        clocks["follow"] = clock_json(one.clocks.follow, rules)
    return {
        "complaint": one.id or None, "no": one.no or None, "customer_no": one.customer_no, "name": one.name, "state": one.state,
        "filed": one.filed, "contact": one.touch, "received": one.received, "channel": one.channel or None,
        "channel_name": one.channel_word or None, "category": one.category or None, "category_name": one.category_word or None,
        "level": one.level.code, "level_name": rules.text(f"complaint.level.{one.level.code}"),
        "level_why": list(one.level.why), "level_unknown": list(one.level.unknown),
        "do": rules.text(f"complaint.do.{one.level.code}"), "clocks": clocks,
        "earliest": earliest.code if earliest is not None else None, "next": one.next or None,
        "next_words": next_words(one, rules) or None, "content": one.content or None, "demand": one.demand or None,
        "facts": one.facts or None, "blame": one.blame or None, "owner": one.owner or None, "against": one.against or None,
        "avoiding": one.avoiding or None, "money": to_yuan(one.money_fen), "people": one.people, "times": one.times,
        "signs": list(one.signs), "answered": one.answered, "extension": one.extension, "approved_by": one.approved_by or None,
        "approved": one.approved, "solution": one.solution or one.outcome or None, "satisfaction": one.satisfaction,
        "root_cause": one.root_cause or None, "mending": one.mending or None, "before": one.before, "after": one.after,
        "closed": one.closed, "again": one.again, "retaken": one.retaken,
        "complaint_steps": [
            {"step": step.step, "step_name": step_name(step.step), "at": step.at, "by": step.by or None, "note": step.note}
            for step in one.steps
        ],
        "turn": turn_json(turn, rules) if turn is not None else None,
    }  # fmt: skip


def clock_json(clock: ComplaintClock, rules: Rules) -> dict[str, object]:
    """A clock; `over` in its unit."""
    return {
        "name": rules.text(f"complaint.clock.{clock.code}"), "due": clock.due, "state": clock.state, "met": clock.met,
        "over": clock.over, "unit": clock.unit, "basis": clock.basis, "words": clock.words,
    }  # fmt: skip


def turn_json(turn: TurnOffer, rules: Rules) -> dict[str, object]:
    """Whether the talk may turn to more, and what comes first."""
    return {
        "state": turn.state, "case": turn.case or None,
        "case_name": rules.text(f"complaint.turn.{turn.case}") if turn.case else None, "why": turn.why,
        "first": turn.first or None, "since": turn.since,
    }  # fmt: skip


def turn_list_json(listed: TurnList) -> dict[str, object]:
    """The list of the second case."""
    return {
        "condition": listed.condition, "count": listed.count, "cannot_tell": listed.cannot_tell,
        "lacking": listed.lacking or None, "as_of": listed.as_of,
    }  # fmt: skip


def metrics_json(one: ComplaintMetrics) -> dict[str, object]:
    """How complaints were settled; shares 0 to 1."""
    churn = one.churn
    compared: dict[str, object] | None = None
    if churn is not None:
        compared = {
            "complainers": churn.contacted.n, "left": churn.contacted.n - churn.contacted.hits,
            "similar": churn.similar.people if churn.similar is not None else 0,
            "similar_left_share": 1 - churn.similar.share if churn.similar is not None else None,
            "enough": churn.enough, "waiting": churn.waiting, "unknown": churn.unknown,
        }  # fmt: skip
    return {
        "since": one.since, "until": one.until, "settled": one.settled, "few": one.few, "taken_up_again": _share(one.again),
        "in_time_own": _share(one.own_clock), "in_time_legal": _share(one.legal_clock), "satisfied": _share(one.satisfied),
        "mean_satisfaction": one.mean_mark, "first_answer_minutes": one.minutes, "first_answers": one.answered,
        "churn": compared, "churn_words": one.churn_words,
    }  # fmt: skip


def next_words(one: Complaint, rules: Rules) -> str:
    """What comes next, in words; '' for nothing."""
    return rules.text(f"complaint.next.{one.next}") if one.next else ""


def _share(one: ComplaintShare) -> dict[str, object]:
    return {"hits": one.hits, "of": one.n, "share": one.share, "cannot_tell": one.unknown}
