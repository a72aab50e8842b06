"""The span of a month and of a quarter, and the share of its workdays that is over."""

import datetime as dt

import pytest

from workbench.base.workdays import shipped
from workbench.outreach.goals.span import Span, spans_on


def test_a_day_lies_in_a_month_and_a_quarter() -> None:
    month, quarter = spans_on(dt.date(2026, 11, 20))
    assert (month.code, month.before, quarter.code, quarter.first, quarter.last, quarter.before) == (
        "2026-11", "2026-10", "2026-Q4", "2026-10", "2026-12", "2026-09",
    )  # fmt: skip


@pytest.mark.parametrize("code", ["2026-13", "2026-Q5", "x-Q1"])
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Span.of(code)


@pytest.mark.parametrize(("day", "share"), [("2026-10-31", 0), ("2026-11-02", 1 / 21), ("2026-11-30", 1)])
def test_only_workdays_are_counted(day: str, share: float) -> None:
    assert Span.of("2026-11").gone(shipped(), dt.date.fromisoformat(day)) == pytest.approx(share)
