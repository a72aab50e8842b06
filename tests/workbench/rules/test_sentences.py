"""A sentence is put into words when it is read, once in each language."""

from collections.abc import Iterator

import pytest

from workbench.base.i18n import language, use_language
from workbench.rules.sentences import Sentence


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    yield
    use_language("zh")


def test_it_is_worded_on_reading_and_again_in_another_language() -> None:
    worded: list[str] = []

    def say() -> str:
        worded.append(language())
        return f"in {language()}"

    sentence = Sentence(say)
    assert worded == []
    assert [str(sentence), str(sentence)] == ["in zh"] * 2
    use_language("en")
    assert str(sentence) == "in en"
    assert worded == ["zh", "en"]


def test_it_equals_what_says_the_same() -> None:
    sentence = Sentence(lambda: "还差2.3万")
    assert sentence == Sentence(lambda: "还差2.3万")
    assert sentence == "还差2.3万"
    assert sentence != Sentence(lambda: "还差2.4万")
    assert len({sentence, "还差2.3万"}) == 1
