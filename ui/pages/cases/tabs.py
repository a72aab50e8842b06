"""`TABS`: the tabs of 投诉亏损 in their order; a new one is a line here."""

from ui.pages.cases.complaints import ComplaintsTab
from ui.pages.cases.losses import LossesTab
from ui.pages.cases.winback import WinBackTab
from ui.tabbed_page import PageTab

TABS: tuple[type[PageTab], ...] = (ComplaintsTab, LossesTab, WinBackTab)
