"""Small SQL expressions that the rules are written in; NULL means "not told" and stays so. No dialect's own SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BinaryExpression,
    BooleanClauseList,
    Case,
    Cast,
    ColumnElement,
    Float,
    FunctionElement,
    Integer,
    Label,
    Null,
    String,
    UnaryExpression,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
)
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import Grouping

from db.functions import day_number as day_number
from db.functions import greatest, rounded

Expr = ColumnElement[Any]

#: Types kept as values: SQLAlchemy looks every new one over when it makes the key that a statement's SQL is kept by.
WHOLE, REAL = Integer(), Float()
#: Limits and offsets of subqueries in long statements: SQLite plans a statement anew each time that one is bound.
ONE_ROW: Expr = literal_column("1")
EVERY_ROW: Expr = literal_column(str(1 << 31))
NO_ROW: Expr = literal_column("0")
#: Below every grade and every amount: stands for "not told" while the highest is looked for.
_NOWHERE = -(10**17)
#: what gives NULL for NULL on either side, and what does for NULL on the left
_STRICT = frozenset(
    (
        operators.lt, operators.le, operators.eq, operators.ne, operators.gt, operators.ge,
        operators.add, operators.sub, operators.mul, operators.truediv, operators.concat_op,
    )
)  # fmt: skip
_STRICT_LEFT = frozenset((operators.between_op, operators.contains_op, operators.like_op))
#: functions that give NULL for NULL as their first argument
_STRICT_FUNCTIONS = frozenset(("abs", "length", "lower", "nullif", "replace", "substr", "trim", "upper"))


def always_null(like: Expr) -> Expr:
    """NULL in every row, of the type of an expression."""
    return cast(null(), like.type)


def untold(value: Expr) -> bool:
    """Whether an expression is seen to be NULL in every row, so that what follows from it need not be computed."""
    match value:
        case Null():
            return True
        case Cast():
            return untold(_expression(value.clause))
        case Grouping() | Label():
            return untold(_expression(value.element))
        case BinaryExpression():
            either = value.operator in _STRICT
            return (either or value.operator in _STRICT_LEFT) and (
                untold(value.left) or (either and untold(value.right))
            )
        case UnaryExpression():
            return value.operator in (operators.inv, operators.neg) and untold(value.element)
        case BooleanClauseList():
            return all(untold(_expression(part)) for part in value.clauses)
        case Case():
            return _no_branch(value)
        case FunctionElement():
            name, parts = getattr(value, "name", ""), list(value.clauses)
            if name == "coalesce":
                return all(map(untold, parts))
            return (name in _STRICT_FUNCTIONS or isinstance(value, day_number | rounded)) and untold(parts[0])
    return False


def _no_branch(choice: Case[Any]) -> bool:
    """Whether no branch of a CASE that can be taken tells anything."""
    for condition, result in choice.whens if choice.value is None or not untold(choice.value) else ():
        if choice.value is None and _never(condition):
            continue
        if not untold(result):
            return False
        if choice.value is None and _always(condition):
            return True
    return choice.else_ is None or untold(choice.else_)


def _never(condition: Expr) -> bool:
    """Whether a condition is seen to hold in no row."""
    match condition:
        case Grouping():
            return _never(_expression(condition.element))
        case BinaryExpression(operator=operators.is_not, right=Null()):
            return untold(condition.left)
        case BooleanClauseList():
            some = any if condition.operator is operators.and_ else all
            return some(_never(_expression(part)) for part in condition.clauses)
    return untold(condition)


def _always(condition: Expr) -> bool:
    """Whether a condition is seen to hold in every row."""
    match condition:
        case Grouping():
            return _always(_expression(condition.element))
        case BinaryExpression(operator=operators.is_, right=Null()):
            return untold(condition.left)
        case BooleanClauseList():
            some = all if condition.operator is operators.and_ else any
            return some(_always(_expression(part)) for part in condition.clauses)
    return False


def _expression(part: Any) -> Expr:
    """A part of a list as the expression that it is."""
    expression: Expr = part
    return expression


def _some(values: Sequence[Expr]) -> list[Expr]:
    return [value for value in values if not untold(value)]


def fall(now: Expr, before: Expr) -> Expr:
    """The share by which `now` lies below `before` (negative: above); 0 when there was nothing to lose. Nobody loses
    more than he had: an overdrawn account lost all of it."""
    if untold(now) or untold(before):
        return nothing()
    return case(
        (now.is_(None), None),
        (and_(before > 0, now < 0), literal(1.0)),
        (before > 0, cast(before - now, REAL) / before),
        (before.is_not(None), literal(0.0)),
    )


def share(part: Expr, whole: Expr) -> Expr:
    """part / whole; NULL when either is not told or the whole is nothing."""
    if untold(part) or untold(whole):
        return nothing()
    return case((whole > 0, cast(part, REAL) / whole))


def highest(*values: Expr) -> Expr:
    """The greatest of the values told; NULL when none is."""
    some = _some(values) or values[:1]
    if len(some) == 1:
        return some[0]
    return func.nullif(greatest(*(func.coalesce(value, _NOWHERE) for value in some)), _NOWHERE)


def lowest(*values: Expr) -> Expr:
    """The least of the values told; NULL when none is."""
    some = _some(values) or values[:1]
    return some[0] if len(some) == 1 else -highest(*(-value for value in some))


def latest(*dates: Expr) -> Expr:
    """The latest of the dates told (ISO text); NULL when none is."""
    if len(dates) == 1:
        return dates[0]
    return func.nullif(greatest(*(func.coalesce(date, "") for date in dates)), "")


def yes(condition: Expr) -> Expr:
    """1 where a condition holds, 0 where it does not or cannot be told."""
    return case((condition, 1), else_=0)


def how_many(values: Sequence[Expr]) -> Expr:
    """How many of the values are told."""
    total: Expr = literal(0)
    for value in _some(values):
        total = total + case((value.is_not(None), 1), else_=0)
    return total


def count_of(conditions: Sequence[Expr]) -> Expr:
    """How many of the conditions hold (one that cannot be told does not)."""
    total: Expr = literal(0)
    for condition in conditions:
        total = total + case((condition, 1), else_=0)
    return total


def mean(values: Sequence[Expr], least: int = 1) -> Expr:
    """The mean of the values told, when at least `least` of them are."""
    if len(_some(values)) < least:
        return nothing()
    total: Expr = literal(0.0)
    for value in _some(values):
        total = total + func.coalesce(value, 0)
    present = how_many(values)
    return case((present >= least, cast(total, REAL) / present))


def text_or_null() -> Expr:
    """A text column that is NULL in every row."""
    return cast(None, String)


def nothing() -> Expr:
    """A number that is not told."""
    return cast(None, REAL)


def no_count() -> Expr:
    """A whole number that is not reported: beside a REAL, some databases make every branch of a CASE one."""
    return cast(None, WHOLE)


def graded(
    value: Expr,
    thresholds: Sequence[float],
    anchors: Sequence[float],
    *,
    calm: float | None = None,
    beyond: float | None = None,
) -> Expr:
    """Graded severity (domain 4.3): the anchors exactly at the three thresholds, straight lines between.

    Below the first threshold it falls to `calm` at 0 and to nothing at -1, so that a rise ranks below a standstill, and is
    nothing without `calm`; above the third it rises to `beyond` at 1. NULL stays NULL.
    """
    if untold(value):
        return nothing()
    a, b, c = thresholds
    first, second, third = anchors
    top = third if beyond is None or c >= 1 else beyond
    rest = max(1 - c, 1e-9)
    return case(
        (value.is_(None), None),
        (value >= 1, literal(top)),
        (value >= c, third + (top - third) * (value - c) / rest),
        (value >= b, second + (third - second) * (value - b) / (c - b)),
        (value >= a, first + (second - first) * (value - a) / (b - a)),
        (value > 0, literal(0.0) if calm is None else calm + (first - calm) * value / a),
        (value > -1, calm * (1 + value) if calm else literal(0.0)),
        else_=literal(0.0),
    )
