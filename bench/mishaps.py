"""Tries each fault that once locked out or destroyed: lock and unlock, restores and commands on a full disk, kills.

`python -m bench.mishaps [TRIES]`; POSIX only. One line a fault: tries, right, wrong. Full disks are real where root may
mount one; elsewhere the size of files is limited.
"""

import argparse
import contextlib
import io
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from bench.data import PASSPHRASE
from bench.places import fill, limited, small_disk
from db import book_key, restoring, tables, vault
from db.engine import Book
from db.errors import BookError
from db.making import SCRATCH
from workbench.base.errors import WorkbenchError
from workbench.commands.run import run
from workbench.trust.register import Outgoing, Register

RIGHT = "right"
Outcome = str
#: a disk of this size holds a book and its remainder, and half of another
_DISK = 2_200_000


def _book(path: Path, *records: str) -> Path:
    with Book.create(path, PASSPHRASE) as book:
        with book.write("customer", "一位客户") as writer:
            writer.insert(tables.customers, [{"customer_no": "00000001", "name": "张三"}])
        for one in records:
            book.record(one)
    return path


def _records(path: Path) -> list[str]:
    """What was recorded in a book; raises if it is not whole."""
    with Book.open(path, PASSPHRASE) as book:
        if failed := book.verify():
            raise ValueError(", ".join(one.code for one in failed))
        with book.read() as conn:
            actions = conn.exec_driver_sql("SELECT action FROM audit WHERE action <> 'customer' ORDER BY id")
            return list(actions.scalars())


@contextmanager
def _crowded(folder: Path) -> Iterator[Path | None]:
    """A disk that can be filled; None where none can be mounted."""
    try:
        with small_disk(folder, _DISK) as disk:
            yield disk
    except PermissionError:
        yield None


def _child(job: Callable[[], object], before: Callable[[], None] | None = None) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        if before is not None:
            before()
        job()
        status = 0
    finally:
        os._exit(status)


def _killed(job: Callable[[], object], chance: random.Random, whole: float) -> None:
    child = _child(job)
    time.sleep(chance.uniform(0, 1.1 * whole))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    os.waitpid(_child(job), 0)
    return time.perf_counter() - start


def _left_over(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if SCRATCH in one.name)


# -- restoring ---------------------------------------------------------------------------------------------


def restored_on_a_full_disk(folder: Path, chance: random.Random) -> Outcome:
    """A restore with too little room leaves the old book, one with enough puts the new one there and keeps the old."""
    backup = _book(folder / "backup.book", "of the backup")
    with _crowded(folder / "disk") as disk:
        place = _book((disk or folder) / "a.book", "of the old one")
        before = place.read_bytes()
        size = backup.stat().st_size
        room = chance.randrange(0, size + 150_000)
        if disk is not None:
            fill(disk, room)
            told = _refused(lambda: restoring.restore(backup, place, PASSPHRASE))
        else:
            room = chance.randrange(0, size)
            told = _answer(
                lambda: _refused(lambda: restoring.restore(backup, place, PASSPHRASE)), limited(room)
            )
        if told == "":
            (place.parent / "filler").unlink(missing_ok=True)
            kept = list(place.parent.glob("a.replaced.*.book"))
            whole = _records(place) == ["of the backup"] and [one.read_bytes() for one in kept] == [before]
            return RIGHT if whole else "restored, but not whole"
        if told != "disk_full":
            return f"said {told} with {room} bytes free"
        if place.read_bytes() != before or list(place.parent.glob("a.replaced*")) or _left_over(place.parent):
            return "the old book does not stand as before"
        return RIGHT


def _refused(job: Callable[[], object]) -> str:
    """The code of a refusal, '' when there is none."""
    try:
        job()
    except BookError as error:
        return error.code
    return ""


def _answer(job: Callable[[], str], before: Callable[[], None] | None) -> str:
    """What a job answers in a child process."""
    reading, writing = os.pipe()
    child = _child(lambda: os.write(writing, job().encode()), before)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode()
    return told if os.waitpid(child, 0)[1] == 0 else "a fault"


