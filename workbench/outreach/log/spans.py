"""The days of a week or a month as a part of the log."""

from workbench.base.dates import month_end, week_days
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.log.logged import LogFilter


def of_week(week: str) -> LogFilter:
    """The days of an ISO week 'YYYY-Www'. Raises WorkbenchError bad_week."""
    try:
        days = week_days(week)
    except ValueError:
        raise WorkbenchError(
            "bad_week",
            _("「{week}」不是一个周次。").format(week=week),
            _("请写成 2026-W47 这样(年份和第几周)。"),
        ) from None
    return LogFilter(days[0].isoformat(), days[-1].isoformat())


def of_month(month: str) -> LogFilter:
    """The days of a month 'YYYY-MM'. Raises WorkbenchError bad_month."""
    try:
        return LogFilter(f"{month}-01", month_end(month).isoformat())
    except ValueError:
        raise WorkbenchError(
            "bad_month", _("「{month}」不是一个月份。").format(month=month), _("请写成 2026-11 这样。")
        ) from None
