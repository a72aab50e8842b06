"""A column after reading: its values, its faults, and facts that spare the checks a look at each cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, cast

from workbench.intake.reading.frames import Cell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Cells: TypeAlias = Sequence[Cell]
#: the value of a cell; None: blank. Dates are ISO texts, money is fen, a flag 1 or 0.
Read: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A column read: its values (None: blank or faulty) and its faults as (index, code).

    A fault that only marks a doubtful value (`id_check`, `two_numbers`) leaves the value in place.
    """

    values: list[Read]
    faults: list[tuple[int, str]] = field(default_factory=list)
    #: the distinct texts among the raw cells; empty where the column is known to be clean
    texts: frozenset[str] = frozenset()
    #: the values as a numpy array, nan for blank (fen for money); None for columns that are not numeric
    numbers: "NDArray[np.float64] | None" = None
    #: whether the column mixes real numbers and texts
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
    """The column of a text field; None when the sheet lacks it."""
    return as_texts(columns[key]) if key in columns else None


def wholes_of(columns: Mapping[str, list[Read]], key: str) -> list[int | None] | None:
    """The column of a money (fen), count or flag field; None when the sheet lacks it."""
    return as_wholes(columns[key]) if key in columns else None
