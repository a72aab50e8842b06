"""A cell longer than a spreadsheet's is refused in one sentence that names it, whatever the file is; one as long is read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workbench.intake.reading.hostile import HEADINGS, head, person, row, sheet, workbook
from workbench.base.errors import WorkbenchError
from workbench.intake.reading.reader import RawFile, read_file
from workbench.intake.reading.unseen import LONGEST


def _inline(folder: Path, text: str) -> Path:
    return workbook(folder / "甲.xlsx", sheet(head() + person(2) + person(5, text) + person(6)))


def _below(folder: Path, text: str) -> Path:
    """The sheet begins in B4, so rows and columns above and before it are none of it."""
    return workbook(folder / "甲.xlsx", sheet(row(4, {"B": "客户号"}) + row(5, {"B": text})))


def _shared(folder: Path, text: str) -> Path:
    cell = '<row r="5"><c r="A5" t="inlineStr"><is><t>1</t></is></c><c r="B5" t="s"><v>0</v></c></row>'
    return workbook(folder / "甲.xlsx", sheet(head() + person(2) + cell), shared=f"<si><t>{text}</t></si>")


def _computed(folder: Path, text: str) -> Path:
    cell = f'<row r="5"><c r="B5" t="str"><f>A1</f><v>{text}</v></c></row>'
    return workbook(folder / "甲.xlsx", sheet(head() + person(2) + cell))


def _text(*, quoted: bool) -> Callable[[Path, str], Path]:
    def write(folder: Path, text: str) -> Path:
        cell = f'"{text}"' if quoted else text
        lines = [",".join(HEADINGS), *(f"000010000{n},张三,5,6" for n in (2, 3, 4)), f"0000100005,{cell},5,6"]
        (folder / "甲.csv").write_text("\n".join(lines), "utf-8")
        return folder / "甲.csv"

    return write


def _page(folder: Path, text: str) -> Path:
    rows = "".join(f"<tr><td>{n}</td><td>{text if n == 5 else n}</td></tr>" for n in range(1, 7))
    (folder / "甲.xls").write_text(f"<html><meta charset=utf-8><table>{rows}</table></html>", "utf-8")
    return folder / "甲.xls"


WRITERS = [_inline, _below, _shared, _computed, _text(quoted=True), _text(quoted=False), _page]


def _long(read: RawFile) -> int:
    return max(
        len(cell) for one in read.sheets for column in one.columns for cell in column if isinstance(cell, str)
    )


@pytest.mark.parametrize("write", WRITERS)
def test_a_longer_cell_is_named_and_as_long_a_one_is_read(
    tmp_path: Path, write: Callable[[Path, str], Path]
) -> None:
    assert _long(read_file(write(tmp_path, "字" * LONGEST))) == LONGEST
    with pytest.raises(WorkbenchError) as caught:
        read_file(write(tmp_path, "字" * (LONGEST + 1)))
    assert caught.value.code == "long_cell"
    assert "B5 单元格有 32,768 个字" in caught.value.message


def test_a_long_cell_below_others_that_are_cleaned_is_named_too(tmp_path: Path) -> None:
    (tmp_path / "甲.csv").write_text(f"客户号,备注\n1,a\u200bb\n2,{'字' * 40_000}\n", "utf-8")
    with pytest.raises(WorkbenchError) as caught:
        read_file(tmp_path / "甲.csv")
    assert "B3 " in caught.value.message


def test_an_unpaired_quotation_mark_is_no_long_cell(tmp_path: Path) -> None:
    """It would swallow all rows behind it: the file is read without quotation marks, as ever."""
    lines = ["客户号,客户姓名", '1,"张三', *(f"{n},李四" for n in range(2, 20_000))]
    (tmp_path / "甲.csv").write_text("\n".join(lines), "utf-8")
    assert len(read_file(tmp_path / "甲.csv").sheets[0].columns[0]) == 20_000
