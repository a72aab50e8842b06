"""Whether a file that cannot be read was encrypted by a document security program, or is the trace of an open one.

Looked at only after reading failed: what reads is not doubted.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

#: 'named': a known program left its sign; 'like': the content of a table file is evenly random
Seal = Literal["named", "like", ""]

#: where a sign stands, and how much is looked at for randomness, bytes
_SIGN_WITHIN, _LOOKED_AT, _LEAST = 512, 65_536, 256
#: 255 degrees of freedom: encrypted bytes stay below, compressed ones and all others lie far above
_CHI_SQUARE_MAX: Final = 400.0
_TABLES = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ett", ".ods", ".csv", ".tsv", ".txt"})
#: left of an archive whose beginning is damaged: it was compressed, not encrypted
_ARCHIVE = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06")


def seal_of(path: Path, signs: Sequence[str]) -> Seal:
    """How a file that could not be read was sealed; '' when it does not look so, or cannot be opened."""
    try:
        with path.open("rb") as file:
            head = file.read(_LOOKED_AT)
            file.seek(max(0, path.stat().st_size - _LOOKED_AT))
            tail = file.read()
    except OSError:
        return ""
    opening = head[:_SIGN_WITHIN]
    if any(sign.encode("latin-1", "ignore") in opening for sign in signs):
        return "named"
    if path.suffix.lower() not in _TABLES or any(mark in head or mark in tail for mark in _ARCHIVE):
        return ""
    # such programs put a header of their own in front
    return "like" if _random(head[min(4_096, len(head) // 2) :]) else ""


def _random(content: bytes) -> bool:
    if len(content) < _LEAST:
        return False
    expected = len(content) / 256
    counts = Counter(content)
    return sum((counts[byte] - expected) ** 2 for byte in range(256)) / expected < _CHI_SQUARE_MAX


def open_elsewhere(path: Path) -> bool:
    """Whether Excel, WPS or LibreOffice left a mark beside the file that they have it open."""
    name = path.name
    marks = (f"~${name}", f"~${name[2:]}", f".~{name}", f".~lock.{name}#")
    try:
        return any(mark != name and path.with_name(mark).exists() for mark in marks)
    except OSError:  # a folder that one may not look into
        return False


def is_mark(path: Path) -> bool:
    """Whether the file itself is such a mark."""
    return path.name.startswith(("~$", ".~lock."))
