"""What calamine leaves out of a sheet: hidden rows and columns, formulas without a value, errors, the 1904 calendar.

Runs in a thread while calamine parses (it releases the interpreter lock), so it costs no time of its own. All of it is
optional: a file in which it cannot be determined is read all the same.
"""

import mmap
import posixpath
import re
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

_CHUNK = 1 << 20
#: Bytes of a piece that are searched for spaced markup.
_OVERLAP = 16_384
_SMALL_MEMBER = 16_000_000
#: Most formulas without a value, and most errors, that are listed.
UNVALUED_MAX = 100_000
_RECORDS_MAX = 3_000_000


@dataclass(slots=True)
class Anatomy:
    """Rows, columns and cells with these properties, absolute and zero-based."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unvalued: list[tuple[int, int]] = field(default_factory=list)
    #: (row, column, word) of cells that hold an error such as #N/A
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    epoch_1904: bool = False


class Looker:
    """Determines the anatomy of one sheet in a thread; `result` waits for it."""

    def __init__(self, look: Callable[[Anatomy], None]) -> None:
        self._anatomy = Anatomy()
        self._look = look
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._look(self._anatomy)
        except Exception:  # noqa: BLE001  (see the head of this file)
            return

    def result(self, seconds: float) -> Anatomy:
        """What was determined within `seconds`."""
        self._thread.join(seconds)
        return self._anatomy


# -- xlsx --------------------------------------------------------------------------------------------------


class _Mapped:
    """A memory-mapped file for `zipfile`: reading it does not count as reading the file, by which the parent judges
    progress."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.read, self.tell, self.close = self._map.read, self._map.tell, self._map.close

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move as `io` does; `mmap.seek` returns no position before Python 3.13."""
        self._map.seek(offset, whence)  # type: ignore[arg-type]
        return self._map.tell()

    def seekable(self) -> bool:
        """`zipfile` asks for it."""
        return True


_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\sref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"[^>]*>')
#: Bytes at the end of a piece in which such a tag may be cut.
_MERGE_MARK = 200


class XlsxAnatomy:
    """The anatomy of the sheets of one xlsx file."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(cast("BinaryIO", _Mapped(path)))
        self._members: dict[str, str] | None = None
        self._epoch = False

    def look(self, sheet: str, anatomy: Anatomy) -> None:
        """Fill `anatomy` for the sheet of this name."""
        member = self.member(sheet)
        anatomy.epoch_1904 = self._epoch
        if member is not None:
            with self._archive.open(member) as stream:
                _scan(iter(lambda: stream.read(_CHUNK), b""), anatomy)

    def merged(self, sheet: str) -> list[tuple[int, int, int, int]]:
        """The merged areas of the sheet of this name as (top, left, bottom, right), absolute and zero-based; what calamine
        tells by itself."""
        member = self.member(sheet)
        if member is None:
            return []
        rest = b""
        areas: list[tuple[int, int, int, int]] = []
        with self._archive.open(member) as stream:
            for chunk in iter(lambda: stream.read(_CHUNK), b""):
                text = rest + chunk
                for top_left, top, bottom_right, bottom in _MERGED.findall(text):
                    left, right = column_number(top_left), column_number(bottom_right)
                    areas.append((int(top) - 1, left, int(bottom) - 1, right))
                rest = text[text.rfind(b"<") :] if b"<" in text[-_MERGE_MARK:] else b""
        return areas

    def member(self, sheet: str) -> str | None:
        """The name in the archive of the sheet of this name; None when there is none."""
        if self._members is None:
            self._members = self._workbook()
        return self._members.get(sheet)

    @property
    def epoch_1904(self) -> bool:
        """Whether serial dates count from 1904; known once `member` was called."""
        return self._epoch

    def _workbook(self) -> dict[str, str]:
        from lxml import etree

        names = {name.replace("\\", "/").lstrip("/").lower(): name for name in self._archive.namelist()}
        place = next(name for name in names if name.endswith("workbook.xml"))
        folder, file = posixpath.split(place)
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
        book = etree.fromstring(self._small(names[place]), parser)
        related = etree.fromstring(self._small(names[f"{folder}/_rels/{file}.rels".lstrip("/")]), parser)
        targets: dict[str, str] = {}
        for node in related.iterchildren():
            target = posixpath.normpath(posixpath.join("/", folder, node.get("Target") or ""))
            targets[node.get("Id") or ""] = target[1:].lower()
        members: dict[str, str] = {}
        for node in book.iter("{*}workbookPr", "{*}sheet"):
            if node.tag.endswith("workbookPr"):
                self._epoch = node.get("date1904") in ("1", "true", "on")
                continue
            relation = next((str(value) for key, value in node.items() if str(key).endswith("}id")), "")
            if (target := targets.get(relation, "")) in names:
                members[node.get("name") or ""] = names[target]
        return members

    def _small(self, name: str) -> bytes:
        with self._archive.open(name) as member:
            return member.read(_SMALL_MEMBER)


