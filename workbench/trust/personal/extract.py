"""What a book holds about one person, place by place, as he is told it (domain 17)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import BigInteger, Column, ColumnElement, Connection, Table, func, or_, select

from db.record import audit
from db.removing import NAMED_BESIDE, OF_PERSONS, holding, rows_of
from db.shapes import declared
from db.values import Json, Value
from workbench.base.i18n import _, semicolons
from workbench.base.money import exact_yuan
from workbench.people.labels import label, ordered_fields
from workbench.people.privacy import tail
from workbench.rules.contact_codes import contact_codes
from workbench.rules.parameters import Rules
from workbench.trust.personal.person import KnownPerson
from workbench.trust.personal.places import name_places, number_places

#: Columns that tell nothing of a person: keys of the book, places in a file, spellings made for the search.
_HOUSE: Final = frozenset(
    {"id", "batch_id", "source_row", "line", "position", "name_pinyin", "name_initials", "no_reversed",
     "phone_reversed", "script"}
)  # fmt: skip
#: Tables whose columns are fields of the catalogue.
_LISTS: Final = frozenset({"customers", "snapshots", "holdings"})
#: Columns with yes or no beside the fields of the catalogue.
_YES_NO: Final = frozenset(
    {"elastic", "incentive", "chosen", "leap", "prefer_leap", "consent", "giver_consent", "loan"}
)


@dataclass(frozen=True, slots=True)
class HeldRows:
    """One part of the book: how many rows about the person it has, and (`taken_back`) how many only undo still keeps."""

    table: str
    title: str
    #: each row: (column, its label, the value as a person reads it)
    rows: tuple[tuple[tuple[str, str, str], ...], ...]
    taken_back: int


@dataclass(frozen=True, slots=True)
class Mention:
    """CoveredTexts about others, or about nobody, that name the person: where, and how many."""

    table: str
    title: str
    column: str
    count: int


@dataclass(frozen=True, slots=True)
class PersonExtract:
    """All that is held about a person. `registered`: rows of the register that are about him."""

    customer_no: str
    name: str
    made: str
    places: tuple[HeldRows, ...]
    mentions: tuple[Mention, ...]
    registered: int
    namesakes: int

    @property
    def count(self) -> int:
        """Rows about the person in the book."""
        return sum(len(place.rows) for place in self.places)

    def as_json(self, *, in_full: bool) -> dict[str, Json]:
        """The extract as a document; without `in_full` where and how much, but no value."""
        places: list[Json] = []
        for place in self.places:
            one: dict[str, Json] = {
                "table": place.table, "title": place.title, "rows": len(place.rows), "taken_back": place.taken_back,
            }  # fmt: skip
            if in_full:
                one["values"] = [{column: shown for column, _label, shown in row} for row in place.rows]
            places.append(one)
        return {
            "customer_no": self.customer_no, "made": self.made, "rows": self.count, "places": places,
            "mentions": [
                {"table": one.table, "title": one.title, "column": one.column, "count": one.count}
                for one in self.mentions
            ],
            "registered": self.registered, "namesakes": self.namesakes,
        }  # fmt: skip


def extract(conn: Connection, rules: Rules, one: KnownPerson, made: str) -> PersonExtract:
    """All that the book holds about a person; `made`: when it is told."""
    kept = rows_of(conn, one.ids)
    places = []
    for table in OF_PERSONS:
        ids = kept.get(table, set())
        here = [row for row in _rows(conn, table, one) if row["id"] in ids]
        if ids:
            listed = tuple(_cells(table, row, rules) for row in here)
            places.append(HeldRows(table.name, table_word(rules, table.name), listed, len(ids) - len(here)))
    return PersonExtract(
        one.customer_no, one.names[0] if one.names else "", made, tuple(places), mentions(conn, rules, one, kept),
        registered(conn, one), one.namesakes,
    )  # fmt: skip


def mentions(
    conn: Connection, rules: Rules, one: KnownPerson, own: Mapping[Table, set[int]]
) -> tuple[Mention, ...]:
    """CoveredTexts in rows that are not his own and name him."""
    counts: dict[tuple[str, str], set[int]] = {}
    for places, needles in ((number_places(), one.strong), (name_places(), one.named)):
        for table, names in places.items() if needles else ():
            for row_id, column, _text in holding(conn, table, names, needles):
                if row_id not in own.get(table, ()):
                    counts.setdefault((table.name, column), set()).add(row_id)
    return tuple(
        Mention(table, table_word(rules, table), column_word(rules, column), len(ids))
        for (table, column), ids in sorted(counts.items())
    )


def registered(conn: Connection, one: KnownPerson) -> int:
    """Rows of the register about him: his number's end unmasked, his number or name in a path or a reason."""
    hit: list[ColumnElement[bool]] = [audit.c.subject.in_([tail(number) for number in one.numbers])]
    hit += [
        audit.c.facts.contains(word, autoescape=True) for word in (*one.strong, *one.named) if len(word) > 1
    ]
    return int(conn.execute(select(func.count()).select_from(audit).where(or_(*hit))).scalar_one())


