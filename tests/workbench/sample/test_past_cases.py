"""The made-up branch has files of complaints in every state, losses spoken about and customers being won back."""

import pytest
from sqlalchemy import select

from db.cases import complaint_files, loss_cases, win_backs
from db.tables import complaints, customers, holdings, snapshots
from workbench.app import Workbench
from workbench.sample.past_cases import put_past_cases

TODAY = "2026-11-16"
#: day of a complaint, day on which it was settled
LINES = (("2026-10-05", None), ("2026-10-27", None), ("2026-08-01", "2026-08-09"))


def fill(workbench: Workbench) -> None:
    """Six customers: the first three complained, the next two lost with a fund, the last two took most of their money away."""
    with workbench.book.write("import", "customers") as writer:
        for number in range(1, 8):
            row = {"customer_no": f"{number:010d}", "name": "林建国", "open_date": "2018-03-01"}
            (made,) = writer.insert(customers, [row])
            for month, share in (("2026-07", 1.0), ("2026-10", 0.2 if number > 5 else 1.0)):
                fen = round(40_000_000 * share)
                writer.insert(
                    snapshots,
                    [
                        {
                            "customer_id": made, "month": month, "as_of": f"{month}-31", "batch_id": 1, "source_row": number,
                            "aum_balance": fen, "aum_daily_average": fen, "risk_level": "C4",
                        }
                    ],
                )  # fmt: skip
            if number in (4, 5):
                writer.insert(
                    holdings,
                    [
                        {
                            "customer_id": made, "month": "2026-10", "as_of": "2026-10-31", "batch_id": 1, "source_row": number,
                            "kind": "holding", "line": 1, "product_code": "F1", "product_name": "稳健回报混合",
                            "category": "基金", "product_risk": "R3", "amount": 8_000_000, "cost": 10_000_000,
                            "profit": -2_000_000,
                        }
                    ],
                )  # fmt: skip
            if number <= len(LINES):
                day, closed = LINES[number - 1]
                state = {"status": "已办结" if closed else "处理中", "closed_date": closed}
                writer.insert(complaints, [{"customer_id": made, "date": day, "category": "收费", **state}])


def test_complaints_losses_and_win_backs_are_there(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    fill(workbench)
    put_past_cases(workbench)
    listed = workbench.outreach.complaints.list()
    states = {one.customer_no: one.clocks.legal.state for one in listed.open}
    assert states == {"0000000001": "overdue", "0000000002": "open"}
    (settled,) = listed.closed
    with workbench.book.read() as conn:
        assert (
            conn.execute(select(complaints.c.satisfaction).where(complaints.c.id == settled.id)).scalar() == 5
        )
        (longer,) = conn.execute(
            select(complaint_files).where(complaint_files.c.extension.is_not(None))
        ).all()
        assert longer.approved_by
        assert sorted(conn.execute(select(loss_cases.c.state)).scalars()) == ["agreed", "open"]
        assert sorted(conn.execute(select(win_backs.c.strategy)).scalars()) == ["gap", "rival"]
