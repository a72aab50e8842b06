"""A condition over the tag layers: checked, compiled, counted and read from the tables of its columns."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, case, false, func, literal, select

from workbench.base.errors import WorkbenchError
from workbench.base.expressions import Expr
from workbench.base.i18n import _
from workbench.base.terms import Term
from workbench.insight.language.check import check
from workbench.insight.language.checked import CheckedQuery
from workbench.insight.language.compile import value, where
from workbench.insight.language.parse import parse
from workbench.insight.language.tree import Query
from workbench.insight.picking.facts import Tally, TowerPart
from workbench.insight.tags.layers import FIRST, Layers, conjuncts
from workbench.insight.tags.resolver import LayerResolver

#: the measures that every list shows: AUM at the data date, as on all boards; level in force; tower
AUM, TIER, TOWER = "balance", "tier", "tower"
#: the default order of lists: the AUM daily average
ORDER = "average"
#: stands for a tower where the condition is unknown
_CANNOT_TELL = -1


class ConditionReader:
    """A condition over one connection. Raises WorkbenchError bad_expression, no_such_list, list_in_itself."""

    def __init__(self, conn: Connection, layers: Layers, expression: str) -> None:
        self._conn = conn
        self._layers = layers
        self.checked: CheckedQuery = check(parse(expression), layers.vocabulary)
        self._resolver = LayerResolver(layers, conn)
        self.holds: Expr = where(self.checked, self._resolver)

    def also(self, expression: str) -> Expr:
        """Another condition over the same rows."""
        return where(check(parse(expression), self._layers.vocabulary), self._resolver)

    def per_customer(self, **columns: Expr) -> Select[Any]:
        """The named figures, one row per customer of the month."""
        named = [column.label(name) for name, column in columns.items()]
        names = {*self._resolver.names, AUM, TOWER, TIER}
        return select(*named).select_from(self._layers.source(names, self.holds))

    def column(self, name: str) -> Expr:
        """The column of a term, whose table joins the statements from now on."""
        self._resolver.names.add(name)
        return self._layers.column(name)

    # -- counting ------------------------------------------------------------------------------------------

    def tally(self, everyone: int) -> Tally:
        """The tally in one scan: customers that match, by tower with their AUM, and those for whom it is unknown.

        `everyone`: the number of all customers (see `everyone`), which would cost a scan of its own.
        """
        layers = self._layers
        parts = (*layers.vocabulary[TOWER].values, ("", _("塔未知")))
        places = {code: place for place, (code, _label) in enumerate(parts)}
        tower = case(
            *((layers.column(TOWER) == code, place) for code, place in places.items() if code),
            else_=places[""],
        )
        # the place of a customer is computed once, so that every figure compares one number
        query = self.per_customer(place=case((self.holds, tower), else_=_CANNOT_TELL), aum=layers.column(AUM))
        # whoever fails one part of a conjunction fails it: a table is looked into only for those whom the others leave
        none_fails = (part.is_not(false()) for part in conjuncts(self.holds))
        rows = _evaluated_once(query.where(*none_fails))
        at, aum = rows.c.place, rows.c.aum
        figures: list[Expr] = [func.count().filter(aum.is_(None), at != _CANNOT_TELL)]
        for part in (_CANNOT_TELL, *places.values()):
            figures.append(func.count().filter(at == part))
            if part != _CANNOT_TELL:
                figures.append(func.sum(aum).filter(at == part))
        untold, cannot_tell, *sums = self._conn.execute(select(*figures)).one()
        towers = tuple(
            TowerPart(code, label, sums[2 * place], sums[2 * place + 1])
            for place, (code, label) in enumerate(parts)
            if code or sums[2 * place]
        )
        known_sums = [part.aum_fen for part in towers if part.aum_fen is not None]
        return Tally(
            sum(part.count for part in towers), sum(known_sums) if known_sums else None, untold, towers, cannot_tell, everyone,
            layers.month, layers.as_of,
        )  # fmt: skip

    def counts(self, conditions: Sequence[Expr]) -> tuple[int, list[int]]:
        """How many match, and for how many of them each condition is the first that holds."""
        reason = case(
            *((condition, place) for place, condition in enumerate(conditions)), else_=literal(-1)
        ) if conditions else literal(-1)  # fmt: skip
        rows = _evaluated_once(self.per_customer(place=reason).where(self.holds))
        query = select(rows.c.place, func.count().label("n")).group_by(rows.c.place)
        numbers: dict[int, int] = {row.place: row.n for row in self._conn.execute(query)}
        return sum(numbers.values()), [numbers.get(place, 0) for place in range(len(conditions))]

    def shared(self, conditions: Sequence[Expr]) -> list[int]:
        """How many of the matching customers meet each condition."""
        figures = [func.count(case((condition, 1))) for condition in conditions]
        query = self.per_customer(**{f"n{n}": figure for n, figure in enumerate(figures)}).where(self.holds)
        return list(self._conn.execute(query).one()) if conditions else []

    # -- customers -----------------------------------------------------------------------------------------------

    def ids(self, order: str | None, *, descending: bool, without: Sequence[Expr] = ()) -> list[int]:
        """The ids of the customers that match and meet none of the conditions `without`, in the order of a column.

        `order` None: that of the condition's limit, else the AUM daily average. Unknown values come last.
        """
        limit = self.checked.query.limit
        if order is None and limit is not None:
            by, descending = self._value(Query(limit.by)), limit.descending
        else:
            by = self.column(order or ORDER)
        me = self._layers.customer_id
        query = self.per_customer(id=me).where(self.holds)
        if without:
            query = query.where(case(*((condition, 0) for condition in without), else_=1) == 1)
        direction = by.desc() if descending else by.asc()
        return list(self._conn.execute(query.order_by(direction.nulls_last(), me)).scalars())

    def _value(self, query: Query) -> Expr:
        checked = CheckedQuery(query, "number", frozenset(), frozenset(), (), days=False)
        return value(checked, self._resolver)

    def values(self, ids: Sequence[int], terms: Sequence[Term]) -> dict[int, dict[str, Any]]:
        """The values of these customers by id, in the columns of every list and of these terms."""
        names = dict.fromkeys([TIER, TOWER, AUM, ORDER, *(term.name for term in terms)])
        columns = {name: self.column(name) for name in names}
        me = self._layers.customer_id
        query = self.per_customer(id=me, **columns).where(me.in_(ids))
        return {row["id"]: dict(row) for row in self._conn.execute(query).mappings()}


def read_through(conn: Connection, layers: Layers) -> None:
    """Reads every page of the layers, so that the first count need not decrypt any."""
    for table in layers.tables.values():
        beside_index = next(
            (one for one in table.c if one.name not in (layers.customer_id.name, *FIRST)), None
        )
        conn.execute(select(func.count(beside_index)).select_from(table))


def everyone(conn: Connection, layers: Layers) -> int:
    """The number of customers in the layers."""
    return conn.execute(select(func.count()).select_from(layers.source())).scalar_one()


def term_of(layers: Layers, word: str) -> Term:
    """The term of a word. Raises WorkbenchError no_such_word."""
    term = layers.vocabulary.find(word)
    if term is None:
        raise WorkbenchError("no_such_word", _("不认识“{word}”。").format(word=word), word=word)
    return term


def _evaluated_once(query: Select[Any]) -> Any:
    """The rows as a subquery that is not merged: offset 0 keeps the conditions from being evaluated per figure."""
    return query.offset(0).subquery()
