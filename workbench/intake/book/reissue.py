"""A list issued again for the same month: the earlier import it replaces, what that removes from the book, and the two
versions side by side."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Select, Table, delete, exists, select

from db.journal import Writer
from db.known import relations
from db.record import batches, changes, journal
from db.tables import DERIVED_OF_CUSTOMERS, customers, holdings, metadata, snapshots
from db.values import Value
from workbench.intake.book.diff import shown_value
from workbench.intake.catalogue.fields import Field, FieldCatalogue, heading
from workbench.intake.checking.plan import AcceptedRows
from workbench.rules.parameters import Rules

#: Kind of sheet with one date -> table of its rows.
_TABLES: Mapping[str, Table] = {"customers": snapshots, "holdings": holdings, "maturities": holdings}
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Issue:
    """An earlier import in force of the same list and month; `shared` of its `customers` are in the new sheet.

    `chain` holds its batch and those that it replaced itself.
    """

    batch: int
    change: int
    at: str
    file: str
    sheet: str
    as_of: str
    customers: int
    shared: int
    chain: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class VersionCell:
    """One cell in two versions of a month, as a person reads it ('' for blank)."""

    customer_no: str
    name: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Versions:
    """A re-issue compared with what it replaced.

    Differing cells are counted by field key (complete) and listed (bounded); `gone` and `came` count the snapshots
    deleted and inserted.
    """

    earlier: int | None
    later: int
    fields: tuple[tuple[str, int], ...]
    cells: tuple[VersionCell, ...]
    gone: int
    came: int


def earlier_issue(
    conn: Connection, checked: AcceptedRows, headings: Iterable[str], digest: str, rules: Rules
) -> Issue | None:
    """The newest import in force that a sheet re-issues (domain 16.5-24); None when there is none.

    It has the same kind and month, mostly the same customers on both sides, mostly the same headings, and comes from
    another file than `digest`. A short list of corrections is no re-issue, for it would take the others out.
    """
    kind, as_of = checked.kind, checked.as_of
    table = _TABLES.get(kind)
    if table is None or not checked.keys:
        return None
    imports = conn.execute(
        select(batches)
        .join(changes, changes.c.id == batches.c.change_id)
        .where(
            batches.c.kind == kind, batches.c.month == as_of[:7], changes.c.state == "done",
            batches.c.file_hash != digest,
        )
        .order_by(batches.c.id.desc())
    ).mappings().all()  # fmt: skip
    if not imports:
        return None
    mine = {heading(one).plain for one in headings}
    wanted = set(checked.keys)
    replaces = {row["id"]: row["replaces"] for row in imports}
    for row in imports:
        theirs = {heading(entry["column"]).plain for entry in json.loads(row["mapping"])}
        if _alike(mine, theirs) < rules.number("intake.reissue_headings"):
            continue
        chain = _chain(row["id"], replaces)
        issued = set(conn.execute(_numbers(table, chain, as_of[:7])).scalars())
        shared = len(issued & wanted)
        if shared and shared / max(len(issued), len(wanted)) >= rules.number("intake.reissue_share"):
            return Issue(
                row["id"], row["change_id"], row["at"], row["file"], row["sheet"], row["as_of"],
                len(issued), shared, chain,
            )  # fmt: skip
    return None


def left_behind(conn: Connection, issue: Issue, keys: Collection[str]) -> tuple[int, ...]:
    """Ids of snapshots that only the earlier issue brought and whose customer is not in the new sheet.

    Rows that another file has changed since are left out. Empty for holdings and maturities, whose lines are
    compared as a whole.
    """
    wanted = set(keys)
    query = (
        select(snapshots.c.id, customers.c.customer_no)
        .join(customers, customers.c.id == snapshots.c.customer_id)
        .where(snapshots.c.month == issue.as_of[:7], snapshots.c.batch_id.in_(issue.chain))
    )
    if conn.execute(select(batches.c.kind).where(batches.c.id == issue.batch)).scalar() != "customers":
        return ()
    return tuple(row_id for row_id, number in conn.execute(query) if number not in wanted)


def replace(writer: Writer, ids: Collection[int], chain: Collection[int]) -> int:
    """Delete the snapshots left behind, and customers of whom nothing else is known; the journal keeps both.

    `chain` is `Issue.chain`. Returns the number of snapshots deleted.
    """
    conn = writer.conn
    owners: set[int] = set()
    for some in _chunks(sorted(ids)):
        owners.update(conn.execute(select(snapshots.c.customer_id).where(snapshots.c.id.in_(some))).scalars())
    gone = writer.delete(snapshots, ids)
    lonely: list[int] = []
    stale: dict[str, list[int]] = defaultdict(list)
    for some in _chunks(sorted(owners)):
        alone = select(customers.c.id).where(customers.c.id.in_(some), customers.c.batch_id.in_(set(chain)))
        for table in _speaking_of_customers():
            alone = alone.where(~exists().where(table.c.customer_id == customers.c.id))
        alone = alone.where(~exists().where(relations.c.other_id == customers.c.id))
        lonely.extend(conn.execute(alone).scalars())
    for some in _chunks(lonely):
        moved = metadata.tables["movements"]
        stale["movements"].extend(
            conn.execute(select(moved.c.id).where(moved.c.customer_id.in_(some))).scalars()
        )
        for table in DERIVED_OF_CUSTOMERS:
            conn.execute(delete(table).where(table.c.customer_id.in_(some)))
    for name, rows in stale.items():
        writer.delete(metadata.tables[name], rows)
    writer.delete(customers, lonely)
    return gone


def versions(conn: Connection, batch: int, catalogue: FieldCatalogue, limit: int) -> Versions:
    """What the import of `batch` changed, from the journal; at most `limit` cells are listed.

    For a re-issue these are the two versions of the month.
    """
    row = conn.execute(
        select(batches.c.change_id, batches.c.replaces).where(batches.c.id == batch)
    ).one_or_none()
    if row is None:
        return Versions(None, batch, (), (), 0, 0)
    fields = _fields(catalogue)
    counts: Counter[str] = Counter()
    listed: list[tuple[str, int, Field, Value, Value]] = []
    entries = conn.execute(
        select(journal.c.table_name, journal.c.op, journal.c.row_id, journal.c.last_id, journal.c.before, journal.c.after)
        .where(journal.c.change_id == row.change_id, journal.c.table_name.in_(("customers", "snapshots")))
        .order_by(journal.c.id)
    )  # fmt: skip
    gone = came = 0
    for table, op, first, last, before, after in entries:
        if op != "update":
            if table == "snapshots":
                gone += (last - first + 1) if op == "delete" else 0
                came += (last - first + 1) if op == "insert" else 0
            continue
        new, old = json.loads(after), json.loads(before)
        if new.get("batch_id", batch) != batch:
            continue
        for column, value in new.items():
            field = fields.get((table, column))
            if field is None or (table == "customers" and ("snapshots", column) in fields):
                continue
            counts[field.key] += 1
            if len(listed) < limit:
                listed.append((table, first, field, old[column], value))
    named = _named(conn, {(table, row_id) for table, row_id, *_rest in listed})
    cells = tuple(
        VersionCell(
            *named.get((table, row_id), ("", "")), field.key, shown_value(field, old), shown_value(field, new)
        )
        for table, row_id, field, old, new in listed
    )
    return Versions(row.replaces, batch, tuple(counts.most_common()), cells, gone, came)


# -- parts -------------------------------------------------------------------------------------------------


def _alike(one: set[str], other: set[str]) -> float:
    """Shared headings over all headings, 0..1."""
    return len(one & other) / len(one | other) if one | other else 0.0


def _chain(batch: int, replaces: Mapping[int, int | None]) -> tuple[int, ...]:
    chain = [batch]
    while (earlier := replaces.get(chain[-1])) is not None and earlier not in chain:
        chain.append(earlier)
    return tuple(chain)


def _numbers(table: Table, chain: tuple[int, ...], month: str) -> Select[str]:
    return (
        select(customers.c.customer_no)
        .distinct()
        .join(table, table.c.customer_id == customers.c.id)
        .where(table.c.month == month, table.c.batch_id.in_(chain))
    )


def _speaking_of_customers() -> list[Table]:
    """Tables whose rows are a reason to keep a customer."""
    beside = {"movements", *(table.name for table in DERIVED_OF_CUSTOMERS)}
    return [
        table for table in metadata.sorted_tables if "customer_id" in table.c and table.name not in beside
    ]


def _fields(catalogue: FieldCatalogue) -> dict[tuple[str, str], Field]:
    return {place: field for field in catalogue.fields.values() for place in field.columns}


def _named(conn: Connection, rows: set[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, str]]:
    """(table, row) -> number and name of the customer, of rows that are in the book."""
    named: dict[tuple[str, int], tuple[str, str]] = {}
    by_table = {"customers": select(customers.c.id, customers.c.customer_no, customers.c.name)}
    by_table["snapshots"] = select(snapshots.c.id, customers.c.customer_no, customers.c.name).join(
        customers, customers.c.id == snapshots.c.customer_id
    )
    for table, query in by_table.items():
        ids = sorted(row_id for name, row_id in rows if name == table)
        for some in _chunks(ids):
            owners = conn.execute(query.where(metadata.tables[table].c.id.in_(some)))
            named.update({(table, row_id): (number, name or "") for row_id, number, name in owners})
    return named


def _chunks(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
