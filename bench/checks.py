"""The churn check after an import, and search, on a big book; the floor is one scan that sums every snapshot.

What the import brings forward is counted there (`bench.imports`), and shown here for a book of many months.
"""

import tempfile
from pathlib import Path

from sqlalchemy import func, select

from bench.data import PASSPHRASE, book_of_months
from bench.measure import Result, median, p95, timed
from db.tables import BALANCES, MEASURES, snapshots
from workbench.app import Workbench


def scan(workbench: Workbench) -> None:
    """One full scan that sums every figure of every snapshot."""
    figures = [snapshots.c[f"{b}_{m}"] for m in MEASURES[:2] for b in BALANCES]
    figures += [snapshots.c.inflow, snapshots.c.outflow, snapshots.c.txn_count_1m]
    with workbench.book.read() as conn:
        conn.execute(select(*[func.sum(column) for column in figures])).all()


def _keystrokes(workbench: Workbench) -> list[float]:
    """Seconds of each keystroke of typical searches: names, initials, pinyin, tails of numbers, digits from inside
    a telephone."""
    with workbench.book.read() as conn:
        from db.tables import customers

        step = select(
            customers.c.name, customers.c.name_pinyin, customers.c.name_initials, customers.c.customer_no,
            customers.c.phone,
        )  # fmt: skip
        some = conn.execute(step.where(customers.c.id % 4999 == 7)).all()
    times = []
    for name, pinyin, initials, number, phone in some:
        for word in (name, pinyin[:9], initials, number[-4:], number[-6:], name[1:], phone[3:9]):
            times += [
                timed(lambda part=word[:n]: workbench.insight.search(part))[0]
                for n in range(1, len(word) + 1)
            ]  # type: ignore[misc]
    return times


def _forward(path: Path) -> None:
    """What the imports of the months before did."""
    with Workbench.open(path, PASSPHRASE) as workbench:
        workbench.insight.bring_forward()


def run(customers: int = 100_000, months: int = 24) -> list[Result]:
    """Rows 3 and 4 of the budget table; the portrait is measured with its tags."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.book"
        book_of_months(path, customers, months, earlier=lambda: _forward(path))
        with Workbench.open(path, PASSPHRASE) as workbench:
            floor = median(lambda: scan(workbench))
            forward, _ = timed(lambda: workbench.insight.bring_forward())
            whole, _ = timed(lambda: workbench.insight.check())
            strokes = _keystrokes(workbench)
        return [
            Result(
                f"what the import of a month brings forward of {customers:,} x {months}", forward, floor, 2
            ),
            Result("churn check after it", whole, floor, 0.6),
            Result(f"search keystroke, p95 of {len(strokes)}", p95(strokes) * 1000, None, 16, "ms"),
        ]
