"""Garbage is collected on the window's thread only: it may contain widgets, and a widget destroyed on another thread
brings the program down.
"""

import gc
import linecache
import sys
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject, QTimer

from workbench.base.heap import give_back

#: milliseconds between two checks of how much was made; workers make garbage too, but never collect
_EVERY = 500
#: by what share the memory of Python grows before all of it is looked through, which takes half a second once many pages were
#: open: while nobody is at the keyboard or the mouse, and at the latest
_GROWN_AT_REST, _GROWN = 0.04, 0.08


class Collector(QObject):
    """Stands in for Python's own trigger, which runs on whatever thread makes the next object.

    Young objects are looked through as Python would; old ones by how much memory has grown, since a tick comes at a time and
    not with a number of objects: what a minute of work leaves would be taken apart in one go.
    """

    def __init__(self, parent: QObject | None = None, resting: Callable[[], bool] = lambda: True) -> None:
        super().__init__(parent)
        gc.disable()
        self._resting = resting
        self._held = 0
        self._wanted = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Collect from now on; before that, nothing made while the program starts is garbage."""
        self._held = sys.getallocatedblocks()
        self._timer.start()

    def stop(self) -> None:
        """Stop collecting; Python's own trigger stays off."""
        self._timer.stop()

    def ask(self) -> None:
        """Much has become garbage at once (a book was closed): look through all at the next rest."""
        self._wanted = True

    def look(self) -> None:
        """Collect what is due."""
        grown, resting = sys.getallocatedblocks() / max(1, self._held) - 1, self._resting()
        if grown > _GROWN or (resting and (self._wanted or grown > _GROWN_AT_REST)):
            gc.collect()
            if resting:  # it takes as long again
                give_back()
            self._held, self._wanted = sys.getallocatedblocks(), False
            return
        made, most = gc.get_count(), gc.get_threshold()
        for generation in (1, 0):
            if most[generation] and made[generation] > most[generation]:
                gc.collect(generation)
                return


@cache
def keep_still() -> None:
    """Exclude everything loaded so far from collection: 300,000 objects that live until the end cost 1/6 s a pass.

    Done once per process; what a later window leaves behind is garbage. The lines of 2,000 source files go: PySide looks into
    every module that is imported, and Python keeps what it read for tracebacks, which read it again.
    """
    linecache.clearcache()
    gc.freeze()
