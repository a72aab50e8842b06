"""The figures of the contact log in words and for programs."""

from typing import TypedDict

from workbench.base.i18n import _
from workbench.outreach.log.statistics import ContactCounts, ContactCountsJson, ContactStatistics


class ContactFiguresJson(TypedDict):
    """The figures of a filter; `log_begins`: before this day nothing was logged, so nothing is known."""

    log_begins: str | None
    statistics: ContactCountsJson
    channels: list[ContactCountsJson]
    results: list[ContactCountsJson]
    towers: list[ContactCountsJson]
    weeks: list[ContactCountsJson]


def figures(numbers: ContactStatistics) -> ContactFiguresJson:
    """The figures for programs."""
    return {
        "log_begins": numbers.began,
        "statistics": numbers.everything.as_json(),
        "channels": [one.as_json() for one in numbers.channels],
        "results": [one.as_json() for one in numbers.results],
        "towers": [one.as_json() for one in numbers.towers],
        "weeks": [one.as_json() for one in numbers.weeks],
    }


def rate_word(counts: ContactCounts) -> str:
    """The reach rate, '—' where nothing was logged."""
    return "—" if counts.rate is None else f"{counts.rate:.0%}"


def line(counts: ContactCounts) -> str:
    """The counts in one line; of a time without a contact it says so instead of noughts."""
    if not counts.contacts:
        return _("没有登记过联系")
    words = _("{n} 次,联系上 {reached} 次({rate}),约到 {invited},见到 {met},办成 {done}")
    return words.format(
        n=f"{counts.contacts:,}", reached=f"{counts.reached:,}", rate=rate_word(counts), invited=counts.invited,
        met=counts.met, done=counts.done,
    )  # fmt: skip
