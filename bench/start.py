"""Cold start: from the process's birth to a usable first page on a big book, against a bare Qt window."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.data import PASSPHRASE, book_of_months
from bench.measure import Result

BARE = (
    "import sys\n"
    "from PySide6.QtWidgets import QApplication, QLabel\n"
    "app = QApplication(sys.argv)\n"
    "window = QLabel('x')\n"
    "window.show()\n"
    "app.processEvents()\n"
    "import time; print(time.perf_counter())\n"
)


def _seconds(words: list[str], runs: int = 5) -> float:
    """Median seconds from the process's birth to what it prints last: its own clock at that moment."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "WORKBENCH_PASSPHRASE": PASSPHRASE}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()  # one clock for all processes of a machine
        done = subprocess.run(
            [sys.executable, *words], check=True, env=environment, capture_output=True, text=True
        )
        times.append(float(done.stdout.split()[-1]) - start)
    return statistics.median(times[1:])


def run(customers: int = 100_000, months: int = 2) -> list[Result]:
    """The cold-start row of the budget table."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.book"
        book_of_months(path, customers, months)
        os.environ["WORKBENCH_HOME"] = name
        bare = _seconds(["-c", BARE])
        whole = _seconds(["-m", "bench.open_window", str(path)])
        return [
            Result(f"cold start to the first page, {customers:,} customers", whole, None, 1.0, "s"),
            Result("the same, against a bare Qt window", whole, bare, 7),
        ]
