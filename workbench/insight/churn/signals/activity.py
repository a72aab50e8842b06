"""S2: transactions keep falling, or are unusually frequent (domain 4.3)."""

from sqlalchemy import and_, case, func, literal, or_

from workbench.base.expressions import count_of, fall, graded, highest
from workbench.insight.churn.signals.signal import Signal, SignalKind
from workbench.insight.churn.signals.spike import robust_spikes
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules


def activity(window: Window, rules: Rules) -> Signal:
    """The mean of three months against the six before, if it holds in two of the last three (domain 4.5-3)."""
    anchors = rules.numbers("grade.anchors")
    drops = rules.numbers("S2.drop")
    months = rules.whole("S2.months")
    base = rules.number("S2.base")
    counts = [window.at("txn_count_1m", k) for k in range(3)]
    recent, usual = window.mean("txn_count_1m", 0, 2, 2), window.mean("txn_count_1m", 3, 8, 3)
    recent_amount, usual_amount = window.mean("txn_amount_1m", 0, 2, 2), window.mean("txn_amount_1m", 3, 8, 3)
    drop, drop_amount = fall(recent, usual), fall(recent_amount, usual_amount)
    lasting = count_of([count <= usual * (1 - drops[0]) for count in counts]) >= months
    robust = robust_spikes(window, "txn_count_1m", counts, rules)
    spikes = count_of(
        [
            or_(count >= usual * rules.number("S2.spike"), odd)
            for count, odd in zip(counts, robust, strict=True)
        ]
    )
    # many payments are of concern only where money leaves
    leaving = window.believed(rules) == 1
    quiet = recent.is_(None) | usual.is_(None)
    few = usual < base
    # where count and amount are known, both must fall: fewer small payments alone are no sign of leaving
    both = case((drop_amount < drop, drop_amount), else_=drop)
    return Signal(
        "S2",
        {
            "drop": case(
                (quiet, None),
                (few, literal(0.0)),
                (lasting, graded(both, drops, anchors)),
                else_=literal(0.0),
            ),
            "spike": case(
                (quiet, None),
                (few, literal(0.0)),
                (func.coalesce(and_(spikes >= months, ~leaving), spikes >= months), literal(anchors[1])),
                else_=literal(0.0),
            ),
            "spike_out": case(
                (quiet | leaving.is_(None), None),
                (and_(usual >= base, spikes >= months, leaving), literal(anchors[2])),
                else_=literal(0.0),
            ),
        },
        {
            "recent_count": recent,
            "usual_count": usual,
            "drop_share": drop,
            "recent_amount_fen": recent_amount,
            "usual_amount_fen": usual_amount,
            "drop_amount_share": drop_amount,
            "spike_months": spikes,
            "spike_count": highest(*counts),
        },
    )


S2 = SignalKind("S2", activity)
