"""Web pages, web archives and Excel 2003 XML that call themselves .xls are read as what they are."""

import datetime as dt
from pathlib import Path

import pytest

from workbench.base.errors import WorkbenchError
from workbench.intake.reading.reader import RawFile, RawSheet, read_file

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<!--[if gte mso 9]><xml><x:Name>客户清单</x:Name></xml><![endif]--></head><body>
<table border=1><tr><td colspan=3>客户资产月报</td></tr>
<tr><td rowspan=2>客户号<td colspan=2>余额</tr><tr><td>时点<td>日均</tr>
<tr><td>0001<td x:num="12.5">12.50<td>行一<br>行二&nbsp;&nbsp;</tr>
<tr style="display: none"><td>0002</td><td>&lt;3</td><td></td></tr></table>
<table><tr><td>第二张</td></tr></table></body></html>"""


def _read(tmp_path: Path, content: bytes, name: str = "月报.xls") -> RawFile:
    (tmp_path / name).write_bytes(content)
    return read_file(tmp_path / name)


def _rows(sheet: RawSheet) -> list[list[object]]:
    return [sheet.row(index) for index in range(sheet.height)]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("utf-8", "gb18030"), ("utf-16", "utf-16"), ("", "gb18030")],
)
def test_a_page_named_xls_is_read_whatever_it_says_of_its_encoding(
    tmp_path: Path, charset: str, encoding: str
) -> None:
    file = _read(tmp_path, PAGE.format(charset=charset).encode(encoding))
    assert file.form == "html"
    first, second = file.sheets
    assert first.name == "客户清单"
    assert _rows(first) == [
        ["客户资产月报", "", ""],
        ["客户号", "余额", ""],
        ["", "时点", "日均"],
        ["0001", 12.5, "行一\n行二"],
        ["0002", "<3", ""],
    ]
    assert first.merged == ((0, 0, 0, 2), (1, 0, 2, 0), (1, 1, 1, 2))
    assert first.hidden_rows == {4}
    assert _rows(second) == [["第二张"]]


def test_only_the_table_wanted_is_given(tmp_path: Path) -> None:
    path = tmp_path / "月报.xls"
    path.write_text(PAGE.format(charset="utf-8"), "utf-8")
    assert [sheet.name for sheet in read_file(path, sheet="客户清单").sheets] == ["客户清单"]
    with pytest.raises(WorkbenchError) as caught:
        read_file(path, sheet="没有")
    assert caught.value.code == "no_sheet"


def test_a_table_inside_of_a_layout_table_is_the_one_to_read(tmp_path: Path) -> None:
    page = "<table><tr><th>题目</th></tr><tr><td><table><tr><td>号<td>名<td>额<td>级</tr><tr><td>1<td>张<td>2<td>金</tr></table>"
    sheet = _read(tmp_path, f"{page}</td></tr></table>".encode()).sheets[0]
    assert _rows(sheet)[:3] == [["题目", "", "", ""], ["号", "名", "额", "级"], ["1", "张", "2", "金"]]


def test_a_table_inside_of_a_data_cell_stays_in_its_cell(tmp_path: Path) -> None:
    inner = "<table><tr><td>甲</td></tr></table>"
    page = f"<table><tr><td>号<td>名<td>额<td>注</tr><tr><td>1<td>张<td>2<td>{inner}</tr></table>"
    sheet = _read(tmp_path, page.encode()).sheets[0]
    assert _rows(sheet) == [["号", "名", "额", "注"], ["1", "张", "2", "甲"]]


def test_a_page_without_tables_is_none(tmp_path: Path) -> None:
    (tmp_path / "页.xls").write_bytes("<html><body>登录超时,请重新登录</body></html>".encode())
    with pytest.raises(WorkbenchError) as caught:
        read_file(tmp_path / "页.xls")
    assert caught.value.code == "not_a_spreadsheet"
    assert "网页" in caught.value.message


def test_a_web_archive_is_its_pages(tmp_path: Path) -> None:
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    part = "--b\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    page = "<html><table><tr><td>编号<td>姓名</tr><tr><td>1<td>张三</tr></table></html>\r\n--b--\r\n"
    file = _read(tmp_path, (head + part + page).encode("gb18030"))
    assert file.form == "mht"
    assert _rows(file.sheets[0]) == [["编号", "姓名"], ["1", "张三"]]


XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<x:ExcelWorkbook>{calendar}</x:ExcelWorkbook>
<Worksheet ss:Name="清单"><Table><Column ss:Index="2" ss:Hidden="1"/>
<Row ss:Index="3"><Cell ss:MergeAcross="2"><Data ss:Type="String">月报</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">编号</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">日期</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="Number">7.5</Data></Cell><Cell ss:Formula="=A1"/>
<Cell><Data ss:Type="DateTime">2026-10-31T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">坏</Data></Cell></Row><Row/><Row/>
</Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet><Worksheet ss:Name="二"><Table/></Worksheet></Workbook>"""


def test_excel_2003_xml_is_a_workbook(tmp_path: Path) -> None:
    file = _read(tmp_path, XML.format(calendar="<x:Date1904/>").encode())
    assert file.form == "xml2003"
    first, second = file.sheets
    assert (first.name, first.first_row, first.hidden, first.epoch_1904) == ("清单", 3, True, True)
    assert _rows(first) == [
        ["月报", "", "", ""],
        ["编号", "", "日期", ""],
        [7.5, "", dt.date(2026, 10, 31), True],
        ["坏", "", "", ""],
    ]
    assert (first.merged, first.hidden_rows, first.hidden_columns) == (((0, 0, 0, 2),), {2}, {1})
    assert first.unvalued == ((2, 1),)
    assert (second.name, second.height, second.hidden) == ("二", 0, False)


@pytest.mark.parametrize("content", [XML.format(calendar=""), PAGE.format(charset="utf-8")])
def test_a_download_cut_short_does_not_pass_as_a_shorter_list(tmp_path: Path, content: str) -> None:
    (tmp_path / "断.xls").write_bytes(
        content[: content.index("0001" if "0001" in content else "编号")].encode()
    )
    with pytest.raises(WorkbenchError) as caught:
        read_file(tmp_path / "断.xls")
    assert caught.value.code == "file_corrupt"


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "11111111"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    body = XML.format(calendar="").replace("<Workbook", bomb + "<Workbook", 1).replace("月报", "&c;")
    (tmp_path / "弹.xls").write_bytes(body.encode())
    assert "1111" not in str(read_file(tmp_path / "弹.xls").sheets[0].columns)
