"""`ServiceArchive`: the service file of one customer as a frozen value (domain 1)."""

from dataclasses import dataclass
from typing import Any, Literal

from workbench.base.i18n import _
from workbench.outreach.archive.channel import ServiceChannel
from workbench.outreach.archive.evidence import PartEvidence
from workbench.outreach.archive.expert import ExpertBooking
from workbench.outreach.family_goals.goal import GoalCourse

PartState = Literal["done", "gap", "unknown"]


@dataclass(frozen=True, slots=True)
class ArchivePart:
    """A part of the tower's way: `points` of `most`, None without a record; `evidence` the newest that shows it; `seen` what
    shows it where no day is known, '' otherwise; `next`: the next step of the towers, '' where nothing is missing."""

    code: str
    name: str
    points: int | None
    most: int
    evidence: PartEvidence | None
    seen: str
    next: str

    @property
    def state(self) -> PartState:
        """'done' with all points, 'gap' with fewer, 'unknown' without a record."""
        if self.points is None:
            return "unknown"
        return "done" if self.points >= self.most else "gap"

    @property
    def shown_by(self) -> str:
        """What shows it, with its days; '' where nothing does."""
        one = self.evidence
        if one is None:
            return self.seen
        if one.until:
            return _("{date} {what},有效至 {until}").format(date=one.date, what=one.words, until=one.until)
        return f"{one.date} {one.words}"

    def as_json(self) -> dict[str, Any]:
        """The part for programs."""
        one = self.evidence
        return {
            "code": self.code, "part": self.name, "points": self.points, "most": self.most, "state": self.state,
            "evidence": self.shown_by or None, "date": one.date if one else None, "until": one.until if one else None,
            "next": self.next or None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class BandLine:
    """A band of the allocation: its share and its range in words, and the verdict; `outside`: it is to be mended."""

    name: str
    share: str
    range_: str
    verdict: str
    outside: bool


@dataclass(frozen=True, slots=True)
class FamilyPlan:
    """The annual plan of a family: goals, what it has and owes (fen), allocation against its target, days of review.

    `package`: the risk class in words; `untold`: why the allocation says nothing, '' where it does; `reviews`: ISO days of the
    calendar still to come, `no_reviews` why there are none; `no_goals`: that goals belong here and are missing.
    """

    goals: tuple[GoalCourse, ...]
    no_goals: str
    assets: int | None
    loans: int | None
    package: str
    bands: tuple[BandLine, ...]
    untold: str
    reviews: tuple[str, ...]
    no_reviews: str

    @property
    def goal_lines(self) -> tuple[str, ...]:
        """A line for each goal: what, how much, by when, how it stands; that goals are missing where they belong here."""
        lines = tuple(" · ".join(filter(None, (one.words, one.line))) for one in self.goals)
        return lines or ((self.no_goals,) if self.no_goals else ())

    def as_json(self) -> dict[str, Any]:
        """The plan for programs, yuan."""
        return {
            "goals": [one.as_json() for one in self.goals], "no_goals": self.no_goals or None,
            "assets": _yuan(self.assets), "loans": _yuan(self.loans),
            "package": self.package or None, "untold": self.untold or None,
            "allocation": [
                {"band": one.name, "share": one.share, "range": one.range_, "verdict": one.verdict, "outside": one.outside}
                for one in self.bands
            ],
            "reviews": list(self.reviews), "no_reviews": self.no_reviews or None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ServiceArchive:
    """The service file of a customer on `day` by data of `as_of` (ISO). `tower`: 'top', 'waist', 'base', None: unknown; `way`:
    3专, 5G or 快准稳; `reason`: its score in words; `weakest`: the part whose next step comes first, None where all is done or
    nothing known."""

    customer_id: int
    customer_no: str
    name: str
    as_of: str | None
    day: str
    tier_name: str
    tower: str | None
    tower_name: str
    way: str
    reason: str
    parts: tuple[ArchivePart, ...]
    weakest: str | None
    plan: FamilyPlan
    channel: ServiceChannel | None
    #: the channel in one line, or that it is missing; '' for towers that need none
    channel_words: str
    bookings: tuple[ExpertBooking, ...]

    @property
    def first(self) -> ArchivePart | None:
        """The part whose next step comes first."""
        gaps = [one for one in self.parts if one.state == "gap" and one.next]
        return next((one for one in gaps if one.code == self.weakest), gaps[0] if gaps else None)

    def as_json(self) -> dict[str, Any]:
        """The file for programs: yuan, days ISO."""
        first = self.first
        return {
            "customer_no": self.customer_no, "name": self.name, "as_of": self.as_of, "day": self.day,
            "tier": self.tier_name or None, "tower": self.tower, "way": self.way or None, "reason": self.reason,
            "parts": [one.as_json() for one in self.parts], "next": first.next if first else None,
            "plan": self.plan.as_json(), "channel": self.channel.as_json() if self.channel else None,
            "bookings": [one.as_json() for one in self.bookings],
        }  # fmt: skip


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100
