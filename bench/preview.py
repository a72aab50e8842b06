"""From a file of 100,000 rows to the rows on screen: read by the separate process, header found; against bare calamine."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import python_calamine

from bench.data import workbook
from bench.measure import Result, timed
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.form.header import find_header
from workbench.intake.reading.reader import read_file
from workbench.rules.parameters import Rules

_RUNS = 5
#: Reads the file named first and does nothing else.
READ = "from pathlib import Path; from workbench.intake.reading.reader import read_file; read_file(Path(sys.argv[1]))"


def _bare(path: Path) -> None:
    python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def _preview(path: Path) -> None:
    sheet = read_file(path).sheets[0]
    if find_header(sheet, catalogue(), Rules.load()) is None:
        raise RuntimeError("no header found")


def run(count: int = 100_000) -> list[Result]:
    """The preview row of the budget, and what it takes of memory in both processes."""
    with tempfile.TemporaryDirectory() as name:
        path = workbook(Path(name) / "list.xlsx", count)
        # turn and turn about, so that a busy moment of the machine falls on both
        times = [(timed(lambda: _bare(path))[0], timed(lambda: _preview(path))[0]) for _run in range(_RUNS)]
        floor, preview = (min(pair[side] for pair in times) for side in (0, 1))
        _seconds, parent, _child, together = watched(READ, path)
        return [
            Result(f"preview of {count:,} rows", preview, floor, 1.3),
            Result("peak memory of reading, this process", parent, None, 300, "MB"),
            Result("peak memory of reading, both processes", together, None, 700, "MB"),
        ]


def watched(code: str, *words: Path) -> tuple[float, float, float, float]:
    """Seconds, and the peak MB of a process that runs `code`, of its children, and of all at one moment.

    Sampled: Linux hands the peak of the process that starts another down to it, so `ru_maxrss` cannot be had.
    """
    began = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-c", f"import sys; {code}", *map(str, words)])
    own = others = together = 0.0
    process = psutil.Process(child.pid)
    while child.poll() is None:
        try:
            mine = process.memory_info().rss / 1e6
            theirs = sum(one.memory_info().rss for one in process.children()) / 1e6
        except psutil.Error:
            continue
        own, others, together = max(own, mine), max(others, theirs), max(together, mine + theirs)
        time.sleep(0.02)
    if child.returncode:
        raise RuntimeError(f"the work ended with {child.returncode}")
    return time.perf_counter() - began, own, others, together
