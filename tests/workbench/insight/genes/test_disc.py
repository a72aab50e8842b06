"""The manager's questionnaire: scores, indices, ties, patterns, validity (domain 2.2 a, golden test 8)."""

import pytest

from workbench.base.errors import WorkbenchError
from workbench.insight.genes.data import read
from workbench.insight.genes.disc import (
    BlockAnswer,
    animals_note,
    blocks,
    doubts,
    letter_name,
    score,
    scored,
    screen_order,
)
from workbench.insight.measures.cues import LETTERS
from workbench.rules.parameters import Rules

RULES = Rules.load()


def of(most: tuple[int, ...], least: tuple[int, ...]) -> dict[str, object]:
    found = scored(dict(zip(LETTERS, most, strict=True)), dict(zip(LETTERS, least, strict=True)), RULES)
    return {
        "difference": tuple(found.difference.values()),
        "index": tuple(round(value, 1) for value in found.index.values()),
        "primary": found.primary,
        "secondary": found.secondary,
        "balanced": found.balanced,
        "pattern": found.pattern,
    }


def test_golden_8_scores_and_indices() -> None:
    assert of((10, 6, 5, 3), (2, 5, 7, 10)) == {
        "difference": (8, 1, -2, -7), "index": (66.7, 52.1, 45.8, 35.4), "primary": ("D",), "secondary": "",
        "balanced": False, "pattern": "D",
    }  # fmt: skip


def test_the_next_within_six_points_is_secondary() -> None:
    found = of((10, 7, 4, 3), (2, 5, 7, 10))
    assert (found["difference"], found["secondary"], found["pattern"]) == ((8, 2, -3, -7), "I", "DI")


def test_styles_within_six_points_are_balanced() -> None:
    found = of((7, 6, 6, 5), (4, 6, 6, 8))
    assert found["balanced"]
    assert found["pattern"] == "balanced"
    assert not of((8, 6, 5, 5), (4, 6, 6, 8))["balanced"]


def test_a_tie_goes_to_more_most_choices() -> None:
    # D and I both at +4: D chosen 9 times as most, I 8 times
    found = of((9, 8, 4, 3), (5, 4, 8, 7))
    assert (found["primary"], found["secondary"], found["pattern"]) == (("D",), "I", "DI")


def test_a_full_tie_shows_both() -> None:
    found = of((8, 4, 4, 8), (4, 8, 8, 4))
    assert (found["primary"], found["pattern"]) == (("D", "C"), "DC")


def test_opposites_have_one_pattern_in_either_order() -> None:
    assert of((8, 3, 10, 3), (4, 8, 2, 10))["pattern"] == "DS"
    assert of((3, 8, 3, 10), (8, 4, 10, 2))["pattern"] == "IC"


def test_there_are_24_blocks_of_four_and_15_patterns_that_every_result_finds() -> None:
    assert len(blocks()) == 24
    assert {len(block) for block in blocks()} == {4}
    assert len({text for block in blocks() for text in block}) == 96
    assert len(read("questionnaire")["patterns"]) == 15
    assert read("questionnaire")["patterns"].keys() == read("questionnaire")["pattern_notes"].keys()


def answers(most: str = "D", least: str = "C", *, place: int | None = None) -> list[BlockAnswer]:
    return [BlockAnswer(most, least, n % 4 if place is None else place) for n in range(24)]


def test_the_same_statement_cannot_be_both() -> None:
    given = answers()
    given[6] = BlockAnswer("I", "I", 0)
    with pytest.raises(WorkbenchError) as error:
        score(given, RULES)
    assert error.value.code == "disc_same_statement"
    assert "7" in error.value.message


def test_all_24_blocks_must_be_answered() -> None:
    with pytest.raises(WorkbenchError) as error:
        score(answers()[:20], RULES)
    assert error.value.code == "disc_incomplete"
    assert "4" in error.value.message


def test_counts_of_most_and_least_add_up_to_24() -> None:
    found = score(answers(), RULES)
    assert sum(found.most.values()) == sum(found.least.values()) == 24
    assert found.difference == {"D": 24, "I": 0, "S": 0, "C": -24}
    assert (found.index["D"], found.index["C"]) == (100.0, 0.0)


def test_haste_and_always_the_same_place_are_doubted() -> None:
    assert doubts(answers(), 300, RULES) == ()
    assert len(doubts(answers(), 119, RULES)) == 1
    assert len(doubts(answers(), 120, RULES)) == 0
    lazy = answers(place=2)[:18] + answers(place=1)[:6]
    assert "18" in doubts(lazy, 300, RULES)[0]
    assert doubts(answers(place=2)[:17] + answers(place=1)[:7], 300, RULES) == ()


def test_the_same_seed_gives_the_same_screen_and_every_letter_once() -> None:
    assert screen_order(7) == screen_order(7)
    assert screen_order(7) != screen_order(8)
    assert all(sorted(block) == sorted(LETTERS) for block in screen_order(7))


def test_the_animals_are_the_standard_ones_and_the_note_tells_that_some_course_papers_exchange_two() -> None:
    names = [letter_name(letter) for letter in LETTERS]
    assert names == ["控制-老虎", "影响-孔雀", "稳健-考拉", "谨慎-猫头鹰"]
    assert "讲义" in animals_note()
    assert "对调" in animals_note()
    assert all(name in animals_note() for name in names)
