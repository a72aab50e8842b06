"""How a single Chinese character is read, for search keys and for paper that has no sign for it."""

import os
from functools import cache
from importlib.resources import files

import tomli as tomllib


@cache
def surnames() -> tuple[dict[str, str], dict[str, str]]:
    """(single, double) surnames whose reading differs from the usual one, or that the dictionary lacks -> syllables."""
    body = tomllib.loads((files("resources") / "surnames.toml").read_text("utf-8"))
    return body["single"], body["double"]


@cache
def _dictionary() -> dict[int, str]:
    # single characters are all that names need; the phrase dictionary costs a third of a second
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.constants import PINYIN_DICT

    return PINYIN_DICT


def usual_reading(sign: str) -> str:
    """The usual reading of a character without tone ('lü' is 'lv'); '' where none is known."""
    listed = _dictionary().get(ord(sign), "").split(",")[0]
    if not listed:
        return ""
    from pypinyin.constants import Style
    from pypinyin.style import convert

    return str(convert(listed, Style.NORMAL, strict=False)).replace("ü", "v")


def surname_reading(sign: str) -> str:
    """The reading of a character as a surname; '' where none is known."""
    return surnames()[0].get(sign) or usual_reading(sign)