def restored_twice_in_a_second(folder: Path, chance: random.Random) -> Outcome:
    """Both books that stood there are kept."""
    first, second = _book(folder / "b1.book", "one"), _book(folder / "b2.book", "two")
    place = _book(folder / "a.book", f"old {chance.random()}")
    old = place.read_bytes()
    kept = [restoring.restore(one, place, PASSPHRASE) for one in (first, second)]
    if None in kept or len(set(kept)) != 2:
        return "one was overwritten"
    contents = [one.read_bytes() for one in kept if one is not None]
    return RIGHT if contents[0] == old and _records(place) == ["two"] else "another book than before"


def restores_killed(folder: Path, chance: random.Random) -> Outcome:
    """The book is the old one or the new one, whole, and the next restore clears what is left."""
    backup, place = _book(folder / "b.book", "new"), _book(folder / "a.book", "old")

    def job() -> object:
        return restoring.restore(backup, place, PASSPHRASE)

    whole = _seconds(lambda: restoring.restore(backup, folder / "timed.book", PASSPHRASE))
    _killed(job, chance, whole)
    if _records(place) not in (["old"], ["new"]):
        return "neither the old book nor the new one"
    job()
    return RIGHT if _records(place) == ["new"] and not _left_over(folder) else "something is left"


# -- commands ----------------------------------------------------------------------------------------------


def _said(words: list[str]) -> str:
    """The status of a command, and what it said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
        return f"{run(words)} {said.getvalue()}"


def commands_on_a_full_disk(folder: Path, chance: random.Random) -> Outcome:
    """A command does its work, or says that the disk is full; never that the book is damaged. Then it is whole."""
    words = chance.choice(
        (
            ("verify",),
            ("imports",),
            ("check",),
            ("log", "00000001", "--channel", "call", "--result", "reached"),
            ("customers",),
        )
    )
    with _crowded(folder / "disk") as disk:
        place = _book((disk or folder) / "a.book", "before")
        if disk is not None:
            fill(disk, chance.randrange(0, 100_000))
            before = None
        else:
            before = limited(chance.randrange(1, place.stat().st_size))
        told = _answer(lambda: _said([*words, "--json", "--book", str(place)]), before)
        (place.parent / "filler").unlink(missing_ok=True)
        if not told.startswith(("0 ", "2 ")) or "damaged" in told:
            return f"{words[0]}: {told[:200]}"
        return RIGHT if "before" in _records(place) else "a record is gone"


# -- outputs -----------------------------------------------------------------------------------------------


def outputs_on_a_full_disk(folder: Path, chance: random.Random) -> Outcome:
    """A file that is replaced, or a backup, is there whole, or the disk is said to be full and the old file stands."""
    with Book.open(_book(folder / "a.book", "before"), PASSPHRASE) as book, _crowded(folder / "disk") as disk:
        target, old, new = (disk or folder) / "week.pdf", chance.randbytes(1_000), chance.randbytes(400_000)
        target.write_bytes(old)
        backing_up = chance.random() < 0.5
        if backing_up:
            target = target.with_name("copy.book")

        def job() -> object:
            if backing_up:
                return Register(book).back_up(target)
            return Register(book).save(Outgoing("plan_pdf", 1, ("name_masked",)), new, target, replace=True)

        if disk is None:
            told = _answer(lambda: _refused(lambda: _in_codes(job)), limited(chance.randrange(1, 400_000)))
        else:
            fill(disk, chance.randrange(0, 900_000))
            told = _refused(lambda: _in_codes(job))
        if told not in ("", "disk_full"):
            return f"said {told}"
        if list(target.parent.glob(".*.part*")):
            return "a scratch file is left"
        if told:
            stands = not target.exists() if backing_up else target.read_bytes() == old
            return RIGHT if stands else "what was there has changed"
        if not backing_up:
            return RIGHT if target.read_bytes() == new else "half a file"
        (target.parent / "filler").unlink(missing_ok=True)
        return RIGHT if "before" in _records(target) else "a backup that is not whole"


def _in_codes(job: Callable[[], object]) -> None:
    """Run a job of the middle floor; its refusal leaves as the book's own. Raises BookError."""
    try:
        job()
    except WorkbenchError as error:
        raise BookError(error.code) from error


