"""The four pots of customers in a book: what lists tell, what bars, what flows, what old data stop (domain 8.2; golden 14)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.playbook import product_sheets
from db.tables import products, touches
from tests.workbench.conftest import KeptSmallBook, SmallBook
from workbench.base.errors import WorkbenchError
from workbench.insight.allocation.allocation import Allocation
from workbench.insight.allocation.bands import BOLD, CASH, GROWTH, STABLE
from workbench.insight.products.room import Matrix

TODAY = "2026-11-05"
_TESTED = {"risk_level": "C3", "risk_expiry_date": "2027-06-30", "age": 45}


def _fill(small: SmallBook) -> None:
    goods: list[dict[str, Any]] = [
        {"product_code": "d365", "product_name": "整存整取一年", "category": "定期", "term_days": 365, "min_amount": 50_00},
        {"product_code": "c1", "product_name": "天天盈", "category": "理财", "product_risk": "R1", "min_amount": 1_00},
        {"product_code": "w3", "product_name": "保本增利", "category": "理财", "product_risk": "R3", "min_amount": 10_000_00},
        {"product_code": "f5", "product_name": "全球股票", "category": "基金", "product_risk": "R5", "min_amount": 100_00,
         "extra": '{"管理费率": "1.2%"}'},
        {"product_code": "out", "product_name": "售罄R3", "category": "理财", "product_risk": "R3", "min_amount": 1_00,
         "quota": 0},
    ]  # fmt: skip
    with small.book.write("import", "products") as writer:
        for one in goods:
            writer.insert(products, [one])
        body = '{"texts": {"exit": "跌到约定的线就谈"}}'
        writer.insert(product_sheets, [{"code": "f5", "name": "全球股票", "body": body, "made": TODAY}])
    # much in time deposits, thirty of a hundred mature in December
    small.flat("calm", 200_000, 3, demand_balance=24_000, time_deposit_balance=176_000, **_TESTED)
    small.hold(
        "calm",
        category="定期",
        product_name="整存整取一年",
        product_code="d365",
        amount=80_000,
        maturity_date="2026-12-16",
    )
    small.hold(
        "calm",
        category="定期",
        product_name="整存整取三年",
        amount=96_000,
        maturity_date="2028-12-16",
        line=2,
    )
    # the same without a class, with one that ended, with a refusal, with a loss
    for no, facts in {
        "untested": {"age": 45},
        "expired": {**_TESTED, "risk_expiry_date": "2026-10-01"},
        "c2": {**_TESTED, "risk_level": "C2"},
        "refused": {**_TESTED, "marketing_opt_out": 1},
    }.items():
        small.flat(no, 200_000, 3, demand_balance=24_000, time_deposit_balance=176_000, **facts)
        small.hold(
            no, category="定期", product_name="整存整取一年", amount=176_000, maturity_date="2026-12-16"
        )
    small.flat(
        "risky",
        200_000,
        3,
        demand_balance=20_000,
        time_deposit_balance=100_000,
        fund_balance=80_000,
        **_TESTED,
    )
    small.hold(
        "risky", category="定期", product_name="整存整取一年", amount=100_000, maturity_date="2028-12-16"
    )
    small.hold(
        "risky",
        category="基金",
        product_name="全球股票",
        product_code="f5",
        amount=80_000,
        profit=-16_000,
        line=2,
    )
    small.flat("blind", 200_000, 3, demand_balance=20_000, wealth_balance=180_000, **_TESTED)
    small.flat("more", 20_000, 3, time_deposit_balance=20_000, age=58)
    small.hold(
        "more",
        kind="maturity",
        category="定期",
        product_name="整存整取一年",
        amount=900_000,
        maturity_date="2026-12-16",
    )
    small.flat("large", 1_000_000, 3, demand_balance=1_000_000, **_TESTED)
    small.customer("nobody")
    with small.book.write("touch", "touches") as writer:
        row = {"channel": "phone", "result": "reached", "initiated_by": "manager", "date": "2026-10-20"}
        writer.insert(
            touches,
            [{"customer_id": small.ids["calm"], **row, "need": "孩子上学", "next_date": "2026-12-01"}],
        )


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> KeptSmallBook:
    return KeptSmallBook(tmp_path_factory.mktemp("pots"), TODAY, _fill)


@pytest.fixture
def pots(kept: KeptSmallBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallBook]:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    with kept.copied(tmp_path / "pots.book") as small:
        yield small


def of(pots: SmallBook, no: str) -> Allocation:
    return pots.insight.allocation.of(no)


def test_what_the_lists_tell_stands_in_the_bands_and_money_that_matures_goes_first(pots: SmallBook) -> None:
    made = of(pots, "calm")
    assert made.package is not None
    assert made.package.risk_class == 3
    assert {one.band: round(one.least or 0, 2) for one in made.gaps} == {
        CASH: 0.12, STABLE: 0.88, GROWTH: 0, BOLD: 0, "gold": 0,
    }  # fmt: skip
    first = made.moves[0]
    assert (first.kind, first.day, first.band) == ("maturity", "2026-12-16", GROWTH)
    assert first.fen <= 80_000_00
    # neither sold out nor promising the principal
    assert first.slot.product == "增利"
    assert made.as_of == "2026-10-31"


def test_the_rest_of_it_is_laddered_from_the_day_that_it_matures(pots: SmallBook) -> None:
    made = of(pots, "calm")
    assert made.ladder is not None
    assert sum(one.fen for one in made.ladder.rungs) == 80_000_00 - made.moves[0].fen
    assert made.ladder.begins == "2026-12-16"
    assert all(one.matures > made.ladder.begins for one in made.ladder.rungs)


@pytest.mark.parametrize(("no", "words"), [("untested", "没有他的风险承受等级"), ("expired", "已过期 35 天")])
def test_without_a_valid_class_there_is_no_range_and_only_deposits_are_spoken_of(
    pots: SmallBook, no: str, words: str
) -> None:
    made = of(pots, no)
    assert made.package is None
    assert words in made.untested
    assert "存款和国债" in made.untested
    assert [one.kind for one in made.moves] == ["plain"]
    assert made.moves[0].slot.family in ("time", "cd", "bond")
    assert all(one.range_ is None for one in made.gaps)
    assert all(
        one.slot.family in ("time", "cd", "bond", "") for one in (made.ladder.rungs if made.ladder else ())
    )


def test_golden_14_a_c2_customer_is_proposed_nothing_of_r3(pots: SmallBook) -> None:
    made = of(pots, "c2")
    ranges = {one.band: one.range_ for one in made.gaps}
    assert all(ranges[band] is not None and ranges[band].high == 0 for band in (GROWTH, BOLD))  # type: ignore[union-attr]
    assert all((one.slot.risk or 0) <= 2 for one in made.moves)


def test_who_refused_or_lost_is_shown_and_proposed_nothing(pots: SmallBook) -> None:
    for no, words in (("refused", "拒绝营销"), ("risky", "浮动亏损")):
        made = of(pots, no)
        assert words in made.barred
        assert made.gaps
        assert made.taboos
        assert (made.moves, made.combo, made.ladder, made.cover) == ((), None, None, None)


def test_the_first_talks_with_somebody_large_whom_one_does_not_know_name_no_product(pots: SmallBook) -> None:
    made = of(pots, "large")
    assert made.barred
    assert made.moves == ()


def test_what_cannot_be_told_names_the_column(pots: SmallBook) -> None:
    made = of(pots, "blind")
    stable = next(one for one in made.gaps if one.band == STABLE)
    assert (stable.least, stable.most, stable.verdict) == (0.0, 0.9, "unknown")
    assert "产品风险等级" in stable.sentence
    assert not any(one.band == STABLE for one in made.moves)


def test_more_than_he_has_that_matures_is_not_proposed(pots: SmallBook) -> None:
    made = of(pots, "more")
    assert (made.moves, made.ladder) == ((), None)
    assert any("90.0万 到期,比资产余额还多" in note for note in made.notes)


def test_the_sheet_of_a_product_and_its_fees_count_in_the_checks(pots: SmallBook) -> None:
    checks = {one.code: one for one in of(pots, "risky").taboos}
    assert checks["exit"].state == "no"
    assert checks["fees"].state == "no"
    assert "1.20%" in checks["fees"].sentence
    assert checks["satellite"].state == "hit"
    goals = {one.code: one for one in of(pots, "calm").taboos}
    assert goals["goal"].state == "no"
    assert "2026-10-20" in goals["goal"].sentence


def test_old_data_show_the_shares_and_stop_the_proposals(
    pots: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-03-01")
    made = of(pots, "calm")
    assert made.gaps
    assert (made.moves, made.combo, made.ladder) == ((), None, None)
    assert any("已经旧了" in note for note in made.notes)


def test_nobody_on_a_monthly_list_has_no_shares(pots: SmallBook) -> None:
    made = of(pots, "nobody")
    assert (made.present, made.gaps, made.moves) == (None, (), ())
    assert any("不在任何月度名单" in note for note in made.notes)


def test_a_number_that_is_nobodys_is_refused(pots: SmallBook) -> None:
    with pytest.raises(WorkbenchError, match="9999"):
        of(pots, "9999")


def test_ranges_that_cannot_add_up_are_said_and_stop_the_proposals(
    pots: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruled = pots.ruled(alloc__c3__low=[0.5, 0.6, 0.15, 0, 0])
    made = ruled.allocation.of("calm")
    assert made.moves == ()
    assert any("合不成 100%" in note for note in made.notes)


def test_whoever_is_barred_elsewhere_is_barred_here(pots: SmallBook) -> None:
    """The same answer as of offers and hooks."""
    matrix: Matrix = pots.insight.matrix
    for no in pots.ids:
        made = of(pots, no)
        with pots.book.read() as conn:
            values = pots.insight.engine.of_customer(conn, pots.ids[no]).values
            offered = matrix.offers_of(conn, values)
        if made.barred:
            assert offered == ()


def test_the_guide_names_what_is_on_sale_and_no_customer(pots: SmallBook) -> None:
    guide = pots.insight.allocation.guide()
    assert [one.risk_class for one in guide.packages] == [1, 2, 3, 4, 5]
    assert [one.code for one in guide.combos] == ["starter", "growing", "laddered", "full"]
    named = " ".join(product for line in guide.bands for product in line.products)
    assert "天天盈" in named
    assert "售罄" not in named
    assert "保本" not in named
    assert guide.ladder.rungs
