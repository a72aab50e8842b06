"""The funnel of referrals: shares with their intervals, days only of known pairs, what is not told is no zero."""

from typing import Any

import pytest

from workbench.outreach.referrals.funnel import FUNNEL_STAGES, FunnelCase, FunnelStage, ReferralFunnel, funnel
from workbench.rules.parameters import Rules

RULES = Rules.load()


def case(
    last: FunnelStage, answer: str | None = "gave", *, giver: int = 1, imported: bool = False, **days: str
) -> FunnelCase:
    """A case that came as far as `last`."""
    far = FUNNEL_STAGES.index(last)
    reached: dict[FunnelStage, bool | None] = {stage: at <= far for at, stage in enumerate(FUNNEL_STAGES)}
    if answer == "waiting":
        reached["named"] = None
    known: Any = days
    return FunnelCase(giver, days.get("asked", "2026-06-01"), answer, reached, known, imported)


def step(of: ReferralFunnel, stage: FunnelStage) -> Any:
    return next(one for one in of.steps if one.stage == stage)


def test_counts_shares_and_medians_of_the_days_that_are_known() -> None:
    of = funnel(
        [
            case("asked", "declined"), case("asked", "waiting"),
            case("met", asked="2026-06-01", named="2026-06-04", met="2026-06-20"),
            case("funded", giver=2, asked="2026-06-01", named="2026-06-02"),
            case("opened", giver=2, asked="2026-06-01", named="2026-06-01", contacted="2026-06-09", met="2026-06-02"),
        ],
        RULES,
    )  # fmt: skip
    assert [one.count for one in of.steps] == [5, 3, 3, 3, 3, 2, 1]
    named = step(of, "named")
    assert (named.hits, named.base, named.untold) == (3, 4, 1), "who did not answer yet is counted as neither"
    assert (named.days, named.pairs) == (1.0, 3)
    assert (step(of, "contacted").days, step(of, "contacted").pairs) == (None, 0)
    assert step(of, "met").pairs == 0, "a meeting before the first contact contradicts itself"
    assert (of.givers, of.again, of.waiting) == (2, 1, 1)


def test_one_of_one_is_few_and_no_hundred_percent() -> None:
    of = funnel([case("funded")], RULES)
    met = step(of, "met")
    assert (met.share, met.few) == (1.0, True)
    assert met.interval == pytest.approx((0.207, 1.0), abs=0.001)
    assert {one.code: (one.verdict, one.few) for one in of.health} == {
        "give": ("good", True), "meet": ("unsure", True), "convert": ("unsure", True),
    }  # fmt: skip
    empty = funnel([], RULES)
    assert {one.verdict for one in empty.health} == {"none"}
    assert [(one.share, one.days) for one in empty.steps] == [(None, None)] * 7


def test_a_line_of_a_list_is_asked_and_given_but_no_evidence_of_how_many_give() -> None:
    of = funnel([case("consented", None, imported=True), case("asked", "declined")], RULES)
    named, contacted = step(of, "named"), step(of, "contacted")
    assert (named.count, named.hits, named.base) == (1, 0, 1)
    assert (contacted.count, contacted.base, contacted.untold, contacted.share) == (0, 0, 1, None), (
        "no line tells of a contact: the column is missing, that is no zero"
    )
    told = funnel([case("consented", None, imported=True), case("met", None, imported=True)], RULES)
    assert (step(told, "contacted").hits, step(told, "contacted").base) == (1, 2)


def test_a_health_line_is_the_own_history_once_it_is_long_enough() -> None:
    before = [case("met" if n < 24 else "contacted", asked="2025-01-01") for n in range(30)]
    now = [case("met" if n < 13 else "contacted", asked="2026-03-01") for n in range(20)]
    meet = funnel(before + now, RULES, "2026-01-01").health[1]
    assert (meet.hits, meet.base, meet.line, meet.own) == (13, 20, 0.8, True)
    assert funnel(before[1:] + now, RULES, "2026-01-01").health[1].line == 0.5
    assert funnel(before + now, RULES).health[1].own is False, "no history lies before everything"
    worse = [case("contacted", asked="2026-03-01") for _n in range(20)]
    assert funnel(before + worse, RULES, "2026-01-01").health[1].verdict == "bad"


def test_who_was_contacted_without_consent_is_counted_by_himself() -> None:
    one = case("contacted")
    one.reached["consented"] = None
    assert funnel([one, case("met")], RULES).unagreed == 1
