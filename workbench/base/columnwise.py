"""Scalar expressions of SQLAlchemy over whole columns in memory, as SQLite computes them: the rules are declared once, and
months whose rows are in memory anyway need no statement."""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from sqlalchemy import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    Case,
    Cast,
    ColumnClause,
    False_,
    FunctionElement,
    Label,
    Null,
    True_,
    UnaryExpression,
    types,
)
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import ExpressionClauseList, Grouping

from db.functions import day_number, holds, middle, rounded
from workbench.base.columns import NOTHING, ColumnValues, Unclear, both_known, constant, unified, words_of

_COMPARED: dict[Any, Any] = {
    operators.lt: np.less, operators.le: np.less_equal, operators.gt: np.greater,
    operators.ge: np.greater_equal, operators.eq: np.equal, operators.ne: np.not_equal,
}  # fmt: skip
_COMPUTED: dict[Any, Any] = {operators.add: np.add, operators.sub: np.subtract, operators.mul: np.multiply}


class Columnwise:
    """Computes expressions over columns that `look_up` gives by the column of the expression."""

    def __init__(self, look_up: Callable[[ColumnClause[Any]], ColumnValues]) -> None:
        self._look_up = look_up

    def of(self, one: Any) -> ColumnValues:
        """The values of an expression. Raises Unclear for one whose SQL means what is not known here."""
        match one:
            case Label() | Grouping():
                return self.of(one.element)
            case BindParameter():
                return constant(one.effective_value)
            case Null():
                return NOTHING
            case True_() | False_():
                return constant(int(isinstance(one, True_)))
            case ColumnClause() if not one.is_literal:
                return self._look_up(one)
            case Case():
                return self._case(one)
            case BooleanClauseList():
                return _joined([self.of(part) for part in one.clauses], one.operator is operators.and_)
            case ExpressionClauseList():
                return reduce(lambda a, b: _binary(one.operator, a, b), map(self.of, one.clauses))
            case Cast():
                return _cast(self.of(one.clause), one.type)
            case UnaryExpression():
                return _unary(one.operator, self.of(one.element))
            case BinaryExpression():
                return self._binary(one)
            case FunctionElement():
                return _function(one, [self.of(part) for part in one.clauses])
        raise Unclear(type(one).__name__)

    def _binary(self, one: BinaryExpression[Any]) -> ColumnValues:
        left = self.of(one.left)
        if one.operator in (operators.is_, operators.is_not) and isinstance(one.right, Null):
            known = np.ones((), np.bool_) if left.known is None else left.known
            return ColumnValues(known if one.operator is operators.is_not else ~known)
        if one.operator in (operators.between_op, operators.not_between_op):
            low, high = (self.of(part) for part in _parts(one.right))
            within = _joined([_binary(operators.ge, left, low), _binary(operators.le, left, high)], True)
            return within if one.operator is operators.between_op else _unary(operators.inv, within)
        if one.operator in (operators.in_op, operators.not_in_op):
            return self._among(left, one.right, one.operator is operators.in_op)
        return _binary(one.operator, left, self.of(one.right))

    def _among(self, left: ColumnValues, right: Any, there: bool) -> ColumnValues:
        right = right.element if isinstance(right, Grouping) else right
        if isinstance(right, BindParameter):
            values: list[Any] = list(right.effective_value or ())
        else:
            values = [part.effective_value if isinstance(part, BindParameter) else None for part in right]
        if not values or None in values:
            raise Unclear("in")
        if left.words is None:
            if any(isinstance(one, str) for one in values) and left is not NOTHING:
                raise Unclear("in")
            among = np.isin(left.data, values) if left is not NOTHING else left.data
        else:
            some = frozenset(values)
            among = left.words.mapped(("in", some), lambda word: word in some, np.bool_)[left.data]
        return ColumnValues(among if there else ~among, left.known)

    def _case(self, one: Case[Any]) -> ColumnValues:
        value = None if one.value is None else self.of(one.value)
        chosen = NOTHING if one.else_ is None else self.of(one.else_)
        for condition, result in reversed(one.whens):
            answer = self.of(condition)
            holding = _holding(answer if value is None else _binary(operators.eq, value, answer))
            if holding.ndim:
                chosen = _chosen(holding, self.of(result), chosen)
            elif holding:
                chosen = self.of(result)
        return chosen


def _parts(one: Any) -> list[Any]:
    inner: Any = one.element if isinstance(one, Grouping) else one
    return list(inner.clauses)


def _holding(condition: ColumnValues) -> Any:
    """Where a condition holds, that it cannot be told being no."""
    if condition.words is not None:
        raise Unclear("text as a condition")
    data = condition.data if condition.data.dtype == np.bool_ else condition.data != 0
    return data if condition.known is None else data & condition.known


