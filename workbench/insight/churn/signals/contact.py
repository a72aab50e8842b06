"""S4: the customer no longer seeks contact (domain 4.3)."""

import datetime as dt

from sqlalchemy import FromClause, and_, case, func, literal, or_, select

from db.functions import holds
from db.tables import touches
from workbench.base.expressions import Expr, day_number, highest, nothing
from workbench.insight.churn.signals.signal import Signal, SignalKind
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules


def contact(window: Window, rules: Rules) -> Signal:
    """Days since the last inbound contact against the customer's own rhythm; unanswered calls; refusals."""
    anchors = rules.numbers("grade.anchors")
    causes: dict[str, Expr] = {
        "gap": nothing(), "unanswered": nothing(),
        "removed": _turned(window, "wecom_friend", 1, 0, anchors[2]),
        "refused": _turned(window, "marketing_opt_out", 0, 1, anchors[2]),
    }  # fmt: skip
    evidence: dict[str, Expr] = {
        "gap_days": nothing(),
        "own_gap_days": nothing(),
        "unanswered_count": nothing(),
    }
    if window.coverage.touches:
        inbound, outbound = _inbound(window, rules), _outbound(window, rules)
        window.join(inbound)
        window.join(outbound)
        contacts, own = window.keep("contacts", inbound.c.contacts), window.keep("own_gap", inbound.c.median)
        days = day_number(literal(window.as_of)) - window.keep("last_inbound", inbound.c.last)
        # the gap must have lasted for a while (domain 4.5-3)
        lasting = days - rules.whole("S4.persist_days")
        far = rules.numbers("S4.gap")
        late = lasting > rules.whole("S4.days")
        causes["gap"] = case(
            (contacts < rules.whole("S4.contacts"), None),
            (and_(late, lasting > own * far[1]), literal(anchors[1])),
            (and_(late, lasting > own * far[0]), literal(anchors[0])),
            (contacts.is_not(None), literal(0.0)),
        )
        unanswered = window.keep("unanswered", outbound.c.unanswered)
        causes["unanswered"] = case(
            (unanswered >= rules.whole("S4.unanswered"), literal(anchors[1])),
        )
        causes["refused"] = case(
            (window.keep("refused", outbound.c.refused) > 0, literal(anchors[2])), else_=causes["refused"]
        )
        evidence = {"gap_days": days, "own_gap_days": own, "unanswered_count": unanswered}
    # "still a friend, no refusal" alone does not judge the rhythm of contacts
    clear = highest(causes["removed"], causes["refused"]) > 0
    for name in ("removed", "refused"):
        causes[name] = case((or_(clear, causes["gap"].is_not(None)), causes[name]))
    return Signal("S4", causes, evidence)


S4 = SignalKind("S4", contact)


def _turned(window: Window, name: str, was: int, became: int, grade: float) -> Expr:
    """A flag that changed from `was` within the three months before to `became` now."""
    now, before = window.at(name), window.oldest(name, 1, 3)
    return case(
        (now.is_(None) | before.is_(None), None),
        (and_(now == became, before == was), literal(grade)),
        else_=literal(0.0),
    )


def _inbound(window: Window, rules: Rules) -> FromClause:
    """Per customer: the number of days with inbound contacts, the last one (day number), the median gap in days."""
    t = touches.c
    day = day_number(t.date)
    days = (
        select(t.customer_id, day.label("day"))
        .distinct()
        .where(t.initiated_by == "customer", t.date <= window.as_of)
        .subquery("inbound_days")
    )
    before = func.lag(days.c.day).over(partition_by=days.c.customer_id, order_by=days.c.day)
    gaps = select(days.c.customer_id, days.c.day, (days.c.day - before).label("gap")).subquery("gaps")
    place = func.row_number().over(partition_by=gaps.c.customer_id, order_by=gaps.c.gap)
    number = func.count().over(partition_by=gaps.c.customer_id)
    ordered = (
        select(gaps.c.customer_id, gaps.c.gap, place.label("place"), number.label("number"))
        .where(gaps.c.gap.is_not(None))
        .subquery("gaps_ordered")
    )
    medians = (
        select(ordered.c.customer_id, func.avg(ordered.c.gap).label("median"))
        .where(ordered.c.place * 2 >= ordered.c.number, ordered.c.place * 2 <= ordered.c.number + 2)
        .group_by(ordered.c.customer_id)
        .subquery("median_gaps")
    )
    return (
        select(
            days.c.customer_id,
            func.count().label("contacts"),
            func.max(days.c.day).label("last"),
            func.max(medians.c.median).label("median"),
        )
        .select_from(days.outerjoin(medians, medians.c.customer_id == days.c.customer_id))
        .group_by(days.c.customer_id)
        .subquery("inbound")
    )


def _outbound(window: Window, rules: Rules) -> FromClause:
    """Per customer: how many of the latest contacts in a row went unanswered, and how many were refusals."""
    t = touches.c
    since = (
        dt.date.fromisoformat(window.as_of) - dt.timedelta(days=rules.whole("explained.days"))
    ).isoformat()
    failed = t.result.in_(rules.words("S4.unanswered_results"))
    answered = (
        select(t.customer_id, func.max(t.date).label("last"))
        .where(t.date <= window.as_of, or_(t.initiated_by == "customer", ~failed))
        .group_by(t.customer_id)
        .subquery("answered")
    )
    spoken = [holds(t.note, word) for word in rules.words("S4.refused_words")]
    stopped = and_(or_(t.result.in_(rules.words("S4.refused_results")), *spoken), t.date > since)
    return (
        select(
            t.customer_id,
            func.sum(
                case(
                    (
                        and_(
                            failed, t.initiated_by != "customer", t.date > func.coalesce(answered.c.last, "")
                        ),
                        1,
                    ),
                    else_=0,
                )
            ).label("unanswered"),
            func.sum(case((stopped, 1), else_=0)).label("refused"),
        )
        .select_from(touches.outerjoin(answered, answered.c.customer_id == t.customer_id))
        .where(t.date <= window.as_of)
        .group_by(t.customer_id)
        .subquery("outbound")
    )
