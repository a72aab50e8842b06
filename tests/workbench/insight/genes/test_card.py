"""The gene card: relation, style, segments, personas and contradictions from the columns of a customer (domain 2)."""

import json
from typing import Any

from workbench.insight.genes.card import GeneCard, card
from workbench.insight.genes.data import NEUTRAL, letters, pairings, segments
from workbench.insight.measures.cues import LETTERS
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()


def of(manager: str | None = None, **values: Any) -> GeneCard:
    return card(Values(values), RULES, as_of="2026-10-31", manager=manager)


def test_without_a_contact_log_familiarity_is_unknown_and_never_stranger() -> None:
    found = of(g_size_now_m0="big", average=80_000_000)
    assert found.relation.code is None
    assert found.relation.name == "未知熟悉度"
    assert found.familiarity.score is None
    assert found.familiarity.familiar is None
    assert found.relation.ask in found.asks


def test_the_quadrant_brings_its_cadence_openings_goal_and_forbidden_moves() -> None:
    found = of(
        familiarity=12, familiar=0, g_size_now_m0="big", average=80_000_000, g_quad_now_d0="silent_boss"
    )
    assert found.relation.quadrant is not None
    assert found.relation.name == "沉默大boss"
    assert found.relation.quadrant.mnemonic == "大陌靠真诚"
    assert any("不推" in move for move in found.relation.quadrant.first)
    assert "12 分" in found.relation.reason
    assert "80.0万" in found.relation.reason


def test_the_points_of_familiarity_add_up_to_the_score() -> None:
    found = of(
        familiarity=58, familiar=0, wecom=1, talks_90=1, met_180=1, managed_days=400, kyc=0.85,
        product_count=4, family_fields=1, days_since_talk=200,
    ).familiarity  # fmt: skip
    assert sum(part.points for part in found.parts) == 58
    assert [part.points for part in found.parts] == [15, 10, 20, 10, 15, 10, 0, -22]
    assert "200 天" in found.parts[-1].reason


def test_what_no_list_tells_gives_no_points_and_says_so() -> None:
    found = of(familiarity=10, familiar=0, talks_90=1).familiarity
    kyc = next(part for part in found.parts if part.name == "KYC 完整度")
    assert (kyc.points, kyc.known) == (0, False)
    assert "没有这一列" in kyc.reason


def test_a_small_customer_says_what_would_tell_the_potential() -> None:
    found = of(g_size_now_m0="small", average=2_000_000, monthly_income=900_000)
    assert found.size.code == "small"
    assert "credit_limit" in found.size.missing
    assert "monthly_income" not in found.size.missing
    assert "潜力无法判断" in found.size.reason


def test_potential_is_shown_apart_from_big() -> None:
    found = of(g_size_now_m0="potential", average=2_000_000, g_pot_wealth_m0=1, same_name_mean=8_000_000)
    assert found.size.name == "大(潜)"
    assert "8.0万" in found.size.reason


def test_low_confidence_speaks_neutrally() -> None:
    found = of(manager="D", style="S", style_confidence=0.19, cues=5).style
    assert (found.level, found.speak, found.pairing) == ("low", NEUTRAL, "")
    assert "暂按中性话术" in found.reason
    assert found.hints == letters()[NEUTRAL]


def test_a_confident_style_brings_its_hints_and_the_pairing_with_the_manager() -> None:
    found = of(manager="D", style="S", style_confidence=0.4, cues=5).style
    assert (found.level, found.speak) == ("high", "S")
    assert found.pairing == pairings()["DS"]
    assert found.hints.name == "稳健"
    assert of(style="S", style_confidence=0.39, cues=5).style.level == "middle"


def test_a_segment_that_cannot_be_told_asks_for_the_missing_field() -> None:
    found = of(occupation="教师", company_link=0)
    owner = next(one for one in found.segments if one.code == "owner")
    assert owner.hit is None
    assert owner.missing == ("business_loan_balance",)
    assert "经营贷" in owner.ask
    assert owner.ask in found.asks
    assert "职业 教师" in owner.reason


def test_a_segment_hit_and_not_hit_give_their_figures() -> None:
    found = of(age=66, g_seg_elder_m0=1, g_seg_woman_m0=0, gender="男")
    elder = next(one for one in found.segments if one.code == "elder")
    woman = next(one for one in found.segments if one.code == "woman")
    assert (elder.hit, woman.hit) == (True, False)
    assert "66 岁" in elder.reason
    assert "不符合" in woman.reason


def test_the_primary_says_which_before_it_are_still_open() -> None:
    found = of(g_seg_main_m0="elder", g_seg_elder_m0=1, g_seg_trade_m0=0, g_seg_farm_m0=0, age=70)
    assert found.primary_name == "老年"
    assert "企业主还无法判断" in found.primary_reason
    assert of().primary_name == "主客群待定"
    assert of(g_seg_main_m0="none").primary_name == "未分群"


def test_only_the_head_tower_or_potential_has_personas() -> None:
    assert of(tower="base", g_pot_wealth_m0=0).personas == ()
    found = of(tower="top", g_per_expert_m0=1, g_per_sure_m0=0.6, occupation="医生", g_per_heir_m0=0, age=50)
    expert = next(one for one in found.personas if one.code == "expert")
    founder = next(one for one in found.personas if one.code == "founder")
    assert (expert.hit, expert.confidence) == (True, 0.6)
    assert "医生" in expert.reason
    assert expert.needs
    assert founder.hit is None
    assert founder.ask in found.asks


def test_contradictions_name_the_figures_and_unknown_contradicts_nothing() -> None:
    found = of(occupation="退休人员", payroll_3=3)
    assert [one.code for one in found.contradictions] == ["retired_paid"]
    assert "3" in found.contradictions[0].sentence
    assert of(occupation="退休人员").contradictions == ()
    assert of(occupation="退休人员", payroll_3=0).contradictions == ()


def test_amounts_in_contradictions_are_yuan() -> None:
    assert of(occupation="学生", payroll_mean=900_000).contradictions[0].code == "student_rich"
    assert of(occupation="学生", payroll_mean=790_000).contradictions == ()


def test_the_json_of_a_card_holds_no_style() -> None:
    body = of(style="D", style_confidence=0.9, cues=9).as_json()
    assert "style" not in body
    assert "relation" in json.loads(json.dumps(body))


def test_every_style_has_its_hints_and_every_pair_of_styles_its_own() -> None:
    assert set(letters()) == {*LETTERS, NEUTRAL}
    assert set(pairings()) == {a + b for a in LETTERS for b in LETTERS}
    assert len(set(pairings().values())) == 16


def test_the_segments_stand_in_the_order_in_which_they_become_the_primary_one() -> None:
    assert [one.code for one in segments()] == [
        "owner", "trade", "farm", "elder", "youth", "white", "payroll", "woman",
    ]  # fmt: skip
