"""One statement has one meaning on both stores: orders with NULL, sums, means, quotients, roundings, casts, dates."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    cast,
    func,
    insert,
    literal,
    select,
)

from db.functions import (
    date_in,
    day_number,
    greatest,
    holds,
    later,
    least,
    member,
    number_in,
    rounded,
    text_member,
)
from tests.stores import STORES, connection_on

FACTS = Table(
    "facts",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("whole", Integer),
    Column("part", Float),
    Column("word", Text),
)
ROWS = (
    (1, 7, 0.5, "乙"), (2, None, None, None), (3, -7, -0.5, "Z"), (4, 2, 2.5, "a"), (5, 5_000_000_000, 1e-3, "甲"),
)  # fmt: skip


@pytest.fixture(scope="module", params=STORES)
def conn(request: pytest.FixtureRequest) -> Iterator[Connection]:
    with connection_on(request.param) as connected:
        FACTS.create(connected)
        names = [column.name for column in FACTS.columns]
        connected.execute(insert(FACTS), [dict(zip(names, row, strict=True)) for row in ROWS])
        yield connected


def value(conn: Connection, expression: ColumnElement[Any]) -> Any:
    found = conn.execute(select(expression.label("value"))).scalar_one()
    return type(found), found


def ids(conn: Connection, *order: ColumnElement[Any]) -> list[int]:
    return list(conn.execute(select(FACTS.c.id).order_by(*order)).scalars())


def test_nothing_told_is_less_than_everything_told(conn: Connection) -> None:
    assert ids(conn, FACTS.c.whole) == [2, 3, 4, 1, 5]
    assert ids(conn, FACTS.c.whole.desc()) == [5, 1, 4, 3, 2]
    assert ids(conn, FACTS.c.whole.desc().nulls_first()) == [2, 5, 1, 4, 3]
    assert ids(conn, FACTS.c.whole.nulls_last()) == [3, 4, 1, 5, 2]
    place = func.row_number().over(order_by=FACTS.c.part.desc())
    assert dict(conn.execute(select(FACTS.c.id, place)).all())[2] == 5
    beside = FACTS.alias("beside")
    asked = select(beside.c.id).select_from(beside.outerjoin(FACTS, FACTS.c.id == beside.c.whole))
    # nobody has the ids 7, -7 and 5_000_000_000
    assert list(conn.execute(asked.order_by(FACTS.c.id, beside.c.id)).scalars()) == [1, 2, 3, 5, 4]


def test_texts_are_ordered_by_their_code_points(conn: Connection) -> None:
    assert ids(conn, FACTS.c.word) == [2, 3, 4, 1, 5]
    assert conn.execute(select(func.max(FACTS.c.word))).scalar() == "甲"


def test_sums_of_whole_numbers_are_whole_and_means_are_not(conn: Connection) -> None:
    row = conn.execute(select(func.sum(FACTS.c.whole), func.avg(FACTS.c.whole), func.sum(FACTS.c.part))).one()
    assert row == (5_000_000_002, 1_250_000_000.5, pytest.approx(2.501))
    assert [type(one) for one in row] == [int, float, float]
    running = func.sum(FACTS.c.whole).over(partition_by=FACTS.c.word)
    assert {type(one) for one in conn.execute(select(running)).scalars()} == {int, type(None)}
    assert value(conn, select(func.sum(FACTS.c.whole) // 4).scalar_subquery()) == (int, 1_250_000_000)


def test_a_quotient_of_whole_numbers_is_no_whole_number(conn: Connection) -> None:
    assert value(conn, literal(7) / literal(2))[1] == 3.5
    assert value(conn, cast(literal(7), Float) / literal(2)) == (float, 3.5)
    assert value(conn, literal(7) // literal(2)) == (int, 3)


@pytest.mark.parametrize(
    ("number", "nearest"),
    [(0.5, 1), (1.5, 2), (2.5, 3), (-0.5, -1), (-2.5, -3), (2.4999, 2), (0.0, 0), (1e12 + 0.5, 10**12 + 1)],
)
def test_a_half_is_rounded_away_from_zero(conn: Connection, number: float, nearest: int) -> None:
    assert value(conn, rounded(literal(number))) == (int, nearest)


def test_a_cast_cuts_and_reads_the_number_that_a_text_begins_with(conn: Connection) -> None:
    assert value(conn, cast(literal(2.9), Integer)) == (int, 2)
    assert value(conn, cast(literal(-2.9), Integer)) == (int, -2)
    assert value(conn, cast(literal("08月"), Integer)) == (int, 8)
    assert value(conn, cast(literal("无"), Integer)) == (int, 0)
    assert value(conn, cast(literal("12.5万"), Float)) == (float, 12.5)
    assert value(conn, cast(literal("-1e2"), Float)) == (float, -100.0)
    assert value(conn, cast(literal("无"), Float)) == (float, 0.0)
    assert value(conn, cast(cast(None, Text), Float)) == (type(None), None)
    assert value(conn, cast(cast(None, Text), Integer)) == (type(None), None)
    assert value(conn, cast(literal(3) > 2, Integer)) == (int, 1)


def test_numbers_of_more_than_32_bits_are_no_exception(conn: Connection) -> None:
    assert value(conn, func.coalesce(cast(None, Integer), -(10**17))) == (int, -(10**17))
    assert value(conn, literal(3_000_000_000) + literal(1)) == (int, 3_000_000_001)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.5", 12.5), ("-3", -3.0), ("+7", 7.0), (".5", 0.5), ("0", 0.0), ("3.", 3.0),
        ("12万", None), ("无", None), ("", None), ("-", None), (".", None), ("1.2.3", None), ("1-2", None), ("1e5", None),
        (None, None),
    ],
)  # fmt: skip
def test_only_a_text_that_is_wholly_a_number_is_one(
    conn: Connection, text: str | None, number: float | None
) -> None:
    assert value(conn, number_in(literal(text, String))) == (type(number), number)


@pytest.mark.parametrize("text", ["2026-02-28", "下月初", "2026-2-8", "2026-02-28 10:00", "", None])
def test_only_a_text_that_is_a_date_is_one(conn: Connection, text: str | None) -> None:
    date = text if text == "2026-02-28" else None
    assert value(conn, date_in(literal(text, String))) == (type(date), date)


def test_parts_of_texts_and_days(conn: Connection) -> None:
    day = literal("2026-02-28")
    assert value(conn, func.substr(day, 6, 2, type_=String)) == (str, "02")
    assert value(conn, later(day, 1)) == (str, "2026-03-01")
    assert value(conn, day_number(literal("2028-03-01")) - day_number(literal("2028-02-28"))) == (int, 2)
    assert value(conn, day_number(cast(None, String))) == (type(None), None)
    assert value(conn, cast(holds(literal("百分之5%"), "%"), Boolean))[1] in (True, 1)
    assert value(conn, member(literal('{"a": 5000000000}'), "a")) == (int, 5_000_000_000)
    for name in ("规模", "a.b", "2024", "x y"):
        told = literal(json.dumps({name: "12", "其他": "3"}, ensure_ascii=False))
        assert value(conn, text_member(told, name)) == (str, "12")
        assert value(conn, text_member(told, "没有")) == (type(None), None)
    assert value(conn, greatest(literal(3), literal(9))) == (int, 9)
    assert value(conn, least(literal("乙"), literal("Z"))) == (str, "Z")
