"""The encoding and the delimiter of a text table, recognised by content and not misled by title lines."""

import codecs
import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from workbench.intake.reading.frames import Trouble

DELIMITERS = (",", "\t", ";", "|", "，")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAMPLE_LINES = 200
_SAMPLE_BYTES = 262_144
_CHUNK = 1 << 20
#: A file named so is a table even when it has a single column.
_NAMED_TABLE = (".csv", ".tsv", ".tab")
#: A cell of a list with one column: a number, a code, a date, a short name.
_LIST_CELL = re.compile(r"[^\s,;，。;:!?、]{1,40}")
#: A first line that names the separator for Excel.
_NAMED_SEPARATOR = re.compile(r'\ufeff?"?sep=(.)"?\s*', re.IGNORECASE)
#: Characters that decide between simplified and traditional Chinese, and the fewest that do.
_PAIRS, _PAIRS_LEAST = 4_000, 6
#: Up to this many undecodable characters in a thousand are a damaged text; more are no text.
_BROKEN_PER_MILLE = 20


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How to read a text.

    `delimiter` is '' for a single column; `skip_first`: line 1 only names the separator; `odd_quotes`: a quotation
    mark is unpaired; `nulls`: NUL characters must be dropped; `guarded`: cells are written ="…", perhaps around a
    delimiter.
    """

    encoding: str
    errors: str
    delimiter: str
    skip_first: bool
    odd_quotes: bool
    nulls: bool
    guarded: bool = False


def find_text(path: Path) -> TextFormat:
    """The format of a text table.

    Raises Trouble not_a_spreadsheet, unknown_encoding, file_empty (nothing but white space).
    """
    with path.open("rb") as file:
        head = file.read(_SAMPLE_BYTES)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Trouble("file_empty")
    encoding, errors = _encoding(path, head)
    cut = len(head) == _SAMPLE_BYTES
    sample = codecs.getincrementaldecoder(encoding)("replace").decode(head).lstrip("\ufeff")
    nulls = "\x00" in sample
    sample = sample.replace("\x00", "")
    if _looks_binary(sample):
        raise Trouble("not_a_spreadsheet", what="")
    if _is_json(sample):
        raise Trouble("not_a_spreadsheet", what="json")
    named = path.suffix.lower() in _NAMED_TABLE
    separator = _NAMED_SEPARATOR.fullmatch(sample.split("\n", 1)[0])
    mark: str | None = separator[1] if separator else delimiter(sample, cut=cut, lenient=named)
    if mark is None and (named or _is_list(sample)):
        mark = ""
    if mark is None:
        raise Trouble("not_a_spreadsheet", what="text")
    return TextFormat(encoding, errors, mark, separator is not None, _odd_quotes(path), nulls, '="' in sample)


def _encoding(path: Path, head: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding, "replace"
    zeros = head.count(0)
    if zeros * 5 > len(head):
        return ("utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be"), "replace"
    broken = {}
    for encoding in ("utf-8", "gb18030"):
        if encoding == "gb18030" and _is_big5(head):
            raise Trouble("unknown_encoding", what="Big5")
        if _is_all(path, encoding):
            return encoding, "strict"
        text = head.decode(encoding, "replace")
        broken[encoding] = text.count("\ufffd") * 1_000 / max(len(text), 1)
    # a field cut to a width in bytes leaves half a character behind; the rest of the text still reads
    encoding = min(broken, key=lambda name: broken[name])
    if broken[encoding] <= _BROKEN_PER_MILLE:
        return encoding, "replace"
    from charset_normalizer import from_bytes

    best = from_bytes(head).best()
    if best is None:
        raise Trouble("not_a_spreadsheet" if _binary(head) else "unknown_encoding", what="")
    return best.encoding, "replace"


def _is_big5(head: bytes) -> bool:
    """Whether Chinese in two bytes a character is traditional: nearly all of it common in Big5, much of it not in GB2312."""
    pairs: list[tuple[int, int]] = []
    at = 0
    while at + 1 < len(head) and len(pairs) < _PAIRS:
        if head[at] < 0x80:
            at += 1
            continue
        pairs.append((head[at], head[at + 1]))
        at += 2
    if len(pairs) < _PAIRS_LEAST:
        return False
    simplified = sum(0xA1 <= lead <= 0xF7 and trail >= 0xA1 for lead, trail in pairs)
    traditional = sum(
        0xA1 <= lead <= 0xC6 and (0x40 <= trail <= 0x7E or trail >= 0xA1) for lead, trail in pairs
    )
    return simplified < 0.8 * len(pairs) and traditional > 0.95 * len(pairs)


def _is_all(path: Path, encoding: str) -> bool:
    """Whether the whole file decodes in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                if not (encoding == "utf-8" and chunk.isascii() and decoder.getstate()[0] == b""):
                    decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _odd_quotes(path: Path) -> bool:
    count = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            count += chunk.count(b'"')
    return count % 2 == 1


def _binary(head: bytes) -> bool:
    """Whether bytes are none of a text: control characters that no text has."""
    return sum(byte < 0x20 and byte not in b"\t\r\n\f\x1a" for byte in head[:65_536]) * 100 > len(
        head[:65_536]
    )


def _looks_binary(sample: str) -> bool:
    odd = sum(
        1 for sign in sample[:65_536]
        if (sign < " " and sign not in "\t\r\n\f\x1a") or "\ue000" <= sign <= "\uf8ff"
    )  # fmt: skip
    return odd > min(len(sample), 65_536) / 100


def _is_json(sample: str) -> bool:
    text = sample.lstrip()
    if not text.startswith(("{", "[")):
        return False
    try:
        json.JSONDecoder().raw_decode(text)
    except ValueError:
        return bool(re.match(r'[\[{]\s*(?:\{\s*)?"[^"\n]*"\s*:', text))
    return True


def delimiter(text: str, *, cut: bool = False, lenient: bool = True) -> str | None:
    """The delimiter under which most lines have the same number (two or more) of cells; None when none does.

    The score is the share of lines that agree, times their width, so that the data outvotes a title line or a note
    full of commas. Unless `lenient`, at least two lines and half of all must agree: a letter with commas is no
    table. `cut`: the last line may be incomplete.
    """
    best: tuple[float, str] | None = None
    sample = list(islice(io.StringIO(text, newline=""), _SAMPLE_LINES))
    if (cut or len(text) > sum(map(len, sample))) and len(sample) > 1:
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
        if not lenient and (lines < 2 or lines * 2 < len(rows)):
            continue
        score = lines / len(rows) * (1 + width**0.5 / 10)
        if best is None or score > best[0]:
            best = (score, mark)
    return best[1] if best else None


def _is_list(sample: str) -> bool:
    """Whether the text is a single column: a heading above short cells of which most have a digit."""
    lines = [line.strip() for line in sample.splitlines()[:_SAMPLE_LINES] if line.strip()]
    if len(lines) < 3:
        return False
    cells = lines[1:]
    alike = sum(1 for line in cells if _LIST_CELL.fullmatch(line) and any(sign.isdigit() for sign in line))
    return alike >= 0.8 * len(cells)
