"""Terms of products to days: 90天, 3个月, 一年期, 6M, T+1."""

import re
from dataclasses import dataclass

from workbench.intake.cells.parsed import CellFault
from workbench.intake.cells.shown import plain
from workbench.rules.parameters import Rules

_CHINESE = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = r"(\d+(?:\.\d+)?|[零一二两三四五六七八九十百]+|半)"
_PART = re.compile(_NUMBER + r"个?(自然日|工作日|交易日|天|日|D|周|星期|W|月|M|季度|季|Q|年|Y)(半)?")
#: letters of a term, and its days: about three centuries
_LONGEST, _MOST = 60, 100_000
_CLEARED = re.compile(r"T\+(\d+)")
_TRIMMED = re.compile(
    r"^(?:定期|期限|产品期限|持有期?|最短持有|封闭期?|每)+[::]?|(?:期|以内|整存整取|定开|封闭|持有期|型)+$"
)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a term is read: days of a month and a year, words for no term (长期) and for a term of no day (随时)."""

    month: float
    year: float
    open_ended: frozenset[str]
    at_call: frozenset[str]

    @classmethod
    def of(cls, rules: Rules) -> "Terms":
        """Those of the rules in force."""
        return cls(
            rules.number("intake.term_month"), rules.number("intake.term_year"),
            frozenset(map(plain, rules.words("intake.term_none"))), frozenset(map(plain, rules.words("intake.term_at_call"))),
        )  # fmt: skip

    def days(self, text: str) -> int | CellFault | None:
        """The days of a text in plain form; None for no fixed term, a fault bad_term for what is no term (a range, centuries)."""
        days = self._days(text) if len(text) <= _LONGEST else CellFault("bad_term")
        return CellFault("bad_term") if isinstance(days, int) and days > _MOST else days

    def _days(self, text: str) -> int | CellFault | None:
        if text in self.open_ended:
            return None
        if text in self.at_call:
            return 0
        bare = _TRIMMED.sub("", text) or text
        if match := _CLEARED.fullmatch(bare):
            return int(match[1])
        if re.fullmatch(r"\d+(?:\.0+)?", bare):
            return int(float(bare))
        days, end = 0.0, 0
        for match in _PART.finditer(bare):
            if match.start() != end:
                return CellFault("bad_term")
            days, end = days + self._part(match), match.end()
        return round(days) if end and end == len(bare) else CellFault("bad_term")

    def _part(self, match: re.Match[str]) -> float:
        number, unit = _counted(match[1]) + (0.5 if match[3] else 0), match[2]
        if unit in ("年", "Y"):
            return number * self.year
        if unit in ("月", "M"):
            return number // 12 * self.year + number % 12 * self.month
        if unit in ("季", "季度", "Q"):
            return number // 4 * self.year + number % 4 * 3 * self.month
        return number * (7 if unit in ("周", "星期", "W") else 1)


def _counted(word: str) -> float:
    """'90' -> 90, 十二 -> 12, 一百八十 -> 180, 半 -> 0.5."""
    if word == "半":
        return 0.5
    if word[0].isdigit():
        return float(word)
    total = digit = 0
    for sign in word:
        if sign in _CHINESE:
            digit = _CHINESE[sign]
        else:
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
    return total + digit
