"""Circles in who introduced whom: none in an order, each once, whatever the order of the rows."""

from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from workbench.people.referring.circles import Edge, circles, edges_of, from_smallest

_NODES = st.sampled_from([f"C{n}" for n in range(7)])
_EDGES = st.lists(st.tuples(_NODES, _NODES), max_size=18)


def test_three_who_introduced_each_other_are_one_circle_in_order() -> None:
    edges = [("C", "A"), ("A", "B"), ("B", "C"), ("A", "X"), ("Y", "A")]
    assert circles(edges, 50) == [("A", "B", "C")]


def test_two_make_a_circle_and_one_alone_makes_none() -> None:
    assert circles([("A", "B"), ("B", "A")], 50) == [("A", "B")]
    assert circles([("A", "A")], 50) == []


@law(examples=300, few=40)
@given(_EDGES)
def test_who_only_introduces_later_ones_closes_no_circle(edges: list[Edge]) -> None:
    assert circles([(min(edge), max(edge)) for edge in edges], 50) == []


@law(examples=300, few=40)
@given(st.permutations([f"C{n}" for n in range(7)]), st.integers(2, 7), _EDGES)
def test_the_edge_that_closes_a_path_is_seen(order: list[str], length: int, more: list[Edge]) -> None:
    path = tuple(order[:length])
    open_path = edges_of(path)[:-1]
    ascending = {node: place for place, node in enumerate(order)}
    others = [tuple(sorted(edge, key=ascending.__getitem__)) for edge in more]
    edges = [*open_path, *((a, b) for a, b in others)]
    assert circles(edges, 10_000) == []
    closed = circles([*edges, (path[-1], path[0])], 10_000)
    assert from_smallest(path) in closed
    assert all((path[-1], path[0]) in edges_of(circle) for circle in closed)


@law(examples=300, few=40)
@given(_EDGES, st.randoms())
def test_the_order_of_the_rows_does_not_matter(edges: list[Edge], chance: object) -> None:
    shuffled = list(edges)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert circles(shuffled, 10_000) == circles(edges, 10_000)


@law(examples=300, few=40)
@given(_EDGES)
def test_of_a_thick_knot_every_edge_on_a_circle_stands_in_one(edges: list[Edge]) -> None:
    def covered(most: int) -> set[Edge]:
        return {edge for circle in circles(edges, most) for edge in edges_of(circle)}

    assert covered(1) == covered(10_000)
