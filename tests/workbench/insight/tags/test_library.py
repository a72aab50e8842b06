"""A library edited by hand: every fault named with file and line, the last good version in force."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli as tomllib

from workbench.base.errors import WorkbenchError
from workbench.base.terms import Term
from workbench.insight.tags.library import Library
from workbench.insight.tags.own import tag_named
from workbench.rules.parameters import Rules

INPUTS = (
    Term("average", "资产月日均", "money"),
    Term("balance", "资产时点余额", "money"),
    Term("watch", "连续未达标月数", "count"),
    Term("occupation", "职业", "text"),
    Term("tier", "资产层级", "enum", values=(("L1", "大众"), ("L2", "潜力")), ordered=True),
    Term("out_hospital", "医疗类支出", "money", sensitivity="C3"),
    Term("risk", "流失风险分", "number", layer=3),
)
BASE = """
[[tag]]
code = "V.TIER.WATCH.M0"
name = "价值_层级_关注_当月"
label = "关注客户"
group = "20"
layer = 2
element = "人"
kind = "flag"
definition = "连续未达到本级门槛至少一个月"
principle = "连续未达标是降级的前奏"
rule = "watch >= 1"
use = ["show", "filter"]

[[tag]]
code = "V.AUM.BAND.M0"
name = "价值_资产_档位_当月"
label = "资产档位"
group = "20"
layer = 2
element = "物"
kind = "enum"
values = { low = "低档", high = "高档" }
ordered = true
definition = "资产月日均高低"
principle = "资产高低决定服务方式"
cases = [["high", "average >= 50万"], ["low", "average < 50万"]]

