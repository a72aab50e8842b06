"""The made-up branch has needs of every class, goals, experts with bookings, asks with every answer, referrals."""

import pytest
from sqlalchemy import select

from db.care import expert_bookings, experts, family_goals, need_evidence, needs, service_files
from db.mgm import referral_asks, referral_tasks
from db.tables import customers, snapshots
from workbench.app import Workbench
from workbench.sample.past_care import put_past_care

TODAY = "2026-11-16"


def fill(workbench: Workbench) -> None:
    """Twelve customers from 100万 down."""
    with workbench.book.write("import", "customers") as writer:
        for number in range(1, 13):
            row = {"customer_no": f"{number:010d}", "name": "林建国", "open_date": "2018-03-01"}
            (made,) = writer.insert(customers, [row])
            fen = (112 - number) * 1_000_000
            writer.insert(
                snapshots,
                [
                    {
                        "customer_id": made, "month": "2026-10", "as_of": "2026-10-31", "batch_id": 1, "source_row": number,
                        "aum_balance": fen, "aum_daily_average": fen, "manager_name": "周敏",
                    }
                ],
            )  # fmt: skip


def test_all_of_it_is_written_through_the_rooms(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    fill(workbench)
    put_past_care(workbench)
    with workbench.book.read() as conn:
        rows = {table.name: conn.execute(select(table)).mappings().all() for table in (
            needs, need_evidence, family_goals, service_files, experts, expert_bookings, referral_asks, referral_tasks,
        )}  # fmt: skip
    assert len(rows["needs"]) == len(rows["need_evidence"]) == 4
    assert {one.of.code for one in workbench.outreach.needs.all()} >= {"rigid", "pseudo"}
    assert len(rows["family_goals"]) == 3
    assert len(rows["service_files"]) == 3
    assert [one["off"] for one in rows["experts"]] == [0, 0, 0, 1]
    assert sorted(one["state"] for one in rows["expert_bookings"]) == ["booked", "booked", "held"]
    # who was just asked, and who may not be, is left out
    assert "gave" in {one["answer"] for one in rows["referral_asks"]}
    assert len(rows["referral_tasks"]) == 2
    assert sum(one.contacted is not None for one in workbench.outreach.referrals.all()) == 1
