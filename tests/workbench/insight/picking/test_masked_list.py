"""What is masked on the screen is not plain in an exported list, nor in what is said of a customer (issue 10, fault 3)."""

import io

import openpyxl
import pytest

from tests.workbench.conftest import SmallBook
from workbench.people.labels import label
from workbench.rules.parameters import Rules
from workbench.sheets.list_sheet import list_sheet, list_xlsx

EMPLOYER, REGISTER = "瓦房店轴承厂", "庄河光明山镇"
HOME = "大连市中山区人民路1号"


@pytest.fixture
def masked(small: SmallBook) -> SmallBook:
    """One customer of whom a list tells who pays him and where he is registered."""
    small.customer(
        "100001", name="欧阳修远", phone="13912345678", household_register=REGISTER, employer=EMPLOYER, residence_address=HOME,
        payroll_employer=EMPLOYER, email="xiuyuan@example.cn", note="胞弟欧阳修文", occupation="教师",
    )  # fmt: skip
    small.month("100001", aum_daily_average=900_000.0, payroll_employer=EMPLOYER, employer=EMPLOYER)
    return small


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("payroll_employer", EMPLOYER),
        ("household_register", REGISTER),
        ("employer", EMPLOYER),
        ("note", "欧阳修文"),
        ("residence_address", HOME),
        ("phone", "13912345678"),
        ("email", "xiuyuan@example.cn"),
    ],
)
def test_a_field_that_the_screen_masks_is_not_plain_in_the_exported_list(
    masked: SmallBook, field: str, value: str
) -> None:
    insight = masked.insight
    picking = insight.picking
    picking.save("名单", f"{field} contains '{value}' and occupation = '教师'")
    made = list_sheet(picking, Rules.load(), "名单", "李经理")
    sheet = openpyxl.load_workbook(io.BytesIO(list_xlsx(made).content)).active
    assert sheet is not None
    text = " ".join(
        str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    )
    assert value not in text
    assert "教师" in text
    # not even its column: what a mask leaves of it, a district or a tail, is more than the purpose needs
    heads = [cell for row in sheet.iter_rows(values_only=True) if "尾号" in row for cell in row if cell]
    assert heads[-1] == label("occupation")
    assert label(field) not in heads
    assert "欧阳" not in text


def test_a_field_that_names_who_pays_is_no_side_of_a_pivot(masked: SmallBook) -> None:
    names = [term.name for term in masked.insight.pivot.choices()]
    assert {"payroll_employer", "household_register", "employer", "note"}.isdisjoint(names)
    assert "occupation" in names
