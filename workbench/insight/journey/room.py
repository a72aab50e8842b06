"""`Journey`, the face of the five cards: the board, one customer's stage, moves by hand (domain 3)."""

from collections.abc import Iterator
from contextlib import contextmanager

from db.engine import Book
from workbench.base.change import Change, Progress, silent
from workbench.base.errors import in_words
from workbench.base.workdays import workdays_of
from workbench.insight.journey.board import StageBoard
from workbench.insight.journey.facts import (
    COLUMNS,
    EVERYBODY,
    BoardFilter,
    BoardRow,
    JourneyBoard,
    ShownBoard,
)
from workbench.insight.journey.moving import HandMoves
from workbench.insight.journey.of_customer import stage_by
from workbench.insight.journey.stages import JourneyStage
from workbench.insight.tags.engine import Engine
from workbench.people.corrections import Corrections
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules


class Journey:
    """Reads where customers stand by the tag layers of the newest month; writes moves by hand."""

    def __init__(self, book: Book, rules: Rules, engine: Engine, corrections: Corrections) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine
        self.moves = HandMoves(rules, corrections)

    @contextmanager
    def _reading(self, progress: Progress = silent) -> Iterator[StageBoard]:
        """The board on layers that are up to date. Raises WorkbenchError no_data."""
        with in_words():
            self._engine.ensure(progress)
            with self._book.read() as conn:
                yield StageBoard(conn, self._engine.layers(conn), self._rules)

    def board(self, progress: Progress = silent) -> JourneyBoard:
        """The heads of the five columns, and who stands beside them. Raises WorkbenchError no_data."""
        with self._reading(progress) as board:
            return board.board()

    def shown(self, wanted: BoardFilter, window: int, progress: Progress = silent) -> ShownBoard:
        """The board, and of each column under a filter how many it lists and the first `window` rows, read in one go."""
        with self._reading(progress) as board:
            counts = {code: board.count(code, wanted) for code in COLUMNS}
            first = {code: board.rows(code, wanted, 0, window) if counts[code] else [] for code in COLUMNS}
            return ShownBoard(board.board(), counts, first)

    def rows(
        self, code: str, wanted: BoardFilter = EVERYBODY, offset: int = 0, limit: int | None = None
    ) -> list[BoardRow]:
        """A window of the customers of a column. Raises WorkbenchError no_data."""
        with self._reading() as board:
            return board.rows(code, wanted, offset, limit)

    def of(self, customer_no: str) -> JourneyStage:
        """Where one customer stands, as his portrait says it. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            person = customer_id(conn, customer_no)
            picture = self._engine.of_customer(conn, person)
            return stage_by(conn, person, picture, self._rules, workdays_of(conn))

    def move(self, customer_no: str, stop: str, reason: str) -> Change:
        """Move a customer by hand to a stage (code or name). Undoable; raises as `checked` and `move` of `HandMoves`."""
        code = self.moves.checked(stop, reason)
        return self.moves.move(customer_no, code, reason, self.of(customer_no))

    def by_machine(self, customer_no: str) -> Change:
        """Take the move by hand back. Undoable; raises as `HandMoves.by_machine`."""
        return self.moves.by_machine(customer_no)
