"""S6: the customer complained."""

from sqlalchemy import case, literal

from workbench.insight.expressions import day_number
from workbench.insight.signals.signal import Signal
from workbench.insight.window import Window
from workbench.rules import Rules


def reputation(window: Window, rules: Rules) -> Signal:
    """Own complaint of the last 90 days; a recent one counts as open, as no column says when it was settled."""
    anchors = rules.numbers("grade.anchors")
    oldest, older, open_days = rules.numbers("S6.days")
    count, date = window.at("complaint_count"), window.at("last_complaint_date")
    days = day_number(literal(window.as_of)) - day_number(date)
    before = window.at("complaint_count", 1)
    return Signal(
        "S6",
        {
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
        },
        {"complaint_count": count, "last_complaint_date": date, "complaint_days": days},
    )
