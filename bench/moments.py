"""The queue of golden moments at 100,000 customers: whom to ask for a referral, with reason, kind and score (domain 7)."""

import datetime as dt
import tempfile
from pathlib import Path

from sqlalchemy import select

from bench.data import PASSPHRASE, book_of_months
from bench.measure import Result, median
from db.engine import Book
from db.tables import customers, referrals, touches
from workbench.app import Workbench
from workbench.base.dates import today
from workbench.outreach.referrals.moments import CANDIDATE, queue

#: every so-many-th customer had a deal, was praised, or referred somebody
_DEALS, _PRAISE, _LINES = 40, 60, 50


def run(size: int = 100_000, months: int = 3) -> list[Result]:
    """The budget of issue 19: the queue within 2 s. The floor is the column of the tag read for everybody."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.book"
        book_of_months(path, size, months)
        with Workbench.open(path, PASSPHRASE) as workbench:
            _moments(workbench.book)
            engine, rules = workbench.insight.engine, workbench.rules
            engine.ensure()
            asked = 0

            def moments() -> None:
                """The queue of everybody."""
                nonlocal asked
                with workbench.book.read() as conn:
                    asked = len(queue(conn, engine.layers(conn), rules).entries)

            def tag() -> None:
                """The column alone."""
                with workbench.book.read() as conn:
                    layers = engine.layers(conn)
                    column = layers.column(CANDIDATE)
                    conn.execute(
                        select(layers.customer_id, column).select_from(layers.source({CANDIDATE}))
                    ).all()

            moments()
            took, floor = median(moments, runs=5), median(tag, runs=5)
        return [
            Result(f"queue of moments, {asked:,} to be asked of {size:,}", took, None, 2.0, "s"),
            Result("queue of moments, over the column of its tag", took, floor, 8.0),
        ]


def _moments(book: Book) -> None:
    """Contacts of the last days that make moments, and referrals with what came of them."""
    day = today()
    with book.read() as conn:
        ids = list(conn.execute(select(customers.c.id).order_by(customers.c.id)).scalars())
    contact = {"channel": "call", "initiated_by": "manager", "date": (day - dt.timedelta(days=2)).isoformat()}
    long_ago = (day - dt.timedelta(days=200)).isoformat()
    with book.write("import", "moments") as writer:
        writer.insert(touches, [{**contact, "customer_id": id_, "result": "done"} for id_ in ids[::_DEALS]])
        praise = {**contact, "result": "reached", "note": "客户表扬"}
        writer.insert(touches, [{**praise, "customer_id": id_} for id_ in ids[1::_PRAISE]])
        writer.insert(
            referrals,
            [
                {
                    "customer_id": id_,
                    "date": long_ago,
                    "referred_phone": f"139{place:08d}",
                    "meeting_date": long_ago,
                }
                for place, id_ in enumerate(ids[::_LINES])
            ],
        )
