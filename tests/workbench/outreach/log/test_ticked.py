"""What is ticked follows from the contacts in force: the week's list, the lights, promises and journeys; undo takes it back."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.conftest import SmallBook
from tests.workbench.outreach.lights.test_room import MONDAY, on, outreach, put_falling
from workbench.insight.room import Insight
from workbench.outreach.contacts import NewContact
from workbench.outreach.room import Outreach

#: (kind, whose or which, result, promise): a contact, or an earlier change undone or done again
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("log", "log", "undo", "redo")),
        st.integers(0, 5),
        st.sampled_from(("no_answer", "reached", "appointment", "refused", "other", "referral")),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


def seen(of: Outreach) -> tuple[Any, ...]:
    """What the week's list and the lights show."""
    week, lights = of.weeks.of(), of.lights.of()
    entries = [
        (one.rank, one.person.customer_no, [why.word for why in one.reasons], one.contact, one.settled)
        for one in week.entries
    ]
    parts = (lights.working, lights.waiting, lights.resting, lights.gone)
    return entries, [[(one.risk.customer_no, one.risk.state) for one in part] for part in parts]


def call_done(insight: Insight, no: str) -> list[bool | None]:
    """Whether the call that his journey card asks for is done."""
    stage = insight.portrait(no).stage
    assert stage is not None
    return [one.done for one in stage.tasks if one.code.startswith("call")]


@law(examples=100, few=3)
@given(STEPS)
def _any_order(of: Outreach, steps: list[tuple[str, int, str, bool]]) -> None:
    people = [one.person.customer_no for one in of.weeks.of().entries]
    empty = seen(of)
    changes: list[tuple[int, NewContact]] = []
    undone: set[int] = set()
    for kind, number, result, promised in steps:
        if kind == "log":
            day = (MONDAY + dt.timedelta(days=2)).isoformat() if promised else None
            contact = NewContact(
                people[number % len(people)], "call", result, next_date=day, promise="回话" if day else None
            )
            change = of.log_contact(contact).undo_id
            assert change is not None
            changes.append((change, contact))
        elif changes:
            change, _contact = changes[number % len(changes)]
            if (change in undone) == (kind == "redo"):
                of.book.reverse(change, forward=kind == "redo")
                undone ^= {change}
    shown = seen(of)
    in_force = [contact for change, contact in changes if change not in undone]
    for change, _contact in reversed(changes):
        if change not in undone:
            of.book.reverse(change)
    assert seen(of) == empty
    again = [of.log_contact(contact).undo_id for contact in in_force]
    assert seen(of) == shown
    for one in reversed(again):
        assert one is not None
        of.book.reverse(one)


def test_any_order_of_log_undo_and_redo_shows_the_contacts_in_force(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_falling(small, 12)
    on(monkeypatch, MONDAY)
    of = outreach(small)
    of.confirm()
    _any_order(of)


def test_one_contact_ticks_list_light_and_promise_and_one_undo_takes_all_of_it_back(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_falling(small, 12)
    on(monkeypatch, MONDAY)
    of = outreach(small)
    of.confirm()
    before, insight = seen(of), small.insight
    no = of.lights.of().working[0].risk.customer_no
    change = of.log_touch(no, channel="call", result="interested", promise="送资料", promise_by="2026-11-04")
    (entry,) = [one for one in of.weeks.of().entries if one.person.customer_no == no]
    assert (entry.reached, entry.settled, entry.rank) == (True, False, 1)  # promised: first on the list
    assert {one.risk.customer_no: one.risk.state for one in of.lights.of().resting}[no] == "handling"
    assert call_done(insight, no) == [True]
    assert change.undo_id is not None
    small.book.reverse(change.undo_id)
    assert seen(of) == before
    assert call_done(insight, no) != [True]
