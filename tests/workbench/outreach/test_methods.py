"""The methods as shipped: every lead is taken, every text can be filled, and old data have words without a clock (domain 5)."""

from string import Formatter

import pytest

from workbench.outreach.methods import Method, catalogue, codes, ticks
from workbench.rules.parameters import Rules

RULES = Rules.load()
FACTS = {
    "n": 3, "value": "30.0万", "aum": "60.0万", "visits": 1, "total": "40", "target": 2, "certainty": "85%",
    "reason": "有钱到期", "certain_at": "70%",
}  # fmt: skip
ALL = [
    method
    for name in ("methods", "general", "resources", "general_resources", "landings", "general_landings")
    for method in getattr(catalogue(), name)
]


def test_every_kind_of_lead_of_the_rules_has_one_method() -> None:
    taken = [kind for method in catalogue().methods for kind in method.leads]
    assert sorted(taken) == sorted(RULES.words("plan.priority"))


@pytest.mark.parametrize("method", ALL, ids=lambda method: method.kind)
def test_every_text_is_filled_with_facts_that_a_draft_has(method: Method) -> None:
    for part, text in method.texts.items():
        named = {name for _text, name, _form, _turn in Formatter().parse(text) if name}
        assert named <= FACTS.keys(), part
    for old in (False, True):
        for part in ("basis", "action", "script", "done_when", "resource", "fallback"):
            assert "{" not in method.say(part, FACTS, old=old)
        assert method.title(old=old)


def test_a_text_without_a_clock_stands_in_by_old_data_and_else_the_same_one() -> None:
    red = next(method for method in catalogue().methods if method.kind == "keep_red")
    assert (red.title(), red.title(old=True)) == ("红灯 24 小时回访", "红灯回访")
    assert red.say("script", FACTS, old=True) == red.say("script", FACTS)
    assert red.say("resource", FACTS) == ""


def test_what_a_resource_needs_is_a_threshold_of_the_rules() -> None:
    for method in catalogue().resources:
        for need, key in method.needs.items():
            assert need == "signal" or RULES.number(key) > 0, method.kind


def test_general_rows_are_told_apart_from_those_that_leads_fill() -> None:
    kinds = catalogue().general_kinds()
    assert not kinds & {method.kind for method in catalogue().methods}
    assert {method.kind for method in catalogue().general} <= kinds
    assert not kinds & {method.kind for method in catalogue().general_landings if method.when_old}


def test_a_row_ends_done_half_or_missed_for_a_reason() -> None:
    ends = [code for code, _name in ticks()]
    assert ends[:2] == ["done", "half"]
    assert ends[2:] == [f"missed:{code}" for code, _name in codes("missed")]
    assert all(name for _code, name in ticks())
