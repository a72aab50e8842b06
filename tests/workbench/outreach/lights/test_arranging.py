"""The queue of lights: fifteen places, the carried first, the late last, one order of all (domain 4.5-8)."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.insight.churn.verdict import CustomerRisk, LightState
from workbench.outreach.lights.arranging import Arranged
from workbench.outreach.lights.arranging import arrange as arrange_lit
from workbench.outreach.lights.lit import Lit
from workbench.outreach.lights.queue import ListedBefore, Queued


def queued(
    number: int, priority: float, *, state: LightState = "new", rests: bool = False, late: str = ""
) -> Queued:
    risk = CustomerRisk(
        number, str(number), "", priority, "red", number, None, None, state=state, rests=rests
    )
    return Queued(risk, priority, late)


def arrange(lights: list[Queued], before: ListedBefore, places: int) -> Arranged:
    return arrange_lit(Lit.among(lights), before, places)


def ids(part: tuple[Queued, ...]) -> list[int]:
    return [one.risk.customer_id for one in part]


def test_the_places_go_by_priority_and_the_rest_waits_in_order() -> None:
    arranged = arrange([queued(n, n) for n in range(1, 6)], ListedBefore(), 2)
    assert (ids(arranged.working), ids(arranged.waiting)) == ([5, 4], [3, 2, 1])


def test_who_was_listed_last_week_keeps_his_place_and_stands_where_his_priority_puts_him() -> None:
    arranged = arrange([queued(n, n) for n in range(1, 6)], ListedBefore(last_week=frozenset({1})), 2)
    assert (ids(arranged.working), ids(arranged.waiting)) == ([5, 1], [4, 3, 2])


def test_the_list_that_a_person_made_her_own_comes_before_all() -> None:
    before = ListedBefore(this_week=frozenset({2}), last_week=frozenset({1}))
    assert ids(arrange([queued(n, n) for n in range(1, 6)], before, 2).working) == [2, 1]


def test_the_late_give_way_to_the_queue_and_come_up_where_nobody_else_waits() -> None:
    lights = [queued(1, 9, late="试了两次"), queued(2, 1)]
    before = ListedBefore(last_week=frozenset({1}))
    arranged = arrange(lights, before, 1)
    assert (ids(arranged.working), ids(arranged.waiting)) == ([2], [1])
    assert ids(arrange(lights, before, 2).working) == [1, 2]
    three = arrange([*lights, queued(3, 5), queued(4, 4)], before, 1)
    assert ids(three.waiting) == [4, 2, 1]


def test_who_rests_or_is_gone_takes_no_place() -> None:
    lights = [queued(1, 9, state="gone", rests=True), queued(2, 8, state="quiet", rests=True), queued(3, 1)]
    arranged = arrange(lights, ListedBefore(last_week=frozenset({1, 2})), 5)
    assert (ids(arranged.working), ids(arranged.gone), ids(arranged.resting)) == ([3], [1], [2])


def test_no_places_left_leave_everybody_waiting() -> None:
    arranged = arrange([queued(1, 1)], ListedBefore(), -3)
    assert (ids(arranged.working), ids(arranged.waiting)) == ([], [1])


@given(
    st.lists(st.tuples(st.floats(0, 100), st.booleans(), st.booleans(), st.booleans()), max_size=30),
    st.integers(0, 20),
)
def test_everybody_is_in_one_part_and_no_more_work_than_there_are_places(
    lights: list[tuple[float, bool, bool, bool]], places: int
) -> None:
    given_lights = [
        queued(n, priority, rests=rests, late="x" if late else "")
        for n, (priority, rests, late, _carried) in enumerate(lights)
    ]
    last_week = frozenset(n for n, one in enumerate(lights) if one[3])
    arranged = arrange(given_lights, ListedBefore(last_week=last_week), places)
    every = (*arranged.working, *arranged.waiting, *arranged.gone, *arranged.resting)
    assert sorted(ids(every)) == list(range(len(lights)))
    free = sum(not rests for _p, rests, _l, _c in lights)
    assert len(arranged.working) == min(places, free)
