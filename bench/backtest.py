"""The backtest of twelve origins; the budget is absolute: nobody waits longer for a page."""

import tempfile
from pathlib import Path

from bench.data import PASSPHRASE, book_of_months
from bench.measure import Result, timed
from workbench.app import Workbench

#: lists that give twelve origins: five before the first, three after the last
MONTHS = 20


def run(customers: int = 10_000) -> list[Result]:
    """Rows of the backtest in the budget table: anew, and with other lines on the same cases."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.book"
        book_of_months(path, customers, MONTHS)
        with Workbench.open(path, PASSPHRASE) as workbench:
            backtests = workbench.insight.backtests
            anew, report = timed(lambda: backtests.run())
            moved, _ = timed(lambda: backtests.run({"lights": [30, 50, 70]}))
    origins = len(report.origins)
    return [
        Result(f"backtest of {origins} origins on {customers:,} customers", anew, None, 10, "s"),
        Result("the same with other lines", moved, None, 2, "s"),
    ]
