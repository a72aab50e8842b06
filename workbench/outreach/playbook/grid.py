"""The two things that the scripts of a book differ by, as a grid: 情绪 x 情形, 时机 x 介绍人, 风格 x 场景."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.base.i18n import _
from workbench.insight.genes.data import letters, segments
from workbench.outreach.playbook.finding import value_of
from workbench.outreach.playbook.library import ScriptLibrary
from workbench.outreach.playbook.script import Script

#: what scripts may differ by beside the axes of their book, the first before the others
_OTHERS = ("style", "scene", "segment")
#: the part of the entries that must have a value of an axis, and the most columns that a screen has room for
_MOST_HAVE, _COLUMNS = 0.6, 10


@dataclass(frozen=True, slots=True)
class GridCell:
    """A place of the grid: what is wanted there (axis -> value), what tells it from its neighbours, how many texts it has."""

    of: Mapping[str, str]
    name: str
    texts: int


@dataclass(frozen=True, slots=True)
class ScriptGrid:
    """`rows`, `columns`: their names, no columns where each row has places of its own; None: nothing stands there."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[GridCell | None, ...], ...]


def grid_of(scripts: Iterable[Script], held: ScriptLibrary) -> ScriptGrid | None:
    """The grid of some scripts; None where they do not differ by two things."""
    listed = list(scripts)
    entries = list({one.base: one for one in listed}.values())
    axes = dict.fromkeys(axis for one in entries for axis in one.of)
    differing = [axis for axis in (*axes, *_OTHERS) if len(_values(axis, entries, held)) > 1][:2]
    if len(differing) < 2:
        return None
    down, across = differing
    rows = _values(down, entries, held)
    columns = _values(across, entries, held)
    cells = [
        [_cell({down: row, across: column}, listed, axis_value(across, column, held)) for column in columns]
        for row in rows
    ]
    names = tuple(axis_value(down, row, held) for row in rows)
    if len(columns) <= _COLUMNS:
        heads = tuple(axis_value(across, column, held) for column in columns)
        return ScriptGrid(names, heads, tuple(map(tuple, cells)))
    filled = [[one for one in line if one is not None] for line in cells]
    wide = max(map(len, filled))
    if wide > _COLUMNS:
        return None
    return ScriptGrid(names, (), tuple((*line, *[None] * (wide - len(line))) for line in filled))


def _cell(of: Mapping[str, str], listed: Sequence[Script], name: str) -> GridCell | None:
    count = sum(all(value_of(one, axis) == value for axis, value in of.items()) for one in listed)
    return GridCell(of, name, count) if count else None


def _values(axis: str, entries: Sequence[Script], held: ScriptLibrary) -> tuple[str, ...]:
    """The values of an axis in the order of the library; none where too few entries have one."""
    values = [value for one in entries if (value := value_of(one, axis))]
    if len(values) < _MOST_HAVE * len(entries):
        return ()
    order = list(held.axes.get(axis, ()))
    seen = list(dict.fromkeys(values))
    return tuple(
        sorted(seen, key=lambda one: order.index(one) if one in order else len(order) + seen.index(one))
    )


def axis_value(axis: str, value: str, held: ScriptLibrary) -> str:
    """The name of a value in the language in use."""
    if axis == "scene":
        return _(held.scenes[value].name)
    if axis == "style":
        return _(letters()[value].name)
    if axis == "segment":
        return next((_(one.name) for one in segments() if one.code == value), value)
    return _(held.axes[axis][value])
