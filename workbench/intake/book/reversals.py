"""Pairs reversals (冲正) with the transactions that they reverse."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
#: customer, whether the money went, amount in fen
_Key = tuple[int, bool, int]


def cancelled(who: Ints, day: Ints, out: Flags, amount: Ints, back: Flags) -> Flags:
    """Rows that cancel out: each reversal (`back`, a negative amount) with the latest earlier transaction of the same
    customer, direction and amount, on its day or before.

    A reversal without its original stays. `day` must grow with the calendar.
    """
    gone = np.zeros(len(who), dtype=bool)
    reversals = _by_day(np.flatnonzero(back & (amount < 0)), day)
    wanted = {_key(who, out, amount, row, -1) for row in reversals}
    sizes = np.array(sorted({size for _who, _out, size in wanted}), dtype=np.int64)
    originals: defaultdict[_Key, list[int]] = defaultdict(list)
    for row in reversed(_by_day(np.flatnonzero(~back & np.isin(amount, sizes)), day)):
        if (key := _key(who, out, amount, row, 1)) in wanted:
            originals[key].append(row)
    open_now: defaultdict[_Key, list[int]] = defaultdict(list)
    for row in reversals:
        key = _key(who, out, amount, row, -1)
        waiting, ready = originals[key], open_now[key]
        while waiting and day[waiting[-1]] <= day[row]:
            ready.append(waiting.pop())
        if ready:
            gone[row] = gone[ready.pop()] = True
    return gone


def _by_day(rows: Ints, day: Ints) -> list[int]:
    ordered: list[int] = rows[np.argsort(day[rows], kind="stable")].tolist()
    return ordered


def _key(who: Ints, out: Flags, amount: Ints, row: int, sign: int) -> _Key:
    return int(who[row]), bool(out[row]), sign * int(amount[row])
