"""What `verify` looks at in a book on a PostgreSQL server."""

from sqlalchemy import Connection, Inspector, Integer, Table, and_, func, inspect, select, text
from sqlalchemy.types import TypeEngine

from db.shapes import declared
from db.tables import TABLES
from db.values import whole


def failing(conn: Connection) -> list[str]:
    """Names of the checks that fail: 'tables' (the others cannot be looked at then), 'foreign_keys', 'sequences'."""
    if not _as_declared(conn):
        return ["tables"]
    failed = []
    if any(_dangling(conn, table) for table in TABLES):
        failed.append("foreign_keys")
    if any(_behind(conn, table) for table in TABLES if not declared(table).given):
        failed.append("sequences")
    return failed


def _as_declared(conn: Connection) -> bool:
    """Whether every table is there with its columns, their kinds, and its rules under their names."""
    looked = inspect(conn)
    names = set(looked.get_table_names())
    return all(table.name in names and _columns(looked, table) and _rules(conn, table) for table in TABLES)


def _columns(looked: Inspector, table: Table) -> bool:
    present = {one["name"]: (_kind(one["type"]), one["nullable"]) for one in looked.get_columns(table.name)}
    return present == {one.name: (_kind(one.type), one.nullable) for one in table.columns}


def _rules(conn: Connection, table: Table) -> bool:
    """Keys (each may wait for the commit), unique places and checks."""
    statement = text(
        "SELECT conname FROM pg_constraint WHERE conrelid = to_regclass(:name) AND (contype <> 'f' OR condeferrable)"
    )
    present = set(conn.execute(statement, {"name": table.name}).scalars())
    prepare = conn.dialect.identifier_preparer
    return present == {prepare.format_constraint(one) for one in table.constraints}


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


def _behind(conn: Connection, table: Table) -> bool:
    """Whether the sequence would give an id again. Where the write door gives the ids out, none is asked."""
    name = conn.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name}).scalar()
    if name is None:
        return True
    last, called = conn.exec_driver_sql(f"SELECT last_value, is_called FROM {name}").one()  # noqa: S608  (a name)
    newest = whole(conn.execute(select(func.max(table.c.id))).scalar()) or 0
    return bool(newest >= last + (1 if called else 0))
