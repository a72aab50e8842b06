"""What customers of a small book would be contacted for in a year (domain 6.3, 6.5-6.8)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from db.known import services
from db.tables import payrolls
from db.year import birthday_ways, contact_intervals
from tests.books import new_book
from tests.workbench.conftest import SmallBook
from workbench.base.workdays import shipped
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.wishes.kinds import KINDS
from workbench.outreach.wishes.room import Wishes, YearWishes
from workbench.rules.parameters import Rules

TODAY = "2026-11-02"
EVENTS = (
    YearDay("2026-12-01", "2027-02-28", "bonus.before", "年终奖", "segment", "personal", "2026-12-01", whom="tier >= L4"),
    YearDay("2027-02-06", "2027-02-06", "spring", "春节", "festival", "personal", "2027-02-05", whom="tier >= L4"),
    YearDay("2027-03-01", "2027-06-30", "tax", "个税汇算", "segment", "personal", "2027-03-01", whom="tier >= L4"),
    YearDay("2027-03-01", "2027-06-30", "all", "退税", "segment", "personal", "2027-03-01", whom="tier <= L2"),
    YearDay("2027-05-09", "2027-05-09", "mother", "母亲节", "festival", "group", "2027-05-08", whom="tier >= L4"),
    YearDay("2027-06-01", "2027-06-01", "odd", "坏条件", "festival", "personal", "2027-06-01", whom="tier >="),
)  # fmt: skip


BEFORE = (replace(EVENTS[0], code="bonus"),)


@dataclass(frozen=True)
class Wished:
    """One wish in words: days ISO."""

    occurrence: str
    first: str
    wanted: str
    last: str
    kind: str
    channel: str


@dataclass
class YearBook:
    small: SmallBook
    room: Wishes
    whole: YearWishes
    year_before: YearWishes

    def of(self, no: str, reason: str, year: YearWishes | None = None) -> list[Wished]:
        w = (year or self.whole).wishes
        return [
            Wished(*map(iso, (w.occurrence[n], w.first[n], w.wanted[n], w.last[n])), KINDS[w.kind[n]], w.channels[w.channel[n]])
            for n in range(len(w.customer))
            if w.customer[n] == self.small.ids[no] and w.reasons[w.reason[n]] == reason
        ]  # fmt: skip

    def days(self, no: str, reason: str) -> list[str]:
        return [one.wanted for one in self.of(no, reason)]


def iso(day: int) -> str:
    return dt.date.fromordinal(int(day)).isoformat()


@pytest.fixture(scope="module")
def year_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[YearBook]:
    """The wishes of 2027 from its first workday, seen from November 2026."""
    path: Path = tmp_path_factory.mktemp("wishes") / "a.book"
    with pytest.MonkeyPatch.context() as patch, new_book(path, "correct horse") as book:
        patch.setenv("WORKBENCH_TODAY", TODAY)
        small = SmallBook(book)
        filled(small)
        room = Wishes(
            book, Rules.load(), small.insight.engine, lambda year: EVENTS if year == 2027 else BEFORE
        )
        before = room.whole(2026, dt.date(2026, 11, 2))
        yield YearBook(small, room, room.whole(2027, dt.date(2027, 1, 4)), before)


def filled(small: SmallBook) -> None:
    """Customers of one trait each."""
    born = {"A": "1960-02-29", "B": "1988-01-02", "C": "1980-07-17", "D": "1955-05-05", "G": "1980-01-09"}
    for no, day in born.items():
        tested = {"risk_assessed_date": "2025-01-01"} if no == "C" else {}
        small.customer(no, birth_date=day, open_date="2015-03-01", **tested)
    small.customer("S", open_date="2019-08-08", occupation="本行员工")
    small.customer("R", birth_date="1990-05-05", open_date="2019-08-08")
    for no, yuan in {
        "R": 900_000,
        "A": 7_000_000,
        "B": 300_000,
        "C": 300_000,
        "D": 1_500_000,
        "G": 8_000,
        "S": 900_000,
    }.items():
        small.flat(no, yuan, months=7, last_payroll_date=None)
    small.hold("A", kind="maturity", amount=200_000, maturity_date="2027-04-05")
    small.hold("B", kind="maturity", amount=20_000, maturity_date="2027-04-05")
    small.hold("C", kind="maturity", amount=200_000, maturity_date="2026-10-31")
    small.hold("R", kind="maturity", amount=200_000, maturity_date="2027-04-05")
    small.touch("A", 10)
    small.touch("R", 10, result="refused")
    ids = small.ids
    with small.book.write("x", "x") as writer:
        days = ("2026-05-10", "2026-06-10", "2026-07-10", "2026-08-11", "2026-09-10", "2026-10-10")
        rows = [{"customer_id": ids["B"], "date": day, "month": day[:7], "amount": 800_000} for day in days]
        apart = [
            {**one, "customer_id": ids["C"], "date": f"{one['date'][:7]}-{5 + 2 * n:02}"}
            for n, one in enumerate(rows)
        ]
        few = [{**one, "customer_id": ids["D"]} for one in rows[-2:]]
        writer.insert(payrolls, [*rows, *apart, *few])
        writer.insert(services, [{"customer_id": ids["D"], "kind": "guide", "date": "2026-10-01"}])
        way = {"calendar": "lunar", "month": 3, "day": 14, "leap": 1, "prefer_leap": 0, "made": TODAY}
        writer.insert(birthday_ways, [{"customer_id": ids["D"], **way}])
        writer.insert(contact_intervals, [{"customer_id": ids["C"], "days": 20, "made": TODAY}])


# -- maturities (6.7) ----------------------------------------------------------------------------------------------


def test_a_maturity_has_its_steps_on_workdays_and_one_a_week(year_book: YearBook) -> None:
    """2027-04-05 is 清明: a day off, so the money is there on the 6th. T+3 falls into the week of T-0 and is left out."""
    steps = {
        code: year_book.days("A", f"maturity_{code}")
        for code in ("30", "15", "7", "1", "0", "after3", "after7")
    }
    assert steps == {
        "30": ["2027-03-05"], "15": ["2027-03-19"], "7": ["2027-03-25"], "1": ["2027-04-02"], "0": ["2027-04-06"],
        "after3": [], "after7": ["2027-04-12"],
    }  # fmt: skip
    work, day = shipped(), dt.date(2027, 4, 5)
    assert [work.maturity_step(day, one, in_workdays=one in (-7, -1)).isoformat() for one in (-30, -15, -7, -1, 0, 7)] == [
        steps[code][0] for code in ("30", "15", "7", "1", "0", "after7")
    ]  # fmt: skip
    assert {one.kind for one in year_book.of("A", "maturity_7")} == {"service"}


def test_a_small_amount_is_mentioned_once(year_book: YearBook) -> None:
    codes = [code for code in year_book.whole.wishes.reasons if code.startswith("maturity")]
    assert {code for code in codes if year_book.days("B", code)} == {"maturity_7"}


def test_nothing_is_promised_for_money_that_matured_up_to_the_data_date(year_book: YearBook) -> None:
    late = year_book.year_before
    assert not any(
        year_book.of("C", code, late) for code in late.wishes.reasons if code.startswith("maturity")
    )


# -- own days (6.6) ------------------------------------------------------------------------------------------------


def test_a_birthday_on_february_29_has_exactly_one_day_in_a_common_year(year_book: YearBook) -> None:
    assert [(one.occurrence, one.wanted, one.kind) for one in year_book.of("A", "birthday")] == [
        ("2027-02-28", "2027-02-26", "care")
    ]


def test_a_birthday_at_the_turn_of_the_year_is_greeted_by_the_year_of_its_workday(
    year_book: YearBook,
) -> None:
    """2028-01-02 is a Sunday after New Year: its greeting is one of 2027."""
    assert "2027-12-31" in year_book.days("B", "birthday")


def test_who_keeps_the_lunar_birthday_is_greeted_by_it(year_book: YearBook) -> None:
    """1955-05-05 was 闰三月十四: in 2027, without that month, 三月十四."""
    assert [one.occurrence for one in year_book.of("D", "birthday")] == ["2027-04-20"]


def test_the_base_is_greeted_in_groups_and_the_head_by_a_call(year_book: YearBook) -> None:
    assert [one.channel for one in year_book.of("G", "birthday")] == ["group"]
    assert [one.channel for one in year_book.of("A", "birthday")] == ["call"]


def test_an_expired_risk_test_is_renewed_within_sixty_days_on_a_day_that_stays(year_book: YearBook) -> None:
    first, later = year_book.year_before, year_book.room.whole(2026, dt.date(2026, 11, 3))
    (wish,) = year_book.of("C", "risk_test", first)
    assert "2026-11-03" < wish.wanted <= "2026-12-31"
    assert wish.kind == "service"
    assert [one.wanted for one in year_book.of("C", "risk_test", later)] == [wish.wanted]
    assert year_book.of("C", "risk_test") == []


# -- paydays (6.3) -------------------------------------------------------------------------------------------------


def test_the_payday_is_the_commonest_of_the_last_six(year_book: YearBook) -> None:
    """Every third month, best on the workday after."""
    pays = year_book.of("B", "payday")
    assert len(pays) == 4
    assert {one.occurrence[8:] for one in pays} == {"10"}
    assert {one.kind for one in pays} == {"marketing"}


def test_paydays_far_apart_are_a_window(year_book: YearBook) -> None:
    spans = [
        (dt.date.fromisoformat(one.last) - dt.date.fromisoformat(one.first)).days
        for one in year_book.of("C", "payday")
    ]
    assert spans
    assert min(spans) >= 10


def test_two_pays_tell_no_payday(year_book: YearBook) -> None:
    assert year_book.of("D", "payday") == []
    assert any("发薪不足 3 次" in note for note in year_book.whole.notes)


# -- what comes back (6.5) -----------------------------------------------------------------------------------------


def test_reviews_go_on_from_the_last_one(year_book: YearBook) -> None:
    """L6 every 182 days from 2026-10-01."""
    assert [one.occurrence for one in year_book.of("D", "review")] == ["2027-04-01", "2027-09-30"]


def test_the_private_tier_is_visited_every_month(year_book: YearBook) -> None:
    assert len(year_book.of("A", "visit")) >= 12
    assert year_book.of("B", "visit")
    assert year_book.of("G", "visit") == []


def test_the_interval_is_his_own_else_that_of_his_tier(year_book: YearBook) -> None:
    c, ids = year_book.whole.cadence, year_book.small.ids
    interval = dict(zip(c.customer.tolist(), c.interval.tolist(), strict=True))
    assert {no: interval[ids[no]] for no in "ABCG"} == {"A": 15, "B": 60, "C": 20, "G": 180}
    last = dict(zip(c.customer.tolist(), c.last_talk.tolist(), strict=True))
    assert (iso(last[ids["A"]]), last[ids["B"]]) == ("2026-10-21", 0)
    head = dict(zip(c.customer.tolist(), c.head.tolist(), strict=True))
    assert (head[ids["A"]], head[ids["D"]], head[ids["B"]]) == (True, True, False)


# -- the days of the year ------------------------------------------------------------------------------------------


def test_events_wish_for_the_customers_of_their_condition_alone(year_book: YearBook) -> None:
    assert [one.wanted for one in year_book.of("A", "festival.spring")] == ["2027-02-05"]
    assert year_book.of("G", "festival.spring") == []
    assert not any(code.endswith("mother") for code in year_book.whole.wishes.reasons)
    assert any("坏条件" in note for note in year_book.whole.notes)


def test_a_long_event_is_spread_over_its_days(year_book: YearBook) -> None:
    spans = {(one.first, one.last) for no in "ABCD" for one in year_book.of(no, "segment.tax")}
    assert spans == {("2027-03-01", "2027-06-30")}
    assert len({year_book.days(no, "segment.tax")[0] for no in "ABCD"}) > 1


def test_those_who_are_written_to_together_are_so_on_one_day_of_a_long_event(year_book: YearBook) -> None:
    assert year_book.days("G", "segment.all") == ["2027-03-01"]
    # once that has gone by, a month later, which stays the same until it has come
    for start in (dt.date(2027, 3, 2), dt.date(2027, 3, 31)):
        later = year_book.room.whole(2027, start, [year_book.small.ids["G"]])
        assert [one.wanted for one in year_book.of("G", "segment.all", later)] == ["2027-03-31"]
    gone = year_book.room.whole(2027, dt.date(2027, 6, 30), [year_book.small.ids["G"]])
    assert year_book.of("G", "segment.all", gone) == []


def test_who_had_his_day_of_a_long_event_in_the_year_before_has_none_now(year_book: YearBook) -> None:
    now = {no for no in "ABCD" if year_book.of(no, "segment.bonus.before")}
    assert {no for no in "ABCD" if year_book.of(no, "segment.bonus", year_book.year_before)} == {
        *"ABCD"
    } - now
    assert now


# -- nobody, and what is not known ---------------------------------------------------------------------------------


def test_staff_are_contacted_for_nothing(year_book: YearBook) -> None:
    staff = year_book.small.ids["S"]
    assert year_book.whole.nobody[staff] == "staff"
    assert any(note.startswith("不主动联系的客户:本行员工 1 户") for note in year_book.whole.notes)
    assert staff not in {
        *year_book.whole.wishes.customer.tolist(),
        *year_book.whole.cadence.customer.tolist(),
    }


def test_who_asked_to_be_left_in_peace_hears_of_what_is_his_alone(year_book: YearBook) -> None:
    in_peace, w = year_book.small.ids["R"], year_book.whole.wishes
    assert {KINDS[kind] for kind in w.kind[w.customer == in_peace].tolist()} == {"service"}
    assert year_book.days("R", "maturity_7") == ["2027-03-25"]
    assert in_peace not in year_book.whole.cadence.customer
    assert year_book.whole.nobody[in_peace] == "refused"


def test_what_no_list_tells_is_a_note_and_no_zero(year_book: YearBook) -> None:
    assert "名单没有证件到期日,排不出证件到期" in year_book.whole.notes
    assert not any("出生日期" in note for note in year_book.whole.notes)


def test_customer_reason_and_occurrence_tell_every_wish_from_others(year_book: YearBook) -> None:
    w = year_book.whole.wishes
    assert len(set(w.reasons)) == len(w.reasons)
    keys = list(zip(w.customer.tolist(), w.reason.tolist(), w.occurrence.tolist(), strict=True))
    assert len(set(keys)) == len(keys) > 50
    assert ((w.first <= w.wanted) & (w.wanted <= w.last)).all()


def test_a_few_customers_have_the_wishes_that_they_have_among_all(year_book: YearBook) -> None:
    some = [year_book.small.ids[no] for no in "BD"]
    few = year_book.room.whole(2027, dt.date(2027, 1, 4), some)
    for no in "BD":
        for reason in year_book.whole.wishes.reasons:
            assert year_book.of(no, reason, few) == year_book.of(no, reason)
    assert few.cadence.customer.tolist() == sorted(some)
    assert few.notes == ()
