"""Judges every light and every contact of the months looked at, customer by customer, in one pass over the book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from workbench.base.dates import month_end, shift_month
from workbench.outreach.outcomes import reading
from workbench.outreach.outcomes.contacts import ReachedContact
from workbench.outreach.outcomes.counts import JudgedLight
from workbench.outreach.outcomes.labels import Course, LaterMonth, LossRule
from workbench.outreach.outcomes.reading import HandedOver, Point, Touch
from workbench.people.customer import Light
from workbench.rules.parameters import Rules


@dataclass(slots=True)
class Gathered:
    """`lights` by customer and month, `contacts` by customer and day; `named`: signal -> whom it named, each once."""

    lights: list[JudgedLight] = field(default_factory=list)
    contacts: list[ReachedContact] = field(default_factory=list)
    named: dict[str, list[JudgedLight]] = field(default_factory=dict)


class Gathering:
    """One pass. `dates`: month looked at -> its data date (ISO); `reported`: all months with a list, oldest first."""

    def __init__(self, rules: Rules, dates: Mapping[str, str], reported: Sequence[str]) -> None:
        self._rules = rules
        self._rule = LossRule(rules)
        self._window = rules.whole("outcomes.window")
        self._before = rules.whole("outcomes.before")
        self._dates = dict(sorted(dates.items()))
        self._reported = reported
        self._closed: dict[int, str] = {}
        self._handed: dict[int, list[HandedOver]] = {}
        self._reached: dict[int, list[Touch]] = {}

    def of(self, conn: Connection) -> Gathered:
        """Reads and judges."""
        gathered = Gathered()
        months = list(self._dates)
        if not months:
            return gathered
        self._closed = reading.closings(conn)
        self._handed = reading.handed_over(conn)
        results = self._rules.words("outcomes.reached")
        self._reached = reading.reached(conn, results, min(self._dates.values()))
        lit, hits = reading.lit_rows(conn, months), reading.hit_rows(conn, months)
        first = shift_month(months[0], 1 - self._before)
        for customer_id, points in reading.courses(conn, months, first, self._reported[-1]):
            lights = {row[1]: (reading.light_of(row[2]), float(row[3])) for row in lit.of(customer_id)}
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
        end = shift_month(month, self._window)
        before = (shift_month(month, -back) for back in range(self._before))
        averages = (points[one].average for one in before if one in points)
        later = [one for one in self._reported if month < one <= end]
        closed = self._closed.get(customer_id)
        return Course(
            tuple(average for average in averages if average is not None),
            points[month].balance if month in points else None,
            tuple(LaterMonth(one, one in points, *points.get(one, Point(None, None))) for one in later),
            self._reported[-1] >= end,
            closed is not None and closed[:7] <= end,
            any(
                one.date <= self._end(month) and (one.until is None or one.until > self._dates[month])
                for one in self._handed.get(customer_id, ())
            ),
        )

    def _end(self, month: str) -> str:
        """The last day of the window of a month."""
        return month_end(shift_month(month, self._window)).isoformat()

    def _was_reached(self, customer_id: int, month: str) -> bool:
        first, last = self._dates[month], self._end(month)
        return any(first < one.date <= last for one in self._reached.get(customer_id, ()))

    def _contacts(self, customer_id: int, lights: Sequence[JudgedLight]) -> list[ReachedContact]:
        """Each contact that reached him, with the newest light before it whose window it lies in."""
        contacts = []
        for touch in self._reached.get(customer_id, ()) if lights else ():
            before = [
                one for one in lights if self._dates[one.month] < touch.date <= self._end(one.month)
            ]  # the last one is the newest
            if before:
                contacts.append(
                    ReachedContact(
                        customer_id, touch.date, touch.channel, touch.result, touch.by_customer, before[-1]
                    )
                )
        return contacts
