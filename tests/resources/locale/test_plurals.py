"""English words follow their numbers: a number before a word in the plural says both forms (see `CountedMessage`)."""

import re
from pathlib import Path

import pytest
import tomli as tomllib
from babel.messages.mofile import read_mo

from resources.locale.catalogue import FOLDER

_LISTED = tomllib.loads((Path(__file__).parent / "plurals.toml").read_text("utf-8"))
_MARKED = re.compile(r"\[\w+:[^\[\]|]*\|[^\[\]|]*\]")


def _one_of(name: str) -> str:
    return "|".join(map(re.escape, _LISTED[name]))


_PLAIN = re.compile(
    rf"\{{(?!(?:{_one_of('words')})[}}:])[a-z_0-9]+(?::[^}}]*)?\}} "
    rf"(?:(?:(?:{_one_of('between')}) )?(?:{_one_of('nouns')})|(?:{_one_of('verbs')}))(?![\w'-])"
)


def _plain(translation: str) -> bool:
    """Whether a number stands before a plural that does not follow it."""
    return _PLAIN.search(_MARKED.sub("[]", translation)) is not None


@pytest.mark.parametrize(
    ("translation", "plain"),
    [
        ("{n} customers", True),
        ("{n:,} more days, {n} [n:row|rows]", True),
        ("{n} are due", True),
        ("{n} [n:customer|customers] within {days} days", True),
        ("{n} [n:customer is|customers are] due", False),
        ("{tier} customers, rows: {n}", False),
        ("within the {days}-day window", False),
    ],
)
def test_a_plain_plural_is_noticed(translation: str, plain: bool) -> None:
    assert _plain(translation) is plain


def test_every_number_in_english_has_its_word_in_both_forms() -> None:
    with (FOLDER / "workbench.mo").open("rb") as file:
        english = [str(message.string) for message in read_mo(file) if message.id]
    assert "{n} [n:customer|customers]" in english
    assert [translation for translation in english if _plain(translation)] == []
