"""Who meets the conditions of a rule, who does not, and of whom it cannot be told (domain 8.4). Nothing is judged anew: new at
the line, raised, levels and segments are the tags'; renewals S7's; birthdays those that customers keep."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection, false, select

from db.tables import customers
from workbench.base.dates import month_end
from workbench.base.i18n import _, commas
from workbench.insight.churn.renewals import renewals
from workbench.insight.language.check import check
from workbench.insight.language.compile import where
from workbench.insight.language.parse import parse
from workbench.insight.measures.freshness import freshness
from workbench.insight.measures.scope import ReportedData
from workbench.insight.measures.unseen import reported_fields
from workbench.insight.tags.layers import Layers
from workbench.insight.tags.resolver import LayerResolver
from workbench.outreach.benefits.benefit import BenefitRule
from workbench.outreach.benefits.conditions import expression_of, needs_of, trigger_of
from workbench.outreach.benefits.of_referrals import earned
from workbench.people.birthdays import GreetedDays, registered_month_day, way_number, with_ways
from workbench.people.labels import label
from workbench.rules.parameters import Rules

#: a condition -> customers who meet it, those of whom it cannot be told
_Answer: TypeAlias = Callable[[str], tuple[frozenset[int], frozenset[int]]]


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Customers (ids) who meet the conditions, and those of whom it cannot be told; `lacking` says why not: the sentence with the
    columns, '' where there are none of them."""

    meets: frozenset[int]
    cannot_tell: frozenset[int]
    lacking: str = ""


class EligibleCustomers:
    """Answers for one state of the book: the layers of its newest month, as seen from a day."""

    def __init__(
        self, conn: Connection, layers: Layers, reported: ReportedData, rules: Rules, day: dt.date
    ) -> None:
        self._conn = conn
        self._layers = layers
        self._rules = rules
        self._day = day
        self._reported = reported_fields(reported)
        self._fresh = freshness(layers.as_of, rules, day.isoformat())
        #: what answers -> customers who meet it, those of whom it cannot be told
        self._known: dict[str, tuple[frozenset[int], frozenset[int]]] = {}

    def of(self, rule: BenefitRule) -> Eligibility:
        """The customers of a rule: it is met where every part of it is, and cannot be told where none fails and one is
        unknown, nor by data that are too old."""
        meets: frozenset[int] | None = None
        open_to: frozenset[int] = frozenset()
        for met, unknown in self._parts(rule):
            may = met | unknown
            open_to = may if meets is None else open_to & may
            meets = met if meets is None else meets & met
        meets = meets or frozenset()
        if self._fresh.stale and not (trigger_of(rule).stage and not expression_of(rule, self._rules)):
            # who did not meet it then may meet it now
            open_to = self._everyone()
            words = _("{n} 位无法判断:名单是 {days} 天前的,请先导入最新名单")
            lacking = words.format(n=f"{len(open_to):,}", days=f"{self._fresh.days:,}") if open_to else ""
            return Eligibility(frozenset(), open_to, lacking)
        cannot = open_to - meets
        return Eligibility(meets, cannot, self._lacking(rule, len(cannot)) if cannot else "")

    def _parts(self, rule: BenefitRule) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
        if expression := expression_of(rule, self._rules):
            yield self._once(expression, self._by_condition)
        by = trigger_of(rule).by
        if by == "birthday":
            yield self._once(by, self._by_birthday)
        elif by == "renewed":
            yield self._once(by, self._by_renewal)
        elif by == "referral":
            yield self._once(f"{by}.{trigger_of(rule).stage}", self._by_referral)

    def _once(self, key: str, answer: _Answer) -> tuple[frozenset[int], frozenset[int]]:
        if key not in self._known:
            self._known[key] = answer(key)
        return self._known[key]

    def _by_condition(self, expression: str) -> tuple[frozenset[int], frozenset[int]]:
        checked = check(parse(expression), self._layers.vocabulary)
        resolver = LayerResolver(self._layers, self._conn)
        holds = where(checked, resolver)
        source = self._layers.source(resolver.names, holds)
        query = select(self._layers.customer_id.label("id"), holds.label("holds")).select_from(source)
        rows = self._conn.execute(query.where(holds.is_not(false()))).all()
        return (
            frozenset(row.id for row in rows if row.holds),
            frozenset(row.id for row in rows if row.holds is None),
        )

    def _by_birthday(self, _key: str) -> tuple[frozenset[int], frozenset[int]]:
        """Those whose birthday, as they keep it, lies in the month of the day."""
        last = month_end(self._day.isoformat()[:7])
        kept = GreetedDays(last.replace(day=n) for n in range(1, last.day + 1)).condition
        listed = self._everyone()
        source = with_ways(customers)
        met = self._conn.execute(select(customers.c.id).select_from(source).where(kept)).scalars()
        untold = way_number().is_(None) & registered_month_day().is_(None)
        unknown = self._conn.execute(select(customers.c.id).select_from(source).where(untold)).scalars()
        return frozenset(met) & listed, frozenset(unknown) & listed

    def _by_renewal(self, _key: str) -> tuple[frozenset[int], frozenset[int]]:
        """Those of whose matured money enough was bought again (承接率)."""
        judged = renewals(self._conn, self._layers.month, self._rules)
        if judged is None:
            return frozenset(), self._everyone()
        least = self._rules.number("benefit.renewed_share")
        met = frozenset(one for one, share in judged.items() if share is not None and share >= least - 1e-9)
        return met, frozenset(one for one, share in judged.items() if share is None)

    def _by_referral(self, key: str) -> tuple[frozenset[int], frozenset[int]]:
        """Those with a referral that came as far as the trigger asks; nothing is wrong with it, and it had no benefit yet."""
        stage = key.removeprefix("referral.")
        return frozenset(earned(self._conn, self._rules, stage, self._day.isoformat())), frozenset()

    def _everyone(self) -> frozenset[int]:
        query = select(self._layers.customer_id).select_from(self._layers.source())
        return frozenset(self._conn.execute(query).scalars())

    def _lacking(self, rule: BenefitRule, count: int) -> str:
        needs = needs_of(rule)
        missing = [label(field) for field in needs if field not in self._reported]
        if missing:
            words = _("{n} 位无法判断:名单里没有「{columns}」")
            return words.format(n=f"{count:,}", columns=commas(missing))
        words = _("{n} 位无法判断:这些客户的「{columns}」是空的")
        return words.format(n=f"{count:,}", columns=commas(label(field) for field in needs))
