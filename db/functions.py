"""Functions that databases spell differently: the one place that knows how."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Float,
    Integer,
    String,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement, GenericFunction

_WHOLE = Integer()
_T = TypeVar("_T")


class greatest(GenericFunction[Any]):  # noqa: N801  (written as the function it is)
    """The greatest of several values of a row; what it says of NULL differs, so give it none."""

    inherit_cache = True
    name = "greatest"


class least(GenericFunction[Any]):  # noqa: N801
    """The least of several values of a row; give it no NULL."""

    inherit_cache = True
    name = "least"


class day_number(FunctionElement[int]):  # noqa: N801
    """Days since the year 0 of an ISO date, so that dates can be subtracted on any database; NULL of NULL."""

    inherit_cache = True
    type = Integer()

    def __init__(self, date: ColumnElement[str]) -> None:
        super().__init__(date)


class _OfText(FunctionElement[_T]):
    """A function of a text column and a word."""

    inherit_cache = True

    def __init__(self, text: ColumnElement[str] | ColumnElement[str | None], word: str) -> None:
        super().__init__(text, literal(word, String))

    def parts(self, compiler: SQLCompiler, kw: Mapping[str, object]) -> tuple[str, str]:
        """Both as SQL."""
        text, word = (compiler.process(part, **kw) for part in self.clauses)
        return text, word


class holds(_OfText[bool]):  # noqa: N801
    """Whether a text holds a word, letter for letter."""

    inherit_cache = True
    type = Boolean()


class member(_OfText[int]):  # noqa: N801
    """A whole number in a text column of JSON, by its name; NULL when it is not there."""

    inherit_cache = True
    type = Integer()


class text_member(_OfText[str]):  # noqa: N801
    """A text in a text column of JSON, by its name, whatever signs that has; NULL when it is not there."""

    inherit_cache = True
    type = String()


class number_in(FunctionElement[float]):  # noqa: N801
    """The number that a text is, written plainly ('-12.50'); NULL of a text that is none, or not wholly one."""

    inherit_cache = True
    type = Float()

    def __init__(self, text: ColumnElement[Any]) -> None:
        super().__init__(text)


class date_in(FunctionElement[str]):  # noqa: N801
    """The ISO date that a text is; NULL of any other text."""

    inherit_cache = True
    type = String()

    def __init__(self, text: ColumnElement[Any]) -> None:
        super().__init__(text)


class rounded(FunctionElement[int]):  # noqa: N801
    """The whole number nearest to a number, a half away from zero; NULL of NULL."""

    inherit_cache = True
    type = Integer()

    def __init__(self, value: ColumnElement[Any]) -> None:
        super().__init__(value)


class middle(FunctionElement[float]):  # noqa: N801
    """The median of several numbers of a row, without those not told."""

    inherit_cache = True
    type = Float()


class later(FunctionElement[Any]):  # noqa: N801
    """The ISO date so many days after an ISO date; NULL of NULL."""

    inherit_cache = True
    type = String()

    def __init__(self, date: ColumnElement[Any], days: int) -> None:
        super().__init__(date, literal(days, Integer))


@compiles(rounded)
def _rounded(element: rounded, compiler: SQLCompiler, **kw: object) -> str:
    """Written out: a server's own `round` takes a half of a float to the even neighbour."""
    value = f"CAST({compiler.process(element.clauses, **kw)} AS DOUBLE PRECISION)"
    return f"CAST(trunc({value} + 0.5 * sign({value})) AS BIGINT)"


@compiles(rounded, "sqlite")
def _rounded_by_round(element: rounded, compiler: SQLCompiler, **kw: object) -> str:
    return f"CAST(round({compiler.process(element.clauses, **kw)}) AS INTEGER)"


@compiles(middle)
def _middle(element: middle, compiler: SQLCompiler, **kw: object) -> str:
    every = union_all(*[select(cast(value, Float).label("v")) for value in element.clauses]).subquery(
        "each_value"
    )
    placed = (
        select(
            every.c.v,
            func.row_number().over(order_by=every.c.v).label("place"),
            func.count().over().label("number"),
        )
        .where(every.c.v.is_not(None))
        .subquery("placed_values")
    )
    p = placed.c
    median = select(func.avg(p.v)).where(p.place * 2 >= p.number, p.place * 2 <= p.number + 2)
    return str(compiler.process(median.scalar_subquery(), **kw))


@compiles(later)
def _later(element: later, compiler: Any, **kw: Any) -> str:
    date, days = (compiler.process(part, **kw) for part in element.clauses)
    return f"to_char(cast({date} AS date) + CAST({days} AS INT), 'YYYY-MM-DD')"


