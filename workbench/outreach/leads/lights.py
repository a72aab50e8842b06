"""The lit customers who are worked on in a week, as its leads."""

from collections.abc import Iterable

from workbench.insight.churn.life.state import stakes
from workbench.insight.churn.sentences import dated
from workbench.outreach.leads.lead import Lead
from workbench.outreach.lights.light_week import QueuedLight
from workbench.rules.parameters import Rules


def light_leads(working: Iterable[QueuedLight], rules: Rules, as_of: str) -> list[Lead]:
    """A lead for each, in working order; at stake is what was lost, else the assets that are left (fen). `as_of`: ISO."""
    leads = []
    for one in working:
        risk = one.risk
        high, balance = stakes(risk)
        lost = max(high - max(balance or 0, 0), 0) if high is not None else 0
        leads.append(
            Lead(
                risk.customer_id, risk.customer_no, risk.name, str(risk.light),
                dated(risk, rules, as_of), lost or max(risk.aum_fen or 0, 0), one.due,
                risk.aum_fen, risk.tier,
                {
                    "risk": round(risk.risk, 1), "rank": risk.rank, "place": one.place,
                    "codes": [verdict.code for verdict in risk.signals],
                },
            )
        )  # fmt: skip
    return leads
