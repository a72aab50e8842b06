"""The faults: each is done once to a fresh copy of a small book, then the book is opened, checked and compared."""

import contextlib
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.faults.ground import Ground, Prepared
from bench.faults.trial import (
    PASSPHRASE,
    Seen,
    Verdict,
    answered,
    at_writes,
    child,
    command,
    copied,
    ended,
    kill,
    mark_of,
    seen_in,
    told,
)
from bench.places import fill, limited, small_disk
from bench.places import read_only as fixed
from db import key_slots, restoring
from db.engine import Book
from workbench.app import Workbench

#: the page of a book's file
_PAGE = 4096
_OTHER = "秋高气爽 2027"


@dataclass(frozen=True, slots=True)
class Stage:
    """What a try is given: the small book, the write commands, a folder of its own."""

    ground: Ground
    commands: dict[str, Prepared]
    folder: Path


Try = Callable[[Stage, random.Random], Seen]


def _whole_or(seen: Seen, status: int, said: str) -> Seen:
    """What a command said, where the book stands: done, refused in a sentence, or it fell over."""
    if status == -9:
        return Verdict.BROKEN, "hung"
    if status in {1, 3} or "Traceback" in said:
        return Verdict.BROKEN, f"status {status}: {said[:300]}"
    if status == 2 and seen[0] in {Verdict.BEFORE, Verdict.AFTER}:
        return Verdict.REFUSED, ""
    return seen


# -- kills -------------------------------------------------------------------------------------------------


def killed(name: str) -> Try:
    """A command is killed: half of the times anywhere, half while it writes."""

    def one(stage: Stage, chance: random.Random) -> Seen:
        job = stage.commands[name]
        book = copied(job.book, stage.folder / "a.book")
        in_writing = job.writing > 0 and chance.random() < 0.5

        def run(pipe: int) -> None:
            with at_writes(lambda: None, lambda: os.write(pipe, b"w")):
                command([*job.words, "--book", str(book)])

        number, pipe = child(run)
        if in_writing:
            os.read(pipe, 1)
        time.sleep(chance.uniform(0, 1.1 * (job.writing if in_writing else job.whole)))
        kill(number)
        os.close(pipe)
        return seen_in(book, job.before, job.after, loose=job.loose)

    return one


def restore_killed(stage: Stage, chance: random.Random) -> Seen:
    """A restore is killed: the book is the old one or that of the backup."""
    job = stage.commands["import"]
    place = copied(job.book, stage.folder / "a.book")
    backup = copied(stage.commands["log"].book, stage.folder / "b.book")
    with Book.open(backup, PASSPHRASE) as book:
        book.record("of the backup")
        with book.write("setting", "一处") as writer:
            from db.tables import customers

            writer.update(customers, 1, {"note": "备份里的"})
        other = mark_of(book)
    number, pipe = child(lambda _pipe: restoring.restore(backup, place, PASSPHRASE))
    time.sleep(chance.uniform(0, 0.25))
    kill(number)
    os.close(pipe)
    return seen_in(place, job.before, [other])


def backup_killed(stage: Stage, chance: random.Random) -> Seen:
    """A backup is killed: under its name lies nothing, or a whole one; the book is as it was."""
    job = stage.commands["import"]
    book = copied(job.book, stage.folder / "a.book")
    copy = stage.folder / "copy.book"
    number, pipe = child(lambda _pipe: command(["backup", str(copy), "--book", str(book)]))
    time.sleep(chance.uniform(0, 0.4))
    kill(number)
    os.close(pipe)
    seen = seen_in(book, job.before, [])
    if seen[0] is not Verdict.BEFORE or not copy.exists():
        return seen
    return (
        (Verdict.AFTER, "")
        if seen_in(copy, job.before, [])[0] is Verdict.BEFORE
        else (Verdict.LOST, "half a backup")
    )


