"""Garbage is collected on the window's thread only: it may contain widgets, and a widget destroyed on another thread
brings the program down.
"""

import gc
import linecache
from functools import cache

from PySide6.QtCore import QObject, QTimer

from workbench.base.heap import give_back

#: milliseconds between two checks of how much was made; workers make garbage too, but never collect
_EVERY = 500
#: the generation of what lives long: seldom due, and with it go pages and books that were closed
OLDEST = 2


class Collector(QObject):
    """Stands in for Python's own trigger, which runs on whatever thread makes the next object."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Collect from now on; before that, nothing made while the program starts is garbage."""
        self._timer.start()

    def stop(self) -> None:
        """Stop collecting; Python's own trigger stays off."""
        self._timer.stop()

    def look(self) -> None:
        """Collect the oldest generation that is due, as Python would have."""
        for generation, (made, most) in reversed(
            list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
        ):
            if most and made > most:
                gc.collect(generation)
                if generation == OLDEST:
                    give_back()
                return


@cache
def keep_still() -> None:
    """Exclude everything loaded so far from collection: 300,000 objects that live until the end cost 1/6 s a pass.

    Done once per process; what a later window leaves behind is garbage. The lines of 2,000 source files go: PySide looks into
    every module that is imported, and Python keeps what it read for tracebacks, which read it again.
    """
    linecache.clearcache()
    gc.freeze()
