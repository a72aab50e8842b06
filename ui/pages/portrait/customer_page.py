"""What the parts of the portrait share: the customer, whether names are unmasked, and the ways to cells and reasons."""

from typing import TYPE_CHECKING

from ui.page import Page
from ui.pages.portrait.figures import FigureTrail
from ui.selected import Selected
from ui.tasks import Tasks
from ui.widgets.preview import PreviewDialog
from ui.widgets.sources import Sources
from workbench.insight.portrait.portrait import Portrait

if TYPE_CHECKING:
    from workbench.app import Workbench


class CustomerPage(Page):
    """A page about one customer; `portrait` is None until it is read."""

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.customer_no = ""
        self.portrait: Portrait | None = None
        self.unmasked = False
        self.sources = Sources(workbench, tasks, self)
        self.trail = FigureTrail(workbench, tasks, self)

    def print_pots(self) -> None:
        """Preview the four pots of the customer: one masked A4 page, made anew."""
        number = self.customer_no
        if not number:
            return
        workbench = self.workbench
        self.trail.dialog = PreviewDialog(
            workbench, self.tasks, lambda: workbench.sheets.allocation_pdf(workbench.insight.allocation.of(number)), parent=self
        )  # fmt: skip
        self.trail.dialog.open()

    def selected(self) -> Selected | None:
        """The customer that the page is about; the keyboard stays."""
        return Selected(self.customer_no, self.setFocus) if self.customer_no else None

    def refused(self, error: Exception) -> None:
        """Show a refused write in the banner; the page stays."""
        Page.failed(self, error)