def backups_from_a_full_disk(folder: Path, chance: random.Random) -> Outcome:
    """The book that lies on a full disk is the very one that must be saved elsewhere."""
    with _crowded(folder / "disk") as disk:
        place = _book((disk or folder) / "a.book", "before")
        with Book.open(place, PASSPHRASE) as book:
            book.record("in the log")
            if disk is not None:
                fill(disk, chance.randrange(0, 100_000))
            Register(book).back_up(folder / "copy.book")
            (place.parent / "filler").unlink(missing_ok=True)
        return (
            RIGHT if _records(folder / "copy.book")[:2] == ["before", "in the log"] else "a commit is missing"
        )


def outputs_over_books(folder: Path, chance: random.Random) -> Outcome:
    """No output, forced or not, goes over a book, its companions or a renamed backup, open or closed."""
    place, other = (
        _book(folder / "a.book"),
        _book(folder / f"b{chance.choice(('.book', '.xlsx', '.pdf', ''))}"),
    )
    with Book.open(place, PASSPHRASE) as book, contextlib.ExitStack() as stack:
        if chance.random() < 0.5:
            stack.enter_context(Book.open(other, PASSPHRASE))
        before = other.read_bytes()
        target = Path(f"{chance.choice((place, other))}{chance.choice(('', '-wal', '-shm', '.lock'))}")

        def job() -> object:
            if chance.random() < 0.5:
                return Register(book).back_up(target, replace=True)
            return Register(book).save(
                Outgoing("plan_pdf", 1, ("name_masked",)), b"%PDF", target, replace=True
            )

        told = _refused(lambda: _in_codes(job))
        if told != "over_book" or other.read_bytes() != before:
            return f"{target.name}: said {told or 'nothing'}"
    return RIGHT if _records(other) == [] else "the other book is not what it was"


# -- making ------------------------------------------------------------------------------------------------


def creations_killed(folder: Path, chance: random.Random) -> Outcome:
    """Nothing lies under the book's name, or a whole book; the next creation makes one and clears what is left."""
    place = folder / "a.book"
    whole = _seconds(lambda: Book.create(folder / "timed.book", PASSPHRASE).close())
    _killed(lambda: Book.create(place, PASSPHRASE).close(), chance, whole)
    if place.exists():
        return RIGHT if _records(place) == [] else "a book that is not empty"
    if vault.files_of(place):
        return "companions without a book"
    _book(place, "made anew")
    return RIGHT if _records(place) == ["made anew"] and not _left_over(folder) else "something is left"


def remains_of_older_versions(folder: Path, chance: random.Random) -> Outcome:
    """An empty file, or a page without tables, with or without companions, is told and replaced, and kept aside."""
    place = folder / "a.book"
    content = chance.randbytes(chance.choice((0, 4096)))
    place.write_bytes(content)
    for tail in ("-wal", "-shm"):
        if chance.random() < 0.5:
            Path(f"{place}{tail}").write_bytes(b"")
    told = _refused(lambda: Book.open(place, PASSPHRASE))
    if told != "unfinished":
        return f"said {told}"
    with Book.create(place, PASSPHRASE) as book:
        aside = book.aside
    if aside is None or aside.read_bytes() != content:
        return "what lay there is gone"
    return RIGHT if _records(place) == [] else "not made anew"


# -- the window --------------------------------------------------------------------------------------------


