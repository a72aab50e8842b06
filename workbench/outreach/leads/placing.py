"""The order of the leads of a week beside the lights."""

from workbench.insight.towers.critical_class import (
    MATURING,
    NEAR_ACTIVE,
    NEAR_CHURN,
    NEAR_DOWNGRADE,
    NEAR_SLEEP,
    NEAR_UPGRADE,
    SUITABILITY_DUE,
)
from workbench.outreach.case_due import CaseOrder
from workbench.outreach.leads.lead import Lead
from workbench.outreach.reason import ASK, COMPLAINT, FEEDBACK, LOSS, RIVAL_DUE

#: the lights come before all of these (see `leads/room.py`)
_ORDER = (
    COMPLAINT, LOSS, MATURING, "matured", RIVAL_DUE, SUITABILITY_DUE, NEAR_CHURN, NEAR_DOWNGRADE, NEAR_UPGRADE, "N1",
    NEAR_ACTIVE, NEAR_SLEEP, FEEDBACK, "birthday", "journey", "journey_raise", "calendar", "calendar_note",
    "calendar_raise", "win_back", ASK, "promise", "own",
)  # fmt: skip

_PLACES = {kind: place for place, kind in enumerate(_ORDER)}


def placed(lead: Lead) -> tuple[int, CaseOrder, int, str]:
    """Its place among the leads of a week beside the lights: by kind, files in the order of their page, the others of a kind with
    the largest value first."""
    return _PLACES[lead.kind], lead.order, -lead.value_fen, lead.customer_no
