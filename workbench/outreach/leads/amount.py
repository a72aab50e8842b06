"""The one amount that stands beside a reason, named for what it is."""

from workbench.base.money import wan
from workbench.insight.towers.critical_class import NEAR_CHURN, NEAR_DOWNGRADE
from workbench.outreach.leads.lead import Lead
from workbench.rules.parameters import Rules

#: lights, which share the words of money that leaves
_LIT = ("red", "orange", "yellow")


def amount_of(lead: Lead) -> int:
    """The amount (fen) that stands beside a lead: of a line to keep, what is lacking or what is left above it."""
    if lead.kind != NEAR_DOWNGRADE:
        return lead.value_fen
    margin, gap = lead.evidence.get("margin_fen"), lead.evidence.get("gap_fen")
    amount = margin if margin is not None else gap
    return int(amount) if isinstance(amount, int | float) else 0


def named_amount(lead: Lead, rules: Rules) -> tuple[int, str]:
    """(fen, the amount with its word: '还差 2.3万') of a lead; '' where there is none or it cannot be told."""
    code = NEAR_CHURN if lead.kind in _LIT else lead.kind
    value, key = amount_of(lead), f"{code}.amount"
    if code == NEAR_DOWNGRADE:
        below = "balance_fen" in lead.evidence
        key += "" if lead.evidence.get("margin_fen") is None else ".below" if below else ".above"
    elif code == NEAR_CHURN and value != (lead.aum_fen or 0):
        key += ".lost"
    if value <= 0 or not rules.has_text(key):
        return value, ""
    return value, rules.text(key).format(amount=wan(value))
