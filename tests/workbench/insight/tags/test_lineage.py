"""The lineage of tags: down to the inputs, up to the users, and cycles (domain 11.2)."""

from itertools import pairwise

import pytest

from workbench.insight.tags.lineage import Lineage, cycle_of

#: call rests on care, which rests on watch and band; these rest on two inputs
USES = {
    "watch": frozenset({"months"}),
    "band": frozenset({"average"}),
    "care": frozenset({"watch", "band"}),
    "call": frozenset({"care", "average"}),
}


def test_direct_inputs_and_users_are_sorted() -> None:
    lineage = Lineage(USES)
    assert lineage.inputs("care") == ("band", "watch")
    assert lineage.used_by("average") == ("band", "call")
    assert lineage.inputs("average") == ()
    assert lineage.used_by("call") == ()


def test_the_whole_lineage_comes_once_each_the_nearest_first() -> None:
    lineage = Lineage(USES)
    assert lineage.below("call") == ("average", "care", "band", "watch", "months")
    assert lineage.above("months") == ("watch", "care", "call")
    assert lineage.below("unknown") == ()


def test_a_column_in_a_cycle_does_not_rest_on_itself() -> None:
    lineage = Lineage({"a": frozenset({"b"}), "b": frozenset({"a"})})
    assert lineage.below("a") == ("b",)


@pytest.mark.parametrize(
    ("uses", "circle"),
    [
        (USES, ()),
        ({"a": ["a"]}, ("a", "a")),
        ({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}, ("a", "b", "c", "a")),
        ({}, ()),
    ],
)
def test_a_cycle_is_named_from_a_user_to_what_it_uses(
    uses: dict[str, list[str]], circle: tuple[str, ...]
) -> None:
    cycle = cycle_of(uses)
    assert len(cycle) == len(circle)
    if circle:
        assert cycle[0] == cycle[-1]
        assert set(cycle) == set(circle)
        assert all(after in uses[before] for before, after in pairwise(cycle))
