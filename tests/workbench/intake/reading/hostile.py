"""Workbooks that no spreadsheet program writes: the XML of one sheet as a test wants it, and any other part beside it."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEADINGS = ("客户号", "客户姓名", "金融资产余额", "金融资产月日均")


def row(number: int, cells: Mapping[str, str]) -> str:
    """A row of texts by the letters of their columns."""
    inside = "".join(
        f'<c r="{letter}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for letter, text in cells.items()
    )
    return f'<row r="{number}">{inside}</row>'


def head() -> str:
    """The headings of a list of customers in row 1."""
    return row(1, dict(zip("ABCD", HEADINGS, strict=True)))


def person(number: int, name: str = "张三") -> str:
    """A customer in a row."""
    return row(number, {"A": f"00001{number:05}", "B": name, "C": "1000.5", "D": "900"})


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    """The XML of a worksheet with these rows."""
    return f'<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook(
    path: Path,
    worksheet: str,
    *,
    shared: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    relations: str = "",
    inside: str = "",
    name: str = "清单",
) -> Path:
    """A workbook of one worksheet. `shared`: the XML of its texts; `parts` by their paths; `relations` and `inside`: what is
    added to those of the workbook."""
    types = f"{_RELATIONS}/"
    overrides = {"workbook.xml": "sheet.main", "worksheets/sheet1.xml": "worksheet"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        if shared:
            overrides["sharedStrings.xml"] = "sharedStrings"
            relations += f'<Relationship Id="rId2" Type="{types}sharedStrings" Target="sharedStrings.xml"/>'
            packed.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{shared}</sst>')
        listed = "".join(
            f'<Override PartName="/xl/{part}" ContentType="{_CONTENT}.{kind}+xml"/>'
            for part, kind in overrides.items()
        )
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>',
        )
        open_ = f'<Relationships xmlns="{_PACKAGE}/relationships">'
        packed.writestr(
            "_rels/.rels",
            f'{open_}<Relationship Id="rId1" Type="{types}officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/>'
            f"</sheets>{inside}</workbook>",
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{open_}<Relationship Id="rId1" Type="{types}worksheet" Target="worksheets/sheet1.xml"/>{relations}'
            f"</Relationships>",
        )
        packed.writestr("xl/worksheets/sheet1.xml", worksheet)
        for part, content in (parts or {}).items():
            packed.writestr(part, content)
    return path
