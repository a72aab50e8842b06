"""The check as a whole: whatever is written in whatever order, what stands in the book is what a check anew gives."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db.known import check_runs, standing_runs
from db.tables import complaints, customers, risks, signals, snapshots, touches
from tests.books import new_book
from tests.laws import law
from tests.workbench.conftest import MONTH, SmallBook
from workbench.base.dates import month_end, shift_month
from workbench.insight.churn import churn_check
from workbench.insight.churn.assessing import STANDING, assess
from workbench.insight.churn.verdict import CustomerRisk
from workbench.rules.parameters import Rules

PEOPLE = "ABCD"


@pytest.fixture(autouse=True, scope="module")
def kept_figures() -> Iterator[None]:
    """Books of any size keep the figures that the rules look at, as big ones do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(churn_check, "WORTH", 0)
        yield


def put(small: SmallBook, month: str, figures: dict[str, int]) -> int:
    """A month's list: rows are put in, or set right where the month has them; answers the change."""
    with small.book.write("import", month) as writer:
        for no, yuan in figures.items():
            told = {
                "aum_balance": yuan * 100,
                "aum_daily_average": yuan * 90,
                "outflow": yuan * 10,
                "inflow": 0,
            }
            told |= {"employer": f"第{yuan % 3}公司", "txn_count_1m": yuan % 30}
            of = select(snapshots.c.id).where(
                snapshots.c.customer_id == small.ids[no], snapshots.c.month == month
            )
            row = writer.conn.execute(of).scalar()
            if row is not None:
                writer.update(snapshots, row, told)
                continue
            place = {"customer_id": small.ids[no], "month": month, "as_of": month_end(month).isoformat()}
            writer.insert(snapshots, [{**place, "batch_id": 1, "source_row": 4, **told}])
        return writer.change_id


def log(small: SmallBook, no: str, what: str) -> int:
    """A contact or a complaint; answers the change."""
    with small.book.write("touch", what) as writer:
        who = {"customer_id": small.ids[no], "date": "2026-10-20"}
        if what == "complaint":
            writer.insert(complaints, [who | {"status": "处理中"}])
        else:
            writer.insert(touches, [who | {"channel": "call", "result": what, "initiated_by": "manager"}])
        return writer.change_id


amounts = st.integers(0, 400_000)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("list"), st.integers(-1, 2), st.dictionaries(st.sampled_from(PEOPLE), amounts, min_size=1)),
        st.tuples(st.just("log"), st.sampled_from(PEOPLE), st.sampled_from(("explained", "refused", "complaint"))),
        st.tuples(st.just("undo"), st.integers(0, 9), st.none()),
        st.tuples(st.just("forward"), st.none(), st.none()),
    ),
    min_size=2,
    max_size=5,
)  # fmt: skip


@law(examples=80, few=2)
@given(steps)
def test_a_book_brought_forward_equals_one_computed_anew(taken: list[tuple[str, Any, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder, new_book(Path(folder) / "a.book") as book:
        small = SmallBook(book)
        for no in PEOPLE:
            small.customer(no)
        for back in (4, 3, 2, 1, 0):
            put(small, shift_month(MONTH, -back), {no: 100_000 * (2 + n) for n, no in enumerate(PEOPLE)})
        undoable: list[int] = []
        small.insight.check()
        for kind, one, other in taken:
            if kind == "list":
                undoable.append(put(small, shift_month(MONTH, -one), other))
            elif kind == "log":
                undoable.append(log(small, one, other))
            elif kind == "undo" and undoable:
                small.book.reverse(undoable.pop(one % len(undoable)), keep_later=True)
            else:
                small.insight.bring_forward()
            small.insight.check()
        assert_as_anew(small)


def assert_as_anew(small: SmallBook) -> None:
    """Asked twice: with what stands in the book, and after all that was computed of the month is gone; the checks of earlier
    months stay, they tell since when a light is on."""
    stood, row = small.insight.ranking(), standing(small)
    summary = small.insight.check()
    with small.book.derive() as conn:
        conn.execute(standing_runs.delete())
        for table in (check_runs, risks, signals):
            conn.execute(table.delete().where(table.c.month == summary.month))
    assert small.insight.ranking() == stood
    assert standing(small) == row
    assert small.insight.check() == summary


def standing(small: SmallBook) -> list[tuple[Any, ...]]:
    with small.book.read() as conn:
        run = STANDING.run(conn)
        assert run is not None
        assert run.revision == small.book.revision()
        source = STANDING.source(run)
        return [tuple(row) for row in conn.execute(select(source).order_by(source.c.customer_id))]


def test_a_customer_looked_at_alone_has_the_verdict_of_the_ranking(small: SmallBook) -> None:
    for no, left in (("1", 1e5), ("2", 2.9e5), ("3", 3e5)):
        run = [3e5, 3e5, 3e5, left]
        small.months(
            no, {"aum_balance": run, "aum_daily_average": run}, employer="甲", age=30, product_count=1
        )
    for standing_there in (False, True):
        for one in small.insight.ranking() if standing_there else every(small):
            with small.book.read() as conn:
                alone = assess(conn, MONTH, Rules.load(), small.ids[one.customer_no])
            assert alone is not None
            assert (alone.risk, alone.light, alone.profiles) == (one.risk, one.light, one.profiles)
            assert [(hit.code, hit.grade, hit.evidence) for hit in alone.hits] == [
                (verdict.code, verdict.grade, verdict.evidence) for verdict in one.signals
            ]
            assert alone.cannot_tell == one.cannot_tell


def every(small: SmallBook) -> list[CustomerRisk]:
    """The ranking, and the book as it is before anything stands in it."""
    ranking = small.insight.ranking()
    with small.book.derive() as conn:
        conn.execute(standing_runs.delete())
    return ranking


def test_figures_that_stand_for_other_rules_another_month_or_another_revision_are_not_used(
    small: SmallBook,
) -> None:
    small.flat("1", 3e5, 3)
    small.insight.check()
    with small.book.derive() as conn:
        run = STANDING.run(conn)
        assert run is not None
        source = STANDING.source(run)
        conn.exec_driver_sql("UPDATE standing_check SET graded_aum = 77")
        assert conn.execute(select(source.c.graded_aum)).scalar() == 77
    with small.book.read() as conn:
        alone = assess(conn, MONTH, Rules.load(), small.ids["1"])
        assert alone is not None
        assert alone.aum == 77, "what stands is used"
        other = assess(conn, MONTH, Rules.load(overrides={"S3.base": 1}), small.ids["1"])
        assert other is not None
        assert other.aum == 30_000_000
        earlier = assess(conn, shift_month(MONTH, -1), Rules.load(), small.ids["1"])
        assert earlier is not None
        assert earlier.aum == 30_000_000
    small.customer("2")
    with small.book.read() as conn:
        later = assess(conn, MONTH, Rules.load(), small.ids["1"])
        assert later is not None
        assert later.aum == 30_000_000


def test_nobody_is_brought_forward_in_an_empty_book(small: SmallBook) -> None:
    small.insight.bring_forward()
    with small.book.read() as conn:
        assert STANDING.run(conn) is None
        assert conn.execute(select(customers.c.id)).first() is None
