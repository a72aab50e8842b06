"""`Pins`: notes pinned on customers, one each: written, changed, put off, taken off. Every write is undoable."""

from sqlalchemy import select

from db.engine import Book
from db.journal import Writer
from db.values import Value
from db.week import pins
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.outreach.pins.pin import Pin, days_on, written_on
from workbench.outreach.promises.room import checked_day
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules


class Pins:
    """The notes of a book."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def on(self, customer_no: str) -> Pin | None:
        """The note on a customer whose time is not over, also one that was put off; None for none. Raises WorkbenchError
        no_such_customer."""
        with in_words(), self._book.read() as conn:
            person = customer_id(conn, customer_no)
            pin = written_on(conn, [person]).get(person)
        return None if pin is None or pin.over(today().isoformat()) else pin

    def put(self, customer_no: str, text: str, until: str = "") -> Change:
        """Pin a note on a customer until a day (ISO, that day included; '': until it is taken off), in the place of the one
        that he has.

        Raises WorkbenchError no_text, too_long, bad_date, past_date, no_such_customer.
        """
        now = today().isoformat()
        row: dict[str, Value] = {
            "text": self._checked(text),
            "until": checked_day(until, now) if until.strip() else None,
            "silent_until": None,
        }
        with in_words(), self._book.write("pin", "put") as writer:
            person = customer_id(writer.conn, customer_no)
            old = written_on(writer.conn, [person]).get(person)
            if old is not None:
                writer.update(pins, old.id, row)
            else:
                writer.insert(pins, [{"customer_id": person, "made": now, **row}])
            return Change.by(writer, 1)

    def put_off(self, pin: int, until: str = "") -> Change:
        """Do not show a note before a day (ISO; '': as many days on as `pin.silent_days`). Raises WorkbenchError no_such_pin,
        bad_date, past_date."""
        day = days_on(today(), self._rules.whole("pin.silent_days"))
        row: dict[str, Value] = {
            "silent_until": checked_day(until, today().isoformat()) if until.strip() else day
        }
        with in_words(), self._book.write("pin", "put_off") as writer:
            _known(writer, pin)
            writer.update(pins, pin, row)
            return Change.by(writer, 1)

    def show(self, pin: int) -> Change:
        """Show a note that was put off again. Raises WorkbenchError no_such_pin."""
        with in_words(), self._book.write("pin", "show") as writer:
            _known(writer, pin)
            writer.update(pins, pin, {"silent_until": None})
            return Change.by(writer, 1)

    def take_off(self, pin: int) -> Change:
        """Remove a note. Raises WorkbenchError no_such_pin."""
        with in_words(), self._book.write("pin", "take_off") as writer:
            _known(writer, pin)
            writer.delete(pins, [pin])
            return Change.by(writer, 1)

    def _checked(self, text: str) -> str:
        """The text in one line. Raises WorkbenchError no_text, too_long."""
        plain = " ".join(text.split())
        if not plain:
            raise WorkbenchError("no_text", _("便签是空的。"), _("请写一句,例如:下午三点后才接电话。"))
        most = self._rules.whole("pin.most")
        if len(plain) > most:
            raise WorkbenchError(
                "too_long",
                _("便签有 {n} 个字,最多 {most} 个字。").format(n=len(plain), most=most),
                _("请写短一些再钉上。"),
            )
        return plain


def _known(writer: Writer, pin: int) -> None:
    if writer.conn.execute(select(pins.c.id).where(pins.c.id == pin)).first() is None:
        raise WorkbenchError("no_such_pin", _("这条便签已经不在了。"), _("请刷新页面再看。"))
