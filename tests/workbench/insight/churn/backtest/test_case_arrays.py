"""The lights and the working order of the cases are those of the check and of the week (domain 4.4, 22-15)."""

import datetime as dt

import numpy as np

from tests.workbench.conftest import SmallBook
from tests.workbench.insight.churn.backtest.made import past
from workbench.base.change import silent
from workbench.insight.churn.backtest.case_arrays import HEIGHTS
from workbench.insight.churn.backtest.gathering import gathered
from workbench.insight.churn.backtest.origins import planned_origins
from workbench.insight.churn.life.state import share_lost, stakes
from workbench.insight.churn.priority import Circumstances, priority, value_at_stake
from workbench.insight.room import Insight
from workbench.rules.parameters import Rules


def test_lights_and_working_order_are_those_of_the_check_under_no_circumstances(small: SmallBook) -> None:
    past(small, 42, 11)
    rules = Rules.load("general", {"lights": [5, 30, 60], "explained.after_days": 0})
    insight = Insight(small.book, rules)
    with small.book.read() as conn:
        cases = gathered(conn, planned_origins(conn, insight.months.all(conn), rules), rules, silent)
    heights = cases.heights(rules)
    gone = cases.gone(heights, rules)
    first = cases.first_places(heights, gone, 4, rules)
    for place, origin in enumerate(cases.plan.origins):
        here = np.flatnonzero(cases.origin == place)
        verdicts = insight.ranking(origin.month)
        light = {one.customer_no: one.light for one in verdicts}
        assert {cases.no[at]: HEIGHTS[heights[at]] for at in here} == light
        lit = [one for one in verdicts if one.light]
        left = [one for one in lit if (share_lost(*stakes(one)) or 0) > rules.number("life.gone")]
        assert {cases.no[at] for at in here if gone[at]} == {one.customer_no for one in left}
        order = sorted(
            (one for one in lit if one not in left),
            key=lambda one: (
                -priority(one, value_at_stake(one, rules), Circumstances(), dt.date(2026, 11, 2), rules),
                one.rank,
            ),
        )
        assert {cases.no[at] for at in here if first[at]} == {one.customer_no for one in order[:4]}
    assert gone.any()
    assert 0 < first.sum() < (heights > 0).sum()
