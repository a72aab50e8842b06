"""The library holds what the outlines name: enough of each book, no two alike, none too long, none over a red line."""

from collections import Counter

import pytest

from workbench.insight.genes.data import segments
from workbench.insight.measures.cues import LETTERS
from workbench.insight.shelf.families import REGIMES
from workbench.insight.values.values import _NAMES
from workbench.outreach.codes import codes
from workbench.outreach.playbook.library import gaps, library
from workbench.rules.red_lines import red_lines_in

SCRIPTS = tuple(library().scripts.values())
#: what a text may leave open (workbench/outreach/playbook/filling.py)
GAPS = {"hello", "manager", "branch", "name", "day", "product", "terms"}
#: texts that share more of their pairs of signs than this are the same text twice
ALIKE = 0.55
#: words that name something on sale: whoever says them to sell asks for suitability first
ON_SALE = ("理财", "基金", "保险", "年金", "结构性存款", "贵金属", "黄金积存", "净值型", "信托")


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring signs of a text, without punctuation."""
    plain = "".join(sign for sign in text if sign.isalnum())
    return {plain[place : place + 2] for place in range(len(plain) - 1)}


@pytest.mark.parametrize("code", sorted(library().books))
def test_book_holds_what_its_name_promises(code: str) -> None:
    book = library().books[code]
    assert len({one.base for one in SCRIPTS if one.library == code}) >= book.least


def test_no_two_scripts_are_alike() -> None:
    cut = sorted(((pairs(one.text), one.id) for one in SCRIPTS), key=lambda one: len(one[0]))
    alike = []
    for place, (mine, first) in enumerate(cut):
        for theirs, second in cut[place + 1 :]:
            if len(mine) <= ALIKE * len(theirs):
                break  # whatever is longer still shares less
            shared = len(mine & theirs)
            if shared > ALIKE * (len(mine) + len(theirs) - shared):
                alike.append((first, second))
    assert alike == []


def test_every_script_is_short_whole_and_within_the_red_lines() -> None:
    for one in SCRIPTS:
        assert 8 < len(one.text) <= one.most, one.id
        assert set(gaps(one.text)) <= GAPS, one.id
        assert red_lines_in(one.text, regime=one.regime, scene=one.scene, quiet=one.quiet) == (), one.id
        assert one.text == one.text.strip(), one.id


def test_every_script_speaks_of_codes_that_there_are() -> None:
    of_segments, channels = {segment.code for segment in segments()}, set(dict(codes("channels")))
    for one in SCRIPTS:
        assert set(one.segment) <= of_segments, one.id
        assert set(one.style) <= set(LETTERS), one.id
        assert set(one.stage) <= {"J0", "J1", "J2", "J3", "J4", "J5"}, one.id
        assert set(one.tower) <= {"base", "waist", "top"}, one.id
        assert set(one.channel) <= channels, one.id
        assert one.conditions <= _NAMES, one.id
        assert one.kind in ("service", "care", "marketing"), one.id
        assert one.regime in ("", *REGIMES), one.id
        assert one.risk is None or (one.regime and 1 <= one.risk <= 5), one.id


def test_every_marketing_script_that_names_a_product_has_its_regime() -> None:
    for one in SCRIPTS:
        if one.kind == "marketing" and one.to == "customer":
            assert one.regime or not any(word in one.text for word in ON_SALE), one.id
        if one.regime in ("wealth", "fund", "structured", "trust", "gold"):
            assert one.risk is not None or one.leaves_product, one.id


def test_variants_of_one_text_follow_their_first() -> None:
    times = Counter(one.base for one in SCRIPTS)
    assert all(one.id == one.base for one in SCRIPTS if times[one.base] == 1)
