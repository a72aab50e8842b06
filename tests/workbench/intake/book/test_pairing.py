"""Rows of a sheet find as many stored lines as any pairing gives them, each line once."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from workbench.intake.book.pairing import perfect_as_possible

LINES = range(6)


def most(choices: Sequence[frozenset[int]], free: frozenset[int] = frozenset(LINES)) -> int:
    """The size of the largest pairing, by trying all of them."""
    if not choices:
        return 0
    head, *rest = choices
    return max([most(rest, free), *(1 + most(rest, free - {line}) for line in head & free)])


@law(examples=300, few=60)
@given(choices=st.lists(st.frozensets(st.sampled_from(LINES), max_size=4), max_size=6))
def test_no_pairing_has_more_pairs_and_none_uses_a_row_or_a_line_twice(
    choices: list[frozenset[int]],
) -> None:
    pairs = perfect_as_possible(range(len(choices)), LINES, lambda row, line: line in choices[row])
    assert len(pairs) == most(choices)
    assert all(line in choices[row] for row, line in pairs)
    assert len({row for row, _line in pairs}) == len({line for _row, line in pairs}) == len(pairs)


def test_where_everything_fits_the_order_stays() -> None:
    pairs = perfect_as_possible("abc", "xyz", lambda _row, _line: True)
    assert pairs == [("a", "x"), ("b", "y"), ("c", "z")]


def test_a_row_gives_up_its_line_to_one_that_has_no_other() -> None:
    fits = {("either", "one"), ("either", "two"), ("only", "one")}
    pairs = perfect_as_possible(["either", "only"], ["one", "two"], lambda row, line: (row, line) in fits)
    assert dict(pairs) == {"only": "one", "either": "two"}


def test_a_group_too_large_for_the_best_pairing_is_paired_in_order() -> None:
    rows, lines = range(600), range(500)
    assert perfect_as_possible(rows, lines, lambda row, line: row == line) == [(n, n) for n in lines]
    # each row tries the next few lines only: what stands far behind is not looked for
    assert perfect_as_possible(rows, lines, lambda row, line: (row, line) == (0, 499)) == []
