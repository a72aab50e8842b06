"""A heading in plain form: without invisible characters, spaces and punctuation, and with the unit it names."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

#: Unit of a money column -> its worth in yuan.
UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
BARE_UNITS = frozenset({*UNITS, "万", "亿", "人民币", "RMB", "CNY", "人民币元", "人民币万元", "折人民币"})

_UNIT = r"(?:(?:货币|金额)?单位[:：]?)?\s*(?:折?人民币|RMB|CNY)?\s*(百万元|亿元|万元|千元|元|万|亿)"
_BRACKETED_UNIT = re.compile(r"[(\[【<{〔]\s*" + _UNIT + r"\s*[)\]】>}〕]", re.IGNORECASE)
#: a unit with a remark beside it, in one bracket
_INSIDE = r"[^()\[\]【】<>{}〔〕]*"
_UNIT_AND_MORE = re.compile(
    rf"(?<=[(\[【<{{〔])((?:{_INSIDE}[,;、/|\s])?){_UNIT}((?:[,;、/|\s]{_INSIDE})?)(?=[)\]】>}}〕])",
    re.IGNORECASE,
)
_TAILING_UNIT = re.compile(r"[_/\-—:,;、|\s]\s*" + _UNIT + r"\s*$|(?<=[^\d])(百万元|亿元|万元|千元)\s*$")
_DROPPED = re.compile(r"[\s_\-—·.。,,、:;'\"*#%()\[\]{}<>【】《》〔〕「」『』/\\|]+")
#: a unit without 元 -> the unit
SHORT_UNITS = {"万": "万元", "亿": "亿元"}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
#: numbers in circles, in brackets, with a dot: numbering and notes, never part of a word
_ENCLOSED = re.compile("[①-⑳⑴-⒇⒈-⒛⒜-⓿❶-➓㈠-㈩㊀-㊉]+")
_TAIL_MARKS = re.compile(r"[\s*★☆※#▲▼△▽◆◇●○■□→←↑↓√✓✔!?~^:;,.。]+$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as written, its plain form for comparing, and the unit it names (None: no unit)."""

    original: str
    plain: str
    unit: str | None


def tidied(original: str) -> str:
    """Full-width to half-width; invisible characters and numbers in circles dropped; spaces at the ends too."""
    return unicodedata.normalize("NFKC", _ENCLOSED.sub(" ", _INVISIBLE.sub("", original))).strip()


@cache
def heading(original: str) -> Heading:
    """Take a heading apart: tidied, unit out, brackets, spaces and punctuation dropped, capitals."""
    text = tidied(original)
    unit = None
    bare = _TAIL_MARKS.sub("", text)
    for pattern, of in ((_BRACKETED_UNIT, text), (_TAILING_UNIT, text), (_TAILING_UNIT, bare)):
        if match := pattern.search(of):
            word = next(group for group in match.groups() if group)
            unit = SHORT_UNITS.get(word, word)
            text = of[: match.start()] + of[match.end() :]
            break
    else:
        if match := _UNIT_AND_MORE.search(text):
            unit = SHORT_UNITS.get(match[2], match[2])
            text = text[: match.start()] + match[1] + match[3] + text[match.end() :]
    return Heading(original, plain_form(text), unit)


def plain_form(text: str) -> str:
    """The text without spaces and punctuation, in capitals."""
    return _DROPPED.sub("", text).upper()
