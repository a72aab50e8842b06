"""Lines like 客户经理:王芳 above a table or between its parts become columns of the rows below them."""

from typing import Any

import pytest

from tests.workbench.intake.form.test_carried import entered, seen

HEADER = ["序号", "客户号", "客户姓名", "AUM月日均"]


def _row(n: int) -> list[Any]:
    return [n, f"00100000{n:02d}", f"张{'甲乙丙丁戊己'[n]}", 100.0 + 10 * n * n]


def _columns(rows: list[list[Any]]) -> dict[str, list[Any]]:
    keys, columns, refused = entered(seen(rows))
    assert len(keys) == 4
    assert refused == []
    return columns


@pytest.mark.parametrize("mark", [":", "：", ": "])
def test_each_block_takes_the_manager_of_the_line_above_it(mark: str) -> None:
    rows: list[list[Any]] = [
        ["分户清单(2026年10月31日) 单位:元"], [f"客户经理{mark}王芳    工号{mark}00123"], HEADER, _row(0), _row(1),
        ["小计", "", "", 210.0], [], [f"客户经理{mark}李雷    工号{mark}00124"], HEADER, _row(2), _row(3),
        ["小计", "", "", 330.0], ["合计", "", "", 540.0],
    ]  # fmt: skip
    columns = _columns(rows)
    assert columns["manager_name"] == ["王芳", "王芳", "李雷", "李雷"]
    assert columns["manager_no"] == ["00123", "00123", "00124", "00124"]


def test_a_line_that_names_another_manager_ends_the_number_of_the_one_before() -> None:
    rows: list[list[Any]] = [
        ["支行:城东支行"], ["客户经理:王芳", "", "工号:00123"], HEADER, _row(0), _row(1),
        ["客户经理:李雷"], _row(2), _row(3),
    ]  # fmt: skip
    columns = _columns(rows)
    assert columns["branch"] == ["城东支行"] * 4
    assert columns["manager_name"] == ["王芳", "王芳", "李雷", "李雷"]
    assert columns["manager_no"] == ["00123", "00123", None, None]


@pytest.mark.parametrize("mark", [":", "：", ""])
def test_label_and_value_in_cells_of_their_own_tell_the_same(mark: str) -> None:
    rows: list[list[Any]] = [
        [f"客户经理{mark}", "王芳", f"工号{mark}", "00123"], HEADER, _row(0), _row(1),
        [f"客户经理{mark}", "李雷", f"工号{mark}", "00124"], HEADER, _row(2),
        [f"客户经理{mark}", "韩梅", f"工号{mark}", "00125"], _row(3),
    ]  # fmt: skip
    columns = _columns(rows)
    assert columns["manager_name"] == ["王芳", "王芳", "李雷", "韩梅"]
    assert columns["manager_no"] == ["00123", "00123", "00124", "00125"]


def test_a_column_of_the_table_goes_before_the_line_above_it() -> None:
    rows: list[list[Any]] = [
        ["客户经理:王芳"], [*HEADER, "管户经理"], *([*_row(n), "李雷"] for n in range(4)),
    ]  # fmt: skip
    state = seen(rows)
    assert state.sheet.appended == 0
    assert entered(state)[1]["manager_name"] == ["李雷"] * 4


def test_lines_that_name_no_field_of_a_row_add_nothing() -> None:
    rows: list[list[Any]] = [
        ["制表:王芳  审核:李雷  电话:65551234"],
        ["客户经理:", "单位:元"], [": ::"], HEADER, *map(_row, range(4)), ["备注:客户经理:见附件"],
    ]  # fmt: skip
    assert seen(rows).sheet.appended == 0
