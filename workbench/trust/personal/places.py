"""Where a book may name a person in a text: every column of texts, derived from what the tables declare."""

from collections.abc import Iterator, Mapping
from functools import cache

from sqlalchemy import Table, Text

from db.record import audit, changes, journal, settings
from db.shapes import Filled, declared
from db.tables import DERIVED, TABLES
from db.trusted import audit_ends, content_sums, tombstones

#: The house's own: sealed, or rewritten with the rows that they are about.
_SEALED = frozenset({audit.name, journal.name, audit_ends.name, content_sums.name, tombstones.name})
#: Columns by which another customer is known: his own data, whatever it has in common with somebody else's.
_OWN = frozenset(
    {
        "name",
        "name_pinyin",
        "name_initials",
        "no_reversed",
        "phone_reversed",
        "customer_no",
        "phone",
        "id_no",
        "email",
    }
)
#: Columns and tables with words of the bank, in which a name stands by chance.
_BANK = frozenset(
    {"manager_name", "credit_manager", "owner", "branch", "parent_branch", "product_name", "product", "category",
     "employer", "payroll_employer", "position", "occupation", "approved_by", "by_whom", "against", "rival", "rival_product",
     "deal_product", "kind", "state", "channel", "result", "file_hash", "mapping"}
)  # fmt: skip
_BANKS = frozenset(
    {settings.name, "products", "product_sheets", "benefits", "own_scripts", "banned_words", "own_tags", "custom_fields",
     "dialects", "experts", "office_templates"}
)  # fmt: skip


@cache
def number_places() -> Mapping[Table, tuple[str, ...]]:
    """Columns in which a number, a phone or a document is looked for."""
    return {table: names for table, names in _texts() if names}


@cache
def name_places() -> Mapping[Table, tuple[str, ...]]:
    """Columns in which a name is looked for."""
    return {
        table: tuple(name for name in names if name not in _BANK)
        for table, names in _texts()
        if table.name not in _BANKS
    }


def _texts() -> Iterator[tuple[Table, tuple[str, ...]]]:
    for table in TABLES:
        if table in DERIVED or table.name in _SEALED or declared(table).filled is Filled.COUNTED:
            continue
        names = (column.name for column in table.columns if isinstance(column.type, Text))
        yield (
            table,
            tuple(
                name
                for name in names
                if not (table.name in ("customers", "prospects") and name in _OWN)
                and not (table is changes and name != "summary")
                and name not in ("file_hash", "at", "date", "month", "as_of", "made")
            ),
        )
