"""Stays brought forward month by month are those of all months at once; an old month, a write, an undo move what they must."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import delete, select

from db.journey import journey_stays
from db.known import standing_runs
from db.tables import customers, snapshots
from tests.workbench.conftest import MONTH, KeptSmallBook, SmallBook
from workbench.base.dates import shift_month
from workbench.insight.stages import history
from workbench.insight.stages.lights import lights_of, lights_of_many, looked_at
from workbench.insight.stages.stays import TAG, records
from workbench.rules.parameters import Rules

MONTHS = 8
NAMES = [column.name for column in journey_stays.columns if column.name != "id"]


def runs(chance: random.Random, number: int = 12) -> dict[str, list[tuple[float | None, float | None]]]:
    """Averages and balances in yuan by customer, the oldest month first; None: not listed."""
    return {
        f"n{one}": [
            (None, None) if chance.random() < 0.1
            else (chance.choice((8e3, 4.9e4, 6e4, 3e5, 3e5, 3e5)), chance.choice((100, 2e4, 6e4, 3e5, 3e5)))
            for _month in range(MONTHS)
        ]
        for one in range(number)
    } | {"calm": [(3e5, 3e5)] * MONTHS}  # fmt: skip


def told(small: SmallBook, months: dict[str, list[tuple[float | None, float | None]]], place: int) -> None:
    """One month of everybody by one change."""
    with small.book.write("import", "month") as writer:
        writer.insert(
            snapshots,
            [
                small._row(no, MONTHS - 1 - place, aum_daily_average=run[place][0], aum_balance=run[place][1])
                for no, run in months.items()
                if run[place] != (None, None)
            ],
        )


def stays(small: SmallBook) -> list[tuple[Any, ...]]:
    small.insight.check()
    with small.book.derive() as conn:
        history.bring_forward(conn, Rules.load())
    return kept(small)


def kept(small: SmallBook) -> list[tuple[Any, ...]]:
    query = select(*(journey_stays.c[name] for name in NAMES)).order_by(
        journey_stays.c.customer_id, journey_stays.c.month
    )
    with small.book.read() as conn:
        return [tuple(row) for row in conn.execute(query)]


def anew(small: SmallBook) -> list[tuple[Any, ...]]:
    """The stays folded over all months at once."""
    with small.book.derive() as conn:
        conn.execute(delete(standing_runs).where(standing_runs.c.name == journey_stays.name))
        conn.execute(delete(journey_stays))
        history.bring_forward(conn, Rules.load())
    return kept(small)


@pytest.fixture(scope="module")
def kept_eight(tmp_path_factory: pytest.TempPathFactory) -> KeptSmallBook:
    """Eight months, brought forward one by one."""

    def fill(small: SmallBook) -> None:
        chance = random.Random(4)
        months = runs(chance)
        for no in months:
            small.customer(no, open_date=chance.choice(("2015-03-01", "2026-04-08", "2026-08-20")))
        for place in range(MONTHS):
            told(small, months, place)
            stays(small)

    return KeptSmallBook(tmp_path_factory.mktemp("eight"), dt.date.today().isoformat(), fill)


@pytest.fixture
def eight(kept_eight: KeptSmallBook, tmp_path: Path) -> Iterator[SmallBook]:
    with kept_eight.copied(tmp_path / "eight.book") as opened:
        yield opened


def test_month_by_month_is_all_at_once_and_nobody_stands_twice(eight: SmallBook) -> None:
    rows = kept(eight)
    assert len({row[1] for row in rows}) >= 5  # most stages are met
    assert any(row[0] in {other[0] for other in rows if other != row} for row in rows)
    months = {MONTH, *(shift_month(MONTH, -back) for back in range(MONTHS))}
    spans = [(row[0], month) for row in rows for month in months if row[2] <= month < (row[4] or "9999")]
    assert len(spans) == len(set(spans))
    assert anew(eight) == rows


def test_a_write_about_one_customer_moves_him_alone_and_an_undo_moves_him_back(eight: SmallBook) -> None:
    before = kept(eight)
    steady = next(row for row in before if row[1] == "J3" and row[2] < MONTH and row[4] is None)
    with eight.book.write("edit", "closing") as writer:
        writer.update(customers, steady[0], {"close_date": "2026-10-20"})
    after = stays(eight)
    assert [row[:2] for row in after if row not in before] == [(steady[0], "J3"), (steady[0], "J5")]
    assert ("closed", "2026-10-20") in {(row[6], row[3]) for row in after if row[0] == steady[0]}
    assert anew(eight) == after
    eight.book.reverse(writer.change_id)
    assert stays(eight) == before


def test_another_old_month_is_folded_again_from_there(eight: SmallBook) -> None:
    before = kept(eight)
    month = shift_month(MONTH, -4)
    with eight.book.read() as conn:
        some = (
            conn.execute(select(snapshots.c.id).where(snapshots.c.month == month).order_by(snapshots.c.id))
            .scalars()
            .all()
        )
    with eight.book.write("import", "again") as writer:
        for one in some[:4]:
            writer.update(snapshots, one, {"aum_daily_average": 900_000_000, "aum_balance": 900_000_000})
    after = stays(eight)
    assert after != before
    assert [row for row in after if row[2] < month and row[4] is not None and row[4] < month] == [
        row for row in before if row[2] < month and row[4] is not None and row[4] < month
    ]
    assert anew(eight) == after


def test_a_month_undone_leaves_the_stays_as_they_were_before_it(small: SmallBook) -> None:
    months = runs(random.Random(7), 6)
    for no in months:
        small.customer(no)
    told(small, months, 5)
    told(small, months, 6)
    before = stays(small)
    told(small, months, 7)
    with small.book.read() as conn:
        from db.record import changes

        last = conn.execute(select(changes.c.id).order_by(changes.c.id.desc()).limit(1)).scalar_one()
    assert stays(small) != before
    small.book.reverse(last)
    assert stays(small) == before


def test_other_rules_fold_all_anew(eight: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    with eight.book.read() as conn:
        assert history.standing(conn, Rules.load())
        assert not history.standing(conn, Rules.load("general", {"life.gone": 0.8}))


@pytest.mark.parametrize("wide", [looked_at, lambda *_asked: None], ids=["in memory", "over a copy"])
def test_the_lights_of_past_months_are_those_of_the_check(eight: SmallBook, wide: Callable[..., Any]) -> None:
    rules = Rules.load()
    months = [shift_month(MONTH, -back) for back in range(MONTHS - 1, 0, -1)]
    able = np.array(sorted(eight.ids.values()), dtype=np.int64)
    with eight.book.derive() as conn:
        many = list(lights_of_many(conn, months, able, rules, wide(conn, months, rules)))
        each = [lights_of(conn, month, -1, rules) for month in months]
    for one, other in zip(many, each, strict=True):
        assert one.customers.tolist() == other.customers.tolist()
        assert one.heights.tolist() == other.heights.tolist()
    assert {3, 2, 0} <= {height for one in each for height in one.heights.tolist()}


def test_a_copy_gives_the_same_stays(eight: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = kept(eight)
    monkeypatch.setattr(history, "_MANY", 0)
    assert anew(eight) == rows


def test_a_customer_alone_has_the_stays_of_the_fold(eight: SmallBook) -> None:
    """Where the stays stand, where only the newest month does not, and where nothing is kept."""
    engine, ids = eight.insight.engine, sorted(eight.ids.values())
    wanted = {one: [row[1:4] for row in reversed(kept(eight)) if row[0] == one] for one in ids}
    with eight.book.read() as conn:
        whole = {one: records(conn, [one])[one].stays for one in ids}
    eight.touch("n0", 3)
    for _state in ("newest month open", "nothing kept"):
        with eight.book.read() as conn:
            for one in ids[:2]:
                picture = engine.of_customer(conn, one)
                if picture.month == MONTH:
                    assert [(s.stage, s.month, s.since) for s in picture.stays] == wanted[one]
                    assert picture.values.journey_stage == wanted[one][0][0]
                    assert picture.stays == whole[one]
                early = engine.of_customer(conn, one, shift_month(MONTH, -3))
                assert [s.month for s in early.stays] == [
                    month for _stage, month, _since in wanted[one] if month <= shift_month(MONTH, -3)
                ]
        with eight.book.derive() as conn:
            conn.execute(delete(standing_runs))
            conn.execute(delete(journey_stays))


def test_the_tag_reads_the_kept_stage(eight: SmallBook) -> None:
    stage = {row[0]: row[1] for row in kept(eight) if row[4] is None}
    eight.insight.engine.ensure()
    with eight.book.read() as conn:
        layers = eight.insight.engine.layers(conn)
        columns = [
            layers.customer_id,
            *(layers.column(name) for name in (TAG, "journey_stage", "journey_days")),
        ]
        rows = conn.execute(select(*columns).select_from(layers.source([TAG, "journey_stage"]))).all()
    assert rows
    assert all(row[1] == row[2] == stage[row[0]] for row in rows)
    assert all(row[3] >= 0 for row in rows)
