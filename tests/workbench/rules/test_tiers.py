"""The ladder: levels, presets, sleep, gaps and the deposit of today (domain 1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Text, column, create_engine, literal, select, text

from tests.laws import law
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


@pytest.mark.parametrize(
    ("average", "active", "level"),
    [
        # asleep needs both: less than 100 yuan, and a year without a transaction that somebody told
        (9_999, "2025-10-31", "L0"), (10_000, "2025-10-31", "L1"), (0, "2025-10-31", "L0"), (-5, "2025-10-31", "L0"),
        (9_999, "2025-11-01", "L1"), (9_999, "", "L1"), (9_999, None, "L1"),
    ],
)  # fmt: skip
def test_sleep_begins_at_its_day_and_below_its_line(average: int, active: str | None, level: str) -> None:
    steps = ladder()
    assert steps.asleep_since("2026-10-31") == "2025-11-01"
    assert steps.level(average, active, "2026-10-31") == level
    assert steps.level(average, active) == "L1", "without a data date nobody is asleep"


@pytest.mark.parametrize("preset", ["general", "rural", "joint_stock", "state"])
def test_a_level_begins_exactly_at_its_line(preset: str) -> None:
    steps = ladder(preset)
    for place, (code, line) in enumerate(zip(steps.codes, steps.lines, strict=True)):
        assert steps.level(line) == code
        assert steps.level(max(line, 1) - 1) == steps.codes[max(place - 1, 0)]
        assert steps.line(line) == line
        assert steps.to_keep(line) == 0
        above = steps.lines[place + 1] if place + 1 < len(steps.lines) else None
        assert steps.next_line(line) == above
        assert steps.to_upgrade(line) == (None if above is None else above - line)


def test_in_the_book_too_nobody_with_a_hundred_yuan_sleeps() -> None:
    steps = ladder()
    with create_engine("sqlite://").connect() as conn:
        found = [
            conn.execute(select(steps.level_of(literal(fen), literal("2025-01-01"), "2026-10-31"))).scalar()
            for fen in (9_999, 10_000)
        ]
    assert found == ["L0", "L1"]


def test_a_level_nobody_knows_is_of_the_lowest_tower_and_none_of_none() -> None:
    steps = ladder()
    assert (steps.tower("L99"), steps.tower(None), steps.tower("L8"), steps.tower("L4")) == (
        "base", None, "top", "waist_mid",
    )  # fmt: skip


AVERAGES = st.one_of(
    st.none(), st.integers(-(10**6), 10**12),
    st.sampled_from(ladder().lines).flatmap(lambda line: st.integers(line - 1, line + 1)),
)  # fmt: skip


@given(
    st.lists(
        st.tuples(AVERAGES, st.sampled_from([None, "2025-10-31", "2025-11-01", "2026-10-01"])),
        min_size=1,
        max_size=8,
    )
)
@law(examples=100)
def test_all_customers_in_the_book_stand_where_each_stands_in_python(
    told: list[tuple[int | None, str | None]],
) -> None:
    steps, rows = ladder(), [{"a": average, "d": active} for average, active in told]
    engine = create_engine("sqlite://")
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE t (a INTEGER, d TEXT)"))
        conn.execute(text("INSERT INTO t VALUES (:a, :d)"), rows)
        average, active = column("a", BigInteger), column("d", Text)
        asked = select(steps.level_of(average, active, "2026-10-31"), steps.line_of(average)).select_from(
            text("t")
        )
        found = [tuple(row) for row in conn.execute(asked)]
    assert found == [
        (steps.level(one, active, "2026-10-31"), None if one is None else steps.line(one))
        for one, active in told
    ]


@pytest.mark.parametrize(
    ("line", "average", "balance", "days", "left", "fen"),
    [
        (50 * WAN, 50 * WAN, 50 * WAN, 30, 10, 0), (50 * WAN, 60 * WAN, 0, 30, 10, 30 * WAN), (50 * WAN, 80 * WAN, 0, 30, 10, 0),
        (100, 0, 0, 30, 7, 429), (100, 0, 0, 31, 31, 100), (100, 0, 0, 31, 1, 3_100), (0, 0, -100, 30, 30, 100),
    ],
)  # fmt: skip
def test_the_deposit_is_rounded_up_and_never_negative(
    line: int, average: int, balance: int, days: int, left: int, fen: int
) -> None:
    assert deposit_today(line, average, balance, days=days, left=left) == fen
