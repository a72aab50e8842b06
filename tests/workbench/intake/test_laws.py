"""Laws that hold for any sheet (hypothesis): undo restores, twice is once, rows add up, order of columns is nothing."""

import itertools
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from sqlalchemy import select

from db.engine import Book
from db.tables import customers as customers_table
from db.tables import holdings, snapshots
from tests.books import new_book
from tests.laws import law
from tests.workbench.intake.conftest import customers, write_xlsx
from workbench.intake.report import SheetReport
from workbench.intake.room import Intake
from workbench.rules.parameters import Rules

HEADINGS = [
    "客户号",
    "姓名",
    "AUM余额",
    "AUM月日均",
    "手机号",
    "性别",
    "开户日期",
    "近1月交易笔数",
    "是否代发",
    "网点备注",
]
_NUMBERS = itertools.count()
#: a failure is told as found: shrinking whole imports takes minutes
LAW = law(
    examples=60, few=5, suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)  # fmt: skip

money = st.one_of(
    st.floats(0, 1e7).map(lambda value: round(value, 2)),
    st.sampled_from(["", "-", "1,234.50", "3.2万", "（5.00）", "不详"]),
)
row = st.tuples(
    st.one_of(st.integers(1, 12).map("{:08d}".format), st.sampled_from(["", 5.0, "合计", "无号"])),
    st.sampled_from(["张三", "李四", "张*", "", "NULL"]),
    money,
    money,
    st.sampled_from(["13812345678", "138****5678", "", "12", 13912345678.0]),
    st.sampled_from(["男", "2", "", "甲"]),
    st.sampled_from(["20200131", "2020-01-31", 43861.0, "", "99991231", "何时"]),
    st.one_of(st.integers(0, 99).map(float), st.just("")),
    st.sampled_from(["是", "0", "", "?"]),
    st.sampled_from(["常客", "", "VIP"]),
).map(list)
rows = st.lists(row, min_size=1, max_size=15)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def _book(folder: Path) -> Book:
    return new_book(folder / f"{next(_NUMBERS)}.book", "春风化雨")


def _take(
    folder: Path, book: Book, body: list[list[Any]], header: list[str], date: str, *, replaces: bool = True
) -> SheetReport:
    path = folder / f"{next(_NUMBERS)}.xlsx"
    write_xlsx(path, [("客户清单", customers(body, header=header, date=date))])
    try:
        session = Intake(book, Rules.load()).read(path)
        session.leave_out_conflicts()
        session.set_reissue("客户清单", replaces)
        for question in session.report().sheets[0].questions:
            session.confirm(question.sheet, question.code, "已核对")
        return session.commit().sheets[0]
    finally:
        path.unlink()


@LAW
@given(first=rows, second=rows, month=st.sampled_from(["2026-09-30", "2026-10-31", "2026-11-30"]))
def test_import_then_undo_is_nothing_and_redo_brings_it_back(
    folder: Path, first: list[list[Any]], second: list[list[Any]], month: str
) -> None:
    with _book(folder) as book:
        intake = Intake(book, Rules.load())
        _take(folder, book, first, HEADINGS, "2026-10-31")
        before = book.fingerprint()
        sheet = _take(folder, book, second, HEADINGS, month)
        after = book.fingerprint()
        assert sheet.rows == sheet.new + sheet.changed + sheet.unchanged + sheet.refused
        assert sum(sheet.not_data.values()) + sheet.rows == len(second) + 3
        if sheet.batch is None:
            assert after == before
            return
        intake.undo(sheet.batch)
        assert book.fingerprint() == before
        intake.redo(sheet.batch)
        assert book.fingerprint() == after
        assert book.verify() == []


@LAW
@given(body=rows)
def test_importing_twice_equals_once(folder: Path, body: list[list[Any]]) -> None:
    with _book(folder) as book:
        first = _take(folder, book, body, HEADINGS, "2026-10-31")
        before = book.fingerprint()
        again = _take(folder, book, body, HEADINGS, "2026-10-31")
        assert book.fingerprint() == before
        assert again.batch is None
        assert (again.new, again.changed, again.unchanged) == (0, 0, first.new + first.unchanged)


