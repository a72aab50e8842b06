"""The lit customers who are worked on in a week, as its leads."""

from collections.abc import Iterable

from workbench.insight.churn.life.state import stakes
from workbench.outreach.leads.lead import Lead
from workbench.outreach.lights.light_week import QueuedLight
from workbench.rules.parameters import Rules


def light_leads(working: Iterable[QueuedLight], rules: Rules) -> list[Lead]:
    """A lead for each, in working order; at stake is what was lost, else the assets that are left (fen)."""
    leads = []
    for one in working:
        risk = one.risk
        high, balance = stakes(risk)
        lost = max(high - max(balance or 0, 0), 0) if high is not None else 0
        sentences = [risk.hard_rule] if risk.hard_rule else []
        sentences += [verdict.reason for verdict in sorted(risk.signals, key=lambda v: -v.grade)]
        reason = rules.text("reason.joint").join(sentence.rstrip("。.") for sentence in sentences)
        leads.append(
            Lead(
                risk.customer_id, risk.customer_no, risk.name, str(risk.light),
                reason, lost or max(risk.aum_fen or 0, 0), one.due,
                risk.aum_fen, risk.tier,
                {
                    "risk": round(risk.risk, 1), "rank": risk.rank, "place": one.place,
                    "codes": [verdict.code for verdict in risk.signals],
                },
            )
        )  # fmt: skip
    return leads
