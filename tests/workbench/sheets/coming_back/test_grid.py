"""What a cell says, however a program kept it."""

import datetime as dt

import pytest

from workbench.sheets.coming_back.grid import ReturnedCell, ReturnedSheet, day_of, number_of, text_of

NEAR = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""), ("", ""), ("  接通\u00a0", "接通"), ("１２", "12"), (12.0, "12"), (12, "12"), (0.5, "0.5"), (True, "✓"),
        (False, ""), ("½", "½"), (float("nan"), ""), (float("inf"), ""), (1e300, "1e+300"), ("𠮷**", "𠮷**"),
        (dt.datetime(2026, 11, 23, 9, 30), "2026-11-23"),
    ],
)  # fmt: skip
def test_a_cell_reads_as_a_person_reads_it(cell: ReturnedCell, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (dt.date(2026, 11, 23), "2026-11-23"), (dt.datetime(2026, 11, 23, 9), "2026-11-23"), ("2026-11-23", "2026-11-23"),
        ("2026/11/23", "2026-11-23"), ("2026.11.23", "2026-11-23"), ("20261123", "2026-11-23"), ("2026年11月23日", "2026-11-23"),
        ("11-23", "2026-11-23"), ("11月23日", "2026-11-23"), ("１１／２３", "2026-11-23"), ("1-5", "2027-01-05"),
        (46349, "2026-11-23"),
        (46349.0, "2026-11-23"), ("46349", "2026-11-23"), ("2026-11-23 00:00:00", "2026-11-23"), ("2026-02-30", "2026-02-30"),
        ("下周三", "下周三"), ("33日", "33日"), ("", ""), (None, ""), ("2-29", "2028-02-29"), (12, "12"),
    ],
)  # fmt: skip
def test_a_day_is_read_or_left_as_written(cell: ReturnedCell, day: str) -> None:
    near = dt.date(2027, 11, 20) if cell == "2-29" else NEAR
    assert day_of(cell, near) == day


def test_a_file_of_another_calendar_counts_from_1904() -> None:
    assert day_of(46349 - 1462, NEAR, epoch_1904=True) == "2026-11-23"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("12.0", 12),
        ("第12号", 12),
        ("No.7", 7),
        ("#7", 7),
        ("", None),
        ("5-1", None),
        ("12a", None),
    ],
)
def test_a_row_number_is_read(text: str, number: int | None) -> None:
    assert number_of(text) == number


def test_what_a_spreadsheet_made_a_day_of_is_what_was_typed() -> None:
    grid = ReturnedSheet("表", ((dt.date(2026, 1, 2), dt.date(2026, 5, 1), "✓"),))
    assert (grid.mark(0, 0), grid.label(0, 1), grid.mark(0, 2), grid.mark(0, 9)) == ("½", "5-1", "✓", "")
