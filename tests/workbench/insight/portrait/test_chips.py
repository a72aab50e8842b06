"""The chips of a portrait: at most a dozen, each changes what one does, the most binding first, the same on every face."""

from dataclasses import replace
from importlib.resources import files
from typing import Any

import tomli as tomllib
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.insight.portrait.test_portrait import EMPTY, tag
from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.portrait.chips import _MADE, ChipSource, chip_rules, head_chips
from workbench.insight.tags.explain import TagOnCustomer
from workbench.rules.parameters import Rules
from workbench.sheets.portrait_sheet import portrait_content

RULES = Rules.load()
ORDER = [rule.of for rule in chip_rules()]
SHIPPED: dict[str, dict[str, Any]] = {
    one["code"]: one
    for file in (files("resources") / "tags").iterdir()
    if file.name.endswith(".toml")
    for one in tomllib.loads(file.read_text("utf-8"))["tag"]
}


def held(code: str, *inputs: str) -> TagOnCustomer:
    """A tag that holds, with a value that changes something."""
    rule = next((one for one in chip_rules() if one.of == code), None)
    values = SHIPPED[code].get("values", {}) if code in SHIPPED else {}
    value = next((one for one in values if rule and one not in rule.never), 1)
    return replace(
        tag(code, *inputs), state="hit", column=code.lower(), label=code, kind=SHIPPED[code]["kind"], observed=False,
        value=rule.only[0] if rule and rule.only else value, shown=code, reason="因为如此。", group_name="组", missing=(),
    )  # fmt: skip


def shown(*codes: str, risk: CustomerRisk | None = None) -> list[str]:
    return [chip.of for chip in head_chips(ChipSource([held(one) for one in codes], risk), RULES)]


def test_every_entry_is_a_shown_tag_or_made_and_hides_only_what_is_less_binding() -> None:
    assert len(set(ORDER)) == len(ORDER)
    for rule in chip_rules():
        assert rule.does
        assert rule.of in _MADE or "show" in SHIPPED[rule.of].get("use", ["show"]), rule.of
        assert set(rule.only) | set(rule.never) <= set(SHIPPED.get(rule.of, {}).get("values", {}))
        for other in rule.over:
            assert other in SHIPPED
            assert other not in ORDER or ORDER.index(other) > ORDER.index(rule.of), (rule.of, other)


@law(examples=200)
@given(st.sets(st.sampled_from([one for one in ORDER if one in SHIPPED])), st.data())
def test_one_more_tag_never_takes_a_more_binding_one_away(codes: set[str], data: st.DataObject) -> None:
    more = data.draw(st.sampled_from([one for one in ORDER if one in SHIPPED]))
    before, after = shown(*codes), shown(*codes, more)
    assert len(after) <= RULES.whole("chips.most")
    assert after == sorted(after, key=ORDER.index)
    lost = set(before) - set(after)
    assert all(ORDER.index(more) < ORDER.index(one) for one in lost)


def test_what_the_light_says_already_and_what_sells_while_he_leaves_is_left_out() -> None:
    assert shown("R.CHURN.LIT.M0", "S.CONTACT.WEEK.D7", "P.TIME.HOLD.M0") == [], "they change nothing"
    assert shown("S.IDLE.SWEEP.M0") == ["S.IDLE.SWEEP.M0"]
    assert shown("R.CHURN.CRITICAL.M0", "S.IDLE.SWEEP.M0", "S.UPGRADE.READY.M0") == ["R.CHURN.CRITICAL.M0"]
    assert shown("C.CONTACT.OVERDUE.M0", "C.FATIGUE.CONTACT.D30") == ["C.FATIGUE.CONTACT.D30"]


def test_a_value_that_changes_nothing_and_one_that_cannot_be_told_are_left_out() -> None:
    segment = held("G.SEG.MAIN.M0")
    for other in (replace(segment, value="none"), replace(segment, state="unknown", value=None)):
        assert head_chips(ChipSource([other]), RULES) == ()
    assert [one.words for one in head_chips(ChipSource([replace(segment, shown="老年")]), RULES)] == [
        "老年客群"
    ]


def test_screen_paper_and_programs_show_the_same_but_for_the_observed_style() -> None:
    risk = CustomerRisk(1, "0001", "王芳", 88.0, "red", 1, 1, "L6", (), (), (), "")
    tags = (held("G.STYLE.SPEAK.D0", "style"), held("R.COMPLAINT.OPEN.M0"), held("S.JOURNEY.STAGE.M0"))
    person = replace(EMPTY, tags=tags, risk=risk, tier_name="钻石", tower="塔尖")
    person = replace(person, chips=head_chips(person.head, RULES))
    words = [one.words for one in person.chips]
    assert words == [
        "风险 88 · 第 1 名", "钻石 · 塔尖", "R.COMPLAINT.OPEN.M0", "S.JOURNEY.STAGE.M0", "G.STYLE.SPEAK.D0",
    ]  # fmt: skip
    assert [one.alarm for one in person.chips] == [True, False, True, False, False]
    assert [one["words"] for one in person.as_json()["chips"]] == words[:-1]
    paper = portrait_content(person, {}, printed_by="", printed_at="2026-11-22", number="1")
    assert paper["chips"] == words[1:-1], "the light stands in its own box"
