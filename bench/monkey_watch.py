"""What is watched while the monkey plays: faults nobody foresaw, how long the event loop did not answer, memory."""

import logging
import os
import sys
import threading
import time
import traceback
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from ui.errors import log

#: seconds without an answer that a person takes for a freeze
FREEZE = 1.0
#: how many events are told before a fault
_TOLD = 30


@dataclass(slots=True)
class Freeze:
    """A time in which the event loop did not answer: seconds by the wall, seconds of its own work, where it stood."""

    wall: float
    own: float
    event: str
    stack: str


@dataclass(slots=True)
class Memory:
    """What stood after some events: bytes resident, widgets alive."""

    events: int
    resident: int
    widgets: int


def resident() -> int:
    """Bytes of this process in memory; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


class _Kept(logging.Handler):
    def __init__(self, watch: "Watch") -> None:
        super().__init__(logging.ERROR)
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        """An unexpected failure, as the window's error edge wrote it down."""
        self._watch.fault(record.getMessage())


@dataclass
class Watch:
    """Begin it once the application stands; `beat` is called whenever the event loop answers."""

    faults: Counter[str] = field(default_factory=Counter)
    before: dict[str, list[str]] = field(default_factory=dict)
    spoken: Counter[str] = field(default_factory=Counter)
    freezes: list[Freeze] = field(default_factory=list)
    longest: float = 0.0
    #: as `longest`, of the thread's own work: on a PC that others keep busy
    longest_own: float = 0.0
    memory: list[Memory] = field(default_factory=list)
    last: deque[str] = field(default_factory=lambda: deque(maxlen=_TOLD))

    def begin(self) -> None:
        """Listen to the error edge, to Python, to Qt and to the clock."""
        log.addHandler(_Kept(self))
        hook = sys.excepthook

        def escaped(kind: type[BaseException], error: BaseException, trace: object) -> None:
            self.fault("".join(traceback.format_exception(error)))
            hook(kind, error, trace)  # type: ignore[arg-type]

        sys.excepthook = escaped
        sys.unraisablehook = lambda told: self.fault(
            f"unraisable: {told.exc_value!r} in {told.object!r} "
            + "".join(traceback.format_tb(told.exc_traceback))
        )
        threading.excepthook = lambda told: self.fault(f"in a thread: {told.exc_value!r}")
        qInstallMessageHandler(self._spoken)
        self._main = threading.get_ident()
        self._at, self._own, self._stack = time.monotonic(), time.thread_time(), ""
        self._ended = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def end(self) -> None:
        """Look no longer."""
        self._ended.set()
        qInstallMessageHandler(None)

    def fault(self, text: str) -> None:
        """Note a fault, and with the first of its kind the events before it."""
        self.faults[text] += 1
        self.before.setdefault(text, list(self.last))

    def beat(self) -> None:
        """The event loop answers."""
        now, own = time.monotonic(), time.thread_time()
        silent = now - self._at
        self.longest = max(self.longest, silent)
        self.longest_own = max(self.longest_own, own - self._own)
        if silent > FREEZE:
            self.freezes.append(
                Freeze(silent, own - self._own, self.last[-1] if self.last else "", self._stack)
            )
        self._at, self._own, self._stack = now, own, ""

    def weigh(self, events: int, widgets: int) -> None:
        """Note the memory after some events."""
        self.memory.append(Memory(events, resident(), widgets))

    def _look(self) -> None:
        """In a thread: where the window's thread, and the worker of the book, stand while it does not answer."""
        while not self._ended.wait(0.1):
            if time.monotonic() - self._at > FREEZE * 0.6 and not self._stack:
                frames = sys._current_frames()
                if self._main in frames:
                    self._stack = "".join(traceback.format_stack(frames[self._main])[-14:])
                    self._stack += "".join(
                        f"{one.name}\n" + "".join(traceback.format_stack(frames[one.ident])[-14:])
                        for one in threading.enumerate()
                        if one.ident in frames and one.name.startswith("book")
                    )

    def _spoken(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind in {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}:
            self.spoken[text] += 1
