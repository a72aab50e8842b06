"""Delimited text as a sheet, streamed, so that a million lines are never in memory at once."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from workbench.intake.reading.frames import BLOCK_CELLS, SheetOut, Trouble
from workbench.intake.reading.text_table import TextFormat, find_text
from workbench.intake.reading.unseen import LONGEST

#: as long as the parser takes anywhere: a longer cell is then named
_LINE_MAX = 2**31 - 1
_ROWS_FIRST = 2_000
#: a cell guarded as ="0010": the sign in front would make its quotation marks ordinary letters
_GUARDED = re.compile(r'(?:(?<=[,;\t|，])|^)="([^"\r\n]*)"(?=[,;\t|，\r\n]|$)')


def read_text(path: Path, out: SheetOut) -> None:
    """Send the table. Raises Trouble not_a_spreadsheet, file_empty, too_large, long_cell."""
    text_format = find_text(path)
    # an unpaired quotation mark must not swallow the rows behind it: a longer cell than a spreadsheet holds is one
    for quoting, strict, longest in (
        (csv.QUOTE_MINIMAL, True, LONGEST),
        (csv.QUOTE_NONE if text_format.odd_quotes else csv.QUOTE_MINIMAL, False, LONGEST),
        (csv.QUOTE_NONE, False, _LINE_MAX),
    ):
        csv.field_size_limit(longest)
        try:
            _send(path, text_format, out, quoting, strict=strict)
        except csv.Error:
            out.again()
            continue
        out.end(first_row=1)
        return
    raise Trouble("not_a_spreadsheet", what="text")


def _send(path: Path, text_format: TextFormat, out: SheetOut, quoting: int, *, strict: bool) -> None:
    with path.open("rb") as raw:
        lines: Iterator[str] = io.TextIOWrapper(raw, text_format.encoding, text_format.errors, newline="")
        if text_format.nulls:
            lines = (line.replace("\x00", "") for line in lines)
        if text_format.guarded:
            lines = (_GUARDED.sub(r'"\1"', line) for line in lines)
        first = next(lines, "").lstrip("\ufeff")
        if not text_format.skip_first:
            lines = _behind(first, lines)
        mark = text_format.delimiter or "\x1f"
        reader = csv.reader(lines, delimiter=mark, quoting=quoting, strict=strict)  # type: ignore[arg-type]
        count = _ROWS_FIRST
        while rows := list(islice(reader, count)):
            if quoting == csv.QUOTE_NONE:
                rows = [[_unquoted(cell) for cell in row] for row in rows]
            out.rows(rows)
            count = max(1, min(100_000, BLOCK_CELLS // max(out.width, 1)))
    if not out.width:
        raise Trouble("file_empty")


def _behind(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
