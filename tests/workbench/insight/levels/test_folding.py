"""The fold over whole columns is the fold of each customer."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from workbench.insight.levels.folding import MISSING, NONE, fold_all
from workbench.insight.levels.movement import Policy, Trail, fold
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

LADDER = Ladder.of(Rules.load())
_AVERAGE = st.one_of(
    st.none(),
    st.sampled_from([line + step for line in LADDER.lines for step in (-1, 0, 1)]),
    st.integers(-100, 2 * max(LADDER.lines)),
)


@pytest.mark.parametrize("option", ["R1", "R2"])
@law(examples=300, few=40)
@given(
    st.integers(1, 16).flatmap(
        lambda n: st.lists(st.lists(_AVERAGE, min_size=n, max_size=n), min_size=1, max_size=6)
    )
)
def test_every_row_is_the_fold_of_its_months(option: str, runs: list[list[int | None]]) -> None:
    policy = replace(Policy.of(Rules.load()), option=option)
    months = [f"m{place:02d}" for place in range(len(runs[0]))]
    table = np.array([[MISSING if one is None else one for one in run] for run in runs], dtype=np.int64)
    found = fold_all(table, LADDER, policy)

    def level(place: int) -> str | None:
        return None if place == NONE else LADDER.codes[place]

    def month(place: int) -> str | None:
        return None if place == NONE else months[place]

    for n, run in enumerate(runs):
        wanted = fold(run, LADDER, policy, months)
        assert bool(found.followed[n]) == (wanted != Trail())
        if wanted == Trail():
            continue
        falls_in = int(found.falls_in[n])
        assert wanted == Trail(
            level(found.tier[n]), level(found.reached[n]), level(found.before[n]), wanted.following,
            int(found.watch[n]), bool(found.attention[n]), None if falls_in == NONE else falls_in,
            month(found.since[n]), month(found.upgraded[n]), month(found.downgraded[n]), level(found.fell_from[n]),
            int(found.months_told[n]), month(found.first[n]), int(found.peak[n]), month(found.peak_at[n]),
        )  # fmt: skip
