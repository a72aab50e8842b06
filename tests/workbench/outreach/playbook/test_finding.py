"""Scripts are found by words, by their scene in pinyin, and by what they are for."""

import pytest

from workbench.outreach.playbook.finding import Looking, matching, value_of
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.script import Script

HELD = library()


def scripts(looking: Looking) -> list[Script]:
    return matching(HELD.scripts.values(), HELD, looking)


@pytest.mark.parametrize("words", ["破冰", "pobing", "pb", "PB", " pobing  破冰 "])
def test_scene_is_found_by_its_name_and_its_pinyin(words: str) -> None:
    listed = {one.id for one in scripts(Looking(words))}
    assert {one.id for one in HELD.scripts.values() if one.scene == "ice"} <= listed


def test_every_word_has_to_be_there() -> None:
    assert scripts(Looking("拜年 生意"))
    assert all("拜年" in one.text and "生意" in one.text for one in scripts(Looking("拜年 生意")))
    assert scripts(Looking("拜年 没有这个词")) == []
    assert [one.id for one in scripts(Looking("g-104"))] == ["G-104"]


def test_what_is_for_all_fits_each_segment_and_what_is_for_another_does_not() -> None:
    for one in scripts(Looking(segment="elder")):
        assert not one.segment or "elder" in one.segment
    assert {one.id for one in scripts(Looking(style="D"))} > {
        one.id for one in scripts(Looking(style="D", book="disc"))
    }
    assert {one.whose for one in scripts(Looking(whose="own"))} == set()


def test_axis_of_a_place_narrows_to_it() -> None:
    place = {"style": "S", "scene": "loss"}
    listed = scripts(Looking(book="disc", of=place))
    assert listed
    assert all(value_of(one, "style") == "S" and one.scene == "loss" for one in listed)


def test_text_for_a_day_of_the_calendar_is_found_by_its_name() -> None:
    codes = {one.id for one in scripts(Looking("中秋"))}
    assert {one.id for one in HELD.scripts.values() if "festival.mid_autumn" in one.touches} <= codes
    assert scripts(Looking("植树节 G-101"))
