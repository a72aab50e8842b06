"""Whom the touch plan may place which touches for (domain 6.5)."""

from pathlib import Path

from db.engine import Book
from db.tables import touches
from tests.books import new_book
from tests.workbench.people.one_each import DAY, GROUNDS, ago, one_each
from workbench.outreach.cadence.limits import touch_limits
from workbench.people.contact_caps import LoggedTouch, TouchLimits
from workbench.rules.parameters import Rules

RULES = Rules.load()


def limits(book: Book) -> TouchLimits:
    with book.read() as conn:
        return touch_limits(conn, DAY.isoformat(), RULES, silent=[1])


def test_every_ground_but_weariness_holds_marketing_and_a_complaint_or_minority_freezes_care(
    tmp_path: Path,
) -> None:
    with new_book(tmp_path / "a.book") as book:
        ids = one_each(book)
        made = limits(book)
    no_of = {id_: no for no, id_ in ids.items()}
    assert {no_of[id_]: code for id_, (code, _end) in made.held.items()} == {
        no: code for no, code in GROUNDS.items() if code not in ("", "tired")
    }
    assert {no_of[id_] for id_ in made.frozen} == {
        no for no, code in GROUNDS.items() if code in ("complaint", "bereaved", "minor", "unanswered")
    }
    assert made.held[ids["opted"]] == ("opted_out", 0)
    assert made.frozen[ids["closed_10"]] == ("complaint", DAY.toordinal() + 4)
    assert made.refused == {ids["refused"]: frozenset(("call",))}
    assert made.silent == frozenset((1,))


def test_contacts_by_us_of_the_longest_span_are_handed_over_with_what_they_sold(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.book") as book:
        ids = one_each(book)
        with book.write("touch", "more") as writer:
            rows = [(29, "interested", "manager"), (30, "reached", "manager"), (2, "reached", "customer")]
            writer.insert(touches, [
                {"customer_id": ids["free"], "date": ago(days), "channel": "wecom", "result": result, "initiated_by": who}
                for days, result, who in rows
            ])  # fmt: skip
        made = limits(book)
    assert made.lately[ids["free"]] == (LoggedTouch(DAY.toordinal() - 29, "wecom", True),)
    assert [one.marketing for one in made.lately[ids["two_touches"]]] == [False, False]
    assert made.caps.most["any", 7] == 2
    assert made.caps.most["marketing", 30] == 4


def test_after_two_calls_that_nobody_answered_another_channel_is_tried(tmp_path: Path) -> None:
    """Until a rest of thirty days is over; a refusal names the channel that takes its place (domain 6.5)."""
    with new_book(tmp_path / "a.book") as book:
        ids = one_each(book)
        rows = {
            "free": ((9, "call", "no_answer"), (5, "wecom", "no_answer"), (3, "call", "wrong_number")),
            "opted": ((3, "call", "no_answer"),),
            "minor": ((9, "call", "no_answer"), (8, "call", "no_answer"), (3, "wecom", "reached")),
        }
        with book.write("touch", "more") as writer:
            writer.insert(touches, [
                {"customer_id": ids[no], "date": ago(days), "channel": channel, "result": result, "initiated_by": "manager"}
                for no, of in rows.items() for days, channel, result in of
            ])  # fmt: skip
        made = limits(book)
        with book.read() as conn:
            some = touch_limits(conn, DAY.isoformat(), RULES, only=[ids["free"], ids["minor"]])
    again = DAY.toordinal() - 3 + 30
    assert {ids["free"]: ("call", again)}.items() <= made.failing.items()
    assert not {ids["opted"], ids["minor"]} & set(made.failing)
    assert some.failing == {ids["free"]: ("call", again)}
    assert set(some.lately) == {ids["free"], ids["minor"]}
    assert made.instead["call"] == (("wecom", 180), ("sms", 60))
