"""A complaint with its file: what is known, its level, both clocks, the steps that were taken, what comes next (domain 9)."""

from dataclasses import dataclass, field
from typing import Literal

from workbench.outreach.complaints.clocks import ComplaintClocks
from workbench.outreach.complaints.levels import ComplaintLevel
from workbench.outreach.complaints.words import STEPS, Extension, Step

#: 'unknown': a line of a list that tells neither a status nor a closing date
ComplaintState = Literal["open", "closed", "unknown"]
#: what is done next: a step, closing, or opening the file; '' nothing
NextAct = Literal["stop", "listen", "sorry", "check", "decide", "follow", "close", "open", ""]


@dataclass(frozen=True, slots=True)
class ComplaintStep:
    """A step as it was taken: `at` 'YYYY-MM-DD HH:MM' or a day. It is never overwritten."""

    id: int
    step: Step
    at: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """`id`: of its line in `complaints`, 0 for one that is known from a contact only (`touch`: that contact). `filed`: the branch
    keeps a file of it. Texts '' and figures None: not told. `again`: id of the complaint that it takes up again, `retaken`: of
    the one that takes up this one. Moments are 'YYYY-MM-DD HH:MM' or days; `closed` an ISO day, None also for one that is
    settled without a day."""

    id: int
    customer_id: int
    customer_no: str
    name: str
    no: str
    state: ComplaintState
    received: str
    level: ComplaintLevel
    clocks: ComplaintClocks
    channel: str = ""
    channel_word: str = ""
    category: str = ""
    category_word: str = ""
    content: str = ""
    filed: bool = False
    touch: int | None = None
    closed: str | None = None
    outcome: str = ""
    satisfaction: int | None = None
    owner: str = ""
    against: str = ""
    avoiding: str = ""
    demand: str = ""
    facts: str = ""
    blame: str = ""
    solution: str = ""
    root_cause: str = ""
    mending: str = ""
    money_fen: int | None = None
    people: int | None = None
    times: int | None = None
    signs: tuple[str, ...] = ()
    answered: str | None = None
    extension: Extension | None = None
    approved_by: str = ""
    approved: str | None = None
    before: int | None = None
    after: int | None = None
    again: int | None = None
    retaken: int | None = None
    turn: str = ""
    turned: str | None = None
    set_level: str = ""
    steps: tuple[ComplaintStep, ...] = field(default=())

    @property
    def taken(self) -> frozenset[Step]:
        """The steps that were taken at least once; what was told between (more time is needed) is not the follow-up yet."""
        decided = min((one.at for one in self.steps if one.step == "decide"), default="9999")
        return frozenset(one.step for one in self.steps if one.step != "follow" or one.at >= decided)

    @property
    def next(self) -> NextAct:
        """What comes next: the first step that is missing; a file where there is none; after closing the follow-up."""
        if self.state == "closed":
            due = self.clocks.follow is not None and self.clocks.follow.runs
            return "follow" if due and self.filed and self.retaken is None else ""
        if not self.filed:
            return "open"
        missing = (one for one in STEPS if one not in self.taken and one != "follow")
        return next(missing, "close")

    @property
    def order(self) -> tuple[bool, str, int, int]:
        """Open ones first, by the clock that runs out first, the gravest first among equals; settled ones the newest first."""
        if self.state == "closed":
            days = int((self.closed or self.received[:10]).replace("-", ""))
            return True, "", -days, -self.id
        earliest = self.clocks.earliest
        return False, earliest.key if earliest is not None else "9999", self.level.rank, self.id


@dataclass(frozen=True, slots=True)
class ComplaintList:
    """All of them in working order at a moment; `as_of`: the newest day (ISO) of the complaints lists, None without one."""

    now: str
    all: tuple[Complaint, ...]
    manager: str = ""

    @property
    def open(self) -> tuple[Complaint, ...]:
        """Those not settled, as far as that is known."""
        return tuple(one for one in self.all if one.state != "closed")

    @property
    def closed(self) -> tuple[Complaint, ...]:
        """Those settled, the newest first."""
        return tuple(one for one in self.all if one.state == "closed")

    @property
    def overdue(self) -> tuple[Complaint, ...]:
        """Open ones of which a clock ran out."""
        return tuple(one for one in self.open if any(clock.state == "overdue" for clock in one.clocks.both))

    def one(self, complaint: int) -> Complaint | None:
        """One by id."""
        return next((case for case in self.all if case.id == complaint), None)
