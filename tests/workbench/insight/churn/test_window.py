"""A month of which only a part was imported says nothing of those it leaves out (domain 0, missing is never zero)."""

import pytest
from sqlalchemy import Table, select

from db.tables import customers, flows, payrolls
from tests.workbench.conftest import MONTH, SmallBook
from workbench.base.dates import shift_month
from workbench.insight.churn.window import Window, WindowCoverage, coverage_of, fenced
from workbench.rules.parameters import Rules

SIX = tuple(map(str, range(6)))


def lines(small: SmallBook, table: Table, counts: dict[int, int]) -> None:
    """So many customers with a line in each month back from the newest."""
    for no in SIX:
        small.flat(no)
    body = {"amount": 800_000} if table is payrolls else {"inflow": 100, "outflow": 0, "rows": 1}
    with small.book.write("import", "lines") as writer:
        for back, count in counts.items():
            month = shift_month(MONTH, -back)
            rows = [
                {"customer_id": small.ids[no], "month": month, "date": month + "-10", "batch_id": 1, "source_row": 1, **body}
                for no in SIX[:count]
            ]  # fmt: skip
            writer.insert(table, rows)


def seen(small: SmallBook, **overrides: float) -> WindowCoverage:
    rules = Rules.load(overrides={key.replace("__", "."): value for key, value in overrides.items()})
    with small.book.read() as conn:
        found = coverage_of(conn, MONTH, rules)
    assert found is not None
    return found


@pytest.mark.parametrize("table", [flows, payrolls], ids=lambda table: table.name)
def test_a_month_counts_from_half_the_lines_of_the_fullest_one(small: SmallBook, table: Table) -> None:
    lines(small, table, {0: 2, 1: 3, 2: 6, 3: 1})
    months = seen(small).flows if table is flows else seen(small).payrolls
    assert months == {shift_month(MONTH, -1), shift_month(MONTH, -2)}
    all_of_them = seen(small, window__full_month=0.05)
    assert len(all_of_them.flows | all_of_them.payrolls) == 4


def test_pay_that_a_half_imported_month_does_not_list_is_not_missed(small: SmallBook) -> None:
    lines(small, payrolls, {0: 2, **dict.fromkeys(range(1, 6), 6)})
    assert {small.severity(no, "S7") for no in SIX} == {0}
    assert small.unknown("5", "S7")


def test_pay_missing_from_a_month_of_half_the_others_is_missed(small: SmallBook) -> None:
    lines(small, payrolls, {0: 3, **dict.fromkeys(range(1, 6), 6)})
    assert [small.severity(no, "S7") for no in SIX] == [0, 0, 0, 1, 1, 1]


def test_a_book_without_any_line_and_one_without_the_month_are_told_apart(small: SmallBook) -> None:
    small.flat("0")
    assert (seen(small).flows, seen(small).payrolls, seen(small).complaints) == (
        frozenset(),
        frozenset(),
        False,
    )
    with small.book.read() as conn:
        assert coverage_of(conn, "2011-01", Rules.load()) is None


def test_a_figure_that_nobody_is_told_reads_no_table(small: SmallBook) -> None:
    """It may be built over a column of a list that the statement does not join."""
    small.customer("1")
    small.month("1", aum_balance=1)
    with small.book.read() as conn:
        coverage = coverage_of(conn, MONTH, Rules.load())
    assert coverage is not None
    window = Window(MONTH, coverage)
    never = window.raw("inflow", 3) + customers.c.id
    assert not select(window.keep("a", never), window.step("b", never)).get_final_froms()


def test_the_limit_of_a_fence_is_written_out() -> None:
    """SQLite plans a statement anew each time that one is bound: thousands of words after each logged contact."""
    assert not select(fenced(select(customers.c.id), "some")).compile().params
