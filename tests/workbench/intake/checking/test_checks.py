"""Rows of a sheet are checked one by one: what enters, what is refused with every reason, what is counted."""

from copy import copy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.intake.by_hand import RULES, look
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.checking.checks import BookFacts, check
from workbench.intake.columns.custom import CustomField

FIELD = CustomField("custom.结婚纪念日", "结婚纪念日", "date", ("结婚日",))
BASE = ["客户号", "姓名", "AUM余额"]


def test_a_row_without_a_number_is_refused_and_may_be_recognised_by_its_person() -> None:
    sheet = look(
        [*BASE, "手机号"],
        [
            ["000001", "甲一", 1.0, ""],
            ["", "乙二", 2.0, "13812345678"],
            ["", "", 9.0, ""],
            ["无号", "丙三", 4.0, ""],
        ],
    )
    assert sheet.checked.keys == ["000001"]
    assert sheet.checked.nameless == (2, 4)
    assert "核对客户" in sheet.problems("missing_customer_number")[0].proposal
    assert {row: [p.code for p in reasons] for row, reasons in sheet.checked.refusals.items()} == {
        2: ["missing_customer_number"], 3: ["missing_customer_number"], 4: ["bad_customer_number"],
    }  # fmt: skip
    assert sheet.checked.positions == [1]


def test_a_number_that_a_person_confirmed_takes_the_row_in() -> None:
    rows = [["000001", "甲一", 1.0], ["", "乙二", 2.0]]
    sheet = look(BASE, rows, numbers={2: "000009"})
    assert (sheet.checked.keys, sheet.checked.nameless) == (["000001", "000009"], ())


def test_a_sheet_without_a_column_of_numbers_takes_the_rows_that_were_confirmed() -> None:
    rows = [["甲一", 1.0, "13812345678"], ["乙二", 2.0, ""]]
    sheet = look(["姓名", "AUM余额", "手机号"], rows, numbers={1: "000009"})
    assert (sheet.checked.keys, sheet.checked.nameless) == (["000009"], (2,))
    assert sheet.column("aum_balance") == [100]


def test_a_cell_typed_over_is_read_instead_of_the_one_in_the_file() -> None:
    rows = [["000001", "甲一", "不详"], ["x", "乙二", 2.0]]
    sheet = look(BASE, rows, edits={(1, 2): "1,200.50", (2, 0): "000002"})
    assert sheet.column("aum_balance") == [120_050, 200]
    assert sheet.checked.keys == ["000001", "000002"]
    assert sheet.checked.problems.listed() == ()


def test_a_rounded_key_is_refused_and_a_rounded_other_number_only_marked() -> None:
    sheet = look([*BASE, "工号"], [[6.22e18, "甲一", 1.0, ""], ["000002", "乙二", 2.0, 1.2e17]])
    assert [(p.row, p.level) for p in sheet.problems("number_rounded")] == [(2, "refuse"), (3, "warning")]
    assert sheet.checked.keys == ["000002"]


def test_all_reasons_of_a_refused_row_are_kept() -> None:
    rows = [["000001", "甲一", 1.0, "2026-10-31"], ["", "乙二", 2.0, "2026-09-30"]]
    sheet = look([*BASE, "数据日期"], rows)
    assert [p.code for p in sheet.checked.refusals[2]] == ["missing_customer_number"]
    rows[1][0] = "000002"
    assert [p.code for p in look([*BASE, "数据日期"], rows).checked.refusals[2]] == ["other_month"]


def test_refusals_are_complete_where_the_list_on_screen_is_cut_short() -> None:
    sheet = look(BASE, [["", f"客户{n}", 1.0] for n in range(80)])
    assert len(sheet.checked.refusals) == 80
    assert len(sheet.problems("missing_customer_number")) == 51
    assert sheet.checked.levels_count["refuse"] == 80


def test_a_dated_sheet_must_have_a_date_and_lines_bring_their_own() -> None:
    with pytest.raises(ValueError, match="date"):
        look(BASE, [["000001", "甲一", 1.0]], as_of=None)
    sheet = look(
        ["客户号", "联系日期", "联系结果"], [["000001", "2026-09-02", "已接通"], ["000002", "2026-10-05", "未接"]],
        kind="touches", as_of=None,
    )  # fmt: skip
    assert sheet.checked.as_of == "2026-10-05"
    assert len(sheet.checked.keys) == 2


