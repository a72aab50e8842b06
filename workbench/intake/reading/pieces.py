"""Reads a large xlsx sheet in pieces of some thousand rows, two at a time, passing through its XML once.

calamine passes through a sheet's XML once for its cells and once more for its merged areas, on one core, and returns
nothing before the end. So the XML is cut between rows, and every piece becomes a workbook of its own in memory, with
the merged areas before the cells, where the second search ends at once. Anything unusual raises `Odd`; the sheet is
then read as a whole.
"""

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO, TypeAlias

import python_calamine as calamine

from workbench.intake.reading.anatomy import UNVALUED_MAX, Anatomy, Scan, XlsxAnatomy
from workbench.intake.reading.frames import Cell

#: Sheets with less XML (bytes) are read whole.
LARGE = 8_000_000
#: Bytes of XML in a piece, and at least this multiple of the shared strings, which every piece repeats.
PIECE = 8_000_000
_TIMES_STRINGS = 2
#: Longer pieces would need more memory than the whole sheet.
_PIECE_MAX = 64_000_000
_TAIL_MAX = 32_000_000
_THREADS = 2
#: What calamine needs of a workbook beside the sheet.
_NEEDED = (
    "[content_types].xml", "_rels/.rels", "/workbook.xml", "/workbook.xml.rels", "/styles.xml", "/sharedstrings.xml",
)  # fmt: skip

_DATA = re.compile(rb"<sheetData(?:\s[^<>]*)?(?<!/)>")
_DATA_END = b"</sheetData>"
_ROW = b"<row "
_NUMBER = re.compile(rb'<row(?=\s)[^<>]*?\sr="(\d{1,7})"')
_NO_MERGED = b"<mergeCells></mergeCells>"


#: A merged area of a sheet: its first and its last cell, zero-based.
Merged: TypeAlias = tuple[tuple[int, int], tuple[int, int]]


class Odd(Exception):
    """The sheet cannot be cut safely."""


@dataclass(frozen=True, slots=True)
class SheetPiece:
    """The cells of some rows, and the merged areas of the sheet ((top, left), (bottom, right)) if already known.

    All zero-based and absolute; `share` (0..1) of the sheet ends with this piece.
    """

    top: int
    left: int
    height: int
    width: int
    sheet: calamine.CalamineSheet
    merged: list[Merged]
    share: float

    def rows(self) -> Sequence[Sequence[Cell]]:
        """`height` rows of `width` cells."""
        return self.sheet.to_python()


