"""By what one person is known in a book: his numbers, names, phones and documents, those of earlier lists too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from db.record import identities
from db.removing import kept_by_id, steps_of
from db.tables import customers
from db.values import Value, text
from workbench.people.find import customer
from workbench.people.tombs import bare, name_phone

#: What stands where something that named a deleted person stood.
COVER = "***"
#: Shorter numbers stand in texts by chance: they are covered only where a text is nothing else.
_TELLING = 6


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One person. `ids`: his rows in `customers`, merged ones too; `namesakes`: how many others have his name."""

    customer_no: str
    ids: frozenset[int]
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    phones: tuple[str, ...]
    documents: tuple[str, ...]
    mails: tuple[str, ...]
    namesakes: int

    @property
    def strong(self) -> tuple[str, ...]:
        """What names nobody else: numbers, phones (also as they are written in parts), documents, addresses of mail."""
        parted = [
            f"{one[:3]}{sign}{one[3:7]}{sign}{one[7:]}"
            for one in self.phones
            if len(one) == 11
            for sign in "- "
        ]
        cases = [case for one in self.documents for case in (one.upper(), one.lower())]
        return tuple(dict.fromkeys((*self.numbers, *self.phones, *parted, *cases, *self.mails)))

    @property
    def named(self) -> tuple[str, ...]:
        """His names, where nobody else in the book has them: what is looked for in texts about others."""
        return () if self.namesakes else tuple(one for one in self.names if len(one) > 1)

    @property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """By what a later list recognises him, see `db.tombstones`."""
        pairs = [name_phone(name, phone) for name in self.names for phone in self.phones]
        return (
            *(("customer_no", bare(one)) for one in self.numbers), *(("id_no", one.upper()) for one in self.documents),
            *(("phone", one) for one in self.phones), *(("name_phone", one) for one in pairs),
        )  # fmt: skip


def person(conn: Connection, customer_no: str) -> KnownPerson:
    """The person with a customer number. Raises WorkbenchError no_such_customer."""
    row = customer(conn, customer_no)
    ids, others = {int(row["id"])}, {str(row["customer_no"])}
    merged = select(identities.c.other_no).where(
        identities.c.customer_id == row["id"], identities.c.verdict == "merged"
    )
    others |= set(conn.execute(merged).scalars())
    ids |= kept_by_id(conn, customers, "customer_no", others).keys()
    rows: list[dict[str, Value]] = [
        *kept_by_id(conn, customers, "id", ids).values(),
        *steps_of(conn, customers, ids),
    ]
    names = _values(rows, "name")
    same = select(func.count()).select_from(customers)
    namesakes = conn.execute(same.where(customers.c.name.in_(names), customers.c.id.not_in(ids))).scalar_one()
    return KnownPerson(
        str(row["customer_no"]), frozenset(ids), tuple(dict.fromkeys((*_values(rows, "customer_no"), *sorted(others)))),
        names, _values(rows, "phone"), _values(rows, "id_no"), tuple(one for one in _values(rows, "email") if "@" in one),
        namesakes,
    )  # fmt: skip


class PersonCover:
    """Covers words in a text: numbers where they stand alone, names wherever they stand."""

    def __init__(self, strong: Iterable[str], names: Iterable[str] = ()) -> None:
        numbers = list(strong)
        self._short = frozenset(one for one in numbers if len(one) < _TELLING)
        parts = [
            rf"(?<![0-9A-Za-z]){re.escape(one)}(?![0-9A-Za-z])" for one in numbers if len(one) >= _TELLING
        ]
        parts += [
            re.escape(one) if not one.isascii() else rf"(?<![A-Za-z]){re.escape(one)}(?![A-Za-z])"
            for one in names
        ]
        # the longest first: of two names one may begin with the other
        parts.sort(key=len, reverse=True)
        self._words = re.compile("|".join(parts)) if parts else None

    def __call__(self, words: str) -> str:
        """The text covered."""
        if words.strip() in self._short:
            return COVER
        return self._words.sub(COVER, words) if self._words is not None else words


def _values(rows: Iterable[dict[str, Value]], column: str) -> tuple[str, ...]:
    values = ((text(row.get(column)) or "").strip() for row in rows)
    return tuple(dict.fromkeys(value for value in values if value))
