"""Contact measures: counts, silence, familiarity with its hysteresis, the observed style (domain 2.1, 2.2)."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.engine import Book
from db.known import observations
from db.tables import customers, snapshots, touches
from tests.books import new_book
from tests.workbench.insight.measures.steps import section_statement
from workbench.insight.measures import contact
from workbench.insight.measures.scope import Scope, reported_data
from workbench.rules.parameters import Rules

MONTH, DAY = "2026-10", "2026-10-31"


class Log:
    """A book of customers told in one month, with contacts and observations so many days ago."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def customer(self, no: str, month: dict[str, Any] | None = None, **facts: Any) -> int:
        with self.book.write("import", "customer") as writer:
            found = writer.insert(customers, [{"customer_no": no, **facts}])[0]
            row = {"month": MONTH, "as_of": DAY, "batch_id": 1, "source_row": 4, **(month or {})}
            writer.insert(snapshots, [{"customer_id": found, **row}])
        return found

    def touch(self, customer: int, days_ago: int, result: str = "reached", **facts: Any) -> None:
        row = {"channel": "call", "initiated_by": "manager", **facts, "result": result, "date": ago(days_ago)}
        with self.book.write("touch", "touch") as writer:
            writer.insert(touches, [{"customer_id": customer, **row}])

    def saw(self, customer: int, cue: str, days_ago: int, touch_id: int | None = None) -> None:
        row = {"cue": cue, "date": ago(days_ago), "touch_id": touch_id}
        with self.book.write("cue", "cue") as writer:
            writer.insert(observations, [{"customer_id": customer, **row}])

    def of(self, customer: int, rules: Rules | None = None) -> dict[str, Any]:
        with self.book.read() as conn:
            known = reported_data(conn, MONTH)
            assert known is not None
            scope = Scope(MONTH, DAY, known)
            used = rules or Rules.load()
            rows = conn.execute(section_statement(scope, used, contact)).mappings().all()
        return next(dict(row) for row in rows if row["customer_id"] == customer)


def ago(days: int) -> str:
    return (dt.date.fromisoformat(DAY) - dt.timedelta(days=days)).isoformat()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with new_book(tmp_path / "log.book", "correct horse") as book:
        yield Log(book)


def test_without_any_contact_log_familiarity_is_unknown(log: Log) -> None:
    one = log.customer("1", wecom_friend=1, assigned_date="2020-01-01")
    figures = log.of(one)
    assert figures["any_touch_log"] == 0
    assert figures["familiarity"] is None
    assert figures["familiar"] is None
    assert figures["touches_90"] is None
    assert figures["days_since_touch"] is None


def test_the_date_of_the_list_stands_when_there_is_no_log(log: Log) -> None:
    one = log.customer("1", month={"last_contact_date": ago(40)})
    found = log.of(one)
    assert (found["last_touch"], found["days_since_touch"]) == (ago(40), 40)


def test_in_a_log_a_customer_without_rows_counts_zero(log: Log) -> None:
    one, other = log.customer("1"), log.customer("2")
    log.touch(other, 300)
    found = log.of(one)
    assert (found["touches_90"], found["talks_90"], found["unanswered"], found["refused"]) == (0, 0, 0, 0)
    assert found["last_touch"] is None
    assert found["days_since_touch"] == 300


def test_nobody_is_out_of_touch_for_longer_than_he_is_a_customer(log: Log) -> None:
    new, other = log.customer("1", open_date=ago(126)), log.customer("2", open_date=ago(2_000))
    third = log.customer("3")
    log.touch(third, 300)
    assert [log.of(one)["days_since_touch"] for one in (new, other)] == [126, 300]
    assert log.of(new)["days_since_talk"] == 126


def test_a_short_log_does_not_say_how_long_nobody_called(log: Log) -> None:
    one, other = log.customer("1"), log.customer("2")
    log.touch(other, 20)
    assert log.of(one)["days_since_touch"] is None


def test_contacts_are_counted_by_what_they_were(log: Log) -> None:
    one = log.customer("1")
    log.touch(one, 80, initiated_by="customer", result="other")
    log.touch(one, 40, "met", channel="visit")
    log.touch(one, 30, "refused")
    log.touch(one, 20, "no_answer")
    log.touch(one, 10, "no_answer", next_date="2026-11-05")
    figures = log.of(one)
    assert figures["touches_90"] == 5
    assert figures["talks_90"] == 3
    assert figures["met_180"] == 1
    assert (figures["inbound_90"], figures["days_since_inbound"]) == (1, 80)
    assert (figures["days_since_touch"], figures["days_since_talk"]) == (10, 30)
    assert figures["unanswered"] == 2
    assert figures["refused"] == 1
    assert figures["next_touch"] == "2026-11-05"


def test_a_contact_after_the_agreed_one_forgets_the_date(log: Log) -> None:
    one = log.customer("1")
    log.touch(one, 20, next_date=ago(5))
    log.touch(one, 2)
    assert log.of(one)["next_touch"] is None


