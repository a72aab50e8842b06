"""The queue of lit customers: who is worked on this week, who waits, in one order (domain 4.5-8); pure."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.insight.churn.verdict import CustomerRisk


@dataclass(frozen=True, slots=True)
class Queued:
    """A lit customer with what decides his place; `late`: why he stands at the end, '' for no reason; `value_fen`: what may
    still be kept."""

    risk: CustomerRisk
    priority: float
    late: str = ""
    value_fen: int | None = None


@dataclass(frozen=True, slots=True)
class ListedBefore:
    """Who was on which week's list: of this week's plan that a person made her own, and of the week before."""

    this_week: frozenset[int] = frozenset()
    last_week: frozenset[int] = frozenset()
    #: customer id -> weeks on the list lately
    weeks: Mapping[int, int] = field(default_factory=dict)

    @property
    def in_brief(self) -> Hashable:
        """The contents as a key."""
        return self.this_week, self.last_week, frozenset(self.weeks.items())


@dataclass(frozen=True, slots=True)
class Arranged:
    """The order of all lit customers, cut at the places of the week."""

    working: tuple[Queued, ...]
    waiting: tuple[Queued, ...]
    gone: tuple[Queued, ...]
    resting: tuple[Queued, ...]


def urgent(one: Queued) -> tuple[float, int, str]:
    """By priority, the highest first."""
    return -one.priority, one.risk.rank, one.risk.customer_no


def arrange(ordered: Sequence[Queued], before: ListedBefore, places: int) -> Arranged:
    """The lights of a week, given in the order of `urgent`. The places go to those on the list already, then to the others by
    priority; who was listed or tried for long enough without success comes last. Those taken stand in order of priority."""
    gone: list[Queued] = []
    resting: list[Queued] = []
    open_: list[Queued] = []
    for one in ordered:
        risk = one.risk
        (gone if risk.state == "gone" else resting if risk.rests else open_).append(one)
    places = max(places, 0)

    def standing(one: Queued) -> tuple[bool, bool, bool]:
        """Who comes first: on this week's own list, not late, carried over."""
        id_ = one.risk.customer_id
        return id_ not in before.this_week, bool(one.late), id_ not in before.last_week

    # of those with nothing special no more are taken than there are places
    special, plain = before.this_week | before.last_week, 0
    entitled: list[Queued] = []
    for one in open_:
        if one.late or one.risk.customer_id in special:
            entitled.append(one)
        elif plain < places:
            plain += 1
            entitled.append(one)
    ids = {one.risk.customer_id for one in sorted(entitled, key=standing)[:places]}
    working: list[Queued] = []
    waiting: list[Queued] = []
    last: list[Queued] = []
    for one in open_:
        (working if one.risk.customer_id in ids else last if one.late else waiting).append(one)
    return Arranged(tuple(working), (*waiting, *last), tuple(gone), tuple(resting))
