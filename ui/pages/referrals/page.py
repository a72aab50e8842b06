"""转介: whom to ask now, referrals by their clocks, chains of who introduced whom, the funnel, the rewards (domain 7)."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget

from ui.page import Page
from ui.pages.referrals.tab import ReferralTab
from ui.pages.referrals.tabs import TABS
from ui.tasks import Tasks
from ui.widgets.parts import column, flow
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench


class ReferralsPage(Page):
    """Each tab reads when it is in front and the book was written to since; the primary button is that of the tab."""

    name = "referrals"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.say(_("转介"), "")
        self.print_button = self.add_action("", lambda: self.front().print_act(), tip="Ctrl+P")
        self.print_button.setShortcut("Ctrl+P")
        self.add_primary("", lambda: self.front().primary_act())
        self.tabs = QTabWidget()
        self.parts: tuple[ReferralTab, ...] = tuple(kind(self) for kind in TABS)
        self._unread: set[ReferralTab] = set()
        for part in self.parts:
            self.tabs.addTab(flow(column(part)), part.title())
            part.arrived.connect(partial(self.shown, part))
        self.tabs.currentChanged.connect(lambda _at: self._turned())
        self.content = self.stage(
            self.tabs,
            _("还没有客户名单。导入名单后,这里列出谁现在适合开口请他转介,并跟着每一张转介单走到开户。"),
        )
        self._tell()

    def front(self) -> ReferralTab:
        """The tab in front."""
        return self.parts[max(self.tabs.currentIndex(), 0)]

    def tab(self, name: str) -> ReferralTab:
        """A tab by its name. Raises StopIteration for a name that there is not."""
        return next(part for part in self.parts if part.name == name)

    def shown(self, part: ReferralTab) -> None:
        """A tab has read: the content is shown, its title and hint say so."""
        self.content.show_content()
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

    def enable(self, on: bool) -> None:
        """What can be done follows from the tab."""
        super().enable(on)
        if on:
            self._tell()

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
        self.say(_("转介"), part.hint())
        if self.primary is not None:
            self.primary.setText(part.primary_words())
            self.primary.setVisible(bool(part.primary_words()))
        self.print_button.setText(part.print_words())
        self.print_button.setVisible(bool(part.print_words()))
        part.follow()
