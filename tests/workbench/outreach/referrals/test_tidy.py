"""The tidy drawing of a tree: what makes it tidy holds of every tree."""

from collections import defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.outreach.referrals.tidy import Spot, tidy

Tree = list[list[int]]


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A tree of up to 40 nodes: the parent of each is one of those before it."""
    size = draw(st.integers(1, 40))
    made: Tree = [[] for _node in range(size)]
    for node in range(1, size):
        made[draw(st.integers(max(0, node - 6), node - 1))].append(node)
    return made


def below(tree: Tree, node: int) -> list[int]:
    """A node and all under it, each before its children, in their order."""
    order = [node]
    for one in order:
        order += tree[one]
    return order


def shape(tree: Tree, node: int) -> tuple[object, ...]:
    return tuple(shape(tree, child) for child in tree[node])


def drawn(tree: Tree, spots: dict[int, Spot], node: int) -> list[float]:
    """Where the nodes under one stand, measured from it."""
    return [spots[one].across - spots[node].across for one in below(tree, node)]


@settings(max_examples=60, deadline=None)
@given(trees())
def test_every_tree_is_drawn_tidily(tree: Tree) -> None:
    spots = tidy(tree)
    levels: defaultdict[int, list[float]] = defaultdict(list)
    for node in below(tree, 0):  # breadth first: left to right on every level
        levels[spots[node].depth].append(spots[node].across)
    for level in levels.values():
        assert all(right - left >= 1 - 1e-6 for left, right in pairwise(level))
    for node, children in enumerate(tree):
        if children:
            middle = (spots[children[0]].across + spots[children[-1]].across) / 2
            assert abs(spots[node].across - middle) < 1e-6
            assert {spots[child].depth for child in children} == {spots[node].depth + 1}
    assert min(spot.across for spot in spots.values()) == 0
    same: dict[tuple[object, ...], list[float]] = {}
    for node in range(len(tree)):
        picture = drawn(tree, spots, node)
        known = same.setdefault(shape(tree, node), picture)
        assert all(abs(one - other) < 1e-6 for one, other in zip(known, picture, strict=True))


def test_a_chain_of_any_length_is_a_line_and_a_single_person_stands_at_the_left() -> None:
    chain = [[node + 1] for node in range(5_000)] + [[]]
    spots = tidy(chain)
    assert {spot.across for spot in spots.values()} == {0.0}
    assert spots[5_000].depth == 5_000
    assert tidy([[]]) == {0: Spot(0.0, 0)}