def migration_killed(stage: Stage, chance: random.Random) -> Seen:
    """A book of an older version is opened, which brings it up to date, and killed; opened again, it is all there."""
    old = chance.choice(sorted((stage.ground.folder / "older").glob("*.book")))
    passphrase = (stage.ground.folder / "older" / "passphrase").read_text("utf-8")
    after = (old.with_suffix(".mark")).read_text("utf-8")
    place = copied(old, stage.folder / "a.book")
    number, pipe = child(lambda _pipe: Workbench.open(place, passphrase).close())
    time.sleep(chance.uniform(0, float(old.with_suffix(".seconds").read_text("utf-8")) * 1.1))
    kill(number)
    os.close(pipe)
    return seen_in(place, after, [], passphrase)


def _at_the_slots(pipe: int) -> None:
    """Tell when the key slots are about to be written: what comes before takes far longer, and writes nothing."""
    write = key_slots.write

    def noted(*words: Any, **more: Any) -> Any:
        os.write(pipe, b"w")
        return write(*words, **more)

    key_slots.write = noted


def passphrase_killed(stage: Stage, chance: random.Random) -> Seen:
    """A change of the passphrase is killed: one of the two opens, and nothing else has changed."""
    job = stage.commands["log"]
    place = copied(job.book, stage.folder / "a.book")

    def run(pipe: int) -> None:
        with Workbench.open(place, PASSPHRASE) as workbench:
            _at_the_slots(pipe)
            workbench.vault.change_passphrase(PASSPHRASE, _OTHER)

    number, pipe = child(run)
    os.read(pipe, 1)
    time.sleep(chance.uniform(0, 0.04))
    kill(number)
    os.close(pipe)
    by_old, by_new = (seen_in(place, job.before, [], one) for one in (PASSPHRASE, _OTHER))
    opened = [one for one in (by_old, by_new) if one[0] is Verdict.BEFORE]
    if not opened:
        return Verdict.LOST, f"neither passphrase opens: {by_old[1]} / {by_new[1]}"
    return (Verdict.AFTER, "") if by_new[0] is Verdict.BEFORE else (Verdict.BEFORE, "")


def recovery_killed(stage: Stage, chance: random.Random) -> Seen:
    """A new recovery code is made and killed: the passphrase opens."""
    job = stage.commands["log"]
    place = copied(job.book, stage.folder / "a.book")

    def run(pipe: int) -> None:
        with Workbench.open(place, PASSPHRASE) as workbench:
            _at_the_slots(pipe)
            workbench.vault.new_recovery()

    number, pipe = child(run)
    os.read(pipe, 1)
    time.sleep(chance.uniform(0, 0.04))
    kill(number)
    os.close(pipe)
    return seen_in(place, job.before, [])


# -- no room, no rights ------------------------------------------------------------------------------------


def starved(name: str) -> Try:
    """A command may write no file beyond a size: a quota, or a disk that is full."""

    def one(stage: Stage, chance: random.Random) -> Seen:
        job = stage.commands[name]
        book = copied(job.book, stage.folder / "a.book")
        size = book.stat().st_size
        room = chance.choice((chance.randrange(1, 200_000), chance.randrange(size - 4_096, size + 150_000)))
        status, said = answered([*job.words, "--book", str(book)], limited(room))
        return _whole_or(seen_in(book, job.before, job.after, loose=job.loose), status, said)

    return one


def on_a_full_disk(stage: Stage, chance: random.Random) -> Seen:
    """A command on a disk that really is full; where none can be mounted, as `starved`."""
    name = chance.choice(sorted(stage.commands))
    job = stage.commands[name]
    try:
        with small_disk(stage.folder / "disk", job.book.stat().st_size + 4_000_000) as disk:
            book = copied(job.book, disk / "a.book")
            fill(disk, chance.choice((0, chance.randrange(0, 60_000), chance.randrange(0, 600_000))))
            status, said = answered([*job.words, "--book", str(book)])
            (disk / "filler").unlink()
            seen = _whole_or(seen_in(book, job.before, job.after, loose=job.loose), status, said)
            return (seen[0], f"{name}: {seen[1]}") if seen[1] else seen
    except PermissionError:
        return starved(name)(stage, chance)


