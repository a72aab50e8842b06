"""Several months in one file: each is written, each is set against the one before it, and the preview says so too."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db import tables
from db.engine import Book
from tests.conftest import SHARED_DATA
from tests.workbench.intake.conftest import Make
from workbench.base.errors import WorkbenchError
from workbench.intake.report import SheetReport
from workbench.intake.room import Intake

HEADER = ["客户号", "姓名", "AUM余额", "AUM月日均"]
HELD = ["客户号", "产品代码", "产品名称", "持有份额", "持有金额"]
DUE = ["客户号", "产品名称", "到期日", "到期金额"]
Named = tuple[str, list[list[Any]]]


def _list(rows: list[list[Any]], month: str, header: list[str] = HEADER) -> list[list[Any]]:
    return [["清单"], [f"数据日期:2026-{month}"], header, *rows]


def _people(first: int, count: int = 12, amount: float = 1000.0) -> list[list[Any]]:
    return [
        [f"{first + n:08d}", f"客户{chr(0x4E00 + first + n)}", amount + n, amount + n] for n in range(count)
    ]


def _months() -> list[Named]:
    """Three months: two customers leave, one comes, figures move a little."""
    return [
        ("八月", _list(_people(100), "08-31")),
        ("九月", _list(_people(101, 12, 1040.0), "09-30")),
        ("十月", _list(_people(102, 12, 1080.0), "10-31")),
    ]


def _file(xlsx: Make, sheets: list[Named], name: str = "几个月.xlsx") -> Path:
    (first, rows), *more = sheets
    return xlsx(rows, name, first, more)


def _numbers(report: tuple[SheetReport, ...]) -> dict[str, Any]:
    """What a sheet is said to do."""
    return {
        one.sheet: (
            one.new, one.changed, one.unchanged, one.vanished, one.refused, one.quality,
            [(move.customer_no, move.direction, move.cause) for move in one.movements],
            [(change.customer_no, change.field, change.old, change.new) for change in one.changes],
            [question.code for question in one.questions],
        )
        for one in report
    }  # fmt: skip


def _months_of(book: Book) -> dict[str, int]:
    with book.read() as conn:
        query = select(tables.snapshots.c.month, func.count()).group_by(tables.snapshots.c.month)
        return {row[0]: row[1] for row in conn.execute(query)}


def _name_of(book: Book, number: str) -> str:
    with book.read() as conn:
        query = select(tables.customers.c.name).where(tables.customers.c.customer_no == number)
        return str(conn.execute(query).scalar_one())


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_each_month_is_written_in_any_order_of_sheets_and_the_preview_tells_the_same(
    intake: Intake, book: Book, xlsx: Make, order: tuple[int, ...]
) -> None:
    empty = book.fingerprint()
    path = _file(xlsx, [_months()[n] for n in order])
    session = intake.read(path)
    foreseen = session.report()
    assert all(sheet.batch is None for sheet in foreseen.sheets)
    assert book.fingerprint() == empty  # seen, not written
    done = session.commit()
    assert len({row.change for row in intake.history()}) == 1
    assert not book.verify()
    assert _numbers(done.sheets) == _numbers(foreseen.sheets)
    by_name = {one.sheet: one for one in done.sheets}
    counts = {name: (one.new, one.vanished, one.committed) for name, one in by_name.items()}
    assert counts == {"八月": (12, 0, True), "九月": (1, 1, True), "十月": (1, 1, True)}
    assert _months_of(book) == {"2026-08": 12, "2026-09": 12, "2026-10": 12}
    filled = book.fingerprint()
    intake.undo()
    assert book.fingerprint() == empty
    intake.redo()
    assert book.fingerprint() == filled
    again = intake.read(path).commit()
    assert [(one.new, one.changed) for one in again.sheets] == [(0, 0)] * 3
    assert book.fingerprint() == filled


def test_what_one_session_shows_another_writes(intake: Intake, xlsx: Make) -> None:
    path = _file(xlsx, _months())
    foreseen = intake.read(path).report()
    assert _numbers(intake.read(path).commit().sheets) == _numbers(foreseen.sheets)


def test_the_newest_month_has_the_last_word_on_the_customer(intake: Intake, book: Book, xlsx: Make) -> None:
    newer, older = _people(100, 3), _people(100, 3)
    newer[0][1] = "改了名"
    path = _file(xlsx, [("十月", _list(newer, "10-31")), ("九月", _list(older, "09-30"))])
    intake.read(path).commit()
    assert _name_of(book, "00000100") == "改了名"


def test_months_around_one_that_is_there_already(intake: Intake, book: Book, xlsx: Make) -> None:
    eight, nine, ten = _months()
    intake.read(_file(xlsx, [nine], "九月.xlsx")).commit()
    path = _file(xlsx, [ten, eight], "前后.xlsx")
    session = intake.read(path)
    foreseen = session.report()
    done = session.commit()
    assert _numbers(done.sheets) == _numbers(foreseen.sheets)
    assert {one.sheet: (one.new, one.vanished) for one in done.sheets} == {"八月": (1, 0), "十月": (1, 1)}
    assert _months_of(book) == {"2026-08": 12, "2026-09": 12, "2026-10": 12}


def test_holdings_and_maturities_of_both_months_beside_their_customers(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    held = [["00000113", "P1", "甲", 1, 10.0], ["00000102", "P1", "甲", 1, 20.0]]
    due = [["00000112", "定期", "2026-12-01", 500.0]]
    extra: list[Named] = [
        ("十月持有", _list(held, "10-31", HELD)),
        ("九月持有", _list(held[1:], "09-30", HELD)),
        ("十月到期", _list(due, "10-31", DUE)),
    ]
    path = _file(xlsx, [*extra, *reversed(_months())])
    session = intake.read(path)
    foreseen = session.report()
    done = session.commit()
    assert _numbers(done.sheets) == _numbers(foreseen.sheets)
    assert [one.refused for one in done.sheets] == [0] * 6
    with book.read() as conn:
        lines = conn.execute(
            select(tables.holdings.c.month, tables.holdings.c.kind, tables.holdings.c.amount)
        )
        assert sorted(tuple(row) for row in lines) == [
            ("2026-09", "holding", 2000), ("2026-10", "holding", 1000),
            ("2026-10", "holding", 2000), ("2026-10", "maturity", 50000),
        ]  # fmt: skip


def test_the_same_customers_on_two_sheets_of_a_month_are_foreseen_as_they_are_written(
    intake: Intake, xlsx: Make
) -> None:
    later = _list([*_people(100, 1, 7.0), *_people(300, 1)], "09-30")
    path = _file(xlsx, [("一", _list(_people(100), "09-30")), ("二", later)])
    foreseen = intake.read(path).report()
    assert [(one.new, one.changed) for one in foreseen.sheets] == [(12, 0), (1, 1)]
    assert _numbers(intake.read(path).commit().sheets) == _numbers(foreseen.sheets)


def test_a_month_that_moved_too_much_from_its_neighbour_is_written_without_its_lights(
    intake: Intake, xlsx: Make
) -> None:
    path = _file(
        xlsx, [("九月", _list(_people(100), "09-30")), ("十月", _list(_people(100, 12, 2000.0), "10-31"))]
    )
    session = intake.read(path)
    (query,) = session.report().sheets[1].questions
    assert (query.code, "同一份文件" in query.reason) == ("data_guard", True)
    session.commit()
    assert [row.guard is not None for row in intake.history()] == [True, False]
    intake.undo()
    lit = intake.read(path)
    lit.report()
    lit.confirm("十月", "data_guard_lit", "这个月确实翻番")
    lit.commit()
    assert [row.guard for row in intake.history()][:2] == [None, None]


def test_a_month_in_the_wrong_unit_stops_all_of_the_file(intake: Intake, book: Book, xlsx: Make) -> None:
    wrong = [[number, name, *(amount / 10_000 for amount in rest)] for number, name, *rest in _people(100)]
    path = _file(xlsx, [("九月", _list(_people(100), "09-30")), ("十月", _list(wrong, "10-31"))])
    before = book.fingerprint()
    with pytest.raises(WorkbenchError) as caught:
        intake.read(path).commit()
    assert caught.value.code == "unit_suspect"
    assert book.fingerprint() == before


def test_the_case_of_two_months(intake: Intake, book: Book) -> None:
    path = SHARED_DATA / "cases" / "n05_two_months.xlsx"
    if not path.exists():
        pytest.skip("shared/data/cases is not here")
    intake.read(path).commit()
    assert _months_of(book) == {"2026-09": 4, "2026-10": 4}
