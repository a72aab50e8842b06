"""The best next products of each customer, those with most assets first."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.tasks import Tasks
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import who
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.insight.products.targets import NextProducts

if TYPE_CHECKING:
    from workbench.insight.products.room import Matrix

#: products shown of one customer
_OFFERS = 3


class NextTable(Table):
    """Customers with their next products; `person_requested(customer_no)` on Enter or a double click."""

    person_requested = Signal(str)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__(_columns(), tasks, name="matrix.next")
        self.opened.connect(self._open)

    def read(self, matrix: "Matrix", total: int, failed: Callable[[Exception], object]) -> None:
        """Read the customers of the book in windows; `total` is their number."""
        self.table.read(
            lambda: total, lambda offset, limit: matrix.next_products("", offset, limit), failed=failed
        )

    def _open(self, number: int) -> None:
        offers = self.table.row(number)
        if isinstance(offers, NextProducts):
            self.person_requested.emit(offers.customer_no)


def _columns() -> list[Column[NextProducts]]:
    return [
        Column(_("客户"), lambda x: who(x.name, x.customer_no), 120, key=True),
        Column(
            _("资产"),
            lambda x: wan(x.aum_fen),
            90,
            number=True,
            fen=lambda x: x.aum_fen,
        ),
        *(_offer(place) for place in range(_OFFERS)),
        Column(_("首推的理由"), lambda x: x.offers[0].reason if x.offers else "", 0),
    ]


def _offer(place: int) -> Column[NextProducts]:
    def text(one: NextProducts) -> str:
        """Product and score, ⚠ where the suitability check warns; why there is none in the first column."""
        if place >= len(one.offers):
            return "" if place or one.offers else one.held or _("暂无合适的")
        made = one.offers[place]
        return f"{made.name}  {made.score:.0%}" + (" ⚠" if made.verdict.outcome == "warn" else "")

    def tip(one: NextProducts) -> str:
        """The product, why it is offered, and cautions."""
        if place >= len(one.offers):
            return ""
        made = one.offers[place]
        return "\n".join((made.product, made.reason, *made.cautions)).strip()

    title = (_("首推"), _("次推"), _("再次"))[place]
    return Column(title, text, 150, tip=tip)
