"""Garbage is collected on the window's thread alone."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.bot import Bot
from ui.app import Program
from ui.memory import Collector
from ui.tasks import Tasks


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_a_job_that_makes_much_takes_no_widget_down_on_its_thread(
    qtbot: Bot, qapp: QApplication, tasks: Tasks
) -> None:
    class Window(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.itself = self  # a window and what belongs to it hold one another

    threads: list[QThread] = []
    collector = Collector()
    collector.start()
    window = Window()
    weakref.finalize(window, lambda: threads.append(QThread.currentThread()))
    gone = weakref.ref(window)
    del window
    made: list[list[list[int]]] = []
    tasks.run(lambda: made.extend([[] for _ in range(20)] for _ in range(20_000)))
    qtbot.waitUntil(lambda: not tasks.busy)
    qtbot.waitUntil(lambda: gone() is None)
    assert threads == [qapp.thread()]
    collector.stop()


class Knot:
    """Garbage that only a collection finds."""

    def __init__(self) -> None:
        self.itself = self


def old_garbage() -> "weakref.ref[Knot]":
    """It has lived through collections before it became garbage: the young are looked through in vain."""
    knot = Knot()
    gc.collect()
    gone = weakref.ref(knot)
    del knot
    return gone


@pytest.mark.parametrize(
    ("grown", "resting", "asked", "collected"),
    [(1.06, False, False, False), (1.1, False, False, True), (1.06, True, False, True), (1.01, True, False, False),
     (1.01, True, True, True), (1.01, False, True, False)],
)  # fmt: skip
def test_all_is_looked_through_as_memory_grows_sooner_while_nobody_acts(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch,
    grown: float, resting: bool, asked: bool, collected: bool,
) -> None:  # fmt: skip
    blocks = [1_000_000]
    monkeypatch.setattr("ui.memory.sys.getallocatedblocks", lambda: blocks[0])
    collector = Collector(resting=lambda: resting)
    collector.start()
    garbage = old_garbage()
    if asked:
        collector.ask()
    blocks[0] = int(blocks[0] * grown)
    collector.look()
    collector.stop()
    assert (garbage() is None) == collected


def test_the_program_leaves_collecting_to_its_own_thread(program: Program) -> None:
    assert not gc.isenabled()
    assert program.findChild(Collector) is not None
