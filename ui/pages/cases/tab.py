"""`CaseTab`: what each tab of 投诉亏损 has: a name, a title, a hint, one primary action, and how it is read."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from ui.page import Page


class CaseTab(QWidget):
    """Base of the tabs, built with the page that holds them. `opened(customer_no)`: show his portrait."""

    #: how `place` calls it: `go("cases", "losses")`, or `go("cases", ("losses", argument))`
    name = ""
    opened = Signal(str)
    #: it has read: its title and hint say something new
    tab_read = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.dialog: QDialog | None = None

    def title(self) -> str:
        """What stands on the tab, with the number that waits once that is known."""
        raise NotImplementedError

    def hint(self) -> str:
        """The one sentence beside the page's title."""
        raise NotImplementedError

    def primary_words(self) -> str:
        """What the page's primary button says while the tab is in front."""
        raise NotImplementedError

    def begin_case(self, customer_no: str = "") -> None:
        """What the primary button does: open the dialog that begins a file, of a customer where one is named."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read and show what the tab shows, by `self.page.read(job, done)` or `compute` under the usual key "page"; the page
        calls it when the tab comes to the front and when something was written. To end with `self.tab_read.emit()`."""
        raise NotImplementedError

    def place(self, argument: object) -> None:
        """Show what `go("cases", (name, argument))` asked for."""

    def focus_first(self) -> None:
        """Put the keyboard where work starts."""

    def show_dialog(self, dialog: QDialog) -> None:
        """Open a dialog over the window, kept so that it lives."""
        self.dialog = dialog
        dialog.open()
