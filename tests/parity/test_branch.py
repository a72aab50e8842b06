"""The sample branch answers the same on both stores: all that is computed of its customers, and every room.

One file, so that one worker makes the branch once.
"""

from collections.abc import Iterator

import pytest

from db.journey import journey_stays
from tests.parity import surfaces
from tests.parity.comparing import compare_rows
from tests.parity.conftest import CUSTOMERS
from tests.parity.expressions import EXPRESSIONS
from tests.parity.pair import Pair
from workbench.app import Workbench
from workbench.base.months import reported_months
from workbench.base.terms import Term
from workbench.insight.stages import history
from workbench.insight.tags.layers import LAYERS

#: What there is at least to compare: 400 columns of nearly all customers.
LEAST_COLUMNS = 400
WEEKS = ("2026-W45", "2026-W47")


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


def test_stays_folded_anew_over_a_copy_of_the_months_are_the_same(
    sample: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = surfaces.computed(sample.sqlite, journey_stays)
    monkeypatch.setattr(history, "_MANY", 0)
    sample.compare("stays", surfaces.stays_anew)
    assert surfaces.computed(sample.sqlite, journey_stays) == before


def test_a_customer_computed_alone_for_an_earlier_month_is_the_same(sample: Pair) -> None:
    sample.compare("pictures", surfaces.pictures, "2026-07", every=1_000)


@pytest.mark.long
def test_customers_computed_alone_for_every_earlier_month_are_the_same(sample: Pair) -> None:
    with sample.sqlite.book.read() as conn:
        months = reported_months(conn)
    for month in months[:-1]:
        sample.compare("pictures", surfaces.pictures, month, every=70)


def test_every_condition_counts_and_lists_the_same(sample: Pair) -> None:
    for expression in EXPRESSIONS:
        sample.compare("conditions", surfaces.picked, expression)
    for expression in EXPRESSIONS[::9]:
        sample.compare("left out", surfaces.left_out, expression)


def test_every_word_of_the_language_is_asked_for_the_same(sample: Pair) -> None:
    words, others = sample.both(lambda workbench: list(conditions_of(terms(workbench))))
    assert words == others
    sample.compare("words", surfaces.tallies, words[::8])


@pytest.mark.long
def test_every_word_and_value_of_the_language_is_asked_for_the_same(sample: Pair) -> None:
    words, _others = sample.both(lambda workbench: list(conditions_of(terms(workbench))))
    sample.compare("words", surfaces.tallies, words)


# -- the rooms ---------------------------------------------------------------------------------------------


def test_portraits_and_where_their_figures_come_from_are_the_same(sample: Pair) -> None:
    assert sample.compare("portraits", surfaces.portraits, every=25) > 100_000


def test_towers_quadrants_and_segments_are_the_same(sample: Pair) -> None:
    sample.compare("boards", surfaces.boards)


def test_conditions_that_boards_lead_to_count_the_same(sample: Pair) -> None:
    leading = surfaces.conditions_in(surfaces.boards(sample.sqlite), surfaces.pivots(sample.sqlite))
    assert len(leading) > 100
    sample.compare("leading", surfaces.tallies, leading[::5])


def test_products_against_portraits_and_whom_to_offer_them_are_the_same(sample: Pair) -> None:
    sample.compare("products", surfaces.products, rows=1, families_of=4)


def test_newcomers_and_hook_products_are_the_same(sample: Pair) -> None:
    assert sample.compare("honeymoon", surfaces.honeymoon) > 500


def test_two_sides_against_each_other_are_the_same(sample: Pair) -> None:
    sample.compare("pivots", surfaces.pivots)


def test_the_check_up_of_tags_is_the_same(sample: Pair) -> None:
    sample.compare("tags", surfaces.tags, deep=False)


def test_whom_a_typed_word_finds_is_the_same(sample: Pair) -> None:
    sample.compare("search", surfaces.search)


def test_the_list_of_customers_is_the_same_in_every_order(sample: Pair) -> None:
    sample.compare("list", surfaces.customer_list)


def test_leads_and_plans_of_a_week_are_the_same(sample: Pair) -> None:
    for name in WEEKS:
        sample.compare("week", surfaces.week, name)


def test_what_customers_would_be_contacted_for_in_a_year_is_the_same(sample: Pair) -> None:
    assert sample.compare("wishes", surfaces.wishes, 2027) > 10_000


def test_the_touch_plan_of_a_year_is_the_same(sample: Pair) -> None:
    assert sample.compare("year plan", surfaces.year_plan, 2027) > 10_000


def test_maturing_money_and_where_it_went_are_the_same(sample: Pair) -> None:
    assert sample.compare("maturities", surfaces.maturities, (2026, 2027)) > 500


def test_what_became_of_lights_and_contacts_is_the_same(sample: Pair) -> None:
    sample.compare("outcomes", surfaces.outcomes)


def test_the_contact_log_is_the_same(sample: Pair) -> None:
    assert sample.compare("contacts", surfaces.contacts, "2026-10") > 30


@pytest.mark.long
def test_all_portraits_and_products_are_the_same(sample: Pair) -> None:
    sample.compare("portraits", surfaces.portraits, every=1)
    sample.compare("products", surfaces.products, rows=99, families_of=1)
    sample.compare("tags", surfaces.tags, deep=True)


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
