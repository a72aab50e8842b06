"""All lit customers in the order in which they are worked on, by what becomes of them; set right for a few at a time."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from workbench.outreach.lights.queue import Queued, urgent

V = TypeVar("V")
_Name = Literal["plain", "late", "resting", "gone"]


@dataclass(frozen=True, slots=True)
class LitPart:
    """Some of them, by `urgent`; `ids`: their customer ids in the same order."""

    queued: tuple[Queued, ...] = ()
    ids: tuple[int, ...] = ()

    @classmethod
    def of(cls, some: Iterable[Queued]) -> "LitPart":
        """In order."""
        queued = tuple(sorted(some, key=urgent))
        return cls(queued, tuple(one.risk.customer_id for one in queued))

    def mended(self, out: Iterable[Queued], into: Iterable[Queued]) -> "LitPart":
        """Without some of them, with others."""
        queued, ids = list(self.queued), list(self.ids)
        for one in out:
            at = bisect_left(queued, urgent(one), key=urgent)
            del queued[at], ids[at]
        for one in into:
            at = bisect_left(queued, urgent(one), key=urgent)
            queued.insert(at, one)
            ids.insert(at, one.risk.customer_id)
        return LitPart(tuple(queued), tuple(ids))

    def ranked(self, few: Collection[int], rank: Mapping[int, int]) -> "LitPart":
        """See `Lit.ranked`."""
        queued = tuple(
            _ranked(one, rank[id_]) for id_, one in zip(self.ids, self.queued, strict=True) if id_ not in few
        )
        return LitPart(queued, tuple(id_ for id_ in self.ids if id_ not in few))


@dataclass(frozen=True, slots=True)
class Lit:
    """All lit customers, `of` by id: `plain`, `late` (they stand at the end for a reason), `resting`, `gone`."""

    plain: LitPart = LitPart()
    late: LitPart = LitPart()
    resting: LitPart = LitPart()
    gone: LitPart = LitPart()
    of: Mapping[int, Queued] = field(default_factory=dict)

    @classmethod
    def among(cls, lights: Iterable[Queued]) -> "Lit":
        """In order."""
        every = tuple(lights)
        parts: dict[_Name, list[Queued]] = {"plain": [], "late": [], "resting": [], "gone": []}
        for one in every:
            parts[_part(one)].append(one)
        of = {one.risk.customer_id: one for one in every}
        return cls(**{name: LitPart.of(some) for name, some in parts.items()}, of=of)

    def mended(self, few: Collection[int], now: Iterable[Queued]) -> "Lit":
        """With a few customers (ids) as they are `now`; who is not among these has no light any more."""
        out = [self.of[id_] for id_ in few if id_ in self.of]
        into = tuple(now)
        of = but_for(self.of, few) | {one.risk.customer_id: one for one in into}
        parts: dict[_Name, LitPart] = {
            "plain": self.plain, "late": self.late, "resting": self.resting, "gone": self.gone,
        }  # fmt: skip
        for name in {_part(one) for one in (*out, *into)}:
            less = [one for one in out if _part(one) == name]
            more = [one for one in into if _part(one) == name]
            parts[name] = parts[name].mended(less, more)
        return Lit(**parts, of=of)

    def ranked(self, few: Collection[int], rank: Mapping[int, int]) -> "Lit":
        """Without a few customers, the others with the ranks that they have now (by customer id). Each stands as high as
        before among the others, so they stay in order."""
        plain, late, resting, gone = (
            part.ranked(few, rank) for part in (self.plain, self.late, self.resting, self.gone)
        )
        of = {
            id_: one
            for part in (plain, late, resting, gone)
            for id_, one in zip(part.ids, part.queued, strict=True)
        }
        return Lit(plain, late, resting, gone, of)


def _ranked(one: Queued, now: int) -> Queued:
    return one if now == one.risk.rank else replace(one, risk=replace(one.risk, rank=now))


def _part(one: Queued) -> _Name:
    if one.risk.state == "gone":
        return "gone"
    if one.risk.rests:
        return "resting"
    return "late" if one.late else "plain"


def but_for(known: Mapping[int, V], few: Iterable[int]) -> dict[int, V]:
    """What is known of all others."""
    left = dict(known)
    for id_ in few:
        left.pop(id_, None)
    return left
