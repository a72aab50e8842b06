"""The window's error edge: an expected failure becomes "what happened, what to do"; anything else is logged without
customer values and shown once, with a report that can be copied."""

import logging
import platform
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from ui import clipboard
from workbench.base.change import Cancelled
from workbench.base.errors import WorkbenchError, expected
from workbench.base.i18n import _
from workbench.base.pc import data_folder

log = logging.getLogger("workbench.window")


class _Log(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: the log may fail for the same full disk that is being reported."""


def start_log() -> None:
    """Log into the data folder; a folder that cannot be written costs the log, not the start."""
    try:
        data_folder().mkdir(parents=True, exist_ok=True)
        handler = _Log(
            data_folder() / "workbench.log", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
        )
    except (OSError, WorkbenchError):
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)


def report(error: BaseException) -> str:
    """Where an unexpected error came from: types, files and lines, never the message (it may hold a customer)."""
    lines = [f"workbench · Python {platform.python_version()} · {platform.system()} {platform.release()}"]
    current: BaseException | None = error
    while current is not None:
        kind = type(current)
        lines.append(f"{kind.__module__}.{kind.__qualname__}")
        lines += [
            f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


class ErrorEdge(QObject):
    """Shows failures over the window in front. The same unexpected failure is shown once a session."""

    def __init__(self) -> None:
        super().__init__()
        #: the window that boxes belong to
        self.over: QWidget | None = None
        #: open boxes: one without a window would be collected with its last reference
        self._open: set[QMessageBox] = set()
        self._shown: set[str] = set()

    def show(self, error: BaseException) -> QMessageBox | None:
        """Show the failure in a box and return the box; None when it was cancelled or was shown before."""
        if isinstance(error, Cancelled):
            return None
        if (foreseen := expected(error)) is not None:
            return self._box(QMessageBox.Icon.Warning, foreseen.message, foreseen.hint)
        text = report(error)
        log.error("unexpected\n%s", text)
        if text in self._shown:
            return None
        self._shown.add(text)
        box = self._box(
            QMessageBox.Icon.Critical,
            _("程序遇到了没有预料到的问题,刚才的操作没有完成。"),
            _("账本保持操作之前的状态。可以复制报告发给维护人员,报告里没有客户信息。"),
        )
        box.setDetailedText(text)
        copy = box.addButton(_("复制报告"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: clipboard.leave(text))
        return box

    def catch_all(self) -> None:
        """Show exceptions that escape from Qt slots on the main thread."""

        def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
            """Python's hook of uncaught exceptions."""
            self.show(error)

        sys.excepthook = hook

    def _box(self, icon: QMessageBox.Icon, text: str, hint: str) -> QMessageBox:
        box = QMessageBox(icon, _("客户工作台"), text, QMessageBox.StandardButton.Ok, self.over)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(hint)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._open.add(box)
        box.finished.connect(lambda _result: self._open.discard(box))
        box.open()
        return box
