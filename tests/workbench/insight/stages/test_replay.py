"""Lists imported in any order, undone and done again, leave the history that the same lists in their order give."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db.journey import journey_stays
from db.tables import customers
from tests.books import new_workbench
from tests.laws import law
from workbench.app import Workbench
from workbench.base.dates import month_end
from workbench.base.errors import WorkbenchError

MONTHS = ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
NUMBERS = ("10000001", "10000002", "10000003", "10000004")
HEAD = "客户编号,客户名称,月日均金融资产,金融资产余额,开户日期,销户日期"
_NAMES = [column.name for column in journey_stays.columns if column.name not in ("id", "customer_id")]
_Row = tuple[int | None, int | None]
_ROW = st.one_of(
    st.none(),  # not listed
    st.tuples(
        st.sampled_from((None, 8_000, 49_000, 60_000, 300_000)),
        st.sampled_from((None, -500, 100, 20_000, 60_000, 300_000)),
    ),
)
_HISTORY = st.fixed_dictionaries({one: st.lists(_ROW, min_size=6, max_size=6) for one in NUMBERS})
_DATES = st.fixed_dictionaries(
    {one: st.sampled_from((("2012-03-01", ""), ("2026-02-20", ""), ("2012-03-01", "2026-07-10"))) for one in NUMBERS}
)  # fmt: skip


class ToldBook:
    """A workbench that is given lists of a history."""

    def __init__(self, folder: Path, history: dict[str, list[_Row | None]], dates: dict[str, Any]) -> None:
        self.folder, self.history, self.dates = folder, history, dates
        self.workbench: Workbench = new_workbench(folder / "a.book")

    def imports(self, month: str, dates: dict[str, Any] | None = None) -> int:
        """One month's list; the number of the change."""
        place, rows = MONTHS.index(month), []
        for no, run in self.history.items():
            row = run[place]
            if row is not None:
                opened, closed = (dates or self.dates)[no]
                figures = ",".join("" if one is None else str(one) for one in row)
                rows.append(f"{no},客户{no},{figures},{opened},{closed}")
        file = self.folder / f"名单_{month_end(month).strftime('%Y%m%d')}.csv"
        file.write_text("\n".join([HEAD, "90000000,大户,9000000,9000000,2010-01-01,", *rows]), "utf-8")
        session = self.workbench.intake.read(file)
        while not session.committed:
            try:
                session.commit()
            except WorkbenchError as error:
                code = "data_guard_lit" if error.code == "data_guard" else error.code
                session.confirm(file.stem, code, "核对无误")
        assert session.undo_id is not None
        return session.undo_id

    def stays(self) -> list[tuple[Any, ...]]:
        """The history by number, the oldest stay first."""
        self.workbench.insight.engine.ensure()
        query = (
            select(customers.c.customer_no, *(journey_stays.c[name] for name in _NAMES))
            .join(customers, customers.c.id == journey_stays.c.customer_id)
            .order_by(customers.c.customer_no, journey_stays.c.month)
        )
        with self.workbench.book.read() as conn:
            return [tuple(row) for row in conn.execute(query)]


def fresh(months: list[str], history: dict[str, Any], dates: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What a new book says that is given these lists in their order and asked once."""
    with tempfile.TemporaryDirectory() as folder:
        book = ToldBook(Path(folder), history, dates)
        with book.workbench:
            for month in sorted(months):
                book.imports(month)
            return book.stays()


@law(examples=60, few=1)
@given(_HISTORY, _DATES, st.permutations(MONTHS), st.lists(st.integers(0, 5), min_size=2, max_size=4))
def test_a_replay_gives_the_same_history(
    history: dict[str, Any], dates: dict[str, Any], order: list[str], back: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = ToldBook(Path(folder), history, dates)
        with book.workbench:
            done = {}
            for number, month in enumerate(order):
                done[month] = book.imports(month)
                if number % 2:
                    book.stays()
            assert book.stays() == fresh([*MONTHS], history, dates)
            undone: set[str] = set()
            for month in (MONTHS[one] for one in back):
                again = month in undone
                book.workbench.book.reverse(done[month], forward=again, keep_later=True)
                undone ^= {month}
                stays = book.stays()
            assert stays == fresh([one for one in MONTHS if one not in undone], history, dates)
            spans = [(r[0], month) for r in stays for month in MONTHS if r[2] <= month < (r[4] or "9999")]
            assert len(spans) == len(set(spans))


@pytest.fixture
def told_late(tmp_path: Path) -> ToldBook:
    """Six calm months; who closed in July is told in October only."""
    history: dict[str, list[_Row | None]] = {one: [(300_000, 300_000)] * 6 for one in NUMBERS}
    return ToldBook(tmp_path, history, dict.fromkeys(NUMBERS, ("2012-03-01", "")))


def test_a_closing_told_late_counts_in_its_month_as_if_all_were_read_at_once(told_late: ToldBook) -> None:
    late = told_late.dates | {NUMBERS[1]: ("2012-03-01", "2026-07-10")}
    with told_late.workbench:
        for month in MONTHS[:-1]:
            told_late.imports(month)
            before = told_late.stays()
        change = told_late.imports(MONTHS[-1], late)
        stays = told_late.stays()
        assert [row[1:4] for row in stays if row[0] == NUMBERS[1]] == [
            ("J3", "2026-05", "2026-05-31"), ("J5", "2026-07", "2026-07-10"),
        ]  # fmt: skip
        assert stays == fresh([*MONTHS], told_late.history, late)
        told_late.workbench.book.reverse(change, keep_later=True)
        assert told_late.stays() == before


def test_a_month_undone_in_the_middle_leaves_no_stay_behind(tmp_path: Path) -> None:
    history: dict[str, list[_Row | None]] = {
        one: [(300_000, 300_000)] * 3 + [(300_000, 100)] + [(300_000, 300_000)] * 2 for one in NUMBERS[:2]
    }
    dates = dict.fromkeys(NUMBERS, ("2012-03-01", ""))
    book = ToldBook(tmp_path, history, dates)
    with book.workbench:
        done = {month: book.imports(month) for month in MONTHS}
        assert ("J5", "2026-08") in {row[1:3] for row in book.stays()}
        book.workbench.book.reverse(done["2026-08"], keep_later=True)
        stays = book.stays()
    assert {row[1] for row in stays} == {"J3"}
    assert stays == fresh([one for one in MONTHS if one != "2026-08"], history, dates)
