"""What the room of losses hands out: a row of the trigger list, a case, the board; amounts in fen, dates ISO, None = not told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from workbench.base.money import to_yuan
from workbench.insight.products.losses import HeldProduct, UntoldLosses
from workbench.outreach.losses.choices import LossChoice
from workbench.outreach.losses.clocks import FollowUps
from workbench.outreach.losses.grounds import LossGround

CaseState = Literal["open", "agreed", "closed", "escalated"]
#: where a row stands: not called yet (late or in time), called without a case, with a case, contacts stopped
RowState = Literal["late", "due", "spoken", "open", "agreed", "closed", "escalated", "frozen"]


@dataclass(frozen=True, slots=True)
class LossPerson:
    """Whom it is about; `tower` 'top', 'waist_…', 'base', None = unknown."""

    customer_id: int
    customer_no: str
    name: str
    tier: str | None = None
    tower: str | None = None


@dataclass(frozen=True, slots=True)
class LossCase:
    """First aid that was begun. `texts`: what was written, by step; `causes`: codes; `week_done`, `month_done`: days of the
    contacts after the agreement, None while they are open; `redemption`: how and when what he asked for is done."""

    id: int
    person: LossPerson
    held: HeldProduct
    opened: str
    state: CaseState
    emotion: str = ""
    trouble: str = ""
    choice: str = ""
    condition: str = ""
    agreed: str | None = None
    review_on: str | None = None
    week_done: str | None = None
    month_done: str | None = None
    #: the day of a contact on or after the day agreed upon
    reviewed: str | None = None
    ended: str | None = None
    complaint_id: int | None = None
    talked: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    causes: tuple[str, ...] = ()
    redemption: str = ""
    follow: FollowUps | None = None

    @property
    def stopped(self) -> bool:
        """Whether nobody persuades him any more: the complaint procedure has it."""
        return self.state == "escalated"

    def as_json(self) -> dict[str, object]:
        """For programs, in yuan."""
        return {
            "case": self.id, "customer_no": self.person.customer_no, "name": self.person.name, **held_json(self.held),
            "opened": self.opened, "state": self.state, "emotion": self.emotion or None, "trouble": self.trouble or None,
            "causes": list(self.causes), "choice": self.choice or None, "condition": self.condition or None,
            "agreed": self.agreed, "review_on": self.review_on, "redemption": self.redemption or None,
            "follow_ups": None if self.follow is None else {
                "week": self.follow.week, "week_done": self.week_done, "month": self.follow.month,
                "month_done": self.month_done, "review": self.follow.review, "reviewed": self.reviewed,
            },
            "complaint_id": self.complaint_id, "ended": self.ended,
        }  # fmt: skip


def held_json(held: HeldProduct) -> dict[str, object]:
    """The facts of a product for programs, in yuan."""
    return {
        "product": held.name, "product_code": held.code or None, "as_of": held.as_of, "risk": held.risk,
        "cost": to_yuan(held.cost), "value": to_yuan(held.value), "loss": to_yuan(held.loss), "loss_share": held.share,
        "nav": held.nav, "matures": held.matures,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class LossRow:
    """A product with which a customer lost so much that he is spoken to. `since`: as-of date of the list that told it first;
    `begins`: the day on which the clock began, that list's import; `due`: the workday by which he is contacted; `talked`: the
    first contact since that reached him; `frozen`: why he is not contacted, '' where he may be."""

    person: LossPerson
    held: HeldProduct
    grounds: tuple[LossGround, ...]
    since: str
    begins: str
    due: str
    state: RowState
    talked: str | None = None
    case: LossCase | None = None
    frozen: str = ""

    @property
    def reason(self) -> str:
        """Why it stands in the list."""
        return ";".join(one.sentence for one in self.grounds)

    @property
    def waits(self) -> bool:
        """Whether the first contact is still to be made."""
        return self.state in ("late", "due")

    def as_json(self) -> dict[str, object]:
        """For programs, in yuan."""
        return {
            "customer_no": self.person.customer_no, "name": self.person.name, "tier": self.person.tier,
            "tower": self.person.tower, **held_json(self.held),
            "grounds": [{"code": one.code, "reason": one.sentence} for one in self.grounds], "reason": self.reason,
            "since": self.since, "clock_from": self.begins, "due": self.due, "state": self.state, "talked": self.talked,
            "case": None if self.case is None else self.case.id, "stopped": self.frozen or None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class LossBoard:
    """The list as of a date, those to be called first first; every case; what could not be seen. `as_of` None: no list of
    holdings; `more`: rows beyond those listed."""

    as_of: str | None
    rows: tuple[LossRow, ...] = ()
    cases: tuple[LossCase, ...] = ()
    untold: UntoldLosses = field(default_factory=UntoldLosses)
    notes: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class LossFact:
    """A fact of the card: its name, its value in words and the date it is of, '' where it has none; `unknown`: what would tell
    it; `typed`: a person wrote it."""

    name: str
    words: str
    as_of: str = ""
    unknown: str = ""
    typed: bool = False


@dataclass(frozen=True, slots=True)
class LossTalk:
    """Everything that a talk with one customer about one product needs: facts with dates, what nobody knows in one line each, the
    three choices, the day proposed for the review."""

    person: LossPerson
    held: HeldProduct
    facts: tuple[LossFact, ...]
    choices: tuple[LossChoice, ...]
    review_on: str
    case: LossCase | None = None
    grounds: tuple[LossGround, ...] = ()
    #: why nobody persuades him, '' where one may
    stopped: str = ""

    @property
    def unknown(self) -> tuple[str, ...]:
        """What is not known, with the column that would tell it."""
        return tuple(one.unknown for one in self.facts if one.unknown)
