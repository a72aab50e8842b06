"""The record of a tag (domain 11.2): four parts or a draft, parameters filled in, entries read and written again."""

from dataclasses import replace
from typing import Any

import pytest

from tests.workbench.insight.tags.test_checks import TAG
from workbench.base.terms import Term, Vocabulary
from workbench.insight.tags.definition import (
    EntryReader,
    Tag,
    column_of,
    filled,
    fingerprint,
    params_of,
    written_again,
)
from workbench.insight.tags.sources import TagEntry

TIERS = (("L1", "大众"), ("L2", "潜力"))
READER = EntryReader(
    Vocabulary(
        [Term("tier", "资产层级", "enum", values=TIERS, ordered=True), Term("watch", "未达标月数", "count")]
    ),
    ("20", "90"),
    ("不良",),
)
ENTRY: dict[str, Any] = {
    "code": "V.TIER.WATCH.M0", "name": "价值_层级_关注_当月", "label": "关注客户", "group": "20", "layer": 2,
    "element": "人", "kind": "flag", "definition": "一", "principle": "二", "rule": "watch >= 1",
}  # fmt: skip


def read(origin: Any = "shipped", **changed: Any) -> tuple[Tag | None, list[str]]:
    body = {key: value for key, value in (ENTRY | changed).items() if value is not None}
    tag, faults = READER.read(TagEntry(body, "20.toml", 1, origin))
    return tag, [fault.code for fault in faults]


def made(**changed: Any) -> Tag:
    tag, faults = read(**changed)
    assert faults == []
    assert tag is not None
    return tag


def test_what_an_entry_leaves_open_has_a_usual_value() -> None:
    tag = made()
    assert (tag.missing, tag.valid_days, tag.sensitivity, tag.mark, tag.version) == (
        "unknown",
        35,
        "C2",
        "P",
        1,
    )
    assert (tag.use, tag.status, tag.by, tag.column) == (
        ("show", "filter"),
        "live",
        "rule",
        "v_tier_watch_m0",
    )


@pytest.mark.parametrize("part", ["definition", "principle"])
def test_a_tag_without_all_four_parts_stays_a_draft_whatever_its_status_says(part: str) -> None:
    assert made(**{part: " "}, status="live").status == "draft"
    assert made(**{part: None}, status="stopped").status == "stopped"
    assert made(status="stopped").live is False


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"label": None}, "missing_key"),
        ({"label": ""}, "missing_key"),
        ({"rulle": "watch >= 1"}, "unknown_key"),
        ({"layer": "2"}, "wrong_type"),
        ({"layer": True}, "wrong_type"),
        ({"layer": 1}, "out_of_range"),
        ({"layer": 5}, "out_of_range"),
        ({"valid_days": 3661}, "out_of_range"),
        ({"valid_days": 0}, "out_of_range"),
        ({"group": "21"}, "unknown_value"),
        ({"use": ["show", "sell"]}, "unknown_value"),
        ({"sensitivity": "C4"}, "unknown_value"),
        ({"code": "v.tier.watch.m0"}, "code_shape"),
        ({"code": "V.TIER.WATCH"}, "code_shape"),
        ({"name": "价值_层级_关注"}, "name_shape"),
        ({"name": "价值__关注_当月"}, "name_shape"),
        ({"label": "非关注客户"}, "negative_name"),
        ({"name": "价值_层级_不关注_当月"}, "negative_name"),
        ({"rule": None}, "no_rule"),
        ({"cases": [["L1", "watch >= 1"]], "kind": "enum", "values": {"L1": "大众"}}, "no_rule"),
        ({"by": "hand"}, "two_rules"),
        ({"values": {"a": "甲"}}, "two_rules"),
        ({"kind": "enum", "rule": None, "cases": [["L1"]]}, "wrong_type"),
        ({"kind": "enum", "rule": None, "cases": [["L1", "watch >= 1"]]}, "missing_key"),
        ({"kind": "enum", "values": {"a": "甲", "b": "甲"}}, "same_value"),
        ({"kind": "enum", "values": "watch"}, "unknown_value"),
        ({"kind": "enum", "rule": None, "values": "tier", "cases": [["L9", "watch >= 1"]]}, "unknown_value"),
    ],
)  # fmt: skip
def test_a_fault_of_an_entry_is_named(changed: dict[str, Any], fault: str) -> None:
    tag, faults = read(**changed)
    assert tag is None
    assert fault in faults


def test_a_name_that_only_looks_negative_is_allowed() -> None:
    assert made(label="不良历史").label == "不良历史"


def test_an_own_tag_need_not_have_a_name_of_four_parts() -> None:
    assert read("own", name="自建")[1] == []
    assert read("user", name="自建")[1] == ["name_shape"]


def test_an_enumeration_may_take_over_the_values_of_an_input() -> None:
    tag = made(kind="enum", rule="tier", values="tier", ordered=True)
    assert tag.values == TIERS
    assert [code for code, _label in tag.term().values] == ["L1", "L2"]


def test_a_tag_written_again_reads_as_itself() -> None:
    for tag in (made(), made(kind="enum", rule="tier", values={"L1": "大众"}, ask="几级?", unit="级")):
        again, faults = READER.read(TagEntry(written_again(tag), "20.toml", 1, "shipped"))
        assert faults == []
        assert again == tag


def test_the_fingerprint_differs_with_the_definition_and_not_with_the_place() -> None:
    assert fingerprint(TAG) == fingerprint(replace(TAG, file="30.toml", line=9))
    assert fingerprint(TAG) != fingerprint(replace(TAG, valid_days=36))


def test_the_meaning_is_the_rule_without_blanks() -> None:
    assert replace(TAG, rule="watch>=1").meaning() == replace(TAG, rule=" watch >= 1 ").meaning()
    assert replace(TAG, rule="watch >= 2").meaning() != TAG.meaning()


def test_parameters_are_filled_in_as_literals_of_the_language() -> None:
    values = {"a.x": 0.5, "a.n": 3, "a.on": True, "a.words": ["教师", "医'生"], "a.text": "甲"}
    assert params_of("x > {a.x} and y in {a.words} and {b}") == ("a.x", "a.words", "b")
    assert (
        filled("{a.x} {a.n} {a.on} {a.words} {a.text}", values.__getitem__)
        == "0.5 3 true ('教师', '医生') '甲'"
    )
    with pytest.raises(KeyError):
        filled("{no.such}", values.__getitem__)


def test_the_column_of_a_code_is_a_name_of_the_language() -> None:
    assert column_of("V.TIER.WATCH.M0") == "v_tier_watch_m0"
