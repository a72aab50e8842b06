"""Workbooks: calamine reads them; openpyxl where calamine cannot."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import python_calamine as calamine

from workbench.intake.reading.anatomy import Anatomy, Looker, XlsAnatomy, XlsxAnatomy, anatomy_of
from workbench.intake.reading.frames import BLOCK_CELLS, Cell, Sender, SheetOut, Trouble
from workbench.intake.reading.pieces import Merged, Pieces, SheetPiece
from workbench.intake.reading.unseen import visible

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

#: The form that calamine assumes by the extension; other names are recognised by content.
_SUFFIXES = {
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xlam": "xlsx", ".xlsb": "xlsb", ".xls": "xls", ".xla": "xls", ".ods": "ods",
}  # fmt: skip
#: Whole numbers that a machine counts with are smaller.
_WHOLE = 2**63
#: Seconds to wait for the anatomy, which is nearly always done before the cells.
_LOOK_SECONDS = 10.0


def read_workbook(
    path: Path,
    form: str,
    sender: Sender,
    cells_max: int,
    wanted: str | None,
    *,
    calamine_allowed: bool = True,
) -> None:
    """Send every worksheet, or the one wanted.

    Raises Trouble file_encrypted, file_too_old, file_corrupt, file_empty, no_sheet, too_large, long_cell.
    """
    book = _by_calamine(path, form) if calamine_allowed else None
    if book is None:
        _by_openpyxl(path, sender, cells_max, wanted, None)
        return
    listed = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
    _among([meta.name for meta in listed], wanted)
    if not listed:
        raise Trouble("file_empty", sheets=0)
    anatomy = anatomy_of(path, form)
    large = Pieces(path, anatomy) if isinstance(anatomy, XlsxAnatomy) else None
    broken: list[str] = []
    for meta in listed:
        if wanted is None or _is(meta.name, wanted):
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            if not (
                (large is not None and _in_pieces(large, meta.name, hidden, sender, cells_max))
                or _sheet(book, meta.name, hidden, anatomy, sender, cells_max)
            ):
                broken.append(meta.name)
    if broken and form == "xlsx":
        try:
            _by_openpyxl(path, sender, cells_max, wanted, frozenset(broken))
            return
        except Trouble as trouble:
            if trouble.code != "file_corrupt":
                raise
    for name in broken:
        sender.send("failed", name)


def _by_calamine(path: Path, form: str) -> calamine.CalamineWorkbook | None:
    """The workbook as calamine opens it; None for one that openpyxl may open. Raises Trouble as `read_workbook`."""
    try:
        return _opened(path, form)
    except calamine.PasswordError:
        raise Trouble("file_encrypted") from None
    except MemoryError:
        raise
    except Exception as error:
        if form != "xlsx":
            raise Trouble("file_too_old" if form == "biff5" else "file_corrupt", what="BIFF5") from error
    return None


def _among(names: list[str], wanted: str | None) -> None:
    if wanted is not None and not any(_is(name, wanted) for name in names):
        raise Trouble("no_sheet", sheet=wanted, names=names)


def _is(name: str, wanted: str) -> bool:
    """Whether a sheet is the one that a person named: what nobody sees does not count."""
    return name == wanted or visible(name) == visible(wanted)


def _opened(path: Path, form: str) -> calamine.CalamineWorkbook | None:
    with _panics_are_errors():
        if form == "fods":
            return calamine.CalamineWorkbook.from_filelike(_as_ods(path))
        if _SUFFIXES.get(path.suffix.lower(), form) == ("xls" if form == "biff5" else form):
            return calamine.CalamineWorkbook.from_path(path)
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))


def _as_ods(path: Path) -> io.BytesIO:
    """A flat OpenDocument file packed as ods, without the white space at which calamine stops."""
    import zipfile

    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    tree = etree.parse(str(path), parser)
    for node in tree.iter("{urn:oasis:names:tc:opendocument:xmlns:table:1.0}*", "{*}body", "{*}spreadsheet"):
        node.text = None
        for child in node:
            child.tail = None
    body = tree.find("{*}body")
    if body is None:
        raise ValueError("no body")
    wrapped = io.BytesIO()
    with zipfile.ZipFile(wrapped, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", etree.tostring(body, encoding="utf-8", xml_declaration=True))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    wrapped.seek(0)
    return wrapped


@contextmanager
def _panics_are_errors() -> Iterator[None]:
    """calamine panics with exceptions that derive from BaseException only."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, Exception):
        raise
    except BaseException as panic:
        raise ValueError("panic") from panic


def _in_pieces(large: Pieces, name: str, hidden: bool, sender: Sender, cells_max: int) -> bool:
    """Send a large sheet while it is read; False when it must be read as a whole (what was sent is then void)."""
    anatomy = Anatomy()
    merged: list[Merged] = []
    start: tuple[int, int] | None = None
    below = width = 0
    try:
        with _panics_are_errors():
            if not large.has(name):
                return False
            sender.send("reading", name)
            out = SheetOut(sender, cells_max, name, hidden=hidden)
            for piece in large.read(name, anatomy):
                sender.send("part", piece.share)
                merged += piece.merged
                if not piece.height:
                    continue
                if start is None:
                    start, below = (piece.top, piece.left), piece.top
                    out.corner = start
                if piece.top < below or piece.left < start[1]:
                    return False
                gap, below = piece.top - below, piece.top + piece.height
                width = max(width, piece.left - start[1] + piece.width)
                # beyond the limit it is only measured
                if (below - start[0]) * width <= cells_max:
                    _send_piece(piece, gap, piece.left - start[1], out)
    except (Trouble, MemoryError):
        raise
    except Exception:  # noqa: BLE001  (the plain way finds out what is the matter)
        return False
    if start is None:
        return False
    if (below - start[0]) * width > cells_max:
        raise Trouble("too_large", sheet=name, rows=below, columns=start[1] + width)
    _end(out, start, merged, anatomy)
    return True