def _chosen(holding: Any, one: ColumnValues, other: ColumnValues) -> ColumnValues:
    if one is NOTHING and other is NOTHING:
        return NOTHING
    one, other = unified(one, other)
    data = np.where(holding, one.data, other.data)
    if one.known is None and other.known is None:
        return ColumnValues(data, None, one.words)
    yes, no = (np.True_ if part.known is None else part.known for part in (one, other))
    return ColumnValues(data, np.where(holding, yes, no), one.words)


def _joined(parts: Sequence[ColumnValues], every: bool) -> ColumnValues:
    """AND or OR with three values."""
    truths = [one.data if one.data.dtype == np.bool_ else one.data != 0 for one in parts]
    if any(one.words is not None for one in parts):
        raise Unclear("text as a condition")
    if all(one.known is None for one in parts):
        return ColumnValues(reduce(np.logical_and if every else np.logical_or, truths))
    deciding = [
        (~truth if every else truth) if one.known is None else ((~truth if every else truth) & one.known)
        for truth, one in zip(truths, parts, strict=True)
    ]
    decided = reduce(np.logical_or, deciding)
    known = reduce(np.logical_and, (np.True_ if one.known is None else one.known for one in parts)) | decided
    return ColumnValues(~decided if every else decided, known)


def _number(one: ColumnValues) -> Any:
    if one.words is not None:
        raise Unclear("text as a number")
    return one.data.astype(np.int64) if one.data.dtype == np.bool_ else one.data


def _binary(operator: Any, left: ColumnValues, right: ColumnValues) -> ColumnValues:
    if left is NOTHING or right is NOTHING:
        if operator in _COMPARED or operator in _COMPUTED or operator is operators.truediv:
            return NOTHING
        raise Unclear(getattr(operator, "__name__", "operator"))
    known = both_known(left, right)
    if operator in _COMPARED:
        if left.words is not None or right.words is not None:
            return ColumnValues(_compared_texts(operator, left, right), known)
        return ColumnValues(_COMPARED[operator](left.data, right.data), known)
    if operator in _COMPUTED:
        return ColumnValues(_COMPUTED[operator](_number(left), _number(right)), known)
    if operator is operators.truediv:
        whole = _number(right)
        some = whole != 0
        divided = np.asarray(_number(left) / np.where(some, whole, 1))
        return ColumnValues(divided, known if some.all() else (some if known is None else known & some))
    raise Unclear(getattr(operator, "__name__", "operator"))


def _compared_texts(operator: Any, left: ColumnValues, right: ColumnValues) -> Any:
    if left.words is None or right.words is None:
        raise Unclear("text beside a number")
    if not right.data.ndim and left.data.ndim:
        word = right.words.texts[int(right.data)]
        compared = _COMPARED[operator]
        name = compared.__name__
        plain: Any = operator
        return left.words.mapped((name, word), lambda one: plain(one, word), np.bool_)[left.data]
    left, right = unified(left, right)
    if operator in (operators.eq, operators.ne):
        return _COMPARED[operator](left.data, right.data)
    ranks = words_of(left).ranks()
    return _COMPARED[operator](ranks[left.data], ranks[right.data])


def _unary(operator: Any, one: ColumnValues) -> ColumnValues:
    if one is NOTHING:
        return NOTHING
    if one.words is not None:
        raise Unclear("text as a number")
    if operator is operators.neg:
        return ColumnValues(-_number(one), one.known)
    if operator in (operators.inv, operators.is_false):
        data = _number(one) if operator is operators.is_false else one.data
        return ColumnValues(~data if data.dtype == np.bool_ else data == 0, one.known)
    if operator is operators.is_true:
        return ColumnValues(_number(one) == 1, one.known)
    raise Unclear(getattr(operator, "__name__", "operator"))


def _cast(one: ColumnValues, kind: Any) -> ColumnValues:
    if one is NOTHING:
        return NOTHING
    wanted = kind._type_affinity
    if wanted is types.String and one.words is not None:
        return one
    if wanted is types.Integer and one.words is not None:
        return ColumnValues(one.words.mapped("whole", _whole, np.int64)[one.data], one.known)
    if wanted is types.Integer:
        return ColumnValues(_number(one).astype(np.int64), one.known)
    if wanted in (types.Float, types.Numeric):
        return ColumnValues(_number(one).astype(np.float64), one.known)
    raise Unclear("cast")


def _whole(word: str) -> int:
    """The whole number that a text begins with, else 0."""
    word = word.lstrip(" \t\n\v\f\r")
    end = 1 if word[:1] in ("+", "-") else 0
    while word[end : end + 1].isascii() and word[end : end + 1].isdigit():
        end += 1
    return int(word[:end]) if word[:end].strip("+-") else 0


