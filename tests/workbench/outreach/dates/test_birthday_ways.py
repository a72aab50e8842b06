"""Which birthday a customer keeps: asked of the elderly, written down, undone (domain 6.6)."""

import pytest

from db.engine import Book
from tests.workbench.conftest import SmallBook
from workbench.base.birthdays import BirthdayWay
from workbench.base.errors import WorkbenchError
from workbench.outreach.dates.birthday_ways import BirthdayWays, way_words
from workbench.rules.parameters import Rules

NO = "900000000001"


@pytest.fixture
def ways(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> BirthdayWays:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-09-01")
    small.customer(NO, birth_date="1950-08-15")
    small.customer("900000000002", birth_date="1988-08-15")
    small.customer("900000000003")
    return BirthdayWays(small.book, Rules.load())


def test_the_elderly_are_asked_and_an_answer_ends_the_question(ways: BirthdayWays) -> None:
    kept = ways.of(NO)
    assert kept.question == "证件上的生日 8 月 15 日,是公历还是农历?按哪个过?"
    assert [choice.words for choice in kept.choices] == [
        "公历 8 月 15 日", "农历八月十五(证件上写的就是农历)", "农历七月初二(由公历 1950-08-15 换算)",
    ]  # fmt: skip
    assert (kept.words, kept.coming) == ("公历 8 月 15 日", "2027-08-15")
    ways.put(NO, kept.choices[1].way)
    after = ways.of(NO)
    assert (after.words, after.coming, after.question) == ("农历八月十五", "2026-09-25", "")


def test_the_young_and_the_unknown_are_not_asked(ways: BirthdayWays) -> None:
    assert ways.of("900000000002").question == ""
    unknown = ways.of("900000000003")
    assert (unknown.words, unknown.coming, unknown.choices) == ("", None, ())


def test_what_was_said_is_changed_taken_back_and_undone(ways: BirthdayWays, small: SmallBook) -> None:
    book: Book = small.book
    ways.put(NO, BirthdayWay("lunar", 8, 15))
    changed = ways.put(NO, BirthdayWay("lunar", 12, 30))
    assert ways.of(NO).words == "农历除夕"
    assert changed.undo_id is not None
    book.reverse(changed.undo_id)
    assert ways.of(NO).way == BirthdayWay("lunar", 8, 15)
    ways.forget(NO)
    assert ways.of(NO).way is None
    assert ways.forget(NO).undo_id is None


@pytest.mark.parametrize(
    "way",
    [
        BirthdayWay("solar", 2, 30), BirthdayWay("lunar", 2, 31), BirthdayWay("lunar", 13, 1),
        BirthdayWay("solar", 4, 1, leap=True),
    ],
)  # fmt: skip
def test_a_day_that_is_no_birthday_is_refused(ways: BirthdayWays, way: BirthdayWay) -> None:
    with pytest.raises(WorkbenchError, match="没有") as caught:
        ways.put(NO, way)
    assert caught.value.code == "bad_birthday"


def test_a_leap_month_in_words() -> None:
    assert way_words(BirthdayWay("lunar", 4, 2, leap=True)) == "农历闰四月初二"
    assert way_words(BirthdayWay("lunar", 4, 2, leap=True, prefer_leap=True)) == "农历闰四月初二,有闰月过闰月"
