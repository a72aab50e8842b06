"""A template that unpacks to gigabytes, or whose parts are missing, broken or senseless, is refused in one sentence."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.workbench.intake.reading.hostile import head, person, sheet, workbook
from workbench.base import packed
from workbench.base.errors import WorkbenchError
from workbench.sheets.office_return.grid import LayoutGrid
from workbench.sheets.office_return.package import Package

SHEET = "xl/worksheets/sheet1.xml"


def made(folder: Path, worksheet: str = "") -> bytes:
    return workbook(folder / "a.xlsx", worksheet or sheet(head() + person(2))).read_bytes()


def without(content: bytes, part: str, other: bytes | None = None) -> bytes:
    """The file without a part, or with another in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as file, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in file.namelist():
            body = file.read(name) if name != part else other
            if body is not None:
                new.writestr(name, body)
    return out.getvalue()


def test_a_part_that_unpacks_to_more_than_any_list_has_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = made(tmp_path, sheet(head() + " " * 3_000_000))
    assert LayoutGrid(Package(bomb), "清单").last == 1
    monkeypatch.setattr(packed, "LARGEST", 2_000_000)
    with pytest.raises(WorkbenchError, match="没有填写"):
        Package(bomb)
    monkeypatch.undo()
    monkeypatch.setattr(packed.unpacked, "__defaults__", (2_000_000,))
    with pytest.raises(WorkbenchError, match="没有填写"):
        LayoutGrid(Package(bomb), "清单")


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("[Content_Types].xml", None), ("_rels/.rels", None), ("_rels/.rels", b"<a/>"), ("xl/workbook.xml", None),
        ("xl/workbook.xml", b"<"), (SHEET, None), (SHEET, b"<worksheet/>"), (SHEET, b"\0" * 99),
        (SHEET, b'<worksheet><sheetData><row r="x"/></sheetData></worksheet>'),
        (SHEET, b'<worksheet><sheetData><row r="1"><c r="??"/></row></sheetData></worksheet>'),
        (SHEET, b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><worksheet>&b;</worksheet>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships/>"),
    ],
)  # fmt: skip
def test_what_is_broken_is_refused(tmp_path: Path, part: str, other: bytes | None) -> None:
    with pytest.raises(WorkbenchError) as caught:
        LayoutGrid(Package(without(made(tmp_path), part, other)), "清单")
    assert caught.value.code in ("no_layout", "no_sheet")
