"""What the parts of a week's pack are made of: each decided by outreach, read once, when a part first asks for it."""

from collections.abc import Callable, Sequence
from functools import cached_property

from db.engine import Book
from workbench.insight.portrait.journey_card import JourneyCard
from workbench.outreach.critical.entry import CriticalQueue
from workbench.outreach.draft import WeekPlan
from workbench.outreach.room import Outreach
from workbench.outreach.today.day import DayLine, DayList
from workbench.outreach.week.entry import WeekList
from workbench.people.privacy import Cover
from workbench.rules.parameters import Rules
from workbench.sheets.content import Imprint, typeset

#: makes the journey cards of customers by their numbers
Cards = Callable[[Sequence[str]], list[JourneyCard]]


class WeekMaterial:
    """The week of a plan. `cards` makes journey cards, None where no part asks for them; `phones`: whether telephones are
    printed in full, by the purpose that the register keeps."""

    def __init__(
        self,
        book: Book,
        outreach: Outreach,
        plan: WeekPlan,
        imprint: Imprint,
        cards: Cards | None = None,
        *,
        phones: bool = False,
    ) -> None:
        self.book = book
        self.outreach = outreach
        self.plan = plan
        self.imprint = imprint
        self.phones = phones
        self._cards = cards

    @property
    def week(self) -> str:
        """ISO week 'YYYY-Www'."""
        return self.plan.week

    @property
    def rules(self) -> Rules:
        """The rules of the book."""
        return self.outreach.rules

    @cached_property
    def listing(self) -> WeekList:
        """The ranked list of the week."""
        return self.outreach.weeks.of_plan(self.plan)

    @cached_property
    def days(self) -> tuple[DayList, ...]:
        """The lists of the workdays still to come."""
        return self.outreach.days.ahead(self.listing)

    @cached_property
    def critical(self) -> CriticalQueue:
        """The queue of the seven critical classes."""
        return self.outreach.critical(self.week)

    @cached_property
    def lines(self) -> tuple[DayLine, ...]:
        """Everybody on the list of the week, in its order, with telephone and last contact."""
        return self.outreach.days.brief(self.listing)

    def cards(self, numbers: Sequence[str]) -> list[JourneyCard]:
        """The journey cards of some customers by their numbers, in that order."""
        return self._cards(numbers) if self._cards is not None else []

    @cached_property
    def clean(self) -> Callable[[str], str]:
        """Masks and typesets a text about anybody on the list."""
        people = [(one.person.name, one.person.customer_no) for one in self.listing.entries]
        cover = Cover(people)
        return lambda text: typeset(cover(" ".join(text.split())))
