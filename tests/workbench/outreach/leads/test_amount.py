"""One amount beside a reason, named for what it is; what cannot be told is not 0 (design 9)."""

from typing import Any

import pytest

from tests.workbench.outreach.made import lead
from workbench.outreach.leads.amount import named_amount
from workbench.outreach.leads.reasons import week_reason
from workbench.rules.parameters import Rules

RULES = Rules.load()


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("C1", {}, "还差2.3万"),
        ("C2", {"evidence": {"gap_fen": 120_000_00}}, "还差12.0万"),
        ("C2", {"evidence": {"margin_fen": 120_000_00}}, "只高12.0万"),
        ("C2", {"evidence": {"margin_fen": 120_000_00, "balance_fen": 1}}, "月日均高12.0万"),
        ("C3", {}, "到期2.3万"),
        ("matured", {}, "已到期2.3万"),
        ("red", {}, "比高点少2.3万"),
        ("yellow", {"aum_fen": 2_300_000}, "资产2.3万"),
        ("N1", {}, "两个月多2.3万"),
        ("birthday", {}, "资产2.3万"),
        ("journey", {}, "资产2.3万"),
        ("promise", {}, ""),
        ("birthday", {"value_fen": 0}, ""),
    ],
)
def test_an_amount_says_what_it_is_an_amount_of(kind: str, more: dict[str, Any], words: str) -> None:
    assert named_amount(lead(1, kind, 2.3, **more), RULES)[1] == words


def test_a_reason_is_named_and_runs_against_no_clock_by_old_data() -> None:
    told = lead(1, "C1", 2.3, words="截至2026-10-31:差一点。", source="critical")
    made = week_reason(told, RULES, as_of="2026-10-31")
    assert (made.source, made.kind, made.word, made.sentence, made.due) == (
        "critical", "C1", "临界提升", "差一点", "2026-11-19",
    )  # fmt: skip
    assert week_reason(told, RULES, old=True).due == ""
