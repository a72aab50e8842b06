"""A contact logged by hand is corrected or taken out again, with what was promised in it and the cause that was named."""

from dataclasses import replace

from sqlalchemy import Table, select

from db.engine import Book
from db.journal import Writer
from db.journey import journey_marks
from db.known import light_decisions
from db.tables import touches
from db.week import promises
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.outreach.contacts import NewContact, checked, first_day, put_beside
from workbench.people.reached import Reaching
from workbench.rules.parameters import Rules


def correct(book: Book, rules: Rules, contact: int, wanted: NewContact) -> Change:
    """See `ContactLog.correct`. The customer stays: a contact with somebody else is another contact."""
    with in_words(), book.read() as conn:
        entry = checked(wanted, rules, first_day(conn, rules))
    with in_words(), book.write("touch", "correct") as writer:
        person = _known(writer, contact)
        writer.update(touches, contact, entry.row)
        made = _ids(writer, promises, contact) if entry.promise is not None else []
        for one in made:
            writer.update(promises, one, dict(zip(("text", "due"), entry.promise or (), strict=True)))
        if not Reaching(rules).reached(str(entry.row["result"]), str(entry.row["initiated_by"])):
            writer.delete(journey_marks, _ids(writer, journey_marks, contact))
        put_beside(writer, person, contact, replace(entry, promise=None) if made else entry)
        return Change.by(writer, 1)


def take_back(book: Book, contact: int) -> Change:
    """See `ContactLog.take_back`."""
    with in_words(), book.write("touch", "take_back") as writer:
        _known(writer, contact)
        for table in (promises, light_decisions, journey_marks):
            writer.delete(table, _ids(writer, table, contact))
        writer.delete(touches, [contact])
        return Change.by(writer, 1)


def _known(writer: Writer, contact: int) -> int:
    """Whose contact it is (id). Raises WorkbenchError no_such_contact, listed_contact."""
    row = writer.conn.execute(
        select(touches.c.customer_id, touches.c.batch_id).where(touches.c.id == contact)
    ).first()
    if row is None:
        raise WorkbenchError(
            "no_such_contact",
            _("联系记录里没有第 {n} 号。").format(n=contact),
            _("它可能已经撤销,请刷新后再看。"),
        )
    if row.batch_id is not None:
        raise WorkbenchError(
            "listed_contact",
            _("这条联系是随名单导入的,不能单独修改或撤销。"),
            _("请在导入页撤销那次导入,或者在来源里改好再导入。"),
        )
    return int(row.customer_id)


def _ids(writer: Writer, table: Table, contact: int) -> list[int]:
    query = select(table.c.id).where(table.c.touch_id == contact).order_by(table.c.id)
    return list(writer.conn.execute(query).scalars())
