"""The queue of the seven critical classes (domain 4.8): order, who is not asked, what must not be sold."""

from collections.abc import Iterable
from typing import Any

from tests.workbench.outreach.made import lead
from workbench.insight.measures.freshness import Freshness
from workbench.outreach.critical.entry import CriticalQueue
from workbench.outreach.critical.queue import CriticalEntries, QueueLimits, completed, queue
from workbench.outreach.leads.in_order import LeadsInOrder
from workbench.outreach.leads.lead import Lead
from workbench.people.consent import Consent, Ground
from workbench.rules.parameters import Rules

WEEK = "2026-W47"
AS_OF = "2026-10-31"
RULES = Rules.load()
FRESH, STALE = Freshness(AS_OF, 16, 45), Freshness(AS_OF, 99, 45)
REFUSED = Consent(
    "2026-11-16", AS_OF, (Ground("opted_out", "opted_out.list", "拒绝营销", "拒绝营销", "拒绝营销,只做服务"),)
)


def made(
    leads: Iterable[Lead], fresh: Freshness = FRESH, rules: Rules = RULES, **limits: Any
) -> CriticalQueue:
    return queue(WEEK, AS_OF, leads, QueueLimits(**limits), fresh, rules)


def due(number: int, kind: str, clock: str, wan: float = 30, **evidence: Any) -> Lead:
    return lead(number, kind, wan, clock=clock, evidence=evidence)


def order(of: CriticalQueue) -> list[int]:
    return [entry.customer_id for entry in of.entries]


def codes(of: CriticalQueue, customer: int = 1) -> list[str]:
    (entry,) = [one for one in of.entries if one.customer_id == customer]
    return [reason.code for reason in entry.reasons]


def test_the_earliest_clock_stands_first_then_the_class_then_the_amount() -> None:
    leads = [
        due(1, "C1", "2026-11-30"), due(2, "C5", "2026-11-20"), due(3, "C3", "2026-11-20", 10),
        due(4, "C3", "2026-11-20", 20), lead(5, "orange", due="2026-11-18"), due(6, "C7", "2026-12-31", conditions=["id"]),
    ]  # fmt: skip
    assert order(made(leads)) == [5, 4, 3, 2, 1, 6]


def test_lights_of_one_day_stand_in_the_working_order_of_the_week() -> None:
    leads = [
        lead(n, "red", wan, due="2026-11-16", evidence={"place": n}) for n, wan in ((2, 90), (1, 10), (3, 50))
    ]
    assert order(made(leads)) == [1, 2, 3]


def test_a_line_that_the_last_balance_is_below_is_not_called_barely_above() -> None:
    (entry,) = made([lead(1, "C2", evidence={"margin_fen": 5, "balance_fen": 4})]).entries
    assert entry.first.action == RULES.text("C2.do.below")
    (entry,) = made([lead(1, "C2", evidence={"gap_fen": 5, "watch": 1, "topup": "leaving"})]).entries
    assert entry.first.action == RULES.text("C2.do.leaving")
    (entry,) = made([lead(1, "C2", evidence={"margin_fen": 5})]).entries
    assert entry.first.action == RULES.text("C2.do.above")


def test_a_line_is_not_raised_with_who_is_told_of_no_product() -> None:
    of = made([lead(1, "C1", no_products="overdue"), lead(1, "C3"), lead(2, "C1")])
    assert codes(of) == ["C3"]
    assert codes(of, 2) == ["C1"]
    assert made([lead(1, "C1", no_products="overdue")]).none["C1"] == "临界提升 1 户,本周都不列:先谈还款 1 户"


def test_a_customer_in_several_classes_stands_once_with_the_earliest_first() -> None:
    of = made([due(1, "C5", "2026-11-27"), due(1, "C3", "2026-11-19"), due(1, "C2", "2026-11-30", gap_fen=1)])
    assert codes(of) == ["C3", "C5", "C2"]
    assert of.counts["C5"] == 1
    assert [entry.customer_id for entry in of.of_class("C2")] == [1]


def test_no_sale_comes_before_compliance_however_early_its_clock() -> None:
    of = made([due(1, "C1", "2026-11-17"), due(1, "C7", "2026-12-10", conditions=["test", "id"])])
    assert codes(of) == ["C7", "C1"]
    (entry,) = of.entries
    assert entry.clock == "2026-12-10"
    assert entry.dont == ("办好之前不销售,只谈普通存款和国债",)
    assert entry.first.action == "先约重做风险测评,本人作答;先提醒换证,带新证件来更新登记"


def test_a_maturity_before_the_compliance_visit_is_still_kept_from_selling() -> None:
    of = made([due(1, "C3", "2026-11-17"), due(1, "C7", "2026-12-10", conditions=["test"])])
    assert codes(of) == ["C3", "C7"]
    assert "办好之前不销售,只谈普通存款和国债" in of.entries[0].dont


def test_who_is_barred_from_marketing_gets_service_only() -> None:
    leads = [due(1, kind, "2026-11-20") for kind in ("C1", "C2", "C3", "C6")] + [due(2, "C1", "2026-11-20")]
    of = made(leads, held={1: REFUSED, 2: REFUSED})
    assert order(of) == [1]
    assert codes(of) == ["C3"]
    assert of.entries[0].dont[0] == "拒绝营销,只做服务"
    assert of.notes == ("不宜营销,提升、保级和激活不列:拒绝营销 2 户。",)


def test_a_light_that_is_dealt_with_is_not_asked_about_again() -> None:
    leads = [lead(1, "orange"), due(1, "C3", "2026-11-20"), lead(2, "red")]
    of = made(leads, settled=frozenset({1, 2}))
    assert order(of) == [1]
    assert codes(of) == ["C3"]


