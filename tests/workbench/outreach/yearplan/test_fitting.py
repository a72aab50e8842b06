"""What does not fit, in words with its numbers (domain 6.8)."""

import datetime as dt

import pytest

from db.engine import Book
from workbench.outreach.levelling.placement import OverfullSpan, WayOut
from workbench.outreach.yearplan.fitting import not_fitting, proofs_to_store, span_words, tier_of
from workbench.rules.parameters import Rules


def span(**more: object) -> OverfullSpan:
    proof: dict[str, object] = {
        "first": dt.date(2027, 3, 8).toordinal(), "last": dt.date(2027, 3, 26).toordinal(), "needed": 62 * 3600,
        "available": 48 * 3600, "rank": 4, "touches": 105, "customers": (), "heads": True, "proven": True,
        "ways_out": (WayOut("interval", 60, 4, 45), WayOut("group", 90), WayOut("hours", 3360)),
    }  # fmt: skip
    return OverfullSpan(**{**proof, **more})  # type: ignore[arg-type]


def test_an_overfull_span_is_told_with_hours_tier_and_three_ways_out(book: Book) -> None:
    with book.read() as conn:
        (proof,) = not_fitting(conn, proofs_to_store([span()]), Rules.load())
    assert proof.words == "3月第2周到第4周要 62 小时,只有 48 小时,差 14 小时;占得最多的是贵宾客户"
    assert [way.words for way in proof.remedies] == [
        "把贵宾客户的联系间隔从 45 天放宽到 60 天", "把 90 次联系改成群发", "每个工作日多留 0.9 小时",
    ]  # fmt: skip
    assert (proof.needed, proof.available, proof.tier) == (62 * 60, 48 * 60, "L5")


def test_a_span_that_is_not_proven_does_not_say_that_hours_are_short(book: Book) -> None:
    with book.read() as conn:
        (proof,) = not_fitting(
            conn,
            proofs_to_store([span(needed=46 * 3600, proven=False, rank=-1, ways_out=())]),
            Rules.load(),
        )
    assert proof.words == "3月第2周到第4周还剩 2 小时,但分散在各天,放不下 105 次联系"
    with book.read() as conn:
        (proof,) = not_fitting(
            conn, proofs_to_store([span(needed=48 * 3600, proven=False, ways_out=())]), Rules.load()
        )
    assert proof.words == "3月第2周到第4周各天都排满,放不下 105 次联系;占得最多的是贵宾客户"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2027-03-08", "2027-03-12", "3月第2周"),
        ("2027-03-29", "2027-04-02", "3月第5周到4月第1周"),
        ("2027-01-04", "2027-12-31", "全年"),
    ],
)
def test_a_span_is_told_by_the_weeks_of_its_months(first: str, last: str, words: str) -> None:
    assert span_words(first, last) == words


def test_the_tiers_by_their_rank() -> None:
    assert [tier_of(rank) for rank in (-1, 0, 1, 4, 9, 10)] == ["", "", "L8", "L5", "L0", ""]
