"""投诉: the files of complaints by their earliest clock."""

from ui.pages.cases.tab import CaseTab
from workbench.base.i18n import _


class ComplaintsTab(CaseTab):
    """The list at the left, the file under the keyboard at the right."""

    name = "complaints"

    def title(self) -> str:
        """投诉."""
        return _("投诉")

    def hint(self) -> str:
        """What to do here."""
        return _("最早的时限在最前:先看级别,再走下一步,每一步当场写下来。")

    def primary_words(self) -> str:
        """The button that begins a file."""
        return _("登记投诉…")

    def begin_case(self, customer_no: str = "") -> None:
        """Ask what the complaint is about."""

    def reload(self) -> None:
        """Read the list."""
        self.page.read(lambda: None, lambda _nothing: None)
