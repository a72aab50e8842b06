"""How well a customer is served by his tower's way (domain 1): parts, their next steps, and what has no record."""

from typing import Any

import pytest

from workbench.insight.towers.coverage import WAYS, Coverage, coverage
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()


def served(**values: Any) -> Coverage:
    made = coverage(Values(values), RULES)
    assert made is not None
    return made


@pytest.mark.parametrize("tower", [None, "unknown"])
def test_without_a_tower_there_is_no_way_to_judge_by(tower: str | None) -> None:
    assert coverage(Values({"tower": tower}), RULES) is None


@pytest.mark.parametrize("tower", list(WAYS))
def test_without_any_record_nothing_is_covered_and_nothing_is_missed(tower: str) -> None:
    made = served(tower=tower)
    assert (made.score, made.known, made.weakest) == (None, 0, None)
    assert [part.points for part in made.parts] == [None] * len(WAYS[tower][2])
    assert {part.next for part in made.parts} == {"还没有记录,做过就记一笔"}
    assert made.reason.endswith("还没有任何记录,无法判断")


def test_the_weakest_part_is_named_with_its_next_step() -> None:
    made = served(
        tower="waist", five_g=5, weakest="group", cover_gift=2, cover_group=0, cover_guide=1, cover_growth=2,
    )  # fmt: skip
    assert (made.score, made.most, made.known) == (5, 10, 4)
    parts = {part.code: part for part in made.parts}
    assert (parts["gift"].points, parts["gift"].next) == (2, "")
    assert parts["group"].next == "邀请进群,或在群里回应一次"
    assert parts["guide"].next == "做一次配置检视,看还缺哪一类产品"
    assert (parts["game"].points, parts["game"].next) == (None, "还没有记录,做过就记一笔")
    assert "得5分(满分10,5项中4项有据可查),得分最低是社群" in made.reason


def test_all_that_has_a_record_done_is_said_without_a_weakest_part() -> None:
    made = served(tower="base", fast=2, weakest="full", cover_respond=1, cover_wake=1)
    assert made.reason.endswith("有据可查的2项都做到了")
    body = made.as_json()
    assert (body["score"], body["most"], body["known"]) == (2, 3, 2)
    assert body["parts"][2] == {
        "code": "retain", "name": "稳健留存", "points": None, "most": 1, "next": "还没有记录,做过就记一笔",
    }  # fmt: skip


def test_the_ways_are_weighed_as_the_outline_says() -> None:
    most = {tower: (highest, list(points.values())) for tower, (_name, highest, points) in WAYS.items()}
    assert most == {"top": (3, [1, 1, 1, 1]), "waist": (10, [2, 2, 2, 2, 2]), "base": (3, [1, 1, 1])}


def test_every_part_of_every_way_has_a_name_and_a_next_step() -> None:
    for tower, (measure, _most, points) in WAYS.items():
        parts = {f"cover_{code}": 0 for code in points}
        for part in served(tower=tower, **{measure: 0}, **parts).parts:
            assert part.name
            assert part.next
