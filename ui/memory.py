"""Python's garbage is collected on the window's thread alone: part of it are widgets, and a widget that is taken down on
another thread takes the program down with it."""

import gc

from PySide6.QtCore import QObject, QTimer

#: milliseconds between two looks at how much was made; the workers make garbage too, but never look
_EVERY = 500


class Collector(QObject):
    """Stands in for Python's own trigger, which runs on whatever thread makes the next object."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """From now on; nothing made while the program starts is garbage."""
        self._timer.start()

    def stop(self) -> None:
        """No more; Python's own trigger stays off."""
        self._timer.stop()

    def look(self) -> None:
        """Collect the oldest generation that is due, as Python would have."""
        for generation, (made, most) in reversed(
            list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
        ):
            if most and made > most:
                gc.collect(generation)
                return


def keep_still() -> None:
    """Everything loaded so far stays until the end, and is looked at no more: 300,000 objects, a sixth of a second each
    time. Once in a process: what a later window leaves behind is garbage."""
    if not gc.get_freeze_count():
        gc.freeze()
