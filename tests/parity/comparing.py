"""Two answers to the same question, compared cell by cell: what is equal, and what is told of what is not."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from workbench.insight.values.values import Values

#: How far two floats may lie apart, as a share of the larger.
NEAR = 1e-9
#: When something was computed or read is not what came of it.
CLOCK = (".computed_at", ".imported_at", ".last_import_at")
#: How many differences a failure names.
SHOWN = 10
#: surface -> how many cells of it were compared in this run
COMPARED: Counter[str] = Counter()


def same(left: object, right: object) -> bool:
    """Equal in type and value; floats to within a billionth."""
    if type(left) is not type(right):
        return False
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=NEAR)
    return left == right


def compare_rows(
    surface: str, left: Iterable[Mapping[str, Any]], right: Iterable[Mapping[str, Any]], key: str
) -> int:
    """Rows of two tables by a column that names them; answers how many cells were equal, fails on the first that
    differ."""
    first, second = ({row[key]: row for row in rows} for rows in (left, right))
    assert first.keys() == second.keys(), f"{surface}: rows {first.keys() ^ second.keys()} stand on one side"
    assert first, f"{surface}: nothing to compare"
    differing: list[str] = []
    cells = 0
    for row_id, row in first.items():
        other = second[row_id]
        assert list(row) == list(other), f"{surface}: columns {set(row) ^ set(other)} stand on one side"
        cells += len(row)
        differing += (
            _line(f"{name} of {row_id}", value, other[name])
            for name, value in row.items()
            if not same(value, other[name])
        )
    return _counted(surface, cells, differing)


def compare(surface: str, left: object, right: object) -> int:
    """Two documents, dataclasses or lists, to the last leaf and in the same order."""
    first, second = (
        {path: leaf for path, leaf in leaves(one) if not path.endswith(CLOCK)} for one in (left, right)
    )
    differing = [
        _line(path, first.get(path, "nothing"), second.get(path, "nothing"))
        for path in dict.fromkeys((*first, *second))
        if path not in first or path not in second or not same(first[path], second[path])
    ]
    if not differing and list(first) != list(second):
        differing = ["the same, in another order"]
    return _counted(surface, len(first), differing)


def leaves(one: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value of a nested one with the way to it; an empty list or mapping is a value of its own."""
    inner: Iterable[tuple[object, object]]
    if is_dataclass(one) and not isinstance(one, type):
        inner = [(field.name, getattr(one, field.name)) for field in fields(one)]
    elif isinstance(one, Mapping):
        inner = one.items()
    elif isinstance(one, set | frozenset):
        inner = enumerate(sorted(one, key=repr))
    elif isinstance(one, Sequence) and not isinstance(one, str | bytes):
        inner = enumerate(one)
    else:
        yield path, one
        return
    parts = [(name, part) for name, part in inner if not isinstance(part, Values)]
    if not parts:
        yield path, f"empty {type(one).__name__}"
    for name, part in parts:
        yield from leaves(part, f"{path}.{name}")


def _line(where: str, left: object, right: object) -> str:
    return f"{where}: {left!r} ({type(left).__name__}) / {right!r} ({type(right).__name__})"


def _counted(surface: str, cells: int, differing: Sequence[str]) -> int:
    if differing:
        more = f"\n… {len(differing) - SHOWN} more" if len(differing) > SHOWN else ""
        raise AssertionError(
            f"{surface}: {len(differing)} of {cells} differ (SQLite / PostgreSQL)\n"
            + "\n".join(differing[:SHOWN])
            + more
        )
    COMPARED[surface] += cells
    return cells