def _scan(chunks: Iterator[bytes], anatomy: Anatomy) -> None:
    """Stream a worksheet's XML; only pieces with a mark of interest are searched closely."""
    scan: Scan | None = None
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        if scan is None:
            scan = Scan(text, anatomy)
        end = scan.whole(text)
        if end < 0 and len(text) < 64 * _CHUNK:
            rest = text
            continue
        end = len(text) if end < 0 else end
        scan.piece(text[:end], anatomy)
        rest = text[end:]
    if scan is not None:
        scan.piece(rest, anatomy)


class Scan:
    """Searches a worksheet's XML; several threads may pass pieces."""

    def __init__(self, head: bytes, anatomy: Anatomy) -> None:
        """`head` is the XML above the rows; its hidden columns go into `anatomy`."""
        self._marks = _Marks(head)
        _columns(head, self._marks, anatomy)

    def whole(self, text: bytes) -> int:
        """Where the last whole cell or row ends, so that no tag is cut; -1 when none does."""
        end = max(text.rfind(self._marks.cell_end), text.rfind(self._marks.row_end))
        return end if end < 0 else text.index(b">", end) + 1

    def piece(self, text: bytes, anatomy: Anatomy) -> None:
        """Add what whole cells and rows show to `anatomy`."""
        _piece(text, self._marks, anatomy)


class _Marks:
    """The tags of this worksheet, which may carry a namespace prefix."""

    def __init__(self, head: bytes) -> None:
        root = re.search(rb"<(\w+:)?worksheet\b", head)
        p = (root[1] or b"") if root else b""
        self.cell_end, self.row_end = b"</" + p + b"c>", b"</" + p + b"row>"
        self.formula = b"<" + p + b"f"
        # a formula is followed by its value, or else by the end of its cell or an empty value
        self.no_value = re.compile(
            rb"<%(p)sc\b[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*>\s*<%(p)sf\b(?:[^>]*/>|[^>]*>[^<]*</%(p)sf>)\s*"
            rb"(?:<%(p)sv\s*/>|<%(p)sv>\s*</%(p)sv>)?\s*</%(p)sc>" % {b"p": re.escape(p)}
        )
        self.hidden_row = re.compile(rb"<%srow\b([^>]*\shidden=\"(?:1|true)\"[^>]*)>" % re.escape(p))
        self.column = re.compile(rb"<%scol\b([^>]*)/?>" % re.escape(p))
        self.suspects = tuple(
            mark % {b"p": p}
            for mark in (b"</%(p)sf></%(p)sc>", b"</%(p)sf><%(p)sv></", b"</%(p)sf><%(p)sv/>", b"</%(p)sf><%(p)sv />")
        )  # fmt: skip
        self.shared = re.compile(
            rb"<%(p)sf\b[^>]*/>\s*(?:<%(p)sv\s*/>|<%(p)sv></|</%(p)sc>)" % {b"p": re.escape(p)}
        )
        self.error = re.compile(
            rb"<%(p)sc\b(?=[^>]*\bt=\"e\")[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*>"
            rb"(?:(?!</%(p)sc>).)*?<%(p)sv>([^<]*)</%(p)sv>" % {b"p": re.escape(p)},
            re.DOTALL,
        )
        self.spaced = re.compile(rb">\s+<%sc\b" % re.escape(p))


_ATTRIBUTE = re.compile(rb'\b(\w+)="([^"]*)"')


def _columns(text: bytes, marks: _Marks, anatomy: Anatomy) -> None:
    for match in marks.column.finditer(text):
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        if attributes.get(b"hidden") in (b"1", b"true"):
            first, last = int(attributes.get(b"min", b"1")), int(attributes.get(b"max", b"0"))
            anatomy.hidden_columns.update(range(first - 1, min(last, 16_384)))


