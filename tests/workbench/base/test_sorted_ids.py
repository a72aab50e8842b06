"""Ids are found where they stand, and those that are not known are told."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from workbench.base.sorted_ids import places_of

IDS = st.lists(st.integers(1, 30), unique=True)


@law(examples=200)
@given(IDS, IDS)
def test_an_id_is_found_where_it_stands(known: list[int], some: list[int]) -> None:
    ordered = np.array(sorted(known), dtype=np.int64)
    places, here = places_of(ordered, np.array(some, dtype=np.int64))
    assert here.tolist() == [one in known for one in some]
    assert [int(ordered[at]) for at, there in zip(places, here, strict=True) if there] == [
        one for one in some if one in known
    ]
