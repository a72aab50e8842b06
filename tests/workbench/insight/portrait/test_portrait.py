"""The portrait as values: parts of assets, what has matured, what may leave the book (domain 0, 2.2, 16.4)."""

from dataclasses import replace
from typing import Any

import pytest

from workbench.insight.portrait.portrait import HoldingRow, MonthPoint, Portrait
from workbench.insight.tags.explain import Input, TagOnCustomer

EMPTY = Portrait(
    customer_id=1, customer_no="0001", name="王芳", month=None, as_of=None, facts=(), tier=None, tier_name=None,
    tower=None, bank_level=None, to_upgrade_fen=None, to_keep_fen=None, points=(), holdings=(), risk=None, touches=(),
    source=None,
)  # fmt: skip


def point(**figures: int) -> MonthPoint:
    return MonthPoint("2026-10", "2026-10-31", figures, None)


def tag(code: str, *inputs: str) -> TagOnCustomer:
    named: Any = tuple(Input(name, name, "text", 1, "field", None, "—") for name in inputs)
    fields = dict.fromkeys(TagOnCustomer.__dataclass_fields__) | {"code": code, "inputs": named}
    return TagOnCustomer(**fields)  # type: ignore[arg-type]


def test_deposits_are_their_total_else_the_sum_of_the_kinds_that_are_reported() -> None:
    assert point(deposit_balance=900, demand_balance=100).part("deposit", "balance") == 900
    assert point(demand_balance=100, large_cd_balance=50).part("deposit", "balance") == 150
    assert point(demand_daily_average=70).part("deposit", "balance") is None
    assert point(demand_daily_average=70).part("deposit", "daily_average") == 70
    assert point(demand_balance=100).part("wealth", "balance") is None


@pytest.mark.parametrize(
    ("maturity", "matured"),
    [("2026-10-30", True), ("2026-10-31", False), ("2026-11-01", False), (None, False)],
)
def test_a_product_has_matured_only_after_its_day(maturity: str | None, matured: bool) -> None:
    row = HoldingRow("P1", "稳享", "理财", "R2", 100, None, maturity, "holding", None)
    assert row.matured("2026-10-31") is matured


@pytest.mark.parametrize("name", ["style", "style_confidence", "cues"])
def test_no_tag_that_rests_on_the_observed_style_leaves_the_book(name: str) -> None:
    portrait = replace(EMPTY, tags=(tag("talk", name, "age"), tag("elder", "age")))
    assert [one.code for one in portrait.leaving_tags] == ["elder"]


def test_facts_by_the_identity_number_are_named_in_their_order() -> None:
    facts = (("gender", "性别", "女"), ("birth_date", "出生日期", "1980-01-01"), ("phone", "手机", "138"))
    assert replace(EMPTY, facts=facts).by_number_words == ""
    told = replace(EMPTY, facts=facts, by_number=frozenset({"birth_date", "gender"}))
    assert told.by_number_words == "性别、出生日期由证件号推算"
    assert told.as_json()["by_id_number"] == ["birth_date", "gender"]


def test_the_json_of_a_customer_on_no_list_has_every_part_and_no_figure() -> None:
    body = EMPTY.as_json()
    assert body["customer"] == {"customer_no": "0001", "name": "王芳"}
    assert (body["gene"], body["risk"], body["consent"], body["source"]) == (None, None, None, None)
    assert (body["snapshots"], body["signals"], body["next_actions"]) == ([], [], [])
    assert body["tier"]["to_upgrade"] is None


def test_money_is_handed_over_in_yuan() -> None:
    row = HoldingRow("P1", "稳享", "理财", "R2", 123_45, -6_00, "2026-12-01", "holding", None)
    body = replace(EMPTY, points=(point(aum_balance=5_00),), holdings=(row,), to_upgrade_fen=10_01).as_json()
    assert body["snapshots"][0]["aum_balance"] == pytest.approx(5)
    assert (body["holdings"][0]["amount"], body["holdings"][0]["profit"]) == (pytest.approx(123.45), -6)
    assert body["tier"]["to_upgrade"] == pytest.approx(10.01)
