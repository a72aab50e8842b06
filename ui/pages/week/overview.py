"""What 本周 shows: what is read in one go, and what rests on the whole book and is read apart."""

from collections.abc import Hashable
from dataclasses import dataclass

from workbench.base.workdays import WorkWeek
from workbench.insight.churn.verdict import CheckSummary
from workbench.insight.summary import BookSummary
from workbench.insight.towers.critical_class import MATURING, NEAR_CHURN
from workbench.outreach.draft import WeekPlan
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.room import WeekLeads
from workbench.outreach.review import WeekReview
from workbench.outreach.today.day import DayList
from workbench.outreach.week.entry import WeekEntry, WeekList


@dataclass(frozen=True, slots=True)
class FirstLine:
    """A customer of the day; `done`: whether he was dealt with on it; `say`: the first sentence for him."""

    entry: WeekEntry
    done: bool
    say: str = ""

    @property
    def customer_no(self) -> str:
        """Who he is."""
        return self.entry.person.customer_no


@dataclass(frozen=True, slots=True)
class WeekSeen:
    """A week with customers. `day`: the list of today, or of the next workday; `week`: the list that it is a part of."""

    summary: BookSummary
    check: CheckSummary
    plan: WeekPlan
    week: WeekList
    day: DayList
    review: WeekReview | None
    #: which days of the week are worked
    work: WorkWeek

    @property
    def lines(self) -> tuple[FirstLine, ...]:
        """Those of the day in the order of the week, dealt with or not."""
        lines = [FirstLine(one.entry, done=False, say=one.say) for one in self.day.lines]
        lines += [FirstLine(one.entry, done=True, say=one.say) for one in self.day.done]
        return tuple(sorted(lines, key=lambda one: one.entry.rank))

    @property
    def beneath(self) -> Hashable:
        """What dates and changes belong to: a contact does not touch it."""
        return self.plan.week, self.check.as_of, self.day.wanted


@dataclass(frozen=True, slots=True)
class WeekDates:
    """What falls into the week: maturities and birthdays. `dated`: whether any list tells maturities at all."""

    leads: tuple[Lead, ...]
    dated: bool

    @classmethod
    def of(cls, whole: WeekLeads) -> "WeekDates":
        """Those of the leads that were found for the week."""
        blind = any(one.of_all and one.condition.critical == MATURING for one in whole.blind or ())
        return cls(tuple(lead for lead in whole.leads if lead.kind != NEAR_CHURN), not blind)

    @property
    def maturing(self) -> tuple[Lead, ...]:
        """Whose money is coming due."""
        return tuple(lead for lead in self.leads if lead.kind == MATURING)

    def born(self, day: str) -> tuple[Lead, ...]:
        """Who is greeted for a birthday on a day (ISO)."""
        return tuple(lead for lead in self.leads if lead.kind == "birthday" and lead.due == day)

    def due(self, day: str) -> int:
        """How many have money coming due for which they are contacted by a day (ISO)."""
        return sum(lead.due == day for lead in self.maturing)