class Pieces:
    """The large sheets of one xlsx file."""

    def __init__(self, path: Path, anatomy: XlsxAnatomy) -> None:
        self._archive = zipfile.ZipFile(path)
        self._anatomy = anatomy
        self._needed: list[tuple[str, bytes]] | None = None

    def has(self, sheet: str) -> bool:
        """Whether the sheet is large enough to be read in pieces."""
        member = self._anatomy.member(sheet)
        return member is not None and self._archive.getinfo(member).file_size >= LARGE

    def read(self, sheet: str, anatomy: Anatomy) -> Iterator[SheetPiece]:
        """The pieces in order of their rows; `anatomy` is filled along the way.

        Raises Odd, and whatever zipfile and calamine raise: the pieces before are then void.
        """
        member = self._anatomy.member(sheet)
        if member is None:
            raise Odd
        anatomy.epoch_1904 = self._anatomy.epoch_1904
        size = self._size()
        length = self._archive.getinfo(member).file_size
        waiting: deque[Future[tuple[SheetPiece, Anatomy, range]]] = deque()
        below = 0
        with self._archive.open(member) as stream, ThreadPoolExecutor(_THREADS) as threads:
            parts = cut(stream, size)
            head, _nothing = next(parts)
            scan = Scan(head, anatomy)
            more = True
            while more or waiting:
                while more and len(waiting) <= _THREADS:
                    rows, merged = next(parts, (b"", b""))
                    if more := bool(merged):
                        waiting.append(
                            threads.submit(
                                self._piece, sheet, member, rows, merged, scan, stream.tell() / length
                            )
                        )
                        del rows
                if not waiting:
                    return
                piece, part, numbers = waiting.popleft().result()
                if numbers and numbers.start < below:
                    raise Odd
                below = numbers.stop or below
                anatomy.hidden_rows |= part.hidden_rows
                anatomy.unvalued += part.unvalued[: UNVALUED_MAX - len(anatomy.unvalued)]
                anatomy.errors += part.errors[: UNVALUED_MAX - len(anatomy.errors)]
                yield piece

    def _size(self) -> int:
        """Bytes of XML per piece. Raises Odd when they would be too many."""
        if self._needed is None:
            names = [name for name in self._archive.namelist() if f"/{name}".lower().endswith(_NEEDED)]
            sizes = [self._archive.getinfo(name).file_size for name in names]
            if sum(sizes) * _TIMES_STRINGS > _PIECE_MAX:
                raise Odd
            self._needed = [(name, self._archive.read(name)) for name in names]
        return max(PIECE, _TIMES_STRINGS * sum(len(text) for _name, text in self._needed))

    def _piece(
        self, sheet: str, member: str, rows: bytes, merged: bytes, scan: Scan, share: float
    ) -> tuple[SheetPiece, Anatomy, range]:
        """A piece, its anatomy, and the range of its row numbers."""
        numbers = row_numbers(rows)
        anatomy = Anatomy()
        scan.piece(rows, anatomy)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, text in self._needed or ():
                archive.writestr(name, text)
            with archive.open(member, "w") as target:
                for part in (b"<worksheet>", merged, b"<sheetData>", rows, b"</sheetData></worksheet>"):
                    target.write(part)
        del rows
        packed.seek(0)
        book = calamine.CalamineWorkbook.from_filelike(packed)
        packed.close()
        cells = book.get_sheet_by_name(sheet)
        top, left = cells.start or (0, 0)
        merges = cells.merged_cell_ranges or []
        return SheetPiece(top, left, cells.height, cells.width, cells, merges, share), anatomy, numbers


def cut(stream: IO[bytes], size: int) -> Iterator[tuple[bytes, bytes]]:
    """The head of a worksheet's XML, then about `size` bytes of whole rows each time, with the XML of the merged
    areas, which is known with the last rows only.

    Raises Odd.
    """
    text = stream.read(size)
    begins = _DATA.search(text)
    if begins is None or b"<!" in text[: begins.end()] or b"mergeCell" in text[: begins.end()]:
        raise Odd
    yield text[: begins.end()], b""
    text = text[begins.end() :]
    while (end := text.find(_DATA_END)) < 0:
        at = text.rfind(_ROW)
        if at > 0:
            yield text[:at], _NO_MERGED
            text = text[at:]
        more = stream.read(size)
        if not more or len(text) > _PIECE_MAX:
            raise Odd
        text += more
    # reading on to the end also proves the checksum
    tail = text[end:] + stream.read(_TAIL_MAX)
    if not tail.rstrip().endswith(b"</worksheet>") or _DATA.search(tail) or stream.read(1):
        raise Odd
    yield text[:end], _merged(tail)


def _merged(tail: bytes) -> bytes:
    if b"mergeCell" not in tail:
        return _NO_MERGED
    first, last = tail.find(b"<mergeCells"), tail.find(b"</mergeCells>")
    if b"<!" in tail or not 0 <= first < last:
        raise Odd
    return tail[first:last] + b"</mergeCells>"


def row_numbers(rows: bytes) -> range:
    """The range from the first row number to the last. Raises Odd unless every row has its number, ascending."""
    numbers = [int(number) for number in _NUMBER.findall(rows)]
    if b"<!" in rows or len(numbers) != rows.count(b"<row") or any(a >= b for a, b in pairwise(numbers)):
        raise Odd
    return range(numbers[0], numbers[-1] + 1) if numbers else range(0)
