"""Every room answers the same on both stores: portraits, boards, products, pivots, tags, search, list, plan."""

import pytest

from tests.parity import surfaces
from tests.parity.pair import Pair

WEEKS = ("2026-W45", "2026-W47")


def test_portraits_and_where_their_figures_come_from_are_the_same(sample: Pair) -> None:
    assert sample.compare("portraits", surfaces.portraits, every=20) > 100_000


def test_towers_quadrants_and_segments_are_the_same(sample: Pair) -> None:
    sample.compare("boards", surfaces.boards)


def test_conditions_that_boards_lead_to_count_the_same(sample: Pair) -> None:
    leading = surfaces.conditions_in(surfaces.boards(sample.sqlite), surfaces.pivots(sample.sqlite))
    assert len(leading) > 100
    sample.compare("leading", surfaces.tallies, leading)


def test_products_against_portraits_and_whom_to_offer_them_are_the_same(sample: Pair) -> None:
    sample.compare("products", surfaces.products, rows=1, families_of=4)


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


@pytest.mark.long
def test_all_portraits_and_products_are_the_same(sample: Pair) -> None:
    sample.compare("portraits", surfaces.portraits, every=1)
    sample.compare("products", surfaces.products, rows=99, families_of=1)
    sample.compare("tags", surfaces.tags, deep=True)
