"""What each lit customer of a week gets: why he gives way, his place, by when, what is to be done."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload

from workbench.base.dates import today
from workbench.base.workdays import WorkWeek
from workbench.insight.churn.call_day import LIGHTS, call_day
from workbench.insight.churn.priority import Circumstances, priority, value_at_stake
from workbench.insight.churn.verdict import CustomerRisk
from workbench.outreach.lights.light_week import QueuedLight
from workbench.outreach.lights.queue import ListedBefore, Queued
from workbench.people.rested import LatelyContacted
from workbench.rules.parameters import Rules
from workbench.rules.sentences import clause


@dataclass(frozen=True)
class Placing:
    """What the places of a week follow from beside the verdicts. `day`: ISO, that the week is judged on; `old`: the data are
    too old for deadlines; `contacts`: by customer id."""

    rules: Rules
    work: WorkWeek
    day: str
    old: bool
    before: ListedBefore
    contacts: Mapping[int, LatelyContacted] = field(default_factory=dict)
    around: Circumstances = field(default_factory=Circumstances)

    @cached_property
    def _due(self) -> dict[str, str]:
        """Light -> the day (ISO) by which he is contacted."""
        return {light: call_day(light, self.work, today(), self.rules).isoformat() for light in LIGHTS}

    @cached_property
    def _date(self) -> dt.date:
        return dt.date.fromisoformat(self.day)

    @cached_property
    def _carried(self) -> int:
        """Weeks on the list after which somebody gives way."""
        return self.rules.whole("queue.carry_weeks")

    def queued(self, risk: CustomerRisk) -> Queued:
        """A lit customer with what decides his place."""
        value = value_at_stake(risk, self.rules)
        return Queued(
            risk, priority(risk, value, self.around, self._date, self.rules), self._late(risk), value
        )

    def places(self, lit: Mapping[int, Queued]) -> int:
        """The places left: those reached this week have used theirs. `lit`: by customer id."""
        monday = self.work.days[0].isoformat()
        reached = (id_ for id_, one in self.contacts.items() if (one.reached or "") >= monday)
        used = sum(lit[id_].risk.rests for id_ in reached if id_ in lit)
        return self.rules.whole("queue.places") - used

    def placed(self, one: Queued, place: int) -> QueuedLight:
        """The light as it is shown."""
        risk, rules = one.risk, self.rules
        reachable = risk.customer_id not in self.around.no_number
        if risk.state == "gone":
            todo = rules.text("queue.todo.gone")
        elif not reachable:
            todo = rules.text("queue.todo.unreachable")
        elif self._contact(risk).tries:
            todo = rules.text("queue.todo.tried")
        else:
            todo = rules.text(f"queue.todo.{risk.light}" + (".old" if self.old else ""))
        return QueuedLight(
            risk, place, one.priority, one.value_fen, self._due[str(risk.light)],
            risk.customer_id in self.before.last_week, reachable, todo, one.late,
        )  # fmt: skip

    def _contact(self, one: CustomerRisk) -> LatelyContacted:
        return self.contacts.get(one.customer_id, _NONE)

    def _late(self, one: CustomerRisk) -> str:
        """Why a customer gives way to the others, '' for no reason."""
        rules, contact = self.rules, self._contact(one)
        if contact.tries > 1 and contact.first is not None:
            days = (self._date - dt.date.fromisoformat(contact.first)).days
            if days >= rules.whole("queue.tried_days"):
                return clause(rules, "queue.late.tried", {"days": days, "tries": contact.tries})
        weeks = self.before.weeks.get(one.customer_id, 0)
        if weeks >= self._carried:
            return clause(rules, "queue.late.listed", {"weeks": weeks})
        return ""


_NONE = LatelyContacted()


class PlacedLights(Sequence[QueuedLight]):
    """A part of the queue; a light is made when somebody looks at it, with the place that its part begins with. So no light
    behind the working ones is made again because places shift."""

    def __init__(
        self, queued: Sequence[Queued], made: Callable[[Queued, int], QueuedLight], first: int
    ) -> None:
        self.queued = tuple(queued)
        self._made = made
        #: the first place; 0 where nobody has any
        self._first = first

    def __len__(self) -> int:
        return len(self.queued)

    @overload
    def __getitem__(self, at: int) -> QueuedLight: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[QueuedLight, ...]: ...

    def __getitem__(self, at: int | slice) -> QueuedLight | tuple[QueuedLight, ...]:
        numbers = range(len(self.queued))[at]
        return self._at(numbers) if isinstance(numbers, int) else tuple(map(self._at, numbers))

    def __iter__(self) -> Iterator[QueuedLight]:
        return map(self._at, range(len(self.queued)))

    def _at(self, number: int) -> QueuedLight:
        return self._made(self.queued[number], self._first + number if self._first else 0)