class Window:
    """The real program in a real event loop; each try is one lock, by button or by idleness, and one unlock."""

    def __init__(self, folder: Path) -> None:
        from PySide6.QtWidgets import QApplication

        from ui.app import Program

        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        self.application = application
        self.program = Program(application, _book(folder / "a.book"))
        self.program.ask(try_kept=False)
        self.unlock()

    def unlock(self) -> str:
        """Type the passphrase at the door that stands; what it says when it does not open."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        door = self.program.locked_door or self.program.door
        if door is None:
            return "no door"
        QTest.keyClicks(door.first, PASSPHRASE)
        QTest.mouseClick(door.go, Qt.MouseButton.LeftButton)
        words = ""

        def ended() -> bool:
            nonlocal words
            if not self._open:
                words = door.fault.text()
            return self._open or bool(words)

        self._until(ended)
        self._until(lambda: not self.program.tasks.busy)
        return "" if self._open else words

    @property
    def _open(self) -> bool:
        """Whether the window is there, in sight and not behind a door."""
        window = self.program.window
        return self.program.locked_door is None and window is not None and window.isVisible()

    def __call__(self, _folder: Path, chance: random.Random) -> Outcome:
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtTest import QTest

        from ui.locked_door import LockedDoor
        from ui.unlock import UnlockDialog

        window = self.program.window
        if window is None or not self._open:
            return "no window: " + self.unlock()
        if chance.random() < 0.5:
            QTest.mouseClick(window.lock_button, Qt.MouseButton.LeftButton)
        else:
            self.program._idle.timeout.emit()
        self._until(lambda: self.program.locked_door is not None)
        if window.isVisible():
            return "the window is seen though it is locked"
        if words := self.unlock():
            return words
        if self.program.window is not window:
            return "another window than before"
        self.application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        kinds = (UnlockDialog, LockedDoor)
        doors = [one for one in self.application.topLevelWidgets() if isinstance(one, kinds)]
        return RIGHT if not doors else f"{len(doors)} doors are left"

    def _until(self, wanted: Callable[[], bool]) -> None:
        from PySide6.QtTest import QTest

        end = time.monotonic() + 120
        while not wanted() and time.monotonic() < end:
            QTest.qWait(5)

    def close(self) -> None:
        self.program.close()


def _tried(fault: Callable[[Path, random.Random], Outcome], tries: int, seed: int) -> Counter[str]:
    found: Counter[str] = Counter()
    chance = random.Random(seed)
    for _number in range(tries):
        with tempfile.TemporaryDirectory() as name:
            try:
                found[fault(Path(name), chance)] += 1
            except Exception as error:  # noqa: BLE001  (whatever happens is a wrong outcome, to be counted)
                found[f"{type(error).__name__}: {error}"] += 1
    return found


def _tell(name: str, found: Counter[str]) -> int:
    wrong = found.total() - found[RIGHT]
    print(f"{name}: {found.total()} tries, {found[RIGHT]} right, {wrong} wrong", flush=True)
    for outcome, count in found.items():
        if outcome != RIGHT:
            print(f"  {count} x {outcome}", flush=True)
    return wrong


#: each tries once in a folder of its own and says RIGHT or what is wrong
FAULTS: dict[str, Callable[[Path, random.Random], Outcome]] = {
    "restores on a full disk": restored_on_a_full_disk,
    "two restores within a second": restored_twice_in_a_second,
    "restores killed": restores_killed,
    "commands on a full disk": commands_on_a_full_disk,
    "outputs on a full disk": outputs_on_a_full_disk,
    "backups from a full disk": backups_from_a_full_disk,
    "outputs over books": outputs_over_books,
    "creations killed": creations_killed,
    "remains of older versions": remains_of_older_versions,
}


def run_mishaps(tries: int, seed: int = 1) -> int:
    """Try every fault; how many outcomes were wrong."""
    wrong = 0
    with tempfile.TemporaryDirectory() as home:
        told = {"WORKBENCH_HOME": home, "WORKBENCH_PASSPHRASE": PASSPHRASE, "QT_QPA_PLATFORM": "offscreen"}
        told["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
        with patch.dict(os.environ, told), patch.object(book_key, "COST", 16):
            for name, fault in FAULTS.items():
                wrong += _tell(name, _tried(fault, tries, seed))
            window = Window(Path(home))  # last: nothing may be forked beside the threads of a window
            wrong += _tell("locked and unlocked", _tried(window, tries, seed))
            window.close()
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("tries", nargs="?", type=int, default=20)
    return 1 if run_mishaps(parser.parse_args().tries) else 0


if __name__ == "__main__":
    sys.exit(main())
