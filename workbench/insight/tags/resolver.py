"""Answers the compiler of conditions: where a word's values lie, who was contacted, who stands on a list."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, or_, select

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

#: Saved rules may name other saved lists this deep.
_DEEPEST = 8


class LayerResolver:
    """Over the layers of one run. `names` collects the columns that a condition asked for, so that only the tables
    they lie in are joined. Without a connection no list can be looked up."""

    def __init__(self, layers: "Layers", conn: Connection | None = None, *, within: int = 0) -> None:
        self._layers = layers
        self._conn = conn
        self._within = within
        self.names: set[str] = set()

    @property
    def day(self) -> str:
        return self._layers.day

    def column(self, term: Term) -> Expr:
        self.names.add(term.name)
        return self._layers.column(term.name)

    def customer_id(self) -> Expr:
        return self._layers.customer_id

    def touched(self, word: str, days: int | None) -> Expr:
        """Whether a contact by this channel or with this result was logged, lately or at all."""
        return touched(word, days, self.day, self.customer_id())

    def listed(self, name: str) -> Expr:
        """Whether the customer stands on a saved list, by number or name.

        Raises WorkbenchError no_such_list, list_in_itself.
        """
        found = None
        if self._conn is not None:
            asked = select(lists).where(or_(lists.c.number == name, lists.c.name == name))
            found = self._conn.execute(asked.order_by(lists.c.id.desc()).limit(1)).first()
        if found is None:
            raise no_such_list(name)
        if found.kind == "frozen":
            members = select(list_members.c.customer_id).where(list_members.c.list_id == found.id)
            return self.customer_id().in_(members)
        if self._within >= _DEEPEST:
            raise WorkbenchError(
                "list_in_itself", _("名单“{name}”的条件里又用到了它自己。").format(name=name), name=name
            )
        inner = LayerResolver(self._layers, self._conn, within=self._within + 1)
        holds = where(check(parse(found.expression), self._layers.vocabulary), inner)
        self.names |= inner.names
        return func.coalesce(holds, False)

    def ranked(self, count: int, value: Expr, descending: bool, among: Expr | None) -> Expr:
        """Whether the customer is among the first by a value, of the whole book or of those who match."""
        first = (
            select(self.customer_id())
            .select_from(self._layers.source(self.names))
            .where(value.is_not(None))
            .order_by(value.desc() if descending else value.asc(), self.customer_id())
            .limit(count)
        )
        if among is not None:
            first = first.where(among)
        # a table of its own: inside the question it would be tied to the row that asks
        return self.customer_id().in_(select(first.correlate(None).subquery("ranked")))


def no_such_list(name: str) -> WorkbenchError:
    """Nothing is saved under this number or name."""
    said = _("没有名单“{name}”。").format(name=name)
    return WorkbenchError(
        "no_such_list", said, _("名单的编号和名称在选人中心的“名单”页,或用 workbench lists 查看。"), name=name
    )
