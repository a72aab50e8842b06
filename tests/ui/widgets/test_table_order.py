"""Rows at hand: sorted by what they are worth, not by their letters; what is unknown last; filtered by value."""

import pytest

from ui.widgets.table_column import Column
from ui.widgets.table_order import RowOrder, number_in

ROWS = [("王**", 123_400_00, "—"), ("阿**", None, "红"), ("李**", 98_00, "红"), ("陈**", -5_00, "")]
COLUMNS = [
    Column("客户", lambda x: x[0]),
    Column("资产", lambda x: "—" if x[1] is None else f"{x[1] / 1_000_000:.1f}万", number=True, fen=lambda x: x[1]),
    Column("灯", lambda x: x[2]),
]  # fmt: skip


def names(order: RowOrder) -> list[str]:
    return [ROWS[n][0][0] for n in order.places(ROWS, COLUMNS)]


@pytest.mark.parametrize(("descending", "wanted"), [(True, "王李陈阿"), (False, "陈李王阿")])
def test_amounts_go_by_their_value_and_the_unknown_one_is_last_both_ways(
    descending: bool, wanted: str
) -> None:
    assert "".join(names(RowOrder(by=(1, descending)))) == wanted


def test_words_go_by_their_sound_and_equal_rows_keep_the_order_of_the_page() -> None:
    assert "".join(names(RowOrder(by=(0, False)))) == "阿陈李王"
    assert "".join(names(RowOrder(by=(2, True)))) == "阿李王陈", "— and nothing are the same: not known"


def test_a_value_that_is_kept_leaves_the_others_out_and_what_is_unknown_is_a_value() -> None:
    assert "".join(names(RowOrder(kept={2: frozenset({"红"})}))) == "阿李"
    assert "".join(names(RowOrder(kept={2: frozenset({"—", ""})}))) == "王陈"


def test_values_are_counted_among_what_the_other_columns_leave() -> None:
    assert RowOrder().values(ROWS, COLUMNS, 2) == [("红", 2), ("—", 1), ("", 1)]
    kept = RowOrder(kept={0: frozenset({"李**"}), 2: frozenset({"—"})})
    assert kept.values(ROWS, COLUMNS, 2) == [("红", 1)], (
        "its own filter does not hide the values to choose from"
    )


def test_a_sum_stays_where_it_is() -> None:
    order = RowOrder(by=(1, True), kept={2: frozenset({"红"})}, pinned=lambda row: row is ROWS[3])
    assert "".join(names(order)) == "李阿陈"
    first = RowOrder(by=(1, False), pinned=lambda row: row is ROWS[0])
    assert "".join(names(first)) == "王陈李阿"


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234", 1234), ("−3.0万", -30_000), ("1.20亿", 120_000_000), ("12.5%", 12.5), ("3 / 20", 3), ("—", None),
     ("none, yet", None), ("none, 2 left", 2)],
)  # fmt: skip
def test_the_first_number_of_a_cell(text: str, number: float | None) -> None:
    assert number_in(text) == number
