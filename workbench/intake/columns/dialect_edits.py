"""What a person does to the book's dialects: rename, forget, change one column; each undoable."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from db.engine import Book
from db.journal import Writer
from db.record import dialects as table
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.intake.catalogue.fields import UNITS, FieldCatalogue, fits
from workbench.intake.columns.custom import read_all as custom_fields
from workbench.intake.columns.dialects import Dialect, HeadingChoice, learn, read_all, with_choice
from workbench.intake.columns.heading_keys import keys

LONGEST_NAME = 60


def rename(book: Book, old: str, new: str) -> Change:
    """Give a dialect another name. Raises WorkbenchError no_dialect, no_dialect_name, dialect_exists."""
    name = " ".join(new.split())
    if not name or len(name) > LONGEST_NAME:
        raise WorkbenchError(
            "no_dialect_name", _("表式的名称要有 1 到 {most} 个字。").format(most=LONGEST_NAME)
        )
    with _change(book, old) as writer:
        row_id, _dialect = _kept_dialect(writer, old)
        if name != old and writer.conn.execute(select(table.c.id).where(table.c.name == name)).first():
            raise WorkbenchError(
                "dialect_exists", _("已经有名为“{name}”的表式。").format(name=name), _("请换一个名称。")
            )
        return _done(writer, writer.update(table, row_id, {"name": name}))


def forget(book: Book, name: str) -> Change:
    """Remove a dialect, so that the next sheet of its kind is asked about anew. Raises WorkbenchError no_dialect."""
    with _change(book, name) as writer:
        row_id, _dialect = _kept_dialect(writer, name)
        return _done(writer, writer.delete(table, [row_id]) > 0)


def edit(
    book: Book, name: str, heading: str, choice: HeadingChoice | None, catalogue: FieldCatalogue
) -> Change:
    """Change what one heading feeds; None forgets it, so that the catalogue decides again.

    Raises WorkbenchError no_dialect, no_heading, no_field, no_custom, bad_unit.
    """
    with _change(book, name) as writer:
        _row_id, dialect = _kept_dialect(writer, name)
        headings = dialect.headings | dialect.columns.keys()
        key = heading if heading in headings else keys([heading])[0]
        if key not in headings:
            raise WorkbenchError(
                "no_heading", _("表式“{name}”里没有“{heading}”这一列。").format(name=name, heading=heading)
            )
        if choice is not None:
            _possible(writer, dialect, choice, catalogue)
        return _done(writer, learn(writer, with_choice(dialect, key, choice)))


def _possible(writer: Writer, dialect: Dialect, choice: HeadingChoice, catalogue: FieldCatalogue) -> None:
    if choice.field is not None:
        field = catalogue.fields.get(choice.field)
        if field is None or not fits(field, dialect.kind):
            raise WorkbenchError("no_field", _("这种表没有“{field}”这个字段。").format(field=choice.field))
    if choice.custom is not None and all(field.key != choice.custom for field in custom_fields(writer.conn)):
        raise WorkbenchError("no_custom", _("没有自定义字段“{name}”。").format(name=choice.custom))
    if choice.unit and choice.unit not in UNITS:
        raise WorkbenchError("bad_unit", _("“{unit}”不是金额单位。").format(unit=choice.unit))


@contextmanager
def _change(book: Book, name: str) -> Iterator[Writer]:
    with in_words(), book.write("dialect", name) as writer:
        yield writer


def _kept_dialect(writer: Writer, name: str) -> tuple[int, Dialect]:
    row_id = writer.conn.execute(select(table.c.id).where(table.c.name == name)).scalar()
    if row_id is None:
        raise WorkbenchError(
            "no_dialect", _("没有名为“{name}”的表式。").format(name=name), _("请在表式列表里查看名称。")
        )
    return row_id, next(dialect for dialect in read_all(writer.conn) if dialect.name == name)


def _done(writer: Writer, differs: bool) -> Change:
    return Change.by(writer, int(differs))
