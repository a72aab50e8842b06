"""Words: Chinese is the source language, other languages are gettext catalogues in resources/locale."""

import gettext
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

LANGUAGES = {"zh": "中文", "en": "English"}
_translations: gettext.NullTranslations = gettext.NullTranslations()
_language = "zh"


#: '[n:customer|customers]' in a translation: by the figure {n}, the word for one or that for any other number
_PLURAL = re.compile(r"\[(\w+):([^\[\]|]*)\|([^\[\]|]*)\]")


class _Figures(Protocol):
    def __getitem__(self, name: str, /) -> Any: ...


class CountedMessage(str):
    """A translation whose words follow a number, which Chinese does not need: '{n} [n:customer|customers]' formats to
    '1 customer' and '2 customers'. The number is 1 when it reads so ('1', 1, 1.0)."""

    __slots__ = ()

    def format(self, *given: object, **named: object) -> str:
        """As `str.format`, the words chosen first."""
        return self._chosen(named).format(*given, **named)

    def format_map(self, named: _Figures, /) -> str:
        """As `str.format_map`, the words chosen first."""
        return self._chosen(named).format_map(named)

    def __add__(self, more: str) -> "CountedMessage":
        """Words put behind others still follow their numbers."""
        return CountedMessage(str(self) + more)

    def __radd__(self, before: str) -> "CountedMessage":
        """As `__add__`, the other way round."""
        return CountedMessage(before + str(self))

    def _chosen(self, named: _Figures) -> str:
        return _PLURAL.sub(
            lambda part: part[2] if str(named[part[1]]) in ("1", "1.0") else part[3], str(self)
        )


def use_language(language: str) -> None:
    """Switch what `_` answers from now on; an unknown language falls back to Chinese."""
    global _translations, _language
    _language = language if language in LANGUAGES else "zh"
    if _language == "zh":
        _translations = gettext.NullTranslations()
        return
    mo = files("resources") / "locale" / _language / "LC_MESSAGES" / "workbench.mo"
    with mo.open("rb") as stream:
        _translations = gettext.GNUTranslations(stream)


def language() -> str:
    """The language in use: a key of `LANGUAGES`."""
    return _language


def _(message: str) -> str:
    """The message in the language in use."""
    words = _translations.gettext(message) if message else ""
    return CountedMessage(words) if _language != "zh" and _PLURAL.search(words) else words


def commas(names: Iterable[str]) -> str:
    """Names one after another, with the comma of the language in use."""
    return _("、").join(names)


def compound(parts: Iterable[str]) -> str:
    """A name of several words (already translated) that Chinese writes as one: '存款月日均', 'Deposits · Monthly avg'."""
    return ("" if _language == "zh" else " · ").join(parts)


def bracketed(words: str, inside: str) -> str:
    """Words and what stands in brackets behind them: Chinese sets no space between them, other languages do."""
    return f"{words}({inside})" if _language == "zh" else f"{words} ({inside})"


def headed(head: str, words: str) -> str:
    """Words behind their heading and a colon: Chinese sets no space behind it, other languages do."""
    return f"{head}:{words}" if _language == "zh" else f"{head}: {words}"


def with_unit(figure: object, unit: str) -> str:
    """A figure with its unit (already translated), where it has one: '3个月', '3 months'."""
    return f"{figure}{'' if _language == 'zh' or not unit else ' '}{unit}"


def sentences(parts: Iterable[str]) -> str:
    """Whole sentences one after another: Chinese sets no space between them, other languages do."""
    return ("" if _language == "zh" else " ").join(part.strip() for part in parts if part)


def semicolons(sentences: Iterable[str]) -> str:
    """Half sentences one after another, with the semicolon of the language in use."""
    return _(";").join(sentences)


def of_any_language(words: str) -> str:
    """One name for words that `_` answered, whatever language was in use: as English says them; words without a
    translation stand for themselves."""
    return words if _language != "zh" or not words else _english().gettext(words)


@cache
def _english() -> gettext.NullTranslations:
    mo = files("resources") / "locale" / "en" / "LC_MESSAGES" / "workbench.mo"
    if not mo.is_file():
        return gettext.NullTranslations()
    with mo.open("rb") as stream:
        return gettext.GNUTranslations(stream)


@cache
def in_every_language(message: str) -> frozenset[str]:
    """A message as each language says it: what was printed in one is read back in another."""
    others = (_catalogue(code) for code in LANGUAGES.keys() - {"zh"})
    return frozenset({message, *(one.gettext(message) for one in others if one is not None)})


@cache
def _catalogue(code: str) -> gettext.GNUTranslations | None:
    """The words of a language, read once; None where it has none."""
    mo = files("resources") / "locale" / code / "LC_MESSAGES" / "workbench.mo"
    if not mo.is_file():
        return None
    with mo.open("rb") as stream:
        return gettext.GNUTranslations(stream)
