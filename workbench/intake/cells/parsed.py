"""A column after reading: its values, its faults, and what the checks may ask of it without looking at each cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A column read: values (None: not told) and the faults as (index, code). Faulty cells are None, except
    where the code only marks the value (`id_check`, `two_numbers`)."""

    values: list[Any]
    faults: list[tuple[int, str]] = field(default_factory=list)
    #: the distinct texts among the cells as found; empty where the column is known to be clean
    texts: frozenset[str] = frozenset()
    #: the values as a numpy array with nan for not told (fen for money); None for columns that are no numbers
    numbers: Any = None
    #: whether real numbers stand beside the texts
    mixed: bool = False


class Fault:
    """A cell that could not be read (value None), or one that was read but is doubtful."""

    __slots__ = ("code", "value")

    def __init__(self, code: str, value: Any = None) -> None:
        self.code = code
        self.value = value
