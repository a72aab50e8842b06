"""`Towers`, the face of the three towers: the board, one customer's position, services given (domain 1)."""

from db.engine import Book
from workbench.base.change import Change, Progress, silent
from workbench.base.errors import in_words
from workbench.insight.tags.engine import Engine
from workbench.insight.towers import services
from workbench.insight.towers.board import board
from workbench.insight.towers.coverage import Coverage, coverage
from workbench.insight.towers.facts import Board
from workbench.insight.towers.services import Kind, TowerService
from workbench.insight.towers.tier_position import TierPosition, standing
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules


class Towers:
    """Reads levels and towers; writes services."""

    def __init__(self, book: Book, rules: Rules, engine: Engine) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine

    def board(self, progress: Progress = silent) -> Board:
        """The tower board; brings the layers up to date first. Raises WorkbenchError no_data."""
        with in_words():
            self._engine.ensure(progress)
            with self._book.read() as conn:
                return board(conn, self._engine.layers(conn), self._rules)

    def of(self, customer_no: str, month: str | None = None) -> tuple[TierPosition, Coverage | None]:
        """The position of one customer and how well he is served by data up to a month (None: the newest).

        The service is None where his tower is unknown.

        Raises WorkbenchError no_such_customer.
        """
        with in_words(), self._book.read() as conn:
            picture = self._engine.of_customer(conn, customer_id(conn, customer_no), month)
        position = standing(
            picture.values, self._rules, month=picture.month, as_of=picture.as_of, day=picture.day
        )
        return position, coverage(picture.values, self._rules)

    def kinds(self, tower: str | None = None) -> tuple[Kind, ...]:
        """The kinds of service that can be recorded, of one tower or all."""
        return services.kinds(tower)

    def services_of(self, customer_no: str) -> tuple[TowerService, ...]:
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
        """Record a service given. Undoable. Raises as `services.record_service`."""
        return services.record_service(self._book, customer_no, kind, date=date, until=until, detail=detail)
