"""The methods of a week as data: every text can be filled, every need and list is one the program knows (domain 5)."""

import re

import pytest

from workbench.base.i18n import use_language
from workbench.outreach.codes import codes, ticks
from workbench.outreach.methods import Method, catalogue
from workbench.rules.parameters import Rules

RULES = Rules.load()
ALL = catalogue()
ROWS = (
    *ALL.methods,
    *ALL.resources,
    *ALL.general_resources,
    *ALL.landings,
    *ALL.general_landings,
)
FACTS = {
    "n": 3, "value": "30.0万", "amount": "还差2.3万", "columns": "到期日", "looked": "1,234", "hits": "3",
    "aum": "60.0万", "visits": 2, "total": "1,234", "target": 2, "certainty": "85%",
    "reason": "到期", "certain_at": "70%",
}  # fmt: skip


@pytest.mark.parametrize("method", ROWS, ids=lambda method: method.kind)
def test_every_text_is_filled_by_the_facts_there_are_in_both_languages(method: Method) -> None:
    for language in ("zh", "en"):
        use_language(language)
        for part in {part.removesuffix("_old") for part in method.texts}:
            for old in (False, True):
                said = method.say(part, FACTS, old=old)
                assert said
                assert not re.search(r"[{}]", said)


@pytest.mark.parametrize("method", ROWS, ids=lambda method: method.kind)
def test_by_old_data_no_text_runs_against_a_clock(method: Method) -> None:
    use_language("zh")
    for part in ("action", "action_visit", "done_when"):
        said = method.say(part, FACTS, old=True)
        assert not re.search(r"\d+ ?小时内", said), said
    assert not re.search(r"\d+ ?小时", method.title(old=True))


def test_a_text_without_an_old_form_is_the_same_by_old_data() -> None:
    method = Method("x", "名", {"action": "甲{n}", "action_old": "乙{n}", "script": "丙"})
    assert [method.say("action", {"n": 1}, old=old) for old in (False, True)] == ["甲1", "乙1"]
    assert [method.say("script", {}, old=old) for old in (False, True)] == ["丙", "丙"]
    assert method.say("resource", {}) == ""
    assert [method.title(old=old) for old in (False, True)] == ["名", "名"]


def test_every_need_is_a_rule_or_a_signal_and_every_rate_is_told() -> None:
    for method in ROWS:
        for key, rule in method.needs.items():
            assert rule in {f"S{n}" for n in range(1, 8)} if key == "signal" else RULES.number(rule) >= 0
    for method in ALL.methods:
        assert 0 <= RULES.number(f"plan.rate.{method.kind}") <= 1
        for kind in method.leads:
            assert 0 <= RULES.number(f"plan.certainty.{kind}") <= 1
            assert kind in RULES.words("plan.priority")


def test_a_lead_feeds_one_method_and_has_a_landing() -> None:
    fed = [kind for method in ALL.methods for kind in method.leads]
    assert len(fed) == len(set(fed))
    landed = {kind for method in ALL.landings for kind in method.leads}
    assert set(fed) <= landed
    assert all(len(method.milestones) == 3 for method in (*ALL.landings, *ALL.general_landings))


def test_rows_that_nobody_fills_can_say_whom_they_are_for_and_one_landing_needs_nobody() -> None:
    assert all(method.texts["whom"] for method in (*ALL.methods, *ALL.resources))
    for old, empty in ((True, False), (False, False), (False, True)):
        assert any((m.when_old, m.when_empty) == (old, empty) for m in ALL.general_landings)


def test_what_is_due_is_due_on_a_workday_and_its_share_can_be_met() -> None:
    for method in ROWS:
        assert 1 <= method.due <= 5
        assert 0 < method.share <= 1


def test_who_asks_for_money_or_people_says_what_if_not() -> None:
    for method in (*ALL.resources, *ALL.general_resources):
        assert method.texts["resource"]
        assert method.texts["fallback"]


def test_a_row_ends_done_half_or_missed_with_a_reason() -> None:
    use_language("zh")
    found = dict(ticks())
    assert list(found)[:2] == ["done", "half"]
    missed = {code for code, _name in codes("missed")}
    assert set(found) == {"done", "half", *(f"missed:{code}" for code in missed)}
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize("table", ["channels", "results", "missed"])
def test_codes_of_the_log_are_distinct_in_code_and_word(table: str) -> None:
    pairs = codes(table)
    assert len({code for code, _name in pairs}) == len({name for _code, name in pairs}) == len(pairs) > 2
