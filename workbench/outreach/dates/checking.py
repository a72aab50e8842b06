"""What a row of the calendar must be before it is kept: every refusal is one clear sentence."""

import datetime as dt
import re
from collections.abc import Callable
from typing import TypeAlias

from sqlalchemy import Connection

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.terms import Vocabulary
from workbench.insight.language.check import check
from workbench.insight.language.parse import parse
from workbench.outreach.codes import channel_of
from workbench.outreach.dates.calendar_row import CalendarRow
from workbench.outreach.dates.when import check_when, end_of, occurrences
from workbench.rules.parameters import Rules

#: the words that a condition may use, as a book has them
WordsOf: TypeAlias = Callable[[Connection], Vocabulary]
GROUP = "group"

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
#: the longest span, and the years that a span is tried in: a leap month, a leap day, early and late festivals
_LONGEST, _TRIED = 366, range(2024, 2034)


def check_row(row: CalendarRow, conn: Connection, rules: Rules, words: WordsOf | None) -> None:
    """Raises WorkbenchError bad_day, bad_expression, no_such_channel."""
    if not _CODE.fullmatch(row.code):
        raise _refused(_("代号「{code}」只能用小写字母、数字和下划线。").format(code=row.code))
    if not row.name.strip():
        raise _refused(_("还没有名称。"))
    for text in (row.name, row.says, row.forbids):
        most = rules.whole("dates.name_most" if text is row.name else "dates.says_most")
        if len(text) > most:
            raise _refused(_("「{text}…」太长,最多 {n} 个字。").format(text=text[:8], n=most))
    _check_days(row)
    if row.silent and (row.use != "none" or row.marketing):
        raise _refused(_("静默日不营销、不发问候,不能再安排联系。"))
    if row.use == "personal" and (not row.whom.strip() or row.channel in ("", GROUP)):
        raise _refused(_("逐位联系要写明联系谁(一个条件)和用哪个渠道。"))
    if row.use == "group" and row.channel != GROUP:
        raise _refused(_("群发只用社群渠道。"))
    if row.channel not in ("", GROUP):
        channel_of(row.channel)
    if row.whom:
        condition = parse(row.whom)
        if words is not None:
            check(condition, words(conn))


def _check_days(row: CalendarRow) -> None:
    try:
        check_when(row.at, row.until)
        spans = [
            (one.day, end_of(row.until, one.day)) for year in _TRIED for one in occurrences(row.at, year)
        ]
    except (ValueError, OverflowError) as error:
        raise _refused(_("日期「{at}」认不出来。").format(at=f"{row.at} {row.until}".strip())) from error
    if any(last - first > dt.timedelta(days=_LONGEST) for first, last in spans):
        raise _refused(_("从开始到结束超过一年。"))


def _refused(what: str) -> WorkbenchError:
    return WorkbenchError("bad_day", what, _("请改好再存;日历没有改动。"))