def test_a_crossed_line_of_a_lit_customer_is_left_to_the_queue_of_lights() -> None:
    of = made(
        [lead(1, "orange"), due(1, "C4", "2026-11-18"), due(2, "C4", "2026-11-18")], lit=frozenset({1, 2})
    )
    assert order(of) == [1]
    assert codes(of) == ["C4"]
    assert of.entries[0].first.sentence == "orange 的理由"
    assert order(made([due(3, "C4", "2026-11-18")], lit=frozenset({1}))) == [3]


def test_a_yellow_light_is_no_critical_class() -> None:
    assert made([lead(1, "yellow"), lead(2, "birthday"), lead(3, "N1")]).entries == ()


def test_who_was_reached_lately_rests_but_for_what_has_its_day() -> None:
    leads = [due(1, kind, "2026-11-20", conditions=["test"]) for kind in ("C1", "C3", "C5", "C7")]
    of = made([*leads, due(2, "C2", "2026-11-20")], reached=frozenset({1, 2}))
    assert order(of) == [1]
    assert sorted(codes(of)) == ["C3", "C7"]
    assert of.notes == ("30 天内已联系上,不再列:2 户。",)


def test_a_light_that_got_worse_after_a_talk_is_asked_about_again() -> None:
    assert order(made([lead(3, "orange")], reached=frozenset({3}))) == [3]


def test_a_next_level_beyond_reach_is_not_offered() -> None:
    assert made([due(1, "C1", "2026-11-30", topup="reach")]).entries == ()
    assert codes(made([due(1, "C2", "2026-11-30", topup="reach", watch=1, gap_fen=5)])) == ["C2"]


def test_the_next_level_is_not_offered_to_who_just_lost_it() -> None:
    assert codes(made([due(1, "C1", "2026-11-30"), due(1, "C2", "2026-12-31", watch=2, gap_fen=5)])) == ["C2"]


def test_the_amount_says_what_it_is() -> None:
    of = made([
        due(1, "C1", "2026-11-30", 0.4), due(2, "C2", "2026-11-30", 5, margin_fen=300_000),
        due(3, "C2", "2026-11-30", 5, gap_fen=200_000, watch=3), due(4, "C3", "2026-11-30", 12), due(5, "C5", "2026-11-30", 8),
        lead(6, "orange", 9, evidence={"codes": ["S3"]}),
    ])  # fmt: skip
    amounts = {entry.customer_id: entry.first.amount for entry in of.entries}
    assert amounts == {
        1: "还差4,000", 2: "只高3,000", 3: "还差2,000", 4: "到期12.0万", 5: "资产8.0万", 6: "比高点少9.0万",
    }  # fmt: skip
    actions = {entry.customer_id: entry.first.action for entry in of.entries}
    assert actions[2].startswith("说明本级的权益")
    assert actions[3].startswith("请主管致电")


def test_old_data_keep_the_order_without_any_clock() -> None:
    of = made([due(1, "C5", "2026-11-18"), lead(2, "red"), due(3, "C3", "2026-11-17")], STALE)
    assert [entry.clock for entry in of.entries] == ["", "", ""]
    assert order(of) == [2, 3, 1]
    (entry,) = made([due(1, "C1", "2026-11-30")], STALE).entries
    assert entry.first.action == "先讲上一级的权益;要补多少,导入最新名单后再算"


def test_the_paper_has_room_for_every_class() -> None:
    rules = Rules.load(overrides={"critical.printed": 7, "critical.per_class": 3})
    leads = [due(n, "C1", "2026-11-17") for n in range(1, 10)] + [due(20, "C5", "2026-11-30")]
    of = made(leads, rules=rules)
    assert [entry.customer_id for entry in of.paper] == [1, 2, 3, 20]
    assert len(of.entries) == 10


def test_a_class_that_nobody_could_be_looked_at_for_has_no_count() -> None:
    of = completed(made([due(1, "C1", "2026-11-17")]), "李敏", "城东支行", None, RULES)
    assert [of.count_word(code) for code in ("C1", "C2", "C5", "C6", "C7")] == ["1", "0", "—", "—", "—"]
    assert of.as_json()["classes"][4] == {
        "code": "C5",
        "name": "临界睡眠",
        "customers": None,
        "none_listed": "",
    }  # type: ignore[index]
    assert "不是最新一期" in of.blind[0]


def test_a_class_of_whom_nobody_is_listed_says_how_many_there_are_and_why() -> None:
    leads = [
        *(due(n, "C1", "2026-11-30", topup="stale") for n in (1, 2)), due(3, "C1", "2026-11-30"),
        due(3, "C2", "2026-11-30", watch=1, gap_fen=5), due(4, "C1", "2026-11-30", topup="stale"),
    ]  # fmt: skip
    of = made(leads, STALE, held={4: REFUSED})
    words = "临界提升 4 户,本周都不列:拒绝营销 1 户、最近三个月内降下来的按保级谈 1 户、数据太旧,无法算出要补多少 2 户"
    assert of.none == {"C1": words}
    assert of.count_word("C1") == "—"
    assert of.remarks[0] == f"{words}。"
    assert made([*leads, due(5, "C1", "2026-11-30")]).none == {}


def test_customers_that_stand_as_before_are_still_counted_among_those_not_listed() -> None:
    entries = CriticalEntries(RULES)
    leads = [due(1, "C1", "2026-11-30", topup="stale")]
    first, again = (
        entries.queue(WEEK, AS_OF, LeadsInOrder.among(leads), QueueLimits(), STALE) for _turn in range(2)
    )
    assert first.none == again.none != {}
