"""Lights and leads that are kept in memory and mended after a write are those that are read from scratch."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.tables import customers
from tests.laws import law
from tests.workbench.conftest import SmallBook
from tests.workbench.outreach.lights.test_room import MONDAY, on, outreach, put_falling
from workbench.outreach.leads import journey
from workbench.outreach.room import Outreach

#: (what, whose or which, result): a contact, a decision, an earlier change undone or done again, the tag layers brought up to
#: date, the plan confirmed
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ("log", "log", "log", "explain", "mute", "hand_over", "undo", "undo", "redo", "tags", "confirm")
        ),
        st.integers(0, 40),
        st.sampled_from(
            ("no_answer", "reached", "appointment", "refused", "wrong_number", "moved_within", "do_not_call")
        ),
    ),
    min_size=1,
    max_size=7,
)


def seen(of: Outreach, week: str) -> dict[str, Any]:
    """Lights, leads and critical queue of a week, all parts whole."""
    lights, found = of.lights.of(week), of.leads.whole(week)
    parts = {name: tuple(getattr(lights, name)) for name in ("working", "waiting", "gone", "resting", "out")}
    return {**parts, "changes": lights.changes, "found": found, "critical": of.critical(week)}


@law(examples=60, few=1)
@given(STEPS)
@example(
    [
        ("log", 0, "no_answer"),
        ("log", 1, "reached"),
        ("log", 0, "wrong_number"),
        ("tags", 0, ""),
        ("mute", 2, ""),
        ("confirm", 0, ""),
        ("explain", 25, ""),
        ("log", 16, "refused"),
        ("undo", 1, ""),
        ("undo", 3, ""),
        ("redo", 1, ""),
    ]
)
def _any_order(kept: Outreach, scratch: Any, people: list[str], steps: list[tuple[str, int, str]]) -> None:
    week = "2026-W45"
    seen(kept, week)
    changes: list[int] = []
    undone: set[int] = set()
    for what, number, result in steps:
        no = people[number % len(people)]
        change = None
        if what == "log":
            promise = "回话" if number % 3 == 0 else None
            due = (MONDAY + dt.timedelta(days=2)).isoformat() if promise else None
            codes = [code for code, _name in kept.results()]
            result = result if result in codes else codes[number % len(codes)]
            change = kept.log_touch(no, channel="call", result=result, next_date=due, promise=promise).undo_id
        elif what == "explain":
            change = kept.lights.explain(no, kept.lights.reasons()[0][0], "").undo_id
        elif what == "mute":
            change = kept.lights.mute(no).undo_id
        elif what == "hand_over":
            change = kept.lights.hand_over(no, "李四").undo_id
        elif what == "tags":
            kept.leads.engine.ensure()
        elif what == "confirm":
            change = kept.confirm(week).undo_id
        elif changes:
            one = changes[number % len(changes)]
            if (one in undone) == (what == "redo"):
                kept.book.reverse(one, forward=what == "redo")
                undone ^= {one}
        if change is not None:
            changes.append(change)
        if number % 5 == 4:
            # the next look finds the changes of two steps
            kept.leads.whole(week)
            continue
        mended, fresh = seen(kept, week), seen(scratch(), week)
        for name, part in fresh.items():
            assert mended[name] == part, name


@pytest.mark.parametrize("most", [pytest.param(400, marks=pytest.mark.long), 3])
def test_what_is_kept_is_what_is_read_from_scratch(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """`most`: customers that the journey looks at; with few of them it leaves out others."""
    monkeypatch.setattr(journey, "_MOST", most)
    monkeypatch.setattr(journey, "_MARGIN", min(most - 1, 30))
    put_falling(small, 40)
    on(monkeypatch, MONDAY + dt.timedelta(days=1))
    with small.book.write("edit", "numbers") as writer:
        writer.update(customers, small.ids["003"], {"phone": None})
    people = sorted(small.ids)
    kept = outreach(small)
    kept.outcomes.check("2026-09")
    kept.leads.engine.ensure()
    worked = [one.risk.customer_no for one in kept.lights.of("2026-W45").every]
    worked += [no for no in people if no not in worked]
    # the first contact and the first decision are news about everybody
    kept.log_touch(people[-1], channel="call", result="no_answer", date="2026-10-20")
    kept.lights.mute(people[-1])
    _any_order(kept, lambda: outreach(small), worked)


def test_leads_are_counted_from_today_whoever_asks_first(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Days are counted from the day of the layers, so those of an earlier day are brought up to today before leads are found."""
    put_falling(small, 40)
    on(monkeypatch, MONDAY)
    kept = outreach(small)
    kept.outcomes.check("2026-09")
    kept.leads.engine.ensure()
    kept.leads.whole("2026-W45")
    on(monkeypatch, MONDAY + dt.timedelta(days=2))
    first = seen(kept, "2026-W45")
    with small.book.read() as conn:
        assert kept.leads.engine.layers(conn).day == (MONDAY + dt.timedelta(days=2)).isoformat()
    kept.leads.engine.ensure()
    assert seen(kept, "2026-W45") == first == seen(outreach(small), "2026-W45")