[[tag]]
code = "V.CARE.NEED.M0"
name = "价值_照看_需要_当月"
label = "需要照看"
group = "20"
layer = 3
element = "人"
kind = "flag"
definition = "高档而被关注"
principle = "资产高而连续未达标,流失代价大"
rule = "tag('关注客户') and v_aum_band_m0 = high"
"""


class Place:
    """Folders of one test; `edit` changes the shipped file as somebody with a text editor would."""

    def __init__(self, folder: Path) -> None:
        self.shipped = folder / "shipped"
        self.user = folder / "tags"
        self.kept = folder / "kept.json"
        self.shipped.mkdir()
        self.user.mkdir()
        self.file = self.shipped / "20_value.toml"
        self.file.write_text(BASE, "utf-8")

    def load(self, own: Mapping[str, Mapping[str, Any]] | None = None) -> Library:
        return Library.load(
            INPUTS, Rules.load(), (own or {}).items(), shipped=self.shipped, user=self.user, kept=self.kept
        )

    def edit(self, before: str, after: str) -> None:
        text = self.file.read_text("utf-8")
        assert before in text
        self.file.write_text(text.replace(before, after, 1), "utf-8")

    def line(self, words: str) -> int:
        lines = self.file.read_text("utf-8").split("\n")
        return next(n for n, line in enumerate(lines, start=1) if words in line)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_library_without_faults_is_in_force_layer_by_layer(place: Place) -> None:
    library = place.load()
    assert library.faults == ()
    assert [tag.code for tag in library] == ["V.TIER.WATCH.M0", "V.AUM.BAND.M0", "V.CARE.NEED.M0"]
    assert library["V.TIER.WATCH.M0"].column == "v_tier_watch_m0"
    assert library.find("需要照看") is library["V.CARE.NEED.M0"]
    assert library.vocabulary["v_aum_band_m0"].values == (("low", "低档"), ("high", "高档"))


def test_lineage_runs_down_to_the_fields_and_up_to_the_users(place: Place) -> None:
    library = place.load()
    assert {t.name for t in library.inputs("V.CARE.NEED.M0")} == {"v_tier_watch_m0", "v_aum_band_m0"}
    assert {t.name for t in library.rests_on("V.CARE.NEED.M0")} == {
        "v_tier_watch_m0", "v_aum_band_m0", "watch", "average",
    }  # fmt: skip
    assert [t.code for t in library.used_by("v_tier_watch_m0")] == ["V.CARE.NEED.M0"]
    assert library.lineage.above("watch") == ("v_tier_watch_m0", "v_care_need_m0")


Edit = tuple[str, str, str, str]
EDITS: dict[str, Edit] = {
    "a misspelt key": ("rulle", 'rule = "watch >= 1"', 'rulle = "watch >= 1"', "unknown_key"),
    "a missing key": ("", 'label = "关注客户"\n', "", "missing_key"),
    "a wrong type": ("layer", "layer = 2", 'layer = "二"', "wrong_type"),
    "a flag as a number": ("layer", "layer = 2", "layer = true", "wrong_type"),
    "an unknown kind": ("kind", 'kind = "flag"', 'kind = "bool"', "unknown_value"),
    "an unknown group": ("group", 'group = "20"', 'group = "21"', "unknown_value"),
    "a layer out of range": ("layer", "layer = 2", "layer = 7", "out_of_range"),
    "days out of range": ("valid_days", "layer = 2", "layer = 2\nvalid_days = 0", "out_of_range"),
    "a malformed code": ("code", 'code = "V.TIER.WATCH.M0"', 'code = "watch"', "code_shape"),
    "a malformed name": ("name", "价值_层级_关注_当月", "价值层级", "name_shape"),
    "a negative name": ("label", 'label = "关注客户"', 'label = "非稳定客户"', "negative_name"),
    "rule and cases": ("rule", "layer = 2", 'layer = 2\ncases = [["a", "watch >= 1"]]', "no_rule"),
    "an unknown word": ("rule", "watch >= 1", "wacht >= 1", "bad_expression"),
    "a rule cut short": ("rule", "watch >= 1", "watch >=", "bad_expression"),
    "an unknown parameter": ("rule", "watch >= 1", "watch >= {no.such}", "unknown_param"),
    "a higher layer": ("rule", "watch >= 1", "risk >= 60", "layer"),
    "a saved list": ("rule", "watch >= 1", "watch >= 1 and list('abc')", "uses_list"),
    "a saved list in a case": ("cases", "average >= 50万", "list('abc')", "uses_list"),
    "the own layer": ("rule", "watch >= 1", "v_aum_band_m0 = high", "layer"),
    "a secret shown": ("use", "watch >= 1", "out_hospital >= 1", "shows_sensitive"),
    "the label of a field": ("label", 'label = "关注客户"', 'label = "资产月日均"', "duplicate_label"),
    "the label of another tag": ("label", 'label = "关注客户"', 'label = "资产档位"', "duplicate_label"),
    "the name of another tag": ("name", "价值_层级_关注_当月", "价值_资产_档位_当月", "duplicate_name"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_nonsense_is_named_with_file_and_line_and_the_last_good_definition_stays(
    place: Place, edit: Edit
) -> None:
    key, before, after, code = edit
    good = place.load()
    place.edit(before, after)
    library = place.load()
    found = next(f for f in library.faults if f.code == code)
    assert found.file == "shipped/20_value.toml"
    wanted = f"{key} =" if key else "[[tag]]"
    assert found.line == place.line(wanted)
    assert found.message
    assert [t.code for t in library.live] == [t.code for t in good.live]
    assert library["V.TIER.WATCH.M0"].rule == "watch >= 1"
    assert library["V.TIER.WATCH.M0"].label == "关注客户"
    assert library.version == good.version


def test_a_file_that_is_no_toml_keeps_all_it_held(place: Place) -> None:
    good = place.load()
    place.edit('kind = "enum"', 'kind = "enum')
    library = place.load()
    fault = library.faults[0]
    assert (fault.code, fault.kept) == ("unreadable_file", "last")
    assert fault.line == place.line('kind = "enum')
    assert library.version == good.version


@pytest.mark.parametrize(
    "nonsense",
    ["9" * 5000, "[" * 3000 + "]" * 3000, "{ a" + ".a" * 3000 + " = 1 }"],
    ids=["number", "lists", "dotted key"],
)
def test_a_number_or_a_nesting_too_large_is_named_and_the_file_keeps_all_it_held(
    place: Place, nonsense: str
) -> None:
    good = place.load()
    place.edit('rule = "watch >= 1"', f"rule = {nonsense}")
    library = place.load()
    assert [(f.file, f.code, f.line, f.kept) for f in library.faults] == [
        ("shipped/20_value.toml", "unreadable_file", place.line("rule ="), "last")
    ]
    assert library.version == good.version


def test_without_an_earlier_version_the_shipped_definition_stays(place: Place) -> None:
    own = place.user / "mine.toml"
    own.write_text(
        BASE.split("[[tag]]")[1].join(["[[tag]]", ""]).replace("watch >= 1", "nonsense >= 1"), "utf-8"
    )
    library = place.load()
    assert [(f.code, f.file, f.kept) for f in library.faults] == [
        ("bad_expression", "tags/mine.toml", "shipped")
    ]
    assert library["V.TIER.WATCH.M0"].rule == "watch >= 1"
    assert library.replaced == {"V.TIER.WATCH.M0"}


def test_without_any_earlier_version_the_tag_and_all_that_rest_on_it_go(place: Place) -> None:
    place.edit("watch >= 1", "wacht >= 1")
    library = place.load()
    assert [t.code for t in library] == ["V.AUM.BAND.M0"]
    assert {(f.tag, f.kept) for f in library.faults} == {
        ("V.TIER.WATCH.M0", "none"), ("V.CARE.NEED.M0", "none"),
    }  # fmt: skip


def test_a_user_file_replaces_a_shipped_tag_and_adds_others(place: Place) -> None:
    entry = "[[tag]]" + BASE.split("[[tag]]")[1]
    mine = entry.replace("watch >= 1", "watch >= 2")
    more = entry.replace("V.TIER.WATCH.M0", "V.TIER.LONG.M0").replace("层级_关注", "层级_久关注")
    more = more.replace("关注客户", "久关注客户").replace("watch >= 1", "watch >= 6")
    (place.user / "mine.toml").write_text(mine + more, "utf-8")
    library = place.load()
    assert library.faults == ()
    assert library["V.TIER.WATCH.M0"].rule == "watch >= 2"
    assert library["V.TIER.WATCH.M0"].origin == "user"
    assert "V.TIER.LONG.M0" in {t.code for t in library}


def test_a_cycle_is_spelled_out_and_only_the_edit_is_taken_back(place: Place) -> None:
    good = place.load()
    place.edit("watch >= 1", "tag('需要照看')")
    library = place.load()
    fault = next(f for f in library.faults if f.code == "cycle")
    assert "V.TIER.WATCH.M0 → V.CARE.NEED.M0 → V.TIER.WATCH.M0" in fault.message
    assert fault.line == place.line("tag('需要照看')")
    assert [t.code for t in library.live] == [t.code for t in good.live]
    assert library.version == good.version


def test_two_tags_of_one_code_keep_the_first(place: Place) -> None:
    place.file.write_text(BASE + BASE.split("[[tag]]")[1].join(["[[tag]]", ""]), "utf-8")
    library = place.load()
    assert [f.code for f in library.faults] == ["duplicate_code"]
    assert len(library) == 3


def test_two_tags_of_one_rule_or_one_set_of_values_are_refused(place: Place) -> None:
    entry = "[[tag]]" + BASE.split("[[tag]]")[2]
    twin = (
        entry.replace("V.AUM.BAND.M0", "V.AUM.TWIN.M0")
        .replace("资产_档位", "资产_重档")
        .replace('label = "资产档位"', 'label = "重档"')
    )
    (place.user / "twin.toml").write_text(twin, "utf-8")
    library = place.load()
    assert {f.code for f in library.faults} == {"same_values", "same_rule"}
    assert {f.tag for f in library.faults} == {"V.AUM.TWIN.M0"}


def test_a_tag_without_its_concept_or_principle_stays_a_draft(place: Place) -> None:
    place.edit('principle = "资产高而连续未达标,流失代价大"\n', "")
    library = place.load()
    assert library.faults == ()
    assert library["V.CARE.NEED.M0"].status == "draft"
    assert "v_care_need_m0" not in {t.name for t in library.vocabulary}


def test_using_a_draft_is_a_fault(place: Place) -> None:
    place.edit('principle = "连续未达标是降级的前奏"\n', "")
    library = place.load()
    assert [(f.code, f.tag) for f in library.faults] == [("uses_inactive", "V.CARE.NEED.M0")]


DAMAGED: dict[str, Any] = {
    "body": 5, "file": 5, "line": "one", "origin": "nowhere",
}  # fmt: skip


@pytest.mark.parametrize("text", ["{", "[]", '{"tags": 5}', '{"tags": {"V.X.Y.M0": 5}}', "[" * 20_000])
def test_a_damaged_memory_of_the_last_good_library_counts_as_none(place: Place, text: str) -> None:
    place.load()
    place.kept.write_text(text, "utf-8")
    assert place.load().faults == ()
    assert "V.CARE.NEED.M0" in place.kept.read_text("utf-8")


@pytest.mark.parametrize(("key", "wrong"), DAMAGED.items(), ids=DAMAGED)
def test_a_memory_with_one_damaged_entry_keeps_nothing(place: Place, key: str, wrong: object) -> None:
    place.load()
    kept = json.loads(place.kept.read_text("utf-8"))
    kept["tags"]["V.TIER.WATCH.M0"][key] = wrong
    place.kept.write_text(json.dumps(kept), "utf-8")
    place.edit('rule = "watch >= 1"', 'rule = "wacht >= 1"')
    library = place.load()
    assert ("V.TIER.WATCH.M0", "none") in {(f.tag, f.kept) for f in library.faults}
    assert [t.code for t in library.live] == ["V.AUM.BAND.M0"]


def test_an_own_tag_that_no_longer_makes_sense_stands_aside(place: Place) -> None:
    body = {
        "code": "U.OWN.T1.M0", "name": "我的客户", "label": "我的客户", "group": "90", "layer": 2, "element": "人",
        "kind": "flag", "definition": "我的", "principle": "我的", "rule": "gone >= 1",
    }  # fmt: skip
    library = place.load({"U.OWN.T1.M0": body})
    assert [(f.tag, f.kept) for f in library.faults] == [("U.OWN.T1.M0", "none")]
    assert len(library) == 3


def test_a_tag_taken_out_or_renamed_while_others_need_it_stays_as_it_was(place: Place) -> None:
    good = place.load()
    place.edit('label = "关注客户"', 'label = "跟进客户"')
    renamed = place.load()
    assert [(f.code, f.tag, f.kept) for f in renamed.faults] == [("still_used", "V.TIER.WATCH.M0", "last")]
    assert renamed.faults[0].line == place.line('label = "跟进客户"')
    assert renamed.version == good.version
    first = "[[tag]]" + BASE.split("[[tag]]")[1]
    place.file.write_text(BASE.replace(first, ""), "utf-8")
    removed = place.load()
    assert [(f.code, f.tag, f.kept) for f in removed.faults] == [("still_used", "V.TIER.WATCH.M0", "last")]
    assert removed.version == good.version


def test_a_rule_must_give_what_the_tag_says_it_is(place: Place) -> None:
    place.edit('rule = "watch >= 1"', 'rule = "average"')
    fault = place.load().faults[0]
    assert (fault.code, fault.line) == ("wrong_kind", place.line('rule = "average"'))


def test_an_own_tag_does_not_suffer_when_a_shipped_one_is_edited_into_its_way(place: Place) -> None:
    body = {
        "code": "U.OWN.T1.M0", "name": "自建_跟进_规则_当月", "label": "跟进客户", "group": "90", "layer": 3,
        "element": "人", "kind": "flag", "definition": "我的", "principle": "我的", "rule": "tag('关注客户') and balance > 1",
    }  # fmt: skip
    own = {"U.OWN.T1.M0": body}
    assert place.load(own).faults == ()
    place.edit('label = "关注客户"', 'label = "跟进客户"')
    library = place.load(own)
    assert [(f.code, f.tag, f.kept) for f in library.faults] == [
        ("duplicate_label", "V.TIER.WATCH.M0", "last")
    ]
    assert len(library.live) == 4
    place.edit('label = "跟进客户"', 'label = "改了名"')
    library = place.load(own)
    assert {(f.code, f.tag, f.kept) for f in library.faults} == {("still_used", "V.TIER.WATCH.M0", "last")}
    assert len(library.live) == 4


MINE = """
[[tag]]
code = "{code}"
name = "价值_我的_{n}_当月"
label = "{label}"
group = "20"
layer = 2
element = "人"
kind = "flag"
definition = "我的"
principle = "我的"
rule = "{rule}"
"""
GOOD = MINE.format(code="V.MINE.GOOD.M0", n="好客", label="好客户", rule="average >= 5万")


@pytest.mark.parametrize(
    ("late", "fault"),
    [
        (
            MINE.format(code="V.MINE.LATE.M0", n="新客", label="好客户", rule="balance >= 9万"),
            "duplicate_label",
        ),
        (
            MINE.format(code="V.MINE.LATE.M0", n="好客", label="新客户", rule="balance >= 9万"),
            "duplicate_name",
        ),
        (MINE.format(code="V.MINE.LATE.M0", n="新客", label="新客户", rule="average >= 5万"), "same_rule"),
        (
            MINE.format(code="V.MINE.GOOD.M0", n="新客", label="新客户", rule="balance >= 9万"),
            "duplicate_code",
        ),
    ],
)
def test_the_newcomer_goes_whatever_its_file_is_called(place: Place, late: str, fault: str) -> None:
    (place.user / "m.toml").write_text(GOOD, "utf-8")
    good = place.load()
    (place.user / "a.toml").write_text(late, "utf-8")
    library = place.load()
    faults = library.faults
    assert [(f.file, f.code, f.kept) for f in faults] == [
        ("tags/a.toml", fault, "none" if faults[0].tag.endswith("LATE.M0") else "")
    ]
    assert "V.MINE.GOOD.M0" in faults[0].message
    assert "V.MINE.LATE.M0" not in faults[0].message
    assert (library.version, library["V.MINE.GOOD.M0"].rule) == (good.version, "average >= 5万")


def test_a_new_file_does_not_push_an_own_tag_aside(place: Place) -> None:
    own = {"U.OWN.T1.M0": tomllib.loads(GOOD.replace("V.MINE.GOOD.M0", "U.OWN.T1.M0"))["tag"][0]}
    good = place.load(own)
    (place.user / "a.toml").write_text(
        MINE.format(code="V.MINE.LATE.M0", n="新客", label="好客户", rule="watch > 3"), "utf-8"
    )
    library = place.load(own)
    assert [(f.tag, f.code) for f in library.faults] == [("V.MINE.LATE.M0", "duplicate_label")]
    assert library.version == good.version


def test_a_harmless_edit_stays_when_a_newcomer_takes_the_name(place: Place) -> None:
    (place.user / "m.toml").write_text(GOOD, "utf-8")
    place.load()
    (place.user / "m.toml").write_text(GOOD.replace("5万", "6万"), "utf-8")
    late = MINE.format(code="V.MINE.LATE.M0", n="新客", label="好客户", rule="balance >= 9万")
    (place.user / "a.toml").write_text(late, "utf-8")
    library = place.load()
    assert [f.tag for f in library.faults] == ["V.MINE.LATE.M0"]
    assert library["V.MINE.GOOD.M0"].rule == "average >= 6万"


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('kind = "flag"', 'kind = = "flag"', "unreadable_file"),
        ("average >= 5万", "averag >= 5万", "bad_expression"),
        ("layer = 2", "layer = 9", "out_of_range"),
        ('label = "好客户"', 'label = "关注客户"', "duplicate_label"),
    ],
)
def test_a_tag_that_a_file_tells_in_vain_is_answered_with_the_fault_of_that_file(
    place: Place, before: str, after: str, code: str
) -> None:
    (place.user / "m.toml").write_text(GOOD.replace(before, after), "utf-8")
    library = place.load()
    with pytest.raises(WorkbenchError) as caught:
        tag_named(library, "v.mine.good.m0")
    assert caught.value.code == "no_such_tag"
    fault = next(f for f in library.faults if f.code == code)
    assert caught.value.hint == fault.sentence()
    assert "tags/m.toml 第" in caught.value.hint
    assert tag_named(library, "关注客户").code == "V.TIER.WATCH.M0"


def test_a_file_in_another_encoding_is_named_for_the_code_it_tells(place: Place) -> None:
    (place.user / "m.toml").write_bytes(GOOD.encode("gbk"))
    with pytest.raises(WorkbenchError) as caught:
        tag_named(place.load(), "V.MINE.GOOD.M0")
    assert caught.value.hint.startswith("tags/m.toml: ")
