"""今日清单 in a book: what each line tells, days off, the log, and promises (domain 0.1, issue 13)."""

import json
from collections.abc import Collection, Mapping
from typing import cast

import pytest
from sqlalchemy import Connection

from db.engine import Book
from tests.workbench.outreach.made import FULL, many, put_customers, room
from workbench.base.errors import WorkbenchError
from workbench.outreach.playbook.choosing import ScriptChoice
from workbench.outreach.playbook.room import Playbook
from workbench.outreach.room import Outreach
from workbench.outreach.today.day import DayList
from workbench.outreach.today.room import DayLists
from workbench.rules.parameters import Rules

#: every workday from the first to the last of the week, and the days off after it
FRIDAY, SATURDAY, MONDAY = "2026-11-20", "2026-11-21", "2026-11-23"


class OneLimit:
    """A playbook that says nothing of its own, and of everybody the same limit."""

    def for_reasons(
        self, _conn: Connection, kinds: Mapping[int, str], day: str
    ) -> Mapping[int, ScriptChoice]:
        return {}

    def barred(self, _conn: Connection, kinds: Mapping[int, str], day: str) -> Mapping[int, str]:
        return {}

    @property
    def hearers(self) -> "OneLimit":
        return self

    def unsaid(self, _conn: Connection, people: Collection[int], day: str) -> Mapping[int, tuple[str, ...]]:
        return dict.fromkeys(people, (f"{day} 不提产品",))


def day_lists(book: Book, rules: Rules, outreach: Outreach) -> DayLists:
    return DayLists(book, rules, outreach.weeks.of, outreach.promises, lambda: cast(Playbook, OneLimit()))


@pytest.fixture
def outreach(book: Book, monkeypatch: pytest.MonkeyPatch) -> Outreach:
    monkeypatch.setenv("WORKBENCH_TODAY", FRIDAY)
    put_customers(book, range(1, 93))
    return room(book, many(FULL))


@pytest.fixture
def days(book: Book, outreach: Outreach) -> DayLists:
    return day_lists(book, Rules.load(), outreach)


def code(days: DayLists, date: str) -> str:
    with pytest.raises(WorkbenchError) as caught:
        days.of(date)
    return caught.value.code


def test_a_line_has_what_a_call_needs(days: DayLists, outreach: Outreach) -> None:
    day = days.of()
    assert (day.date, day.wanted, day.week, day.as_of) == (FRIDAY, FRIDAY, "2026-W47", "2026-10-31")
    week = outreach.weeks.of()
    assert 0 < len(day.lines) <= 15
    assert day.entries == week.only({one.person.customer_id for one in day.entries})
    line = day.lines[0]
    assert line.entry.first.sentence
    assert line.say == line.entry.script
    assert line.say
    assert line.do_not_say == (f"{FRIDAY} 不提产品",)
    assert line.phone == "13800001234"
    assert line.last is None


def test_the_last_contact_is_the_newest_up_to_the_day(days: DayLists, outreach: Outreach) -> None:
    first = days.of().lines[0].entry.person.customer_no
    outreach.log_touch(first, channel="call", result="no_answer", date="2026-11-12")
    outreach.log_touch(first, channel="visit", result="met", date="2026-11-10")
    (line,) = (one for one in days.of().lines if one.entry.person.customer_no == first)
    assert line.last is not None
    assert (line.last.date, line.last.channel, line.last.result) == ("2026-11-12", "call", "no_answer")


def test_contacts_empty_the_day_and_undo_brings_one_back(
    days: DayLists, outreach: Outreach, book: Book
) -> None:
    before = days.of()
    for line in before.lines:
        change = outreach.log_touch(line.entry.person.customer_no, channel="call", result="reached")
    after = days.of()
    assert after.lines == ()
    assert [one.entry.rank for one in after.done] == [one.entry.rank for one in before.lines]
    assert after.todo == f"今天的 {len(before.lines)} 位都处理完了。"
    assert after.moved == before.moved
    assert change.undo_id is not None
    book.reverse(change.undo_id, forward=False)
    assert [one.entry.person for one in days.of().lines] == [before.lines[-1].entry.person]


def test_who_moves_on_is_said_with_the_day(book: Book, outreach: Outreach, days: DayLists) -> None:
    rules = Rules.load("general", {"today.most": 4})
    narrow = day_lists(book, rules, outreach).of()
    whole = days.of()
    assert narrow.entries == whole.entries[:4]
    assert narrow.moved == len(whole.lines) + whole.moved - 4 > 0
    assert f"另有 {narrow.moved} 位今天排不下,移到 {MONDAY}。" in narrow.notes


