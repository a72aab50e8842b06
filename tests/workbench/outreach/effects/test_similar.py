"""Contacted beside similar: the same list, level and light, nobody who was reached; too few tell nothing (domain 12.5)."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.outreach.effects.similar import MonthGroup, compare
from workbench.outreach.effects.words import effect_words


def cohort(rows: Sequence[tuple[int, int, bool, bool, bool]]) -> MonthGroup:
    """Of (id, likeness, known, stayed, free)."""
    columns = list(zip(*rows, strict=True))
    return MonthGroup(
        np.array(columns[0], np.int64), np.array(columns[1], np.int64), *(np.array(one, np.bool_) for one in columns[2:])
    )  # fmt: skip


def many(
    first: int, count: int, likeness: int, stayed: int, *, free: bool
) -> list[tuple[int, int, bool, bool, bool]]:
    return [(first + n, likeness, True, n < stayed, free) for n in range(count)]


def test_the_fixture_of_the_handbook_cannot_be_told_from_nothing() -> None:
    """18 of 120 beside 3 of 40 (domain 12.5, 22-9)."""
    month = cohort([*many(0, 120, 1, 18, free=False), *many(200, 40, 1, 3, free=True)])
    compared = compare({"2026-03": list(range(120))}, {"2026-03": month}, 30)
    assert compared.difference == pytest.approx(0.075)
    assert compared.interval == pytest.approx((-0.0595, 0.1644), abs=0.0001)
    assert "看不出差别" in effect_words(compared)


def test_similar_are_weighed_like_those_contacted() -> None:
    """Nine in ten were contacted where half stay: the similar ones count as nine to one, not as there are."""
    month = cohort(
        [
            *many(0, 36, 1, 18, free=False), *many(100, 4, 2, 4, free=False),
            *many(200, 100, 1, 50, free=True), *many(400, 900, 2, 900, free=True),
        ]
    )  # fmt: skip
    compared = compare({"m": [*range(36), *range(100, 104)]}, {"m": month}, 30)
    assert compared.similar is not None
    assert compared.similar.share == pytest.approx(0.9 * 0.5 + 0.1 * 1.0)
    assert compared.difference == pytest.approx(0.0)
    assert compared.similar.n < 130  # the nine hundred add next to nothing


def test_who_was_reached_or_contacted_in_the_group_is_nobodys_similar_one() -> None:
    rows = [
        *many(0, 2, 1, 2, free=False), *many(10, 5, 1, 0, free=False), *many(20, 3, 1, 3, free=True),
        (30, 1, False, False, True),
    ]  # fmt: skip
    compared = compare({"m": [0, 1], "n": [20]}, {"m": cohort(rows), "n": cohort(rows)}, 1)
    assert compared.similar is not None
    assert (compared.similar.people, compared.similar.share) == (2, 1.0)


def test_few_are_told_as_few_and_those_left_out_are_counted() -> None:
    month = cohort(
        [
            (1, 1, True, True, False),
            (2, 9, True, True, False),
            (3, 1, False, True, False),
            (4, 1, True, True, True),
        ]
    )
    compared = compare({"m": [1, 2, 3, 99]}, {"m": month}, 30, waiting=[5, 6, 7, 8, 9])
    assert (compared.contacted.n, compared.alone, compared.unknown, compared.waiting) == (1, 1, 2, 5)
    assert compared.difference is None
    words = effect_words(compared)
    assert "样本太少" in words
    assert "5 户还没看满、2 户说不清、1 户找不到相近的客户" in words


def test_who_waits_in_the_group_is_nobodys_similar_one() -> None:
    month = cohort([*many(0, 2, 1, 2, free=False), *many(10, 5, 1, 5, free=True)])
    compared = compare({"m": [0, 1]}, {"m": month}, 1, waiting=[10], untold=[11])
    assert compared.similar is not None
    assert (compared.similar.people, compared.waiting, compared.unknown) == (3, 1, 1)


def test_similar_ones_that_weigh_little_are_told_as_few() -> None:
    month = cohort(
        [
            *many(0, 40, 1, 40, free=False), (99, 2, True, True, False),
            *many(100, 5, 1, 5, free=True), *many(200, 60, 2, 60, free=True),
        ]
    )  # fmt: skip
    compared = compare({"m": [*range(40), 99]}, {"m": month}, 30)
    assert compared.difference is None
    assert "相近而没联系的 65 户,两边各满 30 户才相比。" in effect_words(compared)
    assert "加权后只相当于 5 户" in effect_words(compared)


def test_nobody_contacted_is_no_comparison() -> None:
    assert compare({}, {}, 30).similar is None


@given(
    st.lists(st.tuples(st.integers(0, 2), st.booleans(), st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=60)
)  # fmt: skip
def test_every_contacted_customer_is_counted_once_and_shares_are_shares(
    drawn: list[tuple[int, bool, bool, bool, bool]],
) -> None:
    month = cohort(
        [(n, like, known, stayed, free) for n, (like, known, stayed, free, _in) in enumerate(drawn)]
    )
    ours = [n for n, one in enumerate(drawn) if one[4]]
    compared = compare({"m": ours}, {"m": month}, 1)
    assert compared.contacted.n + compared.alone + compared.unknown == len(ours)
    if compared.similar is not None:
        assert 0 <= compared.similar.share <= 1
        assert 0 < compared.similar.n <= compared.similar.people
        assert -1 <= compared.interval[0] <= compared.interval[1] <= 1
