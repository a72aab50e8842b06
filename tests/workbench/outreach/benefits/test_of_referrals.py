"""Thanks for a referral: for the meeting, capped, once each, none where something is wrong with it, never a commission."""

from dataclasses import replace
from typing import Any

import pytest

from db.tables import referrals
from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.outreach.benefits.checking import checked_rule
from workbench.outreach.benefits.of_referrals import ReferralRewards
from workbench.outreach.benefits.room import Benefits
from workbench.outreach.benefits.shipped import benefit_words
from workbench.rules.parameters import Rules

_RULES = Rules.load()
_SEAT = "referral_seat"


def referral(small: SmallBook, giver: str, **facts: Any) -> int:
    usual = {
        "date": "2026-11-02", "referred_name": "小李", "consent": 1, "contact_date": "2026-11-03",
        "meeting_date": "2026-11-05",
    }  # fmt: skip
    with small.book.write("import", "referrals") as writer:
        return writer.insert(referrals, [{"customer_id": small.ids[giver], **usual, **facts}])[0]


def test_a_giver_is_thanked_once_for_each_referral_and_it_is_taken_back(
    benefits: Benefits, small: SmallBook
) -> None:
    rewards = ReferralRewards(small.book, _RULES)
    with pytest.raises(WorkbenchError, match="不符合"):
        benefits.issue(_SEAT, ["steady"])
    met = referral(small, "steady")
    # agreed, and not met yet
    referral(small, "rising", meeting_date=None)
    assert [(one.task.id, one.state, one.rule.code) for one in rewards.ledger()] == [(met, "earned", _SEAT)]
    assert [one.benefit for one in benefits.of("steady") if one.benefit == _SEAT] == [_SEAT]
    change = benefits.issue(_SEAT, ["steady"]).change
    (line,) = rewards.ledger()
    assert (line.state, line.issued, line.had, line.value_fen) == ("issued", "2026-11-16", 1, 8000)
    with pytest.raises(WorkbenchError):
        benefits.issue(_SEAT, ["steady"])
    (grant,) = (one for one in benefits.of("steady") if one.benefit == _SEAT)
    benefits.drop([grant.grant])
    assert [one.state for one in rewards.ledger()] == ["earned"]
    assert change.undo_id is not None


def test_nobody_is_thanked_for_a_referral_with_which_something_is_wrong(
    benefits: Benefits, small: SmallBook
) -> None:
    # himself, who declined, and one of years ago
    own = referral(small, "steady", referred_name="x", referred_customer_no="steady")
    referral(small, "rising", consent=0)
    referral(small, "fresh", date="2024-01-02", contact_date="2024-01-03", meeting_date="2024-01-04")
    (line,) = ReferralRewards(small.book, _RULES).ledger()
    assert (line.task.id, line.state) == (own, "barred")
    assert line.why
    for giver in ("steady", "rising", "fresh"):
        with pytest.raises(WorkbenchError, match="不符合"):
            benefits.issue(_SEAT, [giver])


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"cap": None}, "no_cap"),
        ({"gives": "按成交额给提成"}, "forbidden_gift"),
        ({"gives": "贷款放款后送礼盒"}, "forbidden_gift"),
        ({"gives": "现金红包"}, "forbidden_gift"),
    ],
)
def test_what_would_be_a_commission_is_refused(small: SmallBook, facts: dict[str, Any], code: str) -> None:
    rule = replace(benefit_words().rules[_SEAT], **facts)
    with small.book.read() as conn, pytest.raises(WorkbenchError) as caught:
        checked_rule(conn, rule, _RULES)
    assert caught.value.code == code


def test_no_trigger_asks_for_money() -> None:
    stages = {one.stage for one in benefit_words().triggers.values() if one.stage}
    assert stages == {"met", "opened"}
