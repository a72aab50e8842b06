"""The words of a heading that say which time its figures are of: the sheet's own month, a dated one, another one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from workbench.intake.catalogue.plain import tidied
from workbench.rules.parameters import Rules

_CHINESE = "一二三四五六七八九十"
_M = r"(?P<m{0}>1[0-2]|0?[1-9])"
_D = r"(?P<d{0}>3[01]|[12]\d|0?[1-9])"
#: No month stands after these: 近3月, 第3月, 满12月.
_NOT_AFTER = r"(?<![\d近前后第逾满达每续个过])"
_DATE = re.compile(
    r"(?<!\d)(?P<y1>(?:19|20)\d\d)(?P<m1>0[1-9]|1[0-2])(?P<d1>0[1-9]|[12]\d|3[01])?(?!\d)"
    rf"|(?<!\d)(?P<y2>(?:19|20)\d\d|\d\d(?=年))[年./\-_]{_M.format(2)}(?!\d)(?:[月./\-_](?:{_D.format(2)}(?!\d)日?)?)?"
    rf"|{_NOT_AFTER}{_M.format(3)}月(?!个)(?:{_D.format(3)}(?!\d)日)?"
    rf"|(?<![\d.]){_M.format(4)}[./](?P<d4>3[01]|[12]\d)(?![\d.])日?"
    r"|(?<![近前后第逾满达每续个过一二三四五六七八九十])(?P<c5>十[一二]?|[一二三四五六七八九])月(?!个)"
)
_AFTER = re.compile(r"(?:份|末|底|初)?(?:止|为止)?")
#: A year alone, or a quarter or half of one.
_YEAR = re.compile(
    r"(?<!\d)(?:19|20)\d\d年?度?(?:第?[一二三四1-4]季度?末?|[上下]半年|Q[1-4])?(?!\d)|(?<!\d)[1-4]季度?末?"
)


@dataclass(frozen=True, slots=True)
class MonthNamed:
    """A month that a heading names; year and day are None where it does not."""

    year: int | None
    month: int
    day: int | None = None
    #: whether the heading names the start of the month
    start: bool = False

    def is_of(self, as_of: str) -> bool:
        """Whether a sheet of this date (ISO) means its own month by it."""
        year, month, day = (int(part) for part in as_of.split("-"))
        same = self.month == month and self.year in (None, year) and not self.start
        return same and self.day in (None, day)


@dataclass(frozen=True, slots=True)
class Timed:
    """A heading without its dates or its words of another time, and what they said."""

    text: str
    months: tuple[MonthNamed, ...] = ()
    other: str = ""


@dataclass(frozen=True, slots=True)
class PeriodWords:
    """The words of time of the rules, longest first."""

    own: tuple[str, ...]
    quarter: tuple[str, ...]
    year: tuple[str, ...]
    other: tuple[str, ...]
    until: tuple[str, ...]


@cache
def period_words() -> PeriodWords:
    """The shipped words."""
    rules = Rules.load()
    names = ("own_period", "own_quarter", "own_year", "other_period", "until")
    return PeriodWords(*(_longest_first(rules.words(f"intake.{name}_words")) for name in names))


def _longest_first(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def month_number(word: str) -> int:
    """'10' and '十' -> 10."""
    if word.isascii():
        return int(word)
    _tens, ten, ones = word.rpartition("十")
    return (10 if ten else 0) + (_CHINESE.index(ones) + 1 if ones else 0)


def named_months(original: str) -> tuple[MonthNamed, ...]:
    """The months that a heading names."""
    return dated("".join(tidied(original).split())).months


def dated(text: str) -> Timed:
    """The text without the dates and months in it, and these."""
    months: list[MonthNamed] = []
    while match := _DATE.search(text):
        month = match["m1"] or match["m2"] or match["m3"] or match["m4"]
        day = match["d1"] or match["d2"] or match["d3"] or match["d4"]
        year = match["y1"] or match["y2"]
        end = match.end()
        if match["c5"]:
            month = str(month_number(match["c5"]))
        tail = _AFTER.match(text, end)
        after = tail.group() if tail else ""
        before = text[: match.start()]
        before = next(
            (before.removesuffix(word) for word in period_words().until if before.endswith(word)), before
        )
        if year and len(year) == 2:
            year = f"20{year}"
        months.append(
            MonthNamed(int(year) if year else None, int(month), int(day) if day else None, "初" in after)
        )
        text = before + text[end + len(after) :]
    return Timed(text, tuple(months))


def own(text: str) -> str:
    """The text without the words for the sheet's own month."""
    words = period_words()
    for until in words.until:
        for now in words.own:
            text = text.replace(until + now, "")
    for now in words.own:
        text = _without(text, now)
    return text


def of_quarter(text: str) -> str:
    """The text without the words for the sheet's own quarter, which only an average of the quarter may carry."""
    for now in period_words().quarter:
        text = _without(text, now)
    return text


def of_year(text: str) -> str:
    """The text without the words for the sheet's own year, which only an average of the year may carry."""
    for now in period_words().year:
        text = _without(text, now)
    return text


def _without(text: str, word: str) -> str:
    """Without the word, unless it is the end of a longer word of another time (上月末 is not 月末)."""
    at = text.find(word)
    while at >= 0:
        before = text[at - 1 : at]
        if not (word[0] in "月期" and before in (*"上下去前次每本当年季近个全", *"0123456789")):
            text = text[:at] + text[at + len(word) :]
        else:
            at += 1
        at = text.find(word, at)
    return text


def other(text: str) -> Timed:
    """The text without the words for another time than the sheet's."""
    named = ""
    if match := _YEAR.search(text):
        named, text = match.group(), text[: match.start()] + text[match.end() :]
    for word in period_words().other:
        if word in text:
            named, text = named or word, text.replace(word, "")
    for tail in ("末", "底", "初", "度"):
        if named:
            text = text.removeprefix(tail)
    return Timed(text, other=named)
