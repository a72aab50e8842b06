"""The sample branch is the same each time, and its workbooks agree with themselves."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from workbench.base.errors import WorkbenchError
from workbench.sample import make_branch, read_truth
from workbench.sample.people import check_digit

PARTS = (
    "demand_balance", "time_deposit_balance", "large_cd_balance", "wealth_balance", "fund_balance",
    "insurance_balance", "treasury_bond_balance", "precious_metal_balance",
)  # fmt: skip


def contents(files: tuple[Path, ...]) -> list[Any]:
    books = [CalamineWorkbook.from_path(str(path)) for path in files]
    return [[b.get_sheet_by_name(name).to_python() for name in b.sheet_names] for b in books]


def test_the_same_arguments_write_the_same_cells_and_another_seed_does_not(tmp_path: Path) -> None:
    one, two, other = (
        make_branch(tmp_path / name, customers=100, months=6, seed=seed)
        for name, seed in (("one", 7), ("two", 7), ("other", 8))
    )
    assert contents(one.files) == contents(two.files)
    assert one.truth.read_text(encoding="utf-8") == two.truth.read_text(encoding="utf-8")
    assert contents(one.files) != contents(other.files)


def test_files_are_named_in_the_order_of_import(small: Any) -> None:
    names = [path.name for path in small.branch.files]
    assert names == sorted(names)
    assert names[-1] == "个人客户资产月报_202610.xlsx"
    assert small.branch.last_date == dt.date(2026, 10, 31)


def test_the_total_row_counts_the_customers_and_sums_every_amount(small: Any) -> None:
    for month, total in zip(small.months, small.totals, strict=True):
        assert total["customer_no"] == "合计"
        assert total["name"] == f"{len(month)}户"
        amounts = (*PARTS, "aum_balance", "aum_daily_average", "inflow", "outflow", "payroll_amount")
        for field in amounts:
            assert total[field] == pytest.approx(sum(row[field] for row in month.values()), abs=0.01)


def test_assets_are_the_sum_of_their_parts_and_the_holdings_are_those_parts(small: Any) -> None:
    for month, holdings in zip(small.months, small.holdings, strict=True):
        held = dict.fromkeys(month, 0.0)
        for h in holdings:
            held[h["customer_no"]] += h["amount"]
        for number, row in month.items():
            assert row["aum_balance"] == pytest.approx(sum(row[part] for part in PARTS), abs=0.01)
            assert row["aum_balance"] - row["demand_balance"] == pytest.approx(held[number], abs=0.01)
            assert row["demand_balance"] >= 0


def test_the_daily_average_lies_between_the_opening_and_the_closing_balance(small: Any) -> None:
    for before, after in zip(small.months, small.months[1:], strict=False):
        for number, row in after.items():
            opening = before[number]["aum_balance"] if number in before else 0
            low, high = sorted((opening, row["aum_balance"]))
            assert low - 0.01 <= row["aum_daily_average"] <= high + 0.01


def test_money_in_less_money_out_and_the_market_explain_the_change(small: Any) -> None:
    for index in range(1, len(small.months)):
        before, after = small.months[index - 1], small.months[index]
        for number, row in after.items():
            if number not in before:
                continue
            change = row["aum_balance"] - before[number]["aum_balance"]
            market = change - (row["inflow"] - row["outflow"])
            priced = ("wealth_balance", "fund_balance", "precious_metal_balance")
            assert abs(market) <= 0.03 * sum(before[number][part] for part in priced) + 0.01
            assert row["inflow"] >= row["payroll_amount"]
            assert row["outflow"] >= row["interbank_outflow"]


def test_a_matured_holding_is_gone_in_the_next_sheet(small: Any) -> None:
    for holdings, path in zip(small.holdings, small.branch.files, strict=True):
        month = path.stem[-6:]
        for h in holdings:
            assert h["maturity_date"] is None or f"{h['maturity_date']:%Y%m}" > month


def test_identity_numbers_in_full_have_a_valid_check_digit_and_agree_with_the_person(small: Any) -> None:
    full = 0
    for row in small.months[-1].values():
        number = row["id_no"]
        if row["id_type"] == "身份证" and "*" not in number:
            full += 1
            assert check_digit(number[:17]) == number[17]
            assert number[6:14] == f"{row['birth_date']:%Y%m%d}"
            assert (int(number[16]) % 2 == 1) == (row["gender"] == "男")
    assert full > 40
    assert check_digit("11010519491231002") == "X"


def test_customer_numbers_are_text_with_leading_zeros_and_phones_have_eleven_digits(small: Any) -> None:
    for row in small.months[-1].values():
        assert row["customer_no"].startswith("00")
        assert len(row["customer_no"]) == 10
        assert len(row["phone"]) == 11


def test_the_months_differ_in_wording_order_unit_and_unknown_columns(small: Any) -> None:
    headers = []
    for path in small.branch.files:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("客户清单").to_python()
        assert len(sheet[0]) >= 50
        headers.append(tuple(sheet[2]))
    assert len({frozenset(h) for h in headers}) >= 5
    assert any("积分余额" in h for h in headers)
    assert any("网点备注" in h for h in headers)
    assert any("金融资产余额(万元)" in h for h in headers)


def test_the_newest_workbook_lists_products_and_what_matures(small: Any) -> None:
    codes = {p["product_code"] for p in small.products}
    assert {h["product_code"] for h in small.holdings[-1]} <= codes
    last = small.branch.last_date
    days = [(row["maturity_date"] - last).days for row in small.maturities]
    assert -60 <= min(days) < 0 < max(days) <= 45
    assert CalamineWorkbook.from_path(str(small.branch.files[0])).sheet_names == ["客户清单", "持有明细"]


def test_the_truth_file_says_what_was_planted(small: Any) -> None:
    document = json.loads(small.branch.truth.read_text(encoding="utf-8"))
    assert {"about", "seed", "customers", "months", "last_month", "stories"} <= document.keys()
    assert (document["customers"], document["months"], document["last_month"]) == (120, 8, "2026-10")
    assert small.planted() <= small.months[-1].keys()
    assert read_truth(small.branch.truth) == small.truth


def test_progress_is_told_after_each_workbook(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    make_branch(tmp_path, customers=100, months=6, progress=lambda done, total: told.append((done, total)))
    assert told == [(n, 6) for n in range(1, 7)]


@pytest.mark.parametrize(("customers", "months"), [(99, 14), (5001, 14), (1000, 5), (1000, 27)])
def test_a_size_out_of_range_is_refused_in_a_sentence(tmp_path: Path, customers: int, months: int) -> None:
    with pytest.raises(WorkbenchError) as refused:
        make_branch(tmp_path / "none", customers=customers, months=months)
    assert refused.value.code == "sample_size"
    assert not (tmp_path / "none").exists()


def test_a_folder_that_cannot_be_written_is_refused_in_a_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    with pytest.raises(WorkbenchError) as refused:
        make_branch(blocked / "folder", customers=100, months=6)
    assert refused.value.code == "sample_folder"
