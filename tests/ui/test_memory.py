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


def test_the_program_leaves_collecting_to_its_own_thread(program: Program) -> None:
    assert not gc.isenabled()
    assert program.findChild(Collector) is not None
