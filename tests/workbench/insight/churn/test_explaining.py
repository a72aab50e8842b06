"""An outflow that the manager explained rests for 90 days (domain 4.5-4), by a contact or by a decision."""

import datetime as dt

import pytest

from db.known import light_decisions
from tests.workbench.conftest import AS_OF, SmallBook

_STOOD = {"aum_balance": [300_000] * 8 + [60_000], "aum_daily_average": [300_000] * 8 + [150_000]}


def decided(small: SmallBook, no: str, days_ago: int, days: int = 90) -> None:
    date = dt.date.fromisoformat(AS_OF) - dt.timedelta(days=days_ago)
    row = {"date": date.isoformat(), "until": (date + dt.timedelta(days=days)).isoformat(), "value": "house"}
    with small.book.write("light", "explain") as writer:
        writer.insert(light_decisions, [{"customer_id": small.ids[no], "kind": "explain", **row}])


@pytest.mark.parametrize(
    ("days_ago", "rests"),
    [(0, True), (90, True), (91, False), (-31, True), (-32, False)],
)
def test_a_decision_explains_as_long_as_a_contact_does(small: SmallBook, days_ago: int, rests: bool) -> None:
    for no in ("1", "2", "3"):
        small.months(no, _STOOD)
    small.touch("1", days_ago, "explained")
    decided(small, "2", days_ago)
    assert small.severity("1", "S3") == small.severity("2", "S3") == (0 if rests else 3)
    assert small.severity("3", "S3") == 3


def test_without_any_contact_in_the_book_a_decision_explains_too(small: SmallBook) -> None:
    small.months("1", _STOOD)
    decided(small, "1", 10)
    assert small.severity("1", "S3") == 0
    assert small.risk("1").light is None


def test_one_who_was_explained_twice_is_judged_once(small: SmallBook) -> None:
    small.months("1", _STOOD)
    small.touch("1", 5, "explained")
    decided(small, "1", 10)
    decided(small, "1", 3)
    assert [one.customer_no for one in small.insight.ranking()] == ["1"]


def test_an_explanation_that_was_cut_short_no_longer_counts(small: SmallBook) -> None:
    small.months("1", _STOOD)
    decided(small, "1", 10, days=9)
    assert small.severity("1", "S3") == 3
