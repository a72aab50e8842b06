"""Whose risk test is valid: without one nothing but plain deposits and bonds may be spoken of (domain 8.1); and who is told of
no product at all now."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from db.stores.planning import reads_every_customer
from workbench.insight.products.barring import columns_of_bars, products_barred_sql
from workbench.insight.products.suitability import of_values
from workbench.insight.tags.layers import Layers
from workbench.insight.towers.critical_conditions import BlindCondition
from workbench.insight.values.values import Values
from workbench.outreach.leads.lead import Lead
from workbench.outreach.methods import catalogue
from workbench.people.consent_rule import CODES, FREE
from workbench.rules.parameters import Rules

#: what `Buyer.tested` rests on
_FIGURES = ("risk_class", "risk_level", "risk_valid_days")
#: up to this many customers their ids go into the statement
_NAMED = 500


def tested(conn: Connection, layers: Layers, only: Collection[int], rules: Rules) -> dict[int, bool]:
    """Customer id -> whether his test is valid on the day of the layers; asked where lists tell tests at all (see
    `tests_are_known`)."""
    if not only:
        return {}
    query = select(
        layers.customer_id.label("customer_id"), *(layers.column(name).label(name) for name in _FIGURES)
    ).select_from(layers.source(_FIGURES))
    if len(only) <= _NAMED:
        query = query.where(layers.customer_id.in_(only))
    else:
        reads_every_customer(conn)
    rows = conn.execute(query).mappings()
    valid = {
        row["customer_id"]: of_values(Values({name: row[name] for name in _FIGURES}), rules).tested
        for row in rows
    }
    return {id_: valid.get(id_, False) for id_ in only}


def without_products(conn: Connection, layers: Layers, only: Collection[int], rules: Rules) -> dict[int, str]:
    """Customer id -> why he is told of no product on the day of the layers, of those of `only` whom something other than their
    consent bars (see `insight.products.barring`)."""
    if not only:
        return {}
    barred = products_barred_sql(layers, rules)
    query = (
        select(layers.customer_id.label("customer_id"), barred.label("barred"))
        .select_from(layers.source(columns_of_bars(rules)))
        .where(barred.not_in((FREE, *CODES)))
    )
    if len(only) <= _NAMED:
        query = query.where(layers.customer_id.in_(only))
    else:
        reads_every_customer(conn)
    return {row.customer_id: row.barred for row in conn.execute(query) if row.customer_id in only}


def selling(rules: Rules) -> frozenset[str]:
    """The kinds of leads whose methods speak of products."""
    methods = rules.words("plan.of_products")
    return frozenset(kind for one in catalogue().methods if one.kind in methods for kind in one.leads)


def with_bars(conn: Connection, layers: Layers, leads: Sequence[Lead], rules: Rules) -> Iterator[Lead]:
    """The leads, each that speaks of products with why the customer is told of none."""
    sell = selling(rules)
    barred = without_products(conn, layers, {one.customer_id for one in leads if one.kind in sell}, rules)
    for one in leads:
        if one.kind in sell and one.customer_id in barred:
            one = replace(one, no_products=barred[one.customer_id])
        yield one


def tests_are_known(blind: Iterable[BlindCondition] | None) -> bool:
    """Whether any list tells until when tests are valid; without one nobody can be judged."""
    return blind is not None and not any(one.of_all and one.condition.code == "test" for one in blind)


def with_tests(conn: Connection, layers: Layers, leads: Sequence[Lead], rules: Rules) -> Iterator[Lead]:
    """The leads, each that markets with whether the customer's test is valid."""
    markets = {kind for method in catalogue().methods if method.marketing for kind in method.leads}
    valid = tested(conn, layers, {one.customer_id for one in leads if one.kind in markets}, rules)
    for one in leads:
        yield replace(one, tested=valid[one.customer_id]) if one.kind in markets else one
