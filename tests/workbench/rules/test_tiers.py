"""The ladder: levels, presets, sleep, gaps and the deposit of today (domain 1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbench.conftest import SmallBook
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder, deposit_today

WAN = 1_000_000  # fen


def ladder(preset: str = "general") -> Ladder:
    return Ladder.of(Rules.load(preset))


def test_golden_2_seven_wan_deposited_today_keeps_the_level() -> None:
    assert deposit_today(50 * WAN, 48 * WAN, 47 * WAN, days=30, left=10) == 7 * WAN


@given(st.integers(0, 10**10), st.integers(0, 10**10), st.integers(0, 10**10), st.integers(1, 31))
def test_the_deposit_of_today_is_the_least_that_reaches_the_line(
    line: int, average: int, balance: int, left: int
) -> None:
    extra = deposit_today(line, average, balance, days=31, left=left)

    def total(deposit: int) -> int:
        return average * (31 - left) + (balance + deposit) * left

    assert total(extra) >= line * 31
    assert extra == 0 or total(extra - 1) < line * 31


@pytest.mark.parametrize(
    ("preset", "wan", "level"),
    [
        ("general", 0.5, "L1"), ("general", 4.99, "L2"), ("general", 5, "L3"), ("general", 20, "L4"),
        ("general", 50, "L5"), ("general", 100, "L6"), ("general", 300, "L7"), ("general", 600, "L8"),
        ("rural", 29, "L3"), ("rural", 30, "L4"), ("rural", 300, "L7"),
        ("joint_stock", 49, "L3"), ("joint_stock", 50, "L5"), ("joint_stock", 500, "L7"), ("joint_stock", 1000, "L8"),
        ("state", 200, "L7"), ("state", 599, "L7"), ("state", 600, "L8"),
    ],
)  # fmt: skip
def test_the_level_of_a_daily_average_by_preset(preset: str, wan: float, level: str) -> None:
    assert ladder(preset).level(round(wan * WAN)) == level


def test_golden_7_asleep_only_below_100_yuan_and_a_year_without_a_transaction() -> None:
    steps = ladder()
    assert steps.level(8_000, "2025-10-26", "2026-10-31") == "L0"  # 370 days
    assert steps.level(8_000, "2026-01-04", "2026-10-31") == "L1"  # 300 days
    assert steps.level(8_000, None, "2026-10-31") == "L1"  # not told: nobody is called asleep
    assert steps.level(None) is None


def test_the_gap_to_the_next_line_and_the_margin_over_the_own() -> None:
    steps = ladder()
    assert (steps.to_upgrade(46 * WAN), steps.to_keep(46 * WAN)) == (4 * WAN, 26 * WAN)
    assert steps.to_upgrade(700 * WAN) is None
    assert (steps.to_upgrade(None), steps.to_keep(None)) == (None, None)
    assert [steps.tower(level) for level in ("L0", "L2", "L3", "L5", "L6")] == [
        "base", "base", "waist_low", "waist_high", "top",
    ]  # fmt: skip


def test_every_preset_names_as_many_levels_as_lines_and_towers() -> None:
    for preset in ("general", "rural", "joint_stock", "state"):
        steps = ladder(preset)
        assert len(steps.codes) == len(steps.lines) == len(steps.towers)
        assert list(steps.lines) == sorted(steps.lines)
        for code in steps.codes:
            assert Rules.load(preset).text(f"tier.{code}")


def test_the_level_in_the_book_is_the_level_in_python(small: SmallBook) -> None:
    told = {
        "a": (80, "2025-10-26"),
        "b": (80, "2026-01-04"),
        "c": (4.6e4, None),
        "d": (6e4, None),
        "e": (7e6, None),
    }
    for no, (yuan, last) in told.items():
        small.month(no, aum_daily_average=yuan, last_txn_date=last)
    steps = ladder()
    for no, (yuan, last) in told.items():
        assert small.risk(no).tier == steps.level(round(yuan * 100), last, "2026-10-31")
