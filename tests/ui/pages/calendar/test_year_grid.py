"""The year as it is drawn: every day has a place of its own, bands stand below the days they last, names fit their cells."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics

from tests.ui.bot import Bot
from tests.ui.pages.calendar.made_year import YEAR, MadeAgenda, MadeYear
from ui.pages.calendar.month_grid import MonthGrid
from ui.pages.calendar.year_grid import YearGrid, bands, festival, short_name, waves
from workbench.outreach.agenda.agenda import AgendaDay

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
    assert festival(days[dt.date(YEAR, 12, 13)]) == "国家公祭日"
    assert festival(days[dt.date(YEAR, 12, 22)]) == "冬至"
    assert festival(days[dt.date(YEAR, 12, 24)]) is None
    grid = YearGrid(str)
    metrics = QFontMetrics(grid.font())
    two = metrics.horizontalAdvance("端午")
    assert short_name("端午节", metrics, two) == "端午"
    assert short_name("国家公祭日", metrics, two) == "国家"
    assert short_name("小年(北)", metrics, two) == "小年"
    assert short_name("端午节", metrics, 4) == "◆"


def test_maturities_are_marked_where_there_are_any(days: Days) -> None:
    marked = waves(days)
    assert marked
    assert all(days[day].touches["maturity_7"] == count for day, count in marked.items())
