"""Columns of numbers: every writing is its amount to the fen, nothing told is no zero, what is none is named (16.2)."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.intake.cells.notation import Notation, Sides
from workbench.intake.cells.numbers import numeric
from workbench.intake.cells.parsed import Parsed
from workbench.rules.parameters import Rules

NULL = frozenset({"", "-", "--", "空", "NULL", "#N/A"})
NOTATION = replace(Notation.of(Rules.load()), null=NULL)
AMOUNTS = st.decimals(-9_999_999_999, 9_999_999_999, places=2)


def column(*cells: Any, kind: str = "money", unit: int = 1, sides: Sides = "neither") -> Parsed:
    return numeric(list(cells), kind, unit, NOTATION, sides=sides)


def one(cell: Any, kind: str = "money", unit: int = 1) -> Any:
    parsed = column(cell, kind=kind, unit=unit)
    return parsed.faults[0][1] if parsed.faults else parsed.values[0]


WRITINGS = ("{a}", "{a:,}", "¥{a:,}", "{a}元", " {a} ", "'{a}", "CNY{a}", "RMB{a:,}")


@given(AMOUNTS, st.sampled_from(WRITINGS))
def test_an_amount_is_the_same_fen_in_every_writing(amount: Decimal, writing: str) -> None:
    assert one(writing.format(a=amount)) == int(amount * 100)


@given(st.decimals(0, 9_999_999, places=2))
def test_what_is_owed_may_be_written_in_four_ways(amount: Decimal) -> None:
    fen = -int(amount * 100)
    assert [one(text) for text in (f"-{amount}", f"({amount:,})", f"（{amount}）", f"{amount}-")] == [fen] * 4


@given(st.decimals(-99_999, 99_999, places=4), st.sampled_from([1, 1_000, 10_000]))
def test_a_unit_multiplies_and_halves_go_away_from_zero(amount: Decimal, unit: int) -> None:
    fen = (abs(amount) * unit * 100).quantize(Decimal(1), ROUND_HALF_UP) * (1 if amount >= 0 else -1)
    assert one(str(amount), unit=unit) == int(fen) == one(float(amount), unit=unit)


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("1百万元", 100_000_000), ("2.5亿元", 25_000_000_000), ("3千", 300_000), ("3千元", 300_000), ("0.5万", 500_000),
        ("5元", 500), ("-1.2万元", -1_200_000), ("(1.2万)", -1_200_000), ("1.2万-", -1_200_000),
        ("+3", 300), ("¥-3", -300), ("-¥3", -300),
        ("1E3", 100_000), ("1.5e+4元", 1_500_000), (".5", 50), ("5.", 500), ("1,234", 123_400), ("1,2345", 1_234_500),
        ("12,345,678.9", 1_234_567_890), ("−8", -800),
    ],
)  # fmt: skip
def test_suffixes_signs_and_separators(cell: str, fen: int) -> None:
    assert one(cell) == fen


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("￥(987.65)", -98_765), ("(￥987.65)", -98_765), ("￥-987.65", -98_765), ("-￥987.65", -98_765),
        ("人民币1,234.50", 123_450), ("CNY 1,234.50", 123_450), ("1,234.50RMB", 123_450), ("RMB 1,234.50元", 123_450),
        ("￥-", 0), (" ￥-   ", 0), ("￥—", 0), ("CNY -", 0), ("人民币-", 0),
    ],
)  # fmt: skip
def test_what_a_bookkeeping_format_writes(cell: str, fen: int) -> None:
    assert one(cell) == fen


def test_a_bare_dash_is_zero_among_bookkeeping_formats_only() -> None:
    assert column("￥1.00", "-", " -   ").values == [100, 0, 0]
    assert column("(1.00)", "—").values == [-100, 0]
    assert column("1.00", "-", "-2.00").values == [100, None, -200]
    assert column("CNY1", "-").values == [100, None]
    assert column("￥1.00", "-", kind="count").values == [1, None]


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("1234.50 CR", 123_450),
        ("987.65DR", -98_765),
        ("1,234.50贷", 123_450),
        ("借987.65", -98_765),
        ("贷方:5", 500),
    ],
)
def test_a_side_is_a_sign_where_it_can_mean_only_one(cell: str, fen: int) -> None:
    parsed = column(cell, sides="both")
    assert parsed.values == [fen]
    assert column(cell).faults == [(0, "bad_number")]  # a loan, a transaction: not guessed
    assert column(cell, sides="credit").values == [fen if fen > 0 else None]
    assert column(f"-{cell}" if cell[0].isdigit() else cell + "-", sides="both").faults == [(0, "bad_number")]


@pytest.mark.parametrize("unit", [1, 1_000, 10_000, 100_000_000])
def test_a_suffix_in_the_cell_says_more_than_the_unit_of_the_column(unit: int) -> None:
    assert column("3万", "88元", 2.0, unit=unit).values == [3_000_000, 8_800, 200 * unit]


@pytest.mark.parametrize(
    "cell",
    ["1,2", "1,23,4567", "12,34,567", "1..2", "1.2.3", "(5", "5)", "((5))", "万", "5万万", "五万", "USD5", "5%", "1_000",
     "inf", "nan", "Infinity", "0x10", "1e", "１２a", True, False, object()],
)  # fmt: skip
def test_what_is_no_amount_is_named(cell: Any) -> None:
    assert one(cell) == "bad_number"


@pytest.mark.parametrize(
    ("cell", "bad"), [(8e13, False), (9.1e13, True), (-9.1e13, True), ("1e20", True), ("9e400", True)]
)
def test_an_amount_that_fen_cannot_hold_is_named(cell: Any, bad: bool) -> None:
    assert (one(cell) == "bad_number") is bad


@pytest.mark.parametrize("kind", ["money", "count", "number", "percent"])
def test_nothing_told_is_none_in_every_kind_of_column(kind: str) -> None:
    for cells in ([None, ""], ["", "-", "--"], [" ", "空"], [None, 5, ""], ["#N/A", "5", "null"]):
        parsed = column(*cells, kind=kind)
        assert parsed.faults == []
        told = [cell in (5, "5") for cell in cells]
        assert [value is not None for value in parsed.values] == told


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["3", "4.0", "1,234"], [3, 4, 1234]),
        ([3.0, 4, None], [3, 4, None]),
        ([0, "0", "-0"], [0, 0, 0]),
    ],
)
def test_counts_are_whole(cells: list[Any], values: list[int | None]) -> None:
    parsed = column(*cells, kind="count")
    assert (parsed.values, parsed.faults) == (values, [])
    assert all(value is None or type(value) is int for value in parsed.values)


def test_half_a_customer_is_named_and_its_neighbours_are_read() -> None:
    parsed = column(1.0, 2.5, "3", "3.5", None, kind="count")
    assert parsed.values == [1, None, 3, None, None]
    assert parsed.faults == [(1, "bad_number"), (3, "bad_number")]


@pytest.mark.parametrize(
    ("cells", "ratios"),
    [
        # plain numbers up to 1.5 are shares of 1, one above says that the column is in percent
        ([0.85, 1.0, 1.5], [0.85, 1.0, 1.5]),
        ([85.0, 1.0, 0.5], [0.85, 0.01, 0.005]),
        ([1.51, 0.3], [0.0151, 0.003]),
        (["85%", 0.5], [0.85, 0.5]),
        (["85%", 50], [0.85, 0.5]),
        (["120%"], [1.2]),
        (["８５％", None], [0.85, None]),
        ([-0.5, -85.0], [-0.5, -85.0]),
    ],
)
def test_percent_by_its_sign_or_by_the_size_of_the_column(
    cells: list[Any], ratios: list[float | None]
) -> None:
    found = column(*cells, kind="percent").values
    assert [None if one is None else round(float(one), 6) for one in found] == ratios


def test_a_number_takes_a_percent_sign_and_money_and_counts_do_not() -> None:
    assert one("12%", "number") == pytest.approx(0.12)
    assert one("12%", "count") == one("12%", "money") == "bad_number"


def test_what_the_checks_ask_of_a_column() -> None:
    assert column(1.0, 2.0).texts == frozenset()
    assert not column("1", "2").mixed
    mixed = column("1", 2.0, None)
    assert (mixed.texts, mixed.mixed) == ({"1"}, True)
    assert mixed.numbers is not None
    assert [str(number) for number in mixed.numbers] == ["100.0", "200.0", "nan"]


@given(
    st.lists(
        st.one_of(st.none(), AMOUNTS.map(str), AMOUNTS.map(float), st.sampled_from(["-", "x", "3万"])),
        max_size=12,
    )
)
def test_a_cell_is_read_alike_alone_and_among_others(cells: list[Any]) -> None:
    together = column(*cells)
    alone = [column(cell) for cell in cells]
    assert together.values == [parsed.values[0] for parsed in alone]
    assert [place for place, _code in together.faults] == [
        n for n, parsed in enumerate(alone) if parsed.faults
    ]
