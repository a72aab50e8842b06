"""By which it is known whose touches may come out otherwise: one number per customer of all that is wished for him and all that
limits him."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from workbench.outreach.wishes.wish_table import CadenceTable, Flags, Whole, WishTable
from workbench.outreach.yearplan.sums import WishMarks
from workbench.people.contact_caps import TouchLimits

#: what a hundred codes of reasons, channels and grounds have in common: nothing
_SEED, _STEP = 1469598103934665603, 1099511628211


def marks_of(wishes: WishTable, cadence: CadenceTable, limits: TouchLimits, start: int) -> WishMarks:
    """The marks of all customers who are wished for, have a cadence or a limit. What lies before `start` (ordinal), the first day
    of the plan, counts as lying on it: a span that has begun is the same a day later."""
    parts = [
        _of_wishes(wishes, start),
        _of_cadence(cadence),
        *_of_grounds(limits.held, 3),
        *_of_grounds(limits.frozen, 5),
        *_of_grounds(limits.failing, 7),
        *_of_pairs(
            (id_, hash_of("|".join(sorted(refused)))) for id_, refused in sorted(limits.refused.items())
        ),
        *_of_pairs((id_, lately[-1].day) for id_, lately in sorted(limits.lately.items()) if lately),
    ]
    customer = np.concatenate([one for one, _mark in parts])
    mark = np.concatenate([one for _id, one in parts])
    ids, places = np.unique(customer, return_inverse=True)
    summed = np.zeros(len(ids), np.uint64)
    np.add.at(summed, places, mark)
    return WishMarks(ids, summed.astype(np.int64))


def hash_of(word: str) -> int:
    """A number for a code that is the same in every run."""
    number = _SEED
    for byte in word.encode():
        number = ((number ^ byte) * _STEP) & 0x7FFFFFFFFFFFFFFF
    return number


_Part: TypeAlias = tuple[Whole, NDArray[np.uint64]]
_Cells: TypeAlias = Whole | Flags


def _of_wishes(w: WishTable, start: int) -> _Part:
    columns: list[_Cells] = [
        _hashes(w.reasons, w.reason), w.occurrence, w.kind, _hashes(w.channels, w.channel), w.priority, w.seconds,
        np.maximum(w.first, start), w.last, np.maximum(w.wanted, start), w.capped, w.talk,
    ]  # fmt: skip
    return w.customer, _mixed(columns)


def _of_cadence(c: CadenceTable) -> _Part:
    columns: list[_Cells] = [
        c.interval, c.last_talk, _hashes(c.channels, c.channel), c.seconds, c.priority, c.talk, c.rank, c.head
    ]  # fmt: skip
    return c.customer, _mixed(columns)


def _of_grounds(grounds: Mapping[int, tuple[str, int]], kind: int) -> Iterable[_Part]:
    return _of_pairs(
        (id_, hash_of(code) + kind * 7919 + until) for id_, (code, until) in sorted(grounds.items())
    )


def _of_pairs(pairs: Iterable[tuple[int, int]]) -> Iterable[_Part]:
    listed = list(pairs)
    if listed:
        yield (
            np.array([id_ for id_, _n in listed], np.int64),
            _mixed([np.array([n & 0x7FFFFFFFFFFFFFFF for _id, n in listed], np.int64)]),
        )


def _hashes(codes: tuple[str, ...], places: Whole) -> Whole:
    known = np.array([hash_of(code) for code in codes] or [0], np.int64)
    return known[places] if len(places) else places


def _mixed(columns: Iterable[_Cells]) -> NDArray[np.uint64]:
    """A number a row, of all its columns in their order (splitmix)."""
    mixed: NDArray[np.uint64] | None = None
    for column in columns:
        cells = column.astype(np.int64).view(np.uint64)
        if mixed is None:
            mixed = np.full(len(cells), _SEED, np.uint64)
        mixed = _stirred(mixed * np.uint64(_STEP) + cells)
    return mixed if mixed is not None else np.zeros(0, np.uint64)


def _stirred(cells: NDArray[np.uint64]) -> NDArray[np.uint64]:
    cells = (cells ^ (cells >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    cells = (cells ^ (cells >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return cells ^ (cells >> np.uint64(31))
