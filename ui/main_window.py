"""The window: navigation at the left, the search box on top, one page in the middle; knows pages by name only."""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import delete

from ui import theme
from ui.cover import covering
from ui.dropping import dropped_files, sorted_out
from ui.navigation import Navigation
from ui.page import Page
from ui.palette import SearchBox
from ui.paper_notice import PaperNotice
from ui.promise_notice import PromiseNotice
from ui.pulse import BookPulse
from ui.registry import BY_NAME, PAGES, taken_twice
from ui.steps import Steps
from ui.tasks import Reader, Tasks
from ui.theme import px
from ui.widgets.fitting import FRAME
from ui.widgets.icons import icon
from ui.widgets.notice import Notice
from ui.widgets.parts import button
from ui.window_acts import ActingWindow, entries, window_acts
from ui.zoom import wear
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.pc import PcSettings
from workbench.insight.measures.freshness import freshness
from workbench.insight.summary import BookSummary

if TYPE_CHECKING:
    from workbench.app import Workbench


#: what the window needs: the small screen of a branch at 200 % shows 683 x 344 with its own frame and the task bar
_LEAST = QSize(640, 300)
#: pixels below which the pages at the left are icons alone
_NARROW = 780


class MainWindow(ActingWindow):
    """One open book. `lock_requested`, `rebuild_requested` and `closing` are for the program around it."""

    rebuild_requested = Signal()
    #: another book is to be opened, by its path
    book_requested = Signal(object)
    restore_requested = Signal(object)
    closing = Signal()

    def __init__(self, workbench: "Workbench", tasks: Tasks, pc: PcSettings, steps: Steps) -> None:
        super().__init__()
        theme.dress(self)
        self.workbench = workbench
        self.tasks = tasks
        self.pc = pc
        self.steps = steps
        self.current = ""
        self._done = False
        self._dressed = False
        self._trail: list[tuple[str, object]] = []
        self.setWindowTitle(_("客户工作台") + f" · {workbench.title}")
        self.pages: dict[str, Page] = {}
        self.stack = QStackedWidget()
        self.navigation = Navigation(workbench.title)
        self.navigation.page_requested.connect(self.open_page)
        self.notice = Notice(self, steps)
        self.promises = PromiseNotice(self, workbench, tasks, pc)
        self.promises.counted.connect(lambda count: self.navigation.tell_count("today", count))
        self.promises.due.connect(lambda words: self.notice.tell(Change.nothing(), words))
        self.papers = PaperNotice(self, workbench, tasks)
        self.papers.counted.connect(lambda count: self.navigation.tell_count("trust", count))
        self.papers.due.connect(lambda words: self.notice.tell(Change.nothing(), words))
        self.search = SearchBox(workbench, tasks, self)
        self._acts = window_acts(self)
        self.search.entries = entries(self, self._acts)
        self.search.person.connect(lambda number: self.open_page("portrait", number))
        self.search.prospect.connect(lambda key: self.open_page("journey", f"prospects:{key}"))
        self.pulse = BookPulse(workbench, tasks, self)
        self.pulse.summed.connect(self._show_summary)
        self.pulse.lit.connect(self._show_lights)
        self.pulse.rested.connect(self.promises.look)
        self.pulse.rested.connect(self.papers.look)
        self._assemble()
        self._place()
        self._keys()
        self.setAcceptDrops(True)
        tasks.changed.connect(self.tables_written)
        tasks.wrote.connect(self.notice.tell)
        tasks.ask_approval = self._ask_approval
        self.pulse.read()

    def _ask_approval(
        self, error: WorkbenchError, again: Callable[[], object], refuse: Callable[[], object]
    ) -> None:
        """More rows than may leave without a supervisor: ask for the confirmation, then do the job again."""
        from ui.widgets.approval import ApprovalDialog

        # the door of a lock is modal too: what it hides is asked once it is open again
        over = self if covering() else QApplication.activeModalWidget() or self
        dialog = ApprovalDialog(self.workbench, self.tasks, error.message, over)
        dialog.accepted.connect(again)
        dialog.rejected.connect(refuse)
        dialog.open()

    # -- building ------------------------------------------------------------------------------------------

    def _assemble(self) -> None:
        top = self._top = QFrame()
        top.setProperty("role", "top")
        top.setFixedHeight(46)
        line = QHBoxLayout(top)
        line.setContentsMargins(20, 0, 20, 0)
        self.search.setMinimumWidth(200)
        self.search.setMaximumWidth(420)
        self.touch_button = button(_("记一次联系"), self.log_touch, tip="Ctrl+N")
        self.lock_button = button(_("锁定"), self.lock_requested.emit, tip="Ctrl+L")
        line.addWidget(self.search, 1)
        line.addStretch()
        line.addWidget(self.touch_button)
        line.addWidget(self.lock_button)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(top)
        right.addWidget(self.stack, 1)
        centre = QWidget()
        centre.setProperty("role", "ground")
        whole = QHBoxLayout(centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.navigation)
        whole.addLayout(right, 1)
        self.setCentralWidget(centre)

    def _keys(self) -> None:
        acts = [(act.shortcut, act.act) for act in self._acts if act.shortcut]
        acts += [(keys, partial(self.open_page, entry.name)) for entry in PAGES for keys in entry.shortcuts]
        if twice := taken_twice(keys for keys, _act in acts):
            raise ValueError(f"shortcuts given to two things: {sorted(twice)}")
        for keys, act in acts:
            made = QAction(self)
            made.setShortcut(QKeySequence(keys))
            made.triggered.connect(lambda _checked=False, act=act: act())
            self.addAction(made)

    def _place(self) -> None:
        # explicit: what a page would like to have must not keep the window from fitting the screen
        self.setMinimumSize(_LEAST)
        screen = (
            QGuiApplication.primaryScreen().availableGeometry()
        )  # where a window without a place of its own goes
        kept = self.pc.window if len(self.pc.window) == 4 else [screen.x(), screen.y(), 1366, 768]
        left, top, width, height = kept
        self.resize(QSize(width, height).boundedTo(screen.size() - FRAME))
        if screen.contains(left, top) and self.pc.window:
            self.move(left, top)

    def _draw_icons(self) -> None:
        """Draw the icons once the first page is shown: loading the icon font would delay it."""
        if self._dressed:
            return
        self._dressed = True
        self.navigation.draw_icons()
        pairs: tuple[tuple[QPushButton, str], ...] = (
            (self.touch_button, "touch"),
            (self.lock_button, "lock"),
        )
        for made, name in pairs:
            made.setIcon(icon(name))

    def _build(self, name: str) -> Page:
        entry = BY_NAME[name]
        build = getattr(import_module(entry.module), entry.kind)
        page = build(self.workbench, self.tasks, *((self.pc,) if entry.of_pc else ()))
        page.restore_requested.connect(self.restore_requested)
        if not entry.of_pc:
            return cast("Page", page)
        page.rebuild_requested.connect(self.rebuild_requested)
        page.book_requested.connect(self.book_requested)
        page.zoom_requested.connect(self.zoom_requested)
        return cast("Page", page)

    # -- moving about --------------------------------------------------------------------------------------

    def open_page(self, name: str, argument: object = None) -> Page:
        """Show a page; `argument` is what to show on it (a customer number, a light, a file)."""
        page = self.pages.get(name)
        if page is None:
            page = self._build(name)
            page.go.connect(self._go)
            self.pages[name] = page
            self.stack.addWidget(page)
        self._trail.append((name, argument))
        del self._trail[:-50]
        self.current = name
        self.navigation.mark(name)
        if argument is not None:
            page.place(argument)
        self.stack.setCurrentWidget(page)
        wear(page)
        if not page.ready:
            page.setFocus()  # while it reads; once it has its work, the keyboard goes there
        page.begin()
        return page

    def back(self) -> None:
        """To the page before."""
        if len(self._trail) > 1:
            self._trail.pop()
            self.open_page(*self._trail.pop())

    def _go(self, name: str, argument: object) -> None:
        if name == "back":
            self.back()
        elif name == "touch":
            self.log_touch(str(argument) if argument else None)
        elif name == "to_plan":
            self.put_on_plan(str(argument) if argument else None)
        else:
            self.open_page(name, argument)

    def in_sight(self) -> list[QWidget]:
        """What of the window is seen; pages behind follow a new zoom when they are opened."""
        page = self.pages.get(self.current)
        return [self.navigation, self._top, self.notice, *((page,) if page is not None else ())]

    def refresh_page(self) -> None:
        """Read the page in front again."""
        self.pages[self.current].refresh()

    # -- what changed --------------------------------------------------------------------------------------

    def tables_written(self, tables: frozenset[str], shown_by: Reader | None = None) -> None:
        """The book was written to: pages that read one of `tables` read again, hidden ones when they are shown."""
        for page in self.pages.values():
            page.tables_written(tables, shown_by)
        self.pulse.tables_written(tables)
        if "promises" in tables:
            self.promises.look()

    def _show_summary(self, summary: BookSummary) -> None:
        self.navigation.tell_date(freshness(summary.as_of, self.workbench.rules))
        self.navigation.tell_count("customers", summary.customers)

    def _show_lights(self, count: int) -> None:
        self.navigation.tell_count("warnings", count)
        self._draw_icons()

    def log_touch(self, customer_no: str | None = None) -> None:
        """Log a contact from anywhere; without a number with the customer under the keyboard."""
        from ui.widgets.contact.dialog import TouchDialog

        selected = self.pages[self.current].selected() if self.current else None
        go_on = None
        if selected is not None and customer_no in (None, selected.customer_no):
            customer_no, go_on = selected.customer_no, selected.go_on
        dialog = TouchDialog(self.workbench, self.tasks, customer_no, self, go_on)
        dialog.open()

    def put_on_plan(self, customer_no: str | None = None) -> None:
        """Put a customer on the week's plan; without a number the one under the keyboard, or one who is asked for."""
        from ui.widgets.to_plan import ask_to_plan

        selected = self.pages[self.current].selected() if self.current and customer_no is None else None
        ask_to_plan(self.workbench, self.tasks, selected.customer_no if selected else customer_no, self)

    # -- leaving -------------------------------------------------------------------------------------------

    def place_on_screen(self) -> list[int]:
        """x, y, width and height in pixels, as the settings of this PC keep them."""
        return [self.x(), self.y(), self.width(), self.height()]

    def done(self) -> None:
        """Close without asking: another window takes over, or the book is locked."""
        if (focused := self.focusWidget()) is not None:
            focused.clearFocus()  # a field stores what is typed when it is left
        for page in self.pages.values():
            page.keep_open()
        self._done = True
        self.close()
        self.tasks.ask_approval = None
        shown = self.pages.pop(self.current, None)
        for page in self.pages.values():
            delete(page)  # at once, except the page in front: the request may come from it
        self.pages = {self.current: shown} if shown is not None else {}
        self.deleteLater()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the files that were dropped."""
        if paths := dropped_files(event):
            event.acceptProposedAction()
            self.take_files(paths)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Lists go to the import, pictures of our sheets to the results; of both together the lists."""
        tables, pictures = sorted_out(paths)
        # not with the page: going back must not read them again
        if tables:
            self.open_page("imports").place(tables)
        elif pictures:
            self.open_page("results").place(pictures)
        if tables and pictures:
            words = _("照片和扫描件没有读:请先写完名单,再把 {n} 个照片文件拖进来。")
            self.notice.tell(Change.nothing(), words.format(n=len(pictures)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the program when the person closes the window; not when the program closes it."""
        super().closeEvent(event)
        if not self._done:
            self._done = True
            self.closing.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the page in a narrow window; move the notice to the new bottom of the window."""
        super().resizeEvent(event)
        self.make_room()
        self.notice.settle()

    def make_room(self) -> None:
        """Icons alone at the left where the window is narrow for the zoom in force."""
        self.navigation.slim(self.width() < px(_NARROW))
