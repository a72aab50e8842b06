"""Which cells a printed table leaves out (domain 11.9): the small ones, and as many others as it takes that no small cell
can be computed from the totals."""

from collections.abc import Sequence

import numpy as np

Place = tuple[int, int]


def suppressed(counts: Sequence[Sequence[int]], small: int) -> tuple[frozenset[Place], frozenset[Place]]:
    """(small cells, cells left out to protect them), as places (row, column) of the table with its totals.

    `counts`: customers by row and column, without totals, which are added as last row and last column. Small is
    1..`small` - 1: an empty cell is no secret. No small cell can be computed from the cells that remain.
    """
    table = _with_totals(counts)
    primary = {
        (row, column)
        for row, line in enumerate(table)
        for column, count in enumerate(line)
        if 0 < count < small
    }
    hidden = set(primary)
    while (line := _telling(table, hidden, primary, small)) is not None:
        hidden.add(_next(table, hidden, line))
    # a cell that turns out not to be needed is printed after all, the largest first
    for place in sorted(hidden - primary, key=lambda p: -table[p[0]][p[1]]):
        without = hidden - {place}
        if not _few_line(table, without, small) and _determined(table, without, primary) is None:
            hidden = without
    return frozenset(primary), frozenset(hidden - primary)


def _few_line(table: Sequence[Sequence[int]], hidden: set[Place], small: int) -> bool:
    return any(_few(table, hidden, line, small) for line in _lines(table))


def _few(table: Sequence[Sequence[int]], hidden: set[Place], line: Sequence[Place], small: int) -> bool:
    """Whether the hidden parts of a line are together fewer than the limit, and its total is printed."""
    parts = [place for place in line[:-1] if place in hidden]
    return bool(parts) and line[-1] not in hidden and sum(table[r][c] for r, c in parts) < small


def _with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    table = [[*line, sum(line)] for line in counts]
    return [*table, [sum(column) for column in zip(*table, strict=True)]] if table else [[0]]


def _lines(table: Sequence[Sequence[int]]) -> list[list[Place]]:
    """The rows and columns, each of which adds up: its parts and its total."""
    rows, columns = len(table), len(table[0])
    return [[(row, column) for column in range(columns)] for row in range(rows)] + [
        [(row, column) for row in range(rows)] for column in range(columns)
    ]


def _determined(table: Sequence[Sequence[int]], hidden: set[Place], primary: set[Place]) -> Place | None:
    """A small cell that the sums determine: every solution for the hidden cells gives it the same value."""
    places = sorted(hidden)
    at = {place: number for number, place in enumerate(places)}
    sums = []
    for line in _lines(table):
        row = [0.0] * len(places)
        for number, place in enumerate(line):
            if place in at:
                row[at[place]] = -1.0 if number == len(line) - 1 else 1.0
        if any(row):
            sums.append(row)
    if not sums:
        return None
    _u, values, turned = np.linalg.svd(np.array(sums))
    rank = int((values > 1e-9).sum())
    free = turned[rank:]
    return next(
        (place for place in places if place in primary and not (abs(free[:, at[place]]) > 1e-9).any()), None
    )


def _telling(
    table: Sequence[Sequence[int]], hidden: set[Place], primary: set[Place], small: int
) -> list[Place] | None:
    """A row or column that gives a hidden cell away and has another cell to leave out; None when there is none."""
    if not primary:
        return None
    open_lines = [line for line in _lines(table) if any(place not in hidden for place in line)]
    for line in open_lines:
        # a single hidden cell is the total minus the others
        if _few(table, hidden, line, small) or sum(place in hidden for place in line) == 1:
            return line
    place = _determined(table, hidden, primary)
    if place is None:
        return None
    return next((line for line in open_lines if place in line), next(iter(open_lines), None))


def _next(table: Sequence[Sequence[int]], hidden: set[Place], line: Sequence[Place]) -> Place:
    """The cell of a line to leave out next: occupied before empty, parts before totals, crossing lines that already hide
    cells before others, the smallest first."""
    last_row, last_column = len(table) - 1, len(table[0]) - 1
    rows, columns = {row for row, _column in hidden}, {column for _row, column in hidden}
    down = len({column for _row, column in line}) == 1

    def preference(place: Place) -> tuple[bool, bool, bool, bool, int, Place]:
        """Sort key: the lowest is left out next."""
        row, column = place
        crossed = row in rows if down else column in columns
        total = row == last_row or column == last_column
        grand = (row, column) == (last_row, last_column)
        return table[row][column] == 0, grand, total, not crossed, table[row][column], place

    return min((place for place in line if place not in hidden), key=preference)
