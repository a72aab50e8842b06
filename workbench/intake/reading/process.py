"""Starts the reading process, watches its memory and progress, and kills it as soon as it is not wanted."""

import marshal
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

import workbench
from workbench.intake.reading.frames import Frame, Trouble, receive
from workbench.rules.parameters import Rules

#: How often the parent looks at the child, seconds.
_LOOK_EVERY = 0.1
#: How long a child may take to end once its frames have ended, seconds.
_LAST_SECONDS = 5.0
#: The signal by which a system without memory ends a process.
_KILL = getattr(signal, "SIGKILL", 9)
#: The module that the reading process runs.
CHILD = "workbench.intake.reading.child"
#: Prefix of the environment variables of the program itself.
_OWN = "WORKBENCH_"


@dataclass(frozen=True, slots=True)
class Limits:
    """The memory (MB) that a reading process may use, and the time (seconds) that it may make no progress."""

    memory_mb: float
    idle_seconds: float

    @classmethod
    def of(cls, rules: Rules) -> "Limits":
        """The limits by the rules in force."""
        return cls(rules.number("intake.reading_memory"), rules.number("intake.reading_idle"))


@dataclass(frozen=True, slots=True)
class Pulse:
    """No frame for a moment: bytes that the child has read since it began (None: the system cannot tell)."""

    bytes_read: int | None


class Died(Exception):
    """The child ended without a frame: a library crashed it, or somebody killed it.

    `begun` False: before it opened the file; `status` as the system tells it, None where it does not.
    """

    def __init__(self, *, begun: bool, status: int | None = None) -> None:
        super().__init__()
        self.begun = begun
        self.status = status

    @property
    def killed(self) -> bool:
        """Whether the system (or a person) ended it by force, as it does when memory runs out."""
        return self.status == -_KILL


def frames(
    path: Path, sheet: str | None, cells_max: int, limits: Limits, *, calamine: bool = True
) -> Iterator[Frame | Pulse]:
    """The frames of a fresh reading process for the file, with pulses between. Closing the iterator kills it.

    `path` is absolute, for the process has a working folder of its own. Raises Trouble (also memory, too_slow) and
    Died.
    """
    child = _started({"path": str(path), "sheet": sheet, "cells_max": cells_max, "calamine": calamine})
    try:
        yield from _watched(child, limits)
    finally:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def _started(wish: dict[str, object]) -> "subprocess.Popen[bytes]":
    root = Path(workbench.__file__).resolve().parents[1]
    # -P: nothing in the folder where a person happens to work may stand in for a module
    try:
        child = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-m", CHILD],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=root,
            env=_environment(root), creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except OSError:
        raise Died(begun=False) from None
    if child.stdin is not None:
        try:
            child.stdin.write(marshal.dumps(wish))
            child.stdin.close()
        except OSError:
            pass  # it died at once; the end of its frames says so
    return child


def _environment(root: Path) -> dict[str, str]:
    """The environment of the reading process, without variables of the workbench: a passphrase may be among them."""
    inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith(_OWN)}
    modules = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    paths = [str(root), *(str(Path(one).absolute()) for one in modules)]
    return {**inherited, "PYTHONPATH": os.pathsep.join(paths)}


def _watched(child: "subprocess.Popen[bytes]", limits: Limits) -> Iterator[Frame | Pulse]:
    bodies: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=_pump, args=(child, bodies), daemon=True).start()
    watch = _Watch(child, limits)
    begun = False
    while True:
        try:
            body = bodies.get(timeout=_LOOK_EVERY)
        except queue.Empty:
            yield Pulse(watch.look())
            continue
        if body is None:
            raise Died(begun=begun, status=_status(child))
        begun = True
        watch.heard()
        frame: Frame = marshal.loads(body)  # noqa: S302  (our own child wrote it)
        del body
        if frame[0] == "trouble":
            raise Trouble(frame[1], **frame[2])
        if frame[0] == "done":
            return
        yield frame


def _status(child: "subprocess.Popen[bytes]") -> int | None:
    """The exit status of a child that said its last."""
    try:
        return child.wait(_LAST_SECONDS)
    except subprocess.TimeoutExpired:
        return None


def _pump(child: "subprocess.Popen[bytes]", bodies: "queue.SimpleQueue[bytes | None]") -> None:
    try:
        while child.stdout is not None and (body := receive(child.stdout)) is not None:
            bodies.put(body)
    except (OSError, ValueError):
        pass  # the pipe was closed: nobody wants to hear more
    bodies.put(None)


class _Watch:
    """Watches memory and progress: frames, and bytes read from the file while calamine parses it."""

    def __init__(self, child: "subprocess.Popen[bytes]", limits: Limits) -> None:
        self._limits = limits
        self._alive = time.monotonic()
        self._looked = 0.0
        self._first: int | None = None
        self._read = 0
        try:
            self._process: psutil.Process | None = psutil.Process(child.pid)
        except psutil.Error:
            self._process = None

    def heard(self) -> None:
        """Note that a frame came. Raises Trouble memory."""
        self._alive = time.monotonic()
        if self._alive - self._looked > _LOOK_EVERY:
            self._memory()

    def look(self) -> int | None:
        """Bytes read since the first look. Raises Trouble memory, too_slow."""
        self._memory()
        read = self._bytes()
        if read is not None and read > self._read:
            self._read = read
            self._alive = time.monotonic()
        idle = time.monotonic() - self._alive
        if idle > self._limits.idle_seconds:
            raise Trouble("too_slow", seconds=round(self._limits.idle_seconds))
        return read

    def _memory(self) -> None:
        self._looked = time.monotonic()
        try:
            used = self._process.memory_info().rss / 1e6 if self._process is not None else 0.0
        except psutil.Error:
            return
        if used > self._limits.memory_mb:
            raise Trouble("memory", limit=round(self._limits.memory_mb))

    def _bytes(self) -> int | None:
        try:
            counters = self._process.io_counters() if self._process is not None else None
        except (psutil.Error, AttributeError, NotImplementedError):
            return None
        if counters is None:
            return None
        # Linux tells what was asked of the system apart from what came from the disk
        read = int(getattr(counters, "read_chars", counters.read_bytes))
        if self._first is None:
            self._first = read
        return read - self._first
