"""A need of a customer as it was recorded, with what speaks for it and against it (domain 15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

EvidenceKind = Literal["said", "did", "paid", "again", "against"]
#: he spoke of it
SPOKEN = frozenset({"said", "again"})
#: he did something towards it
ACTED = frozenset({"did", "paid"})


@dataclass(frozen=True, slots=True)
class NeedEvidence:
    """One thing that speaks for a need, or against it (`kind` 'against'), on a day (ISO)."""

    kind: str
    date: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CustomerNeed:
    """A need. `consequence` 'high' or 'low', `willing` 'now', 'later' or 'no', `incentive` (wanted for an advantage alone) and
    `elastic` (can wait, or depends on the price): None where nobody asked; `deadline`: the day (ISO) that cannot be moved.

    `product` and `scene` (a code of `need.scenes`, or words) make the triple with the customer. `state` 'open', 'met' or
    'dropped', `ended` the day of that; `touch_id`: the contact in which it came up. `follow_ups`: days (ISO) of contacts that
    reached him. `judged`: False for a text of the contact log that nobody has classed yet; its `id` is 0.
    """

    id: int
    customer_id: int
    text: str
    made: str
    consequence: str | None = None
    deadline: str | None = None
    alternatives: str = ""
    willing: str | None = None
    incentive: bool | None = None
    elastic: bool | None = None
    product: str = ""
    scene: str = ""
    next_step: str = ""
    state: str = "open"
    ended: str | None = None
    outcome: str = ""
    touch_id: int | None = None
    evidence: tuple[NeedEvidence, ...] = ()
    follow_ups: tuple[str, ...] = ()
    judged: bool = True

    @property
    def open(self) -> bool:
        """Whether it is still followed."""
        return self.state == "open"


def last_of(evidence: Iterable[NeedEvidence], kinds: frozenset[str], day: str) -> NeedEvidence | None:
    """The newest evidence of some kinds up to a day (ISO); None without any."""
    fitting = [one for one in evidence if one.kind in kinds and one.date <= day]
    return max(fitting, key=lambda one: one.date, default=None)


@dataclass(frozen=True, slots=True)
class NewNeed:
    """A need to be recorded; see `CustomerNeed`. `kind` and `date` (ISO, None: today) of its first evidence, `note` on it;
    `next_by`: the day (ISO) by which `next_step` is promised, '' for no promise."""

    text: str
    kind: str = "said"
    date: str | None = None
    note: str = ""
    consequence: str | None = None
    deadline: str = ""
    alternatives: str = ""
    willing: str | None = None
    incentive: bool | None = None
    elastic: bool | None = None
    product: str = ""
    scene: str = ""
    next_step: str = ""
    next_by: str = ""
    touch_id: int | None = None
