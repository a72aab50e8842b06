"""The gap of a band (domain 8.2): measured from the middle, acted upon from five points outside, three-valued."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbench.insight.allocation.test_present import WAN, present
from workbench.insight.allocation.bands import BANDS, CASH, STABLE, ShareRange, package_of
from workbench.insight.allocation.gaps import GapVerdict, gaps_of, verdict_of
from workbench.rules.parameters import Rules

RULES = Rules.load()
RANGE = ShareRange(0.5, 0.65)


@pytest.mark.parametrize(
    ("shares", "verdict"),
    [
        ((0.5, 0.5), "within"),
        ((0.65, 0.65), "within"),
        ((0.7, 0.7), "above"),
        ((0.69, 0.69), "near_above"),
        ((0.45, 0.45), "below"),
        ((0.46, 0.46), "near_below"),
        ((0.0, 0.44), "below"),
        ((0.75, 1.0), "above"),
        ((0.4, 0.8), "unknown"),
        ((0.52, 0.6), "within"),
        (None, "unknown"),
    ],
)
def test_five_points_outside_count(shares: tuple[float, float] | None, verdict: GapVerdict) -> None:
    assert verdict_of(shares, RANGE, 0.05) == verdict


def test_without_a_class_there_is_no_verdict() -> None:
    assert verdict_of((0.2, 0.2), None, 0.05) == "none"


@given(
    least=st.floats(0, 1), more=st.floats(0, 1), low=st.floats(0, 1), wide=st.floats(0, 1), line=st.floats(0.01, 0.2)
)  # fmt: skip
def test_a_wider_interval_never_says_more_than_the_figures_in_it(
    least: float, more: float, low: float, wide: float, line: float
) -> None:
    most, range_ = min(1.0, least + more), ShareRange(low, min(1.0, low + wide))
    verdict = verdict_of((least, most), range_, line)
    inside = {verdict_of((share, share), range_, line) for share in (least, (least + most) / 2, most)}
    if verdict in ("above", "below", "within"):
        assert inside == {verdict}


def test_a_gap_is_measured_from_the_middle_and_says_what_is_missing() -> None:
    package = package_of(3, RULES, {})
    known = {one.band: one for one in gaps_of(present(balance=100 * WAN, demand_balance=70 * WAN, deposit_balance=100 * WAN),
                                              package, RULES)}  # fmt: skip
    assert known[CASH].gap == pytest.approx(0.7 - 0.125)
    assert known[STABLE].gap == pytest.approx(0.3 - 0.575)
    assert known[CASH].outside
    assert known[STABLE].outside
    blind = gaps_of(present(listed=False, balance=100 * WAN), package, RULES)
    assert all(
        one.gap is None and one.columns and one.verdict == "unknown"
        for one in blind
        if one.band in (CASH, STABLE)
    )
    assert [one.band for one in blind] == list(BANDS)
