"""Hidden rows and columns, formulas never calculated, the 1904 calendar, merged areas: told beside the cells."""

import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from workbench.intake.reading import anatomy
from workbench.intake.reading.anatomy import Anatomy, XlsAnatomy, column_number
from workbench.intake.reading.reader import read_file


def _book(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as book:
        sheet = book.add_worksheet("清单")
        for row in range(3, 9):
            sheet.write_row(row, 1, [f"000{row}", "张三", row * 2.5, row])
        sheet.set_row(5, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
        sheet.merge_range(9, 1, 10, 2, "合计")
        book.add_worksheet("藏").hide()
    return path


def test_indices_are_those_of_the_cells_read(tmp_path: Path) -> None:
    sheet, hidden = read_file(_book(tmp_path / "月报.xlsx")).sheets
    assert (sheet.first_row, sheet.first_column) == (4, 2)
    assert sheet.hidden_rows == {2}
    assert sheet.row(2)[0] == "0005"
    assert sheet.hidden_columns == {2}
    assert sheet.merged == ((6, 0, 6, 1),)
    assert sheet.epoch_1904
    assert sheet.unvalued == ()
    assert hidden.hidden


def test_formulas_without_a_stored_value_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["编号", "活期", "定期", "合计"])
    page.append(["0001", 1.5, 2.5, "=B2+C2"])
    page.append(["0002", 1.5, "=SUM(1,2)", 4])
    book.epoch = CALENDAR_MAC_1904
    book.save(tmp_path / "未算.xlsx")
    sheet = read_file(tmp_path / "未算.xlsx").sheets[0]
    assert sheet.unvalued == ((1, 3), (2, 2))
    assert sheet.epoch_1904
    with xlsxwriter.Workbook(str(tmp_path / "已算.xlsx")) as written:
        written.add_worksheet().write_formula("A1", "=1+1", value=2)
    assert read_file(tmp_path / "已算.xlsx").sheets[0].unvalued == ()


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("chunk", [7, 64, 1 << 20])
def test_a_tag_cut_between_two_pieces_is_seen_all_the_same(
    prefix: str, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def line(row: int) -> str:
        hidden = ' hidden="1"' if row % 3 == 0 else ""
        value = "<p:v>5</p:v>" if row % 2 else ""
        return (
            f'<p:row r="{row}"{hidden}><p:c r="A{row}" t="s"><p:v>1</p:v></p:c>'
            f'<p:c r="AB{row}"><p:f>A{row}+1</p:f>{value}</p:c></p:row>'
        )

    body = "".join(map(line, range(1, 200)))
    head = '<p:worksheet><p:cols><p:col min="2" max="3" hidden="1"/><p:col min="5" max="5"/></p:cols><p:sheetData>'
    text = f"{head}{body}</p:sheetData></p:worksheet>".replace("p:", prefix).encode()
    pieces = [text[:400], *(text[at : at + chunk] for at in range(400, len(text), chunk))]
    seen = Anatomy()
    anatomy._scan(iter(pieces), seen)
    assert seen.hidden_rows == {row - 1 for row in range(3, 200, 3)}
    assert seen.unvalued == [(row - 1, 27) for row in range(2, 200, 2)]
    assert seen.hidden_columns == {1, 2}


def test_letters_are_columns() -> None:
    assert [column_number(letters) for letters in (b"A", b"Z", b"AA", b"XFD")] == [0, 25, 26, 16_383]


def _record(code: int, body: bytes) -> bytes:
    return struct.pack("<HH", code, len(body)) + body


def test_the_records_of_an_xls_tell_the_same() -> None:
    name = "清单"
    bound = b"\x00\x00" + bytes([len(name), 1]) + name.encode("utf-16-le")
    bof = _record(0x0809, b"\x00\x06\x05\x00" + b"\x00" * 12)
    globals_length = len(bof) + 6 + 4 + 4 + len(bound) + 4
    book = bof + _record(0x0022, b"\x01\x00") + _record(0x0085, struct.pack("<I", globals_length) + bound)
    book += _record(0x000A, b"")
    row = struct.pack("<HHHHHHHH", 7, 0, 5, 255, 0, 0, 0x0120, 0)
    shown = struct.pack("<HHHHHHHH", 8, 0, 5, 255, 0, 0, 0x0100, 0)
    sheet = bof + _record(0x007D, struct.pack("<HHHHH", 2, 3, 2048, 15, 1)) + _record(0x0208, row)
    sheet += _record(0x0208, shown) + _record(0x000A, b"")
    assert len(book) == globals_length
    seen = Anatomy()
    XlsAnatomy(book + sheet).look(name, seen)
    assert (seen.hidden_rows, seen.hidden_columns, seen.epoch_1904) == ({7}, {2, 3}, True)


def test_a_file_whose_anatomy_is_broken_is_read_all_the_same(tmp_path: Path) -> None:
    whole = _book(tmp_path / "月报.xlsx")
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(tmp_path / "怪.xlsx", "w") as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, body.replace(b'hidden="1"', b'hidden="x"') if "sheet1" in name else body)
    sheet = read_file(tmp_path / "怪.xlsx").sheets[0]
    assert sheet.height == 7
    assert sheet.hidden_rows == frozenset()


def test_error_cells_are_read_as_their_words(tmp_path: Path) -> None:
    path = tmp_path / "错误.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(1, 1, ["客户号", "余额"])
        sheet.write_row(2, 1, ["001", 5])
        sheet.write_formula(2, 2, "=NA()", None, "#N/A")
        sheet.write_row(3, 1, ["002", 6.5])
        sheet.write_formula(4, 2, "=1/0", None, "#DIV/0!")
    (read,) = read_file(path).sheets
    assert read.columns[1] == ("余额", "#N/A", 6.5, "#DIV/0!")


def test_error_cells_of_an_xls_are_found_in_its_records() -> None:
    def record(code: int, body: bytes) -> bytes:
        return struct.pack("<HH", code, len(body)) + body

    start = record(0x0809, b"\x00\x06\x10\x00" + bytes(12))
    place = len(start) + 4 + 9 + 4
    stream = start + record(0x0085, struct.pack("<IBBBB", place, 0, 0, 1, 0) + b"A") + record(0x000A, b"")
    stream += start
    stream += record(0x0205, struct.pack("<HHHBB", 3, 1, 0, 0x2A, 1)) + record(
        0x0205, struct.pack("<HHHBB", 4, 1, 0, 1, 0)
    )
    stream += record(0x0006, struct.pack("<HHH", 5, 2, 0) + b"\x02\x00\x17\x00\x00\x00\xff\xff" + bytes(6))
    stream += record(0x0006, struct.pack("<HHHd", 6, 2, 0, 1.5) + bytes(6)) + record(0x000A, b"")
    seen = Anatomy()
    XlsAnatomy(stream).look("A", seen)
    assert seen.errors == [(3, 1, "#N/A"), (5, 2, "#REF!")]


def test_merged_areas_are_the_same_where_openpyxl_reads_the_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "合并.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("清单")
        sheet.write_row(2, 0, ["支行", "客户号"])
        for row in range(3, 201):
            sheet.write_row(row, 1, [f"{row:08d}"])
            if row % 2:
                sheet.merge_range(row, 0, row + 1, 0, f"支行{row}")
    expected = read_file(path).sheets[0].merged
    looked = anatomy.XlsxAnatomy(path)
    monkeypatch.setattr(anatomy, "_CHUNK", 97)
    assert {(top - 2, left, bottom - 2, right) for top, left, bottom, right in looked.merged("清单")} == set(
        expected
    )
    assert len(expected) == 99
