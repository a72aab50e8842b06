"""The DISC book: every letter in every scene in at least two ways, each with what not to do (domain 2.2)."""

import re
from collections import Counter
from itertools import product

from workbench.insight.genes.data import NEUTRAL
from workbench.insight.measures.cues import LETTERS
from workbench.outreach.playbook.library import library

SCENES = ("invite", "open", "object", "close", "loss", "complaint", "referral", "festival")
SCRIPTS = tuple(one for one in library().scripts.values() if one.library == "disc")


def test_every_letter_has_every_scene_in_two_ways_at_least() -> None:
    ways = Counter((one.style[0] if one.style else NEUTRAL, one.scene) for one in SCRIPTS)
    assert set(ways) == set(product((*LETTERS, NEUTRAL), SCENES))
    assert min(ways.values()) >= 2


def test_every_block_tells_what_not_to_do_and_names_no_product() -> None:
    assert all(len(one.never) == 2 for one in SCRIPTS)
    assert all(not one.of_product and "{product}" not in one.text for one in SCRIPTS)


def test_no_block_invents_a_figure_or_a_day() -> None:
    """They are shown for everybody of a style: an amount or a weekday in them would be somebody's else."""
    assert [one.id for one in SCRIPTS if re.search(r"\d|周[一二三四五六日]|星期", one.text)] == []
