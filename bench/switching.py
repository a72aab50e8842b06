"""Switching the theme after every page was open: the longest time that the window answers nobody."""

import os
import tempfile
import time
from pathlib import Path

from bench.data import PASSPHRASE, book_of_months
from bench.measure import Result


def run(customers: int = 2_000, months: int = 2) -> list[Result]:
    """The row of switching in the budget table."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.book"
        book_of_months(path, customers, months)
        os.environ["WORKBENCH_HOME"] = name
        longest = _longest(path)
    return [Result("switching the theme after all pages were open: longest wait", longest, None, 0.3, "s")]


def _longest(path: Path) -> float:
    """Seconds of the longest stretch of the main thread, from the choice of the theme until everything is read."""
    from PySide6.QtWidgets import QApplication, QTabWidget

    from ui.app import Program
    from workbench.app import Workbench

    app = QApplication(["switching"])
    program = Program(app, path)
    longest = 0.0

    def settle() -> None:
        nonlocal longest
        quiet = 0
        while quiet < 15:
            begun = time.perf_counter()
            app.processEvents()
            longest = max(longest, time.perf_counter() - begun)
            time.sleep(0.01)
            quiet = 0 if program.tasks.busy else quiet + 1

    os.environ["WORKBENCH_PASSPHRASE"] = PASSPHRASE  # nobody is asked anything over the pages
    program.enter(Workbench.open(path, PASSPHRASE))
    window = program.open_window() if program.window is None else program.window
    for name in window.navigation.buttons:
        page = window.open_page(name)
        settle()
        for tabs in page.findChildren(QTabWidget):
            for at in range(tabs.count()):
                tabs.setCurrentIndex(at)
                settle()
    window.open_page("settings")
    settle()
    program.pc.theme = "dark"
    begun = time.perf_counter()
    program.rebuild()
    longest = time.perf_counter() - begun
    settle()
    program.close()
    return longest
