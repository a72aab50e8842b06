"""When a loss calls for first aid (domain 8.6): every threshold on both sides of its edge, and what cannot be told."""

import pytest

from tests.workbench.outreach.losses.made import held
from workbench.insight.churn.adverse_events import AdverseEvent
from workbench.outreach.losses.grounds import loss_grounds
from workbench.rules.parameters import Rules

RULES = Rules.load()
EVENT = AdverseEvent(1, "净值大幅下调", "product", ("稳健一号",), "2026-10-20", 30, None, False)


def codes(since: str | None = None, events: tuple[AdverseEvent, ...] = (), **facts: object) -> list[str]:
    return [one.code for one in loss_grounds(held(**facts), since, events, RULES)]


@pytest.mark.parametrize(("risk", "limit"), [(2, 0.03), (3, 0.05), (4, 0.10), (5, 0.15)])
def test_the_share_of_each_level_counts_from_its_line_on(risk: int, limit: float) -> None:
    # 10,000 yuan were paid, so that the amount alone calls for nothing
    assert codes(risk=risk, cost=10_000, profit=-10_000 * limit) == ["share"]
    assert codes(risk=risk, cost=10_000, profit=-(10_000 * limit - 1)) == []


def test_a_hundredth_of_a_percent_decides_and_stands_in_the_words() -> None:
    assert codes(risk=2, cost=10_000, profit=-300) == ["share"]
    assert codes(risk=2, cost=10_000, profit=-299) == []
    (ground,) = loss_grounds(held(risk=2, cost=10_000, profit=-300), None, (), RULES)
    assert ground.sentence == "风险等级 R2,浮亏300元,占成本的3.00%,达到3%"


def test_ten_thousand_yuan_count_whatever_their_share() -> None:
    assert codes(risk=5, cost=1_000_000, profit=-10_000) == ["amount"]
    assert codes(risk=5, cost=1_000_000, profit=-9_999.99) == []


def test_r1_never_and_an_unknown_level_by_the_amount_alone() -> None:
    assert codes(risk=1, profit=-50_000) == []
    assert codes(risk=None, profit=-9_000) == []
    assert codes(risk=None, profit=-10_000) == ["amount"]


def test_what_is_not_told_is_no_ground_and_no_loss() -> None:
    untold = held(profit=None)
    assert (untold.loss, untold.share) == (None, None)
    assert codes(profit=None) == []
    # without what was paid the share cannot be told, the amount can
    assert codes(risk=2, cost=None, profit=-9_000) == []
    assert codes(risk=2, cost=None, profit=-12_000) == ["amount"]


def test_below_par_counts_after_twelve_months_and_not_for_who_gained() -> None:
    assert codes(since="2025-10", nav=0.99, cost=10_000, profit=-100) == ["par"]
    assert codes(since="2025-11", nav=0.99, cost=10_000, profit=-100) == []
    assert codes(since=None, nav=0.99, cost=10_000, profit=-100) == []
    assert codes(since="2025-10", nav=1.0, cost=10_000, profit=-100) == []
    assert codes(since="2025-10", nav=0.99, profit=500) == []
    assert codes(since="2025-10", nav=0.99, profit=None) == ["par"]


def test_an_event_of_the_product_counts_one_of_the_bank_does_not() -> None:
    assert codes(events=(EVENT,)) == ["event"]
    assert codes(events=(EVENT,), risk=1) == []
    bank = AdverseEvent(2, "网点搬迁", "bank", (), "2026-10-20", 30, None, False)
    other = AdverseEvent(3, "赎回延期", "product", ("别的",), "2026-10-20", 30, None, False)
    assert codes(events=(bank, other)) == []
