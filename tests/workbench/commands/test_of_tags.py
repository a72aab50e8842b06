"""The tag library from the command line: the list, one card, the check-up, and an unknown name."""

from pathlib import Path

import pytest

import workbench.commands.of_tags  # noqa: F401  (adds its command)
from tests.workbench.commands.conftest import Run
from workbench.insight.tags.library import user_folder


def test_tags_lists_every_tag_with_its_record(run: Run, imported: Path) -> None:
    found = run("tags", "--json").json
    assert len(found["tags"]) > 100
    assert {"code", "label", "layer", "group_name", "rule", "mark", "status"} <= found["tags"][0].keys()
    assert found["faults"] == []


def test_one_tag_prints_its_rule_in_words_and_its_lineage(run: Run, imported: Path) -> None:
    found = run("tags", "关注客户", "--json").json
    assert found["code"] == "V.TIER.WATCH.M0"
    assert "连续未达标月数" in found["words"][0]["words"]
    assert "watch" in found["rests_on"]


def test_the_checkup_prints_eight_checks_of_each_tag(run: Run, imported: Path) -> None:
    found = run("tags", "--health", "--json").json
    assert {len(one["checks"]) for one in found["tags"]} == {8}
    assert sum(found["states"].values()) == len(found["tags"])
    assert all({"code", "when", "text", "customers"} <= one.keys() for one in found["contradictions"])


def test_an_unknown_tag_is_refused_with_the_nearest(run: Run, imported: Path) -> None:
    done = run("tags", "关注客")
    assert done.status == 2
    assert "关注客户" in done.err


@pytest.mark.parametrize("options", [(), ("关注客户",), ("--health",)])
def test_the_tables_are_printed_for_people_too(run: Run, imported: Path, options: tuple[str, ...]) -> None:
    assert "关注客户" in run("tags", *options).out


def test_a_fault_of_a_tag_file_is_named_with_file_and_line(run: Run, imported: Path) -> None:
    user_folder().mkdir(parents=True)
    (user_folder() / "mine.toml").write_text('[[tag]]\ncode = "V.TIER.WATCH.M0"\nlayer = 9\n', "utf-8")
    done = run("tags")
    assert "tags/mine.toml 第" in done.err


MINE = """[[tag]]
code = "V.MINE.LIST.M0"
name = "价值_我的_名单_当月"
label = "我的名单"
group = "20"
layer = 4
element = "人"
kind = "flag"
definition = "我的"
principle = "我的"
rule = "list('abc')"
"""


def test_a_tag_upon_a_list_is_a_fault_of_its_file_and_every_command_still_answers(
    run: Run, imported: Path
) -> None:
    user_folder().mkdir(parents=True)
    (user_folder() / "mine.toml").write_text(MINE, "utf-8")
    done = run("tags", "--json")
    assert [(f["file"], f["line"], f["code"]) for f in done.json["faults"]] == [
        ("tags/mine.toml", 11, "uses_list")
    ]
    assert "abc" in done.json["faults"][0]["message"]
    assert run("customers", "--where", "tier >= L4", "--json").status == 0


def test_a_tag_that_a_broken_file_tells_is_answered_with_the_place_of_the_fault(
    run: Run, imported: Path
) -> None:
    user_folder().mkdir(parents=True)
    (user_folder() / "mine.toml").write_text(MINE.replace("layer = 4", "layer = = 4"), "utf-8")
    body = run("tags", "V.MINE.LIST.M0", "--json")
    assert (body.status, body.json["error"]["code"]) == (2, "no_such_tag")
    assert "tags/mine.toml 第 6 行" in run("tags", "V.MINE.LIST.M0").err
