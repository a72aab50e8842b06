"""How the assets stand in the bands (domain 8.2): nothing missing is zero, nothing counts twice, insurance stands apart."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from workbench.insight.allocation.bands import BANDS, BOLD, CASH, CORE, GOLD, GROWTH, STABLE, band_of
from workbench.insight.allocation.held import HeldLine
from workbench.insight.allocation.present import Present, present_of
from workbench.insight.shelf.families import families, family_of
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()
WAN = 10_000_00
AS_OF = "2026-10-31"


def line(category: str, name: str, risk: int | None, amount: int, **more: Any) -> HeldLine:
    family = family_of(category, name, risk, families())
    regime = more.pop("regime", family.regime if family else "wealth")
    band = band_of(family, regime, risk, name, RULES)
    facts: dict[str, Any] = {"code": name, "matures": None, "fee": None, "exit_written": False, **more}
    return HeldLine(
        name=name,
        category=category,
        family=family,
        regime=regime,
        risk=risk,
        band=band,
        amount=amount,
        **facts,
    )


def present(lines: tuple[HeldLine, ...] = (), listed: bool = True, **told: Any) -> Present:
    return present_of(Values(told), lines, listed, AS_OF, RULES)


def test_what_lists_tell_lies_in_its_band() -> None:
    lines = (
        line("理财", "稳享", 2, 20 * WAN),
        line("理财", "进取", 3, 10 * WAN),
        line("基金", "全球", 5, 5 * WAN),
    )
    made = present(
        lines, balance=60 * WAN, demand_balance=15 * WAN, time_deposit_balance=10 * WAN, wealth_balance=30 * WAN,
        fund_balance=5 * WAN,
    )  # fmt: skip
    assert made.placed == {CASH: 15 * WAN, STABLE: 30 * WAN, GROWTH: 10 * WAN, BOLD: 5 * WAN, GOLD: 0}
    assert (made.base, made.unplaced, made.differs) == (60 * WAN, (), 0)
    assert made.shares(*CORE) == (0.75, 0.75)


def test_wealth_without_its_levels_may_be_of_several_bands_and_names_the_column() -> None:
    made = present(
        listed=False,
        balance=50 * WAN,
        demand_balance=20 * WAN,
        deposit_balance=20 * WAN,
        wealth_balance=30 * WAN,
    )
    assert made.shares(STABLE) == (0.0, 0.6)
    assert made.shares(CASH) == (0.4, 1.0)
    assert made.shares(GOLD) == (0.0, 0.0)
    assert "产品风险等级" in made.columns(GROWTH)


def test_a_list_that_tells_the_assets_alone_tells_no_share() -> None:
    made = present(listed=False, balance=50 * WAN)
    assert all(made.shares(band) == (0.0, 1.0) for band in BANDS)
    assert made.columns()


def test_without_the_assets_there_is_no_share_at_all() -> None:
    made = present(listed=False, demand_balance=5 * WAN)
    assert made.shares(CASH) is None
    assert made.columns() == ("金融资产时点余额",)


def test_deposits_without_the_demand_are_ready_or_stable() -> None:
    made = present(listed=False, balance=30 * WAN, deposit_balance=30 * WAN)
    assert made.shares(*CORE) == (1.0, 1.0)
    assert made.shares(CASH) == (0.0, 1.0)
    assert any("活期" in column for column in made.columns(CASH))


def test_insurance_and_the_pension_account_are_no_part_of_what_is_shared_out() -> None:
    lines = (line("保险", "养老年金", 1, 10 * WAN),)
    made = present(lines, balance=50 * WAN, demand_balance=35 * WAN, insurance_balance=10 * WAN, pension_balance=5 * WAN,
                   lum=90 * WAN)  # fmt: skip
    assert (made.apart, made.base) == (15 * WAN, 35 * WAN)
    assert made.shares(CASH) == (1.0, 1.0)


def test_a_structured_deposit_without_a_level_is_not_taken_for_a_deposit() -> None:
    lines = (line("结构性存款", "看涨三个月", None, 10 * WAN, regime="structured"),)
    made = present(lines, balance=20 * WAN, demand_balance=10 * WAN)
    assert made.shares(STABLE) == (0.0, 0.5)
    assert made.columns(STABLE) == ("产品风险等级",)


def test_a_flag_that_denies_a_kind_leaves_nothing_open() -> None:
    told = {"balance": 50 * WAN, "demand_balance": 20 * WAN}
    assert present(listed=False, **told).shares(GOLD) == (0.0, 0.6)
    assert present(listed=False, **told, holds_gold=0).shares(GOLD) == (0.0, 0.0)


def test_parts_that_exceed_the_assets_are_said_and_shared_out_of_their_sum() -> None:
    made = present(balance=50 * WAN, demand_balance=30 * WAN, time_deposit_balance=30 * WAN)
    assert made.differs == 10 * WAN
    assert made.shares(CASH) == (0.5, 0.5)


_FEN = st.none() | st.integers(0, 10**10)


_COLUMNS = (
    "balance", "demand_balance", "time_deposit_balance", "deposit_balance", "wealth_balance", "fund_balance",
    "insurance_balance", "precious_metal_balance", "structured_deposit_balance",
)  # fmt: skip
_KINDS = (
    ("理财", "稳享", 2),
    ("理财", "进取", 3),
    ("基金", "全球", 5),
    ("定期", "一年", 1),
    ("理财", "无等级", None),
)


@law(examples=300, few=60)
@given(
    told=st.fixed_dictionaries(dict.fromkeys(_COLUMNS, _FEN)),
    amounts=st.lists(st.tuples(st.sampled_from(_KINDS), st.integers(0, 10**10)), max_size=6),
)
def test_shares_lie_between_nothing_and_all_and_can_make_up_the_whole(
    told: dict[str, int | None], amounts: list[tuple[tuple[str, str, int | None], int]]
) -> None:
    lines = tuple(line(*what, amount) for what, amount in amounts)
    made = present(lines, **told)
    shares = [made.shares(band) for band in BANDS]
    if made.shares(CASH) is None:
        assert made.total is None or made.base <= 0
        return
    known = [one for one in shares if one is not None]
    assert all(-1e-9 <= least <= most + 1e-9 <= 1 + 2e-9 for least, most in known)
    assert sum(least for least, _most in known) <= 1 + 1e-6
    # what rounding of the lists leaves may be missing, never more
    slack = RULES.number("alloc.differs") * max(made.total or 0, 1) / max(made.base, 1)
    assert sum(most for _least, most in known) >= 1 - slack - 1e-6


@pytest.mark.parametrize("band", BANDS)
def test_shares_of_bands_together_are_not_wider_than_the_sum_of_each(band: str) -> None:
    made = present(listed=False, balance=50 * WAN, demand_balance=20 * WAN, wealth_balance=30 * WAN)
    one, both = made.shares(band), made.shares(*{band, STABLE})
    assert one is not None
    assert both is not None
    assert both[0] >= one[0]
    assert both[1] <= 1
