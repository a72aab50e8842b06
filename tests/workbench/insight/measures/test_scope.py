"""What the lists of a book report around a month, and the frame that measures are written over (domain 0-3, 0-5)."""

from typing import Any

import pytest
from sqlalchemy import select

from db.tables import flows
from tests.workbench.conftest import AS_OF, MONTH, SmallBook
from workbench.base.dates import shift_month
from workbench.base.expressions import untold
from workbench.insight.measures.scope import BACK, ReportedData, Scope, Second, reported_data


def reported(small: SmallBook, month: str = MONTH) -> ReportedData:
    with small.book.read() as conn:
        data = reported_data(conn, month)
    assert data is not None
    return data


def scope_of(small: SmallBook, day: str = AS_OF, **more: Any) -> Scope:
    return Scope(MONTH, day, reported(small), **more)


def rows(small: SmallBook, scope: Scope, **figures: Any) -> dict[int, dict[str, Any]]:
    with small.book.read() as conn:
        answers = conn.execute(scope.statement(figures)).mappings().all()
    return {row["customer_id"]: {name: row[name] for name in figures} for row in answers}


# -- what is reported ------------------------------------------------------------------------------------------------


def test_a_month_without_a_customer_list_reports_nothing(small: SmallBook) -> None:
    small.month("1", aum_balance=1)
    with small.book.read() as conn:
        assert reported_data(conn, "2026-12") is None


def test_columns_are_those_that_an_import_mapped_in_the_months_read(small: SmallBook) -> None:
    small.month("1", aum_balance=1)
    mapping = '[{"columns": [["snapshots", "aum_balance"], ["snapshots", "no_such"]]}, {"field": "phone"}]'
    small.batch(mapping=mapping)
    assert {"aum_balance", "phone"} <= reported(small).columns
    assert "no_such" not in reported(small).columns


def test_a_list_older_than_the_months_read_says_nothing_any_more(small: SmallBook) -> None:
    small.month("1", aum_balance=1)
    mapping = '[{"field": "aum_balance"}]'
    small.batch(mapping=mapping)
    small.batch(mapping='[{"field": "fund_balance"}]', month=shift_month(MONTH, -BACK))
    small.batch(mapping='[{"field": "wealth_balance"}]', month=shift_month(MONTH, -BACK - 1))
    columns = reported(small).columns
    assert {"aum_balance", "fund_balance"} <= columns
    assert "wealth_balance" not in columns


def test_rows_that_came_without_a_mapping_are_counted_themselves(small: SmallBook) -> None:
    small.month("1", aum_balance=1, age=None)
    small.batch(mapping="[]")
    columns = reported(small).columns
    assert "aum_balance" in columns
    assert "age" not in columns
    assert not columns & {"id", "customer_id", "month", "as_of", "batch_id", "source_row"}


def test_an_identity_number_reports_birth_and_sex_too(small: SmallBook) -> None:
    small.customer("1", id_no="110101199003070134")
    small.month("1", aum_balance=1)
    assert {"birth_date", "id_no"} <= reported(small).columns


def test_lists_of_lines_are_reported_by_kind_and_month(small: SmallBook) -> None:
    small.month("1", aum_balance=1)
    assert reported(small).lists == frozenset()
    small.hold("1", amount=1)
    small.hold("1", 1, kind="maturity", amount=1)
    small.touch("1", 40)
    small.touch("1", 3)
    lists = reported(small)
    assert lists.holdings == {MONTH}
    assert lists.maturities == {shift_month(MONTH, -1)}
    assert lists.flows == frozenset()
    assert lists.lists == {"touches"}
    assert lists.log_begins == "2026-09-21"


def test_the_digest_changes_with_a_new_kind_of_list_and_not_with_another_line(small: SmallBook) -> None:
    small.month("1", aum_balance=1)
    before = reported(small).digest
    small.hold("1", amount=1)
    first = reported(small).digest
    small.hold("1", line=2, amount=1)
    assert before != first == reported(small).digest


