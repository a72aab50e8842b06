"""From any figure of a customer to the cells of the lists that it was computed from."""

import pytest

from db.shapes import metadata
from tests.workbench.conftest import AS_OF, MONTH, SmallBook
from workbench.insight.measures.scope import Scope, Second, reported_data
from workbench.insight.portrait.evidence import read_by
from workbench.insight.tags.measured import first_step, second_step
from workbench.insight.tags.vocabulary import sections
from workbench.rules.parameters import Rules


@pytest.fixture
def told(small: SmallBook) -> SmallBook:
    small.customer("1", birth_date="1974-02-28")
    batch = small.batch()
    for back in range(9):
        small.month(
            "1", back, batch=batch, row=20 + back, aum_balance=3e5, aum_daily_average=3e5, demand_balance=1e5,
            txn_count_1m=10, outflow=2e4,
        )  # fmt: skip
    small.hold("1", amount=10_000, product_name="甲理财", category="理财", maturity_date="2026-11-20")
    small.touch("1", 4)
    return small


def found(told: SmallBook, *names: str) -> set[tuple[str, str, str | None]]:
    return {(one.table, one.field, one.month) for one in told.insight.evidence.of("1", names)}


def test_a_field_leads_to_its_own_cells(told: SmallBook) -> None:
    assert found(told, "demand_balance") == {
        ("snapshots", "demand_balance", month) for month in (f"2026-{n:02d}" for n in range(2, 11))
    }


def test_a_measure_leads_to_the_months_it_compares(told: SmallBook) -> None:
    assert found(told, "average") == {
        ("snapshots", "aum_balance", MONTH),
        ("snapshots", "aum_daily_average", MONTH),
    }
    assert {month for _table, _field, month in found(told, "change_3_share")} == {"2026-07", MONTH}


def test_a_level_leads_to_the_averages_of_all_months(told: SmallBook) -> None:
    assert {field for _table, field, _month in found(told, "watch")} == {"aum_balance", "aum_daily_average"}
    assert len({month for _table, _field, month in found(told, "watch")}) == 9


def test_a_birthday_leads_to_the_customers_own_row(told: SmallBook) -> None:
    assert found(told, "birthday_in") == {("customers", "birth_date", None)}


def test_maturities_and_contacts_lead_to_their_lines(told: SmallBook) -> None:
    assert ("holdings", "amount", MONTH) in found(told, "matures_30")
    assert {table for table, _field, _month in found(told, "touches_90")} == {"touches"}


def test_a_tag_leads_through_its_measures_to_cells(told: SmallBook) -> None:
    insight = told.insight
    tag = next(one for one in insight.portrait("1").tags if {"average"} == {each.name for each in one.inputs})
    assert {field for _table, field, _month in found(told, tag.column)} >= {
        "aum_balance",
        "aum_daily_average",
    }
    seen = insight.portrait("1")
    assert seen.picture is not None
    inputs = insight.evidence.inputs(seen.picture.values, (tag.column,))
    assert [one.name for one in inputs] == [tag.column, "average"]
    assert inputs[1].shown == "30.0万"


def test_every_measure_can_be_followed(told: SmallBook) -> None:
    rules = Rules.load()
    with told.book.read() as conn:
        known = reported_data(conn, MONTH)
        assert known is not None
        scope = Scope(MONTH, AS_OF, known, [told.ids["1"]])
        first = first_step(scope, rules, (), {})
        second = Second(scope, scope.statement(first.columns).cte("told"))
        columns = {**first.columns, **second_step(second, rules, {}).columns}
    for names in sections().values():
        for name in names:
            for table, _field, month in read_by(columns[name], MONTH):
                assert table in metadata.tables
                assert month is None or len(month) == 7
