"""A title may except columns from its unit; the unit of the others is found all the same."""

import pytest

from workbench.intake.form.as_of import unit_in_titles
from workbench.intake.form.unit_exceptions import excepted_unit, unit_exceptions


@pytest.mark.parametrize(
    ("title", "unit", "excepted"),
    [
        ("名单 2026年10月末 (除贷款余额为元外,其余金额单位:万元)", "万元", {"贷款余额": "元"}),
        ("单位:万元(除贷款余额、存款余额单位为元外)", "万元", {"贷款余额": "元", "存款余额": "元"}),
        ("除贷款余额(元)外，其余均为万元", "万元", {"贷款余额": "元"}),
        ("单位:万元(贷款余额:元)", "万元", {"贷款余额": "元"}),
        ("单位:万元,其中贷款余额为元", "万元", {"贷款余额": "元"}),
        ("除贷款以元计外,其他以万元为单位", "万元", {"贷款": "元"}),
        ("除另有注明外,金额单位均为元", "元", {}),
        ("(金额单位:万元)", "万元", {}), ("(单位:元)", "元", {}), ("单位:万元,除户数外", "万元", {}),
        ("客户清单(截至2026年10月31日,单位:万元)", "万元", {}), ("(2026年10月31日 单位:万元)", "万元", {}),
        ("(2026年10月末单位:万元)", "万元", {}), ("客户资产表(万元)", "万元", {}),
        ("资产表(2026年10月末,万元、户)", "万元", {}), ("客户清单(50万元以上)", None, {}),
        ("(本表单位:万元)", "万元", {}), ("(人民币单位:万元)", "万元", {}),
    ],
)  # fmt: skip
def test_exceptions_and_the_unit_of_the_rest(title: str, unit: str | None, excepted: dict[str, str]) -> None:
    assert unit_in_titles([title]) == unit
    assert unit_exceptions([title]) == excepted


def test_a_column_is_excepted_by_its_heading_or_the_longest_part_of_it() -> None:
    units = {"贷款": "元", "个人贷款余额": "千元"}
    assert excepted_unit("个人贷款余额", units) == "千元"
    assert excepted_unit("贷款余额", units) == "元"
    assert excepted_unit("存款余额", units) is None
