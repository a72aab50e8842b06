"""An empty book with a day that stands still, and short ways to customers, referrals and persons without an account."""

from collections.abc import Callable
from typing import Any

import pytest

from db.tables import customers, referrals
from workbench.app import Workbench
from workbench.people.prospects.prospect import NewProspect
from workbench.people.prospects.room import Prospects

DAY = "2026-11-23"
PHONE = "13612340009"
Made = Callable[..., int]


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", DAY)


@pytest.fixture
def room(workbench: Workbench) -> Prospects:
    return workbench.prospects


@pytest.fixture
def customer(workbench: Workbench) -> Made:
    """Makes a customer: number, name, telephone."""

    def made(number: str, name: str = "王五", phone: str | None = None) -> int:
        row = {"customer_no": number, "no_reversed": number[::-1], "name": name, "phone": phone}
        with workbench.book.write("import", "customer") as writer:
            return writer.insert(customers, [{**row, "phone_reversed": phone[::-1] if phone else None}])[0]

    return made


@pytest.fixture
def line(workbench: Workbench) -> Made:
    """Makes a line of the referrals."""

    def made(giver: int, name: str | None = "小李", **facts: Any) -> int:
        with workbench.book.write("import", "referrals") as writer:
            row = {"customer_id": giver, "date": "2026-11-02", "referred_name": name, **facts}
            return writer.insert(referrals, [row])[0]

    return made


def zhao(**facts: str) -> NewProspect:
    return NewProspect(**{"name": "赵先生", "phone": PHONE, "consent": "yes", **facts})
