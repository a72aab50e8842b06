"""The ledger of rewards on paper: rule number, cap, who signs; masked; what is barred is nobody's to sign (domain 7, 17)."""

import pytest

from tests.workbench.sheets.reading import texts
from workbench.outreach.benefits.benefit import BenefitRule
from workbench.outreach.benefits.of_referrals import RewardLine
from workbench.outreach.referrals.task import ReferralTask
from workbench.rules.parameters import Rules
from workbench.sheets.content import Imprint
from workbench.sheets.reward_sheet import cap_words, rewards_pdf

IMPRINT = Imprint("周敏", "2026-11-16 09:00:00", None)
SEAT = BenefitRule("referral_seat", "转介致谢礼遇", "席位一个", "referral", cap=2)


def task(number: int) -> ReferralTask:
    return ReferralTask(number, f"ZJ-{number}", "2026-11-02", number, f"90000{number:07d}", "林建国")


def test_the_ledger_names_rule_cap_and_who_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    lines = [
        RewardLine(task(1), SEAT, "issued", "2026-11-10", 8000, had=1),
        RewardLine(task(2), SEAT, "barred", had=0, why="循环转介"),
    ]
    printed = rewards_pdf(lines, Rules.load(), IMPRINT)
    (page,) = texts(printed)
    assert printed.rows == 2
    assert "建国" not in page
    for words in ("ZJ-1", "referral_seat", "1/2", "80.00", "2026-11-10", "不发", "签收", "复核", "主管"):
        assert words in page
    assert "已发1份，80.00元" in page
    assert cap_words(RewardLine(task(1), BenefitRule("a", "a", "a", "referral"), "earned")) == "0/不限"
    assert "还没有可以致谢的转介" in texts(rewards_pdf([], Rules.load(), IMPRINT))[0]
