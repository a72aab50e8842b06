"""The class of a need (domain 15): every class hit, not hit, and unknown; doing never looks like talk."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from workbench.outreach.needs.classing import CLASSES, classed
from workbench.outreach.needs.need import CustomerNeed, NeedEvidence
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = "2026-11-23"
PLAIN = CustomerNeed(1, 1, "孩子留学", "2026-11-01")
SPOKEN = (NeedEvidence("said", "2026-11-01"),)
DID = (NeedEvidence("did", "2026-11-10", "换汇 3 万"),)
AGAINST = (NeedEvidence("against", "2026-11-12", "没有孩子在读"),)


def of(evidence: tuple[NeedEvidence, ...] = SPOKEN, day: str = DAY, **known: Any) -> tuple[str, str]:
    """Class and open question of a need of which this is known."""
    made = classed(replace(PLAIN, evidence=evidence, **known), evidence, day, RULES)
    assert made.reason
    assert "{" not in made.reason
    return made.code, made.question


@pytest.mark.parametrize(
    ("known", "evidence", "class_"),
    [
        ({"consequence": "high", "deadline": "2026-12-01"}, SPOKEN, ("rigid", "")),
        ({"consequence": "high", "deadline": DAY}, SPOKEN, ("rigid", "")),
        ({"consequence": "high", "deadline": "2026-11-22"}, SPOKEN, ("unsure", "passed")),
        ({"consequence": "high"}, SPOKEN, ("unsure", "deadline")),
        ({"consequence": "low", "deadline": "2026-12-01"}, SPOKEN, ("unsure", "elastic")),
        ({}, DID, ("hidden", "")),
        ({}, (*DID, *SPOKEN), ("unsure", "consequence")),
        ({"elastic": True}, SPOKEN, ("elastic", "")),
        ({"elastic": True}, (*DID, *SPOKEN), ("elastic", "")),
        ({"consequence": "low", "elastic": False}, SPOKEN, ("unsure", "act")),
        ({"follow_ups": ("2026-11-05", "2026-11-09")}, SPOKEN, ("pseudo", "")),
        ({"follow_ups": ("2026-11-05",)}, SPOKEN, ("unsure", "consequence")),
        ({"follow_ups": ("2026-11-01", "2026-11-24")}, SPOKEN, ("unsure", "consequence")),
        ({"follow_ups": ("2026-11-05", "2026-11-09"), "willing": "later"}, SPOKEN, ("unsure", "consequence")),
        ({"incentive": True}, SPOKEN, ("pseudo", "")),
        ({"incentive": True, "elastic": True}, (*DID, *SPOKEN), ("elastic", "")),
        ({}, (*SPOKEN, *AGAINST), ("pseudo", "")),
        ({}, (*SPOKEN, *AGAINST, *DID), ("unsure", "mixed")),
        ({"judged": False, "follow_ups": ("2026-11-05", "2026-11-09")}, SPOKEN, ("unsure", "judge")),
    ],
)  # fmt: skip
def test_each_class_by_its_rule(
    known: dict[str, Any], evidence: tuple[NeedEvidence, ...], class_: tuple[str, str]
) -> None:
    assert of(evidence, **known) == class_


def test_sixty_days_of_words_alone_are_a_false_need_and_asking_again_begins_anew() -> None:
    assert of(day="2026-12-30")[0] == "unsure"
    assert of(day="2026-12-31")[0] == "pseudo"
    again = (*SPOKEN, NeedEvidence("again", "2026-12-20"))
    assert of(again, day="2026-12-31")[0] == "unsure"
    # what was put off to a day is not waited for before it
    assert of(day="2026-12-31", deadline="2027-01-10")[0] == "unsure"
    assert of(day="2027-01-11", deadline="2027-01-10")[0] == "pseudo"


def test_the_reason_names_its_numbers() -> None:
    need = replace(PLAIN, follow_ups=("2026-11-05", "2026-11-09"))
    assert classed(need, SPOKEN, DAY, RULES).reason == "2026-11-01 说过,之后联系上 2 次,没有行动"
    rigid = replace(PLAIN, consequence="high", deadline="2026-12-01")
    assert classed(rigid, SPOKEN, DAY, RULES).reason == "不办后果大,2026-12-01 前要办,还有 8 天"


_DAYS = st.dates(min_value=dt.date(2026, 8, 1), max_value=dt.date(2027, 1, 31)).map(
    lambda day: day.isoformat()
)
_EVIDENCE = st.lists(
    st.builds(NeedEvidence, st.sampled_from(["said", "did", "paid", "again", "against"]), _DAYS), max_size=5
)
_MAYBE = st.sampled_from([None, True, False])
_NEEDS = st.builds(
    CustomerNeed, st.just(1), st.just(1), st.just("需求"), _DAYS, st.sampled_from([None, "high", "low"]),
    st.none() | _DAYS, st.just(""), st.sampled_from([None, "now", "later", "no"]), _MAYBE, _MAYBE,
    follow_ups=st.lists(_DAYS, max_size=4).map(tuple),
)  # fmt: skip


@law(examples=2000, few=60)
@given(_NEEDS, _EVIDENCE, _DAYS, st.sampled_from(["did", "paid"]), _DAYS)
def test_acting_never_moves_a_need_towards_a_false_one(
    need: CustomerNeed, evidence: list[NeedEvidence], day: str, kind: str, on: str
) -> None:
    before = classed(need, evidence, day, RULES).code
    after = classed(need, [*evidence, NeedEvidence(kind, on)], day, RULES).code
    assert before in CLASSES
    assert after != "pseudo" or before == "pseudo"
    if on <= day:
        assert after != "pseudo"


@law(examples=2000, few=60)
@given(_NEEDS, _EVIDENCE, _DAYS, _DAYS)
def test_a_grave_consequence_by_a_fixed_day_is_always_rigid(
    need: CustomerNeed, evidence: list[NeedEvidence], day: str, deadline: str
) -> None:
    rigid = replace(need, consequence="high", deadline=max(day, deadline))
    assert classed(rigid, evidence, day, RULES).code == "rigid"
