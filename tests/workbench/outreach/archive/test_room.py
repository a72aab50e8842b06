"""The service file of a customer: what is there since when, what is missing, his channel, experts booked for him (domain 1)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.care import expert_bookings, family_goals
from db.known import services
from db.week import promises
from tests.workbench.conftest import KeptSmallBook, SmallBook
from workbench.base.errors import WorkbenchError
from workbench.insight.allocation.room import Allocations
from workbench.insight.products.room import Matrix
from workbench.insight.towers.room import Towers
from workbench.outreach.archive.channel import ServiceChannel
from workbench.outreach.archive.room import Archives
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.rules.parameters import Rules

TODAY = "2026-11-16"


def fill(small: SmallBook) -> None:
    """top: 200万 with a plan and a goal; waist: 30万, in a group since spring; blank: without any figure."""
    small.flat("top", 2_000_000, loan_balance=500_000)
    small.flat("waist", 300_000)
    small.customer("blank")
    small.month("blank")
    small.touch("waist", 3)
    with small.book.write("service", "plan") as writer:
        writer.insert(
            services,
            [
                {"customer_id": small.ids["top"], "kind": "plan", "date": "2026-03-02", "until": "2027-03-01"},
                {"customer_id": small.ids["waist"], "kind": "group", "date": "2026-04-01", "until": None},
            ],
        )  # fmt: skip
        writer.insert(
            family_goals,
            [
                {
                    "customer_id": small.ids["top"], "name": "孩子留学", "kind": "school", "amount": 80_000_000,
                    "due": "2029-09-01", "set_aside": 20_000_000, "set_aside_on": "2026-10-31", "monthly": None,
                    "state": "open", "ended": None, "note": None, "made": TODAY,
                }
            ],
        )  # fmt: skip


class Planned:
    """A year with one review ahead, one done, and a touch for another reason."""

    def touches(self, year: int, *_span: Any, **_which: Any) -> tuple[PlannedTouch, ...]:
        """Those of this year."""
        if year != 2026:
            return ()

        def one(day: str, reason: str, *, done: bool = False) -> PlannedTouch:
            return PlannedTouch(
                1, 1, "top", "", None, reason, "", "", "", "visit", 1, 30, day, day, day, day, "planned", done=done,
            )  # fmt: skip

        return one("2026-12-11", "review"), one("2026-11-18", "review", done=True), one("2026-12-01", "visit")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> KeptSmallBook:
    return KeptSmallBook(tmp_path_factory.mktemp("archive"), TODAY, fill)


@pytest.fixture
def small(kept: KeptSmallBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallBook]:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    with kept.copied(tmp_path / "copy.book") as book:
        yield book


@pytest.fixture
def room(small: SmallBook) -> Archives:
    rules, engine = Rules.load(), small.insight.engine
    pots = Allocations(small.book, rules, engine, Matrix(small.book, rules, engine))
    return Archives(small.book, rules, Towers(small.book, rules, engine), pots, Planned())


def refused(code: str, act: Any) -> None:
    with pytest.raises(WorkbenchError) as fault:
        act()
    assert fault.value.code == code


def test_the_file_says_what_is_there_since_when_and_the_next_step_of_the_towers(room: Archives) -> None:
    made = room.of("top")
    parts = {one.code: one for one in made.parts}
    assert made.way == "3专"
    assert parts["plan"].state == "done"
    assert "2026-03-02" in parts["plan"].shown_by
    assert "2027-03-01" in parts["plan"].shown_by
    # in force, but reviewed too long ago
    assert parts["review"].state == "gap"
    assert parts["review"].next == Rules.load().text("cover.review.next")
    assert parts["channel"].state == "unknown"
    assert made.first is parts["review"]
    assert made.plan.reviews == ("2026-12-11",)
    assert made.plan.assets == 200_000_000
    assert made.plan.loans == 50_000_000
    assert "80.0万" in made.plan.goal_lines[0]
    assert "2029-09-01" in made.plan.goal_lines[0]


def test_a_tower_is_told_by_its_own_way_and_an_unknown_one_by_a_sentence(room: Archives) -> None:
    waist = room.of("waist")
    parts = {one.code: one for one in waist.parts}
    assert list(parts) == ["gift", "group", "guide", "growth", "game"]
    assert (parts["group"].points, parts["group"].shown_by) == (1, "2026-04-01 进入社群")
    assert (waist.channel_words, waist.plan.no_goals) == ("", "")
    blank = room.of("blank")
    assert blank.parts == ()
    assert blank.tower is None
    assert blank.reason


def test_a_channel_replaces_the_one_before_and_counts_once_he_knows_of_it(
    small: SmallBook, room: Archives
) -> None:
    room.put_channel("top", ServiceChannel("李经理 8888", "行长 8000", 2, "first"))
    assert {one.code: one.state for one in room.of("top").parts}["channel"] == "unknown"
    change = room.put_channel("top", ServiceChannel("王经理 8889", "", 4, "usual"), known_to_him=True)
    made = room.of("top")
    assert made.channel is not None
    assert (made.channel.contact, made.channel.reply_hours) == ("王经理 8889", 4)
    assert {one.code: one.state for one in made.parts}["channel"] == "done"
    small.book.reverse(change.undo_id or 0)
    made = room.of("top")
    assert made.channel is not None
    assert made.channel.contact == "李经理 8888"
    refused("no_text", lambda: room.put_channel("top", ServiceChannel(" ", "", 2, "first")))
    refused("bad_hours", lambda: room.put_channel("top", ServiceChannel("李", "", 0, "first")))
    refused("no_such_queue", lambda: room.put_channel("top", ServiceChannel("李", "", 2, "vip")))
    refused("too_long", lambda: room.put_channel("top", ServiceChannel("李" * 61, "", 2, "first")))


def test_a_booking_is_a_promise_and_becomes_a_service_once_it_took_place(
    small: SmallBook, room: Archives
) -> None:
    room.add_expert("王律师", "law")
    (expert,) = room.roster()
    room.book_expert("top", expert.id, "2026-11-20", "家庭财产")
    with small.book.read() as conn:
        (promise,) = conn.execute(select(promises)).all()
    assert (promise.due, promise.state) == ("2026-11-20", "open")
    assert "王律师" in promise.text
    refused("expert_taken", lambda: room.book_expert("top", expert.id, "2026-11-20"))
    # a new name goes into what was promised
    room.change_expert(expert.id, "王大律师", "law")
    (booking,) = room.bookings()
    change = room.hold_booking(booking.id, "给了遗嘱样本", "2026-11-16")
    with small.book.read() as conn:
        assert conn.execute(select(promises.c.state)).scalar() == "kept"
        service = conn.execute(select(services).where(services.c.kind == "expert")).one()
        assert conn.execute(select(expert_bookings.c.service_id)).scalar() == service.id
    assert (service.date, service.detail) == ("2026-11-16", "王大律师 家庭财产")
    assert {one.code: one.state for one in room.of("top").parts}["expert"] == "done"
    refused("no_such_booking", lambda: room.hold_booking(booking.id))
    small.book.reverse(change.undo_id or 0)
    with small.book.read() as conn:
        assert conn.execute(select(promises.c.state)).scalar() == "open"
        assert conn.execute(select(services).where(services.c.kind == "expert")).first() is None


def test_a_booking_called_off_drops_its_promise_and_one_gone_by_says_so(
    small: SmallBook, room: Archives, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.add_expert("陈顾问", "investment")
    (expert,) = room.roster()
    room.book_expert("top", expert.id, "2026-11-20")
    room.book_expert("waist", expert.id, "2026-11-18", "检视")
    later, sooner = sorted(room.bookings(), key=lambda one: one.date, reverse=True)
    room.cancel_booking(later.id, "客户出差")
    with small.book.read() as conn:
        states = dict(conn.execute(select(promises.c.customer_id, promises.c.state)).all())
    assert states == {small.ids["top"]: "dropped", small.ids["waist"]: "open"}
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-19")
    over = next(one for one in room.bookings() if one.id == sooner.id)
    assert over.over
    # without a day it took place on its own
    room.hold_booking(sooner.id)
    with small.book.read() as conn:
        assert (
            conn.execute(select(services.c.date).where(services.c.kind == "expert")).scalar() == "2026-11-18"
        )


def test_an_expert_off_the_roster_cannot_be_booked_and_stands_last(small: SmallBook, room: Archives) -> None:
    room.add_expert("甲", "abroad", reached="8001")
    room.add_expert("乙", "investment")
    first = room.roster()[0]
    assert first.name == "乙"
    change = room.switch_expert(first.id, off=True)
    assert [one.name for one in room.roster()] == ["甲", "乙"]
    refused("expert_off", lambda: room.book_expert("top", first.id, "2026-11-20"))
    small.book.reverse(change.undo_id or 0)
    assert room.roster()[0].name == "乙"
    refused("expert_known", lambda: room.add_expert("甲", "abroad"))
    refused("no_such_field", lambda: room.add_expert("丙", "magic"))
    refused("no_text", lambda: room.add_expert(" ", "law"))
    refused("no_such_expert", lambda: room.book_expert("top", 99, "2026-11-20"))
    refused("past_date", lambda: room.book_expert("top", first.id, "2026-11-15"))
    refused("too_far", lambda: room.book_expert("top", first.id, "2028-11-15"))
    refused("no_such_customer", lambda: room.book_expert("nobody", first.id, "2026-11-20"))
