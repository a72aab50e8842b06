"""What stays in the book when an import is undone: customer, field, value and the later import it belongs to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, func, select

from db.dependencies import REFERRERS
from db.record import batches
from db.tables import customers, metadata
from db.turn import Kept
from workbench.intake.book.diff import shown_value
from workbench.intake.catalogue.fields import FieldCatalogue
from workbench.intake.report import KeptCell

_CHUNK = 500
#: Columns for searching and for the origin of rows: of no interest to a person.
_SILENT = frozenset(
    {
        "batch_id", "source_row", "as_of", "line", "extra", "name_pinyin", "name_initials", "no_reversed",
        "phone_reversed",
    }
)  # fmt: skip


def kept_cells(conn: Connection, kept: Iterable[Kept], catalogue: FieldCatalogue) -> Iterator[KeptCell]:
    """Each kept cell or row with its customer and the later import; columns for search and origin are left out."""
    listed = [one for one in kept if one.column not in _SILENT]
    people = _people(conn, listed)
    later = {row[1]: row[0] for row in conn.execute(select(batches.c.id, batches.c.change_id))}
    needed = _needing(conn, [one for one in listed if one.column is None and one.change not in later])
    fields = {place: entry for entry in catalogue.fields.values() for place in entry.columns}
    for one in listed:
        number, name = people.get((one.table, one.row_id), ("", ""))
        if not number:
            continue
        entry = fields.get((one.table, one.column or ""))
        value = (
            shown_value(entry, one.value_now)
            if entry
            else ""
            if one.value_now is None
            else str(one.value_now)
        )
        field = entry.key if entry else one.column
        batch = later.get(one.change or -1) or needed.get((one.table, one.row_id))
        yield KeptCell(number, name, field, value, batch)


def _needing(conn: Connection, rows: Iterable[Kept]) -> dict[tuple[str, int], int]:
    """(table, row) -> the newest import with a row that refers to it."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for one in rows:
        wanted[one.table].add(one.row_id)
    imports: dict[tuple[str, int], int] = {}
    for name, ids in wanted.items():
        ordered = sorted(ids)
        for child, key in REFERRERS[name]:
            if "batch_id" not in child.c:
                continue
            newest = (
                select(key, func.max(child.c.batch_id)).where(child.c.batch_id.is_not(None)).group_by(key)
            )
            for start in range(0, len(ordered), _CHUNK):
                chunk = ordered[start : start + _CHUNK]
                for row_id, batch in conn.execute(newest.where(key.in_(chunk))):
                    imports[name, row_id] = max(batch, imports.get((name, row_id), 0))
    return imports


def _people(conn: Connection, kept: Iterable[Kept]) -> dict[tuple[str, int], tuple[str, str]]:
    """(table, row) -> number and name of its customer."""
    rows: defaultdict[str, set[int]] = defaultdict(set)
    for one in kept:
        rows[one.table].add(one.row_id)
    people: dict[tuple[str, int], tuple[str, str]] = {}
    for name, ids in rows.items():
        table = metadata.tables[name]
        if name == "customers":
            query = select(customers.c.id, customers.c.customer_no, customers.c.name)
        elif "customer_id" in table.c:
            query = select(table.c.id, customers.c.customer_no, customers.c.name).join(
                customers, customers.c.id == table.c.customer_id
            )
        else:
            continue
        ordered = sorted(ids)
        for start in range(0, len(ordered), _CHUNK):
            chunk = ordered[start : start + _CHUNK]
            for row_id, number, person in conn.execute(query.where(table.c.id.in_(chunk))):
                people[name, row_id] = (number, person or "")
    return people
