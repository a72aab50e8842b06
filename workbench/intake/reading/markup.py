"""Tables that are named .xls but are web pages: HTML, and HTML inside a single-file web archive (MHTML)."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from workbench.intake.reading.doors import readable
from workbench.intake.reading.forms import HEAD_BYTES, ends_with
from workbench.intake.reading.frames import Cell, Sender, SheetOut, Trouble

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:Name>(.*?)</x:Name>", re.IGNORECASE | re.DOTALL)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
#: Chinese pages call GBK text gb2312; its superset reads both.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
_SPAN_MAX = 16_384
#: A table with more rows or columns than these is no mere layout.
_LAYOUT_ROWS, _LAYOUT_COLUMNS = 20, 3


@dataclass(slots=True)
class _Table:
    """One outermost table being read; cells with `rowspan` reach down from rows above.

    Web systems put the data table inside another that only lays out the page: the rows of such an inner table
    become rows of the sheet, below the title above it.
    """

    out: SheetOut
    depth: int = 1
    row: int = 0
    width: int = 0
    cells: dict[int, Cell] = field(default_factory=dict)
    #: column -> number of rows for which a cell above still takes it
    taken: dict[int, int] = field(default_factory=dict)
    next: int = 0
    in_row: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)

    def enter(self) -> None:
        """A table begins inside a cell; inside a table of layout only it is the one to read."""
        if self.row <= _LAYOUT_ROWS and max(self.width, len(self.cells)) <= _LAYOUT_COLUMNS:
            if self.cells:
                self.end_row()
            self.in_row, self.taken = False, {}
            self.depth += 1

    def leave(self) -> bool:
        """A table ends; True when it was the outermost."""
        self.end_row()
        self.taken = {}
        self.depth -= 1
        return not self.depth

    def cell(self, value: Cell, across: int, down: int) -> None:
        """Put a cell into the next free column of the row; `across` and `down` are its spans. Raises Trouble too_large."""
        column = self.next
        self.in_row = True
        while self.taken.get(column, 0):
            column += 1
        if (
            column + across > _SPAN_MAX
        ):  # no spreadsheet is as wide, and spans reach down: it would grow with every row
            raise Trouble("too_large", sheet=self.out.name, rows=self.row + 1, columns=column + across)
        self.cells[column] = value
        if down > 1:
            self.taken.update(dict.fromkeys(range(column, column + across), down))
        if across > 1 or down > 1:
            self.merged.append((self.row, column, self.row + down - 1, column + across - 1))
        self.next = column + across

    def end_row(self) -> None:
        """End the row being read, if any."""
        if not self.in_row:
            return
        row: list[Cell] = [""] * (max(self.cells, default=-1) + 1)
        for column, cell in self.cells.items():
            row[column] = cell
        self.out.add(row)
        self.row += 1
        self.width = max(self.width, len(row))
        self.taken = {column: left - 1 for column, left in self.taken.items() if left > 1}
        self.cells = {}
        self.next = 0
        self.in_row = False


def read_html(path: Path, sender: Sender, cells_max: int) -> None:
    """Send each outermost table as a sheet. Raises Trouble not_a_spreadsheet, file_corrupt, too_large."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        file.seek(0)
        if b"<tr" in head.replace(b"\x00", b"").lower() and not ends_with(path, "</table"):
            raise Trouble("file_corrupt")
        charset = _charset(head)
        names = _SHEET_NAME.findall(head.decode(charset, "replace"))
        if not _tables(file, charset, names or [readable(path).stem], sender, cells_max):
            raise Trouble("not_a_spreadsheet", what="html")


def read_mht(path: Path, sender: Sender, cells_max: int) -> None:
    """Send the tables in the HTML parts of a web archive. Raises Trouble not_a_spreadsheet, too_large."""
    from email import message_from_binary_file

    with path.open("rb") as file:
        message = message_from_binary_file(file)
    pages: list[tuple[bytes, str]] = []
    for part in message.walk():
        body = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(body, bytes):
            pages.append((body, _known(part.get_content_charset()) or _charset(body[:HEAD_BYTES])))
    names = [
        name
        for body, charset in pages
        for name in _SHEET_NAME.findall(body[:HEAD_BYTES].decode(charset, "replace"))
    ]
    count = 0
    for body, charset in pages:
        count += _tables(BytesIO(body), charset, names[count:] or [readable(path).stem], sender, cells_max)
    if not count:
        raise Trouble("not_a_spreadsheet", what="html")


