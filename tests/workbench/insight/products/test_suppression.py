"""Small cells of a printed table stay secret, also from its totals (domain 11.9)."""

import random

import numpy as np

from workbench.insight.products.suppression import suppressed

SMALL = 5


def test_a_table_without_small_cells_is_printed_whole() -> None:
    assert suppressed([[10, 20], [30, 40]], SMALL) == (frozenset(), frozenset())
    assert suppressed([], SMALL) == (frozenset(), frozenset())


def test_a_cell_of_nobody_is_no_secret() -> None:
    assert suppressed([[0, 20], [30, 0]], SMALL) == (frozenset(), frozenset())


def test_one_small_cell_takes_others_with_it_so_that_no_total_tells_it() -> None:
    small, beside = suppressed([[3, 20, 30], [40, 50, 60], [70, 80, 90]], SMALL)
    assert small == {(0, 0)}
    # in its row, in its column, and where those two lines meet
    assert beside == {(0, 1), (1, 0), (1, 1)}


def test_two_small_cells_whose_sum_is_small_take_a_third_with_them() -> None:
    small, beside = suppressed([[1, 1, 30], [40, 50, 60]], SMALL)
    assert {(0, 0), (0, 1)} <= small
    assert any(row == 0 for row, _column in beside)


def test_a_small_total_is_left_out_as_well() -> None:
    small, _beside = suppressed([[2, 1], [30, 40], [50, 60]], SMALL)
    assert (0, 2) in small


def test_no_small_cell_of_any_table_follows_from_what_is_printed() -> None:
    draw = random.Random(7)
    for _turn in range(200):
        rows, columns = draw.randint(1, 6), draw.randint(1, 6)
        table = [[draw.choice([0, 1, 2, 4, 6, 9, 30, 200]) for _c in range(columns)] for _r in range(rows)]
        small, beside = suppressed(table, SMALL)
        assert not small & beside
        assert not _told(table, small | beside) & small, table


def _told(table: list[list[int]], hidden: frozenset[tuple[int, int]]) -> set[tuple[int, int]]:
    """Hidden cells that all tables with the printed cells agree on: asked of the null space of all sums."""
    rows, columns = len(table), len(table[0])
    places = [(r, c) for r in range(rows) for c in range(columns)]
    # unknown: the parts; known: every printed part and every printed total
    known = [[float(other == place) for other in places] for place in places if place not in hidden]
    known += [[float(r == row) for r, _c in places] for row in range(rows) if (row, columns) not in hidden]
    known += [
        [float(c == column) for _r, c in places] for column in range(columns) if (rows, column) not in hidden
    ]
    if (rows, columns) not in hidden:
        known.append([1.0] * len(places))
    if not known:
        return set()
    _u, values, turned = np.linalg.svd(np.array(known))
    free = turned[int((values > 1e-9).sum()) :]
    parts = {
        place for n, place in enumerate(places) if place in hidden and not (abs(free[:, n]) > 1e-9).any()
    }
    sums = {(row, columns): [float(r == row) for r, _c in places] for row in range(rows)}
    sums |= {(rows, column): [float(c == column) for _r, c in places] for column in range(columns)}
    sums[rows, columns] = [1.0] * len(places)
    totals = {p for p, line in sums.items() if p in hidden and not (abs(free @ np.array(line)) > 1e-9).any()}
    return parts | totals
