"""The two things that the scripts of a book differ by, as rows and columns: 情绪 x 情形, 时机 x 介绍人, 风格 x 场景."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.base.i18n import _
from workbench.insight.genes.data import letters, segments
from workbench.outreach.playbook.finding import value_of
from workbench.outreach.playbook.library import Library
from workbench.outreach.playbook.script import Script

#: what scripts may differ by beside the axes of their book, the first before the others
_OTHERS = ("style", "scene", "segment")


@dataclass(frozen=True, slots=True)
class GridLine:
    """A row or a column: its value with its name."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class ScriptGrid:
    """`down`, `across`: axes (codes) with their lines; `counts`: how many entries each cell has, 0 for none."""

    down: str
    across: str
    rows: tuple[GridLine, ...]
    columns: tuple[GridLine, ...]
    counts: tuple[tuple[int, ...], ...]


def grid_of(scripts: Iterable[Script], held: Library) -> ScriptGrid | None:
    """The grid of some scripts; None where they do not differ by two things."""
    entries = list({one.base: one for one in scripts}.values())
    axes = list(dict.fromkeys(axis for one in entries for axis in one.of))
    differing = [(axis, lines) for axis in (*axes, *_OTHERS) if len(lines := _lines(axis, entries, held)) > 1]
    if len(differing) < 2:
        return None
    (down, rows), (across, columns) = differing[:2]
    counts = tuple(
        tuple(
            sum(value_of(one, down) == row.value and value_of(one, across) == column.value for one in entries)
            for column in columns
        )
        for row in rows
    )
    return ScriptGrid(down, across, rows, columns, counts)


def _lines(axis: str, entries: Sequence[Script], held: Library) -> tuple[GridLine, ...]:
    """The values of an axis in the order of the library; none where a script has none."""
    values = [value_of(one, axis) for one in entries]
    if not all(values):
        return ()
    order = list(held.axes.get(axis, ()))
    distinct = sorted(set(values), key=lambda one: order.index(one) if one in order else values.index(one))
    return tuple(GridLine(one, axis_value(axis, one, held)) for one in distinct)


def axis_value(axis: str, value: str, held: Library) -> str:
    """The name of a value in the language in use."""
    if axis == "scene":
        return _(held.scenes[value].name)
    if axis == "style":
        return _(letters()[value].name)
    if axis == "segment":
        return next((_(one.name) for one in segments() if one.code == value), value)
    return _(held.axes[axis][value])
