"""Reads the lights of one week from the book: of all customers, or of those again who were written about since."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, select

from db.stores.planning import reads_every_customer
from db.tables import customers
from workbench.base.workdays import WorkWeek, workdays_of
from workbench.insight.churn import results
from workbench.insight.churn.priority import Circumstances
from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.measures.freshness import freshness
from workbench.insight.measures.maturing import maturing
from workbench.insight.measures.scope import Scope, reported_data
from workbench.outreach.lights.arranging import arrange
from workbench.outreach.lights.changes import LightsBefore, light_changes, lights_before, mended, moves
from workbench.outreach.lights.in_brief import InBrief
from workbench.outreach.lights.light_week import LightWeek, QueuedLight
from workbench.outreach.lights.lit import Lit, but_for
from workbench.outreach.lights.placing import PlacedLights, Placing
from workbench.outreach.lights.queue import ListedBefore
from workbench.outreach.lights.worded import Worded
from workbench.people.consent import REFUSED, Consent, held
from workbench.people.rested import lately_contacted
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class LightsRead:
    """What was read for a week: all lit customers, those without a light whose life goes on (`out`), the lights of the check
    before, whose light `moved` since (see `changes.moves`), what was worded so far, and who is `held`: must not be marketed
    to."""

    placing: Placing
    lit: Lit
    out: tuple[CustomerRisk, ...]
    earlier: LightsBefore
    moved: Mapping[int, int]
    worded: Worded
    held: Mapping[int, Consent]


class LightsReading:
    """The lights of one week being read. `as_of`: ISO; `before`: who was listed before."""

    def __init__(
        self, conn: Connection, rules: Rules, week: str, month: str, as_of: str, before: ListedBefore
    ) -> None:
        self._conn, self._rules, self._month, self._as_of = conn, rules, month, as_of
        self._work: WorkWeek = workdays_of(conn).week(week)
        self._day = self._work.judged_on(as_of)
        self._date = dt.date.fromisoformat(self._day)
        old = freshness(as_of, rules, self._day).stale
        self._placing = Placing(rules, self._work, self._day, old, before)

    def read(self, worded: Worded) -> LightsRead:
        """All lit customers, read now."""
        conn, rules = self._conn, self._rules
        reads_every_customer(conn)
        lit = results.lit(conn, self._month, rules, self._date)
        contacts = lately_contacted(conn, self._day, rules)
        placing = replace(self._placing, contacts=contacts)
        around = Circumstances(
            self._no_number(placing, None) & {one.customer_id for one in lit},
            _refused(barred := held(conn, self._day, None, rules)),
            self._maturities(),
        )
        placing = replace(placing, around=around)
        gone = [one.customer_id for one in lit if one.state == "gone"]
        out = tuple(results.out_of_light(conn, self._month, rules, self._date))
        earlier = lights_before(conn, self._month, gone, rules, self._date)
        in_order = Lit.among(map(placing.queued, lit))
        return LightsRead(placing, in_order, out, earlier, moves(earlier, lit), worded, barred)

    def mended(self, known: LightsRead, few: frozenset[int]) -> LightsRead:
        """What was read before, with a few customers (ids) read again."""
        conn, rules = self._conn, self._rules
        lit = results.lit(conn, self._month, rules, self._date, few) if few else []
        out = results.out_of_light(conn, self._month, rules, self._date, few) if few else []
        others_out = [one for one in known.out if one.customer_id not in few]
        rank: Mapping[int, int] | None = None
        if self._moved(known, few, (*lit, *out)):
            rank = results.ranks(conn, self._month, [one.customer_id for one in others_out])
            others_out = [
                one if rank[one.customer_id] == one.rank else replace(one, rank=rank[one.customer_id])
                for one in others_out
            ]
        contacts = but_for(known.placing.contacts, few)
        barred = but_for(known.held, few)
        if few:
            contacts |= lately_contacted(conn, self._day, rules, few)
            barred |= held(conn, self._day, None, rules, few)
        placing = replace(self._placing, contacts=contacts)
        around = known.placing.around
        no_number = self._no_number(placing, few) & {one.customer_id for one in lit}
        placing = replace(
            placing,
            around=replace(
                around,
                no_number=(around.no_number - few) | no_number,
                refused=_refused(barred),
            ),
        )
        known_lit, earlier, moved = known.lit, known.earlier, known.moved
        if rank is not None:
            known_lit = known_lit.ranked(few, rank)
        late = _listed_otherwise(known.placing.before, self._placing.before) - few
        again = [known_lit.of[id_].risk for id_ in late if id_ in known_lit.of]
        now = map(placing.queued, (*lit, *again))
        if few:
            gone = [one.customer_id for one in lit if one.state == "gone"]
            earlier = mended(conn, earlier, few, gone, rules, self._date)
            moved = but_for(moved, few) | moves(earlier, lit)
        return LightsRead(
            placing, known_lit.mended(few | late, now), tuple(sorted([*others_out, *out], key=lambda one: one.rank)),
            earlier, moved, known.worded.without(few), barred,
        )  # fmt: skip

    def light_week(self, read: LightsRead) -> LightWeek:
        """The lights, in order, each with what is to be done; those worked on whole, the others in brief until somebody looks
        at them."""
        placing, worded = read.placing, read.worded
        arranged = arrange(read.lit, self._placing.before, placing.places(read.lit.of))
        working = [placing.placed(one, place) for place, one in enumerate(arranged.working, 1)]
        first = len(working) + 1
        waiting = PlacedLights(arranged.waiting, placing.placed, first)
        resting = PlacedLights(arranged.resting, placing.placed, first + len(waiting))
        gone = PlacedLights(arranged.gone, placing.placed, 0)

        def whole(part: Sequence[QueuedLight]) -> list[QueuedLight]:
            """Lights with the verdicts whole."""
            risks = worded([one.risk for one in part])
            return [replace(one, risk=risk) for one, risk in zip(part, risks, strict=True)]

        back = [one.customer_id for one in read.out if one.state == "back"]
        changes = light_changes(read.earlier, arranged.ids, read.moved, read.lit.gone.ids, back)
        return LightWeek(
            self._work.week, self._month, self._as_of, tuple(whole(working)), InBrief(waiting, whole),
            InBrief(gone, whole), InBrief(resting, whole), changes, InBrief(read.out, worded), self._day, read.held, read.lit,
        )  # fmt: skip

    def _moved(self, known: LightsRead, few: frozenset[int], now: Iterable[CustomerRisk]) -> bool:
        """Whether others may have other ranks: those read again took other ones, or nobody knows which they had."""
        before = {id_: known.lit.of[id_].risk.rank for id_ in few if id_ in known.lit.of}
        before |= {one.customer_id: one.rank for one in known.out if one.customer_id in few}
        return before.keys() != few or before != {one.customer_id: one.rank for one in now}

    def _no_number(self, placing: Placing, only: Collection[int] | None) -> frozenset[int]:
        """Who cannot be called. Where no customer has a number, nobody lacks one: it cannot be told."""
        conn = self._conn
        blank = func.coalesce(customers.c.phone, "") == ""
        wrong = {id_ for id_, one in placing.contacts.items() if one.wrong_number}
        if conn.execute(select(customers.c.id).where(~blank).limit(1)).scalar() is None:
            return frozenset(wrong)
        query = select(customers.c.id).where(blank)
        if only is not None:
            query = query.where(customers.c.id.in_(only))
        return frozenset(wrong.union(conn.execute(query).scalars()))

    def _maturities(self) -> dict[int, str]:
        reported = reported_data(self._conn, self._month, with_number=False)
        if reported is None:
            return {}
        scope = Scope(self._month, self._day, reported)
        coming = maturing(scope, self._rules.whole("queue.urgency_days"))
        sums = scope.statement({"next_maturity": coming["next_maturity"]}).subquery("maturing")
        rows = self._conn.execute(
            select(sums.c.customer_id, sums.c.next_maturity).where(sums.c.next_maturity.is_not(None))
        )
        return {row.customer_id: row.next_maturity for row in rows}


def _refused(barred: Mapping[int, Consent]) -> frozenset[int]:
    return frozenset(id_ for id_, one in barred.items() if one.code == REFUSED)


def _listed_otherwise(before: ListedBefore, now: ListedBefore) -> frozenset[int]:
    """Who was listed in another number of weeks than was known."""
    ids = before.weeks.keys() | now.weeks.keys()
    return frozenset(one for one in ids if before.weeks.get(one) != now.weeks.get(one))
