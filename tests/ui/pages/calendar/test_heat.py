"""How full a day is can be told without colours: by lightness, in both themes, with words that can be read on it."""

from itertools import pairwise

import pytest

from ui.pages.calendar import heat
from ui.theme import THEMES


@pytest.mark.parametrize(
    ("load", "capacity", "step"),
    [
        (0, 240, 0), (0, 0, 0), (1, 240, 1), (59, 240, 1), (60, 240, 2), (179, 240, 3), (180, 240, 4), (240, 240, 4),
        (240.4, 240, 4), (241, 240, 5), (5, 0, 5),
    ],
)  # fmt: skip
def test_a_step_is_a_quarter_of_the_capacity_and_more_than_it_is_one_of_its_own(
    load: float, capacity: float, step: int
) -> None:
    assert heat.step_of(load, capacity) == step


@pytest.mark.parametrize("theme", THEMES)
def test_steps_differ_in_lightness_and_their_words_can_be_read(theme: str) -> None:
    c = THEMES[theme]
    grounds = [heat.ground_of(step, c) for step in range(heat.OVER + 1)]
    # printed grey, each step can be told from the one before
    for one, other in pairwise(grounds):
        assert heat.contrast(one, other) >= 1.1
    greys = [heat.contrast(ground, grounds[0]) for ground in grounds]
    assert greys == sorted(greys)
    for ground in grounds:
        assert heat.contrast(heat.ink_on(ground, c), ground) >= 4.5
    assert len(heat.step_words()) == len(grounds)
