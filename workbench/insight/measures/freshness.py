"""The age of the data against today, and what it stops: the one home of the question.

Lights stay however old a list is; clocks, countdowns and words like "within 24 hours" need fresh data.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.rules.parameters import Rules

#: ending of the key of a text that is used while the data are old
OLD = ".old"


@dataclass(frozen=True, slots=True)
class Freshness:
    """`as_of`: the date of the data (ISO, None without data); `days`: their age; `limit`: the greatest fresh age."""

    as_of: str | None
    days: int
    limit: int

    @property
    def stale(self) -> bool:
        """Whether clocks and countdowns stop."""
        return self.days > self.limit

    @property
    def sentence(self) -> str:
        """The notice of a stale book, with its date and what to do; '' while the data are fresh."""
        if not self.stale:
            return ""
        words = _("数据截至 {as_of},已是 {days} 天前的:灯照旧,不再计时限;请先导入最新名单,再安排联系。")
        return words.format(as_of=self.as_of, days=f"{self.days:,}")

    def key(self, rules: Rules, key: str) -> str:
        """The key of the text to use: while the data are old, the variant without clocks if there is one."""
        old = key + OLD
        return old if self.stale and rules.has_text(old) else key

    def as_json(self) -> dict[str, Any]:
        """For programs: `as_of` ISO or null, `days` whole, `stale` a flag, `text` the notice or ''."""
        return {"as_of": self.as_of, "days": self.days, "stale": self.stale, "text": self.sentence}


def freshness(as_of: str | None, rules: Rules, day: str | None = None) -> Freshness:
    """The freshness of data as of a date, seen on a day (ISO; None: today)."""
    seen = dt.date.fromisoformat(day) if day else today()
    days = (seen - dt.date.fromisoformat(as_of)).days if as_of else 0
    return Freshness(as_of, max(days, 0), rules.whole("window.stale_days"))
