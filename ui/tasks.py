"""Work away from the window: one thread owns the book, a second pool parses files and draws; results come back to
the main thread, and a write tells every page what changed."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeGuard, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from db.footprint import footprint, rests_on
from workbench.base.change import Cancelled, Change, Progress
from workbench.base.errors import WorkbenchError

T = TypeVar("T")
Where = Literal["book", "files"]
#: seconds between two reports of one job's progress
_BEAT = 0.05


class Reader:
    """Something on the screen that shows what it read: a page, the window.

    `Tasks` notes the tables read by every job done for it or for a part of it.
    """

    reads: frozenset[str] = frozenset()

    def touched_by(self, tables: frozenset[str]) -> bool:
        """Whether what is shown may differ after these tables were written."""
        return not tables.isdisjoint(rests_on(self.reads))


class Task:
    """One job under way. `cancel()` asks it to stop at its next report of progress."""

    def __init__(self) -> None:
        #: the tables of the book that it has written
        self.written: frozenset[str] = frozenset()
        #: the reader whose own read this is: it shows already what the job wrote on the way
        self.shown_by: Reader | None = None
        self.stop = threading.Event()
        self.key: object = None
        self.long = False
        #: whether it only shows something: it is broken off when the book is closed
        self.passing = False
        #: whether it is a write: it is finished even when the book is closed meanwhile
        self.write = False
        #: what came of it, until it is delivered
        self.result: object = None
        self.error: BaseException | None = None

    def cancel(self) -> None:
        """Ask the job to stop; it does at its next report of progress, or is not begun."""
        self.stop.set()


@dataclass(frozen=True, slots=True)
class _Order(Generic[T]):
    """A job for a worker, with what follows it on the main thread."""

    job: Callable[[Task], T]
    done: Callable[[T], object] | None
    failed: Callable[[Exception], object] | None
    #: nothing is delivered once it is gone
    owner: QObject | None
    where: Where = "book"
    key: object = None
    long: bool = False
    write: bool = False
    passing: bool = False


class Tasks(QObject):
    """The runner that pages are built with.

    `changed(tables, shown_by)` after anything was written to the book, `wrote(change, words)` after a write that a person
    may undo, `failed(error)` for what no page took care of.

    Jobs refer to pages and dialogs. A worker that let go of one last would destroy it on its own thread, while the window
    draws; so orders and outcomes are held and dropped on the main thread, and a worker has done with them when it tells.
    """

    changed = Signal(object, object)
    wrote = Signal(object, str)
    failed = Signal(object)
    #: progress of the long job on the book: a share 0..1 and what is being done
    progressed = Signal(float, str)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {
            "book": ThreadPoolExecutor(1, thread_name_prefix="book"),
            "files": ThreadPoolExecutor(2, thread_name_prefix="files"),
        }
        self._running: set[Task] = set()
        self._orders: dict[Task, _Order[Any]] = {}
        self._latest: dict[object, Task] = {}
        self._futures: dict[Future[Any], Task] = {}
        self._epoch = 0
        self._closed = False
        self._noting = threading.Lock()
        #: the job that the book's thread does, changed under the lock
        self._now: Task | None = None
        self._turn = threading.Lock()
        #: lets what is being read from the book fail
        self.stop_reading: Callable[[], object] = no_reading
        #: asks for a supervisor's confirmation (error, do the job again, give it up); None: the job fails
        self.ask_approval: (
            Callable[[WorkbenchError, Callable[[], object], Callable[[], object]], object] | None
        ) = None
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything is under way or not yet delivered."""
        return bool(self._running)

    @property
    def long_running(self) -> bool:
        """Whether a job with a progress bar is under way."""
        return any(task.long for task in self._running)

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], object] | None = None,
        *,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        where: Where = "book",
        key: object = None,
        passing: bool = False,
    ) -> Task:
        """Do `job` in the background, then `done(result)` on the main thread.

        Of jobs with the same `key` only the last one is worth doing. Nothing is delivered once `owner` is gone. A `passing`
        one only shows something: closing the book does not wait for it.
        """
        return self._start(
            _Order(lambda _task: job(), done, failed, owner, where, key, passing=passing or key is not None)
        )

    def follow(
        self,
        job: Callable[[Progress], T],
        progress: Callable[[float, str], object],
        done: Callable[[T], object] | None = None,
        *,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        where: Where = "book",
        key: object = None,
        passing: bool = False,
    ) -> Task:
        """A long job: `progress(share, words)` on the main thread; a cancelled one fails with `Cancelled`."""

        def tell(share: float, words: str) -> None:
            """On the main thread: report to the caller, and to pages that wait behind a job on the book."""
            progress(share, words)
            if where == "book":
                self.progressed.emit(share, words)

        epoch = self._epoch

        def followed(task: Task) -> T:
            last = 0.0

            def report(share: float, words: str) -> None:
                """On the worker: stop here when cancelled, else pass progress on at most every 50 ms."""
                nonlocal last
                if task.stop.is_set():
                    raise Cancelled
                now = time.monotonic()
                if now - last >= _BEAT:
                    last = now
                    self._arrived.emit((epoch, task, lambda: tell(share, words)))

            return job(report)

        return self._start(_Order(followed, done, failed, owner, where, key, long=True, passing=passing))

    def write(
        self,
        job: Callable[[], Change],
        done: Callable[[Change], object] | None = None,
        *,
        words: str | Callable[[], str] = "",
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Run a write, call `done`, then announce what was written.

        `words` say what happened, beside the undo; a function is called for them after `done`.
        """

        def work(task: Task) -> Change:
            change = job()
            task.written |= change.tables
            return change

        def finished(change: Change) -> None:
            """Call `done` if its owner still exists, then announce the change."""
            if done is not None and (owner is None or isValid(owner)):
                done(change)
            if words:
                self.wrote.emit(change, words if isinstance(words, str) else words())

        def refused(error: Exception) -> None:
            """Tell who asked for the write; when that is gone, everybody: it must not pass for written."""
            if failed is None or (owner is not None and not isValid(owner)):
                self.failed.emit(error)
            else:
                failed(error)

        order = _Order(work, finished, refused if failed is not None else None, self, write=True)
        return self._start(order)

    def announce(self, tables: frozenset[str], shown_by: Reader | None = None) -> None:
        """Tell every page what was written; `shown_by` shows it already."""
        self.changed.emit(tables, shown_by)

    def drain(self) -> None:
        """Cancel reads and wait for writes. Results are dropped, except the error of a refused write."""
        futures = tuple(self._futures.items())
        for future, task in futures:
            if not task.write:
                task.cancel()
                future.cancel()
        waiting = {future for future, _task in futures}
        while waiting:
            with self._turn:  # no write begins meanwhile
                if self._now is not None and self._now.passing:
                    self.stop_reading()
            waiting = wait(waiting, timeout=_BEAT).not_done
        for _future, task in futures:
            if task.write and task.error is not None:
                self.failed.emit(task.error)
            task.result = task.error = None
        self._running.clear()
        self._orders.clear()
        self._latest.clear()
        self._epoch += 1

    def close(self) -> None:
        """Drain and end the threads; a job started later (by a timer still running) is not begun."""
        self._closed = True
        self.drain()
        for pool in self._pools.values():
            pool.shutdown(wait=True)

    def _start(self, order: "_Order[T]") -> Task:
        task = Task()
        task.key, task.long, task.write, task.passing = order.key, order.long, order.write, order.passing
        if self._closed:
            task.cancel()
            return task
        self._running.add(task)
        self._orders[task] = order
        if task.key is not None:
            self._latest[task.key] = task
        reader = _reader(order.owner)
        epoch = self._epoch

        def ended(future: "Future[None]") -> None:
            """On the worker: hand the outcome over to the main thread."""
            self._futures.pop(future, None)
            if not future.cancelled():
                self._arrived.emit((epoch, task, None))

        future = self._pools[order.where].submit(self._work, task, reader)
        self._futures[future] = task
        future.add_done_callback(ended)
        return task

    def _work(self, task: Task, reader: Reader | None) -> None:
        """On the worker: do the job unless it is cancelled or superseded, noting the tables it reads and writes."""
        order = self._orders.get(task)
        if order is not None and order.where == "book":
            with self._turn:
                self._now = task
        try:
            if order is None or task.stop.is_set() or self._superseded(task):
                raise Cancelled
            with footprint() as trace:
                try:
                    task.result = order.job(task)
                finally:
                    task.written |= trace.written
                    if reader is not None:
                        with self._noting:
                            reader.reads |= trace.read
        except BaseException as error:  # noqa: BLE001  (raised again, so to say, on the main thread)
            task.error = error
        finally:
            with self._turn:
                if self._now is task:
                    self._now = None

    def _superseded(self, task: Task) -> bool:
        """Whether a newer job with the same key has been started."""
        return task.key is not None and self._latest.get(task.key) is not task

    def _finish(self, task: Task, order: "_Order[Any]") -> None:
        error = task.error
        if error is None:
            if order.done is not None and not self._superseded(task):
                order.done(task.result)
        elif isinstance(error, Cancelled) and (task.key is not None or order.failed is None):
            return
        elif self.ask_approval is not None and _wants_approval(error):
            self.ask_approval(error, lambda: self._start(order), lambda: self._refused(error, order))
        elif order.failed is not None and isinstance(error, Exception):
            order.failed(error)
        else:
            self.failed.emit(error)

    def _refused(self, error: Exception, order: "_Order[T]") -> None:
        if order.owner is not None and not isValid(order.owner):
            return
        if order.failed is not None:
            order.failed(error)
        else:
            self.failed.emit(error)

    def _deliver(self, parcel: tuple[int, Task, Callable[[], object] | None]) -> None:
        """Report progress, or what came of a job: then it is over."""
        epoch, task, report = parcel
        order = self._orders.get(task) if epoch == self._epoch else None
        if order is None:
            return
        wanted = order.owner is None or isValid(order.owner)
        if report is not None:
            if wanted:
                report()
            return
        self._running.discard(task)
        del self._orders[task]
        try:
            if wanted:
                self._finish(task, order)
        finally:
            task.result = task.error = None
        if task.written:
            self.announce(task.written, task.shown_by)
        if task.key is not None and self._latest.get(task.key) is task:
            del self._latest[task.key]


def no_reading() -> None:
    """Stop what is read from a book while none is open: nothing."""


def _wants_approval(error: BaseException) -> TypeGuard[WorkbenchError]:
    return isinstance(error, WorkbenchError) and error.code == "needs_approval"


def _reader(owner: QObject | None) -> Reader | None:
    """The page or window in which the owner of a job stands; None in a dialog, which is closed rather than renewed."""
    while owner is not None and not isinstance(owner, Reader):
        if isinstance(owner, QDialog):
            return None
        owner = owner.parent()
    return owner
