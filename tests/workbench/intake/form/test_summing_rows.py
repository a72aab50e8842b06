"""A row without a person whose figures are the sum of others is a total, whatever stands in the key column."""

from typing import Any

import pytest

from tests.workbench.intake.form.test_carried import entered, seen

HEADER = ["客户号", "客户姓名", "AUM月日均", "存款余额"]
PEOPLE = [[f"00100000{n:02d}", f"张{'甲乙丙丁戊'[n]}", 100.0 + n, 50.0 + n * n] for n in range(5)]
SUM = [510.0, 280.0]


@pytest.mark.parametrize("key", ["", "5", 5.0, "户数", "--", "99", "全行", "9999999999"])
@pytest.mark.parametrize("at", [0, 5])
def test_a_row_of_sums_is_a_total_whatever_its_key(key: Any, at: int) -> None:
    rows = [HEADER, *PEOPLE[:at], [key, "", *SUM], *PEOPLE[at:]]
    state = seen(rows)
    keys, _columns, refused = entered(state)
    assert keys == [row[0] for row in PEOPLE]
    assert refused == []
    sorted_rows = state.rows(_rules())
    assert sorted_rows is not None
    assert sorted_rows.not_data == {"header": 1, "total": 1}


def test_a_subtotal_sums_up_the_rows_above_it() -> None:
    rows = [HEADER, *PEOPLE[:3], ["", "", 303.0, 155.0], *PEOPLE[3:], ["", "", 207.0, 125.0], ["", "", *SUM]]
    assert len(entered(seen(rows))[0]) == 5


@pytest.mark.parametrize("row", [["0010000009", "李四", *SUM], ["6", "李四", *SUM]])
def test_a_person_whose_figures_happen_to_be_a_sum_stays(row: list[Any]) -> None:
    assert row[0] in entered(seen([HEADER, *PEOPLE, row]))[0]


@pytest.mark.parametrize("figures", [[510.0, 281.0], ["", ""], [0.0, 0.0]])
def test_a_row_without_a_name_that_sums_up_nothing_stays(figures: list[Any]) -> None:
    assert len(entered(seen([HEADER, *PEOPLE, ["0010000009", "", *figures]]))[0]) == 6


@pytest.mark.parametrize("count", ["5", 5.0, "6", "12"])
def test_a_number_too_short_for_a_customers_is_a_count_where_a_name_is_missing(count: Any) -> None:
    assert len(entered(seen([HEADER, *PEOPLE, [count, "", 77.0, 78.0]]))[0]) == 5
    assert len(entered(seen([HEADER, *PEOPLE, [count, "李四", 77.0, 78.0]]))[0]) == 6


def test_in_a_list_without_names_only_an_unusual_number_can_be_a_totals() -> None:
    header = ["客户号", "AUM月日均"]
    rows: list[list[Any]] = [["0010000001", 1.0], ["0010000002", 2.0], ["0010000003", 3.0]]
    assert len(entered(seen([header, *rows]))[0]) == 3
    assert len(entered(seen([header, *rows, ["3", 6.0]]))[0]) == 3


def _rules() -> Any:
    from tests.workbench.intake.form.test_carried import RULES

    return RULES
