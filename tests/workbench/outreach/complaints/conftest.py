"""A small book whose complaints the tests of this folder write, each about a customer of its own."""

from collections.abc import Iterator

import pytest

from db import book_key
from db.tables import complaints, touches
from tests.books import new_book
from tests.workbench.conftest import SmallBook
from workbench.base.settings import set_book_setting
from workbench.outreach.complaints.room import Complaints
from workbench.outreach.effects.room import Effects
from workbench.rules.parameters import Rules

TODAY = "2026-11-16"
NAMES = (
    "steps",
    "time",
    "ended",
    "again",
    "listed",
    "closed",
    "called",
    "turn",
    "refused",
    "undone",
    "blamed",
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallBook]:
    """listed: open on a list since November 2; closed: settled on it; called: complained in a contact, nothing else is known."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        patch.setenv("WORKBENCH_TODAY", TODAY)
        with new_book(tmp_path_factory.mktemp("complaints") / "a.book", "correct horse") as book:
            made = SmallBook(book)
            for name in NAMES:
                made.customer(name, birth_date="1985-02-03", gender="女")
            set_book_setting(book, "manager", "周敏")
            with book.write("import", "complaints") as writer:
                rows = [
                    {
                        "customer_id": made.ids["listed"], "complaint_no": "GD-1", "date": "2026-11-02", "channel": "客服热线",
                        "category": "排队太久", "status": "处理中", "due_date": "2026-11-12", "closed_date": None,
                    },
                    {
                        "customer_id": made.ids["closed"], "complaint_no": "GD-2", "date": "2026-10-10", "channel": "网点",
                        "category": "收费", "status": "已办结", "due_date": None, "closed_date": "2026-10-20",
                    },
                ]  # fmt: skip
                writer.insert(complaints, rows)
                writer.insert(
                    touches,
                    [
                        {
                            "customer_id": made.ids["called"], "date": "2026-11-13", "channel": "call",
                            "result": "complaint", "initiated_by": "customer", "note": "嫌扣费没讲",
                        }
                    ],
                )  # fmt: skip
            yield made


@pytest.fixture
def room(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> Complaints:
    """The room over it, on a Monday at ten."""
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    rules = Rules.load()
    return Complaints(small.book, rules, small.insight.engine, Effects(small.book, rules))
