"""Fills the state of verdicts that were read from the stored checks."""

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from workbench.base.dates import today
from workbench.insight.churn.life.known import life_facts
from workbench.insight.churn.life.state import LifeOf
from workbench.insight.churn.verdict import CustomerRisk
from workbench.rules.parameters import Rules


def with_states(
    conn: Connection,
    month: str,
    verdicts: Sequence[CustomerRisk],
    hard_rules: Mapping[int, str | None],
    rules: Rules,
    day: dt.date | None = None,
) -> list[CustomerRisk]:
    """The verdicts of a month with state, reason and since, as of a day (None: today).

    `hard_rules`: customer id -> the name of the hard rule that lifted the light.
    """
    if not verdicts:
        return []
    ids = [one.customer_id for one in verdicts]
    lit = [one.customer_id for one in verdicts if one.light]
    facts = life_facts(conn, month, day or today(), rules, ids, lit)
    life = LifeOf(facts, rules)
    filled = []
    for one in verdicts:
        state = life.state(one, hard_rules.get(one.customer_id))
        if state is not None:
            one = one.standing(state.state, state.reason, state.since, rests=state.rests)
        filled.append(one)
    return filled
