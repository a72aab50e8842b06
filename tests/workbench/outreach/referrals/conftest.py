"""A book with three customers and a day that stands still."""

from collections.abc import Callable
from typing import Any

import pytest

from db.tables import customers, referrals
from workbench.app import Workbench
from workbench.outreach.referrals.entered import EnteredReferral
from workbench.outreach.referrals.room import Referrals

#: a Monday
DAY = "2026-11-23"
PHONE = "13612340009"
Made = Callable[..., int]


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", DAY)


@pytest.fixture
def room(workbench: Workbench) -> Referrals:
    with workbench.book.write("import", "customers") as writer:
        rows = [("A1", "王五", "13900000001"), ("A2", "钱六", "13900000002"), ("A3", "孙七", None)]
        writer.insert(
            customers,
            [
                {
                    "customer_no": no, "no_reversed": no[::-1], "name": name, "phone": phone,
                    "phone_reversed": phone[::-1] if phone else None,
                }
                for no, name, phone in rows
            ],
        )  # fmt: skip
    return workbench.outreach.referrals


@pytest.fixture
def line(workbench: Workbench) -> Made:
    """Makes a line of a list."""

    def made(giver: int = 1, **facts: Any) -> int:
        with workbench.book.write("import", "referrals") as writer:
            row = {
                "customer_id": giver,
                "date": "2026-11-02",
                "referred_name": "小李",
                "batch_id": 1,
                **facts,
            }
            return writer.insert(referrals, [row])[0]

    return made


def zhao(**facts: Any) -> EnteredReferral:
    """A person who agreed."""
    usual = {
        "giver_no": "A1", "name": "赵先生", "phone": PHONE, "giver_agreed": "yes", "giver_way": "当面说的",
        "agreed": "yes", "agreed_way": "微信回复可以联系", "agreed_at": "2026-11-20 16:30", "date": "2026-11-20",
    }  # fmt: skip
    return EnteredReferral(**{**usual, **facts})