def table_word(rules: Rules, table: str) -> str:
    """What a part of the book is called."""
    key = f"personal.table.{table}"
    return rules.text(key) if rules.has_text(key) else table


def column_word(rules: Rules, column: str, table: str = "") -> str:
    """What a column of a table is called."""
    if rules.has_text(key := f"personal.column.{table}.{column}"):
        return rules.text(key)
    if table not in _LISTS and rules.has_text(key := f"personal.column.{column}"):
        return rules.text(key)
    word = label(column)
    return rules.text(key) if word == column and rules.has_text(key := f"personal.column.{column}") else word


def _rows(conn: Connection, table: Table, one: KnownPerson) -> list[Mapping[str, Value]]:
    columns = [table.c[name] for name in declared(table).subject if (table.name, name) not in NAMED_BESIDE]
    query = select(table).where(or_(*(column.in_(one.ids) for column in columns))).order_by(table.c.id)
    return [dict(row) for row in conn.execute(query).mappings()]


def _cells(table: Table, row: Mapping[str, Value], rules: Rules) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            column.name,
            column_word(rules, column.name, table.name),
            _shown(table, column, row[column.name], rules),
        )
        for column in table.columns
        if row[column.name] not in (None, "", "{}", "[]") and not _of_house(column)
    )


def _of_house(column: Column[Value]) -> bool:
    return column.name in _HOUSE or column.name.endswith("_id")


def _shown(table: Table, column: Column[Value], value: Value, rules: Rules) -> str:
    if isinstance(column.type, BigInteger) and isinstance(value, int):
        return _("{yuan} 元").format(yuan=exact_yuan(value))
    if value in (0, 1) and (column.name in _flags() or column.name in _YES_NO):
        return _("是") if value else _("否")
    if not isinstance(value, str):
        return str(value)
    if column.name == "counterparties":
        return semicolons(
            f"{_code(rules, name)} {_('{yuan} 元').format(yuan=exact_yuan(fen))}"
            for name, fen in json.loads(value).items()
        )
    if value[:1] in ("{", "["):
        return _unpacked(value)
    if table.name in ("touches", "referral_asks") and column.name in ("channel", "result"):
        names = {one.code: one.name for kind in ("channels", "results") for one in contact_codes(kind)}
        return names.get(value, value)
    return _code(rules, value)


def _code(rules: Rules, value: str) -> str:
    """A code in words; any other text as it is."""
    code = f"personal.code.{value}"
    return rules.text(code) if value.isascii() and rules.has_text(code) else value


def _unpacked(value: str) -> str:
    """JSON in a column, as its values; keys that are words are told with them."""
    try:
        return semicolons(_parts(json.loads(value)))
    except ValueError:
        return value


def _parts(body: object, key: str = "") -> Iterator[str]:
    if isinstance(body, dict):
        for name, one in body.items():
            yield from _parts(one, name)
    elif isinstance(body, list):
        for one in body:
            yield from _parts(one, key)
    elif body not in (None, ""):
        yield f"{key}:{body}" if key and not key.isascii() else str(body)


@cache
def _flags() -> frozenset[str]:
    return frozenset(field for field, _label, kind in ordered_fields() if kind == "flag")
