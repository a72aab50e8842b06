"""`YearDay`: one event of a year as the calendar shows it and the touch plan uses it (domain 6.1-6.4)."""

from dataclasses import dataclass
from typing import Literal

#: 'festival' (6.1), 'term' (6.2), 'segment' (6.3), 'product' (6.4)
Stream = Literal["festival", "term", "segment", "product"]
#: who hears of it: each of `whom` by himself, a circle or group at once, nobody
Use = Literal["personal", "group", "none"]


@dataclass(frozen=True, slots=True)
class YearDay:
    """An event from `date` to `last` (ISO, both included; one day where they are equal).

    Each year tells the spans that touch it: `date` may lie in the year before, `last` in the year after. `code` stands once in
    a year: that of its row (see `row`), with '.before' for the span that began the year before, '.03' for a month, '.2' for the
    second of a year. `name` in the language in use, with 或差一天 where sources differ (`doubtful`), `short`: for
    narrow places, '' where the name itself does; `act_on`: the workday (ISO)
    on which it is acted upon after the shift rule of 6.7, '' where nobody acts; `silent`: no marketing and no joyful greeting on
    it; `marketing`: a touch for it sells; `whom`: condition in the language of the picker, '' for nobody by himself; `segment`:
    code of the segment that it is of, '' for all; `channel`: code of a channel of contacts, or 'group'; `says` what to do,
    `forbids` what not to say; `mark` where it comes from (S, R, D, P); `own`: written by branch or manager.
    """

    date: str
    last: str
    code: str
    name: str
    stream: Stream
    use: Use = "none"
    act_on: str = ""
    silent: bool = False
    marketing: bool = False
    whom: str = ""
    segment: str = ""
    channel: str = ""
    says: str = ""
    forbids: str = ""
    doubtful: bool = False
    mark: str = "P"
    own: bool = False
    short: str = ""

    @property
    def row(self) -> str:
        """The code of its row: the same in every year."""
        return self.code.partition(".")[0]
