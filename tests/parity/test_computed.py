"""What is computed of all customers is the same on both stores: layers, ways through the levels, lights, conditions."""

from collections.abc import Iterator

import pytest

from tests.parity import surfaces
from tests.parity.comparing import compare_rows
from tests.parity.conftest import CUSTOMERS
from tests.parity.expressions import EXPRESSIONS
from tests.parity.pair import Pair
from workbench.app import Workbench
from workbench.base.terms import Term
from workbench.insight.tags.layers import LAYERS

#: What there is at least to compare: 400 columns of nearly all customers.
LEAST_COLUMNS = 400


def test_every_column_of_every_tag_layer_is_the_same(sample: Pair) -> None:
    columns, others = sample.both(surfaces.columns_of_layers)
    assert columns == others
    cells = sum(
        compare_rows(f"tags_{number}", *sample.both(surfaces.layer, number), "customer_id")
        for number in LAYERS
    )
    assert sum(len(names) for names in columns.values()) >= LEAST_COLUMNS
    assert cells >= LEAST_COLUMNS * CUSTOMERS * 0.9


def test_lights_signals_and_ways_through_the_levels_are_the_same(sample: Pair) -> None:
    sample.compare("results", surfaces.results)
    sample.compare("check", surfaces.check)


def test_a_customer_computed_alone_for_an_earlier_month_is_the_same(sample: Pair) -> None:
    sample.compare("pictures", surfaces.pictures, "2026-07", every=100)


@pytest.mark.long
def test_customers_computed_alone_for_every_earlier_month_are_the_same(sample: Pair) -> None:
    for month in sample.sqlite.insight.months.all_told()[:-1]:
        sample.compare("pictures", surfaces.pictures, month, every=20)


def test_every_condition_counts_and_lists_the_same(sample: Pair) -> None:
    for expression in EXPRESSIONS:
        sample.compare(f"condition {expression}", surfaces.picked, expression)


def test_every_word_of_the_language_is_asked_for_the_same(sample: Pair) -> None:
    words, others = sample.both(lambda workbench: list(conditions_of(terms(workbench))))
    assert words == others
    sample.compare("words", surfaces.tallies, words[::3])


@pytest.mark.long
def test_every_word_and_value_of_the_language_is_asked_for_the_same(sample: Pair) -> None:
    words, _others = sample.both(lambda workbench: list(conditions_of(terms(workbench))))
    sample.compare("words", surfaces.tallies, words)


def terms(workbench: Workbench) -> tuple[Term, ...]:
    picking = workbench.insight.picking
    picking.prepare()
    with picking._layers() as (_conn, layers):
        return tuple(layers.vocabulary)


def conditions_of(every: tuple[Term, ...]) -> Iterator[str]:
    for term in every:
        yield f"{term.name} is missing"
        if term.kind == "flag":
            yield term.name
        elif term.kind == "enum":
            yield from (f"{term.name} = {code}" for code, _label in term.values)
        elif term.kind in ("money", "count", "number", "ratio"):
            yield f"{term.name} > 1"
            yield f"top(3, {term.name})"
