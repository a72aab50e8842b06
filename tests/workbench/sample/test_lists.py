"""The lists beside the sample workbooks agree with them, day by day and fen by fen."""

import csv
import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from workbench.sample.material import material


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def listed(small: Any, name: str) -> list[Path]:
    start = str(material("lists")[name]["file_name"]).split("_")[0]
    return [path for path in small.branch.lists if path.name.startswith(start)]


def test_the_newest_months_have_transactions_and_pay_and_the_last_has_complaints_and_contacts(
    small: Any,
) -> None:
    assert [path.name for path in small.branch.lists] == [
        "交易流水_202608.csv", "代发明细_202608.csv", "交易流水_202609.csv", "代发明细_202609.csv",
        "交易流水_202610.csv", "代发明细_202610.csv", "投诉清单_202610.csv",
        "联系记录_202610.csv", "转介清单_202610.csv",
    ]  # fmt: skip


def test_the_transactions_of_a_month_add_up_to_its_flows_and_are_as_many_as_its_count(small: Any) -> None:
    for path, month in zip(listed(small, "transactions"), small.months[-3:], strict=True):
        sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        counts: Counter[str] = Counter()
        elsewhere: Counter[str] = Counter()
        for line in lines(path):
            number = line["客户编号"]
            sums[number, line["借贷标志"]] += Decimal(line["交易金额"])
            counts[number] += 1
            elsewhere[number] += round(float(line["交易金额"]) * 100) if line["对手行"] else 0
        assert set(counts) <= set(month)
        told = 0
        for number, row in month.items():
            if number not in counts:
                assert row["txn_count_1m"] == 0 or row["last_txn_date"] is not None
                continue
            told += 1
            assert float(sums[number, "贷"]) == pytest.approx(row["inflow"], abs=0.01)
            assert float(sums[number, "借"]) == pytest.approx(row["outflow"], abs=0.01)
            assert elsewhere[number] / 100 == pytest.approx(row["interbank_outflow"], abs=0.01)
            assert counts[number] >= row["txn_count_1m"] * 0.5
        assert told > 0.9 * sum(bool(row["txn_count_1m"]) for row in month.values())


def test_nobody_has_a_transaction_before_the_account_or_after_the_last_one_told(small: Any) -> None:
    month = small.months[-1]
    for line in lines(listed(small, "transactions")[-1]):
        row = month[line["客户编号"]]
        day = dt.date.fromisoformat(line["交易日期"])
        assert row["open_date"] <= day
        assert day.strftime("%Y%m") == "202610"


def test_pay_is_listed_for_those_and_only_those_who_were_paid(small: Any) -> None:
    for path, month in zip(listed(small, "payroll"), small.months[-3:], strict=True):
        paid = {line["客户编号"]: float(line["实发金额"]) for line in lines(path)}
        assert paid == {no: row["payroll_amount"] for no, row in month.items() if row["is_payroll"]}


def test_complaints_are_the_last_ones_of_the_year_and_recent_ones_are_open(small: Any) -> None:
    month, last = small.months[-1], dt.date(2026, 10, 31)
    found = {line["客户编号"]: line for line in lines(listed(small, "complaints")[0])}
    assert set(found) >= set(small.truth.stories["complaint"])
    for number, line in found.items():
        day = dt.date.fromisoformat(line["受理日期"])
        assert day == month[number]["last_complaint_date"]
        assert (line["办结日期"] == "") == ((last - day).days <= 30)


def test_some_customers_move_money_to_themselves_on_the_same_day_each_month(small: Any) -> None:
    days: defaultdict[str, list[str]] = defaultdict(list)
    for path in listed(small, "transactions"):
        for line in lines(path):
            if line["对手行"] and line["对手户名"] == line["客户名称"]:
                days[line["客户编号"]].append(line["交易日期"][8:])
    regular = [own for own in days.values() if len(own) == 3 and len(set(own)) == 1]
    assert len(regular) >= 5


def test_what_a_shop_takes_in_arrives_as_settlements(small: Any) -> None:
    for path, month in zip(listed(small, "transactions"), small.months[-3:], strict=True):
        taken: defaultdict[str, Decimal] = defaultdict(Decimal)
        for line in lines(path):
            if line["摘要"] == "收单结算":
                taken[line["客户编号"]] += Decimal(line["交易金额"])
        shops = {no: row["merchant_amount"] for no, row in month.items() if row["is_merchant"]}
        assert {no: float(amount) for no, amount in taken.items()} == pytest.approx(shops, abs=0.01)
