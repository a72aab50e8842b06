"""Customer numbers that are known, found with more or fewer leading zeros; and how many of a sheet may lack some."""

from collections.abc import Iterable
from dataclasses import dataclass


def bare(number: str) -> str | None:
    """The number without leading zeros; None when it is not of digits alone."""
    return (number.lstrip("0") or "0") if number.isascii() and number.isdigit() else None


class KnownNumbers:
    """Customer numbers that the book has or will have, found however many zeros they begin with."""

    def __init__(self, numbers: Iterable[str] = ()) -> None:
        self._exact = frozenset(numbers)
        self._bare: dict[str, tuple[str, ...]] | None = None

    def __contains__(self, number: object) -> bool:
        return number in self._exact

    def also(self, numbers: Iterable[str]) -> "KnownNumbers":
        """These and others."""
        return KnownNumbers(self._exact.union(numbers))

    def like(self, number: str) -> tuple[str, ...]:
        """The known numbers that differ from this one by leading zeros at most."""
        if self._bare is None:
            self._bare = {}
            for one in self._exact:
                if (digits := bare(one)) is not None:
                    self._bare[digits] = (*self._bare.get(digits, ()), one)
        return self._bare.get(bare(number) or "", ())

    def respells(self, numbers: Iterable[str]) -> bool:
        """Whether one of the numbers would be written otherwise."""
        return any(self.like(number) for number in self._exact.symmetric_difference(numbers) - self._exact)

    def led(self, length: int) -> bool:
        """Whether numbers of this length begin with a zero."""
        return any(len(number) == length and number[0] == "0" for number in self._exact)


@dataclass(frozen=True, slots=True)
class LostZeros:
    """New numbers shorter than others of their column or the book: how many, and the digits they should have.

    `sure`: the longer ones begin with zeros; `padded`: a person had them filled up.
    """

    count: int
    digits: int
    sure: bool
    padded: bool