def read_only(name: str) -> Try:
    """The disk of the book takes no writing; where none can be mounted, the file takes none."""

    def one(stage: Stage, _chance: random.Random) -> Seen:
        job = stage.commands[name]
        try:
            with small_disk(stage.folder / "disk", job.book.stat().st_size + 4_000_000) as disk:
                book = copied(job.book, disk / "a.book")
                with fixed(disk):
                    status, said = answered([*job.words, "--book", str(book)])
                return _when_fixed(job, book, status, said)
        except PermissionError:
            book = copied(job.book, stage.folder / "a.book")
            book.chmod(0o400)
            status, said = answered([*job.words, "--book", str(book)])
            book.chmod(0o600)
            return _when_fixed(job, book, status, said)

    return one


def _when_fixed(job: Prepared, book: Path, status: int, said: str) -> Seen:
    seen = _whole_or(seen_in(book, job.before, job.after, loose=job.loose), status, said)
    if status == 0 and seen[0] is Verdict.BEFORE and job.after[-1] != job.before:
        return Verdict.LOST, "said done, nothing was written"
    return seen


# -- damage ------------------------------------------------------------------------------------------------


def _damaged(spoil: Callable[[Stage, Path, random.Random], None]) -> Try:
    def one(stage: Stage, chance: random.Random) -> Seen:
        place = copied(stage.ground.book, stage.folder / "a.book")
        spoil(stage, place, chance)
        return seen_in(place, stage.ground.mark, [])

    return one


def _flip(_stage: Stage, place: Path, chance: random.Random) -> None:
    """Some bytes are other than they were, now and then in the first pages, where the keys are."""
    size = place.stat().st_size
    with place.open("r+b") as file:
        for _each in range(chance.choice((1, 1, 1, 4, 64))):
            at = chance.randrange(size if chance.random() < 0.8 else 4 * _PAGE)
            file.seek(at)
            was = file.read(1)[0]
            file.seek(at)
            file.write(bytes([was ^ chance.randrange(1, 256)]))


def _cut(_stage: Stage, place: Path, chance: random.Random) -> None:
    with place.open("r+b") as file:
        file.truncate(chance.randrange(place.stat().st_size))


def _page(content: bytes, number: int) -> bytes:
    return content[number * _PAGE : (number + 1) * _PAGE]


def _page_changed(stage: Stage, place: Path, chance: random.Random) -> None:
    """A page is zero, another page of the book, or what it was in an earlier state of the same book."""
    pages = place.stat().st_size // _PAGE
    at, other = chance.randrange(pages), chance.randrange(pages)
    content = place.read_bytes()
    earlier = stage.ground.folder / "earlier.book"
    way = chance.choice(("zero", "other", "earlier"))
    with place.open("r+b") as file:
        file.seek(at * _PAGE)
        if way == "zero":
            file.write(bytes(_PAGE))
        elif way == "other":
            file.write(content[other * _PAGE : (other + 1) * _PAGE])
        else:
            older = earlier.read_bytes()
            differ = [n for n in range(pages) if _page(older, n) not in {b"", _page(content, n)}]
            at = chance.choice(differ)
            file.seek(at * _PAGE)
            file.write(_page(older, at))


def log_cut(stage: Stage, chance: random.Random) -> Seen:
    """The power fails with two changes in the write-ahead log, and the log is cut, spoiled or gone: the book is of one of the
    three moments."""
    return _of_log(stage, chance, chance.choice(("cut", "flipped", "gone", "no shm")))


def foreign_log(stage: Stage, chance: random.Random) -> Seen:
    """The log of another book, or of an earlier time, lies beside the book."""
    return _of_log(stage, chance, chance.choice(("foreign", "garbage")))


