"""What every page has: a title, one sentence that says what to do, content, one primary action; reload when behind."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.parts import EmptyState, button, label, row
from ui.tasks import Tasks
from workbench.change import Cancelled
from workbench.errors import WorkbenchError
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench

T = TypeVar("T")


class Page(QWidget):
    """Base of the pages: built with `(workbench, tasks)`, holds ids and frozen values only.

    A page asks to be left through `go(page, argument)`; it never knows another page.
    """

    go = Signal(str, object)
    #: the topics of a Change this page shows
    topics: ClassVar[frozenset[str]] = frozenset()
    name: ClassVar[str] = ""

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__()
        self.workbench = workbench
        self.tasks = tasks
        self.behind = True
        #: whether the page shows what it read at least once
        self.ready = False
        self.title = label("", "title")
        self.hint = label("", "hint", wrap=True)
        self.primary: QPushButton | None = None
        self.banner = label("", "alarm", wrap=True)
        self.banner.hide()
        self._head = row(self.title, 8, self.hint)
        self._head.setStretch(2, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(20, 14, 20, 14)
        self._layout.setSpacing(10)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self.banner)

    def say(self, title: str, hint: str) -> None:
        """Title and the one sentence."""
        self.title.setText(title)
        self.hint.setText(hint)

    def nothing_yet(self, words: str) -> EmptyState:
        """What the page shows before the first import, with the way there."""
        return EmptyState(words, _("去导入名单"), lambda: self.go.emit("imports", None))

    def add_primary(self, text: str, act: Callable[[], object]) -> QPushButton:
        self.primary = button(text, act, "primary")
        self._head.addWidget(self.primary)
        return self.primary

    def add_action(self, text: str, act: Callable[[], object], tip: str = "") -> QPushButton:
        """A lesser action, left of the primary one."""
        made = button(text, act, tip=tip)
        at = self._head.count() - (1 if self.primary else 0)
        self._head.insertWidget(at, made)
        return made

    def put(self, widget: QWidget, stretch: int = 1) -> None:
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

    def told(self, topics: frozenset[str]) -> None:
        """A write was announced."""
        if topics & self.topics:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.behind:
            self.refresh()

    def read(self, job: Callable[[], T], done: Callable[[T], object], key: str = "page") -> None:
        """Run a read for this page; an expected failure stands in the banner."""

        def shown(found: T) -> None:
            done(found)
            self.ready = True

        self.tasks.run(job, shown, failed=self.failed, owner=self, key=(self, key))

    def failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        if isinstance(error, WorkbenchError):
            self.banner.setText(error.sentence())
            self.banner.show()
            return
        self.tasks.failed.emit(error)

    def escape(self) -> None:
        """Esc: to where the person came from."""
        self.go.emit("back", None)

    def keep_open(self) -> None:
        """Store what is still being written: the window is about to go."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
            return
        super().keyPressEvent(event)

    def place(self, argument: object) -> None:
        """Show what `go(page, argument)` asked for."""

    def focus_first(self) -> None:
        """Put the keyboard where work starts."""
        if self.primary is not None:
            self.primary.setFocus()
