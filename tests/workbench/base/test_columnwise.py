"""Expressions over columns in memory are what SQLite makes of them, NULL and texts included."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    case,
    cast,
    column,
    create_engine,
    func,
    insert,
    literal,
    null,
    or_,
    select,
)

from db.functions import day_number, greatest, holds, least, middle, rounded
from tests.laws import law
from workbench.base.columns import NOTHING, ColumnValues, TextPlaces, Unclear
from workbench.base.columnwise import Columnwise
from workbench.base.expressions import fall, graded, highest, latest, lowest, mean, share

ROWS = Table(
    "rows", MetaData(), Column("id", Integer, primary_key=True),
    *(Column(name, Integer) for name in ("a", "b")), *(Column(name, Float) for name in ("x", "y")),
    *(Column(name, String) for name in ("s", "t")), Column("d", String),
)  # fmt: skip
#: named without their table, as the figures of a check name the columns that they are over
c = SimpleNamespace(**{one.name: column(one.name, one.type) for one in ROWS.columns})
DATES = ("2026-02-28", "2024-02-29", "2026-10-31", "1999-12-01")
VALUES = {
    "a": st.none() | st.integers(-5, 5), "b": st.none() | st.integers(-(10**12), 10**12),
    "x": st.none() | st.sampled_from((-1.5, 0.0, 0.1, 0.5, 2.5, 1e9)), "y": st.none() | st.floats(-9, 9),
    "s": st.none() | st.sampled_from(("", "a", "b王", "王", "z")), "t": st.none() | st.sampled_from(("a", "王", "z~")),
    "d": st.none() | st.sampled_from(DATES),
}  # fmt: skip
TABLES = st.lists(st.fixed_dictionaries(VALUES), min_size=1, max_size=12)


def extended_number(part: Any) -> Any:
    """Numbers made of numbers."""
    pairs = st.tuples(part, part)
    return st.one_of(
        pairs.map(lambda two: two[0] + two[1]),
        pairs.map(lambda two: two[0] - two[1]),
        pairs.map(lambda two: two[0] * cast(two[1], Float)),
        pairs.map(lambda two: two[0] / two[1]),
        pairs.map(lambda two: case((two[0] > two[1], two[0]), else_=two[1])),
        pairs.map(lambda two: func.coalesce(*two)),
        pairs.map(lambda two: func.nullif(*two)),
        pairs.map(lambda two: greatest(*two)),
        pairs.map(lambda two: least(*two)),
        pairs.map(lambda two: highest(*two)),
        pairs.map(lambda two: lowest(*two)),
        pairs.map(lambda two: fall(*two)),
        pairs.map(lambda two: share(*two)),
        pairs.map(lambda two: mean(two, 1)),
        pairs.map(lambda two: middle(*two, c.x)),
        part.map(lambda one: graded(one, (0.1, 0.3, 0.6), (0.3, 0.6, 0.9), calm=0.1, beyond=1.0)),
        part.map(func.abs),
        part.map(lambda one: -one),
        part.map(lambda one: cast(one, Float)),
    )


NUMBERS = st.recursive(
    st.sampled_from(
        [c.a, c.b, c.x, c.y, literal(0), literal(2), literal(0.5), day_number(c.d), cast(null(), Float)]
    ),
    extended_number,
    max_leaves=6,
)
TEXTS: Sequence[ColumnElement[Any]] = (
    c.s, c.t, func.coalesce(c.s, c.t), func.coalesce(c.t, ""), case((c.a > 0, c.s), else_="王"), latest(c.s, c.t),
    func.substr(c.d, 1, 7), func.nullif(c.s, "a"), literal("a"), cast(null(), String),
)  # fmt: skip


def extended_truth(part: Any) -> Any:
    """Conditions made of conditions."""
    return st.one_of(
        st.lists(part, min_size=2, max_size=3).map(lambda some: and_(*some)),
        st.lists(part, min_size=2, max_size=3).map(lambda some: or_(*some)),
        part.map(lambda one: ~one),
        part.map(lambda one: func.coalesce(one, False)),
        part.map(lambda one: case((one, 1), else_=0) == 1),
    )


NUMBER_PAIRS, TEXT_PAIRS = (
    st.tuples(NUMBERS, NUMBERS),
    st.tuples(st.sampled_from(TEXTS), st.sampled_from(TEXTS)),
)
COMPARISONS: Sequence[Any] = (
    lambda two: two[0] < two[1], lambda two: two[0] >= two[1], lambda two: two[0] == two[1], lambda two: two[0] != two[1],
    lambda two: two[0].is_(None), lambda two: two[0].is_not(None),
)  # fmt: skip
TRUTHS = st.recursive(
    st.one_of(
        st.tuples(st.sampled_from(COMPARISONS), NUMBER_PAIRS | TEXT_PAIRS).map(lambda one: one[0](one[1])),
        NUMBER_PAIRS.map(lambda two: two[0].between(two[1], 3)),
        NUMBER_PAIRS.map(lambda two: ~two[0].between(two[1], 3)),
        st.sampled_from(
            [
                c.s.in_(("a", "王")),
                c.s.not_in(("z",)),
                c.a.in_((1, 2)),
                holds(c.s, "王"),
                c.d.between("2025-01-01", "2026-06-01"),
            ]
        ),
    ),
    extended_truth,
    max_leaves=4,
)
EXPRESSIONS = st.one_of(
    NUMBERS, TRUTHS, st.sampled_from(TEXTS), NUMBERS.map(lambda one: rounded(func.coalesce(one, 0) * 0.5)),
    st.tuples(TRUTHS, NUMBERS, NUMBERS).map(lambda of: case((of[0], of[1]), (of[2] > 1, 7), else_=None)),
    st.tuples(NUMBERS, NUMBERS).map(lambda of: case({0: of[1], 2: literal(9)}, value=of[0], else_=of[0])),
)  # fmt: skip


def column_of(rows: Sequence[dict[str, Any]], name: str) -> ColumnValues:
    """A column as it lies in memory."""
    some = [row[name] for row in rows]
    if all(one is None for one in some):
        return NOTHING
    known = None if None not in some else np.array([one is not None for one in some])
    if any(isinstance(one, str) for one in some):
        words = TextPlaces()
        return ColumnValues(
            words.places(["" if one is None else one for one in some], len(some)), known, words
        )
    kind = np.float64 if name in ("x", "y") else np.int64
    return ColumnValues(np.array([one or 0 for one in some], dtype=kind), known)


def plain(values: ColumnValues, number: int) -> list[Any]:
    """The values as a database answers them."""
    data = np.broadcast_to(values.data, number).tolist()
    known = np.broadcast_to(True if values.known is None else values.known, number).tolist()
    words = None if values.words is None else values.words.texts
    told = [
        one if words is None else words[one] if here else "" for one, here in zip(data, known, strict=True)
    ]
    return [one if here else None for one, here in zip(told, known, strict=True)]


ENGINE = create_engine("sqlite://")


def of_sqlite(rows: Sequence[dict[str, Any]], expression: ColumnElement[Any]) -> list[Any]:
    with ENGINE.connect() as conn:
        ROWS.create(conn, checkfirst=True)
        conn.execute(ROWS.delete())
        conn.execute(insert(ROWS), rows)
        answer = list(
            conn.execute(select(expression.label("it")).select_from(ROWS).order_by(ROWS.c.id)).scalars()
        )
        conn.rollback()
    return answer


@law(examples=2_000, few=150)
@given(TABLES, EXPRESSIONS)
def test_an_expression_over_columns_is_what_sqlite_makes_of_it(
    rows: list[dict[str, Any]], expression: ColumnElement[Any]
) -> None:
    with np.errstate(all="ignore"):
        told = Columnwise(lambda one: column_of(rows, one.name)).of(expression)
    wanted = of_sqlite(rows, expression)
    assert plain(told, len(rows)) == wanted


@pytest.mark.parametrize(
    "expression",
    [
        c.s.like("a%"),
        c.s + c.t,
        func.upper(c.s),
        c.a % 2,
        select(ROWS.c.a).scalar_subquery(),
        c.s == 1,
        day_number(c.s),
    ],
)
def test_what_is_not_known_here_is_left_to_the_database(expression: ColumnElement[Any]) -> None:
    rows = [{"a": 1, "b": 1, "x": 1.0, "y": 1.0, "s": "a", "t": "b", "d": "2026-01-01"}]
    with pytest.raises(Unclear):
        Columnwise(lambda one: column_of(rows, one.name)).of(expression)


def test_a_truth_is_cast_to_a_number() -> None:
    rows = [{"a": 1, "b": 1, "x": 1.0, "y": 1.0, "s": "a", "t": "b", "d": "2026-01-01"}]
    told = Columnwise(lambda one: column_of(rows, one.name)).of(
        cast(literal(True, Boolean), Integer) + (c.a == 1)
    )
    assert plain(told, 1) == [2]
