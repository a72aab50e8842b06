"""The face of the honeymoon: its funnel and its breaks, over the tag layers of the newest month (domain 10.2, 10.3)."""

from db.engine import Book
from workbench.base.change import Progress, silent
from workbench.base.errors import in_words
from workbench.insight.journey.breakpoints import Breakpoint, breakpoints
from workbench.insight.journey.waves import HoneymoonFunnel, WaveStand, funnel, stands
from workbench.insight.tags.engine import Engine
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules


class Honeymoon:
    """Reads; writes nothing. Raises WorkbenchError no_data in an empty book."""

    def __init__(self, book: Book, rules: Rules, engine: Engine) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine

    def of(self, progress: Progress = silent) -> tuple[HoneymoonFunnel, tuple[Breakpoint, ...]]:
        """The funnel and the breaks."""
        with in_words():
            self._engine.ensure(progress)
            with self._book.read() as conn:
                layers = self._engine.layers(conn)
                return funnel(conn, layers, self._rules), breakpoints(conn, layers, self._rules)

    def waves_of(self, customer_no: str) -> tuple[WaveStand, ...]:
        """How every wave stands for a customer, () outside the honeymoon. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            picture = self._engine.of_customer(conn, customer_id(conn, customer_no))
            return stands(picture.values, self._rules, self._engine.vocabulary(conn))
