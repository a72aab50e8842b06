"""24 hours to the first contact, 48 to the word back, over nights, weekends and holidays."""

from dataclasses import replace

import pytest

from workbench.base.workdays import shipped
from workbench.outreach.referrals.clocks import ReferralClock, deadline, feedback_clock, first_contact_clock
from workbench.outreach.referrals.task import ReferralTask
from workbench.rules.parameters import Rules

_RULES = Rules.load()
_TASK = ReferralTask(1, "ZJ-20261120-01", "2026-11-20", 1, "A1", "王五", agreed=True)


@pytest.mark.parametrize(
    ("start", "hours", "clock"),
    [
        # Wednesday evening, Thursday evening
        ("2026-11-18 20:15", 24, ReferralClock("2026-11-19 20:15", "2026-11-19")),
        # Friday 16:30: ends on Saturday, so it is done on Friday
        ("2026-11-20 16:30", 24, ReferralClock("2026-11-21 16:30", "2026-11-20", early=True)),
        # Saturday: ends on Sunday, no workday between
        ("2026-11-21 10:00", 24, ReferralClock("2026-11-22 10:00", "2026-11-22", off=True)),
        # Sunday: ends on Monday
        ("2026-11-22 10:00", 24, ReferralClock("2026-11-23 10:00", "2026-11-23")),
        # Friday: 48 hours end on Sunday
        ("2026-11-20 09:00", 48, ReferralClock("2026-11-22 09:00", "2026-11-20", early=True)),
        # the last workday before the National Day of 2026
        ("2026-09-30 15:00", 24, ReferralClock("2026-10-01 15:00", "2026-09-30", early=True)),
        # a day without a time counts to its end
        ("2026-11-18", 24, ReferralClock("2026-11-19 23:59", "2026-11-19")),
    ],
)
def test_a_clock_runs_on_and_names_the_day_on_which_it_can_be_met(
    start: str, hours: int, clock: ReferralClock
) -> None:
    assert deadline(start, hours, shipped()) == clock


def test_what_follows_on_a_day_off_is_said() -> None:
    early, off = (deadline(start, 24, shipped()).words for start in ("2026-11-20 16:30", "2026-11-21 10:00"))
    assert early == "2026-11-21 16:30 前(那天休息,请在 2026-11-20 下班前做完)"
    assert "值班同事" in off


def test_it_has_run_out_only_after_its_minute() -> None:
    clock = ReferralClock("2026-11-19 20:15", "2026-11-19")
    assert not clock.late("2026-11-19 20:15")
    assert clock.late("2026-11-19 20:16")


@pytest.mark.parametrize(
    "facts",
    [
        {"agreed": None},
        {"agreed": False},
        {"contacted": "2026-11-20 18:00"},
        {"account_no": "A9"},
        {"state": "closed"},
    ],
)
def test_the_first_contact_is_due_only_while_somebody_agreed_and_waits(facts: dict[str, object]) -> None:
    assert first_contact_clock(_TASK, _RULES, shipped()) is not None
    assert first_contact_clock(replace(_TASK, **facts), _RULES, shipped()) is None  # type: ignore[arg-type]


def test_the_word_back_is_due_after_a_contact_or_a_refusal_until_it_was_given() -> None:
    contacted = replace(_TASK, contacted="2026-11-23 09:30")
    clock = feedback_clock(contacted, _RULES, shipped())
    assert clock == ReferralClock("2026-11-25 09:30", "2026-11-25")
    assert feedback_clock(_TASK, _RULES, shipped()) is None
    assert feedback_clock(replace(contacted, feedback="2026-11-24"), _RULES, shipped()) is None
    assert feedback_clock(replace(contacted, thanked="2026-11-24"), _RULES, shipped()) is None
    declined = replace(_TASK, agreed=False, state="declined")
    assert feedback_clock(declined, _RULES, shipped()) is not None