@LAW
@given(body=rows, order=st.permutations(range(len(HEADINGS))))
def test_the_order_of_columns_is_nothing(folder: Path, body: list[list[Any]], order: list[int]) -> None:
    """Rows without any customer number aside: whether a lone word is a footer may hang on where it stands."""
    body = [cells for cells in body if str(cells[0]).strip("合计无号")]
    with _book(folder) as one, _book(folder) as other:
        _take(folder, one, body, HEADINGS, "2026-10-31")
        _take(
            folder,
            other,
            [[cells[n] for n in order] for cells in body],
            [HEADINGS[n] for n in order],
            "2026-10-31",
        )
        assert one.fingerprint() == other.fingerprint()


def _facts(book: Book) -> list[object]:
    """All that is told of customers, but for what was kept without being understood."""
    with book.read() as conn:
        return [
            conn.execute(select(*(c for c in table.c if c.name != "extra")).order_by(table.c.id)).all()
            for table in (customers_table, snapshots)
        ]


@LAW
@given(body=rows, at=st.integers(0, len(HEADINGS)), cell=st.sampled_from(["", "甲", 5.0]))
def test_an_added_column_changes_nothing_but_what_is_kept_beside(
    folder: Path, body: list[list[Any]], at: int, cell: object
) -> None:
    body = [cells for cells in body if str(cells[0]).strip("合计无号")]
    with _book(folder) as one, _book(folder) as other:
        _take(folder, one, body, HEADINGS, "2026-10-31")
        wider = [[*cells[:at], cell, *cells[at:]] for cells in body]
        _take(folder, other, wider, [*HEADINGS[:at], "行内自用栏", *HEADINGS[at:]], "2026-10-31")
        assert _facts(one) == _facts(other)


@LAW
@given(months=st.lists(rows, min_size=2, max_size=4), order=st.randoms())
def test_imports_undone_in_any_order_leave_nothing_and_redone_in_any_order_leave_all(
    folder: Path, months: list[list[list[Any]]], order: random.Random
) -> None:
    with _book(folder) as book:
        intake = Intake(book, Rules.load())
        empty = book.fingerprint()
        taken = [
            _take(folder, book, body, HEADINGS, f"2026-{number // 2 + 7:02d}-28")
            for number, body in enumerate(months)
        ]
        batches = [sheet.batch for sheet in taken if sheet.batch is not None]
        full = book.fingerprint()
        for batch in order.sample(batches, len(batches)):
            intake.undo(batch)
        assert book.fingerprint() == empty
        for batch in order.sample(batches, len(batches)):
            intake.redo(batch)
        assert book.fingerprint() == full
        assert book.verify() == []


@LAW
@given(body=rows, blanks=st.sets(st.integers(1, len(HEADINGS) - 1)))
def test_a_blank_never_overwrites(folder: Path, body: list[list[Any]], blanks: set[int]) -> None:
    with _book(folder) as book:
        _take(folder, book, body, HEADINGS, "2026-10-31")
        before = book.fingerprint()
        emptied = [["" if n in blanks else cell for n, cell in enumerate(cells)] for cells in body]
        # numbers that differ in their leading zeros are one customer
        bare = [str(cells[0]).removesuffix(".0").lstrip("0") for cells in body]
        unlike = {cells[0] for cells, one in zip(body, bare, strict=True) if bare.count(one) > 1}
        rest = [cells for cells in emptied if cells[0] not in unlike]
        _take(folder, book, rest, HEADINGS, "2026-10-31", replaces=False)
        assert book.fingerprint() == before


def _maturities(body: list[list[Any]], date: str) -> list[list[Any]]:
    lines = [
        [cells[0], cells[1], f"定期{n}", f"{date[:8]}{1 + n:02d}", 1000.0 + n] for n, cells in enumerate(body)
    ]
    return [[f"到期明细 {date}"], ["客户号", "姓名", "产品名称", "到期日", "到期金额"], *lines]


