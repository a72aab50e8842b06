"""Single cells to dates: every writing of a day is that day, what no day is gets named, nothing is guessed (domain 16.2)."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.intake.cells.dates_read import DateReader, Order, proven_order
from workbench.intake.cells.parsed import CellFault

NULL = frozenset({"", "-", "--", "空", "NULL", "#N/A"})
NEVER = frozenset({"0", "00000000", "99991231", "9999-12-31", "1900-01-01"})
DAYS = st.dates(dt.date(1901, 1, 1), dt.date(2100, 12, 31))


def read(cell: Any, order: Order = None, dates: DateReader | None = None) -> str | None:
    """The date, None for no date, or the code of the fault."""
    found = (dates or DateReader(NULL, NEVER)).read(cell, order)
    return found.code if isinstance(found, CellFault) else found


WRITINGS = (
    "{d:%Y-%m-%d}", "{d:%Y%m%d}", "{d:%Y/%m/%d}", "{d:%Y.%m.%d}", "{d:%Y}年{d:%m}月{d:%d}日", "{d.year}年{d.month}月{d.day}号",
    "{d.year}/{d.month}/{d.day}", "{d.year}-{d.month}-{d.day} 08:30", "{d:%Y-%m-%d}T00:00:00", "{d:%Y%m%d}083000",
    " {d:%Y-%m-%d} ", "'{d:%Y-%m-%d}", "{d.year} - {d.month} - {d.day}", "{d:%Y%m%d}.0",
)  # fmt: skip


@given(DAYS, st.sampled_from(WRITINGS))
def test_a_day_is_itself_in_every_writing(day: dt.date, writing: str) -> None:
    assert read(writing.format(d=day)) == day.isoformat()


@given(DAYS)
def test_a_day_is_itself_as_date_as_time_and_in_full_width(day: dt.date) -> None:
    assert read(day) == read(dt.datetime(day.year, day.month, day.day, 23, 59)) == day.isoformat()
    wide = day.isoformat().translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789-"})
    assert read(wide) == day.isoformat()


@given(DAYS)
def test_a_serial_number_counts_from_1900_or_from_1904(day: dt.date) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    if serial >= 10_000:  # shorter ones are no serial, see below
        assert read(float(serial)) == read(serial) == read(str(serial)) == day.isoformat()
        assert read(serial + 0.75) == day.isoformat()
    lagging = serial - 1_462
    if lagging >= 10_000:
        assert read(lagging, dates=DateReader(NULL, NEVER, epoch_1904=True)) == day.isoformat()


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (45322, "2024-01-31"), ("45322.5", "2024-01-31"), (79_999, "2119-01-10"), (80_000, "bad_date"), (9_999, "bad_date"),
        (1234, "bad_date"), (7, "bad_date"), (10_000, "1927-05-18"), (-5, "bad_date"), (1.5, "bad_date"),
    ],
)  # fmt: skip
def test_only_serials_that_can_be_a_day_of_somebodys_life_are_one(cell: Any, found: str) -> None:
    assert read(cell) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("202402", "2024-02-29"), ("202302", "2023-02-28"), ("2024-2", "2024-02-29"), ("2024/02", "2024-02-29"),
        ("2024.2", "2024-02-29"), ("2024年2月", "2024-02-29"), ("2024年2", "2024-02-29"), ("202412.0", "2024-12-31"),
        ("202400", "bad_date"), ("202413", "bad_date"), ("189912", "bad_date"), ("290001", "bad_date"), ("190001", "1900-01-31"),
        ("2024", "bad_date"), ("2月", "bad_date"),
    ],
)  # fmt: skip
def test_a_month_is_its_last_day(cell: str, found: str) -> None:
    assert read(cell) == found


@pytest.mark.parametrize(
    "cell", [None, "", " ", "-", " -- ", "空", "null", "＃N/A", "0", "00000000", "9999-12-31", "1900-01-01"]
)
def test_no_date_is_none(cell: str | None) -> None:
    assert read(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "2900-01-01",
        "2999-12-31",
        "9998-01-01",
        "29000101",
        dt.date(2999, 12, 31),
        dt.datetime(1900, 1, 1),
        "1900/1/1",
    ],
)
def test_a_day_that_stands_for_never_is_none_in_every_writing(cell: Any) -> None:
    assert read(cell) is None


@pytest.mark.parametrize(
    "cell",
    ["2024-02-30", "20240230", "2023/2/29", "2024-00-10", "2024-10-00", "2024-13-01", "1899-12-31", "18991231",
     dt.date(1899, 12, 31), "昨天", "2024-1-1-1", "2024--1-1", "24-01-31", "2024-01-311", "x2024-01-01", "2024-01-01x",
     True, False, dt.time(8), b"2024-01-01"],
)  # fmt: skip
def test_what_is_no_day_is_named_and_not_repaired(cell: Any) -> None:
    assert read(cell) == "bad_date"


@pytest.mark.parametrize(
    ("cell", "order", "found"),
    [
        ("03/04/2024", None, "ambiguous_date"), ("03/04/2024", "day", "2024-04-03"), ("03/04/2024", "month", "2024-03-04"),
        ("04/04/2024", None, "2024-04-04"), ("12/12/2024", None, "2024-12-12"), ("13/13/2024", None, "bad_date"),
        # the larger part alone would tell, but a cell alone is never the proof
        ("31/01/2024", None, "ambiguous_date"), ("31/01/2024", "day", "2024-01-31"), ("31/01/2024", "month", "bad_date"),
        ("01-31-2024", "month", "2024-01-31"), ("01.31.2024 08:00", "month", "2024-01-31"), ("13/14/2024", None, "bad_date"),
        ("1/2/24", "day", "bad_date"),
    ],
)  # fmt: skip
def test_day_and_month_before_the_year_are_told_apart_by_the_column_only(
    cell: str, order: Order, found: str
) -> None:
    assert read(cell, order) == found


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["01/02/2024", "31/01/2024"], "day"), (["01/02/2024", "01/31/2024"], "month"), (["01/02/2024", "03/04/2024"], None),
        (["31/01/2024", "01/31/2024"], None), (["2024-01-31", "20240131", None, 45322], None), ([], None),
        (["１３／０１／２０２４"], "day"), ([" 13/01/2024 "], "day"), (["12/01/2024"], None), (["13/14/2024"], None),
        (["01/13/2024", "x", 5.0], "month"),
        # neither a later cell nor a twelve takes a proof back
        (["01/31/2024", "02/03/2024"], "month"), (["31/01/2024", "03/02/2024"], "day"), (["13/01/2024", "01/12/2024"], "day"),
        (["01/13/2024", "12/01/2024"], "month"),
    ],
)  # fmt: skip
def test_a_column_proves_its_order_by_one_part_above_twelve(cells: list[Any], order: Order) -> None:
    assert proven_order(cells) == order


@given(st.lists(DAYS, min_size=1, max_size=8), st.sampled_from(["day", "month"]))
def test_a_proven_order_reads_every_cell_of_its_column(days: list[dt.date], order: Order) -> None:
    pattern = "%d/%m/%Y" if order == "day" else "%m/%d/%Y"
    cells = [day.strftime(pattern) for day in days]
    proven = proven_order(cells)
    assert proven in (order, None)
    if proven is not None:
        assert [read(cell, proven) for cell in cells] == [day.isoformat() for day in days]


@given(st.text(max_size=12))
def test_any_text_is_a_day_between_1900_and_2900_none_or_a_named_fault(text: str) -> None:
    found = read(text)
    if found not in (None, "bad_date", "ambiguous_date"):
        assert 1900 <= dt.date.fromisoformat(found or "").year < 2900


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("'2024-01-31", "2024-01-31"), ("'20240131", "2024-01-31"), ("2024-01-31'", "bad_date"),
        # the year 1900 is a year, but for its first day, which stands for never
        ("1900-05-05", "1900-05-05"), ("19000505", "1900-05-05"), (dt.date(1900, 5, 5), "1900-05-05"),
        ("1900-12-31", "1900-12-31"),
        ("2899-12-31", "2899-12-31"), ("28991231", "2899-12-31"),
        # the smaller part is a twelve: it may be the month
        ("12/31/2024", "ambiguous_date"), ("31/12/2024", "ambiguous_date"), ("13/14/2024", "bad_date"),
    ],
)  # fmt: skip
def test_signs_before_and_years_at_the_ends(cell: Any, found: str) -> None:
    assert read(cell) == found
