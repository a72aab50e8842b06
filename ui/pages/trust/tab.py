"""`TrustTab`: a tab of 登记簿."""

from ui.tabbed_page import PageTab


class TrustTab(PageTab):
    """Base of the tabs."""
