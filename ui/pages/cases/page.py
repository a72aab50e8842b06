"""投诉亏损: complaints by their clocks, first aid for losses, customers to be won back (domain 4.9, 8.6, 9)."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget

from ui.page import Page
from ui.pages.cases.tab import CaseTab
from ui.pages.cases.tabs import TABS
from ui.tasks import Tasks
from ui.widgets.parts import column, flow
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench


class CasesPage(Page):
    """Each tab reads when it is in front and the book was written to since; the primary button is that of the tab."""

    name = "cases"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.say(_("投诉亏损"), "")
        self.add_primary("", lambda: self.front().begin_case())
        self.tabs = QTabWidget()
        self.parts: tuple[CaseTab, ...] = tuple(kind(self) for kind in TABS)
        self._unread: set[CaseTab] = set()
        for part in self.parts:
            self.tabs.addTab(flow(column(part)), part.title())
            part.opened.connect(lambda number: self.go.emit("portrait", number))
            part.tab_read.connect(partial(self.follow, part))
        self.tabs.currentChanged.connect(lambda _at: self._turned())
        self.content = self.stage(
            self.tabs, _("还没有客户名单。导入名单后,这里登记投诉、亏损急救和赢回,并按时限排好先后。")
        )
        self._tell()

    def front(self) -> CaseTab:
        """The tab in front."""
        return self.parts[max(self.tabs.currentIndex(), 0)]

    def tab(self, name: str) -> CaseTab:
        """A tab by its name. Raises StopIteration for a name that there is not."""
        return next(part for part in self.parts if part.name == name)

    def follow(self, part: CaseTab) -> None:
        """A tab has read: its title and hint say so."""
        self.tabs.setTabText(self.parts.index(part), part.title())
        if part is self.front():
            self._tell()

    def reload(self) -> None:
        """Read the tab in front; the others when they come to the front."""
        self._unread = set(self.parts)
        self._read_front()

    def place(self, argument: object) -> None:
        """Show a tab by its name, or what (name, argument) asks for in it."""
        name, inner = argument if isinstance(argument, tuple) else (argument, None)
        part = next((one for one in self.parts if one.name == name), None)
        if part is not None:
            self.tabs.setCurrentIndex(self.parts.index(part))
            if inner is not None:
                part.place(inner)

    def focus_first(self) -> None:
        """Where the work of the tab starts."""
        self.front().focus_first()

    def _turned(self) -> None:
        self._tell()
        self._read_front()

    def _read_front(self) -> None:
        part = self.front()
        if part in self._unread and self.isVisible():
            self._unread.discard(part)
            part.reload()

    def _tell(self) -> None:
        part = self.front()
        self.say(_("投诉亏损"), part.hint())
        if self.primary is not None:
            self.primary.setText(part.primary_words())
