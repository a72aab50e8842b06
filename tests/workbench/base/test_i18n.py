"""Words are put together as the language in use does it: Chinese sets no space between sentences."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import (
    CountedMessage,
    _,
    bracketed,
    commas,
    compound,
    headed,
    of_any_language,
    sentences,
    use_language,
)
from workbench.intake.catalogue.fields import catalogue
from workbench.people.labels import label


@pytest.fixture(autouse=True)
def _chinese_again() -> Iterator[None]:
    yield
    use_language("zh")


def test_sentences_stand_apart_in_english_and_not_in_chinese() -> None:
    assert sentences(("一。", "", "二。")) == "一。二。"
    use_language("en")
    assert sentences(("One.", "", "Two. ", "Three.")) == "One. Two. Three."


def test_what_happened_and_what_to_do_are_two_sentences() -> None:
    use_language("en")
    assert WorkbenchError("code", "It broke.", "Mend it.").sentence() == "It broke. Mend it."


def test_a_balance_is_called_the_same_by_intake_and_insight_in_every_language() -> None:
    keys = [key for key in catalogue().fields if key.endswith("_daily_average")]
    assert keys
    for language in ("zh", "en"):
        use_language(language)
        for key in keys:
            assert catalogue()[key].shown() == label(key)
    assert " · " in label("deposit_daily_average")


def test_what_is_remembered_by_its_words_is_found_in_every_language() -> None:
    names = set()
    for language in ("zh", "en"):
        use_language(language)
        names.add(of_any_language(_("客户号")))
    assert len(names) == 1
    assert of_any_language("不在目录里的词") == "不在目录里的词"


def test_names_follow_one_another_with_the_comma_of_the_language() -> None:
    assert (commas(("甲", "乙")), compound(("存款", "月日均"))) == ("甲、乙", "存款月日均")
    use_language("en")
    assert commas(("A", "B")) == "A, B"


def test_brackets_and_what_follows_a_colon_stand_apart_in_english_and_not_in_chinese() -> None:
    assert (bracketed("52%", "40%–63%"), headed("A", "b")) == ("52%(40%–63%)", "A:b")
    use_language("en")
    assert (bracketed("52%", "40%–63%"), headed("A", "b")) == ("52% (40%–63%)", "A: b")


def test_english_words_follow_their_number_and_other_figures_do_not_matter() -> None:
    words = CountedMessage("{n} [n:customer|customers] of {all}, {m} [m:is|are] due")
    assert words.format(n=1, all=7, m="2") == "1 customer of 7, 2 are due"
    assert words.format(n="1,000", all=1, m="1") == "1,000 customers of 1, 1 is due"
    assert ("By: " + words + ".").format(n=1, all=7, m="1") == "By: 1 customer of 7, 1 is due."
    assert words.format_map({"n": 0, "all": 1, "m": "—"}) == "0 customers of 1, — are due"


def test_names_that_a_person_reads_are_joined_with_the_comma_of_his_language() -> None:
    """`commas` joins them. What is stored keeps the Chinese one, whatever language is in use."""
    stored = {"workbench/base/typed_notice.py", "workbench/insight/churn/adverse_events.py"}
    root = Path(__file__).parents[3]
    own = {
        str(path.relative_to(root))
        for floor in ("workbench", "ui")
        for path in (root / floor).rglob("*.py")
        if '"、".join' in path.read_text("utf-8")
    }
    assert own == stored
