"""Answers the compiler of conditions over the tag layers: columns, past contacts, saved lists, rankings."""

from typing import TYPE_CHECKING

from sqlalchemy import ColumnClause, Connection, func, or_, select
from sqlalchemy.sql.visitors import iterate

from db.known import list_members, lists
from workbench.base.errors import WorkbenchError
from workbench.base.expressions import Expr
from workbench.base.i18n import _
from workbench.base.terms import Term
from workbench.insight.language.check import check
from workbench.insight.language.compile import where
from workbench.insight.language.parse import parse
from workbench.insight.language.touched import touched

if TYPE_CHECKING:
    from workbench.insight.tags.layers import Layers

#: the depth to which saved lists may name other saved lists
_DEEPEST = 8


class LayerResolver:
    """The resolver over the layers of one run.

    `names` collects the columns that a condition reads, so that only their tables are joined. Without a connection no
    list can be looked up.
    """

    def __init__(self, layers: "Layers", conn: Connection | None = None, *, within: int = 0) -> None:
        self._layers = layers
        self._conn = conn
        self._within = within
        self.names: set[str] = set()

    @property
    def day(self) -> str:
        """The day (ISO) that the layers are seen from."""
        return self._layers.day

    def column(self, term: Term) -> Expr:
        """The column of a term, noted in `names`."""
        self.names.add(term.name)
        return self._layers.column(term.name)

    def customer_id(self) -> Expr:
        """The customer of a row."""
        return self._layers.customer_id

    def touched(self, word: str, days: int | None) -> Expr:
        """Whether a contact by this channel or with this result was logged, within `days` or ever (None)."""
        return touched(word, days, self.day, self.customer_id())

    def listed(self, name: str) -> Expr:
        """Whether the customer is on a saved list, by its number or name.

        Raises WorkbenchError no_such_list, list_in_itself.
        """
        saved = None
        if self._conn is not None:
            query = select(lists).where(or_(lists.c.number == name, lists.c.name == name))
            saved = self._conn.execute(query.order_by(lists.c.id.desc()).limit(1)).first()
        if saved is None:
            raise no_such_list(name)
        if saved.kind == "frozen":
            members = select(list_members.c.customer_id).where(list_members.c.list_id == saved.id)
            return self.customer_id().in_(members)
        if self._within >= _DEEPEST:
            raise WorkbenchError(
                "list_in_itself", _("名单“{name}”的条件里又用到了它自己。").format(name=name), name=name
            )
        inner = LayerResolver(self._layers, self._conn, within=self._within + 1)
        holds = where(check(parse(saved.expression), self._layers.vocabulary), inner)
        self.names |= inner.names
        return func.coalesce(holds, False)

    def ranked(self, count: int, value: Expr, descending: bool, among: Expr | None) -> Expr:
        """Whether the customer is among the first `count` by a value, of all customers or of those `among`."""
        names = _columns_read(value) if among is None else _columns_read(value) | _columns_read(among)
        first = (
            select(self.customer_id())
            .select_from(self._layers.source(names, among))
            .where(value.is_not(None))
            .order_by(value.desc() if descending else value.asc(), self.customer_id())
            .limit(count)
        )
        if among is not None:
            first = first.where(among)
        # uncorrelated, or it would be tied to the outer row; materialised, since a condition is written down several times
        ranked = first.correlate(None).cte().prefix_with("MATERIALIZED")
        return self.customer_id().in_(select(ranked.c.customer_id))


def _columns_read(expression: Expr) -> set[str]:
    """The names of the columns that an expression reads: a ranking joins no table that only the rest asks for."""
    return {part.name for part in iterate(expression) if isinstance(part, ColumnClause)}


def no_such_list(name: str) -> WorkbenchError:
    """The error for a number or name that no saved list has."""
    sentence = _("没有名单“{name}”。").format(name=name)
    return WorkbenchError(
        "no_such_list",
        sentence,
        _("名单的编号和名称在选人中心的“名单”页,或用 workbench lists 查看。"),
        name=name,
    )
