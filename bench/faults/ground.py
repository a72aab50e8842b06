"""The small book that is spoiled, made once: a branch of 100 customers; for each write command the book it starts from."""

import json
import os
import re
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.faults.trial import PASSPHRASE, answered, at_writes, child, command, copied, ended, mark_of, told
from db.engine import Book
from workbench.app import Workbench
from workbench.sample import make_branch

LAST_MONTH, MONTHS, CUSTOMERS = "2026-10", 6, 100


#: words that only the command before can tell: the number of its change, of the sheet that it wrote
_LEARNT = {"@change": r'"change[a-z_]*": (\d+)', "@sheet": r"(\d{6}-\d{6})(?!-)"}


@dataclass
class Facts:
    """What the words of a command are filled with."""

    customers: list[str] = field(default_factory=list)
    lit: list[str] = field(default_factory=list)
    next_file: str = ""
    out: str = ""
    #: files, codes and numbers by the name of their gap
    more: dict[str, str] = field(default_factory=dict)


@dataclass
class Ground:
    """The folder of the books, the small one, and its fingerprint."""

    folder: Path
    book: Path
    mark: str
    facts: Facts


def laid(folder: Path) -> Ground:
    """The small book in `folder`, made unless it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    book, known = folder / "small.book", folder / "small.json"
    if not known.exists():
        book.unlink(missing_ok=True)
        number, pipe = child(lambda out: os.write(out, json.dumps(_made(folder, book)).encode()))
        said = told(pipe)
        if ended(number):
            raise RuntimeError("the small book could not be made")
        known.write_text(said, encoding="utf-8")
    kept: dict[str, Any] = json.loads(known.read_text(encoding="utf-8"))
    return Ground(folder, book, kept["mark"], Facts(**kept["facts"]))


def _made(folder: Path, book: Path) -> dict[str, object]:
    branch = make_branch(folder / "lists", CUSTOMERS, MONTHS, last_month=LAST_MONTH)
    with Workbench.create(book, PASSPHRASE) as workbench:
        for path in branch.files[:-1]:
            session = workbench.intake.read(path)
            session.confirm_similar()
            session.commit()
        workbench.insight.check()
        workbench.insight.engine.ensure()
        workbench.outreach.plan()
        ranking = workbench.insight.ranking(limit=60)
        facts = Facts(
            [one.customer_no for one in ranking[:10]],
            [
                one.customer_no
                for one in ranking
                if getattr(one, "light", None) or getattr(one, "level", None)
            ],
            str(branch.files[-1]),
        )
        return {"mark": mark_of(workbench.book), "facts": asdict(facts)}


@dataclass
class Prepared:
    """A write command: the book before it, and every state that there is on its way to the end."""

    name: str
    words: list[str]
    book: Path
    before: str = ""
    after: list[str] = field(default_factory=list)
    #: whether what it writes differs from run to run (a time, a number of a sheet)
    loose: bool = False
    #: seconds of the whole command, and of it from the first change on
    whole: float = 0.0
    writing: float = 0.0
    #: the modules that it needed: imported ahead, no try waits for them
    modules: list[str] = field(default_factory=list)
    #: '' when the command did its work undisturbed, else what it said
    fault: str = ""


def prepared(ground: Ground, name: str, first: list[list[str]], words: list[str], scratch: Path) -> Prepared:
    """Run the command twice undisturbed on a copy; kept in the folder of the ground for the next time."""
    kept = ground.folder / f"of-{name}.json"
    book = ground.folder / f"of-{name}.book"
    if kept.exists():  # also that it could not be done: it is not tried again
        known = json.loads(kept.read_text(encoding="utf-8"))
        return Prepared(**{**known, "book": Path(known["book"])})
    copied(ground.book, book)
    made = Prepared(name, words, book)
    for one in first:
        may_refuse = one[0].startswith("?")
        status, said = answered([one[0].lstrip("?"), *one[1:], "--book", str(book)])
        if status and not may_refuse:
            return _kept(made, kept, f"before it, {one[0]}: {said[:200]}")
        for gap, pattern in _LEARNT.items():
            if gap in words and (known_by := re.search(pattern, said)):
                made.words = words = [known_by[1] if word == gap else word for word in words]
    runs = []
    for _each in range(2):
        number, pipe = child(lambda out: os.write(out, json.dumps(_states(book, words, scratch)).encode()))
        said = told(pipe)
        if (status := ended(number)) or not said:
            return _kept(made, kept, f"status {status}")
        runs.append(json.loads(said))
    made.loose = runs[0]["after"] != runs[1]["after"]
    for key, value in runs[1].items():
        setattr(made, key, value)
    return _kept(made, kept, made.fault)


def _kept(made: Prepared, place: Path, fault: str) -> Prepared:
    made.fault = fault
    place.write_text(json.dumps(asdict(made), default=str, ensure_ascii=False), encoding="utf-8")
    return made


def _states(book: Path, words: list[str], scratch: Path) -> dict[str, object]:
    """Run the command on a copy, noting the fingerprint after each change of the book."""
    copy = copied(book, scratch / "undisturbed.book")
    with Book.open(copy, PASSPHRASE) as opened:
        before = mark_of(opened)
    for _each in range(2):  # the second time everything is imported: so long do the tries take
        copied(book, copy)
        states: list[str] = []
        status, said, whole, writing = _timed(copy, words, states)
    with Book.open(copy, PASSPHRASE) as opened:
        states.append(mark_of(opened))
    return {
        "before": before,
        "after": states,
        "whole": whole,
        "writing": writing,
        "modules": [one for one in sys.modules if not one.startswith(("_", "bench"))],
        "fault": "" if status == 0 else said[:300],
    }


def _timed(copy: Path, words: list[str], states: list[str]) -> tuple[int, str, float, float]:
    held: list[Book] = []
    begun_at: list[float] = []
    counting = 0.0
    opening = Book.__init__

    def noted(self: Book, *given: Any, **more: Any) -> None:
        opening(self, *given, **more)
        held.append(self)

    def written() -> None:
        nonlocal counting
        start = time.perf_counter()
        states.append(mark_of(held[-1]))
        counting += time.perf_counter() - start

    with (
        patch.object(Book, "__init__", noted),
        at_writes(written, lambda: begun_at.append(time.perf_counter())),
    ):
        begun = time.perf_counter()
        status, said = command([*words, "--book", str(copy)])
        end = time.perf_counter()
    writing = end - begun_at[0] - counting if begun_at else 0.0
    return status, said, end - begun - counting, writing
