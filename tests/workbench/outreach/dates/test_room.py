"""Own rows of the calendar: written, left out, given back, undone; refused in one sentence (domain 6.1)."""

from dataclasses import replace

import pytest

from db.engine import Book
from db.year import own_days
from tests.workbench.base.notices import notice
from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.base.holiday_files import notice_of
from workbench.base.workdays import keep_notice
from workbench.insight.language.check import check
from workbench.insight.language.parse import parse
from workbench.outreach.dates.calendar_row import CalendarRow
from workbench.outreach.dates.room import Dates
from workbench.outreach.dates.shipped import shipped_rows
from workbench.outreach.dates.year_day import YearDay
from workbench.rules.parameters import Rules

FAIR = CalendarRow(
    "", "本地庙会", "lunar 03-03", use="group", channel="group", says="网点摆台", whose="branch"
)


@pytest.fixture
def dates(book: Book) -> Dates:
    return Dates(book, Rules.load())


def days(dates: Dates, year: int = 2027) -> dict[str, YearDay]:
    return {day.code: day for day in dates.of(year)}


def test_an_own_row_is_shown_changed_removed_and_each_is_undone(dates: Dates, book: Book) -> None:
    added = dates.put(FAIR)
    own = days(dates)["own_1"]
    assert (own.name, own.date, own.act_on, own.own) == ("本地庙会", "2027-04-09", "2027-04-09", True)
    changed = dates.put(replace(FAIR, code="own_1", name="庙会"))
    removed = dates.leave_out("own_1")
    assert "own_1" not in {row.code for row in dates.rows()}
    names = []
    for change in (removed, changed, added):
        assert change.undo_id is not None
        book.reverse(change.undo_id)
        names.append(getattr(days(dates).get("own_1"), "name", None))
    assert names == ["庙会", "本地庙会", None]


def test_a_shipped_row_is_changed_left_out_and_given_back(dates: Dates) -> None:
    before = dates.of(2027)
    dates.put(replace(shipped_rows()["qixi"], name="七夕节", whose="branch"))
    assert (days(dates)["qixi"].name, days(dates)["qixi"].own) == ("七夕节", True)
    dates.leave_out("qixi")
    assert "qixi" not in days(dates)
    assert next(row for row in dates.rows() if row.code == "qixi").off
    dates.restore("qixi")
    assert dates.of(2027) == before
    assert dates.restore("qixi").undo_id is None


def test_what_is_off_by_default_is_taken_in_and_given_back(dates: Dates) -> None:
    dates.restore("christmas")
    assert days(dates)["christmas"].date == "2027-12-25"
    dates.restore("christmas")
    assert "christmas" not in days(dates)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "还没有名称"), ({"name": "庙" * 21}, "太长"), ({"says": "说" * 81}, "太长"),
        ({"at": "03-32"}, "认不出来"), ({"at": ""}, "认不出来"), ({"until": "soon"}, "认不出来"),
        ({"until": "+500"}, "超过一年"), ({"silent": True}, "静默日"), ({"code": "Own 1"}, "小写字母"),
        ({"use": "personal"}, "联系谁"), ({"channel": "call"}, "社群渠道"),
        ({"use": "personal", "channel": "fax", "whom": "age > 60"}, "渠道"),
        ({"use": "personal", "channel": "call", "whom": "age >"}, ""),
    ],
)  # fmt: skip
def test_a_row_that_means_nothing_is_refused_in_one_sentence(
    dates: Dates, change: dict[str, str], said: str
) -> None:
    with pytest.raises(WorkbenchError) as caught:
        dates.put(replace(FAIR, **change))  # type: ignore[arg-type]
    assert said in caught.value.sentence()
    assert "own_1" not in days(dates)


def test_a_row_of_a_later_version_stands_in_the_list_and_in_no_year(dates: Dates, book: Book) -> None:
    with book.write("day", "put") as writer:
        writer.insert(
            own_days, [{"code": "own_9", "whose": "branch", "body": '{"at": "full moon"}', "off": 0}]
        )
    assert "own_9" in {row.code for row in dates.rows()}
    assert "own_9" not in days(dates)


def test_a_code_that_no_row_has_and_a_year_that_the_calendar_does_not_reach(dates: Dates) -> None:
    for call in (dates.leave_out, dates.restore):
        with pytest.raises(WorkbenchError, match="没有「x」") as caught:
            call("x")
        assert caught.value.code == "no_such_day"
    assert dates.of(1901)
    assert dates.of(2100)
    for year in (1900, 2101):
        with pytest.raises(WorkbenchError, match="从 1901 年到 2100 年") as caught:
            dates.of(year)
        assert caught.value.code == "year_out_of_range"


def test_a_notice_moves_the_day_on_which_a_greeting_is_made(dates: Dates, book: Book) -> None:
    assert days(dates)["labour"].act_on == "2027-04-30"
    keep_notice(book, notice_of(notice()))
    assert days(dates)["spring"].act_on == "2027-02-04"
    assert days(dates)["women"].act_on == "2027-03-08"
    assert days(dates)["double_ninth"].act_on == "2027-10-08"


def test_every_condition_of_the_shipped_rows_is_one_of_the_picker(small: SmallBook) -> None:
    with small.book.read() as conn:
        words = small.insight.engine.vocabulary(conn)
    for row in shipped_rows().values():
        assert bool(row.whom) == (row.use == "personal"), row.code
        assert bool(row.channel) == (row.use != "none"), row.code
        if row.whom:
            check(parse(row.whom), words)


def test_an_unknown_word_in_a_condition_is_refused(small: SmallBook) -> None:
    dates = Dates(small.book, Rules.load(), small.insight.engine.vocabulary)
    with pytest.raises(WorkbenchError) as caught:
        dates.put(replace(FAIR, use="personal", channel="call", whom="no_such_word = 1"))
    assert caught.value.code == "bad_expression"
