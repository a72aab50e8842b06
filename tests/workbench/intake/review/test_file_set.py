"""Files dropped together give the same book in any order, and are foreseen as they are written."""

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db import tables
from db.engine import Book
from tests.workbench.intake.conftest import Make
from workbench.intake.report import FileReport
from workbench.intake.review.file_set import FileSet
from workbench.intake.room import Intake

HEADER = ["客户号", "姓名", "AUM余额", "AUM月日均"]


def _people(first: int, amount: float) -> list[list[Any]]:
    return [[f"{first + n:08d}", f"客户{chr(0x4E00 + first + n)}", amount + n, amount + n] for n in range(8)]


@pytest.fixture
def files(xlsx: Make) -> list[Path]:
    """Holdings of October, the customers of October and of September, products: their names tell no order."""
    held = [[f"{102 + n:08d}", "P1", "稳健", 100 + n, 100 + n] for n in range(3)]
    return [
        xlsx(
            [["客户号", "产品代码", "产品名称", "持有份额", "持有金额"], *held], "a持仓_202610.xlsx", "持仓"
        ),
        xlsx([HEADER, *_people(101, 1040.0)], "b_202610.xlsx", "客户"),
        xlsx([HEADER, *_people(100, 1000.0)], "c_202609.xlsx", "客户"),
        xlsx([["产品代码", "产品名称", "期限", "起购金额"], ["P1", "稳健", "一年", 1]], "d.xlsx", "产品"),
    ]


def _read(intake: Intake, paths: list[Path]) -> FileSet:
    together = intake.together(paths)
    together.read()
    together.foresee()
    return together


def _numbers(reports: list[FileReport | None]) -> list[Any]:
    return [
        (one.file, [(s.as_of, s.new, s.changed, s.vanished, s.refused) for s in one.sheets])
        for one in reports
        if one is not None
    ]


def _book(book: Book) -> dict[str, Any]:
    with book.read() as conn:
        return {
            table.name: conn.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (tables.customers, tables.snapshots, tables.holdings)
        } | {
            "names": list(
                conn.execute(
                    select(tables.customers.c.name).order_by(tables.customers.c.customer_no)
                ).scalars()
            )
        }


def test_customers_go_first_and_months_in_order(intake: Intake, files: list[Path]) -> None:
    together = _read(intake, files)
    assert [line.name for line in together.lines] == [
        "c_202609.xlsx",
        "b_202610.xlsx",
        "d.xlsx",
        "a持仓_202610.xlsx",
    ]
    assert [line.months for line in together.lines][:2] == [("2026-09",), ("2026-10",)]


def test_what_is_foreseen_is_what_is_written(intake: Intake, book: Book, files: list[Path]) -> None:
    empty = book.fingerprint()
    together = _read(intake, files)
    assert book.fingerprint() == empty, "looking changes nothing"
    foreseen = _numbers([line.report for line in together.lines])
    assert foreseen[1] == ("b_202610.xlsx", [("2026-10-31", 1, 7, 1, 0)]), (
        "set against September, not yet written"
    )
    assert foreseen[3][1][0][4] == 0, "the customers of the holdings are known"
    assert len(together.commit()) == 4
    assert _numbers([line.report for line in together.lines]) == foreseen


def test_any_order_of_dropping_gives_the_same_book(intake: Intake, book: Book, files: list[Path]) -> None:
    books = []
    for order in list(permutations(files))[::5]:
        together = _read(intake, list(order))
        together.commit()
        books.append(_book(book))
        for line in reversed(together.lines):
            assert line.batch is not None
            intake.undo(line.batch)
    assert books == [books[0]] * len(books)
    assert books[0]["snapshots"] == 16


def test_a_file_that_cannot_be_read_is_a_line_and_stops_no_other(
    intake: Intake, files: list[Path], tmp_path: Path
) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 not really")
    together = _read(intake, [bad, *files])
    assert together.lines[-1].name == "坏.xlsx"
    assert together.lines[-1].sentence()
    assert len(together.commit()) == 4


