"""`DayList`: the customers of one day in the order of the week's list, each with what a call needs (domain 0.1)."""

from dataclasses import dataclass
from typing import TypedDict

from workbench.base.day_words import named_day
from workbench.base.i18n import _
from workbench.insight.measures.freshness import Freshness
from workbench.outreach.promises.room import Promise, PromiseJson
from workbench.outreach.reason import WeekReasonJson
from workbench.outreach.week.entry import WeekEntry


class LastContactJson(TypedDict):
    """The last contact; `result` a code, '' where only a list tells the date."""

    date: str
    channel: str
    result: str


class DayLineJson(TypedDict):
    """A customer of the day; `amount` as in `WeekReasonJson`."""

    customer_no: str
    name: str
    rank: int
    row: str
    why: str
    amount: str
    due: str
    reasons: list[WeekReasonJson]
    say: str
    script: str | None
    do_not_say: list[str]
    phone: str
    last_contact: LastContactJson | None
    promises: list[int]


class DayJson(TypedDict):
    """The list of a day; `wanted`: the day that was meant, `next`: the workday to which `moved` customers move on."""

    date: str
    wanted: str
    week: str
    as_of: str | None
    customers: list[DayLineJson]
    promises: list[PromiseJson]
    done: list[DayLineJson]
    moved: int
    next: str
    notes: list[str]
    first_contacts: int


@dataclass(frozen=True, slots=True)
class LastContact:
    """The last contact with somebody up to a day; `channel` and `result` are codes, '' where only a list tells the date."""

    date: str
    channel: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class DayLine:
    """A customer of the day. `phone`: as the list tells it, to be masked wherever it is shown; '' where none is known;
    `last`: None where no contact is known; `promises`: those open to him, due by the day; `pin`: the note on him; `script`: the
    code of what is said, '' where it is not of the library; `script_why`: why it fits him."""

    entry: WeekEntry
    say: str = ""
    do_not_say: tuple[str, ...] = ()
    phone: str = ""
    last: LastContact | None = None
    promises: tuple[Promise, ...] = ()
    pin: str = ""
    script: str = ""
    script_why: str = ""

    def as_json(self) -> DayLineJson:
        """The customer for the command line."""
        one, first = self.entry, self.entry.first
        last = self.last
        return {
            "customer_no": one.person.customer_no, "name": one.person.name, "rank": one.rank, "row": one.row,
            "why": first.sentence, "amount": first.amount, "due": first.due,
            "reasons": [reason.as_json() for reason in one.reasons], "say": self.say,
            "script": self.script or None, "do_not_say": list(self.do_not_say), "phone": self.phone,
            "last_contact": {"date": last.date, "channel": last.channel, "result": last.result} if last else None,
            "promises": [promise.id for promise in self.promises],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayList:
    """The list of the workday `date` (ISO) by data of `as_of`; `wanted`: the day that was meant, which may be a day
    off before it.

    `lines`: whom to contact, in the order of the week; `promises`: those open that are due by the day, the earliest first;
    `done`: those of the week who were dealt with on the day; `moved`: how many there was no room for and who move on to the
    workday `following`; `red_line`: what is never said to anybody; `silent`: nobody is marketed to on it.
    """

    date: str
    wanted: str
    week: str
    as_of: str | None
    lines: tuple[DayLine, ...]
    promises: tuple[Promise, ...] = ()
    done: tuple[DayLine, ...] = ()
    moved: int = 0
    following: str = ""
    fresh: Freshness | None = None
    red_line: str = ""
    silent: bool = False
    #: persons without an account whose first contact is due on the day, and how many of them are late (domain 7)
    first_contacts: int = 0
    late_contacts: int = 0

    @property
    def referred_words(self) -> str:
        """The line about persons who were referred and wait for their first contact; '' where nobody does."""
        if not self.first_contacts:
            return ""
        if self.late_contacts:
            return _("转介来的 {n} 位还没有账户,等着首触,其中 {late} 位已超时。").format(
                n=self.first_contacts, late=self.late_contacts
            )
        return _("转介来的 {n} 位还没有账户,今天要首触。").format(n=self.first_contacts)

    def limits(self, line: DayLine) -> tuple[str, ...]:
        """What not to say to this customer; without the red line, which is for everybody and stands once."""
        return tuple(one for one in line.do_not_say if one != self.red_line)

    @property
    def entries(self) -> tuple[WeekEntry, ...]:
        """The entries of the week's list that stand on it, in its order."""
        return tuple(one.entry for one in self.lines)

    @property
    def todo(self) -> str:
        """What to do, in one sentence."""
        owed = sum(bool(one.promises) for one in self.lines)
        left = len(self.lines) - owed
        if owed and left:
            words = _("先兑现答应过的 {owed} 件,再联系 {left} 位。")
            return words.format(owed=sum(len(one.promises) for one in self.lines), left=left)
        if owed:
            return _("{day}只有答应过的 {owed} 件,逐件兑现。").format(
                day=named_day(self.date), owed=sum(len(one.promises) for one in self.lines)
            )
        if left:
            return _("从上往下联系 {left} 位,联系完记一笔。").format(left=left)
        if self.done:
            return _("{day}的 {n} 位都处理完了。").format(day=named_day(self.date), n=len(self.done))
        return _("{day}没有要联系的客户。").format(day=named_day(self.date))

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be known of the list as a whole: of which day it is, who moves on, the age of its data."""
        lines, named = [], named_day(self.date)
        if self.wanted != self.date:
            lines.append(
                _("{asked} 休息,这是下一个工作日 {date} 的清单。").format(asked=self.wanted, date=self.date)
            )
        if self.silent:
            lines.append(
                _("{day}是静默日,不做营销、不贺喜;服务、到期和约好的事照常。").format(
                    day=named_day(self.date)
                )
            )
        if self.moved:
            lines.append(
                _("另有 {n} 位{today}排不下,移到 {day}。").format(
                    n=self.moved, today=named, day=self.following
                )
            )
        if self.fresh and self.fresh.sentence:
            lines.append(self.fresh.sentence)
        return tuple(lines)

    def as_json(self) -> DayJson:
        """The list for the command line."""
        return {
            "date": self.date, "wanted": self.wanted, "week": self.week, "as_of": self.as_of,
            "customers": [one.as_json() for one in self.lines],
            "promises": [one.as_json() for one in self.promises],
            "done": [one.as_json() for one in self.done], "moved": self.moved, "next": self.following,
            "notes": list(self.notes), "first_contacts": self.first_contacts,
        }  # fmt: skip
