"""Writes over many customers at once: a tag given by hand, a new account manager; each is one change, undoable."""

from collections.abc import Sequence

from sqlalchemy import select

from db.engine import Book
from db.known import tag_marks
from db.tables import customers
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.tags.definition import Tag


def give(book: Book, tag: Tag, ids: Sequence[int], reason: str, value: str | None) -> Change:
    """Gives customers a tag by hand, in place of earlier marks of the same tag.

    Raises WorkbenchError no_reason, no_such_value, nobody.
    """
    if not reason.strip():
        raise WorkbenchError("no_reason", _("请写明理由。"))
    if tag.kind == "enum" and value not in dict(tag.values):
        raise WorkbenchError("no_such_value", _("“{label}”没有这个取值。").format(label=tag.label))
    people = _distinct(ids)
    with in_words(), book.write("tag_mark", tag.label) as writer:
        wanted = set(people)
        marks = writer.conn.execute(
            select(tag_marks.c.id, tag_marks.c.customer_id).where(tag_marks.c.code == tag.code)
        )
        writer.delete(tag_marks, sorted(row.id for row in marks if row.customer_id in wanted))
        columns = {
            "customer_id": people, "code": tag.code, "value": value, "reason": reason.strip(),
            "date": today().isoformat(), "expires": None, "touch_id": None,
        }  # fmt: skip
        writer.insert_columns(tag_marks, columns, len(people))
        return Change.by(writer, len(people))


def assign(book: Book, ids: Sequence[int], manager: str) -> Change:
    """Assigns customers to an account manager, until the next list of head office says otherwise.

    Raises WorkbenchError no_manager, nobody.
    """
    if not manager.strip():
        raise WorkbenchError("no_manager", _("没有写交给哪位客户经理。"))
    people = _distinct(ids)
    with in_words(), book.write("assign", manager.strip()) as writer:
        values = {"manager_name": manager.strip()}
        count = writer.update_many(customers, [(person, values) for person in people])
        return Change.by(writer, count)


def _distinct(ids: Sequence[int]) -> list[int]:
    """The ids without repetitions, in their order. Raises WorkbenchError nobody when there is none."""
    if not ids:
        raise WorkbenchError("nobody", _("一位客户也没有选中。"), _("请放宽条件,或者看看是谁被排除了。"))
    return list(dict.fromkeys(ids))
