"""Head office's own workbook comes back filled in: its layout whole, nothing overwritten, what cannot be told left blank and
said, and what stands below a heading chosen once."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from db.record import audit
from db.tables import customers
from tests.books import new_workbench
from tests.workbench.sheets.office_return.forms import FIRST, STRANGE, office_form, parts
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.sheets.office_return.room import OfficeReturn, OfficeReturnSheets

#: openpyxl says that it would drop what stands in the way of later versions: that is why it does not write here
pytestmark = pytest.mark.filterwarnings("ignore:Data Validation extension")

SINCE, UNTIL = "2026-11-01", "2026-11-30"
#: reached, not reached, never contacted, refused, known without zeros, and one that the book does not have
REACHED, MISSED, QUIET, REFUSED, ZEROS = "0010000001", "0010000002", "0010000003", "0010000004", "0000000077"
STRANGER = "0019999999"
LISTED = tuple((one, "客户") for one in (REACHED, MISSED, QUIET, REFUSED, "77", STRANGER))


@pytest.fixture
def workbench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-30")
    with new_workbench(tmp_path / "账本.book") as made:
        with made.book.write("import", "customers") as writer:
            names = (REACHED, MISSED, QUIET, REFUSED, ZEROS)
            writer.insert(
                customers,
                [
                    {
                        "customer_no": one,
                        "name": f"林建{one[-1]}",
                        "no_reversed": one[::-1],
                        "marketing_opt_out": 0,
                    }
                    for one in names
                ],
            )
        log = made.outreach.log_touch
        log(MISSED, channel="call", result="no_answer", date="2026-10-30")
        log(
            REACHED,
            channel="visit",
            result="met",
            date="2026-11-05",
            need="养老",
            amount="5万",
            note="=1+1 看过",
        )
        log(REACHED, channel="call", result="no_answer", date="2026-11-20", next_date="2026-12-01")
        log(MISSED, channel="call", result="no_answer", date="2026-11-21", note="妻子接的 13812345678")
        log(REFUSED, channel="wecom", result="refused", date="2026-11-22")
        yield made


@pytest.fixture
def room(workbench: Workbench) -> OfficeReturnSheets:
    return workbench.office_return


def in_place(room: OfficeReturnSheets, path: Path, since: str = SINCE) -> OfficeReturn:
    return room.fill(room.layout_of(path), since, UNTIL, None, "触达回报")


def sheet_of(made: OfficeReturn) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(made.printed.content))["回报表"]
    assert isinstance(sheet, Worksheet)
    return sheet


def cells(sheet: Worksheet, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]][:12]


def test_each_row_of_the_list_gets_the_outcome_of_its_customer(
    room: OfficeReturnSheets, tmp_path: Path
) -> None:
    made = in_place(room, office_form(tmp_path / "名单.xlsx", LISTED))
    sheet = sheet_of(made)
    reached, missed, quiet, refused, zeros, stranger = (cells(sheet, FIRST + n)[3:12] for n in range(6))
    assert reached[:6] == ["已联系", "是", "电话", "未接通", sheet["H6"].value, 2]
    assert str(sheet["H6"].value) == "2026-11-20 00:00:00"
    assert reached[6:] == ["2026-12-01", 5, "=1+1 看过"]
    assert sheet["L6"].data_type == "s"
    assert sheet["L6"].quotePrefix
    assert missed[:2] == ["已联系", "否"]
    assert missed[8] == "妻子接的 138****5678"
    # 未联系 goes without saying where the list of results has no word for it
    assert quiet == ["未联系", "否", None, None, None, 0, None, None, None]
    assert refused[:2] == ["已联系", "是"]
    assert zeros[:2] == ["未联系", "否"]
    assert stranger == [None] * 9
    assert made.sum == "6 户:联系过 3 户,联系上 2 户"
    assert made.notices[:2] == ("1 户不在账本里,没有结果可填:尾号 9999。", "其中 1 户拒绝营销。")


def test_only_the_worksheet_changes_and_only_its_blank_cells(
    room: OfficeReturnSheets, tmp_path: Path
) -> None:
    path = office_form(tmp_path / "名单.xlsx", LISTED)
    book = openpyxl.load_workbook(path)
    before = {cell.coordinate: (cell.value, cell.style_id) for line in book["回报表"] for cell in line}
    made = in_place(room, path)
    old, new = parts(path.read_bytes()), parts(made.printed.content)
    assert list(old) == list(new)
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"}
    assert new[STRANGE] == b"<strange/>"
    assert b"x14:dataValidation " in new["xl/worksheets/sheet1.xml"]
    sheet = sheet_of(made)
    for place, (value, _style) in before.items():
        assert value is None or sheet[place].value == value, place
    assert sheet["M6"].value == '=IF(I6="",0,K6/I6)'
    assert (sheet.freeze_panes, sheet.column_dimensions["L"].width, sheet.row_dimensions[6].height) == (
        "D6",
        40,
        22,
    )
    assert len(sheet.merged_cells.ranges) == 7
    assert len(list(sheet.conditional_formatting)) == 1
    assert all(sheet.cell(7, column).border.left.style == "thin" for column in range(1, 14))
    assert b'fullCalcOnLoad="1"' in new["xl/workbook.xml"]


def test_what_somebody_filled_in_stays_and_is_counted(room: OfficeReturnSheets, tmp_path: Path) -> None:
    path = office_form(tmp_path / "名单.xlsx", LISTED[:2])
    book = openpyxl.load_workbook(path)
    book["回报表"]["L6"] = "我自己写的"
    book["回报表"]["G7"] = "其他"
    book["回报表"].merge_cells("E7:F7")
    book.save(path)
    made = in_place(room, path)
    sheet = sheet_of(made)
    assert (sheet["L6"].value, sheet["G7"].value) == ("我自己写的", "其他")
    # what stands in a merged area but its first cell would be seen by nobody
    assert (
        b'r="F7"' not in parts(made.printed.content)["xl/worksheets/sheet1.xml"] or sheet["F7"].value is None
    )
    words = "3 格已有内容,没有改动;其中 2 格和这几天的联系记录不一样,请核对。"
    assert words in made.notices


def test_a_template_gets_a_row_a_customer_in_its_own_style(
    room: OfficeReturnSheets, workbench: Workbench, tmp_path: Path
) -> None:
    layout = room.layout_of(office_form(tmp_path / "模板.xlsx", formatted=2))
    listed = room.listed_in(office_form(tmp_path / "名单.xlsx", LISTED))
    sheet = sheet_of(room.fill(layout, SINCE, UNTIL, listed))
    assert [cells(sheet, row)[:3] for row in (6, 10)] == [[1, REACHED, "林建1"], [5, "77", "林建7"]]
    assert cells(sheet, 11)[:4] == [6, STRANGER, None, None]
    assert sheet["M11"].value == '=IF(I11="",0,K11/I11)'
    assert sheet["M11"].border.left.style == "thin"
    assert sheet.row_dimensions[11].height == 22


def test_a_template_without_room_is_refused_with_its_row(room: OfficeReturnSheets, tmp_path: Path) -> None:
    layout = room.layout_of(office_form(tmp_path / "模板.xlsx", formatted=2, foot="填表人:"))
    listed = room.listed_in(office_form(tmp_path / "名单.xlsx", LISTED))
    with pytest.raises(WorkbenchError, match="只有 2 个空行,名单有 6 户") as refused:
        room.fill(layout, SINCE, UNTIL, listed)
    assert "第 8 行" in refused.value.hint


def test_columns_and_words_are_chosen_once(room: OfficeReturnSheets, tmp_path: Path) -> None:
    first = room.layout_of(office_form(tmp_path / "11月名单.xlsx", LISTED))
    assert first.column("result") is not None
    assert first.column("result").how == "proposed"  # type: ignore[union-attr]  # it is there
    made = room.fill(first, SINCE, "2026-11-10", None, "回报")
    assert [(one.word, one.choices, one.cells) for one in made.unsaid] == [
        ("已到", ("有意向", "婉拒", "未接通", "其他"), 1)
    ]
    assert any("“已到” 1 格" in one for one in made.notices)
    assert sheet_of(made)["G6"].value is None
    chosen = first.with_word("联系结果", "已到", "有意向").with_column("L", "need")
    made = room.fill(chosen, SINCE, "2026-11-10", None, "回报")
    assert (sheet_of(made)["G6"].value, sheet_of(made)["L6"].value) == ("有意向", "养老")
    room.save(made, tmp_path / "回报.xlsx")
    later = room.layout_of(office_form(tmp_path / "12月名单.xlsx", LISTED[:3]))
    assert later.columns[6].words == (("已到", "有意向"),)
    assert {(one.letter, one.what, one.how) for one in later.columns} >= {
        ("L", "need", "remembered"),
        ("G", "result", "remembered"),
    }
    assert room.layouts.templates() == ()
    # the layout of next month's list is the same one, not another
    room.save(in_place(room, tmp_path / "12月名单.xlsx"), tmp_path / "回报2.xlsx")
    assert (
        room.layouts.recognised("x", _form(room, tmp_path / "12月名单.xlsx"), b"").columns[11].what == "need"
    )


def _form(room: OfficeReturnSheets, path: Path) -> Any:
    return room._read_forms(path, lambda _share, _words: None)[0]


def test_a_template_is_kept_as_it_was_dropped_and_undone(
    room: OfficeReturnSheets, workbench: Workbench, tmp_path: Path
) -> None:
    path = office_form(tmp_path / "反馈表.xlsx")
    layout = room.layout_of(path).with_column("M", "remark")
    change = room.layouts.keep(layout)
    kept = room.layouts.template("反馈表")
    assert kept.content == path.read_bytes()
    assert [(one.letter, one.what, one.worth) for one in kept.columns][-2:] == [
        ("L", "note", 10_000),
        ("M", "remark", 10_000),
    ]
    assert room.layout_of(path).columns[-1].what == "remark"
    assert change.undo_id is not None
    workbench.undo(change.undo_id)
    with pytest.raises(WorkbenchError, match="没有叫「反馈表」的总行模板"):
        room.layouts.template("反馈表")


def test_before_the_log_began_nothing_is_told(room: OfficeReturnSheets, tmp_path: Path) -> None:
    made = in_place(room, office_form(tmp_path / "名单.xlsx", LISTED[:3]), since="2026-10-01")
    assert cells(sheet_of(made), FIRST + 2)[3:9] == [None] * 6
    assert any("联系记录从 2026-10-30 开始" in one and "1 户说不出" in one for one in made.notices)


def test_a_merged_number_shows_the_kept_customer_and_says_so(
    room: OfficeReturnSheets, workbench: Workbench, tmp_path: Path
) -> None:
    workbench.intake.merge(REACHED, QUIET, "同一人")
    made = in_place(room, office_form(tmp_path / "名单.xlsx", [(QUIET, "客户")]))
    assert cells(sheet_of(made), FIRST)[3:9:5] == ["已联系", 2]
    assert any("已并入别的客户号" in one for one in made.notices)


def test_it_leaves_by_the_one_door_with_its_purpose(
    room: OfficeReturnSheets, workbench: Workbench, tmp_path: Path
) -> None:
    layout = room.layout_of(office_form(tmp_path / "名单.xlsx", LISTED))
    with pytest.raises(WorkbenchError) as refused:
        room.save(room.fill(layout, SINCE, UNTIL), tmp_path / "回报.xlsx")
    assert refused.value.code == "no_purpose"
    room.save(room.fill(layout, SINCE, UNTIL, None, "11月回报"), tmp_path / "回报.xlsx")
    with workbench.book.read() as conn:
        query = select(audit.c.subject, audit.c.facts).where(audit.c.action == "export")
        [(subject, facts)] = conn.execute(query).all()
    told = json.loads(facts)
    assert (subject, told["rows"], told["purpose"], told["full"]) == (
        "office_return_xlsx",
        6,
        "11月回报",
        True,
    )
    assert {"customer_no", "name", "touches", "note", "amount"} <= set(told["fields"])
    with pytest.raises(WorkbenchError, match="已经有了"):
        room.save(room.fill(layout, SINCE, UNTIL, None, "11月回报"), tmp_path / "回报.xlsx")


def test_what_keeps_no_layout_is_refused_and_said_what_to_do(
    room: OfficeReturnSheets, tmp_path: Path
) -> None:
    listed = tmp_path / "名单.csv"
    listed.write_bytes("客户编号,客户名称,联系结果\n0010000001,林建1,\n".encode("gbk"))
    assert [one.customer_no for one in room.listed_in(listed).rows] == [REACHED]
    with pytest.raises(WorkbenchError, match="只有 xlsx 能原样保留版式") as refused:
        room.layout_of(listed)
    assert "另存为" in refused.value.hint
    nameless = tmp_path / "说明.xlsx"
    openpyxl.Workbook().save(nameless)
    with pytest.raises(WorkbenchError):
        room.layout_of(nameless)


def test_what_is_not_filled_in_is_said(room: OfficeReturnSheets, tmp_path: Path) -> None:
    """A second table beside the first, a row that says how to fill in, a customer twice, last month's answers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["客户号", "姓名", "联系日期", None, "客户号", "姓名", "联系日期"])
    sheet.append(["(文本)", "客户", "年-月-日", None, QUIET, "林建3", None])
    for number, day in ((REACHED, "2026-10-03"), (MISSED, None), (REACHED, "2026-11-20")):
        sheet.append([number, "林建", day])
    book.save(tmp_path / "名单.xlsx")
    made = in_place(room, tmp_path / "名单.xlsx")
    assert made.sum == "2 户:联系过 2 户,联系上 1 户"
    assert made.notices[-3:] == (
        "这个文件里别的工作表或别的表块还有 1 行客户,这次没有填;请把那一块单独存成一份名单再填一次。",
        "名单里有 1 行是前面已有的客户,同样填了;合计里每户只数一次。",
        "2 格已有内容,没有改动;其中 1 格和这几天的联系记录不一样,请核对。",
    )


