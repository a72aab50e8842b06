"""A large sheet read in pieces is, to the last cell, the sheet read whole; what cannot be cut safely is read whole."""

import datetime as dt
import io
import marshal
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import SHARED_DATA
from workbench.base.errors import WorkbenchError
from workbench.intake.reading import child, pieces, reader
from workbench.intake.reading.frames import Frame, Sender, Trouble
from workbench.intake.reading.process import Limits
from workbench.intake.reading.reader import RawFile, read_file

ROWS = 120


class _Bytes(io.RawIOBase):
    def __init__(self) -> None:
        self.all = io.BytesIO()

    def write(self, data: Any) -> int:
        return self.all.write(data)


class Read:
    """Reads in this process, so that a test can turn the bounds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self._words: list[str] = []
        monkeypatch.setattr(reader, "frames", self._frames)
        monkeypatch.setattr(pieces, "_TIMES_STRINGS", 0)

    def _frames(
        self, path: Path, sheet: str | None, cells_max: int, _limits: Limits, *, calamine: bool = True
    ) -> Iterator[Frame]:
        stream = _Bytes()
        try:
            child._read(path, sheet, cells_max, calamine, Sender(stream))
        except Trouble:
            raise
        except Exception as error:
            raise Trouble("file_corrupt") from error
        text, at = stream.all.getvalue(), 0
        while at < len(text):
            length = int.from_bytes(text[at : at + 8], "little")
            frame = marshal.loads(text[at + 8 : at + 8 + length])  # noqa: S302
            self._words.append(frame[0])
            yield frame
            at += 8 + length

    def whole(self, path: Path, **wish: Any) -> RawFile:
        self._patch.setattr(pieces, "LARGE", 10**12)
        self._words.clear()
        return read_file(path, **wish)

    def cut(self, path: Path, size: int = 2_000, **wish: Any) -> RawFile:
        self._patch.setattr(pieces, "LARGE", 0)
        self._patch.setattr(pieces, "PIECE", size)
        self._words.clear()
        return read_file(path, **wish)

    @property
    def in_pieces(self) -> bool:
        """Of the last reading. The plain way tells the number of rows before it hands them out."""
        return "rows" not in self._words and "end" in self._words

    @property
    def blocks(self) -> int:
        return self._words.count("block")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    return Read(monkeypatch)


def _rich(path: Path, *, inline: bool = False) -> Path:
    """Starts at C4; dates, formulas, hidden rows, merged areas over many rows, and a hole of 300 rows."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": inline, "date_1904": inline}) as book:
        sheet = book.add_worksheet("清单")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        clock = book.add_format({"num_format": "hh:mm:ss"})
        for number in range(ROWS):
            row = number + 3 + (300 if number > 60 else 0)
            sheet.write_string(row, 2, f"{number:010d}")
            sheet.write_string(row, 3, "<张> & 三\n" if number % 3 else "")
            sheet.write_datetime(row, 4, dt.datetime(2026, 1, 1) + dt.timedelta(number), day)
            sheet.write_datetime(row, 5, dt.datetime(2026, 1, 1, 12, 30) + dt.timedelta(number, 9))
            sheet.write_number(row, 6, 0.25, clock)
            sheet.write_formula(row, 7, f"=G{row + 1}*2", value=number * 2.5)
            sheet.write_boolean(row, 8, number % 2 == 0)
            if number > 100:
                sheet.write_number(row, 9 + number % 5, number)
            if number % 17 == 0:
                sheet.set_row(row, None, None, {"hidden": True})
        sheet.set_column(4, 4, None, None, {"hidden": True})
        if not inline:
            sheet.merge_range(10, 10, 500, 11, "合并")
            sheet.merge_range(20, 12, 21, 13, "")
        book.add_worksheet("空")
    return path


def _inline(path: Path) -> Path:
    return _rich(path, inline=True)