def _charset(head: bytes) -> str:
    for bom, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8")):
        if head.startswith(bom):
            return encoding
    if head[:2] == b"<\x00":
        return "utf-16-le"
    match = _CHARSET.search(head)
    named = _known(match[1].decode("ascii")) if match else None
    if named is not None and (named != "utf-8" or _decodes(head, "utf-8")):
        return named
    return "utf-8" if _decodes(head, "utf-8") else "gb18030"


def _known(name: str | None) -> str | None:
    try:
        return _WIDER.get(codecs.lookup(name).name, codecs.lookup(name).name) if name else None
    except LookupError:
        return None


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _tables(file: BinaryIO, charset: str, names: list[str], sender: Sender, cells_max: int) -> int:
    """Stream the page, freeing finished rows; returns the number of tables sent."""
    count = depth = 0
    table: _Table | None = None
    for event, node in _events(_Utf8(file, charset)):
        tag = node.tag
        if tag == "table":
            depth += 1 if event == "start" else -1
            if event == "start" and table is None:
                name = names[count] if count < len(names) else f"{names[0]} ({count + 1})"
                table = _Table(SheetOut(sender, cells_max, _BLANKS.sub(" ", name).strip() or "1"))
            elif event == "start" and table is not None and depth == table.depth + 1:
                table.enter()
            elif event == "end" and table is not None and depth == table.depth - 1:
                node.clear()
                if table.leave():
                    _finish(table)
                    table = None
                    count += 1
        elif table is not None and depth == table.depth:
            _part(table, event, node)
    return count


def _part(table: _Table, event: str, node: etree._Element) -> None:
    """Handle the start or end of a row, or the end of a cell."""
    if node.tag == "tr":
        table.end_row()
        if event == "start":
            table.in_row = True
            if _HIDDEN.search(node.get("style") or ""):
                table.hidden_rows.append(table.row)
        else:
            node.clear()
            parent = node.getparent()
            while parent is not None and node.getprevious() is not None:
                del parent[0]
    elif event == "end":
        table.cell(_value(node), _span(node, "colspan"), _span(node, "rowspan"))


def _finish(table: _Table) -> None:
    above = table.out.above
    table.out.end(
        merged=[
            (top - above, left, bottom - above, right)
            for top, left, bottom, right in table.merged
            if top >= above
        ],
        hidden_rows=[row - above for row in table.hidden_rows if row >= above],
    )


class _Utf8:
    """A page re-encoded to UTF-8: not every libxml2 knows GB18030."""

    def __init__(self, file: BinaryIO, charset: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(charset)("replace")

    def read(self, size: int = -1) -> bytes:
        """The next bytes; b"" at the end only."""
        while chunk := self._file.read(size):
            if text := self._decoder.decode(chunk).replace("\x00", ""):
                return text.encode("utf-8", "replace")
        return b""


def _events(file: _Utf8) -> Iterator[tuple[str, etree._Element]]:
    yield from etree.iterparse(
        file, events=("start", "end"), tag=("table", "tr", "td", "th"), html=True, encoding="utf-8",
        recover=True, huge_tree=True, remove_comments=True, no_network=True,
    )  # fmt: skip


def _span(node: etree._Element, name: str) -> int:
    text = (node.get(name) or "1").strip()
    return min(max(int(text), 1), _SPAN_MAX) if text.isdigit() else 1


def _value(node: etree._Element) -> Cell:
    number = node.get("x:num")
    if number:
        try:
            return float(number)
        except ValueError:
            pass
    if len(node) == 0:
        return _BLANKS.sub(" ", node.text or "").strip(" \xa0")
    for br in node.iter("br"):
        br.tail = "\u2028" + (br.tail or "")
    text = _BLANKS.sub(" ", "".join(map(str, node.itertext())))
    return text.replace("\u2028", "\n").strip(" \n\xa0")
