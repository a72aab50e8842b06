"""Kills an import of 20,000 rows at random moments: the book must be whole, and as before the import or as after it.

`python -m bench.kills [N] [--rows R]`; POSIX only. Half of the kills fall anywhere in an import, half in its writing;
half of the imports are a first one, half a second one with changed rows.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.data import PASSPHRASE, workbook
from db.engine import Book
from workbench.app import Workbench
from workbench.intake import room
from workbench.intake.reading.process import Limits
from workbench.intake.reading.reader import read_file
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Import:
    """One import to be killed: the file as read, the book before it, and both fingerprints."""

    name: str
    source: Path
    raw: Any
    book: Path
    before: str
    after: str
    whole: float
    writing: float


def _copy(source: Path, target: Path) -> Path:
    for tail in ("-wal", "-shm"):
        Path(f"{target}{tail}").unlink(missing_ok=True)
    return Path(shutil.copyfile(source, target))


def _run(book: Path, source: Path, raw: Any, told: Callable[[bytes], object]) -> None:
    with patch.object(room, "read_file", return_value=raw), Workbench.open(book, PASSPHRASE) as workbench:
        session = workbench.intake.read(source)
        session.report()
        told(b"w")
        session.commit()
    told(b"e")


def _forked(book: Path, source: Path, raw: Any) -> tuple[int, int]:
    """Start an import in a child; returns its process id and the pipe on which it tells how far it is."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        _run(book, source, raw, lambda word: os.write(writing, word))
    finally:
        os._exit(0)


def _timed(book: Path, source: Path, raw: Any) -> tuple[float, float]:
    """Seconds of a whole undisturbed import, and of its writing."""
    start = time.perf_counter()
    child, pipe = _forked(book, source, raw)
    if os.read(pipe, 1) != b"w":
        raise RuntimeError("the import failed before it wrote")
    ready = time.perf_counter()
    if os.read(pipe, 1) != b"e":
        raise RuntimeError("the import failed while it wrote")
    end = time.perf_counter()
    os.close(pipe)
    os.waitpid(child, 0)
    return end - start, end - ready


def _fingerprint(book: Path) -> str:
    with Book.open(book, PASSPHRASE) as opened:
        return opened.fingerprint()


def _prepared(folder: Path, name: str, source: Path, book: Path) -> Import:
    """Runs the import once undisturbed; the book after it lies beside as `name`.book."""
    raw = read_file(source, limits=Limits.of(Rules.load()))
    done = _copy(book, folder / f"{name}.book")
    whole, writing = _timed(done, source, raw)
    return Import(name, source, raw, book, _fingerprint(book), _fingerprint(done), whole, writing)


def _killed(job: Import, folder: Path, chance: random.Random, *, in_writing: bool) -> str:
    """Kill one import and look at the book; 'before', 'after' or what is wrong with it."""
    book = _copy(job.book, folder / "killed.book")
    child, pipe = _forked(book, job.source, job.raw)
    if in_writing:
        os.read(pipe, 1)
    time.sleep(chance.uniform(0, 1.1 * (job.writing if in_writing else job.whole)))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(pipe)
    with Book.open(book, PASSPHRASE) as opened:
        failed = opened.verify()
        mark = opened.fingerprint()
    if failed:
        return "not whole: " + ", ".join(one.code for one in failed)
    return {job.before: "before", job.after: "after"}.get(mark, "neither before nor after")


def run_kills(kills: int, rows: int, seed: int = 1) -> Counter[str]:
    """How many books were found in which state after a kill."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = workbook(folder / "first.xlsx", rows), folder / "second.xlsx"
        workbook(second, rows, changed=0.2)
        Workbench.create(folder / "empty.book", PASSPHRASE).close()
        jobs = [_prepared(folder, "one", first, folder / "empty.book")]
        jobs.append(_prepared(folder, "two", second, folder / "one.book"))
        return Counter(_killed(jobs[n % 2], folder, chance, in_writing=n % 4 < 2) for n in range(kills))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("kills", nargs="?", type=int, default=200)
    parser.add_argument("--rows", type=int, default=20_000)
    given = parser.parse_args()
    found = run_kills(given.kills, given.rows)
    whole = found["before"] + found["after"]
    print(f"{whole} of {given.kills} books whole after a kill:", dict(found))
    return 0 if whole == given.kills else 1


if __name__ == "__main__":
    sys.exit(main())
