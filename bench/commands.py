"""Commands without work: from the process's birth to its end, on a book of a few hundred customers."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.data import PASSPHRASE, workbook
from bench.measure import Result, median

#: rows of a small list
_ROWS = 300


def _ran(words: list[str], home: str) -> None:
    environment = {**os.environ, "WORKBENCH_PASSPHRASE": PASSPHRASE, "WORKBENCH_HOME": home}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    subprocess.run([sys.executable, "-m", "workbench.cli", *words], env=environment, capture_output=True)


def run() -> list[Result]:
    """What is felt at every call: help, the history of imports, the dry run of a small list; in seconds."""
    with tempfile.TemporaryDirectory() as home:
        first = workbook(Path(home) / "名单_20260930.xlsx", _ROWS, as_of="2026年09月30日")
        second = workbook(Path(home) / "名单_20261031.xlsx", _ROWS, changed=0.01)
        book = str(Path(home) / "a.book")
        _ran(["import", str(first), "--book", book], home)
        dry = ["import", str(second), "--dry-run", "--book", book]
        rows = (
            ("--help", ["--help"], 0.6),
            ("imports", ["imports", "--book", book], 0.6),
            (f"import --dry-run of {_ROWS} rows", dry, 1.2),
        )
        for _name, words, _budget in rows:
            _ran(words, home)  # compiles what is not compiled yet
        return [
            Result(f"workbench {name}", median(lambda words=words: _ran(words, home), 5), None, budget, "s")
            for name, words, budget in rows
        ]
