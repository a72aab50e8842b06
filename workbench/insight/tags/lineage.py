"""Which tag rests on which: from a tag down to the fields of the lists, and up to all that uses it (domain 11.2)."""

from collections.abc import Callable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


class Lineage:
    """The graph of columns: `uses` names what each tag's expressions take directly; what has no entry is an input."""

    def __init__(self, uses: Mapping[str, frozenset[str]]) -> None:
        self._uses = uses
        self._users: dict[str, set[str]] = {}
        for column, used in uses.items():
            for one in used:
                self._users.setdefault(one, set()).add(column)

    def inputs(self, column: str) -> tuple[str, ...]:
        """What a tag takes directly; nothing for a field or measure."""
        return tuple(sorted(self._uses.get(column, ())))

    def used_by(self, column: str) -> tuple[str, ...]:
        """The tags that take a column directly."""
        return tuple(sorted(self._users.get(column, ())))

    def below(self, column: str) -> tuple[str, ...]:
        """All that a tag rests on, down to the fields."""
        return _reach(column, self.inputs)

    def above(self, column: str) -> tuple[str, ...]:
        """All that rests on a column."""
        return _reach(column, self.used_by)


def cycle_of(uses: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """One cycle, first column again at the end; () when there is none."""
    try:
        TopologicalSorter(uses).prepare()
    except CycleError as error:
        # graphlib names it from the used to the user
        return tuple(reversed(error.args[1]))
    return ()


def _reach(start: str, step: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    ahead = list(step(start))
    while ahead:
        one = ahead.pop(0)
        if one not in found and one != start:
            found[one] = None
            ahead.extend(step(one))
    return tuple(found)
