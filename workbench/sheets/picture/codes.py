"""The codes at the corners of a printed page: which book, sheet, page and corner they stand for."""

import re
from dataclasses import dataclass

#: letters of the corners: upper left, upper right, lower right, lower left
_CORNERS = "WXYZ"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NUMBER = re.compile(r"(\d{6})-(\d{6})(?:-(\d{1,4}))?")
_TEXT = re.compile(rf"([{_CORNERS}])([0-9A-F]{{8}})(\d{{6}})(\d{{6}})([0-9A-Z]{{2}})([0-9A-Z]{{2}})")
#: pages of a sheet, and sheets made within a second, that a code has room for
_MOST = len(_DIGITS) ** 2


@dataclass(frozen=True, slots=True)
class PageCode:
    """A code: the beginning of the `mark` of its book (8 hex digits, upper case), the number of the sheet, the page from 1, the
    corner from 0 clockwise from the upper left."""

    mark: str
    sheet: str
    page: int
    corner: int

    @property
    def text(self) -> str:
        """What the code says: 25 characters, as many as the smallest code holds; '' for a number that is not one of ours."""
        number = _NUMBER.fullmatch(self.sheet)
        again = int(number[3] or 0) if number else 0
        if number is None or again >= _MOST or self.page >= _MOST:
            return ""
        return f"{_CORNERS[self.corner]}{self.mark}{number[1]}{number[2]}{_pair(again)}{_pair(self.page)}"


def short_mark(mark: str) -> str:
    """The mark of a book (see `book_mark`) as its codes bear it."""
    return mark[:8].upper().ljust(8, "0")


def code_of(text: str) -> PageCode | None:
    """What a text read from a code says; None where it is no code of ours."""
    parts = _TEXT.fullmatch(text)
    if parts is None:
        return None
    corner, mark, day, time, again, page = parts.groups()
    number = f"{day}-{time}" + (f"-{int(again, 36)}" if int(again, 36) else "")
    return PageCode(mark, number, int(page, 36), _CORNERS.index(corner))


def _pair(number: int) -> str:
    return _DIGITS[number // 36] + _DIGITS[number % 36]
