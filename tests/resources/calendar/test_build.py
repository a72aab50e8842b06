"""The lunar table and the shipped days off are what their script makes from its sources."""

import csv
import json
from pathlib import Path

import pytest

from workbench.base.holiday_files import shipped_years

HERE = Path(__file__).parents[3] / "resources" / "calendar"


def test_the_lunar_table_is_made_by_its_script() -> None:
    pytest.importorskip("lunar_python")
    from resources.calendar.build import lunar_rows

    with (HERE / "lunar_months.csv").open(encoding="utf-8", newline="") as file:
        _header, *rows = csv.reader(file)
    assert rows == [[str(one) for one in row] for row in lunar_rows()]


def test_a_year_file_that_is_there_is_not_replaced_and_a_missing_one_is_made_again(tmp_path: Path) -> None:
    pytest.importorskip("chinese_calendar")
    from resources.calendar.build import write_holidays

    own = tmp_path / "2026.json"
    own.write_text("{}", "utf-8")
    write_holidays(tmp_path)
    assert own.read_text("utf-8") == "{}"
    made = {
        int(file.stem): json.loads(file.read_text("utf-8")) for file in tmp_path.glob("*.json") if file != own
    }
    assert made
    for year, body in made.items():
        assert shipped_years()[year].as_json() == body
