"""Touches dragged over days: what carries them, and a widget whose days take them."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

MIME = "application/x-workbench-touch"


def mime_of(touch_id: int) -> QMimeData:
    """A touch as what is dragged."""
    data = QMimeData()
    data.setData(MIME, QByteArray(str(touch_id).encode()))
    return data


def touch_id_of(data: QMimeData) -> int | None:
    """The touch that is dragged; None where it is something else."""
    return int(bytes(data.data(MIME).data())) if data.hasFormat(MIME) else None


class DropDays(QObject):
    """Lets the days of a widget take touches. `hovered(touch id, day)` while one is over a day, `dropped(touch id, day)`,
    `left()` when it is dragged away."""

    hovered = Signal(int, object)
    dropped = Signal(int, object)
    left = Signal()

    def __init__(self, widget: QWidget, day_at: Callable[[QPoint], dt.date | None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._day_at = day_at
        #: the day that the touch is over
        self.over: dt.date | None = None
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the drags of touches; others pass."""
        if event.type() == QEvent.Type.DragLeave and self.over is not None:
            self._go_over(None)
            self.left.emit()
            return True
        if isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            touch = touch_id_of(event.mimeData())
            if touch is not None:
                self._take(event, touch)
                return True
        return super().eventFilter(watched, event)

    def _take(self, event: QDropEvent, touch: int) -> None:
        day = self._day_at(event.position().toPoint())
        if event.type() == QEvent.Type.Drop:
            self._go_over(None)
            if day is not None:
                event.acceptProposedAction()
                self.dropped.emit(touch, day)
            return
        if day is None:
            event.ignore()
        else:
            event.acceptProposedAction()
        if event.type() == QEvent.Type.DragEnter:
            event.acceptProposedAction()  # else no further place of the widget is tried
        if day is not None and day != self.over:
            self.hovered.emit(touch, day)
        self._go_over(day)

    def _go_over(self, day: dt.date | None) -> None:
        if day != self.over:
            self.over = day
            self._widget.update()
