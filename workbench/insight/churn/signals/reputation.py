"""S6: the customer complained, or an event bad for the bank's reputation concerns them (domain 4.3)."""

import datetime as dt

from sqlalchemy import case, func, literal, or_, select

from db.tables import complaints
from workbench.base.expressions import Expr, day_number, highest, nothing, text_or_null
from workbench.insight.churn.signals.events import by_events
from workbench.insight.churn.signals.signal import Signal, SignalKind
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules


def reputation(window: Window, rules: Rules) -> Signal:
    """A complaint of the last 90 days, or an event in force. Events alone do not tell that nobody complained.

    The customer list does not say whether it was settled, so a recent one counts as open; the complaints list does.
    """
    anchors = rules.numbers("grade.anchors")
    oldest, older, open_days = rules.numbers("S6.days")
    count, date = window.at("complaint_count"), window.at("last_complaint_date")
    days = day_number(literal(window.as_of)) - day_number(date)
    before = window.at("complaint_count", 1)
    listed, evidence = _listed(window, rules)
    events, of_events = by_events(window, rules)
    causes: dict[str, Expr] = {
        "complaint": case(
            (count == 0, literal(0.0)),
            (days < 0, literal(0.0)),
            (days <= open_days, literal(anchors[2])),
            (days <= older, literal(anchors[1])),
            (days <= oldest, literal(anchors[0])),
            (days.is_not(None), literal(0.0)),
        ),
        "new_complaint": case(
            (date.is_not(None) | count.is_(None) | before.is_(None), None),
            (count > before, literal(anchors[2])),
            (count == 0, literal(0.0)),
        ),
        **listed,
    }
    complained = highest(*causes.values())
    for name, cause in events.items():
        causes[name] = case((or_(cause > 0, complained.is_not(None)), cause))
    return Signal(
        "S6",
        causes,
        {
            "complaint_count": count,
            "last_complaint_date": date,
            "complaint_days": days,
            **evidence,
            **of_events,
        },
    )


S6 = SignalKind("S6", reputation)


def _listed(window: Window, rules: Rules) -> tuple[dict[str, Expr], dict[str, Expr]]:
    """Causes and evidence by the complaints list.

    An open complaint of the last 90 days has the third grade, a settled one the second or, when older, the first; a
    customer without a row in an imported list has none.
    """
    if not window.coverage.complaints:
        return (
            {"open": nothing(), "settled": nothing()},
            {"open_complaint_date": text_or_null(), "settled_complaint_date": text_or_null(),
             "open_complaint_days": nothing(), "settled_complaint_days": nothing()},
        )  # fmt: skip
    anchors = rules.numbers("grade.anchors")
    oldest, _older, recent = rules.numbers("S6.days")
    c = complaints.c
    since = (dt.date.fromisoformat(window.as_of) - dt.timedelta(days=int(oldest))).isoformat()
    # the status is of today: what was settled after the data date was open on it
    closed = case(
        (c.closed_date.is_not(None), c.closed_date <= window.as_of),
        else_=c.status.in_(rules.words("towers.closed_words")),
    )
    settled = func.coalesce(closed, False)
    listed = (
        select(
            c.customer_id,
            func.max(case((~settled, c.date))).label("still_open"),
            func.max(case((settled, c.date))).label("settled"),
        )
        .where(c.date <= window.as_of, c.date >= since)
        .group_by(c.customer_id)
        .subquery("complaints_listed")
    )
    window.join(listed)
    still_open = window.keep("complaint_open", listed.c.still_open)
    settled_date = window.keep("complaint_settled", listed.c.settled)
    days = day_number(literal(window.as_of)) - day_number(settled_date)
    return (
        {
            "open": case((still_open.is_not(None), literal(anchors[2])), else_=literal(0.0)),
            "settled": case(
                (days <= recent, literal(anchors[1])),
                (days.is_not(None), literal(anchors[0])),
                else_=literal(0.0),
            ),
        },
        {
            "open_complaint_date": still_open,
            "open_complaint_days": day_number(literal(window.as_of)) - day_number(still_open),
            "settled_complaint_date": settled_date,
            "settled_complaint_days": days,
        },
    )
