"""Delimited text of any encoding and delimiter is a table; a letter is not."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from tests.workbench.intake.conftest import HEADER, ROWS
from workbench.base.errors import WorkbenchError
from workbench.intake.reading import delimited
from workbench.intake.reading.delimited import read_text
from workbench.intake.reading.frames import Sender, SheetOut, Trouble
from workbench.intake.reading.reader import RawSheet, read_file
from workbench.intake.reading.text_table import delimiter, find_text


def _read(tmp_path: Path, content: bytes, name: str = "月报.csv") -> RawSheet:
    (tmp_path / name).write_bytes(content)
    return read_file(tmp_path / name).sheets[0]


def _rows(sheet: RawSheet) -> list[list[str]]:
    return [sheet.row(index) for index in range(sheet.height)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_text_tables_of_any_encoding_and_delimiter(tmp_path: Path, encoding: str, mark: str) -> None:
    lines = ["个人客户资产月报,含理财;不含他行", "数据日期:2026-10-31 单位:元", mark.join(HEADER)]
    lines += [mark.join(map(str, row)) for row in ROWS]
    sheet = _read(tmp_path, "\r\n".join(lines).encode(encoding))
    assert sheet.row(2)[:5] == HEADER
    assert sheet.row(3)[:2] == ["0000000001", "林芳英"]


def test_title_lines_do_not_choose_the_delimiter() -> None:
    text = "甲,乙,丙,丁,戊,己\n说明,一,二,三\n编号;姓名\n1;张三\n2;李四\n3;王五\n"
    assert delimiter(text) == ";"


def test_quoted_delimiters_and_line_breaks_stay_in_their_cell(tmp_path: Path) -> None:
    sheet = _read(tmp_path, '编号,地址\n1,"杭州,西湖\n北山街"\n2,上海\n'.encode())
    assert _rows(sheet) == [["编号", "地址"], ["1", "杭州,西湖\n北山街"], ["2", "上海"]]


def test_a_quotation_mark_never_closed_swallows_no_rows(tmp_path: Path) -> None:
    sheet = _read(tmp_path, '编号,备注\n1,"屏 12\n2,"好"\n3,中\n'.encode())
    assert _rows(sheet) == [["编号", "备注"], ["1", '"屏 12'], ["2", "好"], ["3", "中"]]


def test_a_quotation_mark_that_swallows_too_much_for_a_cell_is_none(tmp_path: Path) -> None:
    lines = ['1,"甲', *[f"{number},一段文字" for number in range(2, 30_000)], '30000,乙"丙']
    sheet = _read(tmp_path, ("编号,备注\n" + "\n".join(lines)).encode())
    assert sheet.height == 30_001


def test_the_separator_may_stand_in_the_first_line(tmp_path: Path) -> None:
    sheet = _read(tmp_path, "sep=^\n编号^姓名\n1^张三\n".encode())
    assert _rows(sheet) == [["编号", "姓名"], ["1", "张三"]]


def test_half_a_character_costs_only_itself(tmp_path: Path) -> None:
    body = ("编号,单位\n" + "".join(f"{n},第{n}公司\n" for n in range(300))).encode("gb18030")
    sheet = _read(tmp_path, body + b"300,\xba\xba\xd7,\n")
    assert sheet.height == 302
    assert sheet.row(5)[:2] == ["4", "第4公司"]
    assert sheet.row(301)[0] == "300"


def test_a_chinese_character_far_down_still_tells_the_encoding(tmp_path: Path) -> None:
    body = "no,name\n" + "".join(f"{n},plain name\n" for n in range(40_000)) + "40000,张三\n"
    sheet = _read(tmp_path, body.encode("gb18030"))
    assert sheet.row(40_001) == ["40000", "张三"]


def test_ragged_rows_are_filled_up_with_empty_cells(tmp_path: Path) -> None:
    sheet = _read(tmp_path, "标题\n编号,姓名,余额\n1,张三\n2,李四,5\n".encode())
    assert _rows(sheet) == [["标题", "", ""], ["编号", "姓名", "余额"], ["1", "张三", ""], ["2", "李四", "5"]]


def test_nul_characters_are_dropped(tmp_path: Path) -> None:
    sheet = _read(tmp_path, "编号,姓名\n1,张\x00三\n2,李四\n".encode())
    assert sheet.row(1) == ["1", "张三"]


def test_a_list_of_one_column_is_a_table(tmp_path: Path) -> None:
    sheet = _read(tmp_path, "客户编号\n0001\n0002\n0003\n".encode(), "名单.txt")
    assert _rows(sheet) == [["客户编号"], ["0001"], ["0002"], ["0003"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("尊敬的客户,您好\n感谢您的支持,理解,信任\n祝好\n此致\n敬礼,再会,谢谢,保重\n", "没有分列的文字"),
        ('{"客户": [{"编号": "1"}]}', "JSON"),
        ("就这么一行字", "没有分列的文字"),
    ],
)
def test_a_letter_is_no_table(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "信.txt").write_text(content, "utf-8")
    with pytest.raises(WorkbenchError) as caught:
        read_file(tmp_path / "信.txt")
    assert caught.value.code == "not_a_spreadsheet"
    assert words in caught.value.message


def test_a_text_full_of_empty_lines_is_empty(tmp_path: Path) -> None:
    (tmp_path / "空.csv").write_bytes(b"\r\n" * 50_000)
    with pytest.raises(WorkbenchError) as caught:
        read_file(tmp_path / "空.csv")
    assert caught.value.code == "file_empty"


def test_a_row_with_too_many_cells_is_refused_before_memory_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "宽.csv"
    path.write_text("a,b\n" * 20_000 + "x," * 10_000 + "\n", "utf-8")
    with pytest.raises(WorkbenchError) as caught:
        read_file(path)
    assert caught.value.code == "too_large"


def test_a_long_text_leaves_in_small_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "BLOCK_CELLS", 6_000)
    path = tmp_path / "长.csv"
    path.write_text("编号,姓名,金额\n" + "".join(f"{n:010d},张三,{n}.25\n" for n in range(20_000)), "utf-8")
    blocks: list[int] = []
    kept = SimpleNamespace(send=lambda word, *rest: blocks.append(rest[0]) if word == "block" else None)
    read_text(path, SheetOut(cast("Sender", kept), 60_000_000, "长"))
    assert sum(blocks) == 20_001
    assert max(blocks) <= 2_000


SIMPLIFIED = "客户号,客户姓名,理财余额\n" + "".join(f"{n:010d},陈堃喆,{n}.5\n" for n in range(40))
TRADITIONAL = "客戶號,客戶姓名,理財餘額\n" + "".join(f"{n:010d},陳麗華,{n}.5\n" for n in range(40))


@pytest.mark.parametrize("lines", [2, 41])
def test_traditional_chinese_is_refused_by_the_name_of_its_encoding(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "名單.csv"
    path.write_bytes("".join(TRADITIONAL.splitlines(keepends=True)[:lines]).encode("big5"))
    with pytest.raises(Trouble) as caught:
        find_text(path)
    assert (caught.value.code, caught.value.facts) == ("unknown_encoding", {"what": "Big5"})


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-16"])
def test_simplified_chinese_and_unicode_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "名单.csv"
    for text in (SIMPLIFIED, TRADITIONAL) if encoding != "gbk" else (SIMPLIFIED,):
        path.write_bytes(text.encode(encoding))
        assert find_text(path).delimiter == ","


@pytest.mark.parametrize("quoted", ['="{}"', '"=""{}"""', '"{}"', "{}"])
def test_guarded_cells_are_read_as_if_they_were_not(tmp_path: Path, quoted: str) -> None:
    path = tmp_path / "名单.csv"
    cells = ["0010000001", "张伟", "1000.5" if quoted == "{}" else "1,000.50", ""]
    path.write_text("客户号,姓名,余额,空\n" + ",".join(map(quoted.format, cells)) + "\n", "gbk")
    assert read_file(path).sheets[0].row(1) == cells
