"""Changes a book's passphrase and is killed on the way, at every line that runs and in the midst of every write: one of the two
passphrases must open the book, and its content be what it was. POSIX only.

`python -m bench.killed_change [N]` kills at N points (default 50), half of the writes torn.
"""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from db import book_key, key_slots
from db.engine import Book
from db.errors import BookError

#: in these files each line that runs is a point
_TRACED = frozenset({"key_slots.py"})
#: a page of slots is written up to here and no further
_TORN = (1, 17, 400, 512, 2_048, 4_095)


@dataclass(frozen=True, slots=True)
class KilledChange:
    """One change that was killed: where, and which of the two passphrases open the book afterwards."""

    point: str
    old: bool
    new: bool
    #: the content is what it was, and nothing is wrong with the book
    whole: bool

    @property
    def sound(self) -> bool:
        """One passphrase opens, not both, and nothing is lost."""
        return self.old != self.new and self.whole


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _change(place: Path, old: str, new: str) -> None:
    with Book.open(place, old) as book:
        book.set_way("passphrase", new, lambda: book.record("passphrase_changed"))


def _at_line(number: int) -> Callable[[FrameType, str, Any], Any]:
    """A tracer that kills the process when so many lines have run in the code of the slots while they are written."""
    left = number

    def line(_frame: FrameType, what: str, _more: object) -> Any:
        nonlocal left
        if what == "line":
            left -= 1
            if left <= 0:
                _die()
        return line

    def call(frame: FrameType, _what: str, _more: object) -> Any:
        return line if Path(frame.f_code.co_filename).name in _TRACED and _writing(frame) else None

    return call


def _writing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code is key_slots.write.__code__:
            return True
        frame = frame.f_back
    return False


def _lines(place: Path, old: str, new: str) -> int:
    """How many lines run in the code of the slots while a passphrase is changed."""
    count = 0

    def line(_frame: FrameType, what: str, _more: object) -> Any:
        nonlocal count
        count += what == "line"
        return line

    def call(frame: FrameType, _what: str, _more: object) -> Any:
        return line if Path(frame.f_code.co_filename).name in _TRACED and _writing(frame) else None

    sys.settrace(call)
    try:
        _change(place, old, new)
    finally:
        sys.settrace(None)
    return count


def _torn(which: int, length: int) -> None:
    """From now on: the write of that many (from 0) ends after so many bytes, and the process with it."""
    put, done = key_slots._put, 0

    def cut(path: Path, page: int, content: bytes) -> None:
        nonlocal done
        if done == which:
            with path.open("r+b") as stream:
                stream.seek(key_slots.PAGE * (page - 1))
                stream.write(content[:length])
                stream.flush()
                _die()
        done += 1
        put(path, page, content)

    key_slots._put = cut


def _forked(job: Callable[[], object]) -> bool:
    """Run a job in a child; whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            job()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def killed_changes(book: Path, old: str, new: str, folder: Path, points: int = 50) -> list[KilledChange]:
    """Change the passphrase of copies of `book` (closed) from `old` to `new`, killed at `points` points. Scrypt's cost should be
    patched down: it is paid at every opening. In a process without threads."""
    with Book.open(shutil.copyfile(book, folder / "counted.book"), old) as opened:
        before = opened.fingerprint()
    lines = _lines(shutil.copyfile(book, folder / "counted.book"), old, new)
    torn = [(which, length) for which in (0, 1) for length in _TORN][: points // 2]
    at = [1 + n * (lines - 1) // max(1, points - len(torn) - 1) for n in range(points - len(torn))]
    jobs: list[tuple[str, Callable[[], object]]] = [(f"line {n}", partial(_line_job, n)) for n in at]
    jobs += [(f"write {w + 1}, {size} bytes", partial(_torn, w, size)) for w, size in torn]
    done = []
    for point, prepare in jobs:
        place = Path(shutil.copyfile(book, folder / "killed.book"))
        for beside in ("-wal", "-shm"):
            Path(f"{place}{beside}").unlink(missing_ok=True)

        def job(prepare: Callable[[], object] = prepare, place: Path = place) -> None:
            prepare()
            _change(place, old, new)

        if not _forked(job):
            raise RuntimeError(f"nothing was killed at {point}")
        done.append(_seen(place, point, old, new, before))
    return done


def _line_job(number: int) -> None:
    sys.settrace(_at_line(number))


def _seen(place: Path, point: str, old: str, new: str, before: str) -> KilledChange:
    opens, whole = [], False
    for passphrase in (old, new):
        try:
            with Book.open(place, passphrase) as book:
                whole = book.fingerprint() == before and not book.verify()
            opens.append(True)
        except BookError:
            opens.append(False)
    return KilledChange(point, opens[0], opens[1], whole)


def main(points: int) -> int:
    """Kill, and tell how many books were whole; the exit status is 1 if any was not."""
    old, new = "春风化雨 2026", "四只 青蛙 跳 进 7 井"
    book_key.COST = 16
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Book.create(folder / "a.book", old).close()
        done = killed_changes(folder / "a.book", old, new, folder, points)
    bad = [one for one in done if not one.sound]
    for one in bad:
        sys.stderr.write(f"{one}\n")
    new_ones = sum(one.new for one in done)
    sys.stdout.write(
        f"{len(done) - len(bad)} of {len(done)} changes left one way in, {new_ones} of them the new one\n"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
