"""`TABS`: the tabs of 登记簿 in their order; a new one is a line here."""

from ui.pages.trust.backups_tab import BackupsTab
from ui.pages.trust.keys_tab import KeysTab
from ui.pages.trust.personal_tab import PersonalTab
from ui.pages.trust.register_tab import RegisterTab
from ui.pages.trust.tab import TrustTab

TABS: tuple[type[TrustTab], ...] = (RegisterTab, BackupsTab, KeysTab, PersonalTab)
