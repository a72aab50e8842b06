"""A sheet as wide as a spreadsheet can be is looked at once a column, and one whose few cells lie far apart takes no room."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from tests.workbench.intake.reading.hostile import head, person, row, sheet, workbook
from workbench.base.errors import WorkbenchError
from workbench.intake.checking import extras
from workbench.intake.checking.work import Work
from workbench.intake.columns import heading_keys
from workbench.intake.reading.frames import SHEETS_MAX
from workbench.intake.reading.reader import read_file
from workbench.intake.review.session import ImportSession
from workbench.intake.room import Intake

#: columns of a spreadsheet
ALL = 16_384


def wide_text(path: Path, columns: int) -> Path:
    """A list with so many columns that no field takes."""
    heads = ["客户号", "客户姓名", "金融资产余额", *(f"列{n}" for n in range(4, columns + 1))]
    rows = [[f"000010000{n}", "张三", "1000", *["5"] * (columns - 3)] for n in range(2, 5)]
    path.write_text("\n".join(",".join(line) for line in (heads, *rows)), "utf-8")
    return path


def test_the_keys_of_headings_are_made_a_few_times_each_not_once_for_each_other(
    intake: Intake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking through all headings for every column took hours for a sheet of 16,384."""
    made = 0
    before = heading_keys._plain_and_month

    def counted(name: str) -> tuple[str, int]:
        nonlocal made
        made += 1
        return before(name)

    monkeypatch.setattr(heading_keys, "_plain_and_month", counted)
    session: ImportSession = intake.read(wide_text(tmp_path / "名单_20261031.csv", 400))
    (report,) = session.report().sheets
    assert "idle_columns" in {one.code for one in report.questions}
    assert made < 400 * 20


class Written(str):
    """A heading that counts how often it is written into another text."""

    count = 0

    def __format__(self, how: str) -> str:
        Written.count += 1
        return super().__format__(how)


def test_columns_of_one_heading_are_told_apart_at_once() -> None:
    """Counting up from 2 for each of them took half a minute."""
    kept = [SimpleNamespace(custom=None, header=Written("备注")) for _n in range(1_000)]
    named = extras._headings(cast(Work, SimpleNamespace(kept=kept, facts=SimpleNamespace(custom={}))))
    assert [*named][:3] == ["备注", "备注(2)", "备注(3)"]
    assert len(named) == 1_000
    assert Written.count < 2_000


def test_every_column_of_a_spreadsheet_is_read(tmp_path: Path) -> None:
    (one,) = read_file(wide_text(tmp_path / "宽.csv", ALL)).sheets
    assert len(one.columns) == ALL


def test_a_sheet_that_says_it_is_large_is_as_large_as_its_cells(tmp_path: Path) -> None:
    rows = head() + person(2) + person(3)
    path = workbook(tmp_path / "a.xlsx", sheet(rows, before='<dimension ref="A1:XFD1048576"/>'))
    (one,) = read_file(path).sheets
    assert (len(one.columns), len(one.columns[0])) == (4, 3)


def test_a_cell_in_the_last_corner_is_refused_by_the_size_of_the_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", sheet(head() + person(2) + row(1_048_576, {"XFD": "远"})))
    with pytest.raises(WorkbenchError) as caught:
        read_file(path)
    assert caught.value.code == "too_large"
    assert "1048576 行 × 16384 列" in caught.value.message


def test_a_page_whose_cells_reach_ever_further_is_refused_at_the_width_of_a_spreadsheet(
    tmp_path: Path,
) -> None:
    """Cells over many rows push those of the next row to the right, so the width grew with every row."""
    line = "<tr><td colspan=16384 rowspan=9000>客户号</td></tr>"
    (tmp_path / "a.xls").write_text(f"<html><table>{line * 9_000}</table></html>", "utf-8")
    with pytest.raises(WorkbenchError) as caught:
        read_file(tmp_path / "a.xls")
    assert caught.value.code == "too_large"
    assert "2 行 × 32768 列" in caught.value.message


@pytest.mark.parametrize("count", [SHEETS_MAX, SHEETS_MAX + 1])
def test_a_file_has_no_more_sheets_than_somebody_would_look_at(tmp_path: Path, count: int) -> None:
    tables = "<table><tr><td>客户号</td><td>姓名</td></tr><tr><td>1</td><td>甲</td></tr></table>" * count
    (tmp_path / "a.xls").write_text(f"<html>{tables}</html>", "utf-8")
    if count == SHEETS_MAX:
        assert len(read_file(tmp_path / "a.xls").sheets) == count
        return
    with pytest.raises(WorkbenchError) as caught:
        read_file(tmp_path / "a.xls")
    assert (caught.value.code, "超过 500 张" in caught.value.message) == ("too_many_sheets", True)