def test_choices_in_a_whole_column_are_read_and_those_of_a_formula_said(
    room: OfficeReturnSheets, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet, words = book.active, book.create_sheet("字典")
    assert isinstance(sheet, Worksheet)
    sheet.append(["客户号", "联系方式", "联系结果"])
    sheet.append([MISSED])
    sheet.append([REFUSED])
    words.append(["电话"])
    for cells_, formula in (("B2:B9", "字典!$A:$A"), ("C2:C9", 'INDIRECT("字典!$A$1:$A$2")')):
        choices = DataValidation(type="list", formula1=formula)
        choices.add(cells_)
        sheet.add_data_validation(choices)
    book.save(tmp_path / "名单.xlsx")
    made = in_place(room, tmp_path / "名单.xlsx")
    assert [line.cells for line in made.lines] == [{"B": "电话", "C": "未接"}, {"C": "勿扰"}]
    assert "「联系结果」的下拉选项由公式算出,读不出有哪些;2 格写的是我们的说法,请核对。" in made.notices
    assert [(one.letter, one.choices) for one in made.unsaid] == [("B", ("电话",))]


def test_a_day_is_written_in_one_way_only(room: OfficeReturnSheets, tmp_path: Path) -> None:
    layout = room.layout_of(office_form(tmp_path / "名单.xlsx", LISTED))
    with pytest.raises(WorkbenchError, match="「20261101」不是日期"):
        room.fill(layout, "20261101", UNTIL)
