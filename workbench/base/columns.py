"""Columns in memory as SQL has them: each value told or not, and texts as the places in a list of words."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Unclear(Exception):
    """An expression or a value that is not computed here: whoever asked has the database compute it."""


class TextPlaces:
    """The texts of a column; what is asked about a text is asked once for each."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._places: dict[str, int] = {}
        self._mapped: dict[Hashable, NDArray[Any]] = {}
        self._parts: dict[tuple[int, int | None], TextPlaces] = {}
        self._ranks: NDArray[np.int64] = np.empty(0, np.int64)

    def place(self, text: str) -> int:
        """The place of a text, at the end where it is new."""
        place = self._places.setdefault(text, len(self.texts))
        if place == len(self.texts):
            self.texts.append(text)
        return place

    def places(self, texts: Iterable[str], number: int) -> NDArray[np.int32]:
        """The places of so many texts."""
        texts = list(texts)
        for text in set(texts) - self._places.keys():
            self.place(text)
        return np.fromiter(map(self._places.__getitem__, texts), np.int32, number)

    def mapped(self, key: Hashable, answer: Callable[[str], Any], kind: Any) -> NDArray[Any]:
        """What is told of each text, by its place; kept under a key."""
        known = self._mapped.get(key)
        done = 0 if known is None else len(known)
        if known is None or done < len(self.texts):
            # at least one, so that a place of what is not told can be asked about
            more = np.array([answer(text) for text in self.texts[done:]] or [answer("")], dtype=kind)
            known = more if known is None or not done else np.concatenate([known, more])
            if self.texts:
                self._mapped[key] = known
        return known

    def ranks(self) -> NDArray[np.int64]:
        """The place of each text in their order."""
        if len(self._ranks) < max(len(self.texts), 1):
            self._ranks = np.zeros(max(len(self.texts), 1), np.int64)
            order = sorted(range(len(self.texts)), key=self.texts.__getitem__)
            self._ranks[np.array(order, np.int64)] = np.arange(len(order))
        return self._ranks

    def parts(self, start: int, end: int | None) -> "TextPlaces":
        """The words that are a part of these."""
        return self._parts.setdefault((start, end), TextPlaces())


@dataclass(frozen=True, slots=True, eq=False)
class ColumnValues:
    """A column or, without a dimension, a constant: bool, int64 or float64, or with `words` the places in them; `known` is
    None where all are told."""

    data: Any
    known: Any = None
    words: TextPlaces | None = None


#: NULL in every row
NOTHING = ColumnValues(np.zeros((), np.int64), np.zeros((), np.bool_))


def constant(value: Any) -> ColumnValues:
    """One value for all rows."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        words = TextPlaces()
        return ColumnValues(np.asarray(words.place(value)), None, words)
    if isinstance(value, bool | int | float):
        return ColumnValues(np.asarray(int(value) if isinstance(value, bool) else value))
    raise Unclear(type(value).__name__)


def words_of(one: ColumnValues) -> TextPlaces:
    """The words of a column of texts. Raises Unclear for numbers."""
    if one.words is None:
        raise Unclear("a number as text")
    return one.words


def both_known(one: ColumnValues, other: ColumnValues) -> Any:
    """Where both are told."""
    if one.known is None or other.known is None:
        return other.known if one.known is None else one.known
    return one.known if one.known is other.known else one.known & other.known


def unified(one: ColumnValues, other: ColumnValues) -> tuple[ColumnValues, ColumnValues]:
    """Two columns with the same words, if they are texts."""
    if one is NOTHING or other is NOTHING or one.words is other.words:
        words = other.words if one is NOTHING else one.words
        return ColumnValues(one.data, one.known, words), ColumnValues(other.data, other.known, words)
    if one.words is None or other.words is None:
        raise Unclear("text beside a number")
    words = one.words if len(one.words.texts) >= len(other.words.texts) else other.words
    return tuple(  # type: ignore[return-value]
        part if part.words is words else ColumnValues(_moved(part, words), part.known, words)
        for part in (one, other)
    )


def _moved(one: ColumnValues, words: TextPlaces) -> Any:
    return words_of(one).mapped(("in", words), words.place, np.int64)[one.data]
