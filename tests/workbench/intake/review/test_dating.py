"""Several months of one file are written as what they are, whatever tells the month."""

from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import select

from db.engine import Book
from db.tables import customers, snapshots
from tests.workbench.intake.conftest import Make
from workbench.base.errors import WorkbenchError
from workbench.intake.room import Intake

HEADER = ["客户号", "客户姓名", "AUM月日均"]
PEOPLE = [("0010000001", "张伟岚"), ("0010000002", "李思远"), ("0010000003", "王嘉禾")]
Rows = list[list[Any]]


def _rows(amount: int, title: str | None = "客户资产清单") -> Rows:
    top: Rows = [[title]] if title else []
    return [*top, HEADER, *[[number, name, amount + at] for at, (number, name) in enumerate(PEOPLE)]]


def _written(book: Book) -> dict[tuple[str, str], int | None]:
    """(number, month) -> AUM in yuan."""
    query = select(customers.c.customer_no, snapshots.c.month, snapshots.c.aum_daily_average).join(
        snapshots, snapshots.c.customer_id == customers.c.id
    )
    with book.read() as conn:
        return {(row[0], row[1]): row[2] and row[2] // 100 for row in conn.execute(query)}


def _expected(**months: int) -> dict[tuple[str, str], int]:
    return {
        (number, f"2026-{month[1:]}"): amount + at
        for month, amount in months.items()
        for at, (number, _name) in enumerate(PEOPLE)
    }


@pytest.mark.parametrize(
    ("names", "file"),
    [
        (("上月", "本月"), "客户_202610.xlsx"), (("9月", "10月"), "客户_20261031.xlsx"), (("期初", "期末"), "客户_202610.xlsx"),
        (("九月", "十月"), "2026年客户.xlsx"), (("202609", "202610"), "客户.xlsx"), (("上月末", "本月末"), "客户_202610.xlsx"),
    ],
)  # fmt: skip
def test_sheets_named_by_month_are_told_from_the_files_date(
    intake: Intake, book: Book, xlsx: Make, names: tuple[str, str], file: str
) -> None:
    session = intake.read(xlsx(_rows(1000), file, names[0], [(names[1], _rows(1100))]))
    report = session.commit()
    assert [sheet.as_of for sheet in report.sheets] == ["2026-09-30", "2026-10-31"]
    assert _written(book) == _expected(m09=1000, m10=1100)


def test_the_sheet_beside_tells_the_month(intake: Intake, book: Book, xlsx: Make) -> None:
    rows = _rows(1100, "2026年10月31日客户资产清单")
    intake.read(xlsx(_rows(1000), "客户.xlsx", "上月", [("本月", rows)])).commit()
    assert _written(book) == _expected(m09=1000, m10=1100)


def test_a_date_given_for_the_file_is_that_of_the_present_month(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    path = xlsx(_rows(1000), "客户.xlsx", "上月", [("本月", _rows(1100))])
    with pytest.raises(WorkbenchError) as refusal:
        intake.read(path).commit()
    assert refusal.value.code == "no_as_of"
    intake.read(path, as_of="2026-10").commit()
    assert _written(book) == _expected(m09=1000, m10=1100)


def test_any_order_of_sheets_gives_the_same_book(intake: Intake, book: Book, xlsx: Make) -> None:
    sheets = [("上上月", _rows(1000)), ("上月", _rows(1050)), ("本月", _rows(1100))]
    books = []
    for number, order in enumerate(permutations(sheets)):
        (first, rows), *more = order
        intake.read(xlsx(rows, f"{number}_202610.xlsx", first, more)).commit()
        books.append(_written(book))
        intake.undo()
    assert books == [_expected(m08=1000, m09=1050, m10=1100)] * 6


def test_a_long_list_of_months_is_written_month_by_month(intake: Intake, book: Book, xlsx: Make) -> None:
    rows: Rows = [["数据日期", *HEADER]]
    for month, amount in (("2026-10-31", 1100), ("2026-08-31", 1000), ("2026-09-30", 1050)):
        rows += [[month, *row] for row in _rows(amount, None)[1:]]
    report = intake.read(xlsx(rows)).commit()
    assert _written(book) == _expected(m08=1000, m09=1050, m10=1100)
    assert not any(sheet.refused for sheet in report.sheets)
    assert len(intake.dialects()) == 1


def test_months_side_by_side_are_written_and_teach_one_dialect(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    header = ["客户号", "客户姓名", "8月AUM月日均", "9月AUM月日均", "10月AUM月日均"]
    rows = [header, *[[*one, 1000 + at, 1050 + at, 1100 + at] for at, one in enumerate(PEOPLE)]]
    session = intake.read(xlsx(rows, "客户_20261031.xlsx", "清单"))
    assert [sheet.sheet for sheet in session.report().sheets] == ["清单(2026-08)", "清单(2026-09)", "清单"]
    session.commit()
    assert _written(book) == _expected(m08=1000, m09=1050, m10=1100)
    assert len(intake.dialects()) == 1


def test_a_wide_list_takes_nobody_out_of_an_earlier_month(intake: Intake, book: Book, xlsx: Make) -> None:
    intake.read(xlsx([*_rows(1000), ["0010000009", "赵明德", 7]], "客户_202609.xlsx", "清单")).commit()
    header = ["客户号", "客户姓名", "9月AUM月日均", "10月AUM月日均"]
    rows = [header, *[[*one, 1000 + at, 1100 + at] for at, one in enumerate(PEOPLE)]]
    session = intake.read(xlsx(rows, "客户_20261031.xlsx", "清单"))
    for question in [q for sheet in session.report().sheets for q in sheet.questions]:
        session.confirm(question.sheet, question.code, "核对过")
    session.commit()
    assert _written(book) == {**_expected(m09=1000, m10=1100), ("0010000009", "2026-09"): 7}


def test_a_stray_date_is_refused_and_no_month_of_its_own(intake: Intake, book: Book, xlsx: Make) -> None:
    rows = [["数据日期", *HEADER], *[["2026-10-31", *row] for row in _rows(1000, None)[1:]]]
    rows.append(["2026-01-31", "0010000004", "赵明德", 5])
    (sheet,) = intake.read(xlsx(rows)).commit().sheets
    assert (sheet.as_of, sheet.refused) == ("2026-10-31", 1)