def test_familiarity_adds_the_points_of_the_domain(log: Log) -> None:
    one = log.customer(
        "1", month={"product_count": 4}, wecom_friend=1, assigned_date="2025-10-31", kyc_completeness=0.8
    )
    log.touch(one, 30, "met", channel="visit")
    assert log.of(one)["familiarity"] == 15 + 10 + 20 + 10 + 15 + 10
    log.touch(one, 20)
    assert log.of(one)["familiarity"] == 15 + 25 + 20 + 10 + 15 + 10
    other = log.customer("2", kyc_completeness=0.5, assigned_date="2025-11-01")
    log.touch(other, 30)
    assert log.of(other)["familiarity"] == 10 + 8


def test_every_quarter_of_silence_takes_ten_points(log: Log) -> None:
    one = log.customer("1", wecom_friend=1, kyc_completeness=1.0, assigned_date="2020-01-01")
    log.touch(one, 179)
    assert log.of(one)["familiarity"] == 40 - 10
    other = log.customer("2", wecom_friend=1, kyc_completeness=1.0, assigned_date="2020-01-01")
    log.touch(other, 180)
    assert log.of(other)["familiarity"] == 40 - 20


def test_who_was_familiar_falls_only_below_fifty(log: Log) -> None:
    facts: dict[str, Any] = {"wecom_friend": 1, "assigned_date": "2020-01-01", "kyc_completeness": 0.6}
    # 15 + 10 + 8 lasting; at the end of September 25 + 20 beside them
    was = log.customer("1", **facts)
    log.touch(was, 100, "met", channel="visit")
    log.touch(was, 95)
    log.touch(was, 89)
    found = log.of(was)
    assert found["familiarity"] == 33 + 10 + 20
    new = log.customer("2", **facts)
    log.touch(new, 29, "met", channel="visit")
    assert log.of(new)["familiarity"] == 63
    rules = Rules.load("general", {"familiar.met": 12})
    assert (log.of(was, rules)["familiarity"], log.of(was, rules)["familiar"]) == (55, 1)
    assert (log.of(new, rules)["familiarity"], log.of(new, rules)["familiar"]) == (55, 0)
    rules = Rules.load("general", {"familiar.met": 6})
    assert (log.of(was, rules)["familiarity"], log.of(was, rules)["familiar"]) == (49, 0)


def test_quarter_ends_are_those_before_the_day() -> None:
    assert contact.points("2026-10-31") == ("2026-10-31", "2026-09-30", "2026-06-30", "2026-03-31")
    assert contact.points("2026-02-01") == ("2026-02-01", "2025-12-31", "2025-09-30", "2025-06-30")


def test_a_style_needs_three_cues_from_two_contacts(log: Log) -> None:
    one = log.customer("1")
    log.saw(one, "C1", 10)
    log.saw(one, "C2", 10)
    log.saw(one, "C3", 10)
    found = log.of(one)
    assert (found["style"], found["style_confidence"], found["cues"]) == (None, None, 3)
    log.saw(one, "C3", 5)
    found = log.of(one)
    assert (found["style"], found["style_confidence"]) == ("C", 1.0)


def test_cues_of_one_day_in_two_contacts_are_two_contacts(log: Log) -> None:
    one = log.customer("1")
    for cue, touch in (("S1", 1), ("S2", 1), ("S3", 2)):
        log.saw(one, cue, 10, touch)
    assert log.of(one)["style"] == "S"


def test_an_observation_loses_half_its_weight_in_a_year(log: Log) -> None:
    one = log.customer("1")
    for cue in ("D5", "D6", "D1"):
        log.saw(one, cue, 366)
    log.saw(one, "I1", 1)
    found = log.of(one)
    # three of weight 1 a year ago against one of now
    assert found["style"] == "D"
    assert found["style_confidence"] == pytest.approx((1.5 - 1) / 2.5)


def test_of_two_equal_styles_neither_is_chosen(log: Log) -> None:
    one = log.customer("1")
    for cue, days in (("D1", 1), ("I1", 1), ("D5", 3), ("I2", 3)):
        log.saw(one, cue, days)
    found = log.of(one)
    assert (found["style"], found["style_confidence"]) == (None, 0.0)


def test_who_was_big_and_familiar_at_the_last_quarter_end_is_kept(log: Log) -> None:
    one = log.customer("1", wecom_friend=1, assigned_date="2020-01-01", kyc_completeness=1.0)
    assert log.of(one)["big_before"] is None
    row = {
        "month": "2026-09",
        "as_of": "2026-09-30",
        "batch_id": 1,
        "source_row": 4,
        "aum_balance": 40_000_000,
    }
    with log.book.write("import", "month") as writer:
        writer.insert(snapshots, [{"customer_id": one, **row}])
    assert log.of(one)["big_before"] == 0
    assert log.of(one, Rules.load("rural"))["big_before"] == 1
    log.touch(one, 35, "met", channel="visit")
    assert log.of(one)["familiar_before"] == 1
    assert log.of(one)["familiar"] == 1
