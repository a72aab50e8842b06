"""Whose time is over is erased for good: from the book, from his line of the referrals, from what undo stands on."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from db.images import Image
from db.record import audit, changes, journal
from db.tables import referrals
from tests.workbench.people.prospects.conftest import PHONE, Made, zhao
from workbench.app import Workbench
from workbench.people.prospects.room import Prospects

LATER = "2027-06-01"
NAME = "诸葛小满"


def everything(workbench: Workbench) -> str:
    """All that the book keeps, images unpacked."""
    rows: list[Any] = []
    with workbench.book.read() as conn:
        for table in (changes, audit, referrals):
            rows += [dict(row) for row in conn.execute(select(table)).mappings()]
        entries = conn.execute(select(journal)).mappings()
        rows += [{**row, "images": str(Image.unpack(row["images"]).rows)} for row in entries]
    return json.dumps([*rows, str(workbench.prospects.all("2026-01-01"))], ensure_ascii=False, default=str)


def test_nothing_that_names_him_is_left(
    room: Prospects, workbench: Workbench, customer: Made, line: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    giver = customer("001")
    line(
        giver, f"{NAME}一", referred_phone="13612340001", need=f"{NAME}要买房", extra=f'{{"微信": "{NAME}"}}'
    )
    taken = line(giver, f"{NAME}二", referred_phone="13612340002")
    room.change(f"R{taken}", {"note": f"{NAME}爱喝茶"})
    room.add(zhao(name=NAME))
    undone = room.add(zhao(name=f"{NAME}三", phone="13612340003"))
    workbench.undo(undone.undo_id or 0)
    renamed = room.change(room.search(NAME, 5)[-1].key, {"name": "老诸", "relation": NAME})
    monkeypatch.setenv("WORKBENCH_TODAY", LATER)
    assert room.counts().expired == 4
    change = room.erase_expired()
    assert (change.count, change.undo_id, change.tables) == (4, None, {"prospects", "referrals"})
    whole = everything(workbench)
    assert [word for word in (NAME, "老诸", "1361234", PHONE) if word in whole] == []
    assert (room.counts().expired, room.erase_expired().count) == (0, 0)
    workbench.undo(renamed.undo_id or 0)
    assert (room.all().open, room.all().closed, workbench.book.verify()) == ((), (), [])


def test_only_whose_time_is_over(
    room: Prospects, workbench: Workbench, customer: Made, line: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    giver = customer("001")
    line(giver, "小李", date="2026-12-20")
    line(giver, "成了客户的", date="2024-01-01", referred_customer_no="002")
    kept = line(giver, "延长的")
    room.extend(f"R{kept}", "2027-10-01")
    room.add(zhao(expires="2027-10-01"))
    room.add(zhao(name="孙", phone=""))
    monkeypatch.setenv("WORKBENCH_TODAY", LATER)
    assert room.erase_expired().count == 1
    assert {one.name for one in room.all().open} == {"小李", "延长的", "赵先生"}
    assert "成了客户的" in everything(workbench)


def test_the_line_of_who_was_dropped_goes_with_him(
    room: Prospects, workbench: Workbench, customer: Made, line: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = line(customer("001"), NAME)
    room.drop(f"R{number}", "不需要")
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-23")
    assert room.erase_expired().count == 1
    assert NAME not in everything(workbench)
