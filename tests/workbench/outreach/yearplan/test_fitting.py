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
        "把贵宾客户的联系间隔从 45 天放宽到 60 天", "把 90 次联系改成群发", "每个工作日多留 56 分钟",
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


def test_what_is_short_by_less_than_an_hour_is_told_in_minutes(book: Book) -> None:
    little = span(needed=6080, available=5600, touches=1, rank=3, ways_out=(WayOut("hours", 480),))
    with book.read() as conn:
        (proof,) = not_fitting(conn, proofs_to_store([little]), Rules.load())
    assert proof.words == "3月第2周到第4周要 1.7 小时,只有 1.6 小时,差 8 分钟;占得最多的是钻石客户"
    assert [way.words for way in proof.remedies] == ["每个工作日多留 8 分钟"]


def test_a_year_beyond_one_manager_says_whom_his_hours_carry_and_what_to_do(book: Book) -> None:
    year = {"first": dt.date(2027, 1, 4).toordinal(), "last": dt.date(2027, 12, 31).toordinal()}
    far = span(
        **year, needed=10_432 * 3600, available=787 * 3600, touches=43_411,
        carries=((1, 3, 3), (2, 9, 9), (3, 150, 2306), (4, 0, 500)),
    )  # fmt: skip
    with book.read() as conn:
        (proof,) = not_fitting(conn, proofs_to_store([far]), Rules.load())
    assert proof.words == (
        "全年光是服务和塔尖客户就要 10,432 小时,只有 787 小时;"
        "按层级从高到低,约能照顾私行客户 3 户、准私行客户 9 户、钻石客户 2,306 户中的 150 户"
    )
    assert [way.words for way in proof.remedies] == [
        "先管好这些客户;其余 2,656 户,层级高的分给别的客户经理,其他的由社群和群发维护,有到期、风评等事再单独联系",
        "都要照顾到,约需 14 位客户经理分担(现在按 1 位的时间排)",
    ]


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