@pytest.mark.parametrize("off", [SATURDAY, "2026-11-22"])
def test_on_a_day_off_it_is_the_list_of_the_next_workday_and_says_so(days: DayLists, off: str) -> None:
    day = days.of(off)
    assert (day.date, day.wanted, day.week) == (MONDAY, off, "2026-W48")
    assert day.notes[0] == f"{off} 休息,这是下一个工作日 {MONDAY} 的清单。"
    assert day.lines == days.of(MONDAY).lines


def test_a_promise_due_stands_first_until_it_is_kept(days: DayLists, outreach: Outreach) -> None:
    outreach.promises.make("900000000092", "送对账单", FRIDAY)
    day = days.of()
    assert day.lines[0].entry.person.customer_no == "900000000092"
    assert day.lines[0].say == "送对账单"
    assert [one.text for one in day.promises] == ["送对账单"]
    assert day.todo == f"先兑现答应过的 1 件,再联系 {len(day.lines) - 1} 位。"
    # a contact takes him off the list, the promise stays open
    outreach.log_touch("900000000092", channel="call", result="reached")
    called = days.of()
    assert "900000000092" not in {one.entry.person.customer_no for one in called.lines}
    assert [one.text for one in called.promises] == ["送对账单"]
    outreach.promises.end(day.promises[0].id, kept=True)
    assert days.of().promises == ()


def test_an_overdue_promise_is_on_every_day_until_it_is_ended(
    days: DayLists, outreach: Outreach, monkeypatch: pytest.MonkeyPatch
) -> None:
    outreach.promises.make("900000000092", "送对账单", FRIDAY)
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-24")
    assert days.of().lines[0].entry.person.customer_no == "900000000092"


def test_the_document_has_what_others_rely_on(days: DayLists, outreach: Outreach) -> None:
    outreach.promises.make("900000000092", "送对账单", FRIDAY)
    body = json.loads(json.dumps(days.of().as_json()))
    assert (body["date"], body["week"], body["as_of"]) == (FRIDAY, "2026-W47", "2026-10-31")
    assert body["promises"][0]["customer_no"] == "900000000092"
    first = body["customers"][0]
    assert first["promises"] == [1]
    assert {
        "customer_no",
        "name",
        "rank",
        "row",
        "why",
        "amount",
        "say",
        "do_not_say",
        "phone",
        "last_contact",
    } <= set(first)
    assert [one["rank"] for one in body["customers"]] == sorted(one["rank"] for one in body["customers"])


def test_the_same_day_is_the_same_list(days: DayLists) -> None:
    assert days.of() == days.of()


def test_what_is_no_day_is_refused(days: DayLists) -> None:
    assert code(days, "明天") == "bad_date"


@pytest.mark.parametrize(
    ("owed", "rest", "words"),
    [(0, 0, "今天没有要联系的客户。"), (0, 3, "从上往下联系 3 位,联系完记一笔。")],
)
def test_one_sentence_says_what_to_do(owed: int, rest: int, words: str, days: DayLists) -> None:
    day = days.of()
    cut = DayList(day.date, day.wanted, day.week, day.as_of, day.lines[:rest])
    assert cut.todo == words


def test_after_an_emptied_day_comes_the_next_one_with_somebody_on_it(
    days: DayLists, outreach: Outreach, monkeypatch: pytest.MonkeyPatch
) -> None:
    friday = days.of()
    assert friday.lines
    assert days.after(friday) is None
    tuesday = days.of("2026-11-17")
    after = days.after(tuesday)
    assert after is not None
    assert after == days.of(after.date)
    assert tuesday.date < after.date <= FRIDAY


@pytest.mark.parametrize(
    "day", ["2026-09-30", "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-10", "2026-10-11"]
)
def test_plan_and_day_name_the_same_week_on_days_off_too(
    day: str, days: DayLists, outreach: Outreach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", day)
    assert outreach.plan().week == outreach.critical().week == days.of().week


def test_the_list_of_another_day_is_not_called_that_of_today() -> None:
    coming = DayList(
        "2026-12-04", "2026-12-04", "2026-W49", None, (), moved=2, following="2026-12-07", silent=True
    )
    assert coming.todo == "12 月 4 日没有要联系的客户。"
    assert coming.notes[0].startswith("12 月 4 日是静默日")
    assert coming.notes[1] == "另有 2 位12 月 4 日排不下,移到 2026-12-07。"
