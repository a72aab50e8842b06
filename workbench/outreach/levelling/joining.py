"""Touches of two tables matched by customer, reason and occurrence."""

import numpy as np

from workbench.outreach.levelling.placement import TouchDays
from workbench.outreach.wishes.wish_table import Whole

_OCCURRENCE_BITS, _REASON_BITS = 20, 8


def keys(customer: Whole, reason: Whole, occurrence: Whole) -> Whole:
    """One number for each touch: it orders by customer, reason, occurrence."""
    return ((customer << _REASON_BITS | reason) << _OCCURRENCE_BITS) | occurrence


def days_of(key: Whole, reasons: tuple[str, ...], days: TouchDays) -> Whole:
    """The day that each touch has in a table; -1 for those that it does not have. `reasons`: what `key` was made with."""
    out = np.full(len(key), -1, np.int64)
    known = np.array([reasons.index(code) if code in reasons else -1 for code in days.reasons], np.int64)
    if not len(known) or not len(key):
        return out
    reason = known[days.reason]
    there = np.flatnonzero(reason >= 0)
    if not len(there):
        return out
    theirs = keys(days.customer[there], reason[there], days.occurrence[there])
    order = np.argsort(theirs, kind="stable")
    theirs = theirs[order]
    place = np.minimum(np.searchsorted(theirs, key), len(theirs) - 1)
    hit = theirs[place] == key
    out[hit] = days.day[there][order][place[hit]]
    return out


def by_customer(reason: str, days: TouchDays) -> dict[int, list[tuple[int, int]]]:
    """Customer id -> (day, occurrence) of the touches of one reason, ascending."""
    out: dict[int, list[tuple[int, int]]] = {}
    if reason not in days.reasons:
        return out
    rows = np.flatnonzero(days.reason == days.reasons.index(reason))
    rows = rows[np.lexsort((days.occurrence[rows], days.day[rows], days.customer[rows]))]
    columns = (days.customer[rows].tolist(), days.day[rows].tolist(), days.occurrence[rows].tolist())
    for customer, day, occurrence in zip(*columns, strict=True):
        out.setdefault(customer, []).append((day, occurrence))
    return out
