"""Text files as tables: the encoding and the delimiter found by content, so that title lines fool neither."""

import csv
import io
from collections import Counter
from itertools import islice

DELIMITERS = (",", "\t", ";", "|", "，")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAMPLE_LINES = 200
_SAMPLE_BYTES = 65_536


def as_table(content: bytes) -> list[list[str]] | None:
    """The rows of a delimited text, or None when the bytes are no text table."""
    text = _decoded(content)
    if text is None or _looks_binary(text):
        return None
    text = text.lstrip("\ufeff")
    mark = delimiter(text)
    if mark is None:
        return None
    csv.field_size_limit(10_000_000)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error:
        return None


def _decoded(content: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _try(content, encoding)
    if b"\x00" in content[:_SAMPLE_BYTES]:
        odd = content[1:_SAMPLE_BYTES:2].count(0)
        even = content[0:_SAMPLE_BYTES:2].count(0)
        return _try(content, "utf-16-le" if odd >= even else "utf-16-be")
    for encoding in ("utf-8", "gb18030"):
        text = _try(content, encoding)
        if text is not None:
            return text
    from charset_normalizer import from_bytes

    best = from_bytes(content[:_SAMPLE_BYTES]).best()
    return _try(content, best.encoding) if best is not None else None


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _looks_binary(text: str) -> bool:
    sample = text[:_SAMPLE_BYTES]
    odd = sum(1 for sign in sample if (sign < " " and sign not in "\t\r\n\f") or "\ue000" <= sign <= "\uf8ff")
    return odd > len(sample) / 100


def delimiter(text: str) -> str | None:
    """The delimiter under which most lines have the same number (two or more) of cells; None when none does.

    Scored by how many lines agree times how wide they are, so a title line without any delimiter, or a note full
    of commas, is outvoted by the data.
    """
    best: tuple[float, str] | None = None
    sample = list(islice(io.StringIO(text, newline=""), _SAMPLE_LINES))
    if len(text) > sum(map(len, sample)) and len(sample) > 1:
        sample.pop()
    for mark in DELIMITERS:
        try:
            rows = [row for row in csv.reader(sample, delimiter=mark) if any(row)]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, lines = max(widths.items(), key=lambda item: (item[1] * item[0] ** 0.5, item[0]))
        score = lines / len(rows) * (1 + width**0.5 / 10)
        if best is None or score > best[0]:
            best = (score, mark)
    return best[1] if best else None
