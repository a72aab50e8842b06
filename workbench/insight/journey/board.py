"""The board of the journey (domain 3): counted by the tag 旅程阶段, so that board, portrait, picker and list say the same."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, FromClause, Select, and_, case, func, literal, or_, select

from db.journey import journey_stays
from db.known import corrections
from db.stores.planning import reads_every_customer
from workbench.base.expressions import Expr
from workbench.base.rows import in_parts
from workbench.base.workdays import workdays_of
from workbench.insight.journey.facts import (
    COLUMNS,
    EVERYBODY,
    NEWCOMER,
    OUTSIDE,
    POOL,
    UNKNOWN,
    BesideBoard,
    BoardFilter,
    BoardRow,
    HandMove,
    JourneyBoard,
    LongestWaiting,
    StageColumn,
)
from workbench.insight.journey.marked import TaskMark, shown_done, ticked
from workbench.insight.journey.stages import TAG, stage
from workbench.insight.journey.tasks import card_tasks
from workbench.insight.measures.freshness import freshness
from workbench.insight.products.barring import columns_of_bars
from workbench.insight.stages.stays import StageRecord, records
from workbench.insight.tags.layers import Layers
from workbench.insight.values.values import Values
from workbench.people.prospects.reading import kept as kept_prospects
from workbench.rules.parameters import Rules

#: the measure that tells why somebody has no card
_OUT = "journey_out"
#: so many ids go into a statement
_NAMED = 900
#: what the stage and its reason are made of, beside the kept stays
_FIGURES = (
    TAG, _OUT, "journey_stage", "journey_ground", "average", "balance", "light", "lifecycle", "close_date",
    "v_longtail_hidden_m0", "tower", "tier", "opened_days", "talks_90", "days_since_talk", "birthday_in", "barred",
)  # fmt: skip


class StageBoard:
    """Reads the board of the layers' month in one transaction."""

    def __init__(self, conn: Connection, layers: Layers, rules: Rules) -> None:
        self._conn = conn
        self._layers = layers
        self._rules = rules
        self._tag = layers.column(TAG)
        #: assets now: the balance, where none is reported the average
        self._aum = func.coalesce(layers.column("balance"), layers.column("average"))
        self._stay = (
            select(
                journey_stays.c.customer_id,
                journey_stays.c.stage,
                journey_stays.c.month,
                journey_stays.c.since,
                journey_stays.c.before,
            )
            .where(journey_stays.c.ended.is_(None))
            .subquery("stay")
        )
        self._hand = _hand(layers.day)
        self._workdays = workdays_of(conn)
        self._stale = freshness(layers.as_of, rules, layers.day).stale
        of_tasks = {name for task in card_tasks() for way in (task.when, *task.done) for name in way}
        asked_for = of_tasks | columns_of_bars(rules)
        self._figures = (*_FIGURES, *sorted(asked_for.difference(_FIGURES)))
        reads_every_customer(conn)
        #: whether the history begins before the newest month, so that somebody can have moved with it
        first = conn.execute(select(func.min(journey_stays.c.month))).scalar()
        self._comparable = first is not None and first < layers.month

    # -- the heads -----------------------------------------------------------------------------------------

    def board(self) -> JourneyBoard:
        """All five columns, and who stands beside them."""
        layers = self._layers
        kept_out = self._layers.column(_OUT) != "none"
        place = func.coalesce(self._tag, case((kept_out, literal(OUTSIDE))))
        # expressions with values of their own can only be grouped by where they are columns
        each = (
            select(
                place.label("place"),
                self._origin.label("origin"),
                self._aum.label("aum"),
                case((self._hand.c.id.is_not(None), 1), else_=0).label("hand"),
            )
            .select_from(self._source((TAG, _OUT, "balance", "average")))
            .subquery("each")
        ).c
        query = select(
            each.place,
            each.origin,
            func.count(),
            func.sum(each.aum),
            func.count(each.aum),
            func.sum(each.hand),
        ).group_by(each.place, each.origin)
        came, went, dropped, people, money, reported, by_hand = (Counter[str | None]() for _ in range(7))
        for code, before, n, aum, counted, moved in self._conn.execute(query):
            people[code] += n
            money[code] += int(aum or 0)
            reported[code] += counted
            by_hand[code] += int(moved or 0)
            if before is not None and code not in (None, OUTSIDE):
                came[code] += n
                went[before] += n
                dropped[before] += n if code == POOL else 0
        longest, comparable = self._longest(), self._comparable
        columns = tuple(
            StageColumn(
                code, self._rules.text(f"journey.{code}"), people[code],
                money[code] if reported[code] or not people[code] else None, reported[code], longest.get(code),
                came[code] if comparable else None, went[code] if comparable else None, f"{TAG} = {code}", by_hand[code],
                dropped[code],
            )
            for code in COLUMNS
        )  # fmt: skip
        return JourneyBoard(
            layers.month,
            layers.as_of,
            layers.day,
            columns,
            BesideBoard(people[POOL], f"{TAG} = {POOL}"),
            BesideBoard(people[OUTSIDE], f"{TAG} is missing and {_OUT} <> none"),
            BesideBoard(people[None], f"{TAG} is missing and or_else({_OUT} = none, true)"),
            len(kept_prospects(self._conn, self._rules, layers.day)[0]),
            freshness(layers.as_of, self._rules, layers.day),
        )

    def _longest(self) -> dict[str, LongestWaiting]:
        """Stage -> who has been there the longest, of those of whom the first day is known."""
        place = func.row_number().over(
            partition_by=self._tag, order_by=(self._since, self._layers.customer_id)
        )
        ranked = (
            select(
                self._tag.label("code"),
                self._layers.column("customer_no").label("customer_no"),
                self._layers.column("name").label("name"),
                self._since.label("since"),
                place.label("place"),
            )
            .select_from(self._source((TAG, "customer_no", "name")))
            .where(self._tag.in_(COLUMNS), self._since.is_not(None))
            .subquery("ranked")
        )
        query = select(ranked).where(ranked.c.place == 1)
        return {
            row.code: LongestWaiting(row.customer_no, row.name or "", row.since, self._days(row.since))
            for row in self._conn.execute(query)
        }

    # -- the rows ------------------------------------------------------------------------------------------

    def count(self, code: str, wanted: BoardFilter = EVERYBODY) -> int:
        """How many customers a column lists under a filter."""
        query = select(func.count()).select_from(self._source((TAG, "tower")))
        return int(self._conn.execute(query.where(*self._where(code, wanted))).scalar() or 0)

    def rows(
        self, code: str, wanted: BoardFilter = EVERYBODY, offset: int = 0, limit: int | None = None
    ) -> list[BoardRow]:
        """A window of the customers of a column, in the filter's order; those whose first day is unknown come last."""
        by = {"waiting": self._since.asc().nulls_last(), "assets": self._aum.desc().nulls_last()}
        keys = (
            select(self._layers.customer_id)
            .select_from(self._source((TAG, "tower", "balance", "average")))
            .where(*self._where(code, wanted))
            .order_by(by[wanted.order], self._layers.customer_id)
            .offset(offset)
            .limit(limit)
        )
        ids = list(self._conn.execute(keys).scalars())
        place = {customer: at for at, customer in enumerate(ids)}
        rows = (row for some in in_parts(ids, _NAMED) for row in self._read(some))
        return sorted(rows, key=lambda row: place[row.customer_id])

    def _read(self, ids: Sequence[int]) -> Iterator[BoardRow]:
        names = (*self._figures, "customer_no", "name")
        query: Select[Any] = (
            select(
                self._layers.customer_id.label("customer_id"),
                *(self._layers.column(name).label(name) for name in names),
                self._origin.label("_origin"),
            )
            .select_from(self._source(names))
            .where(self._layers.customer_id.in_(ids))
        )
        day = self._layers.day
        marks, of_stays = shown_done(self._conn, ids, day), records(self._conn, ids, day=day)
        for row in self._conn.execute(query).mappings():
            customer = row["customer_id"]
            yield self._row(row, of_stays[customer], marks.get(customer, ()))

    def _row(self, row: Any, record: StageRecord, marks: Sequence[TaskMark]) -> BoardRow:
        values = Values({name: row[name] for name in self._figures})
        layers = self._layers
        # a card of the board tells the present stay only: the words of all earlier ones are dear
        last = replace(record, stays=record.stays[:1])
        without_marks = stage(
            values, self._rules, day=layers.day, as_of=layers.as_of, workdays=self._workdays, record=last
        )
        card = ticked(without_marks, marks)
        hand = record.by_hand
        by_hand = HandMove(hand.date, hand.expires, hand.reason, card.machine) if hand else None
        balance = row["balance"] if row["balance"] is not None else row["average"]
        return BoardRow(
            row["customer_id"], row["customer_no"], row["name"] or "", row["tier"],
            None if balance is None else round(balance), card, row["_origin"], by_hand,
            None if self._stale else layers.day, layers.month,
        )  # fmt: skip

    # -- expressions ---------------------------------------------------------------------------------------

    def _source(self, names: Sequence[str]) -> FromClause:
        """The layers with the present stay and the move by hand of each customer."""
        own = self._layers.customer_id
        source: FromClause = self._layers.source(names)
        return source.outerjoin(self._stay, self._stay.c.customer_id == own).outerjoin(
            self._hand, self._hand.c.customer_id == own
        )

    @property
    def _since(self) -> Expr:
        """The first day (ISO) in the present stage: of the move by hand, else of the stay."""
        stay = self._stay.c
        return func.coalesce(self._hand.c.date, case((stay.stage == self._tag, stay.since)))

    @property
    def _origin(self) -> Expr:
        """The stage that somebody moved from with the newest list, or by hand since its month began; else NULL."""
        month, hand, stay = self._layers.month, self._hand.c, self._stay.c
        machine = func.coalesce(hand.machine, literal(UNKNOWN))
        branches: list[tuple[Expr, Expr | None]] = [
            (and_(hand.id.is_not(None), hand.date >= f"{month}-01", machine != self._tag), machine),
            (hand.id.is_not(None), None),
        ]
        if self._comparable:
            moved = and_(stay.month == month, or_(stay.before.is_(None), stay.before != self._tag))
            branches.append((moved, func.coalesce(stay.before, literal(NEWCOMER))))
        return case(*branches)

    def _where(self, code: str, wanted: BoardFilter) -> list[Expr]:
        where: list[Expr] = [self._tag == code]
        if wanted.tower is not None:
            where.append(self._layers.column("tower") == wanted.tower)
        if wanted.before is not None:
            where.append(self._origin == wanted.before)
        elif wanted.moved:
            where.append(self._origin.is_not(None))
        return where

    def _days(self, since: str) -> int | None:
        if self._stale:
            return None
        return (dt.date.fromisoformat(self._layers.day) - dt.date.fromisoformat(since)).days


def _hand(day: str) -> FromClause:
    """The moves by hand that count on a day (ISO): the newest of each customer."""
    c = corrections.c
    last = select(func.max(c.id)).where(c.key == TAG, c.date <= day, c.expires > day).group_by(c.customer_id)
    return (
        select(c.id, c.customer_id, c.date, c.machine)
        .where(c.id.in_(last.scalar_subquery()))
        .subquery("hand")
    )
