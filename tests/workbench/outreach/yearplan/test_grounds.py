"""Why a touch is not made, in words (domain 6.5, 6.8)."""

import pytest

from workbench.outreach.levelling.placement import GROUNDS
from workbench.outreach.yearplan.grounds import ground_words
from workbench.people.consent_rule import CODES
from workbench.rules.parameters import Rules

RULES = Rules.load()


def name_of(code: str) -> str:
    return {"birthday": "生日"}[code]


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("", ""),
        ("week:birthday", "并入同一周的“生日”,一周只主动联系一次"),
        ("week", "同一周已经联系过或另有安排,一周只主动联系一次"),
        ("chosen:planned:", "客户经理选择不做"),
        ("complaint:2027-03-01", "投诉中,3月1日起可以"),
        ("opted_out", "拒绝营销"),
    ],
)
def test_a_ground_is_told_with_what_it_is_about(why: str, words: str) -> None:
    assert ground_words(why, RULES, name_of) == words


def test_every_ground_of_levelling_and_consent_has_words() -> None:
    assert [code for code in (*GROUNDS[1:], *CODES) if not ground_words(code, RULES, name_of)] == []
