"""The year as it is drawn: every day has a place of its own, bands stand below the days they last, names fit their cells."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics

from tests.ui.bot import Bot
from tests.ui.pages.calendar.made_year import YEAR, MadeAgenda, MadeYear
from ui.pages.calendar.month_grid import MonthGrid
from ui.pages.calendar.year_grid import YearGrid, bands, festival, short_name, waves
from workbench.outreach.agenda.agenda import AgendaDay
from workbench.outreach.dates.shipped import shipped_rows

Days = dict[dt.date, AgendaDay]


@pytest.fixture(scope="module")
def days() -> Days:
    return {dt.date.fromisoformat(one.date): one for one in MadeAgenda(MadeYear()).year(YEAR).days}


@pytest.mark.parametrize("size", [(1158, 480), (1712, 860), (692, 460)])
def test_every_day_is_found_where_it_is_drawn(qtbot: Bot, days: Days, size: tuple[int, int]) -> None:
    grid = YearGrid(str)
    qtbot.addWidget(grid)
    grid.resize(*size)
    grid.show_days(days, dt.date(YEAR, 1, 1))
    for day in days:
        rect = grid.rect_of(day)
        assert grid.rect().contains(rect)
        assert grid.day_at(rect.center()) == day
    assert grid.day_at(QPoint(3, 3)) is None
    assert grid.grab().width() == size[0], "it can be painted"


def test_the_month_has_its_days_and_no_others(qtbot: Bot, days: Days) -> None:
    grid = MonthGrid(str)
    qtbot.addWidget(grid)
    grid.resize(700, 480)
    for month in (2, 3, 11):
        grid.show_days(days, dt.date(YEAR, month, 3))
        for day in days:
            rect = grid.rect_of(day)
            assert rect.isEmpty() == (day.month != month)
            assert rect.isEmpty() or grid.day_at(rect.center()) == day
    assert "感恩节" in grid.tip_at(grid.rect_of(dt.date(YEAR, 11, 26)).center())
    grid.grab()


def test_product_rhythm_lies_below_its_days_in_two_lanes(days: Days) -> None:
    made = bands(days)
    assert [(band.event.code, band.first, band.last, band.lane) for band in made[11]] == [
        ("fourth", 1, 30, 0),
        ("sell", 6, 20, 1),
    ]
    assert [band.first for band in made[10]] == [1]
    assert made[8] == ()


def test_a_cell_names_its_festival_as_far_as_it_fits(qapp: object, days: Days) -> None:
    memorial, solstice = (festival(days[dt.date(YEAR, 12, day)]) for day in (13, 22))
    assert memorial is not None
    assert solstice is not None
    assert (memorial.name, solstice.name) == ("国家公祭日", "冬至")
    assert festival(days[dt.date(YEAR, 12, 24)]) is None
    grid = YearGrid(str)
    metrics = QFontMetrics(grid.font())
    two = metrics.horizontalAdvance("端午")
    boats = replace(memorial, name="端午节")
    assert short_name(boats, metrics, two) == "端午"
    assert short_name(memorial, metrics, two) == "国家"
    assert short_name(replace(memorial, short="公祭日"), metrics, two) == "公祭"
    assert short_name(replace(memorial, name="小年(北)"), metrics, two) == "小年"
    assert short_name(boats, metrics, 4) == "◆"


def test_no_cell_is_left_with_a_word_that_says_nothing() -> None:
    cells = {
        (row.short or row.name.split("(")[0])[:2]
        for row in shipped_rows().values()
        if row.stream == "festival"
    }
    assert cells.isdisjoint({"世界", "中国", "国家", "消费", "金融", "双十", "龙抬"})


def test_maturities_are_marked_where_there_are_any(days: Days) -> None:
    marked = waves(days)
    assert marked
    assert all(days[day].touches["maturity_7"] == count for day, count in marked.items())
