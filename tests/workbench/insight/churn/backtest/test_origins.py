"""Rolling origins: six lists before, three months after; the headline's windows do not overlap; months in doubt are none."""

from sqlalchemy import Connection

from tests.workbench.conftest import SmallBook
from workbench.base.months import reported_months
from workbench.insight.churn.backtest.origins import OriginPlan, planned_origins
from workbench.rules.parameters import Rules


def plan(conn: Connection) -> OriginPlan:
    return planned_origins(conn, reported_months(conn), Rules.load())


def test_fourteen_months_give_six_origins_and_two_of_the_headline(small: SmallBook) -> None:
    small.flat("1", months=14)
    with small.book.read() as conn:
        planned = plan(conn)
    assert [one.month for one in planned.origins] == [f"2026-{month:02d}" for month in range(2, 8)]
    assert [one.month for one in planned.origins if one.headline] == ["2026-04", "2026-07"]
    newest = planned.origins[-1]
    assert (newest.as_of, newest.after, newest.last, newest.end) == (
        "2026-07-31", ("2026-08", "2026-09", "2026-10"), "2026-10", "2026-10"
    )  # fmt: skip


def test_a_month_in_doubt_is_no_origin_and_tells_nothing_of_the_others(small: SmallBook) -> None:
    for back in range(14):
        month = f"2026-{10 - back:02d}" if back < 10 else f"2025-{22 - back:02d}"
        small.batch(month=month, as_of=f"{month}-28", guard="总额变了" if month == "2026-07" else None)
    small.flat("1", months=14)
    with small.book.read() as conn:
        planned = plan(conn)
    assert planned.doubtful == ("2026-07",)
    assert "2026-07" not in [one.month for one in planned.origins]
    assert next(one for one in planned.origins if one.month == "2026-06").after == ("2026-08", "2026-09")
