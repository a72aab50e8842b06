"""Customers with a light as leads of a week."""

from workbench.insight.churn.verdict import CustomerRisk
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.week import LeadWeek
from workbench.rules.parameters import Rules

_ORDER = ("red", "orange", "yellow")


def light_leads(risks: list[CustomerRisk], week: LeadWeek, rules: Rules) -> list[Lead]:
    """A lead for each customer with a light, red first; `risks` come by risk. At stake is what was lost (signal S3), else
    the assets that are left."""
    days = dict(zip(_ORDER, rules.words("lead.due"), strict=True))
    leads = []
    for one in risks:
        if one.light is None:
            continue
        lost = 0
        for verdict in one.signals:
            if verdict.code == "S3" and verdict.evidence.get("recent_high_fen") is not None:
                lost = verdict.evidence["recent_high_fen"] - max(verdict.evidence.get("balance_fen") or 0, 0)
        sentences = [one.hard_rule] if one.hard_rule else []
        sentences += [verdict.reason for verdict in sorted(one.signals, key=lambda v: -v.grade)]
        leads.append(
            Lead(
                one.customer_id, one.customer_no, one.name, one.light, rules.text("reason.joint").join(sentences),
                max(lost, 0) or max(one.aum_fen or 0, 0), week.day(int(days[one.light])), one.aum_fen, one.tier,
                {"risk": round(one.risk, 1), "rank": one.rank, "codes": [verdict.code for verdict in one.signals]},
            )
        )  # fmt: skip
    return sorted(leads, key=lambda lead: _ORDER.index(lead.kind))
