"""Judges every light and every contact of the months looked at, customer by customer, in one pass over the book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from workbench.base.change import Progress, silent
from workbench.base.dates import month_end, shift_month
from workbench.base.i18n import _
from workbench.insight.churn.afterwards import Afterwards
from workbench.insight.churn.losses import Course, LaterMonth, LossRule
from workbench.outreach.outcomes import reading
from workbench.outreach.outcomes.contacts import ReachedContact
from workbench.outreach.outcomes.counts import JudgedLight
from workbench.outreach.outcomes.reading import Point
from workbench.people.customer import Light
from workbench.rules.parameters import Rules

_UNTOLD = Point(None, None)
#: customers judged between two reports of progress
_BEAT = 2_000


@dataclass(slots=True)
class Gathered:
    """`lights` by customer and month, `contacts` by customer and day; `named`: signal -> whom it named, each once."""

    lights: list[JudgedLight] = field(default_factory=list)
    contacts: list[ReachedContact] = field(default_factory=list)
    named: dict[str, list[JudgedLight]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Window:
    """The months around a light: those before it with its own, the lists within its window; its data date and last day."""

    before: tuple[str, ...]
    later: tuple[str, ...]
    end: str
    first: str
    last: str
    complete: bool


class Gathering:
    """One pass. `dates`: month looked at -> its data date (ISO); `reported`: all months with a list, oldest first."""

    def __init__(self, rules: Rules, dates: Mapping[str, str], reported: Sequence[str]) -> None:
        self._rules = rules
        self._rule = LossRule(rules)
        self._before = rules.whole("outcomes.before")
        self._reported = reported
        length = rules.whole("outcomes.window")
        self._windows = {month: self._around(month, dates[month], length) for month in sorted(dates)}
        self._afterwards = Afterwards()

    def _around(self, month: str, data_date: str, length: int) -> _Window:
        end = shift_month(month, length)
        return _Window(
            tuple(shift_month(month, -back) for back in range(self._before)),
            tuple(one for one in self._reported if month < one <= end),
            end,
            data_date,
            month_end(end).isoformat(),
            self._reported[-1] >= end,
        )

    def of(self, conn: Connection, progress: Progress = silent) -> Gathered:
        """Reads and judges; progress from 0.8 on."""
        gathered = Gathered()
        months = list(self._windows)
        if not months:
            return gathered
        earliest = min(one.first for one in self._windows.values())
        self._afterwards = Afterwards.read(conn, self._rules, earliest)
        lit, hits = reading.lit_rows(conn, months), reading.hit_rows(conn, months)
        first = shift_month(months[0], 1 - self._before)
        for done, (customer_id, points) in enumerate(
            reading.courses(conn, months, first, self._reported[-1])
        ):
            if done % _BEAT == 0:
                progress(min(0.8 + done / 500_000, 0.99), _("核对亮过的灯"))
            lights = {row[1]: (row[2], float(row[3])) for row in lit.of(customer_id)}
            codes: dict[str, list[str]] = {}
            for row in hits.of(customer_id):
                codes.setdefault(row[1], []).append(row[2])
            self._judge(customer_id, points, lights, codes, gathered)
        return gathered

    def _judge(
        self,
        customer_id: int,
        points: Mapping[str, Point],
        lights: Mapping[str, tuple[Light, float]],
        codes: Mapping[str, list[str]],
        gathered: Gathered,
    ) -> None:
        """Judges one customer in every month in which he had a light or a signal that did not count yet."""
        counted: set[str] = set()
        own: list[JudgedLight] = []
        for month in sorted(lights.keys() | codes.keys()):
            fresh = [code for code in codes.get(month, ()) if code not in counted]
            light, risk = lights.get(month, (None, 0.0))
            if light is None and not fresh:
                continue
            judged = self._rule.judge(self._course(customer_id, month, points))
            one = JudgedLight(
                customer_id, month, light, risk, judged, self._was_reached(customer_id, month),
                first=light is not None and not own,
            )  # fmt: skip
            if light is not None:
                own.append(one)
            if judged.final and judged.lost is not None:
                counted.update(fresh)
                for code in fresh:
                    gathered.named.setdefault(code, []).append(one)
        gathered.lights.extend(own)
        gathered.contacts.extend(self._contacts(customer_id, own))

    def _course(self, customer_id: int, month: str, points: Mapping[str, Point]) -> Course:
        window = self._windows[month]
        averages = (points[one].average for one in window.before if one in points)
        closed = self._afterwards.closed.get(customer_id)
        return Course(
            tuple(average for average in averages if average is not None),
            points[month].balance if month in points else None,
            tuple(LaterMonth(one, one in points, *points.get(one, _UNTOLD)) for one in window.later),
            window.complete,
            closed is not None and closed[:7] <= window.end,
            self._afterwards.was_handed_over(customer_id, window.first, window.last),
        )

    def _was_reached(self, customer_id: int, month: str) -> bool:
        window = self._windows[month]
        return self._afterwards.was_reached(customer_id, window.first, window.last)

    def _contacts(self, customer_id: int, lights: Sequence[JudgedLight]) -> list[ReachedContact]:
        """Each contact that reached him, with the newest light before it whose window it lies in."""
        windows = [(self._windows[one.month], one) for one in lights]
        contacts = []
        for touch in self._afterwards.contacts.get(customer_id, ()) if lights else ():
            before = [one for window, one in windows if window.first < touch.date <= window.last]
            if before:
                contacts.append(
                    ReachedContact(
                        customer_id, touch.date, touch.channel, touch.result, touch.by_customer, before[-1]
                    )
                )
        return contacts
