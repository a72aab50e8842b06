"""Entries of a calendar file: the touches of a year, its festivals and silent days; names masked, each known by a hash."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from workbench.base.i18n import _
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.people.privacy import Cover, print_name, tail
from workbench.sheets.content import typeset
from workbench.sheets.year_material import GROUP, YearMaterial, channel_word, named_together

#: length of the hash that an entry is known by
_SIGNS = 40


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An entry from `date` to `last` (ISO, both included), known by `uid` in every file of its book and year."""

    uid: str
    date: str
    last: str
    summary: str
    description: str
    category: str

    @property
    def digest(self) -> str:
        """What tells whether it changed: its first day, so that it can be cancelled later, and a hash of what it says."""
        content = "\n".join((self.date, self.last, self.summary, self.description, self.category))
        return f"{self.date}/{hashlib.sha256(content.encode()).hexdigest()[:_SIGNS]}"


def entry_uid(key: bytes, customer_no: str, reason: str, occurrence: str, year: int) -> str:
    """The hash by which an entry is known: of book, customer ('' for none), reason, occurrence and year."""
    text = "\x1f".join((customer_no, reason, occurrence, str(year)))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:_SIGNS]


def entries_of(material: YearMaterial, key: bytes) -> list[CalendarEntry]:
    """The entries of a year, by day: what happens first, then touches in the order of their sheet."""
    days = [day for day in material.agenda.days for event in day.events if event.date == day.date]
    events = {event.code: event for day in days for event in day.events}
    made = [_event(one, key, material.agenda.year) for one in events.values() if _shown(one)]
    made += _touches(material, key)
    order = {entry.uid: place for place, entry in enumerate(made)}
    return sorted(made, key=lambda entry: (entry.date, order[entry.uid]))


def _shown(one: YearDay) -> bool:
    return one.stream == "festival" or one.silent


def _event(one: YearDay, key: bytes, year: int) -> CalendarEntry:
    name = _("{name}(静默日)").format(name=one.name) if one.silent else one.name
    says = "\n".join(filter(None, [one.says, one.forbids]))
    uid = entry_uid(key, "", f"day.{one.code}", one.date, year)
    return CalendarEntry(uid, one.date, one.last, typeset(name), typeset(says), _("节日"))


def _touches(material: YearMaterial, key: bytes) -> Iterator[CalendarEntry]:
    cover = Cover((one.name, one.customer_no) for one in material.touches)
    year = material.agenda.year
    made = [one for one in material.touches if one.day is not None]
    single = sorted((one for one in made if one.channel != GROUP), key=_order)
    for one in single:
        uid = entry_uid(key, one.customer_no, one.reason, one.occurrence, year)
        words = typeset(cover(one.words))
        who = f"{print_name(one.name)} {tail(one.customer_no)}".strip()
        about = " · ".join((channel_word(one.channel), words))
        yield CalendarEntry(
            uid,
            one.day or "",
            one.day or "",
            f"{who} {typeset(cover(material.heading(one)))}",
            about,
            _("客户触点"),
        )
    together = sorted((one for one in made if one.channel == GROUP), key=_order)
    for (day, reason), many in groupby(together, key=lambda one: (one.day or "", one.reason)):
        mine = list(many)
        uid = entry_uid(key, "", f"group.{reason}", day, year)
        summary = _("群发 {n}户 {what}").format(n=f"{len(mine):,}", what=cover(material.heading(mine[0])))
        yield CalendarEntry(uid, day, day, typeset(summary), named_together(mine), _("客户触点"))


def _order(one: PlannedTouch) -> tuple[str, int, str, str, str, str]:
    return (one.day or "", one.priority, one.reason, one.words, one.customer_no, one.occurrence)


def once_each(entries: Sequence[CalendarEntry]) -> list[CalendarEntry]:
    """The entries, each hash once: the first one stays."""
    return list({entry.uid: entry for entry in reversed(entries)}.values())[::-1]
