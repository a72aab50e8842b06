"""The date a sheet speaks of, and its unit: from what the person said, title, note, sheet name or file name."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable

from workbench.dates import month_end
from workbench.errors import WorkbenchError
from workbench.i18n import _
from workbench.rules import Rules

_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*日?|(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"
)
_MONTH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*[-/.年_]\s*(\d{1,2})(?!\d)\s*月?|(?<!\d)((?:19|20)\d\d)(\d\d)(?!\d)"
)
_UNIT = re.compile(r"单位\s*[:：]?\s*(?:人民币)?\s*(百万元|亿元|万元|千元|元)")


def from_option(said: str) -> str:
    """A date a person typed: YYYY-MM, YYYYMM (month end) or a full date. Raises WorkbenchError bad_as_of."""
    found = in_text(said)
    if found is None:
        raise WorkbenchError(
            "bad_as_of",
            _("“{text}”不是日期。").format(text=said),
            _("请写成 2026-10-31 或 2026-10(取月末)。"),
        )
    return found


def in_text(text: str) -> str | None:
    """The first date in a text, ISO; a month alone gives its last day."""
    plain = unicodedata.normalize("NFKC", text)
    for match in _DAY.finditer(plain):
        year, month, day = (int(part) for part in match.groups() if part is not None)
        try:
            return dt.date(year, month, day).isoformat()
        except ValueError:
            continue
    for match in _MONTH.finditer(plain):
        year, month = (int(part) for part in match.groups() if part is not None)
        if 1 <= month <= 12:
            return month_end(f"{year:04d}-{month:02d}").isoformat()
    return None


def in_titles(lines: Iterable[str], rules: Rules) -> str | None:
    """The data date in the rows above the header: after a word like 数据日期 first, then any date that is not the
    date of printing."""
    plain = [unicodedata.normalize("NFKC", line) for line in lines]
    for word in rules.words("intake.date_words"):
        for line in plain:
            _before, said, after = line.partition(word)
            if said and not _other(line, rules) and (found := in_text(after[:24])):
                return found
    for line in plain:
        if not _other(line, rules) and (found := in_text(line)):
            return found
    return None


def _other(line: str, rules: Rules) -> bool:
    """A line that tells only when the sheet was made."""
    others = any(word in line for word in rules.words("intake.other_date_words"))
    return others and not any(
        word in line for word in rules.words("intake.date_words") if word not in ("日期",)
    )


def unit_in_titles(lines: Iterable[str]) -> str | None:
    """The unit said in a note like 单位:万元."""
    for line in lines:
        if match := _UNIT.search(unicodedata.normalize("NFKC", line)):
            return match[1]
    return None