def _unvalued(path: Path) -> Path:
    book = openpyxl.Workbook()
    page: Any = book.active
    for number in range(ROWS):
        page.append([None, f"{number:06d}", number * 1.5, f"=C{number + 1}*2", dt.date(2026, 1, 1)])
    page.merge_cells("B2:B90")
    page.row_dimensions[3].hidden = page.row_dimensions[100].hidden = True
    other = book.create_sheet("另")
    for number in range(ROWS):
        other.cell(number + 9, 2, "尾" if number == 70 else number)
    book.save(path)
    return path


@pytest.mark.parametrize("size", [700, 2_000, 9_000])
@pytest.mark.parametrize("make", [_rich, _inline, _unvalued])
def test_pieces_give_what_the_whole_gives(
    make: Callable[[Path], Path], size: int, read: Read, tmp_path: Path
) -> None:
    path = make(tmp_path / "清单.xlsx")
    assert read.whole(path) == read.cut(path, size)
    assert read.blocks > 2


def test_hidden_rows_and_merged_areas_lie_where_they_lay(read: Read, tmp_path: Path) -> None:
    sheet = read.cut(_rich(tmp_path / "清单.xlsx")).sheets[0]
    assert (sheet.first_row, sheet.first_column) == (4, 3)
    assert (7, 8, sheet.height - 1, 9) in sheet.merged
    assert {0, 17, 102 + 300, 119 + 300} <= sheet.hidden_rows
    assert sheet.hidden_columns == {2}


