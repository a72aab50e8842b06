"""The year on one A3 page (domain 6.8): every day with what it is, on one page however full or empty the year is."""

from typing import Any

import pytest

from tests.workbench.sheets.reading import shapes, texts
from tests.workbench.sheets.year_made import material_of, touch, touches_of, year_of
from workbench.sheets.printed import Printed, typeset_as
from workbench.sheets.year_material import YearMaterial
from workbench.sheets.year_wheel import WHEEL_PDF, wheel_content

FRAME = {"footer": ["数据日期 2025-12-31", "打印人 李敏"]}
NOTE = "看不到到期。"
A3 = (1191, 842)


def content(material: YearMaterial) -> Any:
    return wheel_content(material)


def drawn(material: YearMaterial) -> Printed:
    part = {**wheel_content(material), "part": "wheel", "frame": FRAME}
    return typeset_as(WHEEL_PDF, {"lang": "zh", "title": "", "parts": [part]}, "x", 0)


@pytest.mark.parametrize("full", [True, False])
def test_the_whole_year_stands_on_one_page(full: bool) -> None:
    touches = touches_of() if full else []
    money = {f"2026-{month:02d}": month * 1_000_000_000 for month in range(1, 12)} if full else None
    printed = drawn(
        material_of(year_of(touches=touches, rich=full), touches, maturing=money, maturing_note=NOTE)
    )
    assert shapes(printed) == [A3]
    said = texts(printed)[0]
    assert "静默日：不营销" in said  # the last line of the page
    assert ("1,000.0万" in said) is full
    assert NOTE in said
    assert ("还没有触点计划" in said) is not full
    assert ("消费者权益日" in said) is full


def test_a_day_says_its_lunar_day_whether_it_is_off_and_what_is_silent() -> None:
    months = content(material_of(year_of()))["months"]
    days = {(m, int(d["number"])): d for m, month in enumerate(months, 1) for d in month["days"]}
    assert len(days) == 365
    assert (days[2, 17]["lunar"], days[2, 17]["sign"], days[2, 17]["ground"]) == ("正月", "休", "off")
    assert (days[10, 10]["sign"], days[10, 10]["ground"], days[10, 2]["sign"]) == ("班", "make_up", "休")
    # 清明 is a festival and a term: it stands once, and is silent
    assert days[4, 5]["events"] == [{"text": "清明节", "kind": "silent"}]
    assert days[6, 6]["events"] == [{"text": "芒种 个", "kind": "term"}]
    assert days[6, 7]["events"] == [{"text": "高考–9", "kind": "festival"}]


def test_a_year_without_its_notice_says_so_and_the_weeks_show_load_against_capacity() -> None:
    planned = [touch(0, "2027-03-01", reason=5), touch(1, "2027-03-02", reason=5)]
    made = content(material_of(year_of(2027, touches=planned, capacity=100), planned))
    assert made["unofficial"] == "休班未官宣"
    week = next(one for one in made["weeks"] if one["number"] == "9")
    assert (week["load"], week["capacity"], week["hours"]) == (0.18, 1.0, "2")
    assert content(material_of(year_of()))["weeks"] == []
