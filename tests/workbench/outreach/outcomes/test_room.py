"""The outcome check on small books: lights by month, contacts apart, signals, and months that were never checked."""

from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import select

from db.known import check_runs, light_decisions
from db.tables import customers
from db.values import Value
from tests.workbench.conftest import SmallBook
from tests.workbench.outreach.outcomes.made import stored
from workbench.base.errors import WorkbenchError
from workbench.outreach.outcomes.counts import OutcomeCounts
from workbench.outreach.outcomes.report import OutcomeReport
from workbench.outreach.outcomes.room import Outcomes
from workbench.outreach.outcomes.words import last_month_words
from workbench.rules.parameters import Rules

#: the month looked at: three lists follow it
LIT = "2026-07"


def room(small: SmallBook, **overrides: Any) -> Outcomes:
    named = {key.replace("__", "."): value for key, value in overrides.items()}
    return Outcomes(small.book, Rules.load("general", named))


def run(small: SmallBook, no: str, wan: Iterable[float | None]) -> None:
    """Balances and averages in 万 from 2026-05 to 2026-10; None: not on the list."""
    for back, one in zip(range(5, -1, -1), wan, strict=True):
        if one is not None:
            small.month(no, back, aum_balance=one * 10_000, aum_daily_average=one * 10_000)


def outcomes(report: OutcomeReport, month: str = LIT) -> dict[int, str]:
    return {
        one.customer_id: one.judged.outcome
        for row in report.lights
        if row.month == month
        for one in row.lights
    }


@pytest.fixture
def told(small: SmallBook) -> SmallBook:
    """One customer for each outcome, lit in 2026-07, and a steady one without a light."""
    run(small, "kept", [30, 30, 22, 22, 22, 22])
    run(small, "back", [30, 30, 10, 2, 3, 25])
    run(small, "lost", [30, 30, 10, 3, 3, 3])
    run(small, "closed", [30, 30, 10, None, None, None])
    run(small, "left", [30, 30, 10, 9, None, None])
    run(small, "given", [30, 30, 10, 3, 3, 3])
    run(small, "late", [30, 30, 30, 30, 10, 25])
    run(small, "steady", [30] * 6)
    with small.book.write("import", "customer") as writer:
        writer.update(customers, small.ids["closed"], {"close_date": "2026-08-20"})
        writer.update(customers, small.ids["kept"], {"close_date": "2026-11-05"})  # after its window
        given = (
            ("given", "2026-08-05", None),
            ("lost", "2026-06-01", "2026-07-15"),
            ("kept", "2026-11-03", None),
        )
        decisions: list[dict[str, Value]] = [
            {"customer_id": small.ids[no], "kind": "hand_over", "date": date, "until": until, "value": "小王"}
            for no, date, until in given
        ]
        writer.insert(light_decisions, decisions)
    lights = dict.fromkeys(("kept", "lost", "closed", "left", "given"), "red") | {
        "back": "orange",
        "steady": None,
    }
    stored(
        small,
        LIT,
        lights,
        {"lost": ["S3", "S2"], "kept": ["S3"], "steady": ["S3"], "left": ["S2"], "back": ["S4"]},
    )
    return small


def test_every_light_of_a_month_has_its_outcome(told: SmallBook) -> None:
    report = room(told, outcomes__catch_up=0).of()
    named = {told.ids[no]: outcome for no, outcome in {
        "kept": "kept", "back": "won_back", "lost": "lost", "closed": "lost", "left": "censored", "given": "censored",
    }.items()}  # fmt: skip
    assert outcomes(report) == named
    red, orange = (row for row in report.lights if row.month == LIT)
    assert (red.light, red.counts.n, red.counts["lost"], red.counts["censored"]) == ("red", 5, 2, 2)
    assert (orange.light, orange.counts.won_back_fen) == ("orange", 15_000_000)
    assert (red.counts.stayed.hits, red.counts.stayed.n) == (1, 3), (
        "those of whom nothing can be told do not count"
    )
    assert report.as_of == "2026-10-31"


def test_a_contact_between_the_light_and_the_end_of_its_window_makes_it_touched(told: SmallBook) -> None:
    told.touch("kept", 60)  # 2026-09-01
    told.touch("lost", 60, result="no_answer")
    told.touch("back", 92)  # 2026-07-31, the day of the data: before anybody saw the light
    told.touch("lost", -1)  # 2026-11-01, when the window had ended
    stored(told, "2026-06", {"steady": "yellow"})
    report = room(told, outcomes__catch_up=0).of()
    touched = {
        one.customer_id for row in report.lights if row.month == LIT for one in row.lights if one.touched
    }
    assert touched == {told.ids["kept"]}
    everybody = report.everybody
    assert (everybody.touched["kept"], everybody.touched.n) == (1, 1)
    assert (everybody.untouched["lost"], everybody.untouched["won_back"]) == (2, 1)
    (contact,) = (one for one in report.contacts.contacts if one.light.month == LIT)
    assert (contact.date, contact.light.judged.outcome) == ("2026-09-01", "kept")
    assert [(row.channel, row.counts["kept"]) for row in report.channels] == [("phone", 1)]


