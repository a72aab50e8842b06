"""The leads of a week in order and by customer; set right for a few customers at a time."""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field
from itertools import chain

from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.placing import placed
from workbench.outreach.lights.listed import LIGHTS
from workbench.outreach.lights.lit import but_for

_BySource = dict[str, dict[int, tuple[Lead, ...]]]


@dataclass(frozen=True, slots=True)
class LeadsInOrder:
    """Those of the `lights`, as they were found, then the others by `placed`, and `of`: code of a source -> customer id -> the
    others of his."""

    lights: tuple[Lead, ...] = ()
    order: tuple[Lead, ...] = ()
    of: Mapping[str, Mapping[int, tuple[Lead, ...]]] = field(default_factory=dict, compare=False)

    @classmethod
    def among(cls, leads: Iterable[Lead]) -> "LeadsInOrder":
        """In order."""
        every = tuple(leads)
        order = tuple(sorted((lead for lead in every if lead.kind not in LIGHTS), key=placed))
        of: _BySource = {}
        for lead in order:
            _put(of, lead)
        return cls(tuple(lead for lead in every if lead.kind in LIGHTS), order, of)

    @property
    def all(self) -> tuple[Lead, ...]:
        """All of them."""
        return (*self.lights, *self.order)

    def of_customers(self, few: Collection[int]) -> list[Lead]:
        """The leads of some customers (ids), each one's in the same order as among all."""
        others = (lead for theirs in self.of.values() for id_ in few for lead in theirs.get(id_, ()))
        return [*(lead for lead in self.lights if lead.customer_id in few), *sorted(others, key=placed)]

    def mended(self, few: Set[int], again: Collection[str], instead: Iterable[Lead]) -> "LeadsInOrder":
        """With others `instead` of the leads of a few customers (ids), of all leads of the sources (codes) that were
        read `again`, and of those of lights."""
        order = list(self.order)
        of: _BySource = {}
        for source, known in self.of.items():
            out = known.keys() if source in again else known.keys() & few
            for lead in chain.from_iterable(known[id_] for id_ in out):
                _take_out(order, lead)
            of[source] = {} if source in again else but_for(known, out)
        lights: list[Lead] = []
        for lead in instead:
            if lead.kind in LIGHTS:
                lights.append(lead)
            else:
                insort(order, lead, key=placed)
                _put(of, lead)
        return LeadsInOrder(tuple(lights), tuple(order), of)


def _put(of: _BySource, lead: Lead) -> None:
    theirs = of.setdefault(lead.source, {})
    theirs[lead.customer_id] = (*theirs.get(lead.customer_id, ()), lead)


def _take_out(order: list[Lead], lead: Lead) -> None:
    at = bisect_left(order, placed(lead), key=placed)
    while order[at] is not lead:
        at += 1
    del order[at]
