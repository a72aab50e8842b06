"""An import that changed few customers: the others keep their days (domain 6.8)."""

from dataclasses import fields, replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.outreach.levelling.made import START, RandomBook, book, cadences, wishes_table, workdays
from workbench.outreach.levelling.level import level
from workbench.outreach.levelling.limits import TouchLimits
from workbench.outreach.levelling.placement import STATES, DayRoom, Placement
from workbench.outreach.levelling.relevel import relevel
from workbench.outreach.wishes.wish_table import WishTable

books = st.builds(
    book, st.integers(0, 10_000), st.sampled_from([100, 300]), load=st.sampled_from([0.6, 0.95, 1.3])
)


def _wishes_of(table: WishTable, customers: np.ndarray) -> WishTable:
    mine = np.isin(table.customer, customers)
    names = [one.name for one in fields(table) if one.name not in ("reasons", "channels")]
    return replace(table, **{name: getattr(table, name)[mine] for name in names})


def _days(placed: Placement) -> dict[tuple[int, str, int], int]:
    codes = [placed.reasons[place] for place in placed.reason.tolist()]
    names = zip(placed.customer.tolist(), codes, placed.occurrence.tolist(), strict=True)
    return {name: day for name, day in zip(names, placed.day.tolist(), strict=True) if day}


@law(examples=200, few=5)
@given(books, st.integers(0, 9))
def test_one_in_a_hundred_changes_and_three_in_a_hundred_move_at_most(random: RandomBook, seed: int) -> None:
    rng = np.random.default_rng(seed)
    cadence = random.cadence
    standing = level(random.wishes, cadence, random.limits, random.room, start=START)
    changed = np.sort(rng.choice(cadence.customer, max(1, len(cadence.customer) // 100), replace=False))
    spoken = replace(
        cadence, last_talk=np.where(np.isin(cadence.customer, changed), START - 1, cadence.last_talk)
    )
    again = relevel(
        standing, changed, _wishes_of(random.wishes, changed), spoken, random.limits, random.room, start=START
    )
    place = np.searchsorted(random.room.days, again.day[again.day > 0])
    load = np.bincount(place, weights=again.seconds[again.day > 0], minlength=len(random.room.days))
    assert (load <= random.room.seconds).all()
    before, after = _days(standing), _days(again)
    moved = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert len(moved) <= 0.03 * len(before)
    capped = (again.day > 0) & again.capped
    weeks = np.stack([again.customer[capped], (again.day[capped] - 1) // 7])
    assert len(np.unique(weeks, axis=1).T) == capped.sum()


@law(examples=50, few=3)
@given(books)
def test_where_nobody_changed_all_stands(random: RandomBook) -> None:
    standing = level(random.wishes, random.cadence, random.limits, random.room, start=START)
    nobody = np.zeros(0, np.int64)
    again = relevel(
        standing,
        nobody,
        _wishes_of(random.wishes, nobody),
        random.cadence,
        random.limits,
        random.room,
        start=START,
    )
    assert _days(again) == _days(standing)
    assert [span.customers for span in again.overfull] == [span.customers for span in standing.overfull]


def test_what_is_owed_takes_the_room_of_what_ranks_lower() -> None:
    """A full day: the maturity of a changed customer stands on it, and a product call goes to another day of its span."""
    room = DayRoom(workdays(START, 5), np.array([480, 480, 480, 480, 480]))
    selling = wishes_table(
        ("product", 1, START, 2, 0, 8, START, START + 4, START, True),
        ("product", 2, START + 1, 2, 0, 8, START + 1, START + 1, START + 1, True),
    )
    limits = TouchLimits()
    standing = level(selling, cadences(), limits, room, start=START)
    assert standing.day.tolist() == [START, START + 1]
    maturity = wishes_table(("maturity", 3, START, 0, 0, 1, START, START, START, False))
    again = relevel(standing, np.array([3]), maturity, cadences(), limits, room, start=START)
    by_reason = {
        (again.reasons[reason], customer): (day, STATES[state])
        for reason, customer, day, state in zip(
            again.reason.tolist(),
            again.customer.tolist(),
            again.day.tolist(),
            again.state.tolist(),
            strict=True,
        )
    }
    assert by_reason[("maturity", 3)] == (START, "planned")
    assert by_reason[("product", 1)] == (START + 2, "planned")
    assert by_reason[("product", 2)] == (START + 1, "planned")
