"""A column after reading: its values, its faults, and what the checks may ask of it without looking at each cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, cast

from workbench.intake.reading.frames import Cell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Cells: TypeAlias = Sequence[Cell]
#: what a cell is read as; None: it says nothing. Dates are ISO texts, money is fen, a flag 1 or 0.
Read: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A column read: values (None: not told) and the faults as (index, code). Faulty cells are None, except
    where the code only marks the value (`id_check`, `two_numbers`)."""

    values: list[Read]
    faults: list[tuple[int, str]] = field(default_factory=list)
    #: the distinct texts among the cells as found; empty where the column is known to be clean
    texts: frozenset[str] = frozenset()
    #: the values as a numpy array with nan for not told (fen for money); None for columns that are no numbers
    numbers: "NDArray[np.float64] | None" = None
    #: whether real numbers stand beside the texts
    mixed: bool = False


class CellFault:
    """A cell that could not be read (value None), or one that was read but is doubtful."""

    __slots__ = ("code", "value")

    def __init__(self, code: str, value: Read = None) -> None:
        self.code = code
        self.value = value


def as_texts(values: list[Read]) -> list[str | None]:
    """The same list, of a column that holds texts: ids, names, dates, words."""
    return cast(list[str | None], values)


def as_wholes(values: list[Read]) -> list[int | None]:
    """The same list, of a column that holds money (fen), counts or flags."""
    return cast(list[int | None], values)


def texts_of(columns: Mapping[str, list[Read]], key: str) -> list[str | None] | None:
    """A column of texts by its field; None: the sheet has none."""
    return as_texts(columns[key]) if key in columns else None


def wholes_of(columns: Mapping[str, list[Read]], key: str) -> list[int | None] | None:
    """A column of money (fen), counts or flags by its field; None: the sheet has none."""
    return as_wholes(columns[key]) if key in columns else None
