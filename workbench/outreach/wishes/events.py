"""Wishes of the days of the year: festivals, terms, segment nodes, product rhythm (domain 6.1-6.3)."""

import datetime as dt
from collections.abc import Collection, Iterable

import numpy as np
from sqlalchemy import Connection, Text, case, cast, func, select

from workbench.base.errors import WorkbenchError
from workbench.base.sorted_ids import places_of
from workbench.insight.language.check import check
from workbench.insight.language.compile import where
from workbench.insight.language.parse import parse
from workbench.insight.tags.layers import Layers
from workbench.insight.tags.resolver import LayerResolver
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.wishes.collecting import WishCollector
from workbench.outreach.wishes.packed import spread
from workbench.outreach.wishes.reasons import BETWEEN, NO_CHANNEL
from workbench.outreach.wishes.wish_table import Whole
from workbench.rules.parameters import Rules

_GROUP = "group"
#: ends the code of a span that began the year before
_BEFORE = ".before"
#: how often a day of a long span that has gone by is replaced by another
_TURNS = 8
#: conditions looked up in one statement
_AT_ONCE = 20


def events(
    conn: Connection, layers: Layers, wishes: WishCollector, days: Iterable[YearDay], rules: Rules
) -> tuple[str, ...]:
    """A wish for each customer of `whom` of the events that are used with each by himself; the names of events whose condition
    cannot be read. Group use wishes for nobody."""
    each = [one for one in days if one.use == "personal" and one.whom and one.act_on]
    conditions = sorted(
        {one.whom for one in each if set(wishes.reasons[one.stream].channels) != {NO_CHANNEL}}
    )
    whom, bad = _customers(conn, layers, wishes.people.customer, conditions)
    for one in each:
        if one.whom in whom:
            _wished(wishes, one, whom[one.whom], rules)
    return tuple(one.name for one in each if one.whom in bad)


def _wished(wishes: WishCollector, event: YearDay, rows: Whole, rules: Rules) -> None:
    first, last, act_on = (
        dt.date.fromisoformat(day).toordinal() for day in (event.date, event.last, event.act_on)
    )
    wanted, spans = np.full(len(rows), act_on), dict[str, Whole]()
    if last - first >= rules.whole("touch.span_days"):
        salt = sum(map(ord, event.code.removesuffix(_BEFORE)))
        days = first + spread(wishes.people.customer[rows], last - first + 1, salt)
        # those who are written to together are all on the best day, or once it has gone by some weeks after it
        reason = wishes.reasons[event.stream + BETWEEN + event.code]
        together = wishes.channel(reason, rows, event.channel) == wishes.channels.index(_GROUP)
        again, later = rules.whole("touch.together_days"), max(wishes.start - act_on, 0)
        days = np.where(together, act_on + -(-later // again) * again, days)
        # a day in the year before is one of that year
        here = (days >= wishes.begins) & (days <= last)
        rows, days = rows[here], days[here]
        # whose day has gone by gets another one, which stays the same until that has come
        for turn in range(1, _TURNS):
            other = first + spread(wishes.people.customer[rows], last - first + 1, salt + turn * 10_007)
            days = np.where(days < wishes.start, other, days)
        wanted = np.clip(wishes.line.on_or_after(days), first, last)
        spans = {"first": np.full(len(rows), first), "last": np.full(len(rows), last)}
    wishes.add(
        event.stream + BETWEEN + event.code, rows, np.full(len(rows), first), wanted,
        kind="marketing" if event.marketing else "care", channel=event.channel, **spans,
    )  # fmt: skip


def _customers(
    conn: Connection, layers: Layers, known: Whole, conditions: Collection[str]
) -> tuple[dict[str, Whole], frozenset[str]]:
    """Condition -> places of the customers that it holds for; those that cannot be read."""
    me, resolver = layers.customer_id, LayerResolver(layers, conn)
    holds, bad = {}, set()
    for condition in conditions:
        try:
            holds[condition] = where(check(parse(condition), layers.vocabulary), resolver)
        except WorkbenchError:
            bad.add(condition)
    whom: dict[str, Whole] = {}
    names = list(holds)
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        ids = (func.aggregate_strings(cast(case((holds[one], me)), Text), ",") for one in some)
        row = conn.execute(select(*ids).select_from(layers.source(resolver.names))).one()
        for condition, text in zip(some, row, strict=True):
            named = np.sort(np.fromstring(text, dtype=np.int64, sep=",")) if text else known[:0]
            places, here = places_of(known, named)
            whom[condition] = places[here]
    return whom, frozenset(bad)