def _function(one: Any, parts: list[ColumnValues]) -> ColumnValues:
    name = getattr(one, "name", "")
    match one:
        case day_number():
            return _of_words(parts[0], "day", _day, np.int64)
        case holds():
            word = _word(parts[1])
            return _of_words(parts[0], ("holds", word), lambda text: word in text, np.bool_)
        case rounded():
            if parts[0] is NOTHING:
                return NOTHING
            value = _number(parts[0]).astype(np.float64)
            near = np.trunc(value + np.where(value < 0, -0.5, 0.5))
            return ColumnValues(
                np.where(np.abs(value) > 2.0**52, value, near).astype(np.int64), parts[0].known
            )
        case middle():
            return _middle(parts)
    if name == "coalesce":
        return reduce(lambda later, one: _first_known(one, later), reversed(parts[:-1]), parts[-1])
    if name == "nullif":
        same = _binary(operators.eq, *parts)
        if same is NOTHING:
            return parts[0]
        other = ~_holding(same)
        return ColumnValues(
            parts[0].data, other if parts[0].known is None else parts[0].known & other, parts[0].words
        )
    if name == "abs":
        return NOTHING if parts[0] is NOTHING else ColumnValues(np.abs(_number(parts[0])), parts[0].known)
    if name in ("greatest", "least"):
        return reduce(lambda a, b: _extreme(name == "greatest", a, b), parts)
    if name == "substr":
        places = [int(part.data) for part in parts[1:] if part.words is None and not part.data.ndim]
        if len(places) != len(parts) - 1 or places[0] < 1 or min(places) < 0:
            raise Unclear("substr")
        return _part_of(parts[0], places[0] - 1, places[0] - 1 + places[1] if places[1:] else None)
    raise Unclear(name or type(one).__name__)


def _first_known(one: ColumnValues, other: ColumnValues) -> ColumnValues:
    if one is NOTHING or one.known is None:
        return other if one is NOTHING else one
    return one if other is NOTHING else _chosen(one.known, one, other)


def _extreme(highest: bool, one: ColumnValues, other: ColumnValues) -> ColumnValues:
    if one is NOTHING or other is NOTHING:
        return NOTHING
    known = both_known(one, other)
    if one.words is None and other.words is None:
        return ColumnValues((np.maximum if highest else np.minimum)(_number(one), _number(other)), known)
    if one.words is None or other.words is None:
        raise Unclear("text beside a number")
    one, other = unified(one, other)
    ranks = words_of(one).ranks()
    ahead = ranks[one.data] >= ranks[other.data]
    return ColumnValues(np.where(ahead == highest, one.data, other.data), known, one.words)


def _word(one: ColumnValues) -> str:
    if one.words is None or one.data.ndim:
        raise Unclear("a word of each row")
    return one.words.texts[int(one.data)]


def _of_words(one: ColumnValues, key: Any, answer: Callable[[str], Any], kind: Any) -> ColumnValues:
    if one is NOTHING:
        return NOTHING
    data = words_of(one).mapped(key, answer, kind)[one.data]
    if kind is np.int64 and ((data == _NO_DAY) if one.known is None else (data == _NO_DAY) & one.known).any():
        raise Unclear("what is no day")
    return ColumnValues(data, one.known)


def _part_of(one: ColumnValues, start: int, end: int | None) -> ColumnValues:
    if one is NOTHING:
        return NOTHING
    parts = words_of(one).parts(start, end)
    codes = words_of(one).mapped(("part", start, end), lambda text: parts.place(text[start:end]), np.int64)
    return ColumnValues(codes[one.data], one.known, parts)


#: stands for a text that is no ISO date
_NO_DAY = -(2**62)
_MONTH_DAYS = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def _day(text: str) -> int:
    """The day number of an ISO date, of a day up to 31 in any month; _NO_DAY of what is none."""
    if len(text) != 10 or not text.isascii() or text[4] != "-" or text[7] != "-":
        return _NO_DAY
    parts = text[:4], text[5:7], text[8:]
    if not all(part.isdigit() for part in parts):
        return _NO_DAY
    year, month, day = map(int, parts)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return _NO_DAY
    since, place = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return since * 365 + since // 4 - since // 100 + since // 400 + (place * 153 + 2) // 5 + day


def _middle(parts: list[ColumnValues]) -> ColumnValues:
    """The median of the values told of each row."""
    answer = [one for one in parts if one is not NOTHING]
    if not answer:
        return NOTHING
    values = np.stack(
        np.broadcast_arrays(
            *(np.where(np.True_ if one.known is None else one.known, _number(one), np.inf) for one in answer)
        )
    ).astype(np.float64)
    known = sum(np.asarray(True if one.known is None else one.known).astype(np.int64) for one in answer)
    number = np.broadcast_to(np.asarray(known), values.shape[1:])
    ordered = np.sort(values, axis=0)
    low, high = np.maximum((number + 1) // 2 - 1, 0), np.minimum(number // 2, len(answer) - 1)
    one, other = (np.take_along_axis(ordered, place[None], axis=0)[0] for place in (low, high))
    middle_of = np.where(low == high, one, (one + other) / 2)
    return ColumnValues(np.where(number > 0, middle_of, 0.0), number > 0)
