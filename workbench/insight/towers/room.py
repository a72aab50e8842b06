"""The towers as the window and the command line see them: the board, one customer's standing, services given (domain 1)."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from db.engine import Book
from db.tables import customers
from workbench.base.change import Change, Progress, silent
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.towers import services
from workbench.insight.towers.board import board
from workbench.insight.towers.coverage import Coverage, coverage
from workbench.insight.towers.facts import Board
from workbench.insight.towers.services import Kind, Service
from workbench.insight.towers.standing import Standing, standing
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.insight.room import Insight


class Towers:
    """Levels and towers of the newest month."""

    def __init__(self, book: Book, rules: Rules, insight: "Insight") -> None:
        self._book = book
        self._rules = rules
        self._insight = insight

    def board(self, progress: Progress = silent) -> Board:
        """The tower board; brings the layers up to date first. Raises WorkbenchError no_data."""
        with in_words():
            self._insight.engine.ensure(progress)
            with self._book.read() as conn:
                return board(conn, self._insight.engine.layers(conn), self._rules)

    def of(self, customer_no: str, month: str | None = None) -> tuple[Standing, Coverage | None]:
        """The standing of one customer and how well he is looked after; None when no tower can be told.

        Raises WorkbenchError no_such_customer.
        """
        with in_words(), self._book.read() as conn:
            found = conn.execute(
                select(customers.c.id).where(customers.c.customer_no == customer_no.strip())
            ).scalar()
            if found is None:
                raise WorkbenchError(
                    "no_such_customer",
                    _("账本里没有客户号 {customer_no}。").format(customer_no=customer_no),
                    _("请检查客户号,前面的 0 也要写上。"),
                )
            seen = self._insight.engine.of_customer(conn, found, month)
        place = standing(seen.values, self._rules, month=seen.month, as_of=seen.as_of, day=seen.day)
        return place, coverage(seen.values, self._rules)

    def kinds(self, tower: str | None = None) -> tuple[Kind, ...]:
        """The kinds of service that can be recorded, of one tower or all."""
        return services.kinds(tower)

    def services_of(self, customer_no: str) -> tuple[Service, ...]:
        """The services given to a customer, the newest first. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            return services.services_of(conn, customer_no)

    def record_service(
        self,
        customer_no: str,
        kind: str,
        date: str | None = None,
        until: str | None = None,
        detail: str | None = None,
    ) -> Change:
        """Write one service given. Undoable. Raises as `services.record_service`."""
        return services.record_service(self._book, customer_no, kind, date=date, until=until, detail=detail)
