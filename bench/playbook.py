"""The playbook at 100,000 customers: the best script for a customer, and the whole library held against one."""

import tempfile
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

from sqlalchemy import select

from bench.data import PASSPHRASE, book_of_months
from bench.measure import Result, median
from db.tables import customers
from workbench.app import Workbench
from workbench.outreach.playbook.choosing import Wanted
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.room import wanted_for

#: customers that are asked for one after the other: none of them is read a second time
PEOPLE = 400
REASONS = ("red", "orange", "C1", "C2", "C3", "birthday", "journey", "calendar")


def run(size: int = 100_000, months: int = 3) -> list[Result]:
    """The budget of issue 18: the best script for a customer within 20 ms. The floor is his row of the tag layers alone."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.book"
        book_of_months(path, size, months)
        with Workbench.open(path, PASSPHRASE) as workbench:
            workbench.insight.engine.ensure()
            with workbench.book.read() as conn:
                some = conn.execute(select(customers.c.customer_no).order_by(customers.c.id).limit(PEOPLE))
                numbers = list(some.scalars())
            people, occasions = iter(numbers), cycle(REASONS)
            playbook = workbench.outreach.playbook
            playbook.for_customer(next(people))

            def best() -> object:
                """The words for the reason that somebody is contacted for."""
                reason = library().occasion(kind=next(occasions))
                return playbook.for_customer(next(people), wanted_for(reason)).best

            one = median(best, runs=100)
            whole = median(lambda: playbook.for_customer(next(people), Wanted()), runs=50)
            floor = median(_rows(workbench, numbers[200:]), runs=100)
        return [
            Result("best script for a customer", one * 1_000, None, 20.0, "ms"),
            Result("best script for a customer, over his rows of the layers", one, floor, 12.0),
            Result("every script that speaks to a customer", whole * 1_000, None, 150.0, "ms"),
        ]


def _rows(workbench: Workbench, numbers: Sequence[str]) -> Callable[[], object]:
    """Reads the layers of one customer after the other."""
    people = iter(numbers)

    def row() -> object:
        """His values."""
        with workbench.book.read() as conn:
            number = conn.execute(
                select(customers.c.id).where(customers.c.customer_no == next(people))
            ).scalar_one()
            return workbench.insight.engine.of_customer(conn, number)

    return row
