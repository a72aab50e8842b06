"""Months whose year stands elsewhere (9月, 十月份), or that are told from the file's own month (上月, 期末)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.base.dates import month_end, shift_month
from workbench.intake.catalogue.periods import month_number
from workbench.rules.parameters import Rules

#: 10月, 10月份, 10月末, 10月31日, 十月; not 近3月, 3个月, 1月内, 第3月
_NUMBERED = re.compile(
    r"(?<![\d年近前第])(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月(?:份|末|底|度|\s*\d{1,2}\s*日)?(?![内期供数均日])"
)
_LONE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
#: rule -> months back
_BACK = {"intake.months_0": 0, "intake.months_1": 1, "intake.months_2": 2, "intake.months_12": 12}


@dataclass(frozen=True, slots=True)
class MonthWord:
    """A month as worded: a `number` 1..12 whose year is missing, or so many months `back` from the file's month (-1: the
    December before its year)."""

    text: str
    number: int | None = None
    back: int = 0

    def resolved(self, base: str | None, year: str | None = None) -> str | None:
        """The month 'YYYY-MM', from the file's date `base` or, for a number, from its lone `year`; None: it cannot be told."""
        if base is None:
            return f"{year}-{self.number:02d}" if self.number is not None and year is not None else None
        if self.number is not None:
            own = f"{base[:4]}-{self.number:02d}"
            return own if own <= base[:7] else shift_month(own, -12)
        if self.back < 0:
            return f"{int(base[:4]) - 1}-12"
        return shift_month(base[:7], -self.back)


def month_word(text: str, rules: Rules) -> MonthWord | None:
    """The only month that a text words without its year; None: there is none, or several."""
    plain = unicodedata.normalize("NFKC", text)
    numbered = _NUMBERED.finditer(plain)
    words = [MonthWord(match[0].strip(), number=month_number(match[1])) for match in numbered]
    words = words or _relative(plain, rules)
    return words[0] if len({(word.number, word.back) for word in words}) == 1 else None


def lone_year(texts: Sequence[str]) -> str | None:
    """The only year that these texts name, '2026'; None: none or several."""
    years = {match[1] for text in texts for match in _LONE_YEAR.finditer(unicodedata.normalize("NFKC", text))}
    return years.pop() if len(years) == 1 else None


def last_day(month: str, base: str | None) -> str:
    """The data date of a month: the file's own date in the file's month, else the last day."""
    return base if base is not None and base[:7] == month else month_end(month).isoformat()


def _relative(plain: str, rules: Rules) -> list[MonthWord]:
    """Longest words first; what a longer word holds (上月 in 上上月) is no word of its own."""
    backs = {word: back for rule, back in _BACK.items() for word in rules.words(rule)}
    backs |= dict.fromkeys(rules.words("intake.months_year_end"), -1)
    words: list[MonthWord] = []
    for word in sorted(backs, key=len, reverse=True):
        if word in plain:
            words.append(MonthWord(word, back=backs[word]))
            plain = plain.replace(word, " ")
    return words