def _of_log(stage: Stage, chance: random.Random, way: str) -> Seen:
    folder = stage.ground.folder / "logged"
    marks = (folder / "marks").read_text("ascii").split()
    place = copied(folder / "a.book", stage.folder / "a.book")
    log = Path(f"{place}-wal")
    if way == "cut":
        with log.open("r+b") as file:
            file.truncate(chance.randrange(log.stat().st_size))
    elif way == "flipped":
        content = bytearray(log.read_bytes())
        for _each in range(chance.choice((1, 8))):
            content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        log.write_bytes(content)
    elif way == "gone":
        log.unlink()
    elif way == "garbage":
        copied(stage.ground.book, place)
        log.write_bytes(chance.randbytes(chance.choice((32, 4_152, 60_000))))
        return seen_in(place, stage.ground.mark, marks)
    elif way == "foreign":
        job = stage.commands["undo"]  # has gone another way since it was the book that the log is of
        copied(job.book, place)
        shutil.copyfile(folder / f"{chance.choice(('a', 'other'))}.book-wal", log)
        return seen_in(place, job.before, [*marks, *(folder / "other-marks").read_text("ascii").split()])
    else:
        Path(f"{place}-shm").write_bytes(chance.randbytes(32_768))
    return seen_in(place, marks[0], marks)


def prepare_logs(ground: Ground) -> None:
    """A book that a process left with its log beside it, and the fingerprints of its three moments; an earlier state."""
    from db.tables import customers

    folder = ground.folder / "logged"
    folder.mkdir(exist_ok=True)
    for name in ("a", "other"):
        place = copied(ground.book, folder / f"{name}.book")

        def run(pipe: int, place: Path = place, name: str = name) -> None:
            book = Book.open(place, PASSPHRASE)
            marks = [mark_of(book)]
            for number in range(1, 3):
                with book.write("note", "备注") as writer:
                    for one in range(1, 60):
                        writer.update(customers, one, {"note": f"第{number}次 {name}"})
                marks.append(mark_of(book))
            os.write(pipe, " ".join(marks).encode())
            os.kill(os.getpid(), signal.SIGKILL)

        number, pipe = child(run)
        marks = told(pipe)
        os.waitpid(number, 0)
        (folder / ("marks" if name == "a" else "other-marks")).write_text(marks, "ascii")
    earlier = copied(ground.book, ground.folder / "earlier.book")
    with Book.open(earlier, PASSPHRASE) as book, book.write("note", "备注") as writer:
        for one in range(1, 60):
            writer.update(customers, one, {"note": "别的时候"})


def prepare_older(ground: Ground, kept: Path, passphrase: str) -> None:
    """The books of older versions that tests keep, each with its fingerprint once it is up to date."""
    folder = ground.folder / "older"
    folder.mkdir(exist_ok=True)
    (folder / "passphrase").write_text(passphrase, "utf-8")
    for one in sorted(kept.glob("*.book")):
        place, timed = folder / one.name, folder / "timed"
        if place.with_suffix(".mark").exists():
            continue
        copied(one, place)
        copied(one, timed)

        def run(pipe: int, timed: Path = timed) -> None:
            begun = time.perf_counter()
            Workbench.open(timed, passphrase).close()
            whole = time.perf_counter() - begun
            with Book.open(timed, passphrase) as book:
                os.write(pipe, f"{whole} {mark_of(book)}".encode())

        number, pipe = child(run)
        whole, _space, mark = told(pipe).partition(" ")
        if ended(number):
            place.unlink()
            continue
        place.with_suffix(".mark").write_text(mark, "utf-8")
        place.with_suffix(".seconds").write_text(whole, "utf-8")
    for left in folder.glob("timed*"):
        left.unlink()


# -- two processes -----------------------------------------------------------------------------------------


