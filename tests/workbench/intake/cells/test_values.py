"""Every form of value that head offices write is read (domain 16.2); what cannot be read is named, not guessed."""

import datetime as dt
from typing import Any

import pytest

from workbench.intake.cells.idcard import birthday, sex
from workbench.intake.cells.values import CellReader
from workbench.rules.parameters import Rules


@pytest.fixture(scope="module")
def values() -> CellReader:
    return CellReader(Rules.load())


def _one(values: CellReader, cell: Any, kind: str, unit: str = "元") -> Any:
    parsed = values.column([cell], kind, unit)
    return parsed.faults[0][1] if parsed.faults and parsed.values[0] is None else parsed.values[0]


@pytest.mark.parametrize(
    "cell",
    [45322.0, 45322, "45322", "20240131", 20240131.0, "2024-01-31", "2024/1/31", "2024.1.31", "2024年1月31日",
     "2024年01月31号", "202401", 202401.0, "2024年1月", "2024-01", dt.date(2024, 1, 31), dt.datetime(2024, 1, 31, 8),
     "2024-01-31 00:00:00", "20240131000000", " ２０２４－０１－３１ ", "'2024-1-31"],
)  # fmt: skip
def test_all_forms_of_one_day_and_the_golden_serial(values: CellReader, cell: Any) -> None:
    assert _one(values, cell, "date") == "2024-01-31"


@pytest.mark.parametrize(
    "cell",
    [0.0, "0", "00000000", "99991231", "9999-12-31", 99991231.0, "2999-12-31", "1900-01-01", dt.datetime(1900, 1, 1),
     "", " ", "-", "--", "NULL", "空", "#N/A", None],
)  # fmt: skip
def test_dates_that_say_never_or_nothing(values: CellReader, cell: Any) -> None:
    assert _one(values, cell, "date") is None


@pytest.mark.parametrize(
    "cell", ["2024-13-01", "2024-02-30", "昨天", "31/13/2024", "31/01/24", 7.0, 123456.0, dt.time(1), True]
)
def test_what_is_no_date_is_named(values: CellReader, cell: Any) -> None:
    assert _one(values, cell, "date") == "bad_date"


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("1,234,567.89", 123_456_789), (1234567.89, 123_456_789), ("（1,234.50）", -123_450), ("(1234.5)", -123_450),
        ("1234.50-", -123_450), ("-1234.5", -123_450), ("¥12.30", 1_230), ("￥1,200", 120_000), ("１２３", 12_300),
        ("123.4万", 123_400_000), ("1.2亿", 12_000_000_000), ("88元", 8_800), ("3千元", 300_000),
        (" 12 ", 1_200), ("\u3000７\xa0", 700), (1.005, 101), ("1.005", 101), (-0.125, -13), (0.0, 0), ("0", 0),
        ("1e3", 100_000), (145871, 14_587_100),
    ],
)  # fmt: skip
def test_money_in_every_writing_becomes_fen(values: CellReader, cell: Any, fen: int) -> None:
    assert _one(values, cell, "money") == fen


@pytest.mark.parametrize("cell", ["", "-", "--", "空", "NULL", "#N/A", "#DIV/0!", "n/a", None, "——"])
def test_a_blank_is_not_zero(values: CellReader, cell: Any) -> None:
    assert _one(values, cell, "money") is None
    assert values.column([cell], "money").faults == []


@pytest.mark.parametrize(
    "cell", ["12%", "USD 5", "abc", "1,2", "1.2.3", "(5", True, dt.date(2024, 1, 1), "inf", "1_000"]
)
def test_what_is_no_money_is_named(values: CellReader, cell: Any) -> None:
    assert _one(values, cell, "money") == "bad_number"


@pytest.mark.parametrize(
    ("unit", "fen"), [("元", 1_250), ("千元", 1_250_000), ("万元", 12_500_000), ("亿元", 125_000_000_000)]
)
def test_the_unit_of_a_column(values: CellReader, unit: str, fen: int) -> None:
    assert _one(values, 12.5, "money", unit) == fen


def test_a_suffix_in_the_cell_wins_over_the_column(values: CellReader) -> None:
    assert values.column(["3万", 3.0, "88元"], "money", "万元").values == [3_000_000, 3_000_000, 8_800]


def test_a_mixed_column_reads_cell_by_cell(values: CellReader) -> None:
    parsed = values.column([1.5, "", "2,000", None, "x", 3], "money")
    assert parsed.values == [150, None, 200_000, None, None, 300]
    assert parsed.faults == [(4, "bad_number")]


@pytest.mark.parametrize(
    ("cell", "ratio"), [(0.12, 0.12), ("12%", 0.12), ("0.12", 0.12), ("１２％", 0.12), (1.0, 1.0)]
)
def test_percent_as_ratio_or_with_its_sign(values: CellReader, cell: Any, ratio: float) -> None:
    assert _one(values, cell, "percent") == pytest.approx(ratio)


def test_a_percent_column_of_large_figures_is_in_percent(values: CellReader) -> None:
    assert values.column([85.0, 60.0, "12%"], "percent").values == pytest.approx([0.85, 0.6, 0.12])


@pytest.mark.parametrize(
    ("cell", "count"), [(3.0, 3), ("3", 3), ("3.0", 3), ("１２", 12), ("1,234", 1234), ("", None)]
)
def test_counts_are_whole(values: CellReader, cell: Any, count: int | None) -> None:
    assert _one(values, cell, "count") == count
    assert _one(values, 2.5, "count") == "bad_number"


