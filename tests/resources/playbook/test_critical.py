"""七类临界客户 (domain 4.8): every class has what is done and not done, and at least two texts to say."""

import re
from collections import Counter

import pytest

from workbench.insight.towers.critical_class import CRITICAL
from workbench.outreach.playbook.library import library
from workbench.rules.parameters import Rules

LIBRARY = library()
BOOK = [one for one in LIBRARY.scripts.values() if one.library == "critical"]
SAID = [one for one in BOOK if one.to == "customer"]
SCENES = {
    "C1": "raise",
    "C2": "keep",
    "C3": "mature",
    "C4": "steady",
    "C5": "sleep",
    "C6": "activate",
    "C7": "suit",
}


def test_every_class_has_one_strategy_with_its_four_parts() -> None:
    strategies = [one for one in BOOK if one.to == "manager"]
    assert [one.of["class"] for one in strategies] == list(CRITICAL) == list(LIBRARY.axes["class"])
    for one in strategies:
        assert one.scene == "steps"
        assert [part for part in ("认:", "钟:", "做:", "不做:") if part not in one.text] == []


def test_every_class_has_two_texts_in_its_scene_and_one_for_everybody() -> None:
    counts = Counter(one.of["class"] for one in SAID)
    assert set(counts) == set(CRITICAL)
    assert min(counts.values()) >= 2
    assert all(one.scene == SCENES[one.of["class"]] for one in SAID)
    plain = {one.of["class"] for one in SAID if not (one.segment or one.style or one.tower or one.conditions)}
    assert plain == set(CRITICAL)


def test_the_scene_is_the_one_that_the_class_calls_for() -> None:
    """Near churn is told by the orange light."""
    for code, scene in SCENES.items():
        occasion = LIBRARY.occasion(kind="orange" if code == "C4" else code)
        assert occasion is not None
        assert occasion.scenes[0] == scene
        assert occasion.of["class"] == code


@pytest.mark.parametrize("code", CRITICAL)
def test_the_weeks_queue_says_of_every_class_what_to_do_and_what_not(code: str) -> None:
    rules = Rules.load()
    kinds = ("test", "senior", "id", "loss", "exceeded") if code == "C7" else (code,)
    assert all(rules.text(f"{kind}.do") for kind in kinds)
    assert rules.text(f"{code}.dont")


def test_a_level_that_may_fall_is_no_threat() -> None:
    for one in SAID:
        if one.of["class"] == "C2":
            assert not re.search(r"没了|取消|失去|损失|可惜|享受不到|再不", one.text), one.id


def test_maturity_and_suitability_sell_nothing() -> None:
    for one in SAID:
        if one.of["class"] in ("C3", "C5", "C7"):
            assert one.kind == "service"
            assert one.regime == ""
            assert not re.search(r"理财|基金|保险|推荐|收益", one.text), one.id