def two_processes(stage: Stage, chance: random.Random) -> Seen:
    """Two commands write to one book at the same moment: one does, the other does too or is refused."""
    job = stage.commands["log"]
    place = copied(job.book, stage.folder / "a.book")
    words = [*job.words, "--book", str(place), "--json"]
    children = [child(lambda pipe: os.write(pipe, f"{command(words)[0]}".encode())) for _each in range(2)]
    if chance.random() < 0.3:
        time.sleep(chance.uniform(0, job.whole))
        kill(children[0][0])
    said = [told(pipe) for _number, pipe in children]
    for number, _pipe in children:
        with contextlib.suppress(ChildProcessError):
            ended(number)
    if any(one not in {"", "0", "2"} for one in said):
        return Verdict.BROKEN, f"statuses {said}"
    with Book.open(place, PASSPHRASE) as book:
        if book.verify():
            return Verdict.NOTICED, ""
        written = book.count()["touches"]
    with Book.open(copied(job.book, stage.folder / "b.book"), PASSPHRASE) as book:
        before = book.count()["touches"]
    done = said.count("0")
    if not done <= written - before <= done + said.count(""):
        return Verdict.LOST, f"{done} said done, {written - before} written"
    return (Verdict.REFUSED, "") if "2" in said else (Verdict.AFTER, "")


def window_and_command(stage: Stage, chance: random.Random) -> Seen:
    """A book that is open in one process is refused to another, in a sentence."""
    job = stage.commands["log"]
    place = copied(job.book, stage.folder / "a.book")
    number, pipe = child(lambda out: _held(place, out))
    os.read(pipe, 1)
    name = chance.choice(sorted(stage.commands))
    status, said = answered([*stage.commands[name].words, "--book", str(place)])
    kill(number)
    os.close(pipe)
    if status == 0:
        return Verdict.LOST, f"{name} wrote beside an open book"
    return _whole_or(seen_in(place, job.before, []), status, said)


def _held(place: Path, out: int) -> None:
    with Workbench.open(place, PASSPHRASE):
        os.write(out, b"o")
        time.sleep(60)


# -- tampering ---------------------------------------------------------------------------------------------


def tampered(code: str) -> Try:
    """Somebody with the passphrase falsifies the book: see `bench.tampering`."""

    def one(stage: Stage, _chance: random.Random) -> Seen:
        from bench import tampering

        kind = next(one for one in tampering.KINDS if one.code == code)
        alone, on_paper = tampering.tried(kind, tampering.make(stage.folder), stage.folder)
        if alone or (on_paper and kind.on_paper_only):
            return Verdict.NOTICED, "" if alone else "by the anchor on paper"
        return Verdict.LOST, "nobody noticed"

    return one


def tamperings() -> list[str]:
    """The codes of the ways to falsify, none where they are not there."""
    try:
        from bench import tampering
    except ImportError:
        return []
    return [one.code for one in tampering.KINDS]


# -- all of them -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kind:
    """A fault, and how often it is tried."""

    name: str
    tries: int
    one: Try


def kinds(commands: list[str]) -> list[Kind]:
    """Every fault, most telling first."""
    return [
        Kind("migration killed", 150, migration_killed),
        Kind("passphrase change killed", 100, passphrase_killed),
        Kind("new recovery code killed", 50, recovery_killed),
        Kind("restore killed", 80, restore_killed),
        Kind("backup killed", 80, backup_killed),
        *(Kind(f"tampering: {code}", 5, tampered(code)) for code in tamperings()),
        Kind("bytes flipped", 300, _damaged(_flip)),
        Kind("file cut", 100, _damaged(_cut)),
        Kind("page replaced", 120, _damaged(_page_changed)),
        Kind("log cut, spoiled or gone", 150, log_cut),
        Kind("foreign log", 60, foreign_log),
        Kind("two processes write", 60, two_processes),
        Kind("second process, book open", 40, window_and_command),
        Kind("disk full", 100, on_a_full_disk),
        *(Kind(f"killed: {name}", 20, killed(name)) for name in commands),
        *(Kind(f"no room: {name}", 6, starved(name)) for name in commands),
        *(Kind(f"read-only: {name}", 3, read_only(name)) for name in commands),
    ]
