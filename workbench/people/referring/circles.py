"""Circles in who introduced whom: each once, its members in order, whatever the order of the edges."""

from collections.abc import Iterable
from itertools import islice

Edge = tuple[str, str]


def circles(edges: Iterable[Edge], most: int) -> list[tuple[str, ...]]:
    """The directed circles of two and more members, each beginning with its smallest, sorted; of a thick knot the first `most` of
    it and one through each further edge that lies on any, so that every such edge stands in at least one."""
    forward = sorted({edge for edge in edges if edge[0] != edge[1]})
    givers = {giver for giver, _referred in forward}
    # who introduced nobody closes no circle; loading networkx takes 0.1 s
    inner = [edge for edge in forward if edge[1] in givers]
    if len(inner) < 2:
        return []
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(inner)
    known: set[tuple[str, ...]] = set()
    for members in nx.strongly_connected_components(graph):
        if len(members) < 2:
            continue
        knot: nx.DiGraph[str] = nx.DiGraph()
        knot.add_edges_from(edge for edge in inner if edge[0] in members and edge[1] in members)
        known.update(from_smallest(circle) for circle in islice(nx.simple_cycles(knot), most))
        covered = {edge for circle in known for edge in edges_of(circle)}
        for giver, referred in sorted(knot.edges):
            if (giver, referred) not in covered:
                back = from_smallest(nx.shortest_path(knot, referred, giver))
                known.add(back)
                covered.update(edges_of(back))
    return sorted(known)


def from_smallest(circle: Iterable[str]) -> tuple[str, ...]:
    """A circle, turned so that its smallest member comes first."""
    members = tuple(circle)
    first = members.index(min(members))
    return members[first:] + members[:first]


def edges_of(circle: tuple[str, ...]) -> list[Edge]:
    """The edges of a circle, the closing one last."""
    return list(zip(circle, circle[1:] + circle[:1], strict=True))