def _send_piece(piece: SheetPiece, gap: int, left: int, out: SheetOut) -> None:
    if gap:
        out.rows([()] * gap)
    rows = piece.rows()
    block = max(1, BLOCK_CELLS // max(piece.width, 1))
    for first in range(0, len(rows), block):
        out.rows(rows[first : first + block], piece.width, left)


def _sheet(
    book: calamine.CalamineWorkbook,
    name: str,
    hidden: bool,
    source: XlsxAnatomy | XlsAnatomy | None,
    sender: Sender,
    cells_max: int,
) -> bool:
    """Send one sheet; False when calamine cannot read it, and then nothing of it was sent."""
    sender.send("reading", name)
    looker = Looker(lambda anatomy: source.look(name, anatomy)) if source is not None else None
    try:
        with _panics_are_errors():
            parsed = book.get_sheet_by_name(name)
            height, width, start = parsed.height, parsed.width, parsed.start or (0, 0)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  (one broken sheet must not cost the others)
        return False
    if height * width > cells_max:
        raise Trouble("too_large", sheet=name, rows=start[0] + height, columns=start[1] + width)
    sender.send("rows", height)
    out = SheetOut(sender, cells_max, name, hidden=hidden)
    out.corner = start
    rows = islice(parsed.iter_rows(), start[0], None)
    block = max(1, BLOCK_CELLS // max(width, 1))
    while part := list(islice(rows, block)):
        out.rows(part, width)
    merged = parsed.merged_cell_ranges or []
    anatomy = looker.result(_LOOK_SECONDS) if looker is not None else Anatomy()
    _end(out, start, merged, anatomy)
    return True


def _end(out: SheetOut, start: tuple[int, int], merged: Sequence[Merged], anatomy: Anatomy) -> None:
    """Send the end of a sheet, with what lies within its cells; of a sheet without cells everything."""
    top, left = start
    height, width = (out.height, out.width) if out.height else (1_048_576, 16_384)
    out.end(
        first_row=top + 1,
        first_column=left + 1,
        merged=[
            (above - top, before - left, min(below - top, height - 1), min(behind - left, width - 1))
            for (above, before), (below, behind) in merged
            if 0 <= above - top < height and 0 <= before - left < width
        ],
        hidden_rows=[row - top for row in anatomy.hidden_rows if 0 <= row - top < height],
        hidden_columns=[column - left for column in anatomy.hidden_columns if 0 <= column - left < width],
        unvalued=[
            (row - top, column - left) for row, column in anatomy.unvalued
            if 0 <= row - top < height and 0 <= column - left < width
        ],
        errors=[
            (row - top, column - left, word) for row, column, word in anatomy.errors
            if 0 <= row - top < height and 0 <= column - left < width
        ],
        epoch_1904=anatomy.epoch_1904,
    )  # fmt: skip


def _by_openpyxl(
    path: Path, sender: Sender, cells_max: int, wanted: str | None, only: frozenset[str] | None
) -> None:
    import warnings

    import openpyxl
    from openpyxl.utils.datetime import MAC_EPOCH

    warnings.simplefilter("ignore")
    try:
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            names = [sheet.title for sheet in book.worksheets]
            _among(names, wanted)
            anatomy = anatomy_of(path, "xlsx")
            for sheet in book.worksheets:
                if (wanted is None or _is(sheet.title, wanted)) and (only is None or sheet.title in only):
                    _stream(sheet, sender, cells_max, anatomy, epoch_1904=book.epoch == MAC_EPOCH)
    except (Trouble, MemoryError):
        raise
    except Exception as error:
        raise Trouble("file_corrupt") from error


def _sized(cell: Cell) -> Cell:
    """A cell as calamine would give it: a whole number that is none of a machine is its digits."""
    return str(cell) if isinstance(cell, int) and abs(cell) >= _WHOLE else cell


def _stream(
    sheet: "ReadOnlyWorksheet",
    sender: Sender,
    cells_max: int,
    anatomy: XlsxAnatomy | XlsAnatomy | None,
    *,
    epoch_1904: bool,
) -> None:
    sender.send("reading", sheet.title)
    out = SheetOut(sender, cells_max, sheet.title, hidden=sheet.sheet_state != "visible")
    try:
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            out.add(["" if cell is None else _sized(cell) for cell in row])
    except (Trouble, MemoryError):
        raise
    except Exception:  # noqa: BLE001  (one broken sheet must not cost the others)
        sender.send("broken", sheet.title)
        return
    areas: list[tuple[int, int, int, int]] = []
    if isinstance(anatomy, XlsxAnatomy):
        with suppress(Exception):  # optional, as all of the anatomy
            areas = anatomy.merged(sheet.title)
    above = out.above
    out.end(
        merged=[
            (top - above, left, bottom - above, right) for top, left, bottom, right in areas if top >= above
        ],
        epoch_1904=epoch_1904,
    )
