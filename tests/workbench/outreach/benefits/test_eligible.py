"""Who is eligible: hit, not, cannot tell with the column that is missing (domain 8.4)."""

import datetime as dt

from tests.workbench.conftest import MONTH, SmallBook
from workbench.insight.measures.scope import reported_data
from workbench.outreach.benefits.benefit import BenefitRule
from workbench.outreach.benefits.eligible import Eligibility, EligibleCustomers
from workbench.rules.parameters import Rules

RULES = Rules.load()


def eligible(small: SmallBook, rule: BenefitRule, day: str = "2026-11-16") -> Eligibility:
    engine = small.insight.engine
    with small.book.read() as conn:
        reported = reported_data(conn, MONTH)
        assert reported is not None
        who = EligibleCustomers(conn, engine.layers(conn), reported, RULES, dt.date.fromisoformat(day))
        return who.of(rule)


def names(small: SmallBook, ids: frozenset[int]) -> set[str]:
    return {no for no, number in small.ids.items() if number in ids}


#: rule, who meets it, of whom it cannot be told
CASES = (
    (BenefitRule("a", "新达标", "x", "qualified"), {"fresh"}, {"blank"}),
    (BenefitRule("b", "升级", "x", "raised"), {"rising", "fresh"}, {"blank"}),
    (BenefitRule("c", "三绑", "x", "three_bound"), {"steady"}, {"fresh", "small", "blank"}),
    (BenefitRule("d", "生日", "x", "birthday"), {"steady", "fresh"}, {"small", "blank"}),
    (BenefitRule("e", "在级", "x", "level", ("L5", "L4")), {"steady", "rising"}, {"blank"}),
    (BenefitRule("f", "人人", "x", "level"), {"steady", "rising", "fresh", "small"}, {"blank"}),
    (BenefitRule("g", "门槛", "x", "level", (), (), 25_000_000), {"steady", "rising"}, {"blank"}),
    (BenefitRule("h", "两月", "x", "level", (), (), 25_000_001, "held"), {"steady"}, {"blank"}),
)


def test_hit_not_and_cannot_tell(small: SmallBook) -> None:
    for rule, meets, unknown in CASES:
        answer = eligible(small, rule)
        assert (names(small, answer.meets), names(small, answer.cannot_tell)) == (meets, unknown), rule.name
        assert answer.lacking, rule.name


def test_what_fails_one_part_is_told_although_another_is_not(small: SmallBook) -> None:
    both = BenefitRule("x", "贵宾生日", "x", "birthday", ("L5",))
    answer = eligible(small, both)
    # the small one's birthday is not told, but he is on another level
    assert (names(small, answer.meets), names(small, answer.cannot_tell)) == ({"steady"}, {"blank"})


def test_the_column_that_is_missing_is_named(small: SmallBook) -> None:
    answer = eligible(small, BenefitRule("x", "农户", "x", "level", (), ("farm",)))
    assert not answer.meets
    assert "名单里没有「" in answer.lacking
    empty = eligible(small, BenefitRule("x", "三绑", "x", "three_bound"))
    assert empty.lacking.startswith("3 位无法判断:这些客户的「")


def test_money_that_stayed_counts_as_renewed_and_without_a_list_nothing_is_told(small: SmallBook) -> None:
    rule = BenefitRule("x", "承接", "x", "renewed")
    untold = eligible(small, rule)
    assert (len(untold.meets), len(untold.cannot_tell)) == (0, len(small.ids))
    assert "名单里没有「" in untold.lacking
    for no in ("steady", "rising"):
        small.hold(no, 2, amount=100_000, maturity_date="2026-09-15", product="定期", category="定期存款")
        small.hold(no, 1, amount=100_000, category="定期存款", product="定期")
        small.hold(no, 0, amount=100_000 if no == "steady" else 20_000, category="定期存款", product="定期")
    told = eligible(small, rule)
    assert names(small, told.meets) == {"steady"}
    assert "rising" not in names(small, told.cannot_tell)


def test_birthdays_are_those_of_the_whole_month_of_the_day(small: SmallBook) -> None:
    rule = BenefitRule("d", "生日", "x", "birthday")
    assert names(small, eligible(small, rule, "2026-11-01").meets) == {"steady", "fresh"}
    assert names(small, eligible(small, rule, "2026-12-01").meets) == set()


def test_old_data_tell_nothing(small: SmallBook) -> None:
    answer = eligible(small, BenefitRule("e", "在级", "x", "level", ("L5",)), "2027-03-31")
    assert (answer.meets, names(small, answer.cannot_tell)) == (
        frozenset(), {"steady", "rising", "fresh", "small", "blank"},
    )  # fmt: skip
    assert answer.lacking == "5 位无法判断:名单是 151 天前的,请先导入最新名单"
