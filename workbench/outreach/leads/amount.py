"""The one amount that stands beside a reason, named for what it is."""

from workbench.base.money import wan
from workbench.insight.towers.critical_class import NEAR_CHURN, NEAR_DOWNGRADE
from workbench.outreach.leads.lead import Lead
from workbench.rules.parameters import Rules

#: lights, which share the words of money that leaves
_LIT = ("red", "orange", "yellow")


def named_amount(lead: Lead, rules: Rules) -> tuple[int, str]:
    """(fen, the amount with its word: '还差 2.3万') of a lead; '' where there is none or it cannot be told."""
    code = NEAR_CHURN if lead.kind in _LIT else lead.kind
    value, key = lead.value_fen, f"{code}.amount"
    if code == NEAR_DOWNGRADE:
        margin, gap = lead.evidence.get("margin_fen"), lead.evidence.get("gap_fen")
        amount = margin if margin is not None else gap
        value = int(amount) if isinstance(amount, int | float) else 0
        below = "balance_fen" in lead.evidence
        key += "" if margin is None else ".below" if below else ".above"
    elif code == NEAR_CHURN and value != (lead.aum_fen or 0):
        key += ".lost"
    if value <= 0 or not rules.has_text(key):
        return value, ""
    return value, rules.text(key).format(amount=wan(value))