def _edited(path: Path, target: Path, edit: Callable[[str], str]) -> Path:
    """The same workbook with another text for its first sheet."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, edit(text.decode()) if name.endswith("sheet1.xml") else text)
    return target


def _list(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("清单")
        for row in range(ROWS):
            sheet.write_row(row, 1, [f"{row:06d}", "张三", row, ""])
    return path


def _prefixed(text: str) -> str:
    return re.sub(r"<(/?)(?=\w)", r"<\1x:", text).replace("xmlns=", "xmlns:x=")


def _swapped(text: str) -> str:
    rows = re.findall(r"<row .*?</row>", text, re.DOTALL)
    return text.replace(rows[50], "@").replace(rows[60], rows[50]).replace("@", rows[60])


UNUSUAL: dict[str, Callable[[str], str]] = {
    "a prefix": _prefixed,
    "rows without numbers": lambda text: re.sub(r'<row r="\d+"', "<row", text),
    "one row without a number": lambda text: text.replace('<row r="70"', '<row spans="1:4"'),
    "a number between other signs": lambda text: text.replace('<row r="70"', "<row r='70'"),
    "a comment": lambda text: text.replace('<row r="70"', '<!-- <row r="1"> --><row r="70"'),
    "rows out of order": _swapped,
    "a row twice": lambda text: text.replace('<row r="70"', '<row r="69"'),
    "a column before the first": lambda text: text.replace('r="B110"', 'r="A110"'),
    "a cell of another row": lambda text: text.replace('r="B90"', 'r="B20"'),
    "no end": lambda text: text.replace("</worksheet>", ""),
    "merged areas above": lambda text: text.replace(
        "<sheetData>", '<mergeCells><mergeCell ref="B2:C3"/></mergeCells><sheetData>'
    ),
    "merged areas of another kind": lambda text: text.replace(
        "</sheetData>", '</sheetData><x:mergeCells xmlns:x="y"><x:mergeCell ref="B2:C3"/></x:mergeCells>'
    ),
}


@pytest.mark.parametrize("edit", UNUSUAL.values(), ids=UNUSUAL)
def test_what_cannot_be_cut_safely_is_read_whole(
    edit: Callable[[str], str], read: Read, tmp_path: Path
) -> None:
    path = _edited(_list(tmp_path / "甲.xlsx"), tmp_path / "乙.xlsx", edit)
    assert read.whole(path) == read.cut(path)
    assert not read.in_pieces


def test_a_sheet_that_breaks_off_is_refused_in_pieces_as_it_is_whole(read: Read, tmp_path: Path) -> None:
    path = _edited(
        _list(tmp_path / "甲.xlsx"), tmp_path / "乙.xlsx", lambda text: text.replace('r="B70"', 'r="7B0" <')
    )
    frames_sent = []
    for way in (read.whole, read.cut):
        try:
            frames_sent.append(way(path))
        except WorkbenchError as error:
            frames_sent.append((error.code, error.message))
    assert frames_sent[0] == frames_sent[1]


def test_rows_that_say_nothing_at_the_seams_count_as_they_do_whole(read: Read, tmp_path: Path) -> None:
    empty = re.compile(r'(<row r="(?:2|3|4\d|5\d|11\d|120)"[^>]*>).*?(</row>)', re.DOTALL)
    path = _edited(_list(tmp_path / "甲.xlsx"), tmp_path / "乙.xlsx", lambda text: empty.sub(r"\1\2", text))
    assert read.whole(path) == read.cut(path, 500)
    assert read.in_pieces


def test_too_many_cells_are_refused_with_the_size_of_the_whole_sheet(read: Read, tmp_path: Path) -> None:
    path = _rich(tmp_path / "清单.xlsx")
    frames_sent = []
    for way in (read.whole, read.cut):
        with pytest.raises(WorkbenchError) as caught:
            way(path, cells_max=2_000)
        frames_sent.append((caught.value.code, caught.value.message))
    assert frames_sent[0] == frames_sent[1]
    assert frames_sent[0][0] == "too_large"


def test_the_number_of_cells_allowed_is_that_of_all_pieces_together(read: Read, tmp_path: Path) -> None:
    path = _list(tmp_path / "清单.xlsx")
    assert read.cut(path, cells_max=ROWS * 3).sheets[0].height == ROWS
    with pytest.raises(WorkbenchError):
        read.cut(path, cells_max=ROWS * 3 - 1)


@given(
    rows=st.lists(st.binary(max_size=40).map(lambda text: text.hex().encode()), max_size=30),
    size=st.integers(40, 400),
    merged=st.booleans(),
)
def test_the_parts_of_a_sheet_are_all_of_its_rows_and_none_is_cut(
    rows: list[bytes], size: int, merged: bool
) -> None:
    whole = [b'<row r="%d"><c><v>%s</v></c></row>' % (n, text) for n, text in enumerate(rows, 1)]
    area = b'<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>' if merged else b""
    text = b"<worksheet><cols/><sheetData>" + b"".join(whole) + b"</sheetData>" + area + b"</worksheet>\n"
    (head, _none), *parts = pieces.cut(io.BytesIO(text), size)
    assert head == b"<worksheet><cols/><sheetData>"
    assert b"".join(part for part, _areas in parts) == b"".join(whole)
    assert all(part.endswith(b"</row>") for part, _areas in parts if part)
    assert parts[-1][1] == (area or b"<mergeCells></mergeCells>")


@pytest.mark.parametrize("step", [24, pytest.param(6, marks=pytest.mark.long)])
def test_foreign_workbooks_are_the_same_in_pieces(read: Read, step: int) -> None:
    """Every so manieth file of the shared folder; read in this process, where a file made to fill the memory does so."""
    folder = SHARED_DATA / "spreadsheets"
    if not folder.exists():
        pytest.skip("shared/data/spreadsheets is not here")
    different = []
    for path in sorted(folder.rglob("*.xls[xm]"))[::step]:
        if path.stat().st_size > 1_000_000:
            continue
        plain = []
        for way in (read.whole, read.cut):
            try:
                plain.append(_comparable(way(path)))
            except WorkbenchError as error:
                plain.append([error.code, error.message])
        if plain[0] != plain[1]:
            different.append(path.name)
    assert different == []


def _comparable(file: RawFile) -> list[Any]:
    """Values as text, since a figure that is none (NaN) is not equal to itself; sets have no order."""
    sheets: list[Any] = [
        (repr(replace(sheet, hidden_rows=frozenset(), hidden_columns=frozenset())), sheet.hidden_rows, sheet.hidden_columns)
        for sheet in file.sheets
    ]  # fmt: skip
    return [*sheets, file.failed, file.form]
