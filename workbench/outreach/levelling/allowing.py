"""What consent leaves of the spans of wishes and cadences, before a day is looked for (domain 6.5)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workbench.outreach.levelling.placement import GROUNDS
from workbench.outreach.wishes.kinds import KINDS
from workbench.outreach.wishes.wish_table import Flags, Whole
from workbench.people.contact_caps import TouchLimits

SERVICE, CARE, MARKETING = range(len(KINDS))
_CHANNEL = GROUNDS.index("channel")


@dataclass(frozen=True, slots=True)
class Allowed:
    """By touch: `first` allowed day, `channel` and `seconds` it then has, `ground` (place) that bars it for good, 0 for none,
    `held` the ground that cut its span, 0 for none."""

    first: Whole
    channel: Whole
    seconds: Whole
    ground: Whole
    held: Whole


def grounds_of(limits: TouchLimits) -> tuple[str, ...]:
    """All grounds that a placement by these limits may name."""
    of_consent = {code for held in (limits.held, limits.frozen) for code, _ in held.values()}
    return (*GROUNDS, *sorted(of_consent - set(GROUNDS)))


def channels_of(limits: TouchLimits, *known: tuple[str, ...]) -> tuple[str, ...]:
    """All channels that a placement may name: those known first, in their order."""
    instead = [other for _, others in sorted(limits.instead.items()) for other, _ in others]
    return tuple(dict.fromkeys([*(channel for some in known for channel in some), *instead]))


def allowed(
    limits: TouchLimits,
    channels: tuple[str, ...],
    grounds: tuple[str, ...],
    customer: Whole,
    kind: Whole,
    channel: Whole,
    seconds: Whole,
    first: Whole,
) -> Allowed:
    """What consent says to each touch; service touches are left as they are."""
    out = Allowed(first.copy(), channel.copy(), seconds.copy(), np.zeros_like(first), np.zeros_like(first))
    _hold(out, limits.held, grounds, customer, kind == MARKETING)
    _hold(out, limits.frozen, grounds, customer, kind != SERVICE)
    for row in np.flatnonzero(np.isin(customer, list(limits.refused)) & (kind != SERVICE)).tolist():
        refused = limits.refused[int(customer[row])]
        code = channels[channel[row]]
        if code not in refused:
            continue
        others = [one for one in limits.instead.get(code, ()) if one[0] not in refused]
        if others:
            out.channel[row], out.seconds[row] = channels.index(others[0][0]), others[0][1]
        elif not out.ground[row]:
            out.ground[row] = _CHANNEL
    for row in np.flatnonzero(np.isin(customer, list(limits.failing)) & (kind != SERVICE)).tolist():
        code, again = limits.failing[int(customer[row])]
        if channels[out.channel[row]] == code and out.first[row] < again:
            refused = limits.refused.get(int(customer[row]), frozenset())
            others = [one for one in limits.instead.get(code, ()) if one[0] not in refused]
            if others:
                out.channel[row], out.seconds[row] = channels.index(others[0][0]), others[0][1]
    return out


def _hold(
    out: Allowed,
    held: Mapping[int, tuple[str, int]],
    grounds: tuple[str, ...],
    customer: Whole,
    concerned: Flags,
) -> None:
    if not held:
        return
    ids = np.array(sorted(held), np.int64)
    place = np.minimum(np.searchsorted(ids, customer), len(ids) - 1)
    hit = np.flatnonzero((ids[place] == customer) & concerned)
    codes = np.array([grounds.index(held[id_][0]) for id_ in ids.tolist()], np.int64)[place[hit]]
    until = np.array([held[id_][1] for id_ in ids.tolist()], np.int64)[place[hit]]
    out.ground[hit] = np.where(until == 0, codes, out.ground[hit])
    later = until > out.first[hit]
    out.held[hit] = np.where(later, codes, out.held[hit])
    out.first[hit] = np.where(later, until, out.first[hit])
