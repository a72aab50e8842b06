"""The stage of a referral follows from what is filled in."""

from dataclasses import replace
from typing import Any

import pytest

from workbench.outreach.referrals.contradictions import contradictions, meaning_of
from workbench.outreach.referrals.task import ReferralTask, stage_of, state_of
from workbench.rules.parameters import Rules

_RULES = Rules.load()
_DAY, _FUNDED = "2026-11-23", 1_000_000
_BARE = ReferralTask(1, "", "2026-11-02", 1, "A1", "王五")


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ({}, "asked"),
        ({"name": "小李"}, "named"),
        ({"agreed": False}, "named"),
        ({"name": "小李", "agreed": True}, "consented"),
        ({"name": "小李", "contacted": "2026-11-03 10:00"}, "contacted"),
        ({"name": "小李", "meeting": "2026-11-05"}, "met"),
        # a meeting that lies ahead is none yet
        ({"name": "小李", "agreed": True, "meeting": "2026-11-24"}, "consented"),
        ({"account_no": "A9"}, "opened"),
        # without an account an amount is what somebody wrote, not money here
        ({"name": "小李", "amount_fen": 5_000_000}, "named"),
        ({"account_no": "A9", "amount_fen": 5_000_000}, "funded"),
        ({"account_no": "A9", "assets_fen": _FUNDED - 1}, "opened"),
        ({"account_no": "A9", "assets_fen": _FUNDED}, "funded"),
        ({"account_no": "A9", "assets_fen": _FUNDED, "later": 1}, "again"),
        ({"name": "小李", "agreed": True, "later": 3}, "consented"),
    ],
)
def test_the_stage_is_the_farthest_that_a_filled_field_tells(facts: dict[str, Any], stage: str) -> None:
    assert stage_of(replace(_BARE, **facts), _DAY, _FUNDED) == stage


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "open"),
        ({"close_reason": "没有需要"}, "closed"),
        ({"status": "已关闭"}, "closed"),
        ({"status": "拒绝"}, "declined"),
        ({"status": "拒绝", "agreed": True}, "open"),
        ({"status": "已成交"}, "open"),
        ({"agreed": False}, "declined"),
    ],
)
def test_a_status_word_is_recognised_and_does_not_overrule_what_the_person_said(
    facts: dict[str, Any], state: str
) -> None:
    task = replace(_BARE, **facts)
    assert state_of(task, meaning_of(task.status, _RULES)) == state


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"meeting": "2026-11-05"}, "没有首触日期"),
        ({"contacted": "2026-11-06", "meeting": "2026-11-05", "agreed": True}, "见面(2026-11-05)早于首触"),
        ({"contacted": "2026-11-01", "agreed": True}, "早于转介"),
        ({"contacted": "2026-11-03"}, "没有记本人是否同意"),
        ({"contacted": "2026-11-03 09:00", "agreed": True, "agreed_at": "2026-11-03 10:00"}, "早于本人同意"),
        ({"feedback": "2026-11-03"}, "没有首触日期"),
        ({"account_no": "A9", "opened": "2020-01-01"}, "可能本来就是客户"),
        ({"amount_fen": 100}, "没有被转介人的客户号"),
        ({"status": "已成交"}, "状态写“已成交”,但没有被转介人的客户号"),
        ({"status": "已联系"}, "但没有首触日期"),
    ],
)
def test_a_contradiction_is_said(facts: dict[str, Any], says: str) -> None:
    assert any(says in one for one in contradictions(replace(_BARE, **facts), _RULES, _DAY))


def test_a_sheet_in_order_has_none() -> None:
    whole = replace(
        _BARE, name="小李", agreed=True, agreed_at="2026-11-02 10:00", contacted="2026-11-02 15:00", meeting="2026-11-05",
        feedback="2026-11-03", account_no="A9", opened="2026-11-06", amount_fen=100, status="已成交",
    )  # fmt: skip
    assert contradictions(whole, _RULES, _DAY) == ()
