"""The data date of a sheet and its unit: from an option, the title, a note, the sheet's name or the file's name."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator

from workbench.base.dates import month_end
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.intake.catalogue.plain import SHORT_UNITS
from workbench.intake.form.unit_exceptions import rest_unit, without_exceptions
from workbench.rules.parameters import Rules

_YEAR = r"(?<!\d)((?:19|20)\d\d)"
_DAY = re.compile(
    _YEAR
    + r"\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})(?!\d)\s*日?|"
    + _YEAR
    + r"\s*[-/._]\s*(\d{1,2})\s*[-/._]\s*(\d{1,2})(?!\d)"
    r"|(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"
    # a time stamp to the second or the minute: 20261031094512
    r"|(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d{3})?)?(?!\d)"
)
_QUARTER = re.compile(_YEAR + r"\s*年?\s*(?:第?\s*([一二三四1-4])\s*季度?|[Qq]([1-4]))")
_HALF = re.compile(_YEAR + r"\s*年?\s*([上下])半年")
_MONTH = re.compile(
    _YEAR
    + r"\s*[-/.年_]\s*(\d{1,2})(?!\d)\s*月?|(?<!\d)((?:19|20)\d\d)(\d\d)(?!\d)|"
    + _YEAR
    + r"[Mm](\d{1,2})(?!\d)"
)
#: 10月31日, 10月末, 10月份, 10.31: a day whose year stands elsewhere
_YEARLESS = re.compile(r"(?<![\d年.])(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日|份|末|底|(?=\D|$))")
_WHOLE_YEAR = re.compile(_YEAR + r"\s*年(?:度|末|底)")
_LONE_YEAR = re.compile(_YEAR + r"\s*年")
#: a month in which something matures: 11月到期, 11月份将到期
_DUE = re.compile(r"月\s*(?:份|内|底前|末前|底|末)?\s*(?:的|即?将|内)?\s*到期(?!日)")
_TO = re.compile(r"\s*日?\s*(?:至|到|~|-{1,2}|—+|–)\s*$")
_UNIT = re.compile(
    r"单位\s*(?:[均都]?为)?\s*[:：]?\s*(?:人民币)?\s*(百万元|亿元|万元|千元|元|[万亿](?![\d户人笔份张\u4e00-\u9fff]))"
)
#: a bracket with a unit alone, or beside the date: 客户资产表(2026年10月末,万元)
_BRACKETED_UNIT = re.compile(
    r"[(\[【](?:[^()\[\]【】]*[,、;\s])?(?:人民币)?(百万元|亿元|万元|千元|元)(?:[,、;\s][^()\[\]【】]*)?[)\]】]"
)
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"[二一][〇○零九一二三四五六七八]{3}(?=\s*年)")
_CHINESE_COUNT = re.compile(
    r"(?<=[年月第至到\s])([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=\s*[月日])"
)


def from_option(text: str) -> str:
    """The ISO date that a person typed: YYYY-MM or YYYYMM (month end), or a full date.

    Raises WorkbenchError bad_as_of.
    """
    date = in_text(text)
    if date is None:
        raise WorkbenchError(
            "bad_as_of",
            _("“{text}”不是日期。").format(text=text),
            _("请写成 2026-10-31 或 2026-10(取月末)。"),
        )
    return date


def in_text(text: str, *, years_end: bool = False) -> str | None:
    """The ISO date in a text; of a range its end, of a month, quarter or half-year its last day. None: no date.

    Days go before quarters and months, the first one counts. 2026年度 alone is a date only with `years_end`.
    """
    plain = _plain(text)
    days = list(_days(plain))
    if days:
        return _end(plain, days)
    for match in _QUARTER.finditer(plain):
        number = match[2] or match[3]
        quarter = int(number) if number.isdigit() else "一二三四".index(number) + 1
        return month_end(f"{match[1]}-{quarter * 3:02d}").isoformat()
    if half := _HALF.search(plain):
        return f"{half[1]}-06-30" if half[2] == "上" else f"{half[1]}-12-31"
    months = list(_months(plain))
    if months:
        return _end(plain, months)
    if years_end and (year := _WHOLE_YEAR.search(plain)):
        return f"{year[1]}-12-31"
    return None


def in_titles(lines: Iterable[str], rules: Rules) -> str | None:
    """The data date in the rows above the header; None: no date.

    A date after a word like 数据日期 goes first, then any date but that of printing. A day without a year takes the only
    year that the lines name.
    """
    plain = [_plain(line) for line in lines]
    unprinted = [_without_print(line, rules) for line in plain]
    for word in rules.words("intake.date_words"):
        for line in plain:
            _before, mark, after = line.partition(word)
            if (
                mark
                and not _printed(line, word, rules)
                and (date := in_text(_without_print(after[:40], rules)))
            ):
                return date
    for line in unprinted:
        if date := in_text(line):
            return date
    return _yearless(unprinted) or next(
        (day for line in unprinted if (day := in_text(line, years_end=True))), None
    )


def _yearless(lines: list[str]) -> str | None:
    """截至10月末 under a title that says 2026年度."""
    years = {match[1] for line in lines for match in _LONE_YEAR.finditer(line)}
    if len(years) != 1:
        return None
    year = years.pop()
    for line in lines:
        for match in _YEARLESS.finditer(line):
            month = int(match[1])
            if not 1 <= month <= 12:
                continue
            if match[2] is None:
                return month_end(f"{year}-{month:02d}").isoformat()
            try:
                return dt.date(int(year), month, int(match[2])).isoformat()
            except ValueError:
                continue
    return None


def of_due_month(line: str) -> bool:
    """Whether the month in a title is that of the maturities listed, not of the data: 2026年11月到期客户清单."""
    return _DUE.search(_plain(line)) is not None


def unit_in_titles(lines: Iterable[str]) -> str | None:
    """The unit in a note like 单位:万元, for all columns that the note does not except; None: no such note."""
    for line in lines:
        rest = without_exceptions(line)
        if match := _UNIT.search(rest) or _BRACKETED_UNIT.search(rest):
            return SHORT_UNITS.get(match[1], match[1])
        if unit := rest_unit(line):
            return unit
    return None


# -- dates in a text ---------------------------------------------------------------------------------------

#: A date in a text: start, end, date.
_DateSpan = tuple[int, int, dt.date]


def _days(plain: str) -> Iterator[_DateSpan]:
    for match in _DAY.finditer(plain):
        year, month, day = (int(part) for part in match.groups() if part is not None)
        try:
            yield match.start(), match.end(), dt.date(year, month, day)
        except ValueError:
            continue


def _months(plain: str) -> Iterator[_DateSpan]:
    for match in _MONTH.finditer(plain):
        year, month = (int(part) for part in match.groups() if part is not None)
        if 1 <= month <= 12:
            yield match.start(), match.end(), month_end(f"{year:04d}-{month:02d}")


def _end(plain: str, spans: list[_DateSpan]) -> str:
    """The first date; where a range starts with it, the end of the range, whose year may be left out."""
    _start, end, first = spans[0]
    if len(spans) > 1 and _TO.fullmatch(plain[end : spans[1][0]] + " ") and spans[1][2] >= first:
        return spans[1][2].isoformat()
    tail = re.match(
        r"\s*日?\s*(?:至|到|~|-{1,2}|—+|–)\s*(?:(\d{1,2})\s*[-/.月]\s*)?(\d{1,2})?(?!\d)\s*(日?)", plain[end:]
    )
    if tail and (tail[1] or tail[3]) and tail[2]:
        try:
            last = dt.date(first.year, int(tail[1] or first.month), int(tail[2]))
        except ValueError:
            return first.isoformat()
        return max(first, last).isoformat()
    months = re.match(r"\s*(?:至|到|~|-{1,2}|—+|–)\s*(\d{1,2})\s*月", plain[end:])
    if months and 1 <= int(months[1]) <= 12:
        return max(first, month_end(f"{first.year:04d}-{int(months[1]):02d}")).isoformat()
    return first.isoformat()


def _plain(text: str) -> str:
    """Half-width, and Chinese numerals of dates as digits: 二〇二六年十月三十一日 -> 2026年10月31日."""
    plain = unicodedata.normalize("NFKC", text)
    if "月" in plain or "年" in plain:
        plain = _CHINESE_YEAR.sub(lambda match: match[0].translate(_DIGITS), plain)
        plain = _CHINESE_COUNT.sub(lambda match: str(_count(match[1])), plain)
    return plain


def _count(word: str) -> int:
    """十月 -> 10, 二十一日 -> 21."""
    if "十" not in word:
        return int(word.translate(_DIGITS))
    tens, _ten, ones = word.partition("十")
    return int(tens.translate(_DIGITS) or 1) * 10 + int(ones.translate(_DIGITS) or 0)


# -- the date of printing ----------------------------------------------------------------------------------


def _without_print(line: str, rules: Rules) -> str:
    """The line up to the word that starts the date of printing."""
    starts = [at for word in rules.words("intake.other_date_words") if (at := line.find(word)) >= 0]
    return line[: min(starts)] if starts else line


def _printed(line: str, word: str, rules: Rules) -> bool:
    """Whether the date after `word` is the date of printing: 日期 found inside 打印日期."""
    at = line.find(word)
    return any(
        (start := line.find(other)) >= 0 and start <= at < start + len(other)
        for other in rules.words("intake.other_date_words")
    )
