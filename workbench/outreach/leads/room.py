"""The leads of a week: the sources of the registry, lights first, then critical classes, maturities, birthdays and newcomers."""

import datetime as dt
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from db.engine import Book
from db.since import BY_HAND
from db.values import Json
from db.week import promises
from workbench.base.errors import in_words
from workbench.base.months import ReportedMonths, data_date
from workbench.base.workdays import workdays_of
from workbench.insight.churn.churn_check import ChurnCheck
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.layers import last_run
from workbench.insight.towers.critical_class import NEAR_CHURN, SUITABILITY_DUE
from workbench.insight.towers.critical_conditions import BlindCondition, blind_conditions
from workbench.outreach.contact_limits import held_on, whose
from workbench.outreach.leads.blind import looked_at, unseen
from workbench.outreach.leads.calendar import plan_mark
from workbench.outreach.leads.in_order import LeadsInOrder
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.left_over import LeftOver, left_over
from workbench.outreach.leads.registry import CODES, EACH, candidates, to_be_read_again
from workbench.outreach.leads.search import LeadSearch
from workbench.outreach.leads.tested import tested, tests_are_known, with_bars, with_tests, without_products
from workbench.outreach.leads.week import LeadWeek
from workbench.outreach.lights.beneath import Beneath, beneath, touched
from workbench.outreach.lights.light_week import LightWeek
from workbench.outreach.lights.listed import LIGHTS
from workbench.outreach.lights.lit import Lit, but_for
from workbench.outreach.lights.room import Lights
from workbench.people.consent import Consent
from workbench.rules.parameters import Rules

#: findings that a later one tells what changed since
_REMEMBERED = 20


