"""Compiles a checked condition to SQL: amounts in yuan, three-valued like SQL itself (NULL = cannot tell)."""

from typing import Protocol

from sqlalchemy import and_, case, cast, func, literal, not_, or_, true

from workbench.base.expressions import REAL, WHOLE, Expr, count_of, day_number, how_many
from workbench.base.i18n import _
from workbench.base.terms import Term
from workbench.insight.language import tree
from workbench.insight.language.checked import CheckedQuery
from workbench.insight.language.fault import fault
from workbench.insight.language.kinds import kind_of
from workbench.insight.language.tree import Node


class Resolver(Protocol):
    """Where the words of a condition lie."""

    @property
    def day(self) -> str:
        """The day (ISO) that relative dates count from."""

    def column(self, term: Term) -> Expr:
        """The column of a term as it lies in the book: fen, ISO text, 0/1, a code; NULL = cannot tell."""

    def customer_id(self) -> Expr:
        """The customer of the row."""

    def touched(self, word: str, days: int | None) -> Expr:
        """A condition: contacted like this within so many days (None: ever); see `language.touched.touched`."""

    def listed(self, name: str) -> Expr:
        """A condition: in the saved list of this name or number. Raises WorkbenchError no_such_list."""

    def ranked(self, count: int, value: Expr, descending: bool, among: Expr | None) -> Expr:
        """A condition: one of the `count` customers with the highest (lowest) value, of all or of those `among`.

        The value may read any column; customers without a value are never among them.
        """


def where(checked: CheckedQuery, resolver: Resolver) -> Expr:
    """The condition, with the first n of those that match where the text asks so.

    Raises WorkbenchError bad_expression for a text that is a value and no condition, and what the resolver raises.
    """
    query = checked.query
    if checked.kind != "flag":
        raise fault(query.source, 0, _("这里要写条件,现在写的是一个数值。"), _("请加上比较,例如 > 50万。"))
    compiler = _Compiler(resolver)
    condition: Expr = true() if query.condition is None else compiler.condition(query.condition)
    if query.limit is None:
        return condition
    by = compiler.value(query.limit.by)
    among = None if query.condition is None else condition
    return and_(condition, _first(by, resolver.ranked(query.limit.count, by, query.limit.descending, among)))


def _first(by: Expr, chosen: Expr) -> Expr:
    """Whether a customer is among the first by a value; NULL for customers without one."""
    return case((by.is_(None), None), (chosen, 1), else_=0) == 1


def value(checked: CheckedQuery, resolver: Resolver) -> Expr:
    """The value of a text: money in yuan (float), dates ISO, flags 0/1, enumerations by code; NULL = cannot tell."""
    if checked.query.condition is None:
        raise fault(checked.query.source, 0, _("这里要写一个数值。"))
    return _Compiler(resolver).value(checked.query.condition)


