"""What every table of a book is made of: naming, types, keys. STRICT on SQLite; on PostgreSQL whole numbers have 64 bits and
keys are deferrable (`db.stores.dialect`)."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeVar

from sqlalchemy import (
    REAL,
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)
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
    """Nullable columns of one kind."""
    return [Column(name, kind) for name in names]


#: indexes of some rows of a table alone, with the condition of those rows
_PARTIAL: list[tuple[Index, str]] = []


def index_of_some(name: str | None, *names: str, where: str) -> Index:
    """An index of the rows that meet a condition. A server learns it when its tables are made (`partial_on_server`): naming it
    here would load the server's dialect at every start."""
    made = Index(name, *names, sqlite_where=text(where))
    _PARTIAL.append((made, where))
    return made


def partial_on_server() -> None:
    """Let the indexes of some rows be so on PostgreSQL too."""
    for made, where in _PARTIAL:
        made.dialect_options["postgresql"]["where"] = text(where)


def own_id() -> Column[int]:
    """The primary key that every table has."""
    return Column("id", Integer, primary_key=True)


def sourced() -> list[SchemaItem]:
    """Where a line came from; `line` is 1, 2, ... among lines of a sheet that are otherwise alike."""
    return [
        Column("batch_id", Integer),
        Column("source_row", Integer),
        Column("line", Integer),
        Column("extra", Text),
    ]


class Filled(Enum):
    """How rows come into a table. The first four are given: journalled, undoable, compared
    by content."""

    #: by files of head office, many rows at once
    BY_LIST = auto()
    #: by files, and a later list of the same month may set it right row by row
    CELL_BY_CELL = auto()
    #: a few rows at a time, customer by customer: by the manager, or by a file of single lines
    BY_HAND = auto()
    #: by the manager or by what is learnt, and speaks of no single customer's figures
    KEPT = auto()
    #: computed from the given ones: replaced whole, never journalled
    COMPUTED = auto()
    #: counted in passing: never journalled, nothing follows from it
    COUNTED = auto()
    #: written by an import beside what it gives; its change says whether it is in force
    HISTORY = auto()
    #: written beside every write by the door itself
    RECORD = auto()


@dataclass(frozen=True, slots=True)
class Declared:
    """What a table says of itself. `data`: the check and the tags are computed from it, so a write to it is a new
    revision of the book. `subject`: its columns that name a customer; `id` where a row is one. `standing`: computed, but the
    rows of the others stay where an undo brings or removes customers."""

    filled: Filled
    data: bool
    subject: tuple[str, ...]
    standing: bool = False

    @property
    def given(self) -> bool:
        """Whether a person or a file gave its rows."""
        return self.filled in _GIVEN


_GIVEN = frozenset({Filled.BY_LIST, Filled.CELL_BY_CELL, Filled.BY_HAND, Filled.KEPT})


def table(name: str, *items: SchemaItem, filled: Filled, data: bool = False, standing: bool = False) -> Table:
    """A table of the book that declares itself; every list of tables follows from what they declare."""
    made = Table(name, metadata, own_id(), *items, sqlite_strict=True)
    named = tuple(
        column.name
        for column in made.columns
        for key in column.foreign_keys
        if key.target_fullname == "customers.id"
    )
    made.info["declared"] = Declared(filled, data, ("id",) if name == "customers" else named, standing)
    return made


def declared(made: Table) -> Declared:
    """What a table says of itself. Raises TypeError when it was made without saying it."""
    declaration = made.info.get("declared")
    if not isinstance(declaration, Declared):
        raise TypeError(f"table {made.name} declares nothing")
    return declaration


def filled_by(*ways: Filled, tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """Those of the tables whose rows come so."""
    return tuple(one for one in tables if declared(one).filled in ways)


def of_customer() -> Column[int]:
    """The customer that a row is about. Without ON DELETE CASCADE: a given row never disappears with another."""
    return Column("customer_id", Integer, ForeignKey("customers.id"), nullable=False)
