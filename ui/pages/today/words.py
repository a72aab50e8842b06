"""Words of the day that the list and the review share."""

import datetime as dt

from ui.words import day_words, weekday_word
from workbench.base.i18n import _
from workbench.outreach.methods import codes
from workbench.outreach.today.day import LastContact


def day_title(day: str) -> str:
    """'11 月 20 日 周五'."""
    date = dt.date.fromisoformat(day)
    return f"{day_words(date)} {weekday_word(date)}"


def last_words(last: LastContact | None) -> str:
    """The last contact with its channel and result, as far as they are known."""
    if last is None:
        return _("没有联系记录")
    channels, results = dict(codes("channels")), dict(codes("results"))
    told = (channels.get(last.channel, last.channel), results.get(last.result, last.result))
    return " ".join([_("上次 {date}").format(date=last.date), *filter(None, told)])
