"""The homework form of benefits: written, filled, brought back in one change, refused rows named (domain 8.4)."""

import io
from pathlib import Path

import openpyxl
import pytest

from tests.books import new_workbench
from tests.workbench.outreach.made import put_customers
from workbench.app import Workbench
from workbench.outreach.benefits.benefit import BenefitRule
from workbench.sheets.benefit_form import benefit_form, benefits_template, import_benefits


@pytest.fixture
def workbench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    made = new_workbench(tmp_path / "a.book")
    put_customers(made.book, [1])
    return made


def filled(workbench: Workbench, path: Path, rows: dict[int, dict[str, object]]) -> Path:
    """The template with cells of some rows filled in, by heading."""
    book = openpyxl.load_workbook(
        io.BytesIO(benefits_template(workbench.outreach.benefits, workbench.rules).content)
    )
    sheet = book.worksheets[0]
    heads = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[4]}
    for row, cells in rows.items():
        for head, value in cells.items():
            sheet.cell(row, heads[head], value)
    book.save(path)
    return path


GOOD: dict[str, object] = {
    "权益名称": "本行体检", "触发条件": "新达标", "客户得到什么": "基础体检一次", "层级": "财富、贵宾", "门槛(元)": 200000,
    "发放次数": "一次", "每份成本(元)": 300.5, "全年预算(元)": "3万", "合规说明": "按月日均,不与存款挂钩",
}  # fmt: skip


def test_a_filled_form_enters_in_one_change_and_refused_rows_say_why(
    workbench: Workbench, tmp_path: Path
) -> None:
    path = filled(
        workbench,
        tmp_path / "权益.xlsx",
        {
            5: GOOD,
            6: GOOD | {"权益名称": "存款奖励", "客户得到什么": "存满5万送米一袋"},
            7: GOOD | {"权益名称": "杯子", "库存礼品": "保温杯"},
            8: GOOD | {"权益名称": "错的", "发放次数": "有时"},
            9: GOOD | {"权益名称": "没写", "合规说明": None},
        },
    )
    read = workbench.filled_form(benefit_form(workbench.rules), path)
    made = import_benefits(read, workbench.outreach.benefits)
    assert made.kept == 1
    assert [(one.row, one.code) for one in made.refused] == [
        (6, "forbidden_gift"), (7, "no_such_item"), (8, "bad_cell"), (9, "empty_cell"),
    ]  # fmt: skip
    assert all(one.message.startswith(f"「新达标权益体系」第 {one.row} 行:") for one in made.refused)
    kept = workbench.outreach.benefits.rules()[-1]
    assert kept == BenefitRule(
        "own_1", "本行体检", "基础体检一次", "qualified", ("L4", "L5"), threshold_fen=20_000_000, value_fen=30_050,
        budget_fen=3_000_000, note="按月日均,不与存款挂钩",
    )  # fmt: skip
    # what the book holds stands in the next form, and comes back as it is
    again = workbench.filled_form(benefit_form(workbench.rules), filled(workbench, tmp_path / "b.xlsx", {}))
    assert import_benefits(again, workbench.outreach.benefits).change.undo_id is None
    assert made.change.undo_id is not None
    workbench.undo(made.change.undo_id)
    assert all(one.shipped for one in workbench.outreach.benefits.rules())


def test_examples_stand_beside_the_form_and_pass_themselves(workbench: Workbench) -> None:
    form = benefit_form(workbench.rules)
    assert len(form.examples) == 3
    assert {one.key for one in form.columns if one.required} <= set(form.examples[0])
    printed = benefits_template(workbench.outreach.benefits, workbench.rules)
    assert (printed.rows, printed.kind.code) == (0, "form_template")


def test_the_same_name_twice_keeps_the_first_and_a_red_line_names_its_word(
    workbench: Workbench, tmp_path: Path
) -> None:
    rows = {
        5: GOOD,
        6: GOOD | {"客户得到什么": "深度体检一次"},
        7: GOOD | {"权益名称": "保本礼", "客户得到什么": "讲座一次"},
    }
    path = filled(workbench, tmp_path / "权益.xlsx", rows)
    read = workbench.filled_form(benefit_form(workbench.rules), path)
    made = import_benefits(read, workbench.outreach.benefits)
    assert [one.gives for one in workbench.outreach.benefits.rules() if one.name == "本行体检"] == [
        "基础体检一次"
    ]
    assert [(one.row, one.code) for one in made.refused] == [(6, "benefit_twice"), (7, "red_line")]
    assert "第 5 行" in made.refused[0].message
    assert "保本" in made.refused[1].message.split("第 7 行")[1]
