"""Any file is read by its content or refused with one sentence; nothing else comes out of the reader."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.workbench.intake.conftest import HEADER, ROWS, customers, write_xlsx
from workbench.errors import WorkbenchError
from workbench.intake import reader
from workbench.intake.reader import read_file
from workbench.intake.text_table import as_table, delimiter


def _code(path: Path) -> str:
    with pytest.raises(WorkbenchError) as caught:
        read_file(path)
    assert path.name in caught.value.message
    assert caught.value.hint
    return caught.value.code


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert _code(tmp_path / "没有.xlsx") == "file_missing"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert _code(tmp_path) == "file_unreadable"


@pytest.mark.parametrize("content", [b"", b"\x00" * 512, b" \r\n\t"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "空.xlsx").write_bytes(content)
    assert _code(tmp_path / "空.xlsx") == "file_empty"


def test_an_encrypted_xlsx_is_an_ole_file_with_an_encrypted_package(tmp_path: Path) -> None:
    body = reader._OLE + b"\x00" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 1000
    (tmp_path / "密.xlsx").write_bytes(body)
    assert _code(tmp_path / "密.xlsx") == "file_encrypted"


def test_an_encrypted_xls_carries_a_filepass_record(tmp_path: Path) -> None:
    bof = b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\x00" * 12
    body = reader._OLE + b"\x00" * 504 + bof + b"\x2f\x00\x36\x00" + b"\x01" * 54 + b"\x00" * 512
    (tmp_path / "密.xls").write_bytes(body)
    assert _code(tmp_path / "密.xls") == "file_encrypted"


def test_an_encrypted_ods_says_so_in_its_manifest(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "密.ods", "w") as archive:
        archive.writestr("content.xml", b"\x01\x02")
        archive.writestr("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>")
    assert _code(tmp_path / "密.ods") == "file_encrypted"


def test_a_truncated_workbook_is_corrupt(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "整.xlsx", [("客户清单", customers())]).read_bytes()
    (tmp_path / "断.xlsx").write_bytes(whole[: len(whole) // 2])
    assert _code(tmp_path / "断.xlsx") == "file_corrupt"
    (tmp_path / "断.xls").write_bytes(reader._OLE + b"\x07" * 3000)
    assert _code(tmp_path / "断.xls") == "file_corrupt"


def test_a_damaged_sheet_is_corrupt_not_a_crash(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "整.xlsx", [("客户清单", customers())]).read_bytes()
    source = zipfile.ZipFile(io.BytesIO(whole))
    with zipfile.ZipFile(tmp_path / "坏.xlsx", "w") as archive:
        for name in source.namelist():
            archive.writestr(name, b"<worksheet><sheetData><row" if "sheet1" in name else source.read(name))
    assert _code(tmp_path / "坏.xlsx") == "file_corrupt"


def test_a_panic_that_is_no_exception_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        pass

    class Panicking:
        @staticmethod
        def from_filelike(_stream: object) -> None:
            raise Panic

    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())])
    monkeypatch.setattr(reader.calamine, "CalamineWorkbook", Panicking)
    assert _code(path) == "file_corrupt"


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, SystemExit])
def test_an_interrupt_goes_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, interrupt: type[BaseException]
) -> None:
    class Interrupted:
        @staticmethod
        def from_filelike(_stream: object) -> None:
            raise interrupt

    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())])
    monkeypatch.setattr(reader.calamine, "CalamineWorkbook", Interrupted)
    with pytest.raises(interrupt):
        read_file(path)


@pytest.mark.parametrize(
    "content",
    [b"<html><body><table></table></body></html>", b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
     "一封信,没有表格".encode()[:9], b"just one line of words"],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "别的.xls").write_bytes(content)
    assert _code(tmp_path / "别的.xls") == "not_a_spreadsheet"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "包.xlsx", "w") as archive:
        archive.writestr("读我.txt", "不是表格")
    assert _code(tmp_path / "包.xlsx") == "not_a_spreadsheet"


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())]).rename(tmp_path / "月报.csv")
    assert read_file(path).sheets[0].name == "客户清单"


def test_row_numbers_are_those_seen_in_excel(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())], at=(4, 2))
    sheet = read_file(path).sheets[0]
    assert (sheet.first_row, sheet.first_column) == (5, 3)
    assert sheet.row(2)[0] == "客户编号"
    assert sheet.shown_row(2) == 7


def test_only_the_sheet_asked_for_is_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("甲", customers()), ("乙", customers())])
    assert [sheet.name for sheet in read_file(path, sheet="乙").sheets] == ["乙"]
    with pytest.raises(WorkbenchError) as caught:
        read_file(path, sheet="丙")
    assert caught.value.code == "no_sheet"
    assert "甲" in caught.value.hint


def test_a_sheet_that_declares_too_many_cells_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())])
    with pytest.raises(WorkbenchError) as caught:
        read_file(path, cells_max=10)
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_text_tables_of_any_encoding_and_delimiter(tmp_path: Path, encoding: str, mark: str) -> None:
    lines = ["个人客户资产月报,含理财;不含他行", "数据日期:2026-10-31 单位:元", mark.join(HEADER)]
    lines += [mark.join(map(str, row)) for row in ROWS]
    (tmp_path / "月报.csv").write_bytes("\r\n".join(lines).encode(encoding))
    sheet = read_file(tmp_path / "月报.csv").sheets[0]
    assert sheet.row(2)[:5] == HEADER
    assert sheet.row(3)[:2] == ["0000000001", "林芳英"]


def test_title_lines_do_not_choose_the_delimiter() -> None:
    text = "甲,乙,丙,丁,戊,己\n说明,一,二,三\n编号;姓名\n1;张三\n2;李四\n3;王五\n"
    assert delimiter(text) == ";"


def test_quoted_delimiters_and_line_breaks_stay_in_their_cell() -> None:
    rows = as_table('编号,地址\n1,"杭州,西湖\n北山街"\n2,上海\n'.encode())
    assert rows == [["编号", "地址"], ["1", "杭州,西湖\n北山街"], ["2", "上海"]]
