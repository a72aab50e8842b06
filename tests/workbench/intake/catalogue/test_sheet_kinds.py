"""The kinds of sheet are data: what each line of resources/fields.toml promises must be there."""

from typing import get_args

import pytest

from db.tables import metadata
from workbench.intake.catalogue.fields import catalogue, fits
from workbench.intake.catalogue.sheet_kinds import KindOfSheet, Policy, kinds
from workbench.intake.report import Kind

ALL = [pytest.param(kind, id=name) for name, kind in kinds().items()]


def test_every_kind_but_none_has_its_entry_and_customers_come_first() -> None:
    assert set(kinds()) == set(get_args(Kind)) - {"none"}
    assert next(iter(kinds())) == "customers"  # the other sheets of a file speak of them


@pytest.mark.parametrize("kind", ALL)
def test_a_kind_names_tables_a_policy_and_fields_that_its_sheets_can_carry(kind: KindOfSheet) -> None:
    assert kind.policy in get_args(Policy)
    assert set(kind.tables) <= set(metadata.tables)
    assert kind.table == kind.tables[0]
    named = {
        kind.key,
        *kind.identity,
        *kind.required,
        *filter(None, (kind.date, kind.number)),
        *kind.defaults,
    }
    named |= {key for fields in (*kind.recognised_by, *kind.hinted_by) for key in fields} | kind.marks
    assert all(fits(catalogue()[key], kind.name) for key in named)
    assert kind.shown()


@pytest.mark.parametrize("kind", ALL)
def test_a_kind_is_recognised_by_something_unless_all_lists_of_customers_are_it(kind: KindOfSheet) -> None:
    assert kind.name == "customers" or kind.recognised_by or kind.hinted_by or kind.least


@pytest.mark.parametrize("kind", ALL)
def test_a_line_is_dated_by_its_sheet_or_by_itself_but_products_by_neither(kind: KindOfSheet) -> None:
    assert not (kind.dated and kind.date)
    assert (kind.dated or bool(kind.date)) is (kind.name != "products")


@pytest.mark.parametrize("kind", ALL)
def test_days_are_sums_and_only_they(kind: KindOfSheet) -> None:
    assert kind.summed is (kind.policy == "day")