@LAW
@given(
    months=st.tuples(rows, rows, rows), split=st.integers(0, 12), order=st.permutations(range(5)),
)  # fmt: skip
def test_the_order_of_sheets_is_nothing(
    folder: Path, months: tuple[list[list[Any]], ...], split: int, order: list[int]
) -> None:
    """Three months of customers, one of them on two sheets, and what falls due, in one file."""
    lists = [[cells for cells in body if str(cells[0])[:1].isdigit()] for body in months]
    near = [cells for cells in lists[1] if int(float(cells[0])) <= split]
    far = [cells for cells in lists[1] if int(float(cells[0])) > split]
    dates = ["2026-08-31", "2026-09-30", "2026-10-31"]
    sheets = [
        ("八月", customers(lists[0], header=HEADINGS, date=dates[0])),
        ("九月甲", customers(near, header=HEADINGS, date=dates[1])),
        ("九月乙", customers(far, header=HEADINGS, date=dates[1])),
        ("十月", customers(lists[2], header=HEADINGS, date=dates[2])),
        ("到期", _maturities(lists[2], dates[2])),
    ]
    contents: list[object] = []
    for arranged in (sheets, [sheets[n] for n in order]):
        path = folder / f"{next(_NUMBERS)}.xlsx"
        write_xlsx(path, arranged)
        with _book(folder) as book:
            session = Intake(book, Rules.load()).read(path)
            session.leave_out_conflicts()
            for sheet in session.report().sheets:
                for question in sheet.questions:
                    session.confirm(question.sheet, question.code, "已核对")
            session.commit()
            contents.append(_contents(book))
    assert contents[0] == contents[1]


def _contents(book: Book) -> list[list[tuple[Any, ...]]]:
    """All that the lists told, in an order that is no table's own."""
    kept: list[list[tuple[Any, ...]]] = []
    with book.read() as conn:
        number = select(customers_table.c.id, customers_table.c.customer_no)
        numbers = {row.id: row.customer_no for row in conn.execute(number)}
        for table in (customers_table, snapshots, holdings):
            shown = [column for column in table.c if column.name not in ("id", "batch_id")]
            lines = conn.execute(select(*shown)).all()
            where = [column.name for column in shown]
            at = where.index("customer_id") if "customer_id" in where else None
            kept.append(
                sorted(
                    (
                        tuple(numbers[cell] if n == at else cell for n, cell in enumerate(line))
                        for line in lines
                    ),
                    key=str,
                )
            )
    return kept


# -- what nobody sees, and zeros at the front ----------------------------------------------------------------

_UNSEEN = ("", "\u200b", "\ufeff", "\u202d", "\u2060")
#: how a customer number is written another time: zeros more or fewer, full width, spaces
_SPELLINGS: list[Any] = [
    lambda number: number, lambda number: number.lstrip("0"), lambda number: float(number),
    lambda number: f"00{number}", lambda number: f"{number[:4]}\u200b{number[4:]}\ufeff",
    lambda number: f" {number}\u3000",
    lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in number),
]  # fmt: skip
numbers = st.lists(st.integers(1, 99_999).map("{:08d}".format), min_size=1, max_size=8, unique=True)


@law(
    examples=60,
    few=2,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(numbers, st.data())
def test_zeros_at_the_front_and_what_nobody_sees_change_nothing_in_the_book(
    known: list[str], data: st.DataObject
) -> None:
    spelt = [data.draw(st.sampled_from(_SPELLINGS))(number) for number in known]
    hidden = data.draw(st.sampled_from(_UNSEEN))
    heading = ["客户号", "姓名", "AUM余额", "手机号"]

    def listed(numbers: list[Any], sign: str, amount: float) -> list[list[Any]]:
        people = [
            [one, f"客{sign}户{n}", amount + n, f"1381234{n:04d}{sign}"] for n, one in enumerate(numbers)
        ]
        return [[f"{word[0]}{sign}{word[1:]}" for word in heading], *people]

    books = []
    with tempfile.TemporaryDirectory() as folder:
        for name, sheet in (("a", listed(list(known), "", 1_010.0)), ("b", listed(spelt, hidden, 1_010.0))):
            with new_book(Path(folder) / f"{name}.book") as book:
                intake = Intake(book, Rules.load())
                for month, rows_of_month in (("202609", listed(list(known), "", 1_000.0)), ("202610", sheet)):
                    path = write_xlsx(Path(folder) / f"{name}{month}.xlsx", [("清单", rows_of_month)])
                    intake.read(path).commit()
                with book.read() as conn:
                    people = conn.execute(
                        select(
                            customers_table.c.customer_no, customers_table.c.name, customers_table.c.phone,
                            snapshots.c.month, snapshots.c.aum_balance,
                        ).join_from(snapshots, customers_table).order_by(snapshots.c.id)
                    ).all()  # fmt: skip
            books.append([tuple(one) for one in people])
    assert books[0] == books[1]