def _piece(text: bytes, marks: _Marks, anatomy: Anatomy) -> None:
    if b'hidden="' in text:
        for match in marks.hidden_row.finditer(text):
            number = dict(_ATTRIBUTE.findall(match[1])).get(b"r")
            if number and len(anatomy.hidden_rows) < 1_048_576:
                anatomy.hidden_rows.add(int(number) - 1)
    if b't="e"' in text:
        for match in islice(marks.error.finditer(text), UNVALUED_MAX - len(anatomy.errors)):
            place = int(match[2]) - 1, column_number(match[1])
            anatomy.errors.append((*place, match[3].decode("utf-8", "replace").strip()))
    if marks.formula not in text or len(anatomy.unvalued) >= UNVALUED_MAX:
        return
    if (
        any(mark in text for mark in marks.suspects)
        or marks.shared.search(text)
        or marks.spaced.search(text, 0, _OVERLAP)
    ):
        for match in islice(marks.no_value.finditer(text), UNVALUED_MAX - len(anatomy.unvalued)):
            anatomy.unvalued.append((int(match[2]) - 1, column_number(match[1])))


def column_number(letters: bytes) -> int:
    """b'A' -> 0, b'AB' -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


# -- xls ---------------------------------------------------------------------------------------------------

_ROW, _COLINFO, _DATEMODE, _BOUNDSHEET, _EOF = 0x0208, 0x007D, 0x0022, 0x0085, 0x000A
_BOOLERR, _FORMULA = 0x0205, 0x0006
#: error codes of BIFF8
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


class XlsAnatomy:
    """The same for an xls file, from the records of its workbook stream (BIFF8; for BIFF5 the calendar only)."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._places: dict[str, int] = {}
        self._epoch = False
        new = stream[4:6] == b"\x00\x06"
        for code, body in self._records(0):
            if code == _DATEMODE:
                self._epoch = body[:2] == b"\x01\x00"
            elif code == _BOUNDSHEET and new and len(body) > 8:
                wide = body[7] & 1
                text = body[8 : 8 + body[6] * (2 if wide else 1)]
                place = int.from_bytes(body[:4], "little")
                self._places[text.decode("utf-16-le" if wide else "latin-1", "replace")] = place

    def look(self, sheet: str, anatomy: Anatomy) -> None:
        """Fill `anatomy` for the sheet of this name."""
        anatomy.epoch_1904 = self._epoch
        place = self._places.get(sheet)
        if place is None:
            return
        for code, body in self._records(place):
            if code == _ROW and len(body) >= 14 and body[12] & 0x20:
                anatomy.hidden_rows.add(int.from_bytes(body[:2], "little"))
            elif code == _COLINFO and len(body) >= 10 and body[8] & 1:
                first, last = struct.unpack_from("<HH", body)
                anatomy.hidden_columns.update(range(first, min(last + 1, 256)))
            elif (word := _error_of(code, body)) and len(anatomy.errors) < UNVALUED_MAX:
                row, column = struct.unpack_from("<HH", body)
                anatomy.errors.append((row, column, word))

    def _records(self, at: int) -> Iterator[tuple[int, bytes]]:
        """The relevant records of one substream, as (code, body)."""
        stream = self._stream
        wanted = {_ROW, _COLINFO, _DATEMODE, _BOUNDSHEET, _BOOLERR, _FORMULA}
        depth = 0
        for _count in range(_RECORDS_MAX):
            if at + 4 > len(stream):
                return
            code, size = struct.unpack_from("<HH", stream, at)
            if code in wanted and depth <= 1:
                yield code, stream[at + 4 : at + 4 + size]
            elif code == 0x0809:
                depth += 1
            elif code == _EOF:
                depth -= 1
                if depth <= 0:
                    return
            at += 4 + size


def _error_of(code: int, body: bytes) -> str:
    """The error that a cell record holds; '' for none."""
    if code == _BOOLERR and len(body) >= 8 and body[7] == 1:
        return _ERRORS.get(body[6], "")
    if code == _FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
        return _ERRORS.get(body[8], "")
    return ""


def _workbook_stream(path: Path) -> bytes:
    import olefile

    with olefile.OleFileIO(str(path)) as ole:
        return bytes(ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read())


def anatomy_of(path: Path, form: str) -> XlsxAnatomy | XlsAnatomy | None:
    """The anatomy of a file of this form; None for forms in which it cannot be determined cheaply."""
    try:
        if form == "xlsx":
            return XlsxAnatomy(path)
        if form in ("xls", "biff5"):
            return XlsAnatomy(_workbook_stream(path))
    except Exception:  # noqa: BLE001  (see the head of this file)
        return None
    return None
