"""客户触点规划表 (domain 6.8): weeks and days of a month, every touch on it once, as many pages as it takes."""

import re
from dataclasses import replace
from typing import Any

from tests.workbench.sheets.reading import shapes, texts
from tests.workbench.sheets.year_made import material_of, touch, touches_of, year_of
from workbench.sheets.month_plan import MONTH_PDF, month_part
from workbench.sheets.pack.part import Part
from workbench.sheets.printed import Printed, typeset_as

FRAME = {
    "footer": ["数据日期 2025-12-31"], "number": "编号 1", "destroy": "", "page": "第 {n} / {all} 页", "watermark": "",
    "sheet": 0, "coded": False,
}  # fmt: skip


def drawn(part: Part) -> Printed:
    paper = {**part.paper, "part": part.template, "frame": FRAME}
    return typeset_as(MONTH_PDF, {"lang": "zh", "title": "", "parts": [paper]}, "x", part.people)


def test_a_long_month_goes_on_to_further_pages_with_every_touch_once() -> None:
    touches = touches_of(per_day=40)
    part = month_part(material_of(year_of(touches=touches), touches), "2026-09")
    printed = drawn(part)
    assert len(shapes(printed)) > 3
    assert set(shapes(printed)) == {(842, 595)}
    said = "".join(texts(printed))
    for row in part.rows:
        assert said.count(f"{row.row}欧**{row.customer_no[-4:]}") + said.count(
            f"{row.row}王**{row.customer_no[-4:]}"
        )
    assert [row.row for row in part.rows] == list(range(1, len(part.rows) + 1))
    assert all("负责人" in page and re.search(r"第\d+周", page) for page in texts(printed))
    assert not re.search("欧阳|王芳|60000", said)


def test_a_week_tells_its_events_its_touches_and_its_money() -> None:
    planned = [touch(n, "2026-09-24", reason=n % 2) for n in range(3)]
    planned += [replace(touch(n, "2026-09-24", reason=3), channel="group") for n in range(10, 30)]
    material = material_of(
        year_of(touches=planned),
        planned,
        budget={"2026-09-24": 380_000},
        scripts={1: "G-405", 2: "G-402", 10: "G-402"},
    )
    weeks: Any = month_part(material, "2026-09").paper["weeks"]
    week = next(one for one in weeks if one["week"] == "第 39 周")
    assert week["festivals"] == "09-23中国农民丰收节、秋分\n09-25中秋节、休"
    assert week["channels"] == "群发20、电话2、企微1"
    assert (week["budget"], week["done"]) == ("3,800", "/ 3")
    day = week["days"][0]
    assert day["scripts"] == "G-402 405"
    # a message to many names nobody and has nothing to come back
    assert [one["many"] for one in day["reasons"] if one["many"]] == ["群发20户"]
    assert len(month_part(material, "2026-09").rows) == 3


def test_a_birthday_greeted_together_with_others_names_whose_it_is() -> None:
    born = [
        replace(touch(n, "2026-09-24", reason=3), channel="group", reason="birthday", words="9月24日生日")
        for n in (10, 11)
    ]
    weeks: Any = month_part(material_of(year_of(touches=born), born), "2026-09").paper["weeks"]
    (reason,) = next(one for one in weeks if one["week"] == "第 39 周")["days"][0]["reasons"]
    named = "、".join(f"{one.name[0]}** {one.customer_no[-4:]}" for one in born)
    assert reason["many"] == f"群发2户({named})"


def test_a_month_without_touches_says_so_and_a_make_up_day_is_named() -> None:
    part = month_part(material_of(year_of()), "2026-10")
    assert part.paper["nobody"] == "这个月没有排触点。"
    weeks: Any = part.paper["weeks"]
    assert "10-10班" in weeks[1]["festivals"].split("\n")
    assert (part.rows, part.until) == ((), "2026-10-31")
    assert "这个月没有排触点" in texts(drawn(part))[0]
