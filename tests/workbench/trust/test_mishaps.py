"""A clock that was set back is said before anything is planned, and a drive of the network when a book is opened."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.engine import Book
from db.record import audit
from db.tables import customers, snapshots
from workbench.base.errors import WorkbenchError
from workbench.rules.parameters import Rules
from workbench.trust.mishaps import clock_words, network_drive, refuse_wrong_clock

MOUNTS = """/dev/sda1 / ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
/dev/sdb1 /mnt/share/local ext4 rw 0 0
server:/x /mnt/my\\040home nfs4 rw 0 0
"""


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules.load("general", {})


def with_month(book: Book, as_of: str) -> None:
    with book.write("import", "x") as writer:
        writer.insert(customers, [{"customer_no": "1", "name": "王"}])
        writer.insert(
            snapshots,
            [{"customer_id": 1, "month": as_of[:7], "as_of": as_of, "batch_id": 1, "source_row": 1}],
        )


def test_a_day_before_the_lists_is_said(book: Book, rules: Rules) -> None:
    with_month(book, "2026-10-31")
    early, late = dt.date(2019, 1, 7), dt.date(2026, 11, 16)
    far = dt.date(9999, 1, 1)
    words = clock_words(book, rules, day=early, clock=far)
    assert "2019-01-07" in words
    assert "2026-10-31" in words
    assert clock_words(book, rules, day=late, clock=far) == ""
    # a list of this month may be dated by its last day
    assert clock_words(book, rules, day=dt.date(2026, 10, 2), clock=far) == ""


def test_a_clock_before_the_register_is_said(book: Book, rules: Rules) -> None:
    book.record("x")
    with book.read() as conn:
        kept = dt.date.fromisoformat(str(conn.execute(select(func.max(audit.c.at))).scalar())[:10])
    assert clock_words(book, rules, clock=kept) == ""
    words = clock_words(book, rules, clock=kept - dt.timedelta(3))
    assert kept.isoformat() in words


def test_nothing_is_planned_by_such_a_clock(
    book: Book, rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_month(book, "2026-10-31")
    monkeypatch.setenv("WORKBENCH_TODAY", "2019-01-07")
    with pytest.raises(WorkbenchError) as caught:
        refuse_wrong_clock(book, rules)
    assert caught.value.code == "clock_back"


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/home/a.book", False),
        ("/mnt/share/a.book", True),
        ("/mnt/shared/a.book", False),
        ("/mnt/share/local/a.book", False),
        ("/mnt/my home/a.book", True),
    ],
)
def test_a_drive_of_the_network_is_known_by_its_mount(path: str, there: bool) -> None:
    assert network_drive(Path(path), MOUNTS) is there
