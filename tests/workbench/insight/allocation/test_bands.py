"""The packages of the risk classes (domain 8.2; golden 14): their shares can be the whole, nothing above the class."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from workbench.insight.allocation.bands import (
    APART,
    BANDS,
    BOLD,
    CASH,
    GOLD,
    GROWTH,
    STABLE,
    band_of,
    lowest_risks,
    package_of,
    packages,
)
from workbench.insight.products.offers import Shelf
from workbench.insight.products.verdict import Offered
from workbench.insight.shelf.families import families
from workbench.rules.parameters import Rules

RULES = Rules.load()
FAMILIES = {one.code: one for one in families()}
#: (low, high) in per cent as domain 8.2 prints them
PRINTED = {
    1: [(15, 30), (70, 85), (0, 0), (0, 0), (0, 0)],
    2: [(10, 25), (75, 90), (0, 0), (0, 0), (0, 0)],
    3: [(10, 15), (50, 65), (15, 30), (0, 0), (0, 5)],
    4: [(5, 10), (35, 50), (20, 30), (15, 25), (0, 10)],
    5: [(5, 10), (20, 35), (20, 30), (30, 45), (0, 10)],
}


def gold(risk: int | None) -> Shelf:
    return {"gold": [(Offered("积存金", "gold", seller_risk=risk), None)]}


@pytest.mark.parametrize("level", PRINTED)
def test_the_ranges_are_those_of_the_handbook(level: int) -> None:
    package = package_of(level, RULES, {})
    ranges = [(round(one.low * 100), round(one.high * 100)) for one in package.ranges.values()]
    assert ranges == PRINTED[level]
    assert list(package.ranges) == list(BANDS)


def test_gold_that_the_bank_rates_low_enough_is_for_c2_too() -> None:
    assert package_of(2, RULES, gold(2)).ranges[GOLD].words == "0–5%"
    assert package_of(2, RULES, gold(3)).ranges[GOLD].forced
    assert package_of(1, RULES, gold(1)).ranges[GOLD].words == "0"


@given(risk=st.sampled_from([None, 1, 2, 3, 4, 5]))
def test_shares_within_every_package_make_up_the_whole(risk: int | None) -> None:
    for package in packages(RULES, gold(risk)):
        shares = package.targets()
        assert sum(shares.values()) == pytest.approx(1)
        for band, share in shares.items():
            assert package.ranges[band].low - 1e-9 <= share <= package.ranges[band].high + 1e-9


_SHARES = st.lists(st.integers(0, 20).map(lambda n: n / 20), min_size=5, max_size=5)


@law(examples=300)
@given(level=st.integers(1, 5), low=_SHARES, high=_SHARES, risk=st.sampled_from([None, 1, 2, 3, 4, 5]))
def test_no_band_above_the_class_ever_has_a_target_whatever_the_rules_say(
    level: int, low: list[float], high: list[float], risk: int | None
) -> None:
    rules = RULES.trying({f"alloc.c{level}.low": low, f"alloc.c{level}.high": high})
    package = package_of(level, rules, gold(risk))
    needed = lowest_risks(rules, gold(risk))
    barred = [band for band in BANDS if needed[band] > level]
    assert all(package.ranges[band].high == 0 for band in barred)
    if not package.possible:
        with pytest.raises(ValueError, match="whole"):
            package.targets()
        return
    targets = package.targets()
    assert sum(targets.values()) == pytest.approx(1)
    assert all(targets[band] == 0 for band in barred)


def test_a_higher_class_may_have_more_that_can_fall_and_needs_less_that_cannot() -> None:
    every = packages(RULES, gold(3))
    for lower, higher in itertools.pairwise(every):
        for bands, sign in (((GROWTH, BOLD, GOLD), 1), ((BOLD,), 1), ((GOLD,), 1)):
            sums = [sum(one.ranges[band].high for band in bands) for one in (lower, higher)]
            assert (sums[1] - sums[0]) * sign >= -1e-9
        assert higher.ranges[STABLE].low <= lower.ranges[STABLE].low or lower.risk_class == 1
        rising = [sum(one.targets()[band] for band in (GROWTH, BOLD, GOLD)) for one in (lower, higher)]
        assert rising[1] >= rising[0] - 1e-9


@pytest.mark.parametrize(
    ("family", "regime", "risk", "name", "band"),
    [
        ("demand", "deposit", None, "活期", CASH),
        ("cash", "wealth", 1, "天天盈", CASH),
        ("time", "deposit", None, "一年", STABLE),
        ("time", "deposit", 1, "一年", STABLE),
        ("time", "structured", None, "结构性存款", ""),
        ("time", "structured", 3, "结构性存款", GROWTH),
        ("wealth_low", "wealth", 2, "稳享", STABLE),
        ("wealth_mid", "wealth", 3, "进取", GROWTH),
        ("wealth_mid", "wealth", 4, "进取", BOLD),
        ("fund", "fund", 3, "稳健混合", GROWTH),
        ("fund", "fund", 3, "沪深300指数", BOLD),
        ("fund", "fund", 5, "QDII", BOLD),
        ("gold", "gold", 3, "积存金", GOLD),
        ("annuity", "insurance", 1, "年金", APART),
        ("pension", "service", None, "养老金", APART),
        (None, "wealth", 2, "纯债基金", STABLE),
        (None, "wealth", 4, "信托计划", BOLD),
        (None, "wealth", None, "不知道", ""),
    ],
)
def test_a_product_is_of_the_band_of_its_kind_and_level(
    family: str | None, regime: str, risk: int | None, name: str, band: str
) -> None:
    assert band_of(FAMILIES[family] if family else None, regime, risk, name, RULES) == band
