"""The benefits of a book, read: how every rule stands, its customers, what one customer has."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from db.engine import Book
from db.playbook import benefit_grants
from db.tables import customers
from workbench.base.change import Progress, silent
from workbench.base.dates import today
from workbench.base.errors import in_words
from workbench.insight.measures.scope import reported_data
from workbench.insight.tags.engine import Engine, no_layers
from workbench.insight.tags.layers import Layers
from workbench.outreach.benefits.benefit import BenefitBoard, BenefitLine, BenefitPerson, BenefitRule
from workbench.outreach.benefits.eligible import EligibleCustomers
from workbench.outreach.benefits.grants import OPEN, ORDER, grants_of, held_back, in_conflict, sums_of
from workbench.outreach.benefits.issuing import stopped
from workbench.outreach.benefits.own_rules import rule_of, rules_in_force
from workbench.outreach.gifts.checking import wanting_nothing
from workbench.outreach.gifts.gift import GiftItem
from workbench.outreach.gifts.reading import items_of
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules

_G = benefit_grants.c
#: so many customers are looked up in one statement
_PART = 2_000


class BenefitReader:
    """Reads the benefits of a book."""

    def __init__(self, book: Book, rules: Rules, engine: Engine) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine

    def board(self, progress: Progress = silent) -> BenefitBoard:
        """How every rule stands, and what customers have not used. Raises WorkbenchError no_data."""
        self._engine.ensure(progress)
        day = today()
        with in_words(), self._book.read() as conn:
            layers, who = self._eligible(conn, day)
            rules = rules_in_force(conn)
            grants = self._grants(conn, rules)
            ban = _Ban(wanting_nothing(conn, self._rules), grants, rules, day)
            items = {one.id: one for one in items_of(conn)}
            of_rule = _by_rule(grants)
            lines = tuple(
                self._line(one, of_rule.get(one.code, []), who, items, ban) for one in rules if not one.off
            )
            unused = sorted(
                (one for one in grants if one.state in OPEN),
                key=lambda one: (one.valid_until or "9999", one.issued or "", one.grant),
            )
            named = self._with_levels(conn, layers, unused)
        return BenefitBoard(layers.as_of, lines, tuple(one for one in rules if one.off), named)

    def rules(self) -> tuple[BenefitRule, ...]:
        """Every rule, those that are left out too."""
        with in_words(), self._book.read() as conn:
            return rules_in_force(conn)

    def items(self) -> tuple[GiftItem, ...]:
        """What the stock of the gift ledger has, for rules that give a thing."""
        with in_words(), self._book.read() as conn:
            return items_of(conn)

    def people(self, code: str) -> tuple[BenefitPerson, ...]:
        """The customers of a rule: what can still be done first, within it those who run out first and the wealthiest
        of those who may get it; at most `benefit.rows` of them. Raises WorkbenchError no_such_benefit, no_data."""
        self._engine.ensure()
        day = today()
        with in_words(), self._book.read() as conn:
            layers, who = self._eligible(conn, day)
            rule = rule_of(conn, code)
            rules = rules_in_force(conn)
            grants = self._grants(conn, rules, _G.benefit == rule.code)
            given = self._with_levels(conn, layers, grants)
            waiting: tuple[BenefitPerson, ...] = ()
            if not rule.off:
                unused = self._grants(conn, rules, _G.state == "issued", _G.benefit != rule.code)
                ban = _Ban(wanting_nothing(conn, self._rules), (*grants, *unused), rules, day)
                may = who.of(rule).meets - ban.of(rule, grants)
                waiting = self._waiting(conn, layers, rule, may)
        places = {state: place for place, state in enumerate(ORDER)}
        every = sorted(
            (*given, *waiting),
            key=lambda one: (places[one.state], one.valid_until or "9999" if one.state in OPEN else ""),
        )
        return tuple(every[: self._rules.whole("benefit.rows")])

    def of(self, customer_no: str) -> tuple[BenefitPerson, ...]:
        """What a customer has, had, and may get now. Raises WorkbenchError no_such_customer, no_data."""
        self._engine.ensure()
        day = today()
        with in_words(), self._book.read() as conn:
            person = customer_id(conn, customer_no)
            layers, who = self._eligible(conn, day)
            rules = rules_in_force(conn)
            grants = self._grants(conn, rules, _G.customer_id == person)
            ban, of_rule = _Ban(wanting_nothing(conn, self._rules), grants, rules, day), _by_rule(grants)
            may = [
                rule
                for rule in rules
                if not rule.off and person in who.of(rule).meets - ban.of(rule, of_rule.get(rule.code, []))
            ]
            waiting = [one for rule in may for one in self._waiting(conn, layers, rule, {person})]
            return (*self._with_levels(conn, layers, grants), *waiting)

    def _eligible(self, conn: Connection, day: dt.date) -> tuple[Layers, EligibleCustomers]:
        layers = self._engine.layers(conn)
        reported = reported_data(conn, layers.month)
        if reported is None:
            raise no_layers()
        return layers, EligibleCustomers(conn, layers, reported, self._rules, day)

    def _grants(
        self, conn: Connection, rules: Sequence[BenefitRule], *where: ColumnElement[bool]
    ) -> tuple[BenefitPerson, ...]:
        return grants_of(conn, {one.code: one for one in rules}, self._rules, *where)

    def _line(
        self,
        rule: BenefitRule,
        grants: Sequence[BenefitPerson],
        who: EligibleCustomers,
        items: Mapping[int, GiftItem],
        ban: "_Ban",
    ) -> BenefitLine:
        answer = who.of(rule)
        sums = sums_of(grants, ban.day.year)
        item = items.get(rule.item) if rule.item is not None else None
        stock = None if rule.item is None else item.stock if item is not None else 0
        value = item.unit_fen if item is not None else rule.value_fen
        left = None if rule.budget_fen is None else rule.budget_fen - sums.spent_fen
        return BenefitLine(
            rule, len(answer.meets), len(answer.meets - ban.of(rule, grants)), len(answer.cannot_tell), answer.lacking,
            sums.issued, sums.used, sums.unused, sums.expiring, sums.expired, sums.spent_fen, left, stock,
            item.name if item else "", stopped(rule, value, sums.spent_fen, stock),
        )  # fmt: skip

    def _waiting(
        self, conn: Connection, layers: Layers, rule: BenefitRule, may: Collection[int]
    ) -> tuple[BenefitPerson, ...]:
        """Customers (ids) who may get it, the wealthiest first."""
        columns = {name: layers.column(name) for name in ("average", "tier")}
        source = layers.source([*columns, "name"])
        query = select(
            customers.c.id, customers.c.customer_no, customers.c.name, *(one.label(key) for key, one in columns.items())
        ).select_from(source)  # fmt: skip
        ids = sorted(may)
        rows: list[Row[Any]] = []
        for start in range(0, len(ids), _PART):
            rows += conn.execute(query.where(customers.c.id.in_(ids[start : start + _PART]))).all()
        rows.sort(key=lambda row: (-(row.average or 0), row.id))
        return tuple(
            BenefitPerson(
                0, row.id, row.customer_no, row.name or "", rule.code, rule.title, "waiting", tier=row.tier
            )
            for row in rows[: self._rules.whole("benefit.rows")]
        )

    def _with_levels(
        self, conn: Connection, layers: Layers, people: Sequence[BenefitPerson]
    ) -> tuple[BenefitPerson, ...]:
        tier, me = layers.column("tier"), layers.customer_id
        ids = sorted({one.customer_id for one in people})
        tiers: dict[int, str | None] = {}
        for start in range(0, len(ids), _PART):
            query = (
                select(me, tier)
                .select_from(layers.source(["tier"]))
                .where(me.in_(ids[start : start + _PART]))
            )
            tiers.update({row[0]: row[1] for row in conn.execute(query)})
        return tuple(replace(one, tier=tiers.get(one.customer_id)) for one in people)


@dataclass(frozen=True)
class _Ban:
    """Who may not get a benefit now although he meets its conditions, as `Issuing.check` would answer: `refused` want nothing,
    the others have it for this period, had it often enough, or have not used another one that bars it."""

    refused: frozenset[int]
    grants: Sequence[BenefitPerson]
    rules: Sequence[BenefitRule]
    day: dt.date

    def of(self, rule: BenefitRule, his: Sequence[BenefitPerson]) -> frozenset[int]:
        """Customers (ids); `his`: the grants of the rule."""
        known = {one.code: one for one in self.rules}
        return self.refused | held_back(his, rule, self.day) | in_conflict(rule, self.grants, known)


def _by_rule(grants: Sequence[BenefitPerson]) -> dict[str, list[BenefitPerson]]:
    parts: dict[str, list[BenefitPerson]] = {}
    for one in grants:
        parts.setdefault(one.benefit, []).append(one)
    return parts