@pytest.mark.parametrize(("cell", "flag"), [("是", 1), ("否", 0), ("1", 1), (0.0, 0), (1.0, 1), ("Y", 1), ("n", 0), ("√", 1),
                                            (True, 1), (False, 0), ("", None), ("-", None), ("也许", "bad_flag")])  # fmt: skip
def test_yes_and_no(values: CellReader, cell: Any, flag: Any) -> None:
    assert _one(values, cell, "flag") == flag


def test_in_a_column_of_ticks_only_no_tick_says_no(values: CellReader) -> None:
    assert values.column(["√", "", "√"], "flag").values == [1, 0, 1]
    assert values.column(["是", "", "否"], "flag").values == [1, None, 0]


@pytest.mark.parametrize(("cell", "gender"), [("1", "男"), (2.0, "女"), (0.0, "女"), ("M", "男"), ("女", "女"), ("f", "女"),
                                              ("", None), ("未知", None), ("9", None), ("甲", "bad_gender")])  # fmt: skip
def test_gender_in_words_or_codes(values: CellReader, cell: Any, gender: str | None) -> None:
    assert _one(values, cell, "gender") == gender


@pytest.mark.parametrize(
    ("cell", "number"),
    [("0000000001", "0000000001"), ("'007", "007"), (123.0, "123"), ("123.0", "123"), ("１２３", "123"), (" A01\xa0", "A01"),
     ("", None), ("NULL", None), (6.22e18, "number_rounded"), ("6.22E+18", "number_rounded"),
     (6222021234567890123, "number_rounded"), (1.5, "bad_number_text")],
)  # fmt: skip
def test_numbers_of_people_stay_text(values: CellReader, cell: Any, number: str | None) -> None:
    assert _one(values, cell, "id") == number


@pytest.mark.parametrize(
    ("cell", "number"),
    [("13812345678", "13812345678"), (13812345678.0, "13812345678"), ("138 1234 5678", "13812345678"),
     ("+86 13812345678", "13812345678"), ("86-138-1234-5678", "13812345678"), ("138****1234", "138****1234"),
     ("0571-88886666", "057188886666"),
     ("13800138000.0", "13800138000"), (13800138000.0, "13800138000"),
     ("", None), ("0", None), ("一二三", "bad_phone"), ("12", "bad_phone")],
)  # fmt: skip
def test_phones_become_digits(values: CellReader, cell: Any, number: str | None) -> None:
    assert _one(values, cell, "phone") == number


def test_of_two_phones_the_mobile_is_taken_and_it_is_reported(values: CellReader) -> None:
    parsed = values.column(["0571-88886666/13812345678"], "phone")
    assert (parsed.values, parsed.faults) == (["13812345678"], [(0, "two_numbers")])


def test_the_golden_identity_number(values: CellReader) -> None:
    assert values.column(["11010519491231002X", "11010519491231002x"], "idcard").faults == []
    assert values.column(["110105194912310021"], "idcard").faults == [(0, "id_check")]


def test_a_wrong_check_digit_is_marked_and_never_repaired(values: CellReader) -> None:
    cells = [
        "11010519491231002X",
        "110105194912310021",
        "11010519491231002x ",
        "110105********002X",
        "",
        "H1234567",
    ]
    parsed = values.column(cells, "idcard")
    assert parsed.values == [
        "11010519491231002X",
        "110105194912310021",
        "11010519491231002X",
        "110105********002X",
        None,
        "H1234567",
    ]
    assert parsed.faults == [(1, "id_check")]


def test_names_lose_padding_but_foreign_ones_keep_their_spaces(values: CellReader) -> None:
    assert values.column(["张  三", "John  Smith", "\u3000李四 "], "name").values == [
        "张三",
        "John  Smith",
        "李四",
    ]


def test_text_numbers_are_written_as_seen(values: CellReader) -> None:
    assert values.column([755.0, "支行", dt.datetime(2024, 1, 31), "", "NULL"], "text").values == [
        "755",
        "支行",
        "2024-01-31",
        None,
        None,
    ]


def test_day_and_month_are_kept_apart_by_the_column_or_not_at_all(values: CellReader) -> None:
    assert values.column(["01/02/2024", "31/01/2024"], "date").values == ["2024-02-01", "2024-01-31"]
    assert values.column(["01/02/2024", "01.31.2024"], "date").values == ["2024-01-02", "2024-01-31"]
    assert values.column(["05/05/2024"], "date").values == ["2024-05-05"]
    assert values.column(["01/02/2024"], "date").faults == [(0, "ambiguous_date")]
    contradicting = values.column(["31/01/2024", "01/31/2024"], "date")
    assert [code for _row, code in contradicting.faults] == ["ambiguous_date", "ambiguous_date"]
    assert values.column(["01/02/2024"], "date", order="day").values == ["2024-02-01"]
    assert values.column(["01/02/2024"], "date", order="month").values == ["2024-01-02"]


def test_serial_numbers_may_count_from_1904(values: CellReader) -> None:
    reader = CellReader(Rules.load(), epoch_1904=True)
    assert reader.column([43860.0, "2024-01-31"], "date").values == ["2024-01-31", "2024-01-31"]
    assert values.column([45322.0], "date").values == ["2024-01-31"]


@pytest.mark.parametrize(
    ("number", "born", "sex_by_number"),
    [("11010519491231002X", "1949-12-31", "女"), ("110105491231001", "1949-12-31", "男"), ("H1234567", None, None),
     ("110105********002X", None, "女"), ("110105194912310***", "1949-12-31", None)],
)  # fmt: skip
def test_what_an_identity_number_tells(number: str, born: str | None, sex_by_number: str | None) -> None:
    assert (birthday(number), sex(number)) == (born, sex_by_number)
