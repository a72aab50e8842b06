"""The outing: those to be met, in the order of the week, by area; nobody without an address is dropped (issue 13)."""

from dataclasses import replace

import pytest

from db.tables import touches
from tests.workbench.conftest import SmallBook
from tests.workbench.outreach.week.made import WEEK, item, plan, planned, work
from workbench.outreach.outing.room import Outings
from workbench.outreach.week.entry import WeekContact, WeekList
from workbench.outreach.week.listing import week_list
from workbench.rules.parameters import Rules


@pytest.fixture
def week(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> WeekList:
    """Five visits and one call."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    small.customer("1", residence_address="西湖区文三路1号")
    small.customer("2", residence_address="西湖区曙光路2号")
    small.customer("3", residence_address="西湖区文三路33号")
    small.customer("4")
    small.customer("5", grid="三号网格")
    small.customer("6", residence_address="西湖区曙光路9号")
    people = [planned(small.ids[no], "2026-11-16") for no in "123456"]
    listed = week_list(plan(item("orange", *people)), (), {}, work())
    entries = [replace(one, channel="call" if one.rank == 6 else "visit") for one in listed.entries]
    return replace(listed, entries=tuple(entries))


def outing(small: SmallBook, week: WeekList) -> list[tuple[str, list[int]]]:
    made = Outings(small.book, Rules.load()).of(week)
    return [(area.label, [stop.entry.rank for stop in area.stops]) for area in made.areas]


def test_visits_are_grouped_by_street_in_the_order_of_the_week(small: SmallBook, week: WeekList) -> None:
    assert outing(small, week) == [("西湖区 文三路", [1, 3]), ("西湖区 曙光路", [2]), ("三号网格", [5])]
    (left,) = Outings(small.book, Rules.load()).of(week).unplaced
    assert left.rank == 4


def test_who_agreed_to_meet_is_on_it_and_who_was_met_is_not(small: SmallBook, week: WeekList) -> None:
    with small.book.write("touch", "touch") as writer:
        row = {"channel": "call", "result": "appointment", "initiated_by": "manager", "date": "2026-11-16"}
        writer.insert(touches, [{"customer_id": small.ids["6"], "next_date": "2026-11-18", **row}])
    met = WeekContact("2026-11-16", "visit", "met", True)
    first, *others = week.entries
    later = replace(week, entries=(replace(first, contacts=(met,)), *others))
    assert later.week == WEEK
    assert outing(small, later) == [("西湖区 曙光路", [2, 6]), ("西湖区 文三路", [3]), ("三号网格", [5])]
    made = Outings(small.book, Rules.load()).of(later)
    assert [stop.appointed for stop in made.areas[0].stops] == ["", "2026-11-18"]
