"""A long list that is known in brief, and read whole only as far as somebody looks at it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class InBrief(Sequence[T]):
    """A list of which each stretch is read whole when it is asked for, once; `brief` has all of it as known before."""

    def __init__(self, brief: Sequence[T], read: Callable[[Sequence[T]], Sequence[T]]) -> None:
        self.brief = brief
        self._read = read
        self._whole: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self.brief)

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...

    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        places = range(len(self.brief))[at]
        if isinstance(places, int):
            return self[places : places + 1][0]
        missing = [place for place in places if place not in self._whole]
        if missing:
            self._whole.update(
                zip(missing, self._read([self.brief[place] for place in missing]), strict=True)
            )
        return tuple(self._whole[place] for place in places)

    def __iter__(self) -> Iterator[T]:
        return iter(self[:])

    def of(self, brief: Sequence[T]) -> "InBrief[T]":
        """Another list that is read as this one is."""
        return InBrief(tuple(brief), self._read)


def brief(part: Sequence[T]) -> Sequence[T]:
    """A list as it is known without reading."""
    return part.brief if isinstance(part, InBrief) else part
