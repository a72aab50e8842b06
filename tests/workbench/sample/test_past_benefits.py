"""The made-up branch has benefits in every state, a thing of the stock among them, the same each time."""

import pytest
from sqlalchemy import select

from db.playbook import benefit_grants
from db.tables import customers, snapshots
from workbench.app import Workbench
from workbench.outreach.benefits.checking import checked_rule
from workbench.sample.past_benefits import put_past_benefits

TODAY = "2026-11-16"


def fill(workbench: Workbench) -> None:
    """Sixty customers from 3万 to 180万."""
    with workbench.book.write("import", "customers") as writer:
        for number in range(1, 61):
            (made,) = writer.insert(customers, [{"customer_no": f"{number:010d}", "name": "林建国"}])
            row = {
                "customer_id": made,
                "month": "2026-10",
                "as_of": "2026-10-31",
                "batch_id": 1,
                "source_row": number,
            }
            writer.insert(
                snapshots,
                [row | {"aum_balance": number * 3_000_000, "aum_daily_average": number * 3_000_000}],
            )


def test_used_open_running_out_and_expired(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    fill(workbench)
    put_past_benefits(workbench)
    board = workbench.outreach.benefits.board()
    lines = {one.rule.title: one for one in board.lines}
    vip, cup = lines["贵宾出行"], lines["升级保温杯"]
    assert (vip.issued, vip.used, vip.expiring, vip.expired) == (11, 4, 4, 3)
    assert (cup.item, cup.stock) == ("保温杯", 33)
    assert {one.state for one in board.unused} == {"issued", "soon"}
    with workbench.book.read() as conn:
        rows = conn.execute(select(benefit_grants.c.customer_id, benefit_grants.c.benefit)).all()
        for one in workbench.outreach.benefits.rules():
            checked_rule(conn, one, workbench.rules)
    assert len(rows) == sum(one.issued for one in board.lines)
