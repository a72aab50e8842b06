"""The search box: customers by name, pinyin, number or phone, quick enough for every keystroke."""

from sqlalchemy import Column, ColumnElement, Connection, Select, or_, select

from db.tables import customers
from workbench.people.by_digits import DigitSearch
from workbench.people.customer import CustomerHit, Matched
from workbench.people.id_hashes import hashed, id_key
from workbench.people.long_numbers import is_id
from workbench.people.starting import starts


def routes(text: str) -> list[tuple[Matched, Column[str], ColumnElement[bool]]]:
    """The ways to look a text up, best first: (matched by, column, condition), each answered by an index.

    Digits are looked up as start or end of numbers and end of phones, ASCII text as pinyin, anything as start of a name.
    """
    c = customers.c
    by_kind: list[tuple[Matched, Column[str], ColumnElement[bool]]] = []
    if text.isdigit() and text.isascii():
        by_kind = [
            ("number", c.customer_no, starts(c.customer_no, text)),
            ("number", c.no_reversed, starts(c.no_reversed, text[::-1])),
            ("phone", c.phone_reversed, starts(c.phone_reversed, text[::-1])),
        ]
    elif text.isascii():
        plain = text.lower().replace(" ", "")
        by_kind = [
            ("pinyin", c.name_initials, starts(c.name_initials, plain)),
            ("pinyin", c.name_pinyin, starts(c.name_pinyin, plain)),
            ("number", c.customer_no, starts(c.customer_no, text)),
        ]
    return [("name", c.name, starts(c.name, text)), *by_kind]


def kept_id(conn: Connection, text: str) -> str:
    """How the book keeps a whole identity number that was typed; '' for any other text."""
    if not is_id(text):
        return ""
    key = id_key(conn)
    return text.strip().upper() if key is None else hashed(key, text)


def matches(text: str, id_no: str = "") -> ColumnElement[bool]:
    """Whether a customer matches a text, as one condition for lists: by any of `routes`, or the name contains it, or his identity
    number is `id_no` (see `kept_id`)."""
    typed = text.strip()
    if id_no:
        return customers.c.id_no == id_no
    anywhere = customers.c.name.contains(typed, autoescape=True)
    return or_(anywhere, *(condition for _by, _column, condition in routes(typed)))


def search(conn: Connection, text: str, limit: int, digits: DigitSearch) -> list[CustomerHit]:
    """At most `limit` customers who match a text, the best match first; none for blanks.

    A number of some digits is looked for anywhere in numbers and telephones (see `by_digits`).
    """
    typed = text.strip()
    if not typed:
        return []
    if (number := digits.meant(typed)) is not None and (found := digits.find(conn, number, limit)):
        return found
    hits: dict[int, CustomerHit] = {}
    if number := kept_id(conn, typed):
        _collect(conn, select(*_SHOWN).where(customers.c.id_no == number), "number", limit, hits)
    for by, column, condition in routes(typed):
        query = select(*_SHOWN).where(condition).order_by(column, customers.c.id).limit(limit)
        _collect(conn, query, by, limit, hits)
    # the inside of names is searched only if the indexes gave too few, and never for digits or Latin letters
    if len(hits) < limit and not typed.isascii():
        # ids first: the index on names alone answers that
        inside = select(customers.c.id).where(customers.c.name.contains(typed, autoescape=True))
        ids = list(conn.execute(inside.order_by(*_BY_NAME).limit(limit)).scalars())
        query = select(*_SHOWN).where(customers.c.id.in_(ids)).order_by(*_BY_NAME)
        _collect(conn, query, "name", limit, hits)
    return list(hits.values())


_BY_NAME = (customers.c.name, customers.c.id)
_SHOWN = (customers.c.id, customers.c.customer_no, customers.c.name, customers.c.phone)


def _collect(
    conn: Connection,
    query: Select[tuple[int, str, str, str]],
    by: Matched,
    limit: int,
    hits: dict[int, CustomerHit],
) -> None:
    if len(hits) >= limit:
        return
    for row in conn.execute(query):
        if len(hits) < limit:
            hits.setdefault(row.id, CustomerHit(row.id, row.customer_no, row.name or "", row.phone, by))