@compiles(later, "sqlite")
def _later_by_modifier(element: later, compiler: Any, **kw: Any) -> str:
    date, days = (compiler.process(part, **kw) for part in element.clauses)
    return f"date({date}, {days} || ' days')"


@compiles(holds)
def _holds(element: holds, compiler: SQLCompiler, **kw: object) -> str:
    text, word = element.parts(compiler, kw)
    return f"(position({word} in {text}) > 0)"


@compiles(holds, "sqlite")
def _holds_by_instr(element: holds, compiler: SQLCompiler, **kw: object) -> str:
    return "(instr({}, {}) > 0)".format(*element.parts(compiler, kw))


@compiles(member)
def _member(element: member, compiler: SQLCompiler, **kw: object) -> str:
    return "cast(cast({} AS json) ->> {} AS bigint)".format(*element.parts(compiler, kw))


@compiles(member, "sqlite")
def _member_of_text(element: member, compiler: SQLCompiler, **kw: object) -> str:
    return "({} ->> {})".format(*element.parts(compiler, kw))


@compiles(text_member)
def _text_member(element: text_member, compiler: SQLCompiler, **kw: object) -> str:
    return "(cast({} AS json) ->> {})".format(*element.parts(compiler, kw))


@compiles(text_member, "sqlite")
def _text_member_by_path(element: text_member, compiler: SQLCompiler, **kw: object) -> str:
    """Not `->>`, which takes a name of digits for a place; and no cast to JSON, which makes a number of a text."""
    return "CAST(json_extract({}, '$.\"' || {} || '\"') AS TEXT)".format(*element.parts(compiler, kw))


@compiles(number_in)
def _number_in(element: number_in, compiler: SQLCompiler, **kw: object) -> str:
    text = compiler.process(element.clauses, **kw)
    plain = rf"{text} ~ '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)$'"
    return f"(CASE WHEN {plain} THEN CAST({text} AS DOUBLE PRECISION) END)"


@compiles(number_in, "sqlite")
def _number_in_by_glob(element: number_in, compiler: SQLCompiler, **kw: object) -> str:
    text = compiler.process(element.clauses, **kw)
    plain = f"{text} GLOB '*[0-9]*'" + "".join(
        f" AND {text} NOT GLOB '{other}'" for other in ("*[^0-9.+-]*", "?*[+-]*", "*.*.*")
    )
    return f"(CASE WHEN {plain} THEN CAST({text} AS REAL) END)"


@compiles(date_in)
def _date_in(element: date_in, compiler: SQLCompiler, **kw: object) -> str:
    text = compiler.process(element.clauses, **kw)
    return f"(CASE WHEN {text} ~ '^[0-9]{{4}}-[01][0-9]-[0-3][0-9]$' THEN {text} END)"


@compiles(date_in, "sqlite")
def _date_in_by_glob(element: date_in, compiler: SQLCompiler, **kw: object) -> str:
    text = compiler.process(element.clauses, **kw)
    return f"(CASE WHEN {text} GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' THEN {text} END)"


@compiles(day_number)
def _day_number(element: day_number, compiler: SQLCompiler, **kw: object) -> str:
    (date,) = element.clauses
    year, month, day = (
        cast(func.substr(date, at, length), _WHOLE) for at, length in ((1, 4), (6, 2), (9, 2))
    )
    # the year begins in March, so that the leap day is its last
    since = case((month > 2, year), else_=year - 1)
    place = case((month > 2, month - 3), else_=month + 9)
    leap = since // 4 - since // 100 + since // 400
    return str(compiler.process((since * 365 + leap + (place * 153 + 2) // 5 + day).self_group(), **kw))


@compiles(day_number, "sqlite")
def _day_number_by_julian(element: day_number, compiler: SQLCompiler, **kw: object) -> str:
    """By SQLite's Julian days: 1721118.5 is the midnight before 0000-03-01 less one day, which is number 0."""
    return f"CAST(julianday({compiler.process(element.clauses, **kw)}) - 1721118.5 AS INTEGER)"


@compiles(greatest, "sqlite")
def _greatest(element: greatest, compiler: SQLCompiler, **kw: object) -> str:
    return f"max({compiler.process(element.clauses, **kw)})"


@compiles(least, "sqlite")
def _least(element: least, compiler: SQLCompiler, **kw: object) -> str:
    return f"min({compiler.process(element.clauses, **kw)})"
