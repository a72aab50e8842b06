"""Combos for newcomers (domain 8.3): by entry money, two to four lines, every fen placed, capped by the class."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.insight.allocation.test_slots import FINE, SHELF
from workbench.base.workdays import shipped
from workbench.insight.allocation.bands import CASH, RiskPackage, package_of
from workbench.insight.allocation.combos import COMBOS, Combo, combo, combo_code, entry_words
from workbench.insight.allocation.slots import SlotSeller
from workbench.insight.products.verdict import Buyer
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = dt.date(2026, 11, 30)
WAN = 10_000_00


def made(fen: int, level: int | None, salary: int | None = None, code: str = "", age: int = 40) -> Combo:
    buyer = Buyer() if level is None else replace(FINE, risk_class=level, age=age)
    package: RiskPackage | None = None if level is None else package_of(level, RULES, SHELF)
    seller = SlotSeller(SHELF, buyer, DAY, RULES)
    return combo(code or combo_code(fen, RULES), fen, seller, package, shipped(), salary)


@pytest.mark.parametrize(
    ("wan", "code", "lines"),
    [
        (1, "starter", ["cash", "monthly", "card"]),
        (5, "growing", ["cash", "stable", "growth", "pension"]),
        (19, "growing", ["cash", "stable", "growth", "pension"]),
        (20, "laddered", ["cash", "ladder", "cover"]),
        (50, "full", ["cash", "ladder", "rising", "cover"]),
    ],
)
def test_entry_money_decides_the_combo_and_its_lines(wan: int, code: str, lines: list[str]) -> None:
    of = made(wan * WAN, 3)
    assert (of.code, [one.code for one in of.lines]) == (code, lines)


def test_the_middle_combo_of_c3_is_ten_seventy_twenty() -> None:
    lines = {one.code: one for one in made(10 * WAN, 3).lines}
    assert [lines[code].amount for code in ("cash", "stable", "growth")] == [WAN, 7 * WAN, 2 * WAN]


@pytest.mark.parametrize("level", [1, 2, None])
def test_what_the_class_bars_goes_to_the_stable_part_and_says_so(level: int | None) -> None:
    lines = {one.code: one for one in made(10 * WAN, level).lines}
    assert "growth" not in lines
    assert "风评不到" in lines["stable"].aside
    # a cautious customer keeps as much ready money as his own range wants
    assert lines["cash"].share == pytest.approx(0.15 if level == 1 else 0.1)


@pytest.mark.parametrize("fen", [10 * WAN, 100 * WAN])
@pytest.mark.parametrize("level", [3, 5])
def test_at_seventy_the_whole_is_ready_or_stable_and_says_so(fen: int, level: int) -> None:
    of = made(fen, level, age=70)
    assert not {"growth", "rising"} & {one.code for one in of.lines}
    assert any("年纪大" in one.aside for one in of.lines)
    assert sum(one.amount or 0 for one in of.lines) == fen


def test_without_a_valid_test_the_lines_are_deposits() -> None:
    for wan in (3, 10, 30, 80):
        for line in made(wan * WAN, None).lines:
            assert all(not one.filled or not one.risk or one.risk <= 1 for one in line.slots)
            assert all(one.product not in ("天天盈", "稳享") for one in line.slots)


def test_the_monthly_part_is_a_share_of_the_salary_or_left_to_the_customer() -> None:
    told, untold = (made(WAN, 3, salary).lines[1] for salary in (800_000, None))
    assert (told.amount, told.aside) == (160_000, "")
    assert untold.amount is None
    assert "客户定" in untold.aside


def test_the_review_is_on_a_workday_about_sixty_days_on() -> None:
    review = dt.date.fromisoformat(made(10 * WAN, 3).review)
    assert shipped().is_workday(review)
    assert (review - DAY).days >= 60


def test_each_has_three_sentences_and_words_for_its_money() -> None:
    assert [len(made(WAN, 3, code=code).says) for code in COMBOS] == [3, 3, 3, 3]
    assert [entry_words(code, RULES) for code in COMBOS] == ["5万以下", "5万–20万", "20万–50万", "50万及以上"]


@law(examples=300, few=60)
@given(fen=st.integers(1, 10**11), level=st.none() | st.integers(1, 5))
def test_every_fen_is_placed_once(fen: int, level: int | None) -> None:
    of = made(fen, level)
    parts = [one.amount for one in of.lines if one.share is not None]
    assert sum(part or 0 for part in parts) == fen
    assert all(part is not None and part >= 0 for part in parts)
    assert sum(one.share or 0 for one in of.lines) == pytest.approx(1)
    assert 2 <= len(of.lines) <= 4
    assert all(one.slots and one.terms and one.exit for one in of.lines if one.code != "ladder")
    if of.ladder is not None:
        ladder = next(one for one in of.lines if one.code == "ladder")
        assert sum(one.fen for one in of.ladder.rungs) in (0, ladder.amount)
    cash = next(one for one in of.lines if one.code == CASH)
    assert cash.amount is not None
    assert cash.amount >= 0


@law(examples=60)
@given(fen=st.integers(50 * WAN, 10**10), level=st.integers(1, 4))
def test_a_higher_class_gets_no_less_of_what_may_rise(fen: int, level: int) -> None:
    def rising(of: Combo) -> float:
        return sum(one.share or 0 for one in of.lines if one.code in ("growth", "rising"))

    assert rising(made(fen, level)) <= rising(made(fen, level + 1)) + 1e-9
