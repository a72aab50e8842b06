"""What every table of a book is made of: naming, types, keys; STRICT on SQLite."""

from typing import TypeVar

from sqlalchemy import REAL, BigInteger, Column, Float, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_T = TypeVar("_T")
metadata = MetaData(naming_convention=NAMING)

Fen: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
Number: TypeEngine[float] = Float().with_variant(REAL(), "sqlite")


def columns(names: tuple[str, ...], kind: TypeEngine[_T] | type[TypeEngine[_T]]) -> list[SchemaItem]:
    return [Column(name, kind) for name in names]


def own_id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def sourced() -> list[SchemaItem]:
    """Where a line came from; `line` is 1, 2, ... among lines of a sheet that are otherwise alike."""
    return [
        Column("batch_id", Integer),
        Column("source_row", Integer),
        Column("line", Integer),
        Column("extra", Text),
    ]


def table(name: str, *items: SchemaItem) -> Table:
    return Table(name, metadata, own_id(), *items, sqlite_strict=True)


def of_customer() -> Column[int]:
    # no cascade: what a person gave never disappears because something else did
    return Column("customer_id", Integer, ForeignKey("customers.id"), nullable=False)
