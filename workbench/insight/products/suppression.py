"""Which cells of a printed table to leave out, so that no small group can be read from it or reckoned from its totals
(domain 11.9): small cells, and further ones until no small cell follows from the sums."""

from collections.abc import Sequence

import numpy as np

Place = tuple[int, int]


def suppressed(counts: Sequence[Sequence[int]], small: int) -> tuple[frozenset[Place], frozenset[Place]]:
    """(small cells, cells left out beside them), as places (row, column) of the table with its totals.

    `counts`: customers by row and column, without totals. Totals stand in an added last row and last column. A cell
    of nobody is no secret. No small cell can be computed from the cells that remain.
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
    # what was left out on the way and is not needed in the end is printed after all, the largest first
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
    """A small cell that follows from the sums: one that no change of the hidden cells can move."""
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
    """A row or column from which something hidden follows and in which more can be left out; None when none tells."""
    if not primary:
        return None
    open_lines = [line for line in _lines(table) if any(place not in hidden for place in line)]
    for line in open_lines:
        # the one hidden cell of a line is what the others leave of the total
        if _few(table, hidden, line, small) or sum(place in hidden for place in line) == 1:
            return line
    found = _determined(table, hidden, primary)
    if found is None:
        return None
    return next((line for line in open_lines if found in line), next(iter(open_lines), None))


def _next(table: Sequence[Sequence[int]], hidden: set[Place], line: Sequence[Place]) -> Place:
    """What else to leave out of a line: somebody's cell before nobody's, parts before totals, where the crossing line
    has hidden cells already before where it has none, the smallest first."""
    last_row, last_column = len(table) - 1, len(table[0]) - 1
    rows, columns = {row for row, _column in hidden}, {column for _row, column in hidden}
    down = len({column for _row, column in line}) == 1

    def order(place: Place) -> tuple[bool, bool, bool, bool, int, Place]:
        row, column = place
        crossed = row in rows if down else column in columns
        total = row == last_row or column == last_column
        grand = (row, column) == (last_row, last_column)
        return table[row][column] == 0, grand, total, not crossed, table[row][column], place

    return min((place for place in line if place not in hidden), key=order)
