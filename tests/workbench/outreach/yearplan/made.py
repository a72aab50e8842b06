"""Touches made by hand."""

from collections.abc import Sequence

import numpy as np

from workbench.outreach.yearplan.touch_columns import STATES, TouchColumns

#: seconds of each made touch
SECONDS = 180


def touches(
    rows: Sequence[tuple[int, str, int, int, str]], why: Sequence[str] = (), moved_from: Sequence[int] = ()
) -> TouchColumns:
    """Touches of (customer, reason, occurrence, day, state); one that is not made has no day."""
    reasons = tuple(dict.fromkeys(row[1] for row in rows))
    grounds_of_rows = list(why) or [""] * len(rows)
    grounds = tuple(dict.fromkeys(("", *grounds_of_rows)))

    def whole(cells: Sequence[int]) -> np.ndarray:
        return np.array(cells, np.int64)

    occurrence = whole([row[2] for row in rows])
    made = [row[3] if row[4] in ("planned", "late", "done") else 0 for row in rows]
    return TouchColumns(
        reasons, ("call",), grounds, whole([row[0] for row in rows]), whole([reasons.index(row[1]) for row in rows]),
        occurrence, whole([1] * len(rows)), whole([0] * len(rows)), whole([3] * len(rows)),
        whole([SECONDS] * len(rows)), np.maximum(occurrence - 3, 1), occurrence + 3, occurrence, whole(made),
        whole([STATES.index(row[4]) for row in rows]), whole([grounds.index(one) for one in grounds_of_rows]),
        whole(list(moved_from) or [0] * len(rows)),
    )  # fmt: skip
