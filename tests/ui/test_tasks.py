"""Background work: one thread for the book, results on the main thread, the last of a kind wins, cancel stops."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from tests.ui.bot import delivered
from tests.waits import opened
from ui.tasks import Tasks
from workbench.base.change import Cancelled, Change, Progress

#: seconds: while a write takes so long, closing looks more than once what it may break off
_LONGER = 0.3


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_jobs_on_the_book_share_one_thread_and_answer_on_the_main_one(qtbot: QtBot, tasks: Tasks) -> None:
    worked: set[str] = set()
    answered: set[str] = set()
    for _number in range(5):
        tasks.run(
            lambda: worked.add(threading.current_thread().name),
            lambda _none: answered.add(threading.current_thread().name),
        )
    qtbot.waitUntil(lambda: not tasks.busy)
    assert len(worked) == 1
    assert answered == {threading.main_thread().name}
    assert worked != answered


def test_of_jobs_with_one_key_only_the_last_answers(qtbot: QtBot, tasks: Tasks) -> None:
    gate = threading.Event()
    tasks.run(gate.wait)
    answers: list[int] = []
    for number in range(5):
        tasks.run(lambda number=number: number, answers.append, key="search")  # type: ignore[misc]
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert answers == [4]


def test_a_write_announces_its_tables_and_its_undo(qtbot: QtBot, tasks: Tasks) -> None:
    change = Change(frozenset({"touches"}), 1, 7)
    with qtbot.waitSignals([tasks.changed, tasks.wrote]):
        tasks.write(lambda: change, words="written")
    qtbot.waitUntil(lambda: not tasks.busy)


def test_a_cancelled_job_stops_and_says_so(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[Exception] = []
    started = threading.Event()

    def job(progress: Progress) -> None:
        started.set()
        while True:
            progress(0.5, "working")

    task = tasks.follow(job, lambda _share, _words: None, failed=seen.append)
    opened(started)
    assert tasks.long_running
    task.cancel()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert isinstance(seen[0], Cancelled)


def test_a_failure_nobody_takes_reaches_the_edge(qtbot: QtBot, tasks: Tasks) -> None:
    def job() -> None:
        raise ValueError("broken")

    with qtbot.waitSignal(tasks.failed) as failed:
        tasks.run(job)
    assert isinstance(failed.args[0], ValueError)


def test_nothing_is_delivered_to_a_widget_that_is_gone(qtbot: QtBot, tasks: Tasks) -> None:
    gate = threading.Event()
    answers: list[object] = []
    owner = QObject()
    tasks.run(gate.wait, answers.append, owner=owner)
    owner.deleteLater()
    del owner
    delivered()
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert answers == []


def test_a_write_refused_after_its_dialog_is_gone_is_told_at_the_edge(qtbot: QtBot, tasks: Tasks) -> None:
    gate = threading.Event()
    of_dialog: list[Exception] = []
    at_the_edge: list[Exception] = []
    tasks.failed.connect(at_the_edge.append)

    def refused() -> Change:
        opened(gate)
        raise ValueError("full")

    owner = QObject()
    tasks.write(refused, failed=of_dialog.append, owner=owner)
    owner.deleteLater()
    del owner
    delivered()
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert (of_dialog, [str(one) for one in at_the_edge]) == ([], ["full"])


def test_draining_waits_and_delivers_nothing_more(qtbot: QtBot, tasks: Tasks) -> None:
    answers: list[int] = []
    for number in range(20):
        tasks.run(lambda number=number: number, answers.append)  # type: ignore[misc]
    tasks.drain()
    assert not tasks.busy
    tasks.run(lambda: 99, answers.append)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert answers == [99]


def test_what_a_late_timer_asks_of_a_closed_runner_is_not_begun(qtbot: QtBot) -> None:
    tasks = Tasks()
    done: list[int] = []
    late: list[bool] = []
    with qtbot.captureExceptions() as raised:
        QTimer.singleShot(10, lambda: tasks.run(lambda: 1, done.append, where="files"))
        QTimer.singleShot(10, lambda: tasks.write(lambda: Change(frozenset(), 0, None)))
        QTimer.singleShot(10, lambda: late.append(True))
        tasks.close()
        qtbot.waitUntil(lambda: late)
    assert not raised
    assert not done
    assert not tasks.busy


def test_a_write_that_waits_is_done_before_the_book_is_closed(qtbot: QtBot, tasks: Tasks) -> None:
    gate, written, read = threading.Event(), [], []
    tasks.run(gate.wait)

    def write() -> Change:
        written.append("what a person gave")
        return Change(frozenset(), 1, None)

    tasks.run(lambda: read.append("for nobody"))
    tasks.write(write)
    threading.Timer(_LONGER, gate.set).start()
    tasks.drain()
    assert written == ["what a person gave"]
    assert not read
    assert not tasks.busy


class Destroyed:
    """Stands for a dialog that a job refers to: tells on which thread it was destroyed."""

    def __init__(self, told: list[str]) -> None:
        self._told = told

    def __del__(self) -> None:
        self._told.append(threading.current_thread().name)


def test_what_a_job_refers_to_goes_on_the_main_thread(qtbot: QtBot, tasks: Tasks) -> None:
    """Whether its job was done, failed, or never begun because the book was closed."""
    told: list[str] = []

    def job(held: Destroyed, *, fails: bool) -> Destroyed:
        if fails:
            raise Cancelled
        return held

    for number in range(40):
        tasks.run(partial(job, Destroyed(told), fails=number % 2 == 1))
    qtbot.waitUntil(lambda: not tasks.busy)
    gate = threading.Event()
    tasks.run(gate.wait)
    for _each in range(40):
        tasks.run(partial(job, Destroyed(told), fails=False))
    threading.Timer(_LONGER, gate.set).start()
    tasks.drain()
    tasks.run(lambda: None)
    qtbot.waitUntil(lambda: not tasks.busy and len(told) == 80)
    assert set(told) == {threading.main_thread().name}


def test_closing_breaks_off_what_only_shows_something_and_nothing_else(qtbot: QtBot, tasks: Tasks) -> None:
    """A job stands for a query: it ends when reading is stopped, or by itself."""
    broken, started, passed = threading.Event(), threading.Event(), threading.Event()
    stops: list[str] = []

    def stop() -> None:
        stops.append("written" if started.is_set() else "read")
        broken.set()

    def read() -> None:
        broken.wait()
        broken.clear()

    def write() -> Change:
        started.set()
        passed.wait(_LONGER)
        return Change(frozenset({"touches"}), 1, 7)

    tasks.stop_reading = stop
    tasks.run(read, passing=True)
    tasks.run(read, key="search")
    tasks.write(write)
    tasks.drain()
    assert started.is_set()
    assert set(stops) == {"read"}
