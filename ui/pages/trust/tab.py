"""`TrustTab`: a tab of 登记簿."""

from typing import TYPE_CHECKING

from ui.tabbed_page import PageTab

if TYPE_CHECKING:
    from workbench.trust.ledger import Ledger


class TrustTab(PageTab):
    """Base of the tabs."""

    @property
    def ledger(self) -> "Ledger":
        """The register, read."""
        return self.workbench.ledger
