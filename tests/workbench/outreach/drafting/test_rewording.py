"""A plan whose words nobody edited is read in the language in use, though it stands: only its words change."""

from dataclasses import replace

import pytest

from db.engine import Book
from tests.workbench.outreach.made import FULL, WEEK, many, put_customers, room
from workbench.base.i18n import use_language
from workbench.outreach.draft import WeekPlan
from workbench.outreach.editing import edit_words, rows
from workbench.outreach.room import Outreach


@pytest.fixture
def drafted(book: Book, monkeypatch: pytest.MonkeyPatch) -> Outreach:
    """An outreach whose plan was drafted in English, and stands: it was confirmed and somebody was reached."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-17")
    put_customers(book, range(1, 93))
    outreach = room(book, many(FULL))
    use_language("en")
    plan = outreach.plan(WEEK)
    outreach.confirm(WEEK)
    item = plan.quick_wins[0]
    assert item.id is not None
    outreach.set_result(item.id, "half", week=WEEK)
    outreach.log_touch(item.customers[0].customer_no, channel="call", result="reached")
    return outreach


def without_words(plan: WeekPlan) -> WeekPlan:
    """The plan with every word taken out."""

    def bare(block: str) -> tuple[object, ...]:
        return tuple(
            replace(
                item, method="", basis="", action="", script="", done_when="", resource="", fallback="",
                customers=tuple(
                    replace(
                        one, reason="",
                        reasons=tuple(replace(r, word="", sentence="", amount="") for r in one.reasons),
                    )
                    for one in item.customers
                ),
                milestones=tuple(replace(one, what="") for one in item.milestones),
            )
            for item in getattr(plan, block)
        )  # fmt: skip

    blocks = {name: bare(name) for name in ("quick_wins", "needs_resources", "this_week")}
    return replace(plan, notes=(), **blocks)  # type: ignore[arg-type]  # rows of each block


def test_a_plan_that_stands_is_read_in_the_language_in_use_with_its_people_days_and_ticks(
    drafted: Outreach,
) -> None:
    english = drafted.plan(WEEK)
    use_language("zh")
    chinese = drafted.plan(WEEK)
    assert without_words(chinese) == without_words(english)
    assert chinese.quick_wins[0].result == "half"
    for name, item in rows(chinese).items():
        before = rows(english)[name]
        assert item.method != before.method
        assert ";数据日期 2026-10-31" in item.basis
        words = [reason.word for one in item.customers for reason in one.reasons]
        assert not any(word.isascii() for word in words)
    assert not any("customers" in note for note in chinese.notes)
    assert drafted.plan(WEEK) == chinese


def test_words_that_somebody_edited_stay(drafted: Outreach) -> None:
    drafted.save(edit_words(drafted.plan(WEEK), "5-1", script="My own words"))
    english = drafted.plan(WEEK)
    use_language("zh")
    assert drafted.plan(WEEK) == english


def test_a_plan_that_nothing_changed_beneath_is_drafted_once(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-17")
    put_customers(book, range(1, 93))
    outreach = room(book, many(FULL))
    plan = outreach.plan(WEEK)
    monkeypatch.setattr(outreach.leads, "whole", lambda *_: pytest.fail("drafted again"))
    assert outreach.plan(WEEK) == plan
