"""Who introduced whom, as trees: a person hangs below his first giver; what closes a circle is marked, not followed. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Introduction:
    """One line of the referrals: who (`giver`) introduced whom (`person`) on a day (ISO); both are keys of persons."""

    line: int
    giver: str
    person: str
    day: str


@dataclass(frozen=True, slots=True)
class ChainPerson:
    """A customer, or a person without an account (`customer_no` ''). `name` as it may be shown; `assets_fen` of the newest list,
    None where it does not tell, `as_of` the day it is of."""

    key: str
    name: str
    customer_no: str = ""
    assets_fen: int | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class ChainSum:
    """What hangs below a person: `direct` whom he introduced himself, `size` all below, `depth` steps down to the last. `fen`:
    the assets of those below in the newest list, known of `known`; `untold`: customers whose assets it does not tell;
    `without`: persons without an account."""

    direct: int
    size: int
    depth: int
    fen: int | None
    known: int
    untold: int
    without: int


@dataclass(frozen=True, slots=True)
class ReferralChains:
    """All trees. Persons by place; `children[place]` in the order of their days; `days[place]`: when he was introduced, '' for a
    root. `circles`: places from the one who was first to the one who introduced him again. `also`: (giver, person) introduced
    a second time by somebody else."""

    persons: tuple[ChainPerson, ...] = ()
    children: tuple[tuple[int, ...], ...] = ()
    parents: tuple[int | None, ...] = ()
    days: tuple[str, ...] = ()
    roots: tuple[int, ...] = ()
    sums: tuple[ChainSum, ...] = ()
    circles: tuple[tuple[int, ...], ...] = ()
    also: tuple[tuple[int, int], ...] = ()
    as_of: str | None = None

    def below(self, place: int) -> tuple[int, ...]:
        """A person and everybody below, each under his giver, in the order of reading the tree."""
        order, waiting = [], [place]
        while waiting:
            one = waiting.pop()
            order.append(one)
            waiting.extend(reversed(self.children[one]))
        return tuple(order)

    def level(self, place: int) -> int:
        """Steps down from the root."""
        steps, above = 0, self.parents[place]
        while above is not None:
            steps, above = steps + 1, self.parents[above]
        return steps

    @property
    def flagged(self) -> frozenset[int]:
        """The places that stand in a circle."""
        return frozenset(place for circle in self.circles for place in circle)

    def as_json(self) -> dict[str, object]:
        """For programs: each chain with its persons; masked where it leaves the book."""
        return {
            "as_of": self.as_of,
            "chains": [self._chain(root) for root in self.roots],
            "circles": [[self._who(place) for place in circle] for circle in self.circles],
        }

    def _chain(self, root: int) -> dict[str, object]:
        of = self.sums[root]
        links = [
            {"giver": self._who(above), "person": self._who(place), "date": self.days[place]}
            for place in self.below(root)
            if (above := self.parents[place]) is not None
        ]
        return {
            **self._who(root), "direct": of.direct, "size": of.size, "depth": of.depth,
            "assets": of.fen / 100 if of.fen is not None else None, "known": of.known, "untold": of.untold,
            "without_account": of.without, "links": links,
        }  # fmt: skip

    def _who(self, place: int) -> dict[str, object]:
        one = self.persons[place]
        return {"customer_no": one.customer_no or None, "name": one.name}


def chains(
    introductions: Iterable[Introduction], persons: Mapping[str, ChainPerson], as_of: str | None = None
) -> ReferralChains:
    """The trees of these lines; `persons`: key -> who it is, for every key that a line names."""
    lines = sorted(introductions, key=lambda one: (one.day, one.line))
    keys = list(dict.fromkeys(key for one in lines for key in (one.giver, one.person)))
    place = {key: at for at, key in enumerate(keys)}
    parent: list[int | None] = [None] * len(keys)
    days = [""] * len(keys)
    left: list[tuple[int, int]] = []
    for one in lines:
        giver, person = place[one.giver], place[one.person]
        if parent[person] is None and not _above(parent, person, giver):
            parent[person], days[person] = giver, one.day
        else:
            left.append((giver, person))
    children: defaultdict[int, list[int]] = defaultdict(list)
    for person in sorted(range(len(keys)), key=lambda at: (days[at], at)):
        if (above := parent[person]) is not None:
            children[above].append(person)
    circles, also = [], []
    for giver, person in dict.fromkeys(left):
        if _above(parent, person, giver):
            circles.append(_way(parent, person, giver))
        elif parent[person] != giver:
            also.append((giver, person))
    below = tuple(tuple(children[at]) for at in range(len(keys)))
    known = tuple(persons[key] for key in keys)
    sums = _sums(known, below, parent)
    roots = sorted((at for at in range(len(keys)) if parent[at] is None), key=lambda at: (-sums[at].size, at))
    return ReferralChains(
        known, below, tuple(parent), tuple(days), tuple(roots), sums, tuple(circles), tuple(also), as_of
    )


def _above(parent: Sequence[int | None], person: int, giver: int) -> bool:
    """Whether a person is the giver himself, or stands above him: to hang him below would close a circle."""
    at: int | None = giver
    while at is not None:
        if at == person:
            return True
        at = parent[at]
    return False


def _way(parent: Sequence[int | None], first: int, last: int) -> tuple[int, ...]:
    """The places from one person down to another below him."""
    way = [last]
    while way[-1] != first and (above := parent[way[-1]]) is not None:
        way.append(above)
    return tuple(reversed(way))


def _sums(
    persons: Sequence[ChainPerson], children: Sequence[Sequence[int]], parent: Sequence[int | None]
) -> tuple[ChainSum, ...]:
    """What hangs below each, from the leaves up."""
    made = [ChainSum(len(below), 0, 0, None, 0, 0, 0) for below in children]
    waiting = [len(below) for below in children]
    ready = [at for at, count in enumerate(waiting) if not count]
    while ready:
        at = ready.pop()
        for child in children[at]:
            made[at] = _with(made[at], made[child], persons[child])
        above = parent[at]
        if above is not None:
            waiting[above] -= 1
            if not waiting[above]:
                ready.append(above)
    return tuple(made)


def _with(of: ChainSum, child: ChainSum, person: ChainPerson) -> ChainSum:
    own = person.assets_fen
    fen = [one for one in (of.fen, child.fen, own) if one is not None]
    return ChainSum(
        of.direct,
        of.size + child.size + 1,
        max(of.depth, child.depth + 1),
        sum(fen) if fen else None,
        of.known + child.known + (own is not None),
        of.untold + child.untold + (own is None and bool(person.customer_no)),
        of.without + child.without + (not person.customer_no),
    )
