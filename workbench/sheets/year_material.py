"""What the sheets of a year of contact are made of: its days, its touches, its money, in one value; and words they share."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.base.i18n import _, commas, semicolons
from workbench.outreach.agenda.agenda import AgendaDay, AgendaYear
from workbench.outreach.codes import codes
from workbench.outreach.dates.year_day import Stream, YearDay
from workbench.outreach.wishes.reasons import BETWEEN, reason_group, reason_name
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.people.privacy import print_name, tail
from workbench.rules.parameters import Rules
from workbench.sheets.content import typeset

#: a message to many at once: nothing comes back
GROUP = "group"
#: reasons that are about a day of the customer's own
_OWN_DAYS = frozenset({"birthday", "anniversary", "qualified", "cadence"})
#: more are not named on a line
_NAMED = 12


@dataclass(frozen=True, slots=True)
class YearMaterial:
    """The year, its touches with a day, who works on them. `maturing`: fen by month 'YYYY-MM', None where no list tells that
    anything matures; `maturing_note` a sentence about it; `budget`: fen of gifts and salons by day (ISO), as far as set;
    `scripts`: id of a touch -> the code of its text."""

    agenda: AgendaYear
    touches: Sequence[PlannedTouch]
    rules: Rules
    manager: str = ""
    maturing: Mapping[str, int] | None = None
    maturing_note: str = ""
    budget: Mapping[str, int] = field(default_factory=dict)
    scripts: Mapping[int, str] = field(default_factory=dict)

    def of_month(self, month: str) -> list[PlannedTouch]:
        """The touches made in a month 'YYYY-MM', in the order of its sheet."""
        return sorted((one for one in self.touches if (one.day or "")[:7] == month), key=_order)

    def reason(self, one: PlannedTouch) -> str:
        """The name of what a touch is for, the same for all of its kind."""
        return reason_name(one.reason, self.rules)

    def heading(self, one: PlannedTouch) -> str:
        """What touches stand under on paper: the event that they are for, else the reason."""
        return one.words if BETWEEN in one.reason else self.reason(one)

    def about(self, one: PlannedTouch) -> str:
        """The day (ISO) that a touch is about, where its words name one; '' else."""
        named = "{day}" in self.rules.text(f"touch.{reason_group(one.reason)}.words")
        return one.occurrence[:10] if named else ""

    def tier(self, one: PlannedTouch) -> str:
        """The name of a customer's level; '' where it is not known."""
        return self.rules.text(f"tier.{one.tier}") if one.tier else ""


def year_budget(*parts: Mapping[str, int]) -> dict[str, int]:
    """Fen by day (ISO) of several budgets together."""
    days: Counter[str] = Counter()
    for part in parts:
        days.update(part)
    return dict(days)


def _order(one: PlannedTouch) -> tuple[str, int, str, str, str, int]:
    return (one.day or "", one.priority, one.reason, one.words, one.customer_no, one.id)


def channel_names() -> dict[str, str]:
    """Code of a channel of contacts -> its name."""
    return dict(codes("channels"))


def channel_word(code: str) -> str:
    """A channel of the plan in words."""
    return _("群发") if code == GROUP else channel_names().get(code, code)


def names_of(events: Iterable[YearDay], *streams: Stream) -> list[str]:
    """The names of the events of some streams, each once."""
    return list(dict.fromkeys(one.name for one in events if one.stream in streams))


def year_notes(notes: Iterable[str]) -> str:
    """What is to be known of a year, in one sentence."""
    return semicolons(note.rstrip("。.") for note in notes)


def day_sign(day: AgendaDay) -> str:
    """休 or 班, '' for an ordinary day."""
    if day.workday:
        return _("班") if dt.date.fromisoformat(day.date).weekday() > 4 else ""
    return _("休") if day.off else ""


def named_together(touches: Iterable[PlannedTouch]) -> str:
    """The customers of messages to many that are about a day of their own: nobody could send them without knowing whose. '' for
    other messages."""
    named = [
        f"{print_name(one.name)} {tail(one.customer_no)}".strip()
        for one in touches
        if one.channel == GROUP and one.reason in _OWN_DAYS
    ]
    if len(named) > _NAMED:
        return _("{names} 等 {n}户").format(names=commas(named[:_NAMED]), n=f"{len(named):,}")
    return commas(named)


def group_lines(touches: Iterable[PlannedTouch]) -> list[str]:
    """One line for each message to many: its day, for what, to how many."""
    together: dict[tuple[str, str], list[PlannedTouch]] = {}
    for one in touches:
        if one.channel == GROUP:
            together.setdefault((one.day or "", one.words), []).append(one)
    words = _("群发 {date} {what} {n}户")
    return [
        with_names(typeset(words.format(date=day[5:], what=what, n=f"{len(many):,}")), named_together(many))
        for (day, what), many in sorted(together.items())
    ]


def with_names(words: str, names: str) -> str:
    """A message to many with those whom it names."""
    return _("{words}({names})").format(words=words, names=names) if names else words
