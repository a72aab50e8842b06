"""The queue of lit customers: who is worked on this week, who waits, in one order (domain 4.5-8); pure."""

from dataclasses import dataclass
from itertools import islice

from workbench.outreach.lights.lit import Lit, LitPart
from workbench.outreach.lights.queue import ListedBefore, Queued, urgent


@dataclass(frozen=True, slots=True)
class Arranged:
    """The order of all lit customers, cut at the places of the week; `ids`: of all, in the order in which they are told."""

    working: tuple[Queued, ...]
    waiting: tuple[Queued, ...]
    gone: tuple[Queued, ...]
    resting: tuple[Queued, ...]
    ids: tuple[int, ...]


def arrange(lit: Lit, before: ListedBefore, places: int) -> Arranged:
    """The lights of a week. The places go to those on the list already, then to the others by priority; who was listed or
    tried for long enough without success comes last. Those taken stand in order of priority."""
    places = max(places, 0)

    def standing(one: Queued) -> tuple[bool, bool, bool]:
        """Who comes first: on this week's own list, not late, carried over."""
        id_ = one.risk.customer_id
        return id_ not in before.this_week, bool(one.late), id_ not in before.last_week

    # of those with nothing special no more are taken than there are places
    listed = before.this_week | before.last_week
    special = [lit.of[id_] for id_ in listed if id_ in lit.of and _is_plain(lit.of[id_])]
    first = islice((one for one in lit.plain.queued if one.risk.customer_id not in listed), places)
    entitled = sorted((*lit.late.queued, *special, *first), key=urgent)
    working = sorted(sorted(entitled, key=standing)[:places], key=urgent)
    plain = lit.plain.mended([one for one in working if not one.late], ())
    late = lit.late.mended([one for one in working if one.late], ())
    taken = LitPart.of(working)
    ids = (*taken.ids, *plain.ids, *late.ids, *lit.resting.ids, *lit.gone.ids)
    return Arranged(
        taken.queued, (*plain.queued, *late.queued), lit.gone.queued, lit.resting.queued, ids,
    )  # fmt: skip


def _is_plain(one: Queued) -> bool:
    return one.risk.state != "gone" and not one.risk.rests and not one.late
