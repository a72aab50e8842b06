"""The week's paper for one manager: PDF and workbook together."""

import tempfile
from pathlib import Path

from bench.data import PASSPHRASE, book_of_months
from bench.measure import Result, timed
from workbench.app import Workbench


def run(customers: int = 1_000, months: int = 14) -> list[Result]:
    """The sheets row of the budget table; the first print of a day pays for loading the typesetter too."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.book"
        book_of_months(path, customers, months)
        with Workbench.open(path, PASSPHRASE) as workbench:
            plan = workbench.outreach.plan()
            first, _ = timed(lambda: (workbench.sheets.plan_pdf(plan), workbench.sheets.plan_xlsx(plan)))
            second, _ = timed(lambda: (workbench.sheets.plan_pdf(plan), workbench.sheets.plan_xlsx(plan)))
        return [
            Result("the week's PDF and xlsx, first print", first, None, 1.0, "s"),
            Result("the week's PDF and xlsx, again", second, None, 1.0, "s"),
        ]
