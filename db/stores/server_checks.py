"""What `verify` looks at in a book on a PostgreSQL server."""

from collections import defaultdict

from sqlalchemy import Connection, Integer, Table, and_, inspect, select, text
from sqlalchemy.types import TypeEngine

from db.record import audit
from db.shapes import declared
from db.tables import TABLES


def failing(conn: Connection) -> list[str]:
    """Names of the checks that fail: 'tables' (the others cannot be looked at then), 'foreign_keys', 'sequences'."""
    if not (_columns_as_declared(conn) and _rules_as_declared(conn)):
        return ["tables"]
    failed = []
    if any(_dangling(conn, table) for table in TABLES):
        failed.append("foreign_keys")
    if _sequences_behind(conn):
        failed.append("sequences")
    return failed


def _columns_as_declared(conn: Connection) -> bool:
    """Whether every table is there with its columns and their kinds."""
    present = inspect(conn).get_multi_columns()
    return all(
        {one["name"]: (_kind(one["type"]), one["nullable"]) for one in present.get((None, table.name), ())}
        == {one.name: (_kind(one.type), one.nullable) for one in table.columns}
        for table in TABLES
    )


def _rules_as_declared(conn: Connection) -> bool:
    """Whether keys (each may wait for the commit), unique places and checks are there under their names."""
    statement = text(
        "SELECT relname, conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
        " WHERE connamespace = current_schema()::regnamespace AND (contype <> 'f' OR condeferrable)"
    )
    present: defaultdict[str, set[str]] = defaultdict(set)
    for name, rule in conn.execute(statement):
        present[name].add(rule)
    prepare = conn.dialect.identifier_preparer
    return all(
        present[table.name] == {prepare.format_constraint(one) for one in table.constraints}
        for table in TABLES
    )


def _kind(kind: TypeEngine[object]) -> str:
    """What a column takes, and at most how many letters."""
    if isinstance(kind, Integer):
        return "int"
    return f"{kind.python_type.__name__}{getattr(kind, 'length', None) or ''}"


def _dangling(conn: Connection, table: Table) -> bool:
    """Whether a row refers to one that is not there: keys are not checked while somebody switches their triggers off."""
    for key in table.foreign_keys:
        parent = key.column.table.alias("parent")
        beside = table.outerjoin(parent, parent.c[key.column.name] == key.parent)
        lost = and_(key.parent.is_not(None), parent.c[key.column.name].is_(None))
        if conn.execute(select(key.parent).select_from(beside).where(lost).limit(1)).first() is not None:
            return True
    return False


def _sequences_behind(conn: Connection) -> bool:
    """Whether a sequence would give an id again. Where the write door or the audit gives the ids out, none is asked."""
    own = (table.name for table in TABLES if not declared(table).given and table is not audit)
    parts = (f"SELECT last_value, is_called, (SELECT max(id) FROM {name}) FROM {name}_id_seq" for name in own)  # noqa: S608
    return any(
        newest is not None and newest >= last + int(called)
        for last, called, newest in conn.exec_driver_sql(" UNION ALL ".join(parts))
    )
