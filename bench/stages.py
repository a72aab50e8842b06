"""The history of the stages of a big book: folded over all months, and brought forward after an import."""

import tempfile
from pathlib import Path

from sqlalchemy import delete

from bench.data import PASSPHRASE, book_of_months
from bench.measure import Result, timed
from db.journey import journey_months, journey_stays
from db.known import standing_runs
from workbench.app import Workbench
from workbench.base.months import newest_month
from workbench.insight.levels.trails import run_of_months
from workbench.insight.measures import month_averages
from workbench.insight.stages import history


def _forward(workbench: Workbench) -> None:
    """As the tags have it done, after the check."""
    rules = workbench.insight._rules
    with workbench.book.derive() as conn:
        month_averages.bring_forward(conn, run_of_months(conn, newest_month(conn) or "", rules))
        history.bring_forward(conn, rules)


def _earlier(path: Path) -> None:
    """What the imports of the months before did."""
    with Workbench.open(path, PASSPHRASE) as workbench:
        workbench.insight.bring_forward()
        workbench.insight.check()
        _forward(workbench)


def run(customers: int = 100_000, months: int = 24) -> list[Result]:
    """The rows of issue 15: the first run, and after an import without the check itself."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.book"
        book_of_months(path, customers, months, earlier=lambda: _earlier(path))
        with Workbench.open(path, PASSPHRASE) as workbench:
            workbench.insight.bring_forward()
            workbench.insight.check()
            after, _ = timed(lambda: _forward(workbench))
            with workbench.book.derive() as conn:
                for table in (journey_stays, journey_months):
                    conn.execute(delete(table))
                conn.execute(delete(standing_runs).where(standing_runs.c.name == journey_stays.name))
            first, _ = timed(lambda: _forward(workbench))
        return [
            Result(f"stages of {customers:,} x {months} months, first run", first, None, 10, "s"),
            Result("the same after an import, without the check", after, None, 1, "s"),
        ]
