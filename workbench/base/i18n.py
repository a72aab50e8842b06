"""Words: Chinese is the source language, other languages are gettext catalogues in resources/locale."""

import gettext
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

LANGUAGES = {"zh": "中文", "en": "English"}
_translations: gettext.NullTranslations = gettext.NullTranslations()
_language = "zh"


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
    return _translations.gettext(message) if message else ""


def commas(names: Iterable[str]) -> str:
    """Names one after another, with the comma of the language in use."""
    return _("、").join(names)


def compound(parts: Iterable[str]) -> str:
    """A name of several words (already translated) that Chinese writes as one: '存款月日均', 'Deposits · Monthly avg'."""
    return ("" if _language == "zh" else " · ").join(parts)


def with_unit(figure: object, unit: str) -> str:
    """A figure with its unit (already translated), where it has one: '3个月', '3 months'."""
    return f"{figure}{'' if _language == 'zh' or not unit else ' '}{unit}"


def sentences(parts: Iterable[str]) -> str:
    """Whole sentences one after another: Chinese sets no space between them, other languages do."""
    return ("" if _language == "zh" else " ").join(part.strip() for part in parts if part)


def semicolons(sentences: Iterable[str]) -> str:
    """Half sentences one after another, with the semicolon of the language in use."""
    return _(";").join(sentences)


@cache
def in_every_language(message: str) -> frozenset[str]:
    """A message as each language says it: what was printed in one is read back in another."""
    worded = {message}
    for code in LANGUAGES.keys() - {"zh"}:
        mo = files("resources") / "locale" / code / "LC_MESSAGES" / "workbench.mo"
        if mo.is_file():
            with mo.open("rb") as stream:
                worded.add(gettext.GNUTranslations(stream).gettext(message))
    return frozenset(worded)
