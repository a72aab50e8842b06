"""What stands of an earlier planning: done, past, kept, chosen."""

import datetime as dt

import numpy as np

from tests.workbench.outreach.yearplan.made import touches
from workbench.outreach.yearplan.standing import StoodTouches, chosen_days, own_of
from workbench.outreach.yearplan.touch_columns import STATES

#: a Monday
MONDAY = dt.date(2027, 3, 8).toordinal()


def test_a_contact_of_the_week_within_the_span_does_a_touch_and_an_earlier_one_does_not() -> None:
    rows = [(n, "birthday", MONDAY + 2, MONDAY + 2, "planned") for n in (1, 2, 3, 4)]
    reached = {1: (MONDAY,), 2: (MONDAY - 1,), 3: (MONDAY + 4,), 4: (MONDAY + 7,)}
    stood = StoodTouches.of(touches(rows), reached, start=MONDAY + 5, today=MONDAY + 4)
    assert stood.done.tolist() == [True, False, True, False]
    assert stood.touches.day[stood.done].tolist() == [MONDAY, MONDAY + 4]
    assert stood.past.tolist() == [False, True, False, True]


def test_days_to_come_are_kept_and_what_is_over_stays_as_it_was() -> None:
    rows = [
        (1, "birthday", MONDAY, MONDAY, "planned"), (2, "cadence", MONDAY + 9, MONDAY + 9, "planned"),
        (3, "cadence", MONDAY + 9, MONDAY + 9, "no_room"), (4, "birthday", MONDAY - 2, MONDAY - 2, "merged"),
        (5, "cadence", MONDAY, MONDAY - 1, "planned"),
    ]  # fmt: skip
    stood = StoodTouches.of(touches(rows), {}, start=MONDAY + 1, today=MONDAY + 1)
    assert stood.kept().day.tolist() == [MONDAY + 9]
    again = touches([
        (2, "cadence", MONDAY + 9, MONDAY + 10, "planned"), (5, "cadence", MONDAY, MONDAY + 3, "planned"),
    ])  # fmt: skip
    joined = stood.joined(again, np.array([False, False]))
    assert len(joined) == 4
    stands = {
        (int(c), int(d)): (STATES[s], int(m))
        for c, d, s, m in zip(joined.customer, joined.day, joined.state, joined.moved_from, strict=True)
    }
    assert stands == {
        (1, MONDAY): ("planned", 0),
        (2, MONDAY + 10): ("planned", MONDAY + 9),
        (4, 0): ("merged", 0),
        (5, MONDAY + 3): ("planned", MONDAY - 1),
    }


def test_a_chosen_touch_remembers_what_the_plan_would_do_by_itself() -> None:
    stood = StoodTouches.of(
        touches([(1, "birthday", MONDAY + 9, MONDAY + 9, "planned"), (2, "payday", MONDAY + 9, 0, "merged")],
                ["", "week:birthday"]),
        {}, start=MONDAY, today=MONDAY,
    )  # fmt: skip
    made = touches(
        [(1, "birthday", MONDAY + 9, MONDAY + 20, "planned"), (2, "payday", MONDAY + 9, 0, "left_out")]
    )
    chosen = stood.joined(made, np.array([True, True]))
    assert [chosen.grounds[place] for place in chosen.why.tolist()] == [
        "chosen:planned:", "chosen:merged:week:birthday",
    ]  # fmt: skip
    own = own_of(chosen)
    assert own.day.tolist() == [MONDAY + 9, 0]
    assert [STATES[one] for one in own.state.tolist()] == ["planned", "merged"]
    assert [own.grounds[place] for place in own.why.tolist()] == ["", "week:birthday"]


def test_choices_of_days_that_are_over_are_not_planned_again() -> None:
    iso = dt.date.fromordinal(MONDAY).isoformat()
    choices = {(1, "birthday", iso): iso, (2, "birthday", iso): "2027-03-09", (3, "birthday", iso): ""}
    stands = chosen_days(choices, MONDAY + 1)
    assert (stands.customer.tolist(), stands.day.tolist()) == ([2, 3], [MONDAY + 1, 0])
