"""Excel 2003's XML form (SpreadsheetML), which web systems still write and name .xls."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from workbench.intake.reading.doors import readable
from workbench.intake.reading.forms import ends_with
from workbench.intake.reading.frames import Cell, Sender, SheetOut, Trouble

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"


@dataclass(slots=True)
class _Sheet:
    out: SheetOut
    row: int = 0
    column: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    unvalued: list[tuple[int, int]] = field(default_factory=list)
    #: the last column with a definition
    defined: int = 0


def read_xml_2003(path: Path, sender: Sender, cells_max: int, wanted: str | None) -> None:
    """Send each worksheet as a sheet. Raises Trouble file_corrupt, no_sheet, too_large."""
    if not ends_with(path, "</Workbook"):
        raise Trouble("file_corrupt")
    sheet: _Sheet | None = None
    names: list[str] = []
    count, epoch = 0, False
    for event, node in _events(path):
        tag = node.tag
        if tag == f"{_EXCEL}Date1904":
            epoch = True
        elif tag == f"{_SS}Worksheet" and event == "start":
            name = node.get(f"{_SS}Name") or readable(path).stem
            names.append(name)
            if wanted in (None, name):
                sheet = _Sheet(SheetOut(sender, cells_max, name))
        elif sheet is None or event == "start":
            continue
        elif tag == f"{_SS}Worksheet":
            _finish(sheet, node, sender, epoch)
            sheet = None
            count += 1
            node.clear()
        elif tag == f"{_SS}Row":
            _row(sheet, node)
            node.clear()
            parent = node.getparent()
            while parent is not None and node.getprevious() is not None:
                del parent[0]
        elif tag == f"{_SS}Column":
            first = int(node.get(f"{_SS}Index") or sheet.defined + 1)
            sheet.defined = first + int(node.get(f"{_SS}Span") or 0)
            if node.get(f"{_SS}Hidden") == "1":
                sheet.hidden_columns.extend(range(first - 1, min(sheet.defined, 16_384)))
    if not count:
        if wanted is not None and names:
            raise Trouble("no_sheet", sheet=wanted, names=names)
        raise Trouble("file_corrupt")


def _events(path: Path) -> Iterator[tuple[str, etree._Element]]:
    tags = [f"{_SS}{name}" for name in ("Worksheet", "Row", "Column")] + [f"{_EXCEL}Date1904"]
    with path.open("rb") as file:
        # declarations may be missing and characters forbidden: what reads, reads
        try:
            yield from etree.iterparse(
                file, events=("start", "end"), tag=tags, recover=True, huge_tree=True, no_network=True,
                resolve_entities=False, load_dtd=False,
            )  # fmt: skip
        except etree.XMLSyntaxError:
            raise Trouble("file_corrupt") from None


def _finish(sheet: _Sheet, node: etree._Element, sender: Sender, epoch: bool) -> None:
    above = sheet.out.above
    visible = node.findtext(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible") or ""
    if visible.startswith(("SheetHidden", "SheetVeryHidden")):
        sender.send("hidden")
    sheet.out.end(
        merged=[(top - above, left, bottom - above, right)
                for top, left, bottom, right in sheet.merged if top >= above],
        hidden_rows=[row - above for row in sheet.hidden_rows if row >= above],
        hidden_columns=sheet.hidden_columns,
        unvalued=[(row - above, column) for row, column in sheet.unvalued if row >= above],
        epoch_1904=epoch,
    )  # fmt: skip


def _row(sheet: _Sheet, node: etree._Element) -> None:
    index = node.get(f"{_SS}Index")
    if index and index.isdigit() and int(index) - 1 > sheet.row:
        sheet.out.skip(int(index) - 1 - sheet.row)
        sheet.row = int(index) - 1
    row: list[Cell] = []
    for cell in node.iterchildren(f"{_SS}Cell"):
        place = cell.get(f"{_SS}Index")
        if place and place.isdigit() and 0 < int(place) <= 16_384:
            row.extend([""] * (int(place) - 1 - len(row)))
        data = cell.find(f"{_SS}Data")
        if data is None and cell.get(f"{_SS}Formula"):
            sheet.unvalued.append((sheet.row, len(row)))
        across, down = (_whole(cell.get(f"{_SS}Merge{way}")) for way in ("Across", "Down"))
        if across or down:
            sheet.merged.append((sheet.row, len(row), sheet.row + down, len(row) + across))
        row.append("" if data is None else _value(data))
        row.extend([""] * min(across, 16_384))
    span = _whole(node.get(f"{_SS}Span"))
    if node.get(f"{_SS}Hidden") == "1":
        sheet.hidden_rows.extend(range(sheet.row, sheet.row + 1 + min(span, 1_048_576)))
    sheet.out.add(row)
    sheet.row += 1
    if span:
        sheet.out.skip(span)
        sheet.row += span


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _value(data: etree._Element) -> Cell:
    text = "".join(map(str, data.itertext()))
    try:
        match data.get(f"{_SS}Type"):
            case "Number":
                return float(text)
            case "Boolean":
                return text.strip() == "1"
            case "DateTime":
                return _moment(text)
    except ValueError:
        pass
    return text


def _moment(text: str) -> Cell:
    moment = dt.datetime.fromisoformat(text.strip())
    return moment.date() if moment.time() == dt.time() else moment