def test_a_decision_on_one_file_is_compared_with_those_before_it(intake: Intake, files: list[Path]) -> None:
    together = _read(intake, files)
    october = together.lines[1].session
    assert october is not None
    october.set_unit("客户", "元")
    (sheet,) = october.report().sheets
    assert (sheet.new, sheet.changed, sheet.vanished) == (1, 7, 1)


def test_a_file_left_out_is_not_counted_on(intake: Intake, book: Book, files: list[Path]) -> None:
    together = _read(intake, files)
    together.leave(together.lines[0])
    together.foresee()
    (sheet,) = together.lines[0].report.sheets if together.lines[0].report else ()
    assert (sheet.new, sheet.vanished) == (8, 0)
    together.commit()
    assert _book(book)["snapshots"] == 8


def test_a_question_stops_the_file_and_those_behind_it(intake: Intake, book: Book, xlsx: Make) -> None:
    first = xlsx([HEADER, *_people(100, 1000.0)], "a_202609.xlsx", "客户")
    second = xlsx([HEADER, *_people(100, 9000.0)], "b_202610.xlsx", "客户")
    together = _read(intake, [second, first])
    questions = [[q.code for s in line.sheets for q in s.questions] for line in together.lines]
    assert questions == [[], ["data_guard"]]
    assert [line.name for line in together.commit()] == ["a_202609.xlsx"]
    assert together.lines[1].sentence()
    assert not together.lines[1].written
    session = together.lines[1].session
    assert session is not None
    session.confirm("客户", "data_guard", "核对过")
    together.foresee()
    assert not together.lines[1].sentence()
    assert len(together.commit()) == 1
    assert _book(book)["snapshots"] == 16


def test_what_was_answered_for_one_file_is_not_asked_of_the_next(intake: Intake, xlsx: Make) -> None:
    header = ["客户号", "姓名", "AUM余额", "AUM月日均", "手机号"]
    rows = [[*one, "13800001000"] for one in _people(100, 1000.0)]
    intake.read(xlsx([header, *rows], "a_202608.xlsx", "客户")).commit()
    later = [xlsx([HEADER, *_people(100, 1000.0 + n)], f"{n}_20260{n}.xlsx", "客户") for n in (9,)]
    later.append(xlsx([HEADER, *_people(100, 1010.0)], "10_202610.xlsx", "客户"))
    together = _read(intake, later)
    asked = [[q.code for s in line.sheets for q in s.questions if not q.reason] for line in together.lines]
    assert asked[0] == ["lost_columns"]
    first = together.lines[0].session
    assert first is not None
    first.confirm("客户", "lost_columns", "不再提供")
    together.foresee()
    asked = [[q.code for s in line.sheets for q in s.questions if not q.reason] for line in together.lines]
    assert asked == [[], []]
    assert len(together.commit()) == 2


def test_a_heading_chosen_in_one_file_is_known_in_the_next(intake: Intake, xlsx: Make) -> None:
    header = ["客户号", "姓名", "本行家底", "AUM月日均"]
    paths = [xlsx([header, *_people(100, 1000.0 + n)], f"{n}_20260{n}.xlsx", "客户") for n in (8, 9)]
    together = _read(intake, paths)
    first, second = (line.session for line in together.lines)
    assert first is not None
    assert second is not None
    first.choose("客户", 2, "aum_balance")
    together.foresee()
    (sheet,) = second.report().sheets
    assert [match.field for match in sheet.mapping][2] == "aum_balance"
    assert [match.how for match in sheet.mapping][2] == "remembered"


def test_what_asks_nothing_may_go_before_what_asks_unless_it_stands_behind_it(
    intake: Intake, book: Book, files: list[Path]
) -> None:
    together = _read(intake, files)
    september, october, products, held = together.lines
    assert together.free_of(()) == (september, october, products, held)
    assert together.free_of([held]) == (september, october, products)
    assert together.free_of([products]) == (september, october, held), "another kind, and no customers"
    assert together.free_of([october]) == (september,), "whoever is held must be known first"
    assert together.free_of([september]) == ()
    assert together.commit(only=together.free_of([held])) == (september, october, products)
    assert _book(book)["holdings"] == 0
    assert together.commit() == (held,)
    assert _book(book)["holdings"] == 3
