"""Refused rows come out as xlsx with their reasons, and go in again once corrected as if they had been right."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy import select

from db.engine import Book
from db.tables import customers as people
from db.tables import snapshots
from tests.books import new_book
from tests.workbench.intake.by_hand import RULES, look
from tests.workbench.intake.conftest import HEADER, ROWS, Make, customers
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.checking.refused import RefusedSheet, refused_xlsx
from workbench.intake.room import Intake


def _page(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))["清单"]


def test_each_refused_row_stands_there_as_it_was_with_reasons_and_its_number() -> None:
    sheet = look(
        ["客户号", "姓名", "AUM余额", "开户日期"],
        [["000001", "甲一", 1.0, ""], ["无号", "=乙二", 2.5, "何时"], ["", "丙三", 3.0, "2020-01-01"]],
    )
    content, count = refused_xlsx("退回", [RefusedSheet(sheet.sheet, sheet.plan, sheet.checked)], catalogue())
    assert count == 2
    page = _page(content)
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0][0].startswith("退回的行")
    assert rows[1][0] == "数据日期:2026-10-31  单位:元"
    assert rows[2] == ["客户号", "姓名", "AUM余额", "开户日期", "退回原因", "原行号"]
    assert rows[3][:4] == ["无号", "=乙二", 2.5, "何时"]
    assert [row[5] for row in rows[3:]] == [3, 4]
    assert "不像客户号" in rows[3][4]
    assert page["B4"].data_type == "s"
    assert page["B4"].quotePrefix
    assert "不像客户号" in page["A4"].comment.text
    assert page["A4"].fill.fgColor.rgb != page["B4"].fill.fgColor.rgb
    assert "看不出是哪一天" in page["D4"].comment.text


def test_secrets_do_not_leave_with_the_refused_rows() -> None:
    rows = [["", f"客户{n}", f"密码:{123456 + n}", "机密"] for n in range(70)]
    sheet = look(["客户号", "姓名", "备注", "登录口令"], rows)
    content, _count = refused_xlsx(
        "退回", [RefusedSheet(sheet.sheet, sheet.plan, sheet.checked)], catalogue()
    )
    reasons = repr([[cell.value for cell in row] for row in _page(content).iter_rows()])
    assert "1234" not in reasons
    assert "机密" not in reasons


def test_a_column_mapped_by_hand_goes_by_the_name_of_its_field() -> None:
    sheet = look(["客户号", "姓名", "甲栏"], [["", "乙二", 5.0]])
    matches = [
        replace(m, field="aum_balance", how="chosen") if m.header == "甲栏" else m for m in sheet.plan.matches
    ]
    plan = replace(sheet.plan, matches=matches, fixes=frozenset({"unit:2:万元"}))
    content, _count = refused_xlsx("月报", [RefusedSheet(sheet.sheet, plan, sheet.checked)], catalogue())
    page = openpyxl.load_workbook(io.BytesIO(content))["清单"]
    name = page["C3"].value
    known = catalogue().find(name, "customers")
    assert known is not None
    assert (known[0].key, name[-4:]) == ("aum_balance", "(万元)")
    plain = RefusedSheet(sheet.sheet, replace(plan, fixes=frozenset()), sheet.checked)
    content, _count = refused_xlsx("月报", [plain], catalogue())
    assert openpyxl.load_workbook(io.BytesIO(content))["清单"]["C3"].value == catalogue()["aum_balance"].label


def test_sheets_of_one_name_and_odd_names_get_their_own_pages() -> None:
    sheet = look(["客户号", "姓名"], [["", "乙二"]])
    one = RefusedSheet(replace(sheet.sheet, name="清单[1]/一" * 6), sheet.plan, sheet.checked)
    content, count = refused_xlsx("月报", [one, one], catalogue())
    assert count == 2
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert len(set(names)) == 2
    assert all(len(name) <= 31 for name in names)


def test_without_refused_rows_no_file_is_written(intake: Intake, xlsx: Make, tmp_path: Path) -> None:
    session = intake.read(xlsx(customers(ROWS), "月报_202609.xlsx"))
    assert session.export_refused(tmp_path / "退回.xlsx") == 0
    assert not (tmp_path / "退回.xlsx").exists()


def test_corrected_rows_go_in_again_as_if_they_had_been_right(
    intake: Intake, book: Book, xlsx: Make, tmp_path: Path
) -> None:
    wrong = [ROWS[0], ["客户五", *ROWS[1][1:]], ["", *ROWS[2][1:]]]
    session = intake.read(xlsx(customers(wrong), "月报_202609.xlsx"))
    back = tmp_path / "退回的行.xlsx"
    assert session.export_refused(back) == 2
    assert session.commit().sheets[0].new == 1
    pages = openpyxl.load_workbook(back)
    page = pages["客户清单"]
    page["A4"].value, page["A5"].value = ROWS[1][0], ROWS[2][0]
    pages.save(back)
    again = intake.read(back)
    report = again.report().sheets[0]
    assert (report.kind, report.as_of, report.rows, report.refused) == ("customers", "2026-10-31", 2, 0)
    assert not {"退回原因", "原行号"} & {match.header for match in report.mapping if match.how != "ignored"}
    assert again.commit().sheets[0].new == 2
    right = book.path.with_name("对照.book")
    with new_book(right, "春风化雨") as other:
        Intake(other, RULES).read(xlsx(customers(), "对照.xlsx")).commit()
        assert _contents(book) == _contents(other)


def _contents(book: Book) -> list[Any]:
    """What the book knows of the customers, without where it came from."""
    joined = people.join(snapshots, snapshots.c.customer_id == people.c.id)
    columns = [
        column for table in (people, snapshots) for column in table.c
        if column.name not in ("id", "customer_id", "batch_id", "source_row", "created_at", "updated_at")
    ]  # fmt: skip
    with book.read() as conn:
        return [
            tuple(row)
            for row in conn.execute(select(*columns).select_from(joined).order_by(people.c.customer_no))
        ]


def test_the_header_of_the_sheets_used_here_is_known() -> None:
    assert all(catalogue().find(name, "customers") for name in HEADER)
