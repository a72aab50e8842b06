"""A small sample branch, written once and read back with calamine into plain values."""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from workbench.sample import PlantedStories, SampleBranch, make_branch, read_truth
from workbench.sample.material import columns

Row = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """Months oldest first; customers by number with money in yuan; the last month's extra sheets."""

    branch: SampleBranch
    truth: PlantedStories
    months: list[dict[str, Row]]
    totals: list[Row]
    holdings: list[list[Row]]
    products: list[Row]
    maturities: list[Row]

    def history(self, number: str, field: str) -> list[Any]:
        """A field of a customer in the months in which the customer is listed."""
        return [month[number][field] for month in self.months if number in month]

    def planted(self, *without: str) -> set[str]:
        return {n for story, numbers in self.truth.stories.items() if story not in without for n in numbers}


def read_sheet(path: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()


def day_of(cell: Any) -> dt.date | None:
    if cell in ("", "-", "00000000"):
        return None
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, float):
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(cell))
    if re.fullmatch(r"\d{8}", cell):
        return dt.datetime.strptime(cell, "%Y%m%d").date()
    year, month, day = (int(part) for part in re.findall(r"\d+", cell))
    return dt.date(year, month, day)


def rows_of(path: Path, sheet: str, name: str) -> list[Row]:
    """The rows below the header, by field name; amounts in yuan, dates as dates, flags as bool."""
    cells = read_sheet(path, sheet)
    wording = {header: c for c in columns(name) for header in c.headers}
    whole_sheet_in_wan = "单位：万元" in "".join(str(c) for c in cells[1])
    found = []
    for line in cells[3:]:
        row: Row = {}
        for header, cell in zip(cells[2], line, strict=True):
            column = wording[header.removesuffix("(万元)")]
            value = cell
            if column.kind == "date":
                value = day_of(cell)
            elif column.kind == "yuan" and cell != "":
                number = float(cell.replace(",", "")) if isinstance(cell, str) else cell
                value = round(number * 10_000 if whole_sheet_in_wan or "万元" in header else number, 2)
            elif column.kind == "flag" and cell != "":
                value = cell in ("是", "Y", 1.0)
            row[column.field] = value
        found.append(row)
    return found


def read_branch(branch: SampleBranch) -> Reading:
    months, totals, holdings = [], [], []
    for path in branch.files:
        *rows, total = rows_of(path, "客户清单", "customers")
        months.append({row["customer_no"]: row for row in rows})
        totals.append(total)
        holdings.append(rows_of(path, "持有明细", "holdings"))
    newest = branch.files[-1]
    return Reading(
        branch,
        read_truth(branch.truth),
        months,
        totals,
        holdings,
        rows_of(newest, "产品清单", "products"),
        rows_of(newest, "到期明细", "maturities"),
    )


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """120 customers over 8 months."""
    return read_branch(make_branch(tmp_path_factory.mktemp("branch"), customers=120, months=8))