def test_numbers_of_merged_customers_lead_to_the_one_kept_and_their_figures_add_up() -> None:
    rows = [
        ["000001", "甲一", 100.0, 40.0, ""],
        ["000002", "甲一", 50.0, 41.0, 7.0],
        ["000003", "乙二", 1.0, 30.0, ""],
    ]
    facts = BookFacts(aliases={"000002": "000001", "000003": "000004"})
    sheet = look([*BASE, "年龄", "存款余额"], rows, facts=facts)
    assert sheet.checked.keys == ["000001", "000004"]
    assert sheet.column("aum_balance") == [15_000, 100]
    assert sheet.column("age") == [40, 30]
    assert sheet.column("deposit_balance") == [700, None]
    assert (sheet.checked.doubles, sheet.checked.conflicts) == (1, ())
    assert [p.row for p in sheet.problems("number_merged")] == [3, 4]


def test_custom_columns_are_kept_under_their_label_in_one_form() -> None:
    rows = [["000001", "甲一", 1.0, "2020年1月5日"], ["000002", "乙二", 2.0, "某天"]]
    assert '"结婚日": "2020年1月5日"' in (look([*BASE, "结婚日"], rows).checked.extra[0] or "")
    facts = BookFacts(custom={FIELD.key: FIELD})
    sheet = look([*BASE, "结婚日"], rows, custom={"结婚日": FIELD.key}, facts=facts)
    assert sheet.checked.extra == ['{"结婚纪念日": "2020-01-05"}', '{"结婚纪念日": "某天"}']
    assert (sheet.one("bad_date").row, sheet.one("bad_date").column) == (3, "结婚日")


def test_subtotals_stand_in_for_a_missing_total() -> None:
    rows: list[list[Any]] = [
        ["000001", "甲一", 1.0], ["小计", "", 1.0], ["000002", "乙二", 2.0], ["000003", "丙三", 3.0], ["小计", "", 6.0],
    ]  # fmt: skip
    sheet = look(BASE, rows)
    (total,) = sheet.checked.totals
    assert (total.sheet_total, total.computed, total.matches) == (7.0, 6.0, False)
    assert sheet.one("total_mismatch").proposal


def test_a_row_that_lacks_what_its_kind_needs_is_refused() -> None:
    sheet = look(BASE, [["000001", "", 1.0], ["000002", "乙二", 2.0]])
    strict = copy(catalogue())
    strict.kinds = {
        **strict.kinds,
        "customers": replace(strict.kinds["customers"], required=("name", "phone")),
    }
    checked = check(sheet.sheet, sheet.plan, strict, RULES)
    assert checked.refused == 2
    assert [problem.message for problem in checked.refusals[1]] == ["这一行缺“客户姓名”,没有导入。"]
    assert "手机号" in checked.refusals[2][0].message


# -- laws ------------------------------------------------------------------------------------------------------

cell = st.one_of(
    st.text(alphabet="甲乙=+-@*'/0123456789.,万元 \xa0密码:#", max_size=12), st.floats(allow_nan=False, width=32),
    st.integers(-(10**18), 10**18), st.booleans(), st.none(), st.dates(), st.datetimes(),
)  # fmt: skip
row = st.lists(cell, min_size=8, max_size=8)
WIDE = ["客户号", "姓名", "AUM余额", "AUM月日均", "手机号", "身份证号", "开户日期", "币种"]
FIXES = ["zeros", "sum", "newer", "last", "first", "unit:2:万元", "swap:2:3", "dates:6:day", "leave_out:test"]


@law(examples=1_000, few=30)
@given(rows=st.lists(row, max_size=8), taken=st.sets(st.sampled_from(FIXES)))
def test_whatever_stands_in_the_cells_every_row_is_counted_once(
    rows: list[list[Any]], taken: set[str]
) -> None:
    sheet = look(WIDE, rows, fixes=sorted(taken))
    refused = sheet.checked.refusals
    assert len(refused) == sheet.checked.refused
    assert refused.keys().isdisjoint(sheet.checked.positions)
    assert set(sheet.checked.nameless) <= refused.keys()
    assert len(set(sheet.checked.keys)) == len(sheet.checked.keys)
    assert all(fix.applied == (fix.key in taken) for fix in sheet.checked.fixes)
