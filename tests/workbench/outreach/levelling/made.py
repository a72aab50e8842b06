"""Books of wishes and cadences made at random, as the levelling takes them."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from workbench.outreach.levelling.placement import DayRoom
from workbench.outreach.wishes.wish_table import CadenceTable, WishTable
from workbench.people.contact_caps import ContactCaps, TouchLimits

CHANNELS = ("call", "visit", "wecom", "sms", "group")
SECONDS = np.array([480, 2700, 180, 60, 3])
#: the caps of domain 6.5
CAPS = ContactCaps({
    ("any", 7): 2, ("any", 30): 6, ("marketing", 7): 1, ("marketing", 30): 4, ("call", 7): 1, ("call.marketing", 30): 2,
    ("sms", 30): 2, ("wecom", 7): 1,
})  # fmt: skip
START = dt.date(2027, 1, 4).toordinal()
#: (code, kind, priority, channel, days of the span, capped, talk)
REASONS = (
    ("risk", 0, 0, 0, 20, False, False),
    ("maturity_30", 0, 1, 0, 6, False, False),
    ("maturity_7", 0, 1, 2, 3, False, False),
    ("birthday", 1, 3, 2, 2, True, False),
    ("review", 1, 4, 1, 60, True, True),
    ("payday", 2, 5, 0, 5, True, True),
    ("segment", 2, 6, 2, 10, True, False),
    ("festival", 1, 7, 3, 4, True, False),
    ("product", 2, 8, 0, 60, True, True),
)


@dataclass(frozen=True)
class RandomBook:
    """What `level` takes."""

    wishes: WishTable
    cadence: CadenceTable
    limits: TouchLimits
    room: DayRoom


def workdays(start: int, days: int) -> np.ndarray:
    """Mondays to Fridays of so many days from a day (ordinals)."""
    every = np.arange(start, start + days)
    return every[(every - 1) % 7 < 5]


def book(
    seed: int,
    customers: int,
    *,
    wishes: float = 3.0,
    load: float = 0.8,
    days: int = 360,
    start: int = START,
    heads: float = 0.07,
    reasons: tuple[tuple[str, int, int, int, int, bool, bool], ...] = REASONS,
) -> RandomBook:
    """A book of so many customers with so many wishes each; its touches would fill `load` of the capacity,
    and `heads` of them are of L6 and above."""
    rng = np.random.default_rng(seed)
    ids = np.sort(rng.choice(customers * 3, customers, replace=False)) + 1
    shares = np.array([heads / 3, heads * 2 / 3, *(np.array([0.1, 0.15, 0.25, 0.5]) * (1 - heads))])
    tier = rng.choice(6, customers, p=shares)
    interval = np.array([15, 30, 45, 60, 90, 180])[tier]
    channel = np.array([0, 0, 0, 0, 2, 4])[tier]
    talk = tier < 5
    last = np.where(rng.random(customers) < 0.2, 0, start - rng.integers(1, 2 * interval + 1))
    cadence = CadenceTable(
        CHANNELS, ids, interval, last, channel, SECONDS[channel], np.full(customers, 4), talk, tier, tier < 2
    )
    count = int(customers * wishes)
    places = rng.choice(len(reasons), count)
    look = np.array([reason[1:] for reason in reasons], np.int64)[places]
    occurrence = rng.integers(start, start + days, count)
    customer = rng.choice(ids, count)
    key = (customer << 30) | (places << 20) | (occurrence - start)
    _, only = np.unique(key, return_index=True)
    only = rng.permutation(only)
    look, occurrence, customer, places = look[only], occurrence[only], customer[only], places[only]
    before = rng.integers(0, look[:, 3])
    first = occurrence - before
    table = WishTable(
        tuple(reason[0] for reason in reasons), CHANNELS, customer, places, occurrence, look[:, 0], look[:, 2],
        look[:, 1], SECONDS[look[:, 2]], first, first + look[:, 3] - 1, occurrence, look[:, 4] > 0, look[:, 5] > 0,
    )  # fmt: skip
    at = workdays(start, days)
    needed = int(table.seconds.sum()) + int((cadence.seconds * days // interval).sum())
    room = DayRoom(at, np.full(len(at), max(int(needed / load / len(at)), 3000)))
    return RandomBook(table, cadence, TouchLimits(CAPS), room)


def wishes_table(*rows: tuple[str, int, int, int, int, int, int, int, int, bool]) -> WishTable:
    """Wishes as (reason, customer, occurrence, kind, channel, priority, first, last, wanted, capped); a call is a talk."""
    reasons = tuple(dict.fromkeys(row[0] for row in rows))
    columns = [np.array(column, np.int64) for column in list(zip(*rows, strict=True))[1:]]
    customer, occurrence, kind, channel, priority, first, last, wanted, capped = columns
    place = np.array([reasons.index(row[0]) for row in rows])
    return WishTable(
        reasons, CHANNELS, customer, place, occurrence, kind, channel, priority, SECONDS[channel], first, last, wanted,
        capped > 0, channel < 2,
    )  # fmt: skip


def cadences(*rows: tuple[int, int, int, int, bool]) -> CadenceTable:
    """Cadences as (customer, interval, last talk, tier, head), by calls."""
    customer, interval, last, rank, head = np.array(rows, np.int64).reshape(-1, 5).T
    calls = np.zeros(len(rows), np.int64)
    return CadenceTable(
        CHANNELS, customer, interval, last, calls, SECONDS[calls], calls + 4, calls == 0, rank, head > 0
    )
