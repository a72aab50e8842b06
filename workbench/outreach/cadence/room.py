"""`Cadence`: who is about to be lost sight of, whose review is due, and how often a customer wants to hear from us."""

from sqlalchemy import Connection, select

from db.engine import Book
from db.values import Value
from db.year import contact_intervals
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.layers import last_run
from workbench.outreach.cadence.intervals import ContactInterval, interval_of
from workbench.outreach.cadence.losing import LosingList, losing
from workbench.outreach.cadence.reviews import ReviewsDue, reviews_due
from workbench.outreach.cadence.whom import KeptInTouch
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules


class Cadence:
    """Reads the tag layers and the contact log; writes intervals, each write undoable."""

    def __init__(self, book: Book, rules: Rules, engine: Engine) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine

    def losing(self, limit: int | None = None) -> LosingList:
        """快失去联系的客户 as seen today, each part at most `limit` long (None: as many as `cadence.shown`)."""
        day = today().isoformat()
        with in_words(), self._book.read() as conn:
            if last_run(conn) is None:
                return LosingList(day, None)
            layers = self._engine.layers(conn)
            of = KeptInTouch.of(layers, self._rules, day)
            return losing(conn, of, layers.as_of, day, self._rules, self._most(limit))

    def reviews_due(self, limit: int | None = None) -> ReviewsDue:
        """Whose portfolio is to be reviewed as seen today, by tower; at most `limit` customers (None: as many as
        `cadence.shown`)."""
        day = today().isoformat()
        with in_words(), self._book.read() as conn:
            if last_run(conn) is None:
                return ReviewsDue(day, None)
            layers = self._engine.layers(conn)
            of = KeptInTouch.of(layers, self._rules, day)
            return reviews_due(conn, of, layers.as_of, day, self._rules, self._most(limit))

    def _most(self, limit: int | None) -> int:
        return self._rules.whole("cadence.shown") if limit is None else limit

    # -- how often -----------------------------------------------------------------------------------------------

    def interval_of(self, customer_no: str) -> ContactInterval:
        """How often a customer is to be contacted. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            person = customer_id(conn, customer_no)
            return interval_of(conn, person, self._level(conn, person), self._rules)

    def set_interval(self, customer_no: str, days: int | None, note: str = "") -> Change:
        """Give a customer an interval of his own (days; None: back to that of his level). Undoable.

        Raises WorkbenchError bad_interval, too_long, no_such_customer.
        """
        made, row = today().isoformat(), {} if days is None else self._checked(days, note)
        with in_words(), self._book.write("cadence", "interval") as writer:
            person = customer_id(writer.conn, customer_no)
            i = contact_intervals.c
            old = writer.conn.execute(select(i.id).where(i.customer_id == person)).scalar()
            if days is None:
                writer.delete(contact_intervals, [] if old is None else [old])
            elif old is not None:
                writer.update(contact_intervals, old, {**row, "made": made})
            else:
                writer.insert(contact_intervals, [{"customer_id": person, "made": made, **row}])
            return Change.by(writer, sum(writer.counts.values()))

    def _checked(self, days: int, note: str) -> dict[str, Value]:
        longest, most = self._rules.whole("cadence.most_days"), self._rules.whole("cadence.note_most")
        if not 1 <= days <= longest:
            raise WorkbenchError(
                "bad_interval",
                _("联系间隔要在 1 到 {most} 天之间。").format(most=longest),
                _("例如 45 天;要恢复按层级联系,请点「按层级」。"),
            )
        plain = " ".join(note.split())
        if len(plain) > most:
            raise WorkbenchError(
                "too_long", _("说明有 {n} 个字,最多 {most} 个字。").format(n=len(plain), most=most),
                _("请写短一些。"),
            )  # fmt: skip
        return {"days": days, "note": plain or None}

    def _level(self, conn: Connection, person: int) -> str | None:
        """The level in force of a customer; None where it is not known."""
        if last_run(conn) is None:
            return None
        layers = self._engine.layers(conn)
        query = select(layers.column("tier")).select_from(layers.source(("tier",)))
        level: str | None = conn.execute(query.where(layers.customer_id == person)).scalar()
        return level
