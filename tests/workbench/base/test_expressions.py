"""Expressions over columns: NULL means not told and stays so, in every one of them (domain 0, three values)."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    Connection,
    Float,
    String,
    and_,
    case,
    cast,
    create_engine,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.sql.elements import ColumnElement

from db.functions import later
from workbench.base.expressions import (
    Expr,
    always_null,
    count_of,
    day_number,
    fall,
    graded,
    highest,
    how_many,
    latest,
    lowest,
    mean,
    nothing,
    share,
    text_or_null,
    untold,
    yes,
)

ANCHORS = (0.34, 0.67, 1.0)
NUMBERS = st.one_of(st.none(), st.integers(-(10**12), 10**12))
ALL = st.lists(NUMBERS, min_size=1, max_size=5)


@pytest.fixture(scope="module")
def conn() -> Iterator[Connection]:
    with create_engine("sqlite://").connect() as opened:
        yield opened


def lit(value: Any) -> Expr:
    return null() if value is None else literal(value)


def said(conn: Connection, expression: ColumnElement[Any]) -> Any:
    return conn.execute(select(expression)).scalar()


@pytest.mark.parametrize(
    ("now", "before", "share_"),
    [
        (50, 100, 0.5), (100, 100, 0.0), (150, 100, -0.5), (0, 100, 1.0),
        # who is overdrawn has lost all he had, and no more
        (-20, 100, 1.0), (-1, 1, 1.0),
        # nothing to lose: no fall, whatever came
        (50, 0, 0.0), (50, -10, 0.0), (-50, 0, 0.0),
        # not told on either side
        (None, 100, None), (None, None, None), (50, None, None), (-5, None, None),
    ],
)  # fmt: skip
def test_a_fall_is_a_share_of_what_was_there(
    conn: Connection, now: int | None, before: int | None, share_: float | None
) -> None:
    assert said(conn, fall(lit(now), lit(before))) == share_


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [(1, 4, 0.25), (0, 4, 0.0), (5, 4, 1.25), (1, 0, None), (1, -4, None), (None, 4, None), (1, None, None)],
)
def test_a_share_of_nothing_is_not_told(conn: Connection, part: Any, whole: Any, found: float | None) -> None:
    assert said(conn, share(lit(part), lit(whole))) == found


@given(ALL)
def test_the_highest_and_the_lowest_are_of_those_told(conn: Connection, values: list[int | None]) -> None:
    told = [value for value in values if value is not None]
    terms = [lit(value) for value in values]
    assert said(conn, highest(*terms)) == (max(told) if told else None)
    assert said(conn, lowest(*terms)) == (min(told) if told else None)


@given(ALL, st.integers(1, 5))
def test_a_mean_is_of_those_told_and_needs_so_many(
    conn: Connection, values: list[int | None], least: int
) -> None:
    told = [value for value in values if value is not None]
    terms = [lit(value) for value in values]
    found = said(conn, mean(terms, least))
    assert found == (pytest.approx(sum(told) / len(told)) if len(told) >= least else None)
    assert said(conn, how_many(terms)) == len(told)


DATES = st.one_of(st.none(), st.dates().map(lambda day: day.isoformat()))


@given(st.lists(DATES, min_size=1, max_size=4))
def test_the_latest_of_dates_is_of_those_told(conn: Connection, dates: list[str | None]) -> None:
    told = [date for date in dates if date is not None]
    assert said(conn, latest(*(lit(date) for date in dates))) == (max(told) if told else None)


@given(st.lists(st.sampled_from([True, False, None]), max_size=5))
def test_what_cannot_be_told_does_not_hold(conn: Connection, told: list[bool | None]) -> None:
    conditions: list[Expr] = [lit(None if one is None else int(one)) == 1 for one in told]
    assert said(conn, count_of(conditions)) == told.count(True)
    assert [said(conn, yes(one)) for one in conditions] == [int(one is True) for one in told]


def test_nothing_is_not_told() -> None:
    with create_engine("sqlite://").connect() as conn:
        assert said(conn, nothing()) is None
        assert said(conn, text_or_null()) is None


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        (0.15, 0.34), (0.30, 0.67), (0.50, 1.0),
        # straight between the thresholds
        (0.225, 0.505), (0.40, 0.835),
        # below the first it falls to `calm` at standstill and to nothing at a doubling
        (0.075, 0.18), (0.0, 0.02), (-0.5, 0.01), (-1.0, 0.0), (-3.0, 0.0),
        # beyond the third it rises to `beyond` at full loss, and no further
        (0.75, 1.1), (1.0, 1.2), (1.7, 1.2),
    ],
)  # fmt: skip
def test_a_grade_stands_at_its_anchors_and_runs_straight_between(
    conn: Connection, value: float, grade: float
) -> None:
    graded_ = graded(literal(value, Float), (0.15, 0.30, 0.50), ANCHORS, calm=0.02, beyond=1.2)
    assert said(conn, graded_) == pytest.approx(grade)


def test_without_a_calm_nothing_is_graded_below_and_without_a_beyond_nothing_above(conn: Connection) -> None:
    def grade(value: float) -> Any:
        return said(conn, graded(literal(value, Float), (0.15, 0.30, 0.50), ANCHORS))

    assert [grade(value) for value in (-0.5, 0.0, 0.149)] == [0, 0, 0]
    assert [grade(value) for value in (0.15, 0.5, 0.9, 1.0, 2.0)] == pytest.approx([0.34, 1, 1, 1, 1])


def test_a_grade_of_what_is_not_told_is_not_told(conn: Connection) -> None:
    assert said(conn, graded(lit(None), (0.15, 0.30, 0.50), ANCHORS, calm=0.02, beyond=1.2)) is None


@given(st.floats(-2, 2), st.floats(0, 0.5))
def test_the_worse_is_never_graded_lower(conn: Connection, value: float, more: float) -> None:
    lines = (0.15, 0.30, 0.50)
    one, other = (
        graded(literal(x, Float), lines, ANCHORS, calm=0.02, beyond=1.2) for x in (value, value + more)
    )
    assert said(conn, other) >= said(conn, one) - 1e-9


def test_a_threshold_of_all_leaves_no_room_beyond(conn: Connection) -> None:
    full = graded(literal(1.0, Float), (0.5, 0.8, 1.0), ANCHORS, beyond=1.2)
    assert said(conn, full) == 1.0


@pytest.mark.parametrize(
    ("date", "days", "found"),
    [
        ("2026-10-31", 1, "2026-11-01"),
        ("2026-02-28", 1, "2026-03-01"),
        ("2028-02-28", 1, "2028-02-29"),
        (None, 3, None),
    ],
)
def test_days_later_is_a_date(conn: Connection, date: str | None, days: int, found: str | None) -> None:
    assert said(conn, later(lit(date), days)) == found


def test_what_is_seen_to_be_untold_is_null_and_only_that(conn: Connection) -> None:
    gap, one = always_null(literal(1)), literal(1)
    word = cast(null(), String)
    nothings: list[Expr] = [
        func.coalesce(gap, gap), func.nullif(gap, 1), func.substr(word, 1, 2), word + "a", word.contains("a"),
        gap.between(1, 2), day_number(word), ~(gap > 0), -gap, and_(gap > 0, gap < 1), or_(gap > 0, gap < 1),
        case((one == 1, gap)), case((gap > 0, one)), case((gap.is_not(None), one)), case((gap.is_(None), gap), else_=one),
        case((and_(gap.is_not(None), one == 1), one), else_=gap), case((or_(gap.is_(None), one == 2), gap), else_=one),
        case({1: one}, value=gap),
    ]  # fmt: skip
    assert all(map(untold, nothings))
    assert not any(value for value in conn.execute(select(*nothings)).one())
    figures: list[Expr] = [
        func.coalesce(gap, one), case((gap > 0, gap), else_=one), case((gap.is_(None), one)), or_(gap > 0, one == 1),
        case((or_(gap.is_not(None), one == 1), one)), case((and_(gap.is_(None), one == 2), gap), else_=one),
        case({1: gap}, value=gap, else_=one), gap.is_(None), ~gap.is_not(None),
    ]  # fmt: skip
    assert not any(map(untold, figures))
    assert all(conn.execute(select(*figures)).one())


def test_what_is_seen_to_be_untold_gives_what_an_unseen_null_gives(conn: Connection) -> None:
    seen, unseen = always_null(literal(1)), func.nullif(literal(1), 1)
    assert all(untold(one) for one in (seen, seen > 0, literal(2) - seen))
    assert not any(untold(one) for one in (unseen, seen.is_(None), func.coalesce(seen, 1)))
    for figure in (
        lambda gap: fall(gap, literal(5)), lambda gap: fall(literal(5), gap), lambda gap: share(gap, literal(5)),
        lambda gap: share(literal(5), gap), lambda gap: graded(gap, (0.1, 0.2, 0.3), ANCHORS, calm=0.0),
        lambda gap: highest(literal(3), gap), lambda gap: highest(gap, gap), lambda gap: lowest(gap, literal(3), literal(4)),
        lambda gap: lowest(gap, gap), lambda gap: mean([gap, literal(4)], 2), lambda gap: mean([gap, literal(4), literal(8)], 2),
        lambda gap: how_many([gap, literal(4)]),
    ):  # fmt: skip
        by_seen, by_unseen = conn.execute(select(figure(seen), figure(unseen))).one()
        assert by_seen == by_unseen
