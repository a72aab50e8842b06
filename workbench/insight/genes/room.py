"""The face of customer genes: cards, boards, battle maps, the observation card, the manager's own style (domain 2)."""

from collections.abc import Sequence

from sqlalchemy import select

from db.engine import Book
from db.known import canvases
from workbench.base.change import Change, Progress, silent
from workbench.base.dates import now
from workbench.base.errors import in_words
from workbench.insight.genes import board, canvas, observed, styles
from workbench.insight.genes.board import QuadrantBoard, SegmentBoard
from workbench.insight.genes.canvas import BattleMap
from workbench.insight.genes.card import GeneCard, card
from workbench.insight.genes.disc import BlockAnswer
from workbench.insight.genes.observed import Observation
from workbench.insight.genes.style_report import StyleReport, style_report
from workbench.insight.genes.styles import StyleTest
from workbench.insight.tags.engine import Engine
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules


class Genes:
    """Reads the tag layers; writes observations, questionnaires and the boxes of battle maps."""

    def __init__(self, book: Book, rules: Rules, engine: Engine) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine

    # -- boards and cards ----------------------------------------------------------------------------------

    def quadrants(self, progress: Progress = silent) -> QuadrantBoard:
        """The 2x2 of relation for the newest month. Raises WorkbenchError no_data before the first import."""
        with in_words():
            self._engine.ensure(progress)
            with self._book.read() as conn:
                return board.quadrant_board(conn, self._engine.layers(conn), self._rules)

    def segments(self, progress: Progress = silent) -> SegmentBoard:
        """The eight segments for the newest month. Raises WorkbenchError no_data before the first import."""
        with in_words():
            self._engine.ensure(progress)
            with self._book.read() as conn:
                return board.segment_board(conn, self._engine.layers(conn))

    def card(self, customer_no: str, month: str | None = None) -> GeneCard:
        """The gene card of one customer. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            picture = self._engine.of_customer(conn, customer_id(conn, customer_no), month)
        return card(picture.values, self._rules, as_of=picture.as_of, manager=self.letter)

    # -- battle maps ---------------------------------------------------------------------------------------

    def canvas(self, segment: str, progress: Progress = silent) -> BattleMap:
        """The battle map of a segment, by code or name. Raises WorkbenchError no_such_segment, no_data."""
        one = canvas.segment_of(segment)
        with in_words():
            self._engine.ensure(progress)
            with self._book.read() as conn:
                return canvas.canvas(conn, self._engine.layers(conn), self._rules, one)

    def write_box(self, segment: str, box: str, text: str | None) -> Change:
        """Put a person's words into one of boxes 3 to 8; None or blanks bring the program's back. Undoable.

        Raises WorkbenchError no_such_segment, box_fixed, box_too_long.
        """
        one = canvas.segment_of(segment)
        with in_words(), self._book.write("canvas", one.code) as writer:
            row_id, body = canvas.rewritten(writer.conn, one.code, box, text)
            if row_id is None:
                writer.insert(canvases, [{"segment": one.code, "owner": None, **body}])
            else:
                writer.update(canvases, row_id, body)
            return Change.by(writer, 1)

    def name_owner(self, segment: str, owner: str) -> Change:
        """Name the owner of a battle map (责任人); '' for nobody. Undoable. Raises WorkbenchError no_such_segment."""
        one = canvas.segment_of(segment)
        with in_words(), self._book.write("canvas", one.code) as writer:
            query = select(canvases.c.id).where(canvases.c.segment == one.code)
            row_id = writer.conn.execute(query).scalar()
            body = {"owner": owner.strip() or None, "at": now()}
            if row_id is None:
                writer.insert(canvases, [{"segment": one.code, "boxes": "{}", **body}])
            else:
                writer.update(canvases, row_id, body)
            return Change.by(writer, 1)

    # -- the observation card ------------------------------------------------------------------------------

    def observed(self, customer_no: str) -> tuple[Observation, ...]:
        """The cues observed of a customer, the newest first. Raises WorkbenchError no_such_customer."""
        return observed.observed(self._book, customer_no)

    def tick(
        self, customer_no: str, cues: Sequence[str], date: str | None = None, touch_id: int | None = None
    ) -> Change:
        """Write the cues observed in one contact. Raises as `observed.tick`."""
        return observed.tick(self._book, customer_no, cues, date, touch_id)

    def untick(self, customer_no: str, observation_id: int) -> Change:
        """Take one observation back. Raises as `observed.untick`."""
        return observed.untick(self._book, customer_no, observation_id)

    def forget(self, customer_no: str) -> Change:
        """Delete every observation of a customer (domain 17). Raises as `observed.forget`."""
        return observed.forget(self._book, customer_no)

    # -- the manager's own style ---------------------------------------------------------------------------

    def styles(self) -> tuple[StyleTest, ...]:
        """The questionnaires filled in, the newest first."""
        return styles.history(self._book, self._rules)

    @property
    def letter(self) -> str | None:
        """The manager's own style by the newest test; None before one, or when balanced or tied."""
        tests = self.styles()
        return tests[0].result.letter if tests else None

    def keep_style(self, seed: int, answers: Sequence[BlockAnswer], seconds: int) -> Change:
        """Keep a filled questionnaire; `seconds` is how long it took. Raises as `styles.keep`."""
        return styles.keep(self._book, self._rules, seed, answers, seconds)

    def style_report(self) -> StyleReport:
        """The report of the newest test. Raises WorkbenchError no_style_test before one."""
        return style_report(self.styles(), self._rules)

    def retest_warning(self) -> str:
        """Why another test now would be too early; '' when it would not."""
        return styles.retest_warning(self.styles(), self._rules)
