"""`TABS`: the tabs of 投诉亏损 in their order; a new one is a line here."""

from ui.pages.cases.complaints import ComplaintsTab
from ui.pages.cases.losses import LossesTab
from ui.pages.cases.tab import CaseTab
from ui.pages.cases.winback import WinBackTab

TABS: tuple[type[CaseTab], ...] = (ComplaintsTab, LossesTab, WinBackTab)
