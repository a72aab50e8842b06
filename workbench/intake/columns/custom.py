"""Custom fields: columns that no catalogue knows and that a person made into a field of the book.

Their values stand in the `extra` of a row under the field's label.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

from sqlalchemy import Connection, or_, select

from db.engine import Book
from db.journal import Writer
from db.record import custom_fields as table
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.intake.catalogue.fields import FieldCatalogue, heading
from workbench.intake.cells.parsed import Cells
from workbench.intake.cells.values import CellReader, shown
from workbench.people.legible import say_legible

#: How the cells of a custom field are read.
CustomKind = Literal["text", "number", "money", "date", "flag"]
KINDS: tuple[CustomKind, ...] = get_args(CustomKind)


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field made by a person; `key` is the same in every book with a field of this label.

    `headings` are plain and sorted.
    """

    key: str
    label: str
    kind: CustomKind
    headings: tuple[str, ...]


def field_for(
    header: str, kind: str, fields: Sequence[CustomField], catalogue: FieldCatalogue, label: str | None = None
) -> CustomField:
    """The field that a column becomes. Nothing is written. Raises WorkbenchError no_custom_kind, no_label.

    A known field of this label or heading takes the new kind and this heading; else the field is new. A label of the
    catalogue gets a mark, so that the two stay apart.
    """
    if kind not in KINDS:
        raise WorkbenchError("no_custom_kind", _("自定义字段没有“{kind}”这种类型。").format(kind=kind))
    name = " ".join((label or header).split())
    plain = heading(header).plain
    if not name or not plain:
        raise WorkbenchError("no_label", _("自定义字段要有名称。"))
    if heading(name).plain in catalogue.plain:
        name = f"{name}(自定义)"
    for kept in fields:
        if kept.label == name or (label is None and plain in kept.headings):
            return CustomField(kept.key, kept.label, kind, tuple(sorted({*kept.headings, plain})))
    return CustomField(f"custom.{name}", name, kind, (plain,))


def store(writer: Writer, field: CustomField) -> bool:
    """Keep a field, journalled with the change; True when anything changed."""
    row = {
        "key": field.key, "label": field.label, "kind": field.kind,
        "headings": json.dumps(sorted(field.headings), ensure_ascii=False),
    }  # fmt: skip
    row_id = writer.conn.execute(select(table.c.id).where(table.c.key == field.key)).scalar()
    if row_id is not None:
        return writer.update(table, row_id, row)
    writer.insert(table, [row])
    return True


def make(writer: Writer, label: str, kind: str, header: str, catalogue: FieldCatalogue) -> str:
    """Make a column into a field and return its key; see `field_for` for what is raised."""
    field = field_for(header, kind, read_all(writer.conn), catalogue, label)
    store(writer, field)
    return field.key


def show_values(book: Book, name: str, *, shown: bool) -> Change:
    """Say that the values of a custom field (by key or label) need no mask, or that they do. Undoable.

    Raises WorkbenchError no_custom.
    """
    with in_words(), book.write("dialect", name) as writer:
        key = writer.conn.execute(
            select(table.c.key).where(or_(table.c.key == name, table.c.label == name))
        ).scalar()
        if key is None:
            raise WorkbenchError("no_custom", _("没有自定义字段“{name}”。").format(name=name))
        say_legible(writer, key, shown=shown)
        return Change.by(writer, int(bool(writer.counts)))


def forget(book: Book, key: str) -> Change:
    """Remove a custom field; values already read stay with their rows. Undoable. Raises WorkbenchError no_custom."""
    with in_words(), book.write("dialect", key) as writer:
        row_id = writer.conn.execute(select(table.c.id).where(table.c.key == key)).scalar()
        if row_id is None:
            raise WorkbenchError("no_custom", _("没有自定义字段“{name}”。").format(name=key))
        writer.delete(table, [row_id])
        return Change.by(writer, 1)


def read_all(conn: Connection) -> tuple[CustomField, ...]:
    """All custom fields of the book, by label."""
    return tuple(
        CustomField(row.key, row.label, row.kind, tuple(json.loads(row.headings)))
        for row in conn.execute(select(table).order_by(table.c.label))
    )


def normalised(
    cells: Cells, kind: str, values: CellReader, unit: str = "元"
) -> tuple[list[str], list[tuple[int, str]]]:
    """A column as texts for `extra`, and its faults as (index, code).

    Blank is '', dates are ISO, money is in yuan, flags are 是 or 否. A cell that cannot be read keeps its text.
    """
    parsed = values.column(cells, kind, unit)
    as_text = _TEXT_OF[kind]
    table_of = {value: as_text(value) for value in set(parsed.values) if value is not None}
    texts = [table_of[value] if value is not None else "" for value in parsed.values]
    for index, _code in parsed.faults:
        texts[index] = texts[index] or shown(cells[index])
    return texts, parsed.faults


def _plain_number(value: float) -> str:
    """Without an exponent, however large or small."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{Decimal(repr(value)):f}"


_TEXT_OF: dict[str, Callable[[Any], str]] = {
    "text": str,
    "date": str,
    "number": _plain_number,
    "money": lambda fen: f"{fen // 100}.{fen % 100:02d}" if fen >= 0 else f"-{-fen // 100}.{-fen % 100:02d}",
    "flag": lambda value: "是" if value else "否",
}
