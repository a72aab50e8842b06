"""A page of tabs: each is read when it is in front and the book was written to since; title, hint and buttons are those of the
tab in front."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QTabWidget, QWidget

from ui.page import Page
from ui.tasks import Tasks
from ui.widgets.parts import column, flow

if TYPE_CHECKING:
    from workbench.app import Workbench


class PageTab(QWidget):
    """Base of such tabs, built with the page that holds them. `arrived` once it shows what it read."""

    #: how `place` calls it: `go(PAGE, NAME)`, or `go(PAGE, (NAME, argument))`
    name = ""
    arrived = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.dialog: QDialog | None = None

    @property
    def workbench(self) -> "Workbench":
        """The open book's rooms."""
        return self.page.workbench

    def title(self) -> str:
        """What stands on the tab, with the number that waits once that is known."""
        raise NotImplementedError

    def hint(self) -> str:
        """The one sentence beside the page's title."""
        raise NotImplementedError

    def primary_words(self) -> str:
        """What the page's primary button says while the tab is in front; '' where there is nothing to begin."""
        return ""

    def primary_act(self) -> None:
        """What the primary button does."""

    def print_words(self) -> str:
        """What the button for paper says; '' where the tab has none."""
        return ""

    def print_act(self) -> None:
        """Preview the tab's paper."""

    def reload(self) -> None:
        """Read and show the tab, through `self.page.compute` or `read`; `arrived` at the end."""
        raise NotImplementedError

    def place(self, argument: object) -> None:
        """Show what `go(PAGE, (name, argument))` asked for."""

    def focus_first(self) -> None:
        """Put the keyboard where work starts."""

    def follow(self) -> None:
        """Switch the actions by what is under the keyboard."""

    def show_dialog(self, dialog: QDialog) -> None:
        """Open a dialog over the window, kept so that it lives."""
        self.dialog = dialog
        dialog.open()

    def open_customer(self, customer_no: str) -> None:
        """Show a customer's portrait."""
        if customer_no:
            self.page.go.emit("portrait", customer_no)


_Tab = TypeVar("_Tab", bound=PageTab)


class TabbedPage(Page, Generic[_Tab]):
    """`kinds`: the classes of the tabs in their order; `nothing`: what an empty book is told."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        title: str,
        kinds: Sequence[Callable[[Page], _Tab]],
        nothing: str,
    ) -> None:
        super().__init__(workbench, tasks)
        self._title = title
        self.say(title, "")
        self.print_button = self.add_action("", lambda: self.front().print_act(), tip="Ctrl+P")
        self.add_primary("", lambda: self.front().primary_act())
        self.tabs = QTabWidget()
        self.parts: tuple[_Tab, ...] = tuple(kind(self) for kind in kinds)
        self._unread: set[_Tab] = set()
        for part in self.parts:
            self.tabs.addTab(flow(column(part)), part.title())
            part.arrived.connect(partial(self._arrived, part))
        self.tabs.currentChanged.connect(lambda _at: self._turned())
        self.content = self.stage(self.tabs, nothing)
        self._tell()

    def front(self) -> _Tab:
        """The tab in front."""
        return self.parts[max(self.tabs.currentIndex(), 0)]

    def tab(self, name: str) -> _Tab:
        """A tab by its name. Raises StopIteration for a name that there is not."""
        return next(part for part in self.parts if part.name == name)

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

    def _arrived(self, part: _Tab) -> None:
        """A tab has read: the content is shown, its title and hint say so."""
        self.content.show_content()
        self.tabs.setTabText(self.parts.index(part), part.title())
        if part is self.front():
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
        self.say(self._title, part.hint())
        if self.primary is not None:
            self.primary.setText(part.primary_words())
            self.primary.setVisible(bool(part.primary_words()))
        self.print_button.setText(part.print_words())
        self.print_button.setShortcut(
            "Ctrl+P" if part.print_words() else ""
        )  # the words of a button clear its keys
        self.print_button.setVisible(bool(part.print_words()))
        part.follow()
