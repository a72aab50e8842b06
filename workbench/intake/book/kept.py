"""Says in a person's terms what stays in the book when an import is taken back: which customer, which field, since when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, func, select

from db.dependencies import REFERRERS
from db.record import batches
from db.tables import customers, metadata
from db.turn import Kept
from workbench.intake.book.diff import said
from workbench.intake.catalogue.fields import Catalogue
from workbench.intake.report import KeptCell

_CHUNK = 500
#: Columns that serve the search or say where a row came from: no news to a person.
_SILENT = frozenset(
    {
        "batch_id", "source_row", "as_of", "line", "extra", "name_pinyin", "name_initials", "no_reversed",
        "phone_reversed",
    }
)  # fmt: skip


def told(conn: Connection, kept: Iterable[Kept], catalogue: Catalogue) -> Iterator[KeptCell]:
    """Each kept cell or row with its customer and the import that stands on it; rows of our own records are left out."""
    listed = [one for one in kept if one.column not in _SILENT]
    people = _people(conn, listed)
    later = {row[1]: row[0] for row in conn.execute(select(batches.c.id, batches.c.change_id))}
    needed = _needing(conn, [one for one in listed if one.column is None and one.change not in later])
    fields = {place: known for known in catalogue.fields.values() for place in known.columns}
    for one in listed:
        number, name = people.get((one.table, one.row_id), ("", ""))
        if not number:
            continue
        known = fields.get((one.table, one.column or ""))
        value = said(known, one.value_now) if known else "" if one.value_now is None else str(one.value_now)
        field = known.key if known else one.column
        batch = later.get(one.change or -1) or needed.get((one.table, one.row_id))
        yield KeptCell(number, name, field, value, batch)


def _needing(conn: Connection, rows: Iterable[Kept]) -> dict[tuple[str, int], int]:
    """(table, row) -> the newest import of which something in the book refers to the row."""
    asked: defaultdict[str, set[int]] = defaultdict(set)
    for one in rows:
        asked[one.table].add(one.row_id)
    found: dict[tuple[str, int], int] = {}
    for name, ids in asked.items():
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
                    found[name, row_id] = max(batch, found.get((name, row_id), 0))
    return found


def _people(conn: Connection, kept: Iterable[Kept]) -> dict[tuple[str, int], tuple[str, str]]:
    """(table, row) -> number and name of the customer whom the row is about."""
    rows: defaultdict[str, set[int]] = defaultdict(set)
    for one in kept:
        rows[one.table].add(one.row_id)
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for name, ids in rows.items():
        table = metadata.tables[name]
        if name == "customers":
            asked = select(customers.c.id, customers.c.customer_no, customers.c.name)
        elif "customer_id" in table.c:
            asked = select(table.c.id, customers.c.customer_no, customers.c.name).join(
                customers, customers.c.id == table.c.customer_id
            )
        else:
            continue
        ordered = sorted(ids)
        for start in range(0, len(ordered), _CHUNK):
            chunk = ordered[start : start + _CHUNK]
            for row_id, number, person in conn.execute(asked.where(table.c.id.in_(chunk))):
                found[name, row_id] = (number, person or "")
    return found