@dataclass(frozen=True, slots=True)
class WeekLeads:
    """Everything found for a week: the lit customers, all leads, and the conditions of the critical classes that
    cannot be told of some (None: the tag layers are of another month, so that four of the classes were not looked at).

    `looked`: customers of the list that was looked at; `unseen`: kind of lead -> the column without which nobody can be
    told; `left_over`: what the week before left undone.
    """

    week: LeadWeek
    lit: Lit
    in_order: LeadsInOrder
    blind: tuple[BlindCondition, ...] | None
    looked: int = 0
    unseen: Mapping[str, str] = field(default_factory=dict)
    left_over: LeftOver = field(default_factory=LeftOver)
    #: customer id -> consent of those who must not be marketed to, on the day that the week is seen from; None where that was
    #: not looked at
    held: Mapping[int, Consent] | None = None
    #: (manager, branch) of the newest list; None where it was not looked at
    whose: tuple[str, str] | None = None
    #: stands for this finding; and those before it, each with the customers (ids) whose leads were found again since
    mark: object = field(default_factory=object, compare=False)
    before: tuple[tuple[object, frozenset[int]], ...] = field(default=(), compare=False)

    @property
    def leads(self) -> tuple[Lead, ...]:
        """All leads, those of lights first."""
        return self.in_order.all

    def changed_since(self, mark: object) -> frozenset[int] | None:
        """The customers (ids) whose leads, light or consent may be others than in an earlier finding; None: anybody's. The
        places of lights may be others at any time."""
        if mark is self.mark:
            return frozenset()
        return next((few for one, few in self.before if one is mark), None)

    def since(self, few: frozenset[int]) -> tuple[tuple[object, frozenset[int]], ...]:
        """`before` of the finding after this one, for which a few customers were looked at again."""
        return ((self.mark, few), *((one, others | few) for one, others in self.before))[:_REMEMBERED]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The leads that were found last, with what they stand on: the book, the lights, what was left undone, what was promised,
    and which plan of the year there was."""

    at: Beneath
    lights: LightWeek
    left: Hashable
    promised: tuple[str, Hashable]
    planned: list[Json]
    cut: Mapping[str, Mapping[int, int | None]]
    made: WeekLeads


class Leads:
    """Finds the leads of a week."""

    def __init__(
        self, book: Book, rules: Rules, months: ReportedMonths, checking: ChurnCheck, engine: Engine
    ) -> None:
        self._book = book
        self._rules = rules
        self._months = months
        self._checking = checking
        self._engine = engine
        self.lights = Lights(book, rules, months, checking)
        self._kept: _Kept | None = None

    @property
    def engine(self) -> Engine:
        """The engine of the tag layers that the leads are read from."""
        return self._engine

    def data_date(self) -> str | None:
        """The date of the newest data (ISO); None in an empty book."""
        with in_words(), self._book.read() as conn:
            month = self._months.newest(conn)
            return data_date(conn, month) if month else None

    def guard(self) -> str | None:
        """The warning of the data guard about the newest month (domain 4.5), None for none. Raises WorkbenchError no_data."""
        return self._checking.run().guard

    def of(self, week: str, lights: LightWeek | None = None) -> list[Lead]:
        """The leads of a week 'YYYY-Www' by the newest month that is not after it: lights first, then critical classes,
        newcomers and birthdays. Of `lights` (None: read now) those that are worked on this week; who is lost or quiet is not
        led to in any way that has no date. Money gone at the month's end stands with the lights. Raises WorkbenchError
        no_data, no_such_week."""
        return [lead for lead in self.whole(week, lights).leads if lead.kind != NEAR_CHURN]

    def whole(self, week: str, lights: LightWeek | None = None) -> WeekLeads:
        """As `of`, with what they were found by, and with all seven critical classes. Kept as long as nothing that they follow
        from has changed; where a few customers were contacted or decided about since, only theirs are found again."""
        if lights is None or self._have_stages(lights.month):
            lights = self.lights_of(week)
        with in_words(), self._book.read() as conn:
            left = left_over(conn, week, self._rules)
            open_promises = conn.execute(
                select(promises.c.id, promises.c.due)
                .where(promises.c.state == "open")
                .order_by(promises.c.id)
            ).all()
            promised = (week, tuple(map(tuple, open_promises)))
            planned = plan_mark(conn, week)
            now, kept = beneath(conn, self._rules), self._kept
            if kept is not None and kept.promised[0] == week and kept.made.week.month == lights.month:
                stood = kept.at, kept.left, kept.promised, kept.planned
                if stood == (now, left.in_brief, promised, planned) and kept.lights is lights:
                    return kept.made
                few = touched(conn, kept.at, now, self._rules)
            else:
                few = None
            made, cut = self._searched(conn, week, lights, left, few, kept, now)
            self._kept = _Kept(now, lights, left.in_brief, promised, planned, cut, made)
            return made

    def lights_of(self, week: str) -> LightWeek:
        """The lights of a week as the leads see them: by the levels of today. Raises WorkbenchError no_data, no_such_week."""
        lights = self.lights.of(week)
        return self.lights.of(week) if self._have_stages(lights.month) else lights

    def unsuitable(self, week: str, customers: Collection[int]) -> frozenset[int]:
        """Who of some customers (ids) must not be sold anything before his suitability is put right: a condition of C7, or
        no valid test where lists tell tests. Raises WorkbenchError no_data, no_such_week."""
        whole = self.whole(week)
        wanted = frozenset(customers)
        theirs = whole.in_order.of_customers(wanted)
        out = {lead.customer_id for lead in theirs if lead.kind == SUITABILITY_DUE}
        if tests_are_known(whole.blind):
            with in_words(), self._book.read() as conn:
                valid = tested(conn, self._engine.layers(conn), wanted, self._rules)
            out |= {id_ for id_, yes in valid.items() if not yes}
        return frozenset(out)

    def without_products(self, kind: str, customers: Collection[int]) -> Mapping[int, str]:
        """Who of some customers (ids) must not stand on a row of this kind because he is told of no product now -> why. Raises
        WorkbenchError no_layers."""
        if kind not in self._rules.words("plan.of_products"):
            return {}
        with in_words(), self._book.read() as conn:
            return without_products(conn, self._engine.layers(conn), frozenset(customers), self._rules)

    def _searched(
        self,
        conn: Connection,
        week: str,
        lights: LightWeek,
        left: LeftOver,
        few: frozenset[int] | None,
        kept: _Kept | None,
        now: Beneath,
    ) -> tuple[WeekLeads, Mapping[str, Mapping[int, int | None]]]:
        """The leads of a week, and which sources are cut (see `LeadSearch.cut`). `few`: the customers (ids) who may have others
        than those `kept`, None: all."""
        known = kept.made if kept is not None else None
        lead_week = LeadWeek.of(week, lights.month, data_date(conn, lights.month) or "", workdays_of(conn))
        run = last_run(conn)
        layers = self._engine.layers(conn) if run is not None and run.month == lights.month else None
        if few is not None and known is not None:
            # what can be told follows from the columns of the lists, not from a contact
            blind = known.blind
        else:
            blind = blind_conditions(conn, layers) if layers is not None else None
        if known is None or few is None or tests_are_known(known.blind) != tests_are_known(blind):
            few = None
        cut = dict(kept.cut) if kept is not None and few is not None else {}
        search = LeadSearch(self._book, conn, self._rules, lead_week, lights, layers, left, few, cut)
        if few is not None:
            search = replace(search, again=to_be_read_again(search))
        dated, aside = self._rules.words("plan.despite_rest"), lights.aside
        leads = [
            one
            for one in candidates(search)
            if one.kind in LIGHTS or one.kind in dated or one.customer_id not in aside
        ]
        if layers is not None and tests_are_known(blind):
            leads = list(with_tests(conn, layers, leads, self._rules))
        if layers is not None:
            leads = list(with_bars(conn, layers, leads, self._rules))
        if known is None or few is None:
            in_order = LeadsInOrder.among(leads)
        else:
            again = CODES - (EACH - search.again)
            in_order = known.in_order.mended(few, again, leads)
        day = dt.date.fromisoformat(lead_week.seen)
        if known is None or few is None:
            looked = looked_at(conn, lights.month)
            dark = unseen(conn, lights.month, blind)
            of = whose(conn, looked if lights.month == self._months.newest(conn) else None)
            held = held_on(conn, day, self._rules, known=lights.held_on(day))
        else:
            looked, dark = known.looked, dict(known.unseen)
            of = known.whose or whose(conn)
            held = but_for(known.held or {}, few)
            held |= held_on(conn, day, self._rules, few, known=lights.held_on(day))
        return WeekLeads(
            lead_week, lights.lit, in_order, blind, looked, dark, left, held, of,
            before=() if known is None or few is None else known.since(few),
        ), search.cut  # fmt: skip

    def _have_stages(self, month: str) -> bool:
        """Compute the tag layers of the newest month, if a list was imported since or they are of another day: the journey
        stage decides whether a customer may be asked for a deposit, and days are counted from theirs. What was only written
        by hand since is left to the computation in the background, so that the week does not wait for a logged contact.
        Whether they were computed."""
        with in_words():
            with self._book.read() as conn:
                by_hand = {table.name for table in BY_HAND}
                if month != self._months.newest(conn) or not self._engine.behind(conn, month, by_hand):
                    return False
            self._engine.ensure()
            return True
