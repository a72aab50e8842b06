"""One column of a table, as data: how a cell reads, looks, sorts, and leaves for a spreadsheet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

#: the class of the rows
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class Column(Generic[_R]):
    """One column over rows of one class: how a cell reads, looks and sorts. `width` in pixels, 0 stretches.

    `light` is the light drawn before the word, `ink` the colour role of the text and `ground` that of the cell, `order`
    the key the source sorts by. `edit(row number, text)` stores a changed cell; `raw` is the text the editor starts
    with, where it is not the text shown. `value` is what rows at hand are sorted by where the text does not tell it (None:
    unknown, last in both directions); `fen` an amount: sorted by, copied in yuan, exact in the tip. A `key` column says
    whose row it is: it is never cut, nor hidden. `narrow` leads to the page's own filter where the list is too long to be
    read whole. `largest`: words about amounts, of which the greatest come first.
    """

    title: str
    text: Callable[[_R], str]
    width: int = 0
    number: bool = False
    tip: Callable[[_R], str | None] | None = None
    light: Callable[[_R], str | None] | None = None
    ink: Callable[[_R], str | None] | None = None
    order: str | None = None
    edit: Callable[[int, str], object] | None = None
    raw: Callable[[_R], str] | None = None
    ground: Callable[[_R], str | None] | None = None
    value: Callable[[_R], Any] | None = None
    fen: Callable[[_R], int | None] | None = None
    key: bool = False
    narrow: Callable[[], object] | None = None
    largest: bool = False

    @property
    def largest_first(self) -> bool:
        """Whether the first click puts the greatest on top: amounts, counts and lights."""
        return self.number or self.largest or self.light is not None