def test_precision_counts_those_whom_a_signal_named_lit_or_not_and_of_whom_it_can_be_told(
    told: SmallBook,
) -> None:
    """S3 named three, one was lost; of the two named by S2 one is off the list."""
    by_code = {one.code: one for one in room(told, outcomes__catch_up=0).of().signals}
    assert (by_code["S3"].lost.hits, by_code["S3"].lost.n) == (1, 3)
    assert (by_code["S2"].lost.hits, by_code["S2"].lost.n) == (1, 1)
    assert (by_code["S4"].lost.hits, by_code["S4"].lost.n) == (1, 1), "lost by the label, though he came back"
    assert by_code["S7"].lost.share is None
    assert by_code["S3"].as_json()["low"] == pytest.approx(0.0615, abs=0.001)


def test_a_signal_counts_a_customer_once_and_only_when_its_window_has_ended(told: SmallBook) -> None:
    stored(told, "2026-06", {"kept": None}, {"kept": ["S3"]})
    stored(told, "2026-08", {"closed": "red"}, {"closed": ["S7"]})
    by_code = {one.code: one for one in room(told, outcomes__catch_up=0).of().signals}
    assert by_code["S3"].lost.n == 3
    assert {one.month for one in by_code["S3"].lights if one.customer_id == told.ids["kept"]} == {"2026-06"}
    assert by_code["S7"].lost.n == 0, "who closed early does not stand for all whom it named"


def test_sums_take_each_customer_once_by_his_first_light(told: SmallBook) -> None:
    stored(told, "2026-08", {"lost": "red", "late": "yellow"})
    report = room(told, outcomes__catch_up=0).of()
    assert outcomes(report, "2026-08") == {told.ids["lost"]: "too_early", told.ids["late"]: "too_early"}
    first = {one.customer_id: one.month for one in report.everybody.lights}
    assert first[told.ids["lost"]] == LIT
    assert report.everybody.counts["lost"] == 2


def test_an_early_loss_or_return_does_not_stand_for_a_month_whose_window_is_open(told: SmallBook) -> None:
    stored(told, "2026-09", {"late": "orange"})
    report = room(told, outcomes__catch_up=0).of()
    (row,) = (row for row in report.lights if row.month == "2026-09")
    assert (row.counts["won_back"], row.counts.stayed.n) == (1, 0)


def test_months_never_checked_are_named_or_checked_first(told: SmallBook) -> None:
    quick = room(told, outcomes__catch_up=2).of(catch_up=False)
    assert quick.missing == ("2026-09", "2026-08")
    assert quick.not_looked == ("2026-06", "2026-05")
    assert [one.month for one in quick.months] == ["2026-10", LIT]
    whole = room(told, outcomes__catch_up=2).of()
    assert (whole.missing, whole.not_looked) == ((), quick.not_looked), "those too far back stay out"
    assert [one.month for one in whole.months] == ["2026-10", "2026-09", "2026-08", LIT]
    with told.book.read() as conn:
        kept = conn.execute(select(check_runs.c.rule_version).where(check_runs.c.month == LIT)).scalar()
    assert kept == "then", "a verdict stays what it was when it was shown"


def test_a_month_whose_list_has_another_date_by_now_is_checked_again(told: SmallBook) -> None:
    with told.book.derive() as conn:
        conn.execute(check_runs.update().values(as_of="2026-07-30"))
    assert LIT in room(told).of(catch_up=False).missing


def test_the_line_of_the_week_tells_the_month_before_and_checks_nothing(told: SmallBook) -> None:
    outcome_room = room(told)
    assert outcome_room.last_month() is None
    stored(told, "2026-09", {"late": "orange", "lost": "red"})
    row = outcome_room.last_month()
    assert row is not None
    assert (row.counts["won_back"], row.counts["too_early"], row.counts.low_so_far) == (1, 1, 0)
    words = last_month_words(row)
    assert "留住" not in words, "no window has ended: nobody can be counted as kept yet"
    assert "未到期 1" in words
    with told.book.read() as conn:
        assert set(conn.execute(select(check_runs.c.month)).scalars()) == {LIT, "2026-09"}


def test_a_book_of_one_month_says_that_it_is_too_early(small: SmallBook) -> None:
    small.month("one", 0, aum_balance=300_000, aum_daily_average=300_000)
    report = room(small).of()
    assert report.everybody.counts == OutcomeCounts.of(())
    assert "只有 2026-10 的名单" in report.sentence
    assert "3 个月" in report.sentence


def test_an_empty_book_has_no_data(small: SmallBook) -> None:
    with pytest.raises(WorkbenchError) as refusal:
        room(small).of()
    assert refusal.value.code == "no_data"


def test_confirmed_causes_are_told_by_what_became_of_their_customers(told: SmallBook) -> None:
    with told.book.write("decision", "cause") as writer:
        mark = {"customer_id": told.ids["lost"], "kind": "cause"}
        writer.insert(
            light_decisions,
            [
                {**mark, "date": "2026-08-01", "value": "natural"},
                {**mark, "date": "2026-08-09", "value": "fault"},
            ],
        )
    (row,) = room(told, outcomes__catch_up=0).of().causes
    assert (row.code, [one.judged.outcome for one in row.lights]) == ("fault", ["lost"])
