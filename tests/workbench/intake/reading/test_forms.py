"""A file is told by its content, and what is no spreadsheet is named."""

import zipfile
from pathlib import Path

import pytest

from workbench.base.errors import WorkbenchError
from workbench.intake.reading.reader import read_file


def _refused(path: Path) -> WorkbenchError:
    with pytest.raises(WorkbenchError) as caught:
        read_file(path)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 100, "图片"),
        (b"Rar!\x1a\x07\x00" + b"\x01" * 100, "压缩包"),
        (b"{\\rtf1 abc}", "写字板"),
        (b"ID;PWXL;N;E\r\nC;Y1;X1;K1\r\n", "SYLK"),
        (b"<?xml version='1.0'?><rss><item/></rss>", "XML"),
        (bytes([3, 126, 10, 31]) + b"\x05\x00\x00\x00\x41\x00\x0b\x00" + b"\x00" * 20 + b"NAME\x00" * 8 + b"\r", "dBase"),
    ],
)  # fmt: skip
def test_what_it_is_stands_in_the_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "别的.xls").write_bytes(content)
    error = _refused(tmp_path / "别的.xls")
    assert error.code == "not_a_spreadsheet"
    assert words in error.message


@pytest.mark.parametrize(
    ("head", "name"), [(b"\x09\x00\x04\x00", "BIFF2"), (b"\x09\x02\x06\x00", "BIFF3"), (b"\x09\x04\x06\x00", "BIFF4")]
)  # fmt: skip
def test_excel_forms_older_than_97_are_refused_by_name(tmp_path: Path, head: bytes, name: str) -> None:
    (tmp_path / "旧.xls").write_bytes(head + b"\x00\x00\x10\x00" + b"\x00" * 400)
    error = _refused(tmp_path / "旧.xls")
    assert error.code == "file_too_old"
    assert name in error.message
    assert "另存为 xlsx" in error.hint


@pytest.mark.parametrize(
    ("member", "words"),
    [("word/document.xml", "文字文档"), ("ppt/presentation.xml", "演示文稿"), ("OFD.xml", "OFD"), ("十月/月报.xlsx", "压缩包")],
)  # fmt: skip
def test_archives_are_recognised_by_what_is_in_them(tmp_path: Path, member: str, words: str) -> None:
    with zipfile.ZipFile(tmp_path / "包.xlsx", "w") as archive:
        archive.writestr(member, "x")
    error = _refused(tmp_path / "包.xlsx")
    assert error.code == "not_a_spreadsheet"
    assert words in error.message


FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>
<table:table table:name="清单"><table:table-row><table:table-cell office:value-type="string"><text:p>编号</text:p>
</table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type="float" office:value="7">
<text:p>7</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>"""


def test_a_flat_open_document_is_read(tmp_path: Path) -> None:
    (tmp_path / "清单.fods").write_text(FLAT, "utf-8")
    sheet = read_file(tmp_path / "清单.fods").sheets[0]
    assert (sheet.name, sheet.columns) == ("清单", (("编号", 7.0),))
