"""The week at 100,000 customers: drafted after the check, and the page in front right again after a contact was logged."""

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.data import PASSPHRASE, book_of_months
from bench.measure import Result, timed
from workbench.app import Workbench

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.tasks import Tasks

#: pages that may be in front while contacts are logged
PAGES = ("week", "today", "warnings", "critical", "plan")
CONTACTS = 5


def run(customers: int = 100_000, months: int = 6) -> list[Result]:
    """The rows of the week in the budget table."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.book"
        book_of_months(path, customers, months)
        os.environ["WORKBENCH_HOME"] = name
        with Workbench.open(path, PASSPHRASE) as workbench:
            workbench.insight.check()
            workbench.insight.engine.ensure()
            drafted, _ = timed(lambda: workbench.outreach.weeks.of())
            again, week = timed(lambda: workbench.outreach.weeks.of())
            numbers = [one.person.customer_no for one in week.entries]
        logged = _logged(path, numbers)
    rows = [
        Result(f"the week of {customers:,} customers after the check", drafted, None, 2, "s"),
        Result("the week read again", again * 1000, None, 150, "ms"),
    ]
    return rows + [
        Result(f"a contact logged, {page} right again", statistics.median(times) * 1000, None, 150, "ms")
        for page, times in logged.items()
    ]


def _logged(path: Path, numbers: list[str]) -> dict[str, list[float]]:
    """Page -> seconds from the write of a contact until the page in front shows it, nothing being under way."""
    from PySide6.QtWidgets import QApplication

    from ui.app import Program
    from ui.registry import BY_NAME

    app = QApplication.instance() or QApplication(["week"])
    program = Program(app, path)  # type: ignore[arg-type]

    def settle(tasks: "Tasks") -> float:
        """Process events until nothing is under way; when the last of it was delivered."""
        last = time.perf_counter()
        quiet = 0
        while quiet < 20:
            app.processEvents()
            if tasks.busy:
                last, quiet = time.perf_counter(), 0
            else:
                quiet += 1
            time.sleep(0.002)
        return last

    os.environ["WORKBENCH_PASSPHRASE"] = PASSPHRASE  # nobody is asked anything over the pages
    program.enter(Workbench.open(path, PASSPHRASE))
    window: MainWindow = program.open_window() if program.window is None else program.window
    left = iter(numbers)
    times: dict[str, list[float]] = {}
    for page in filter(BY_NAME.__contains__, PAGES):
        window.open_page(page)
        settle(program.tasks)
        for _ in range(CONTACTS):
            number = next(left)
            begun = time.perf_counter()
            program.tasks.write(
                lambda no=number: window.workbench.outreach.log_touch(no, channel="call", result="reached")
            )
            times.setdefault(page, []).append(settle(program.tasks) - begun)
    program.close()
    return times
