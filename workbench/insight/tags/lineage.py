"""The lineage of tags: from a tag down to the fields of the lists, and up to all that reads it (domain 11.2)."""

from collections.abc import Callable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


class Lineage:
    """The graph of columns. `uses`: tag -> columns its expressions read directly; a column without entry is an input."""

    def __init__(self, uses: Mapping[str, frozenset[str]]) -> None:
        self._uses = uses
        self._users: dict[str, set[str]] = {}
        for column, used in uses.items():
            for one in used:
                self._users.setdefault(one, set()).add(column)

    def inputs(self, column: str) -> tuple[str, ...]:
        """The columns that a tag reads directly, sorted; () for a field or measure."""
        return tuple(sorted(self._uses.get(column, ())))

    def used_by(self, column: str) -> tuple[str, ...]:
        """The tags that read a column directly, sorted."""
        return tuple(sorted(self._users.get(column, ())))

    def below(self, column: str) -> tuple[str, ...]:
        """All columns that a tag rests on, down to the fields, the nearest first."""
        return _reach(column, self.inputs)

    def above(self, column: str) -> tuple[str, ...]:
        """All tags that rest on a column, the nearest first."""
        return _reach(column, self.used_by)


def cycle_of(uses: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The columns of one cycle, the first again at the end; () when there is none."""
    try:
        TopologicalSorter(uses).prepare()
    except CycleError as error:
        # graphlib lists the cycle from the used to the user
        return tuple(reversed(error.args[1]))
    return ()


def _reach(start: str, step: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    reached: dict[str, None] = {}
    ahead = list(step(start))
    while ahead:
        column = ahead.pop(0)
        if column not in reached and column != start:
            reached[column] = None
            ahead.extend(step(column))
    return tuple(reached)
