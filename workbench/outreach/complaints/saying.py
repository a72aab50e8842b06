"""What to say at the next step of a complaint: asked of the playbook, never copied."""

from workbench.outreach.complaints.complaint import Complaint
from workbench.outreach.complaints.turning import TurnOffer
from workbench.outreach.playbook.choosing import ScriptChoice, Wanted
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.room import Playbook

_SCENE = ("complaint",)
#: what comes next -> the step whose words are said; before a file is opened those of the first one
_STEP_FOR = {"open": "stop", "close": "follow"}


def words_for(playbook: Playbook, one: Complaint, offer: TurnOffer | None = None) -> ScriptChoice | None:
    """The scripts for a complaint's next step, the best first; once the talk may turn to more (`offer`), those of its case; None
    where there is nothing to say."""
    if offer is not None and offer.state == "may" and offer.case:
        of: dict[str, str] = {"turn": offer.case}
    elif one.next:
        of = {"sop": _STEP_FOR.get(one.next, one.next)}
    else:
        return None
    return playbook.for_customer(one.customer_no, Wanted(_SCENE, of, library().strict))
