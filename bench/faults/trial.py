"""What became of a book after a fault: it stands as before or after, the fault was noticed, it was refused, or data is lost."""

import contextlib
import hashlib
import io
import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from unittest.mock import patch

from db.engine import Book
from workbench.base.errors import WorkbenchError, in_words

PASSPHRASE = "春风化雨 2026"
TODAY = "2026-11-16"
#: seconds after which a child that does not end counts as hung
PATIENCE = 120.0


class Verdict(StrEnum):
    """What a try showed. LOST is the only one that must not be; BROKEN is a fault of the program without loss."""

    BEFORE = "before"
    AFTER = "after"
    NOTICED = "noticed"
    REFUSED = "refused"
    LOST = "lost"
    BROKEN = "broken"


#: a verdict with what was seen
Seen = tuple[Verdict, str]


def copied(source: Path, target: Path) -> Path:
    """A book's file with what lies beside it, at `target`; what lay there is gone."""
    for tail in ("", "-wal", "-shm", ".lock"):
        Path(f"{target}{tail}").unlink(missing_ok=True)
    for tail in ("", "-wal"):
        if Path(f"{source}{tail}").exists():
            shutil.copyfile(f"{source}{tail}", f"{target}{tail}")
    return target


def mark_of(book: Book) -> str:
    """What tells one state of a book from another: every row that was given; behind it the rows of each table alone."""
    counts = hashlib.sha256(json.dumps(book.count(), sort_keys=True).encode()).hexdigest()
    return f"{book.fingerprint()}|{counts[:16]}"


def _alike(mark: str, states: Collection[str], *, loose: bool) -> bool:
    """`loose`: the command writes times or numbers that differ from run to run, so its rows are counted only."""
    if mark in states:
        return True
    return loose and mark.partition("|")[2] in {one.partition("|")[2] for one in states}


def seen_in(
    place: Path, before: str, after: Collection[str], passphrase: str = PASSPHRASE, *, loose: bool = False
) -> Seen:
    """Open the book once more, and hold it against the states that there may be."""
    try:
        with in_words(), Book.open(place, passphrase) as book:
            findings = book.verify()
            if findings:
                return Verdict.NOTICED, ", ".join(str(getattr(one, "code", one)) for one in findings[:4])
            mark = mark_of(book)
    except WorkbenchError as refusal:
        return Verdict.NOTICED, f"opening: {refusal.code}"
    except Exception as error:  # noqa: BLE001  (no sentence for a person: a fault of the program)
        return Verdict.BROKEN, f"opening: {type(error).__name__}: {str(error)[:200]}"
    if mark == before:
        return Verdict.BEFORE, ""
    return (
        (Verdict.AFTER, "")
        if _alike(mark, after, loose=loose)
        else (Verdict.LOST, "neither before nor after")
    )


# -- children ----------------------------------------------------------------------------------------------


def child(job: Callable[[int], object], first: Callable[[], None] | None = None) -> tuple[int, int]:
    """Run `job(pipe)` in a process of its own; its id, and the pipe on which it tells."""
    reading, writing = os.pipe()
    number = os.fork()
    if number:
        os.close(writing)
        return number, reading
    status = 3
    try:
        os.close(reading)
        if first is not None:
            first()
        job(writing)
        status = 0
    finally:
        os._exit(status)


def ended(number: int) -> int:
    """Wait for a child; its status, -9 for one that hung and was ended."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        gone, status = os.waitpid(number, os.WNOHANG)
        if gone:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    kill(number)
    return -9


def kill(number: int) -> None:
    """End a child at once, as a power cut does."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(number, 0)


def told(pipe: int) -> str:
    """Everything that a child wrote on its pipe."""
    with os.fdopen(pipe, "rb") as reading:
        return reading.read().decode("utf-8", "replace")


def command(words: list[str]) -> tuple[int, str]:
    """Run a command line here; its status and what it printed."""
    from workbench.commands.run import run

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = run(words)
    return status, said.getvalue()


def answered(words: list[str], first: Callable[[], None] | None = None) -> tuple[int, str]:
    """Run a command line in a child; its status (3: it fell over, -9: it hung) and what it printed."""

    def job(pipe: int) -> None:
        status, said = command(words)
        os.write(pipe, f"{status} {said[:3000]}".encode())

    number, pipe = child(job, first)
    words_of = told(pipe)
    status = ended(number)
    if status:
        return (status if status < 0 else 3), words_of
    code, _space, said = words_of.partition(" ")
    return int(code), said


@contextmanager
def at_writes(each: Callable[[], object], begun: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Call `begun` when a change of the book begins, `each` when it was written."""
    write = Book.write

    @contextmanager
    def counted(self: Book, *words: object, **facts: object) -> Iterator[object]:
        begun()
        with write(self, *words, **facts) as writer:  # type: ignore[arg-type]
            yield writer
        each()

    with patch.object(Book, "write", counted):
        yield
