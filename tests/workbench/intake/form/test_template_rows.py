"""Rows of a template that nobody filled in are no rows; a row that tells anything of somebody is one."""

from typing import Any

import pytest

from tests.workbench.intake.form.test_carried import RULES, entered, seen

HEADER = ["序号", "客户号", "客户姓名", "归属支行", "AUM月日均", "存款余额", "合计"]
PEOPLE = [
    [n, f"00100000{n:02d}", f"张{'零甲乙丙'[n]}", "城东支行", 100.0 + n, 50.0, 150.0 + n] for n in (1, 2, 3)
]


def _named(rows: list[list[Any]]) -> dict[str, int]:
    state = seen([HEADER, *PEOPLE, *rows])
    assert entered(state)[0] == [row[1] for row in PEOPLE]
    rows_sorted = state.rows(RULES)
    assert rows_sorted is not None
    return rows_sorted.not_data


@pytest.mark.parametrize("zero", [0, 0.0, "0", "0.00", "-", "", "#N/A"])
@pytest.mark.parametrize("branch", ["", "城东支行"])
def test_a_running_number_formulas_and_repeated_texts_are_no_rows(zero: Any, branch: str) -> None:
    assert _named([[n, "", "", branch, "", zero, 0] for n in range(4, 30)]) == {"header": 1, "template": 26}


def test_a_number_that_a_formula_gives_as_zero_is_none() -> None:
    assert _named([[n, 0.0, 0.0, "", 0.0, 0.0, 0.0] for n in range(4, 9)]) == {"header": 1, "template": 5}


@pytest.mark.parametrize(
    "row", [[4, "", "李四", "", "", "", 0], [5, "", "", "", 7.5, "", 7.5], [6, "", "", "", "", "", 3.0]]
)
def test_a_row_that_gives_anything_is_refused_by_name_and_not_passed_over(row: list[Any]) -> None:
    state = seen([HEADER, *PEOPLE, row, *([n, "", "", "", "", "", 0] for n in range(7, 12))])
    assert entered(state)[2] == [4]
