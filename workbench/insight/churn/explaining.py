"""Whether the manager knows where the money went: the contact that says so, or the decision that does (domain 4.5-4)."""

import datetime as dt

from sqlalchemy import case, func, literal, select

from db.tables import touches
from workbench.base.expressions import Expr
from workbench.insight.churn.decisions import explanations_between
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules


def explained(window: Window, rules: Rules) -> Expr:
    """1 for a customer whose outflow was explained for the month of the window, else 0.

    An explanation counts for `explained.days`, also when it was given up to `explained.after_days` after the data date.
    """
    day = dt.date.fromisoformat(window.as_of)
    first = (day - dt.timedelta(days=rules.whole("explained.days"))).isoformat()
    last = (day + dt.timedelta(days=rules.whole("explained.after_days"))).isoformat()
    both = explanations_between(first, last, window.as_of)
    if window.coverage.touches:
        logged = select(touches.c.customer_id).where(
            touches.c.result.in_(rules.words("explained.results")), touches.c.date.between(first, last)
        )
        either = both.union_all(logged).subquery("explained_by")
    else:
        either = both.subquery("explained_by")
    explanations = (
        select(either.c.customer_id, func.count().label("times"))
        .group_by(either.c.customer_id)
        .subquery("explanations")
    )
    window.join(explanations)
    return case((window.keep("explanations", explanations.c.times) > 0, literal(1)), else_=literal(0))
