"""Pairs rows of a sheet with lines of the book so that as many as possible find one (augmenting paths)."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Row = TypeVar("Row")
Line = TypeVar("Line")

#: Most row-line pairs for the best pairing; beyond, each row tries only the next few lines.
_ALL = 250_000
_FEW = 50


def perfect_as_possible(
    rows: Sequence[Row], lines: Sequence[Line], fits: Callable[[Row, Line], bool]
) -> list[tuple[Row, Line]]:
    """The largest set of pairs that fit, each row and line used once; earlier rows get earlier lines where possible.

    Meant for small groups (the lines of one customer on one day). A group that is too large is paired in order.
    """
    if len(rows) * len(lines) > _ALL:
        return _in_order(rows, lines, fits)
    choices = [[n for n, line in enumerate(lines) if fits(row, line)] for row in rows]
    owner: dict[int, int] = {}
    held: dict[int, int] = {}
    for start in range(len(rows)):
        _place(start, choices, owner, held)
    return [(rows[row], lines[line]) for row, line in sorted(held.items())]


def _place(start: int, choices: Sequence[Sequence[int]], owner: dict[int, int], held: dict[int, int]) -> None:
    """Find a line for one row, moving other rows to other lines where necessary (breadth first)."""
    came: dict[int, int] = {}
    queue = [start]
    for row in queue:
        for line in choices[row]:
            if line in came:
                continue
            came[line] = row
            if line in owner:
                queue.append(owner[line])
                continue
            while True:
                taker = came[line]
                before = held.get(taker)
                owner[line], held[taker] = taker, line
                if before is None:
                    return
                line = before


def _in_order(
    rows: Sequence[Row], lines: Sequence[Line], fits: Callable[[Row, Line], bool]
) -> list[tuple[Row, Line]]:
    waiting = list(reversed(lines))
    pairs: list[tuple[Row, Line]] = []
    for row in rows:
        for step in range(1, min(_FEW, len(waiting)) + 1):
            if fits(row, waiting[-step]):
                pairs.append((row, waiting.pop(-step)))
                break
    return pairs
