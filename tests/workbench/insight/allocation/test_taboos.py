"""The eight portfolio taboos (domain 8.2): each hit, no or cannot tell, with its figures and where they come from."""

import json
from typing import Any

import pytest

from tests.workbench.insight.allocation.test_present import WAN, line, present
from workbench.insight.allocation.bands import package_of
from workbench.insight.allocation.gaps import gaps_of
from workbench.insight.allocation.held import HeldLine, fee_of
from workbench.insight.allocation.taboos import TABOOS, Contacts, Portfolio, TabooCheck, taboos
from workbench.rules.parameters import Rules

RULES = Rules.load()


def checks(
    lines: tuple[HeldLine, ...] = (),
    *,
    level: int | None = 3,
    listed: bool = True,
    contacts: Contacts | None = None,
    **told: Any,
) -> dict[str, TabooCheck]:
    of = present(lines, listed, **told)
    package = package_of(level, RULES, {}) if level else None
    whole = Portfolio(of, gaps_of(of, package, RULES), package, lines, listed, contacts or Contacts())
    return {one.code: one for one in taboos(whole, RULES)}


#: a C3 customer within all of his ranges
CALM: dict[str, Any] = {
    "lines": (line("理财", "稳享", 2, 20 * WAN), line("理财", "进取", 3, 20 * WAN, exit_written=True)),
    "balance": 80 * WAN,
    "demand_balance": 10 * WAN,
    "time_deposit_balance": 30 * WAN,
    "wealth_balance": 40 * WAN,
}


def test_there_are_eight_and_each_has_figures_and_a_source() -> None:
    made = checks(**CALM)
    assert tuple(made) == TABOOS
    assert len(made) == 8
    assert all(one.sentence and one.source for one in made.values())


def test_a_calm_portfolio_hits_none() -> None:
    made = checks(**CALM, contacts=Contacts(3, "2026-09-01", None))
    assert {code: one.state for code, one in made.items()} == dict.fromkeys(TABOOS, "no") | {
        "fees": "unknown"
    }


@pytest.mark.parametrize(
    ("contacts", "state"),
    [(Contacts(), "unknown"), (Contacts(3), "hit"), (Contacts(3, "2026-09-01"), "no")],
)
def test_a_goal_is_what_a_contact_noted(contacts: Contacts, state: str) -> None:
    assert checks(contacts=contacts)["goal"].state == state


def test_too_little_core_and_too_much_beside_it() -> None:
    risky = (line("基金", "全球", 5, 60 * WAN),)
    made = checks(risky, balance=80 * WAN, demand_balance=20 * WAN, fund_balance=60 * WAN)
    assert (made["core"].state, made["satellite"].state, made["balance"].state) == ("hit", "hit", "hit")
    assert "25%" in made["core"].sentence
    assert "60%" in made["core"].sentence
    assert "75%" in made["satellite"].sentence
    assert "35%" in made["satellite"].sentence


def test_a_share_just_under_its_line_does_not_look_like_it() -> None:
    risky = (line("黄金", "积存金", 3, 40_10_00 * 100),)
    made = checks(
        risky, balance=100 * WAN, demand_balance=59_90_00 * 100, precious_metal_balance=40_10_00 * 100
    )
    assert made["core"].state == "hit"
    assert "占 59.9%,低于 60%" in made["core"].sentence


def test_without_a_class_the_general_lines_count_and_balance_cannot_be_told() -> None:
    risky = (line("基金", "全球", 5, 20 * WAN),)
    made = checks(risky, level=None, balance=80 * WAN, demand_balance=60 * WAN, fund_balance=20 * WAN)
    assert (made["core"].state, made["satellite"].state, made["balance"].state) == ("no", "no", "unknown")


def test_shares_that_cannot_be_told_name_the_column() -> None:
    made = checks(listed=False, balance=80 * WAN, demand_balance=20 * WAN, wealth_balance=60 * WAN)
    assert made["core"].state == "unknown"
    assert "产品风险等级" in made["core"].sentence


@pytest.mark.parametrize(("count", "state"), [(12, "no"), (13, "hit")])
def test_more_than_twelve_products_are_too_many(count: int, state: str) -> None:
    lines = tuple(line("定期", f"一年{n}", 1, WAN) for n in range(count))
    assert checks(lines)["products"].state == state
    assert checks(listed=False)["products"].state == "unknown"


@pytest.mark.parametrize(
    ("fees", "state"),
    [((0.02, 0.012), "hit"), ((0.01, 0.012), "no"), ((None, None), "unknown"), ((0.02, None), "unknown")],
)
def test_fees_are_weighed_by_amount_and_need_most_of_them_told(
    fees: tuple[float | None, float | None], state: str
) -> None:
    lines = (line("基金", "全球", 5, 20 * WAN, fee=fees[0]), line("基金", "混合", 3, 30 * WAN, fee=fees[1]))
    made = checks(lines)["fees"]
    assert made.state == state
    if state == "hit":
        assert "1.52%" in made.sentence  # (20 x 2 % + 30 x 1.2 %) / 50


def test_a_deposit_has_no_fee() -> None:
    assert checks((line("定期", "一年", 1, WAN),))["fees"].state == "no"


@pytest.mark.parametrize(
    ("extra", "fee"),
    [
        ({"综合费率": "1.5%", "管理费率": "0.8%"}, 0.015),
        ({"管理费率": "0.8%", "托管费率": "0.2%"}, 0.01),
        ({"管理费率": "0.8%"}, 0.008),
        ({"管理费率": 0.012}, 0.012),
        ({"管理费率": "1.2"}, 0.012),
        ({"管理费率": "面议"}, None),
        ({"备注": "1.2%"}, None),
        ({}, None),
    ],
)
def test_a_fee_is_read_from_the_further_columns_of_the_product_list(
    extra: dict[str, Any], fee: float | None
) -> None:
    assert fee_of(json.dumps(extra, ensure_ascii=False), RULES) == (
        None if fee is None else pytest.approx(fee)
    )


def test_what_can_fall_wants_an_exit_or_a_day_to_look_at_it() -> None:
    bare, written = line("基金", "全球", 5, WAN), line("基金", "全球", 5, WAN, exit_written=True)
    ends = line("理财", "进取", 3, WAN, matures="2027-05-01")
    assert checks((bare,))["exit"].state == "hit"
    assert checks((bare,), contacts=Contacts(1, None, "2026-12-10"))["exit"].state == "no"
    assert checks((written, ends))["exit"].state == "no"
    assert checks((line("定期", "一年", 1, WAN),))["exit"].state == "no"
    assert checks(listed=False)["exit"].state == "unknown"


@pytest.mark.parametrize(("count", "state"), [(3, "no"), (4, "hit")])
def test_four_funds_of_one_type_are_poor_company(count: int, state: str) -> None:
    lines = tuple(line("基金", f"成长混合{n}号", 3, WAN) for n in range(count))
    other = line("基金", "沪深300指数", 4, WAN)
    made = checks((*lines, other))["peers"]
    assert made.state == state
    assert (f"{count} 只" in made.sentence) is True


def test_two_lines_of_one_product_count_once() -> None:
    lines = tuple(line("基金", "成长混合", 3, WAN) for _n in range(6))
    made = checks(lines)
    assert "1 只" in made["peers"].sentence
    assert "1 个" in made["products"].sentence
