"""The parts of a zip (a workbook is one), never more of one than it may hold: a few kilobytes can unpack to gigabytes."""

import zipfile
from typing import Final

#: bytes of a part, and of all parts together, when they are unpacked; the largest list of a bank has a tenth of it
LARGEST_PART: Final = 200_000_000
LARGEST: Final = 500_000_000


class TooMuchPacked(ValueError):
    """A part that is larger than any workbook's, whatever it says of itself."""


def check_size(archive: zipfile.ZipFile) -> None:
    """Raises TooMuchPacked for a file whose parts say that they are too much."""
    if sum(one.file_size for one in archive.infolist()) > LARGEST:
        raise TooMuchPacked


def unpacked(archive: zipfile.ZipFile, part: str | zipfile.ZipInfo, most: int = LARGEST_PART) -> bytes:
    """A part. Raises TooMuchPacked, KeyError for none of that name, and what zipfile raises for a broken one."""
    with archive.open(part) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise TooMuchPacked
    return content


def holds(archive: zipfile.ZipFile, part: str, marks: tuple[bytes, ...]) -> bool:
    """Whether any of some bytes stands in a part; it is passed through, not unpacked whole. Raises as `unpacked`."""
    overlap = max(map(len, marks)) - 1
    before, size = b"", 0
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 20):
            size += len(chunk)
            if size > LARGEST_PART:
                raise TooMuchPacked
            text = before + chunk
            if any(mark in text for mark in marks):
                return True
            before = text[-overlap:]
    return False
