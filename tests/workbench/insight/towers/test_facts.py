"""The tower board as values (domain 1): who moved, who is compared, and money in yuan."""

from typing import Any

import pytest

from workbench.insight.measures.freshness import freshness
from workbench.insight.towers.facts import (
    BankWord,
    Board,
    Curve,
    Named,
    TierMovement,
    TowerCoverage,
    TowerShare,
)
from workbench.rules.parameters import Rules

ORDER = ("L0", "L1", "L2", "L3")


def board(**parts: Any) -> Board:
    nobody = {kind: Named(kind, (), 0, 0, "") for kind in ("keep", "upgrade", "differs")}  # type: ignore[arg-type]
    rest: dict[str, Any] = {
        "month": "2026-10", "before": "2026-09", "as_of": "2026-10-31", "day": "2026-11-02", "option": "R1",
        "customers": 10, "aum_fen": 123_45, "towers": (), "levels": (), "coverage": (),
        "curve": Curve((), None, None, 0, "", ""), "movements": (), "bank": (), "differs_widely": False,
        "fresh": freshness("2026-10-31", Rules.load(), "2026-11-02"),
    }  # fmt: skip
    return Board(**(rest | nobody | parts))


def moves(*pairs: tuple[str | None, str | None, int]) -> tuple[TierMovement, ...]:
    return tuple(TierMovement(before, after, n, 0, "x") for before, after, n in pairs)


def test_who_rose_and_who_fell_goes_by_the_order_of_the_levels() -> None:
    made = board(
        movements=moves(("L1", "L2", 3), ("L0", "L3", 1), ("L3", "L2", 5), ("L2", "L2", 40), ("L1", "L0", 2))
    )
    assert (made.moved(True, ORDER), made.moved(False, ORDER)) == (4, 7)


def test_who_came_left_or_has_no_level_neither_rose_nor_fell() -> None:
    made = board(movements=moves((None, "L3", 4), ("L3", None, 6), (None, None, 1)))
    assert (made.moved(True, ORDER), made.moved(False, ORDER)) == (0, 0)


def test_only_words_that_are_understood_are_compared() -> None:
    made = board(bank=(BankWord("财富", 7, 2), BankWord("至尊宝", 9, None), BankWord("金", 3, 0)))
    assert made.compared == 10
    assert made.as_json()["bank_levels"][1] == {"word": "至尊宝", "customers": 9, "differs": None}


def test_money_is_handed_over_in_yuan_and_an_unknown_share_stays_unknown() -> None:
    share = TowerShare("L2", "优质", "base", 3, 1_234_567, 0.123456789, 0.5, "tier = L2", untold=1)
    body = board(levels=(share,)).as_json()
    assert body["aum"] == pytest.approx(123.45)
    assert body["levels"][0]["aum"] == pytest.approx(12_345.67)
    assert body["levels"][0]["customers_share"] == pytest.approx(0.123457)
    assert (body["concentration"]["top10"], body["concentration"]["top20"]) == (None, None)


def test_the_curve_is_handed_over_in_shares() -> None:
    body = Curve(((0.0, 0.0), (0.33333, 0.66666)), 0.1234567, 0.9876543, 9, "x", "y").as_json()
    assert (body["top10"], body["top20"], body["customers"]) == (0.123457, 0.987654, 9)
    assert body["points"] == [[0.0, 0.0], [0.3333, 0.6667]]


def test_a_tower_without_records_has_no_mean_and_counts_them() -> None:
    served = TowerCoverage("top", "3专", 3, 12, 5, None, None, (("plan", "专属方案", 4, "x"),), "y")
    assert served.unscored == 7
    body = served.as_json()
    assert (body["told"], body["mean"], body["share"]) == (5, None, None)
    assert body["weakest"] == [{"code": "plan", "name": "专属方案", "customers": 4, "where": "x"}]
