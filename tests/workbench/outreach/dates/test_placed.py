"""The shipped calendar in any year: its fixtures, the ten lunar festivals, silent days, the shift rules (domain 6)."""

import csv
from collections import defaultdict

import pytest

from tests.conftest import SHARED_DATA
from workbench.base.lunar import disputed
from workbench.base.solar_terms import TERMS
from workbench.base.workdays import shipped
from workbench.outreach.dates.calendar_row import CalendarRow
from workbench.outreach.dates.placed import placed
from workbench.outreach.dates.shipped import shipped_rows
from workbench.outreach.dates.year_day import YearDay


def of(year: int) -> dict[str, YearDay]:
    return {day.code: day for day in placed(shipped_rows().values(), year, shipped())}


def test_golden_9_the_fixtures_of_two_years() -> None:
    wanted = {
        2026: {
            "spring": "02-17", "lantern": "03-03", "dragon_boat": "06-19", "qixi": "08-19", "mid_autumn": "09-25",
            "double_ninth": "10-18", "eve": "02-16", "qingming": "04-05", "lichun": "02-04", "mangzhong": "06-05",
            "qiufen": "09-23", "lidong": "11-07", "dongzhi": "12-22",
        },
        2027: {
            "spring": "02-06", "lantern": "02-20", "dragon_boat": "06-09", "qixi": "08-08", "mid_autumn": "09-15",
            "double_ninth": "10-08", "eve": "02-05", "laba": "01-15", "small_year_north": "01-30",
            "small_year_south": "01-31", "qingming": "04-05", "lichun": "02-04", "mangzhong": "06-06",
            "qiufen": "09-23", "lidong": "11-07", "dongzhi": "12-22", "mother": "05-09", "father": "06-20",
        },
    }  # fmt: skip
    for year, days in wanted.items():
        found = of(year)
        assert {code: found[code].date[5:] for code in days} == days


def test_ten_lunar_festivals_of_two_centuries_fall_where_the_observatory_says() -> None:
    file = SHARED_DATA / "lunar" / "festivals_1901_2100.csv"
    if not file.exists():
        pytest.skip("shared/data/lunar is not here")
    names: dict[str, list[str]] = defaultdict(list)
    for year in range(1901, 2101):
        for day in placed(
            (row for row in shipped_rows().values() if row.at.startswith("lunar")), year, shipped()
        ):
            names[day.date].append(day.name)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) > 1_990
    for row in rows:
        if disputed(int(row["lunar_year"]), int(row["lunar_month"])):
            continue
        assert any(row["festival"] in name for name in names[row["date"]]), row


def test_a_festival_of_a_disputed_month_says_so() -> None:
    assert of(2057)["double_ninth"].name == "重阳节(或差一天)"
    assert of(2057)["double_ninth"].doubtful
    assert of(2056)["double_ninth"].name == "重阳节"


@pytest.mark.parametrize("year", [1901, 2026, 2033, 2100])
def test_a_code_stands_once_in_a_year_and_all_terms_are_there(year: int) -> None:
    days = placed(shipped_rows().values(), year, shipped())
    assert len({day.code for day in days}) == len(days)
    assert {day.code for day in days if day.stream == "term"} >= TERMS.keys()
    assert [day.date for day in days] == sorted(day.date for day in days)


def test_silent_days_are_nobodys_occasion_and_are_never_acted_on() -> None:
    for year in (2026, 2027):
        days = placed(shipped_rows().values(), year, shipped())
        silent = {day.date for day in days if day.silent}
        assert {day.code for day in days if day.silent} == {"qingming", "ghost", "memorial"}
        assert all(day.use == "none" and not day.marketing for day in days if day.silent)
        acting = [day for day in days if day.marketing or day.stream in ("festival", "term")]
        assert not [day.code for day in acting if day.act_on in silent]


def test_what_is_off_by_default_is_not_shown() -> None:
    assert "christmas" not in of(2026)
    assert shipped_rows()["christmas"].off


def test_a_greeting_on_a_day_off_is_made_on_the_workday_before_a_key_date_after_it() -> None:
    found = of(2026)
    assert found["spring"].act_on == "2026-02-14"  # a make-up Saturday
    assert found["mid_autumn"].act_on == "2026-09-24"
    assert found["teacher"].act_on == "2026-09-10"
    assert found["grain_money"].act_on == "2026-10-08"
    assert found["ghost"].act_on == ""


def test_a_span_over_the_end_of_the_year_is_told_by_both_years() -> None:
    this, following = of(2026)["bonus"], of(2027)["bonus.before"]
    assert (this.date, this.last) == (following.date, following.last) == ("2026-12-01", "2027-02-28")
    assert this.row == following.row == "bonus"


def test_a_span_that_is_all_days_off_is_acted_on_before_it() -> None:
    row = CalendarRow("x", "国庆出游", "10-02", "segment", until="10-06", use="group", channel="group")
    (day,) = placed([row], 2026, shipped())
    assert day.act_on == "2026-09-30"


def test_no_product_row_asks_for_deposits_in_a_rush() -> None:
    rows = [row for row in shipped_rows().values() if row.stream == "product"]
    assert len(rows) >= 10
    for row in rows:
        for word in ("冲时点", "冲存款", "拉存款", "揽储", "rush"):
            assert word not in row.name + row.says