# -- the frame -------------------------------------------------------------------------------------------------------


def test_only_customers_listed_in_the_month_have_a_row_in_the_order_of_their_ids(small: SmallBook) -> None:
    small.month("1", aum_balance=1)
    small.month("2", 1, aum_balance=1)
    small.month("3", aum_balance=1)
    scope = scope_of(small)
    assert list(rows(small, scope, balance=scope.at("aum_balance"))) == [small.ids["1"], small.ids["3"]]
    few = scope_of(small, only=[small.ids["3"]])
    assert list(rows(small, few, balance=few.at("aum_balance"))) == [small.ids["3"]]


def test_the_day_is_never_before_the_data_date(small: SmallBook) -> None:
    small.month("1", aum_balance=1)
    assert scope_of(small, "2026-10-01").day == AS_OF
    assert scope_of(small, "2026-11-05").day == "2026-11-05"


def test_the_average_is_the_daily_one_and_the_balance_only_where_that_is_missing(small: SmallBook) -> None:
    small.months("1", {"aum_daily_average": [5, None], "aum_balance": [7, 9]})
    scope = scope_of(small)
    row = rows(small, scope, now=scope.average(), before=scope.average(1), older=scope.average(2))
    assert row[small.ids["1"]] == {"now": 900, "before": 500, "older": None}


def test_a_mean_needs_enough_months_and_leaves_out_those_without_a_figure(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [1, None, 3]})
    scope = scope_of(small)
    row = rows(small, scope, two=scope.mean("aum_balance", 0, 2, 2), three=scope.mean("aum_balance", 0, 2, 3))
    assert row[small.ids["1"]] == {"two": 200, "three": None}


@pytest.mark.parametrize(("newest", "value"), [(True, 1), (False, 0)])
def test_in_the_newest_month_a_correction_of_the_customer_goes_before_the_list(
    small: SmallBook, newest: bool, value: int
) -> None:
    small.customer("1", wecom_friend=1)
    small.month("1", wecom_friend=0)
    scope = scope_of(small, newest=newest)
    assert rows(small, scope, wecom=scope.field("wecom_friend"))[small.ids["1"]] == {"wecom": value}


def test_facts_beside_the_months_are_joined_once_per_customer(small: SmallBook) -> None:
    small.month("1", aum_balance=1)
    small.month("2", aum_balance=1)
    with small.book.write("import", "flows") as writer:
        writer.insert(
            flows, [{"customer_id": small.ids["1"], "date": AS_OF, "month": MONTH, "inflow": 5, "rows": 1}]
        )
    scope = scope_of(small)
    facts = scope.join(
        select(flows.c.customer_id, flows.c.inflow).where(scope.among(flows.c.customer_id)).subquery()
    )
    found = rows(small, scope, inflow=facts.c.inflow)
    assert found == {small.ids["1"]: {"inflow": 5}, small.ids["2"]: {"inflow": None}}


def test_the_second_step_reads_the_columns_of_the_first_and_null_for_any_other(small: SmallBook) -> None:
    small.month("1", aum_balance=4)
    scope = scope_of(small)
    second = Second(scope, scope.statement({"balance": scope.at("aum_balance")}).cte("first"))
    assert "balance" in second
    assert "no_such" not in second
    with small.book.read() as conn:
        row = conn.execute(second.statement({"half": second["balance"] / 2, "none": second["no_such"]})).one()
    assert (row.half, row.none) == (200, None)


def test_a_column_that_no_list_reports_is_seen_to_be_untold(small: SmallBook) -> None:
    small.month("1", aum_balance=1)
    small.batch(mapping='[{"field": "aum_balance"}]')
    scope = scope_of(small)
    assert untold(scope.at("payroll_amount"))
    assert untold(scope.field("payroll_amount"))
    assert not untold(scope.at("aum_balance", 3))
    assert not untold(scope.field("branch"))  # a customer's own one may be of an older list
