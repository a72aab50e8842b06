"""`ReferralTab`: what each tab of 转介 has: a name, a title, a hint, one primary action, and how it is read."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from ui.page import Page

if TYPE_CHECKING:
    from workbench.app import Workbench
    from workbench.outreach.referrals.room import Referrals
    from workbench.outreach.referrals.views import ReferralViews


class ReferralTab(QWidget):
    """Base of the tabs, built with the page that holds them. `arrived` once it shows what it read."""

    #: how `place` calls it: `go("referrals", "chains")`
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

    @property
    def room(self) -> "Referrals":
        """The referrals of the book."""
        return self.page.workbench.outreach.referrals

    @property
    def views(self) -> "ReferralViews":
        """What stands over all of them."""
        return self.page.workbench.outreach.referral_views

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
        """Read and show the tab, through `self.page.compute`; `arrived` at the end."""
        raise NotImplementedError

    def place(self, argument: object) -> None:
        """Show what `go("referrals", (name, argument))` asked for."""

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
