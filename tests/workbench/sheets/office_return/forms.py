"""Workbooks as head office makes them: a merged title, headings in three rows, frozen panes, a column of formulas, lists of
choices (one in the way of later versions), a picture of nothing known, a worksheet with instructions."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

#: the row of the last heading, and the first below it
HEAD, FIRST = 5, 6
_TOP = ("序号", "基本信息", None, "触达情况", None, None, None, None, None, "跟进", None, "备注", "达成率")
_LAST = (
    None, "客户编号", "客户名称", "是否联系", "是否接通", "联系方式", "联系结果", "联系日期", "联系次数", "下次联系日期",
    "意向金额", None, None,
)  # fmt: skip
#: an extension that openpyxl drops: a list of choices that stands on another worksheet
_EXTENSION = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"'
    ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>选项!$A$1:$A$4</xm:f></x14:formula1>'
    "<xm:sqref>G6:G200</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)
#: a part of the file that nobody of us knows
STRANGE = "customXml/item1.xml"


def office_form(
    path: Path,
    rows: Sequence[tuple[str, str]] = (),
    *,
    formatted: int = 4,
    foot: str = "",
    unit: str = "万元",
) -> Path:
    """A form with these customers (number, name), or without any; `formatted` rows have borders and a formula, under them
    stands `foot`."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "回报表"
    sheet["A1"] = "2026年11月重点客户触达情况反馈表"
    sheet["A2"] = f"填报单位:城东支行  单位:{unit}"
    for column, (top, last) in enumerate(zip(_TOP, _LAST, strict=True), 1):
        for row, text in ((3, top), (HEAD, last)):
            if text:
                sheet.cell(row, column, text)
    for area in ("A1:M1", "A3:A5", "B3:C4", "D3:I4", "J3:K4", "L3:L5", "M3:M5"):
        sheet.merge_cells(area)
    line = Side("thin")
    for row in range(FIRST, FIRST + max(formatted, len(rows))):
        for column in range(1, 14):
            sheet.cell(row, column).border = Border(line, line, line, line)
        sheet.cell(row, 8).number_format = "yyyy-mm-dd"
        sheet.cell(row, 2).number_format = "@"
        sheet.cell(row, 13, f'=IF(I{row}="",0,K{row}/I{row})')
        sheet.row_dimensions[row].height = 22
    for row, (number, name) in enumerate(rows, FIRST):
        sheet.cell(row, 2, number)
        sheet.cell(row, 3, name)
    if foot:
        sheet.cell(FIRST + formatted, 5, foot)
    choices = DataValidation(type="list", formula1='"已联系,未联系"', allow_blank=True)
    choices.add("D6:D200")
    sheet.add_data_validation(choices)
    many = CellIsRule(operator="greaterThan", formula=["2"], fill=PatternFill("solid", bgColor="FFC7CE"))
    sheet.conditional_formatting.add("I6:I200", many)
    sheet.freeze_panes = "D6"
    sheet.column_dimensions["L"].width = 40
    book.create_sheet("填表说明")["A1"] = "一、请逐户填写"
    words = book.create_sheet("选项")
    for row, word in enumerate(("有意向", "婉拒", "未接通", "其他"), 1):
        words.cell(row, 1, word)
    made = io.BytesIO()
    book.save(made)
    path.write_bytes(_extended(made.getvalue()))
    return path


def _extended(content: bytes) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as file,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in file.namelist():
            body = file.read(name)
            if name == "xl/worksheets/sheet1.xml":
                body = body.replace(b"</worksheet>", _EXTENSION.encode() + b"</worksheet>")
            out.writestr(name, body)
        out.writestr(STRANGE, b"<strange/>")
    return made.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    """Part -> its bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}
