"""The contact log in figures: how many contacts, how many reached somebody, by channel, result, tower and week."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypedDict

#: (channel, result, begun by, tower or None, day ISO): what the counts are made of
Cell = tuple[str, str, str, str | None, str]


class ContactCountsJson(TypedDict):
    """Counts; `rate` null where nothing was logged."""

    code: str
    contacts: int
    reached: int
    invited: int
    met: int
    done: int
    rate: float | None


@dataclass(frozen=True, slots=True)
class ContactCounts:
    """Contacts of one channel, result, tower (code, '' where it is not known) or week; `done`: deals."""

    code: str
    contacts: int = 0
    reached: int = 0
    invited: int = 0
    met: int = 0
    done: int = 0

    @property
    def rate(self) -> float | None:
        """Reached of logged, 0..1; None where nothing was logged: then there is no rate."""
        return self.reached / self.contacts if self.contacts else None

    def as_json(self) -> ContactCountsJson:
        """The counts for the command line."""
        return {
            "code": self.code, "contacts": self.contacts, "reached": self.reached, "invited": self.invited, "met": self.met,
            "done": self.done, "rate": None if self.rate is None else round(self.rate, 4),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountedContacts:
    """So many contacts alike, and what they count as."""

    cell: Cell
    times: int
    reached: bool
    invited: bool
    met: bool
    done: bool


@dataclass(frozen=True, slots=True)
class ContactStatistics:
    """The figures of a filter. `began`: the first day (ISO) of the log, None for an empty one; days before it are unknown, not
    without contacts."""

    everything: ContactCounts
    channels: tuple[ContactCounts, ...]
    results: tuple[ContactCounts, ...]
    towers: tuple[ContactCounts, ...]
    weeks: tuple[ContactCounts, ...]
    began: str | None


def counts(code: str, these: Iterable[CountedContacts]) -> ContactCounts:
    """The counts of some contacts under one code."""
    logged = reached = invited = met = done = 0
    for one in these:
        logged += one.times
        reached += one.times * one.reached
        invited += one.times * one.invited
        met += one.times * one.met
        done += one.times * one.done
    return ContactCounts(code, logged, reached, invited, met, done)


def counted_by(
    these: Iterable[CountedContacts], key: Callable[[CountedContacts], str], order: Iterable[str]
) -> tuple[ContactCounts, ...]:
    """The counts by a key, in an order of codes; those not in it come last, by code."""
    apart: dict[str, list[CountedContacts]] = {}
    for one in these:
        apart.setdefault(key(one), []).append(one)
    places = {code: place for place, code in enumerate(order)}
    listed = sorted(apart, key=lambda code: (places.get(code, len(places)), code))
    return tuple(counts(code, apart[code]) for code in listed)
