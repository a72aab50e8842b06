"""The outing: those to be met, in the order of the week, by area; nobody without an address is dropped (issue 13)."""

from dataclasses import dataclass, replace

import pytest

from db.tables import customers, touches
from tests.workbench.conftest import SmallBook
from tests.workbench.outreach.week.made import item, plan, planned, work
from workbench.outreach.draft import WeekPlan
from workbench.outreach.outing.outing import Outing
from workbench.outreach.outing.room import Outings
from workbench.outreach.week.entry import WeekContact, WeekList
from workbench.outreach.week.listing import week_list
from workbench.rules.parameters import Rules


@dataclass(frozen=True)
class Made:
    """A plan with its list."""

    plan: WeekPlan
    week: WeekList


@pytest.fixture
def made(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Five visits, and one customer more than the week has visits for."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    small.customer("1", residence_address="西湖区文三路1号")
    small.customer("2", residence_address="滨江区曙光路2号")
    small.customer("3", residence_address="西湖区文三路33号")
    small.customer("4")
    small.customer("5", grid="三号网格")
    small.customer("6", residence_address="滨江区曙光路9号")
    people = [planned(small.ids[no], "2026-11-16") for no in "123456"]
    drafted = replace(plan(item("keep_red", *people)), visits=5)
    return Made(drafted, week_list(drafted, (), {}, work()))


def outing(small: SmallBook, made: Made) -> Outing:
    return Outings(small.book, Rules.load()).of(made.plan, made.week)


def areas(found: Outing) -> list[tuple[str, list[int]]]:
    return [(area.label, [stop.entry.rank for stop in area.stops]) for area in found.areas]


def test_visits_are_grouped_by_street_in_the_order_of_the_week(small: SmallBook, made: Made) -> None:
    found = outing(small, made)
    assert areas(found) == [("西湖区 文三路", [1, 3]), ("滨江区 曙光路", [2]), ("三号网格", [5])]
    assert [one.rank for one in found.unplaced] == [4]


def test_rows_without_visits_send_nobody_out(small: SmallBook, made: Made) -> None:
    calls = replace(made.plan, quick_wins=(replace(made.plan.quick_wins[0], kind="keep_orange"),))
    assert outing(small, Made(calls, made.week)).stops == ()


def test_who_agreed_to_meet_is_on_it_and_who_was_met_is_not(small: SmallBook, made: Made) -> None:
    with small.book.write("touch", "touch") as writer:
        row = {"channel": "call", "result": "appointment", "initiated_by": "manager", "date": "2026-11-16"}
        writer.insert(touches, [{"customer_id": small.ids["6"], "next_date": "2026-11-18", **row}])
    met = WeekContact("2026-11-16", "visit", "met", True)
    first, *others = made.week.entries
    later = replace(made.week, entries=(replace(first, contacts=(met,)), *others))
    found = outing(small, Made(made.plan, later))
    assert areas(found) == [("滨江区 曙光路", [2, 6]), ("西湖区 文三路", [3]), ("三号网格", [5])]
    assert [stop.appointed for stop in found.areas[0].stops] == ["", "2026-11-18"]


def test_the_streets_of_a_district_stand_together(small: SmallBook, made: Made) -> None:
    with small.book.write("test", "move") as writer:
        writer.update(customers, small.ids["3"], {"residence_address": "西湖区龙井路3号"})
    assert areas(outing(small, made)) == [
        ("西湖区 文三路", [1]), ("西湖区 龙井路", [3]), ("滨江区 曙光路", [2]), ("三号网格", [5]),
    ]  # fmt: skip