class _Compiler:
    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    # -- conditions ----------------------------------------------------------------------------------------

    def condition(self, node: Node) -> Expr:
        """A node as SQL that is true, false or NULL (cannot tell)."""
        match node:
            case tree.All():
                return and_(*(self.condition(part) for part in node.parts))
            case tree.Either():
                return or_(*(self.condition(part) for part in node.parts))
            case tree.Not():
                return not_(self.condition(node.inner))
            case tree.TruthValue():
                return literal(int(node.value)) == 1
            case tree.Compare():
                return self._compare(node.left, node.sign, node.right)
            case tree.Between():
                return and_(
                    self._compare(node.value, ">=", node.low), self._compare(node.value, "<=", node.high)
                )
            case tree.Among():
                return or_(*(self._compare(node.value, "=", option) for option in node.options))
            case tree.Contains():
                return self._contains(node)
            case tree.Missing():
                return self.value(node.value).is_(None)
            case tree.IsPresent():
                return self.value(node.value).is_not(None)
            case tree.Call(function="touched"):
                days = node.arguments[1:]
                return self._resolver.touched(
                    tree.word_of(node.arguments[0]), _whole(days[0]) if days else None
                )
            case tree.Call(function="list"):
                return self._resolver.listed(tree.word_of(node.arguments[0]))
            case tree.Call(function="top" | "bottom"):
                by = self.value(node.arguments[1])
                return _first(
                    by, self._resolver.ranked(_whole(node.arguments[0]), by, node.function == "top", None)
                )
        return self.value(node) == 1

    def _contains(self, node: tree.Contains) -> Expr:
        match: Expr = func.lower(self.value(node.value)).contains(
            tree.word_of(node.part).lower(), autoescape=True
        )
        return match

    def _compare(self, left: Node, sign: tree.Sign, right: Node) -> Expr:
        if isinstance(right, tree.TruthValue):
            wanted = right.value == (sign == "=")
            return self.condition(left) if wanted else not_(self.condition(left))
        if kind_of(left) == "enum":
            return self._compare_places(left, sign, right)
        fen = self._fen(right) if isinstance(left, tree.Reference) and left.term.kind == "money" else None
        if fen is not None and isinstance(left, tree.Reference):
            # whole fen against the column itself: nothing to divide per row
            return _signed(self._resolver.column(left.term), sign, literal(fen))
        return _signed(self.value(left), sign, self.value(right))

    def _fen(self, node: Node) -> int | None:
        """A literal amount in whole fen."""
        turned = 1
        while isinstance(node, tree.Negative):
            node, turned = node.inner, -turned
        if not isinstance(node, tree.Number):
            return None
        fen = tree.quantity(node) * 100
        return turned * int(fen) if fen == int(fen) and abs(fen) < 2**62 else None

    def _compare_places(self, left: Node, sign: tree.Sign, right: Node) -> Expr:
        if not isinstance(right, tree.EnumValue) or not isinstance(left, tree.Reference):
            if sign in ("=", "<>"):
                return _signed(self.value(left), sign, self.value(right))
            return _signed(self._place(left), sign, self._place(right))
        column = self._resolver.column(left.term)
        if sign in ("=", "<>"):
            return _signed(column, sign, literal(right.code))
        codes = [
            code for place, (code, _label) in enumerate(left.term.values) if _holds(place, sign, right.place)
        ]
        # nothing is above the highest: false for every value, and NULL stays NULL
        return column.in_(codes) if codes else column != column

    def _place(self, node: Node) -> Expr:
        if not isinstance(node, tree.Reference):
            return self.value(node)
        places = {code: place for place, (code, _label) in enumerate(node.term.values)}
        return case(places, value=self._resolver.column(node.term))

    # -- values --------------------------------------------------------------------------------------------

    def value(self, node: Node) -> Expr:
        """A node as a SQL value: money in yuan, conditions 1, 0 or NULL."""
        match node:
            case tree.Number():
                return literal(float(tree.quantity(node)))
            case tree.Text() | tree.Date():
                return literal(node.value)
            case tree.EnumValue():
                return literal(node.code)
            case tree.Reference():
                column = self._resolver.column(node.term)
                return cast(column, REAL) / 100.0 if node.term.kind == "money" else column
            case tree.Negative():
                return -self.value(node.inner)
            case tree.Arithmetic():
                return self._arithmetic(node)
            case tree.Call(
                function="or_else"
                | "least"
                | "most"
                | "days_since"
                | "days_until"
                | "month"
                | "score"
                | "count"
            ):
                return self._call(node)
        condition = self.condition(node)
        return case((condition, 1), (not_(condition), 0))

    def _arithmetic(self, node: tree.Arithmetic) -> Expr:
        left, right = self.value(node.left), self.value(node.right)
        match node.operation:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
        return cast(left, REAL) / func.nullif(cast(right, REAL), 0.0)

    def _call(self, node: tree.Call) -> Expr:
        if node.function == "count":
            conditions = [self.condition(argument) for argument in node.arguments]
            judged = how_many([case((one, 1), (not_(one), 0)) for one in conditions])
            return case((judged >= 1, count_of(conditions)))
        if node.function == "score":
            condition, points = self.condition(node.arguments[0]), self.value(node.arguments[1])
            return case((condition, points), (not_(condition), 0))
        first, *rest = (self.value(argument) for argument in node.arguments)
        today = literal(_day_number(self._resolver.day))
        match node.function:
            case "days_since":
                return today - day_number(first)
            case "days_until":
                return day_number(first) - today
            case "month":
                return cast(func.substr(first, 6, 2), WHOLE)
            case "or_else":
                return func.coalesce(first, rest[0])
            case "least":
                return case((first <= rest[0], first), (first > rest[0], rest[0]))
        return case((first >= rest[0], first), (first < rest[0], rest[0]))


def _signed(left: Expr, sign: tree.Sign, right: Expr) -> Expr:
    match sign:
        case "=":
            return left == right
        case "<>":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
    return left >= right


def _holds(place: int, sign: tree.Sign, other: int) -> bool:
    return {"<": place < other, "<=": place <= other, ">": place > other, ">=": place >= other}[sign]


def _whole(node: Node) -> int:
    return int(tree.quantity(node)) if isinstance(node, tree.Number) else 0


def _day_number(day: str) -> int:
    """The same count of days as `expressions.day_number`."""
    year, month, date = (int(part) for part in day.split("-"))
    year, place = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return year * 365 + year // 4 - year // 100 + year // 400 + (place * 153 + 2) // 5 + date
