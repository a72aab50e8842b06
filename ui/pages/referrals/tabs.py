"""`TABS`: the tabs of 转介 in their order; a new one is a line here."""

from ui.pages.referrals.chains_tab import ChainsTab
from ui.pages.referrals.funnel_tab import FunnelTab
from ui.pages.referrals.moments_tab import MomentsTab
from ui.pages.referrals.rewards_tab import RewardsTab
from ui.pages.referrals.tab import ReferralTab
from ui.pages.referrals.tasks_tab import TasksTab

TABS: tuple[type[ReferralTab], ...] = (MomentsTab, TasksTab, ChainsTab, FunnelTab, RewardsTab)
