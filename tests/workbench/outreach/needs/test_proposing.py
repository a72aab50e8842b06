"""Hidden needs are proposed from the measures with their figures and day, never from health, and not again once settled."""

from collections.abc import Mapping
from dataclasses import replace

from workbench.insight.portrait.behaviour import Behaviour
from workbench.insight.portrait.needs import Need
from workbench.insight.portrait.unsaid import Never
from workbench.insight.values.values import Values
from workbench.outreach.needs.need import CustomerNeed
from workbench.outreach.needs.proposing import proposed
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY, AS_OF = "2026-11-23", "2026-10-31"
IDLE = round(RULES.number("advice.idle_least") * 100)
SEEN = {
    "idle_demand": IDLE, "idle_months": 3, "same_name_regular": 1, "same_name_months": 4, "same_name_mean": 3_000_000,
    "matures_30": 5_000_000,
}  # fmt: skip
HEALTH = Need("protection", "保障", "", (), shown=False)
SCHOOL = Need("education", "教育金规划", "9月向学校缴费", ("school_last",))


def codes(
    seen: Mapping[str, int | None], behaviour: Behaviour | None = None, *recorded: CustomerNeed
) -> list[str]:
    made = proposed(Values(seen), behaviour, AS_OF, recorded, DAY, RULES)
    assert all(one.as_of == AS_OF and one.why and one.ask for one in made)
    return [one.code for one in made]


def test_figures_propose_and_what_is_not_told_proposes_nothing() -> None:
    assert codes(SEEN) == ["idle", "outflow", "maturing"]
    assert codes({}) == []
    assert codes(SEEN | {"idle_demand": IDLE - 1, "matures_30": 4_999_999, "same_name_mean": None}) == []
    assert proposed(Values(SEEN), None, None, (), DAY, RULES) == ()
    (one, *_rest) = proposed(Values(SEEN), None, AS_OF, (), DAY, RULES)
    assert "连续 3 个月闲置" in one.why


def test_a_proposal_is_held_while_the_customer_may_not_be_told_of_products() -> None:
    refused = Never("opt_out", "不做营销", "", bars=("products", "marketing"))
    held = {one.code: one.held for one in proposed(Values(SEEN), None, AS_OF, (), DAY, RULES, (refused,))}
    assert held == {"idle": "不做营销", "outflow": "不做营销", "maturing": ""}
    complaint = Never("complaint", "投诉办结前不谈产品", "", bars=("products", "care"))
    assert all(one.held for one in proposed(Values(SEEN), None, AS_OF, (), DAY, RULES, (complaint,)))


def test_what_needs_a_fitting_risk_test_waits_for_it() -> None:
    equity = Need("equity", "权益类配置", "近6个月有3次转往证券账户", ("broker_times",))
    behaviour = Behaviour(None, "", (None, None, None), (), (equity,), (), AS_OF)
    lowest = Never("lowest", "只谈 R1、普通存款和国债", "")
    held = {one.code: one.held for one in proposed(Values(SEEN), behaviour, AS_OF, (), DAY, RULES, (lowest,))}
    assert held == {"idle": "", "outflow": "", "maturing": "", "equity": lowest.text}


def test_nothing_is_proposed_that_rests_on_health() -> None:
    behaviour = Behaviour(None, "", (None, None, None), (), (HEALTH, SCHOOL), (), AS_OF)
    assert codes({}, behaviour) == ["education"]


def test_what_was_confirmed_or_dismissed_lately_is_not_proposed_again() -> None:
    kept = CustomerNeed(1, 1, "闲置活期的安排", "2026-01-01", scene="idle")
    assert "idle" not in codes(SEEN, None, kept)
    dismissed = replace(kept, state="dropped", ended="2026-06-01")
    assert "idle" not in codes(SEEN, None, dismissed)
    assert "idle" in codes(SEEN, None, replace(dismissed, ended="2026-05-01"))
