"""What a check stores: no row that says the same as before is written again."""

import re

from sqlalchemy import event, select

from db.known import check_runs
from db.tables import risks, signals, snapshots
from tests.workbench.conftest import MONTH, SmallBook


def made(small: SmallBook) -> SmallBook:
    for place, no in enumerate("ABCD"):
        run = [3e5] * 3 + [3e5 * (1 - 0.2 * place)]
        small.months(no, {"aum_balance": run, "aum_daily_average": run})
    small.insight.check()
    return small


def rows(small: SmallBook) -> list[tuple[object, ...]]:
    with small.book.read() as conn:
        return [
            tuple(row)
            for table in (risks, signals)
            for row in conn.execute(select(table).order_by(table.c.id))
        ]


def test_a_whole_check_that_finds_the_same_writes_no_row(small: SmallBook) -> None:
    made(small)
    before = rows(small)
    with small.book.derive() as conn:
        conn.execute(check_runs.delete())
    written: list[int] = []

    def seen(_conn, cursor, statement, *_more):  # type: ignore[no-untyped-def]
        if re.match(r"(INSERT INTO|UPDATE|DELETE FROM) (risks|signals)", statement):
            written.append(cursor.rowcount)

    with small.book.read() as conn:
        engine = conn.engine
    event.listen(engine, "after_cursor_execute", seen)
    small.insight.check()
    event.remove(engine, "after_cursor_execute", seen)
    assert len(written) == 6, "looked at"
    assert sum(written) == 0
    assert rows(small) == before


def test_only_the_customer_whose_verdict_changed_is_written_and_all_ranks_are_right(small: SmallBook) -> None:
    made(small)
    before = {row[1]: row for row in rows(small) if len(row) == len(risks.c)}
    with small.book.write("edit", "x") as writer:
        of = select(snapshots.c.id).where(
            snapshots.c.customer_id == small.ids["A"], snapshots.c.month == MONTH
        )
        writer.update(
            snapshots, writer.conn.execute(of).scalar_one(), {"aum_balance": 0, "aum_daily_average": 0}
        )
    assert [one.customer_no for one in small.insight.ranking()] == list("ADCB")
    after = {row[1]: row for row in rows(small) if len(row) == len(risks.c)}
    assert {row[0] for row in after.values()} == {row[0] for row in before.values()}, "no row was put in anew"
    place = list(risks.c.keys()).index("rank")
    same = {no for no in before if after[no][:place] == before[no][:place]}
    assert same == {small.ids[no] for no in "BCD"}


def test_a_customer_who_left_the_month_leaves_the_results(small: SmallBook) -> None:
    made(small)
    with small.book.write("edit", "x") as writer:
        of = select(snapshots.c.id).where(
            snapshots.c.customer_id == small.ids["D"], snapshots.c.month == MONTH
        )
        writer.delete(snapshots, [writer.conn.execute(of).scalar_one()])
    summary = small.insight.check()
    assert summary.customers == 3
    assert [one.rank for one in small.insight.ranking()] == [1, 2, 3]
    with small.book.read() as conn:
        assert not conn.execute(select(signals.c.id).where(signals.c.customer_id == small.ids["D"])).all()


def test_lights_and_signals_that_nobody_is_judged_by_are_counted_once(small: SmallBook) -> None:
    made(small)
    summary = small.insight.check()
    lit = [one.light for one in small.insight.ranking()]
    assert summary.lights == {light: lit.count(light) for light in ("red", "orange", "yellow")}
    tried = small.insight.check(store=False)
    assert tried == summary
