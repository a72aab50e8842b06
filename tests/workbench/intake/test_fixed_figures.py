"""A figure that a fix read in another way is led back to the cell that it was read from, and says that it was fixed."""

import pytest
from sqlalchemy import select

from db import tables
from db.engine import Book
from tests.workbench.intake.conftest import Make, customers
from workbench.insight.portrait.provenance import provenance
from workbench.intake.room import Intake

HEADER = ["客户号", "姓名", "AUM余额", "AUM月日均", "活期余额", "定期余额"]


def _rows(*, swapped: bool = False, demand: float = 1.0) -> list[list[object]]:
    rows: list[list[object]] = []
    for n in range(40):
        point, mean = 100_000.0 + 50 * n, 90_000.0 + 70 * n
        pair = (mean, point) if swapped else (point, mean)
        rows.append([f"7{n:05d}", f"客户{n}", *pair, (40_000.0 + 20 * n) / demand, 60_000.0 + 30 * n])
    return rows


@pytest.mark.parametrize(
    ("rows", "fix", "expected"),
    [
        (_rows(swapped=True), "swap:2:3", {"aum_balance": ("D", "fix"), "aum_daily_average": ("C", "fix")}),
        (_rows(demand=10_000), "unit:4:万元", {"aum_balance": ("C", "file"), "demand_balance": ("E", "fix")}),
    ],
)
def test_a_fixed_figure_names_its_cell(
    intake: Intake,
    book: Book,
    xlsx: Make,
    rows: list[list[object]],
    fix: str,
    expected: dict[str, tuple[str, str]],
) -> None:
    session = intake.read(xlsx(customers(rows, header=HEADER)))
    session.report()
    session.apply("客户清单", fix)
    session.commit()
    with book.read() as conn:
        sources = {one.field: one for one in provenance(conn, "700003") if one.table == "snapshots"}
        place = conn.execute(select(tables.snapshots).limit(1).offset(3)).mappings().one()
    assert place["aum_balance"] == 10_015_000
    assert place["demand_balance"] == 4_006_000
    for name, (letter, by) in expected.items():
        assert (sources[name].cell, sources[name].by) == (f"{letter}7", by)
