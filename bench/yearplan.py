"""The year of contact: its plan, planned again after an import, and opened from what stands."""

import os
import random
import tempfile
from pathlib import Path

from sqlalchemy import bindparam, insert, select, update

from bench.data import LAST, PASSPHRASE, book_of_months
from bench.measure import Result, median, timed
from db.engine import Book
from db.tables import customers, holdings, snapshots, touches
from workbench.app import Workbench
from workbench.base.dates import days_after, month_end

YEAR = int(LAST[:4]) + 1
#: days of birth, of opening and of the next test are spread over so many days
_SPREAD = 20_000


def _told(path: Path) -> None:
    """What the synthetic months do not tell: birthdays, tests, maturities and contacts, as a bank's lists have them."""
    chance = random.Random(5)
    with Book.open(path, PASSPHRASE) as book, book.derive() as conn:
        ids = conn.execute(select(customers.c.id).order_by(customers.c.id)).scalars().all()
        as_of = month_end(LAST).isoformat()
        for start in range(0, len(ids), 5_000):
            part = ids[start : start + 5_000]
            people = [
                {
                    "b_id": one, "birth_date": days_after("1945-01-01", chance.randrange(_SPREAD)),
                    "risk_expiry_date": days_after(as_of, chance.randrange(-60, 365)),
                    "open_date": days_after("2004-01-01", chance.randrange(7_000)),
                }
                for one in part
            ]  # fmt: skip
            where = customers.c.id == bindparam("b_id")
            conn.execute(
                update(customers)
                .where(where)
                .values({k: bindparam(k) for k in ("birth_date", "risk_expiry_date", "open_date")}),
                people,
            )
            conn.execute(insert(holdings), [_maturity(one, chance, as_of) for one in part if one % 5 == 0])
            conn.execute(insert(touches), [_contact(one, chance, as_of) for one in part if one % 3 == 0])


def _maturity(customer: int, chance: random.Random, as_of: str) -> dict[str, object]:
    return {
        "customer_id": customer, "month": LAST, "as_of": as_of, "batch_id": 1, "source_row": 4, "kind": "holding", "line": 1,
        "product_name": "三年定期", "category": "定期存款", "amount": chance.randrange(1, 50) * 1_000_000,
        "maturity_date": days_after(as_of, chance.randrange(1, 425)),
    }  # fmt: skip


def _contact(customer: int, chance: random.Random, as_of: str) -> dict[str, object]:
    return {
        "customer_id": customer, "date": days_after(as_of, -chance.randrange(200)), "channel": "call", "result": "reached",
        "initiated_by": "manager",
    }  # fmt: skip


def _imported_again(book: Book, share: float = 0.01) -> None:
    """The newest list once more, with other balances and other days of a few."""
    chance = random.Random(9)
    with book.read() as conn:
        rows = conn.execute(
            select(snapshots.c.id, snapshots.c.customer_id, snapshots.c.aum_balance, customers.c.birth_date)
            .join(customers, customers.c.id == snapshots.c.customer_id)
            .where(snapshots.c.month == LAST)
            .order_by(snapshots.c.id)
        ).all()
    some = chance.sample(rows, max(int(len(rows) * share), 1))
    with book.write("import", "the list once more") as writer:
        balances = {"aum_balance": 3, "aum_daily_average": 3}
        writer.update_many(
            snapshots,
            [(row.id, {name: row.aum_balance * by for name, by in balances.items()}) for row in some],
        )
        writer.update_many(
            customers, [(row.customer_id, {"birth_date": days_after(row.birth_date, 30)}) for row in some]
        )


def _of(count: int, most: float, opening: float) -> list[Result]:
    """The rows of a book of so many customers: seconds of the plan, milliseconds of its opening."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.book"
        os.environ["WORKBENCH_HOME"] = name
        book_of_months(path, count, 6)
        _told(path)
        with Workbench.open(path, PASSPHRASE) as workbench:
            workbench.insight.check()
            workbench.insight.engine.ensure()
            plans, agenda = workbench.outreach.year_plans, workbench.outreach.agenda
            made, plan = timed(lambda: plans.of(YEAR))
            opened = median(lambda: agenda.year(YEAR), 5)
            _imported_again(workbench.book)
            workbench.insight.check()
            workbench.insight.engine.ensure()
            again, after = timed(lambda: plans.of(YEAR))
    return [
        Result(f"year plan of {count:,} customers ({plan.touches:,} touches)", made, None, most, "s"),
        Result("the same after an import that changes 1 %", again, made, 0.2, "x plan"),
        Result("touches that it moved", 100 * after.moved / max(after.touches, 1), None, 3, "%"),
        Result(f"the calendar of {count:,} opened", opened * 1000, None, opening, "ms"),
    ]


def run(few: int = 2_000, many: int = 100_000) -> list[Result]:
    """The rows of the year in the budget table."""
    return [*_of(few, 2, 150), *_of(many, 60, 500)]
