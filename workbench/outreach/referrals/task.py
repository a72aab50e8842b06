"""`ReferralTask`: one referral with every field of its task sheet (domain 7), and the stage that follows from them."""

from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from workbench.people.privacy import masking

#: asked only; a name was given; the person agreed; was contacted; met us; opened an account; brought money or took a loan; the
#: giver referred again
Stage = Literal["asked", "named", "consented", "contacted", "met", "opened", "funded", "again"]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
#: whether it is still worked on; `declined`: the person does not want to be contacted
TaskState = Literal["open", "closed", "declined"]
Moment = Literal["deal", "service", "gain"]
MOMENTS: Final[tuple[Moment, ...]] = get_args(Moment)
GiverKind = Literal["loyal", "social", "circle"]
GIVER_KINDS: Final[tuple[GiverKind, ...]] = get_args(GiverKind)


@dataclass(frozen=True, slots=True)
class ReferralTask:
    """One referral. `id`: of its line in `referrals`; `number`: 转介单号, '' where a list told none.

    Days are ISO, moments of a day 'YYYY-MM-DD HH:MM'; None and '' mean that it was not told. `giver_agreed`: he agrees to be
    named; `agreed`: the person referred agrees to be contacted, `agreed_at` since when; `due`: until when the first contact is
    due; `account_no`: the account of the person referred, `opened` the day on which the book says it was opened;
    `amount_fen`, `assets_fen`: of the deal, and what the account holds as of `as_of`; `later`: how often the giver referred
    after this; `reward`: code of the benefit that was promised, `checked` the day on which it was held against the rules;
    `by_hand`: it was entered here and not told by a list; `doubts`: what contradicts itself, in words.
    """

    id: int
    number: str
    date: str
    giver_id: int
    giver_no: str
    giver_name: str
    giver: GiverKind | None = None
    moment: Moment | None = None
    channel: str = ""
    giver_agreed: bool | None = None
    giver_way: str = ""
    agreed: bool | None = None
    agreed_way: str = ""
    agreed_at: str | None = None
    name: str = ""
    phone: str = ""
    relation: str = ""
    industry: str = ""
    need: str = ""
    loan: bool | None = None
    owner: str = ""
    due: str | None = None
    contacted: str | None = None
    result: str = ""
    meeting: str | None = None
    account_no: str | None = None
    account_id: int | None = None
    opened: str | None = None
    product: str = ""
    amount_fen: int | None = None
    assets_fen: int | None = None
    as_of: str | None = None
    feedback: str | None = None
    thanked: str | None = None
    reward: str = ""
    checked: str | None = None
    status: str = ""
    close_reason: str = ""
    later: int = 0
    ask_id: int | None = None
    task_id: int | None = None
    by_hand: bool = False
    stage: Stage = "asked"
    state: TaskState = "open"
    doubts: tuple[str, ...] = field(default=())

    @property
    def erased(self) -> bool:
        """Whether nothing identifies the person referred."""
        return not (self.name or self.phone or self.account_no)

    @property
    def shown_name(self) -> str:
        """The person referred as the screen shows him; '' where nothing is kept."""
        if self.name:
            return masking("referred_name", self.name, "screen")
        return masking("referred_phone", self.phone, "screen")

    @property
    def shown_giver(self) -> str:
        """The giver as the screen shows him."""
        return masking("name", self.giver_name, "screen")


def stage_of(task: ReferralTask, day: str, funded_fen: int) -> Stage:
    """How far a referral came by a day (ISO): the farthest stage that a filled field tells. A meeting that lies ahead is none
    yet; assets under `funded_fen` are no money brought."""
    brought = bool(task.amount_fen) or (task.assets_fen or 0) >= funded_fen
    if task.account_no and brought:
        return "again" if task.later else "funded"
    if task.account_no:
        return "opened"
    if task.meeting is not None and task.meeting <= day:
        return "met"
    if task.contacted is not None and task.contacted[:10] <= day:
        return "contacted"
    if task.agreed:
        return "consented"
    named = task.name or task.phone or task.agreed is not None or task.meeting is not None
    return "named" if named else "asked"


def state_of(task: ReferralTask, status: str | None) -> TaskState:
    """Whether it is still worked on; `status`: what the status word of a list means. The person's own answer comes first."""
    if task.agreed is False or (task.agreed is None and status == "declined"):
        return "declined"
    return "closed" if task.close_reason or status == "closed" else "open"
