"""What every page has: a title, one sentence that says what to do, content, one primary action; reload when behind."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.copying import Copying
from ui.row_acts import acts_for
from ui.selected import Selected, selected_below
from ui.tasks import Reader, Task, Tasks
from ui.theme import dress
from ui.widgets.head import Head
from ui.widgets.parts import EmptyState, button, column, flow, label, tells_nothing
from ui.widgets.stage import LEAST, PageStage
from ui.widgets.table_menu import RowAct
from ui.widgets.table_model import TableModel
from ui.widgets.table_same import number_of
from workbench.base.change import Cancelled, Progress
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench

T = TypeVar("T")
#: keys of the reads that fill the content of a page: its own, and the rows of its list
_MAIN = ("page", "rows")
#: milliseconds a page may read again before it says that what it shows is being renewed
_PATIENCE = 400


class Page(QWidget, Reader, Copying):
    """Base of the pages: built with `(workbench, tasks)`, holds ids and frozen values only.

    A page asks to be left through `go(page, argument)`; it never knows another page.
    """

    go = Signal(str, object)
    #: a backup that is to take the place of the open book: a `ui.safety.RestoreOrder`
    restore_requested = Signal(object)

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__()
        dress(self)
        self.workbench = workbench
        self.tasks = tasks
        self.behind = True
        #: whether the page shows what it read at least once
        self.ready = False
        self.title = label("", "title")
        self.hint = label("", "hint", wrap=True)
        self.primary: QPushButton | None = None
        #: the buttons that are about what the page shows
        self.actions_of_content: list[QPushButton] = []
        self.banner = label("", "alarm", wrap=True)
        self.banner.hide()
        self._stage: PageStage | None = None
        self.waits_for = _("正在读取…")
        #: the reads under way by their key
        self._reads: dict[str, Task | None] = {}
        self._anew = label("", "second", wrap=True)
        self._anew.hide()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE)
        self._late.timeout.connect(self._tell_anew)
        tasks.progressed.connect(self._tell_progress)
        self._head = Head(self.title, self.hint)
        self._layout = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(flow(self._layout))  # on a screen too low for all of it the page scrolls
        self._layout.setContentsMargins(20, 14, 20, 14)
        self._layout.setSpacing(10)
        self._layout.addWidget(self._head)
        self._layout.addWidget(self.banner)
        self._layout.addWidget(self._anew)

    def say(self, title: str, hint: str) -> None:
        """Set the title and the one sentence beside it."""
        self.title.setText(title)
        self.hint.setText(hint)

    def stage(self, content: QWidget, nothing: str, *others: QWidget) -> PageStage:
        """Place the content; the stage shows when it is being read, and `nothing` for a book without customers."""
        empty = EmptyState(nothing, _("去导入名单"), lambda: self.go.emit("imports", None))
        # what needs more room than a small screen has scrolls
        room = content if isinstance(content, QScrollArea) else flow(column(content))
        made = PageStage(room, empty, others, self.refresh)
        made.waiting.cancelled.connect(self._cancel_reads)
        self._stage = made
        self.put(made)
        self.enable(False)
        return made

    def add_primary(self, text: str, act: Callable[[], object]) -> QPushButton:
        """The page's one primary button; enabled with the content."""
        self.primary = button(text, act, "primary")
        self.actions_of_content.append(self.primary)
        self._head.add(self.primary)
        return self.primary

    def add_action(
        self, text: str, act: Callable[[], object], tip: str = "", *, always: bool = False
    ) -> QPushButton:
        """A lesser action, left of the primary one; `always`: enabled also without content."""
        made = button(text, act, tip=tip)
        if not always:
            self.actions_of_content.append(made)
        self._head.add(made, before=self.primary)
        return made

    def put(self, widget: QWidget, stretch: int = 1) -> None:
        """Add a widget below what is there; stretch 0 keeps its own height."""
        if isinstance(widget, QScrollArea):  # it scrolls by itself, under a heading that stays
            widget.setSizePolicy(widget.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Ignored)
            widget.setMinimumHeight(LEAST)
        self._layout.addWidget(widget, stretch)

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read again what the page shows."""

    def refresh(self) -> None:
        """Reload now when visible, otherwise when next shown."""
        self.behind = True
        if self.isVisible():
            self.behind = False
            self.banner.hide()
            self.reload()

    def tables_written(self, tables: frozenset[str], shown_by: Reader | None = None) -> None:
        """Read again if the page shows something that rests on `tables`; not for its own write (`shown_by`)."""
        if shown_by is not self and self.touched_by(tables):
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Read on first showing, and again when tables were written while the page was hidden."""
        super().showEvent(event)
        if self.behind:
            self.refresh()

    def read(self, job: Callable[[], T], done: Callable[[T], object], key: str = "page") -> None:
        """Run a short read; an expected failure stands in the banner.

        A new read with the same key cancels the one before. Keys other than "page" fill parts beside the main content.
        """
        self.compute(lambda _progress: job(), done, key, short=True)

    def compute(
        self,
        job: Callable[[Progress], T],
        done: Callable[[T], object],
        key: str = "page",
        *,
        short: bool = False,
    ) -> None:
        """As `read`, for a `job` that reports its progress and can be cancelled."""
        before = self._reads.get(key)
        if before is not None:
            before.cancel()
        self._reads[key] = None
        task: Task

        def attempt(progress: Progress) -> T:
            """Run the job; where the tag layers are missing, compute them first."""
            try:
                return job(progress)
            except WorkbenchError as error:
                if error.code != "no_layers":
                    raise
            self.workbench.insight.engine.ensure(progress)  # the tag layers are missing or incomplete
            return job(progress)

        def current() -> bool:
            """Whether no newer read with this key has begun."""
            return self._reads.get(key) is task

        def arrived(answer: T) -> None:
            """Fill the page, unless a newer read has begun."""
            if current():
                del self._reads[key]
                waited = key in _MAIN and self._make_room()
                done(answer)
                self.ready = True
                if waited:
                    self._arrive()
                self._settle()

        def failed(error: Exception) -> None:
            """Show the failure, unless a newer read has begun."""
            if current():
                del self._reads[key]
                self.failed(error)
                self._settle()

        if short:
            task = self.tasks.run(lambda: attempt(_unheard), arrived, failed=failed, owner=self, passing=True)
        else:
            task = self.tasks.follow(attempt, self._hear, arrived, failed=failed, owner=self, passing=True)
        task.shown_by = self
        self._reads[key] = task
        if key in _MAIN:
            self._begin()

    def read_rows(
        self, table: TableModel, count: Callable[[], int], fetch: Callable[[int, int], Sequence[object]]
    ) -> None:
        """Fill the page's list in windows; `table.loaded` fires when the first is there."""

        def failed(error: Exception) -> None:
            """End the read and show the failure."""
            self._reads.pop("rows", None)
            self.failed(error)
            self._settle()

        self._reads["rows"] = None
        self._begin()
        table.read(count, fetch, failed=failed)

    def rows_are_there(self) -> None:
        """To be called after `table.loaded`, once the page has decided what to show."""
        self._reads.pop("rows", None)
        self.ready = True
        self._take_keyboard()
        self._settle()

    # -- what is shown meanwhile ---------------------------------------------------------------------------

    @property
    def reading(self) -> bool:
        """Whether the page or its list is being read."""
        return any(key in self._reads for key in _MAIN)

    def wait(self) -> None:
        """Replace the content, which is no longer true, by the sign that it is being read."""
        if self._stage is not None:
            self._stage.show()
            self._stage.show_waiting(self.waits_for)
            if self.window().focusWidget() in self.actions_of_content:
                self.setFocus()  # else Qt hands it to whatever comes next, which Enter would press
            self.enable(False)

    def _begin(self) -> None:
        if self._stage is not None and not (self._stage.holds and self._stage.isVisibleTo(self)):
            self.wait()
        elif not self._late.isActive():
            self._late.start()

    def _make_room(self) -> bool:
        """Show the content before it is filled, so that it knows its width; True when the page was waiting."""
        if self._stage is None or not self._stage.waits or not self._stage.isVisibleTo(self):
            return False
        self._stage.show_content()
        return True

    def _arrive(self) -> None:
        """After the wait: enable the actions and take the keyboard, unless the page found nothing or reads on."""
        if self._stage is None or not self._stage.holds:
            return
        if self.reading:
            self.wait()
            return
        self.enable(True)
        self._take_keyboard()

    def _take_keyboard(self) -> None:
        """Focus the first field if the keyboard is nowhere, or on something that is hidden."""
        focused = self.window().focusWidget()
        if self.isVisible() and (focused in (None, self) or not focused.isVisible()):
            self.begin()

    def begin(self) -> None:
        """Put the keyboard where work starts; where there is nothing to work on, on the first thing that can be pressed."""
        self.focus_first()
        focused = self.window().focusWidget()
        there = focused is not None and focused.isVisible()
        if there or self._stage is None or self._stage.waits or not self.isVisible():
            return
        can = (
            one
            for one in self._stage.findChildren(QWidget)
            if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        )
        next(can, self).setFocus()

    def _settle(self) -> None:
        """After a read: remove the sign that a newer read is under way, unless one is."""
        if self.reading:
            return
        self._late.stop()
        self._anew.hide()

    def _tell_anew(self) -> None:
        if self.reading:
            self._anew.setText(_("正在按最新的数据重新计算,下面还是之前的结果。"))
            self._anew.show()

    def _hear(self, share: float, words: str) -> None:
        """Nothing to do: progress of the page's own work reaches `_tell_progress` like that of any other."""

    def _tell_progress(self, share: float, words: str) -> None:
        """Show how far the work is that the page waits for: its own, or what is queued before it."""
        if not self.reading:
            return
        if self._stage is not None and self._stage.waits:
            self._stage.waiting.tell(share, words)
        elif self._anew.isVisible():
            wording = _("正在按最新的数据重新计算({words},{share}),下面还是之前的结果。")
            self._anew.setText(wording.format(words=words, share=f"{share:.0%}"))

    def _cancel_reads(self) -> None:
        """Stop all reads of this page: the person pressed cancel."""
        for task in self._reads.values():
            if task is not None:
                task.cancel()
        self._reads.clear()
        self._stopped(_("已停止计算,账本没有改动。"))

    def _stopped(self, words: str) -> None:
        if self._stage is not None and not self._stage.holds:
            self._stage.show_stopped(words)
            self.enable(False)

    def show_nothing(self) -> None:
        """Show the empty state."""
        if self._stage is not None:
            self._stage.show()
            self._stage.show_nothing()
            self.enable(False)

    def enable(self, on: bool) -> None:
        """Switch the actions on the content on or off; pages override it where an action depends on more."""
        for made in self.actions_of_content:
            made.setEnabled(on)

    def failed(self, error: Exception) -> None:
        """Show an expected failure in the banner, or the empty state where there are no customers; pass on any other."""
        if isinstance(error, Cancelled):
            self._stopped(_("已停止计算,账本没有改动。"))
        elif self._stage is not None and tells_nothing(error):
            self.show_nothing()
        elif isinstance(error, WorkbenchError):
            self.banner.setText(error.sentence())
            self.banner.show()
            if self._stage is not None and self._stage.waits:
                self._stage.hide()
        else:
            self._stopped(_("没有算出来,账本没有改动。"))
            self.tasks.failed.emit(error)

    def escape(self) -> None:
        """Esc goes back to the page before; pages with something to close override it."""
        self.go.emit("back", None)

    def keep_open(self) -> None:
        """Store what is still being written: the window is about to close."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc calls `escape`."""
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
            return
        super().keyPressEvent(event)

    def place(self, argument: object) -> None:
        """Show what `go(page, argument)` asked for."""

    def selected(self) -> Selected | None:
        """The customer under the keyboard, for what is done about one; None without one."""
        return selected_below(self)

    def row_acts(self, row: object) -> Sequence[RowAct]:
        """What the menu of a row offers about its customer; nothing for a row about nobody."""
        number = number_of(row)
        if number is None:
            return ()
        return acts_for(self.workbench, self.tasks, number, self.go.emit, self)

    def focus_first(self) -> None:
        """Put the keyboard where work starts."""
        if self.primary is not None:
            self.primary.setFocus()


def _unheard(_share: float, _words: str) -> None:
    """Ignore progress: the read is too short to show any."""
