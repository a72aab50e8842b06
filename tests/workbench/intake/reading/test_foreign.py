"""What calamine or openpyxl can read of 902 foreign spreadsheets is read, no row fewer; the rest is one sentence."""

import csv
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import SHARED_DATA
from workbench.base.errors import WorkbenchError
from workbench.intake.reading.reader import read_file

#: calamine also counts the figures that a chart sheet remembers: a chart is no table.
WITH_CHARTS = ("34775.xls", "SimpleScatterChart.xls", "ex42570-20305.xls")


def _difference(folder: Path, entry: dict[str, str]) -> str | None:
    expected = next(
        (m for m in (re.match(r"ok \d+sh/(\d+)r", entry[r]) for r in ("calamine", "openpyxl")) if m), None
    )
    try:
        file = read_file(folder / entry["file"])
    except WorkbenchError as error:
        if expected and int(expected[1]):
            return f"{entry['file']} was refused: {error.code}"
        return None if error.message and error.hint else f"{entry['file']}: no sentence"
    rows = sum(sheet.height + sheet.first_row - 1 for sheet in file.sheets if sheet.height)
    if expected is None or rows == int(expected[1]) or entry["file"].endswith(WITH_CHARTS):
        return None
    # a sheet that calamine could not read is counted as none in the manifest
    return None if "sheet_errors" in entry["calamine"] else f"{entry['file']}: {rows} rows, not {expected[1]}"


@pytest.mark.parametrize("step", [30, pytest.param(3, marks=pytest.mark.long)])
def test_foreign_spreadsheets_are_read_to_the_last_row(step: int) -> None:
    """Every so manieth file; all of them run in `bench/spreadsheets.py`."""
    folder = SHARED_DATA / "spreadsheets"
    if not folder.exists():
        pytest.skip("shared/data/spreadsheets is not here")
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))[::step]
    with ThreadPoolExecutor(2) as pool:
        differences = [
            difference
            for difference in pool.map(lambda entry: _difference(folder, entry), entries)
            if difference
        ]
    assert differences == []
