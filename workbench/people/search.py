"""The search box: customers by name, pinyin, number or phone, quick enough for every keystroke."""

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, or_, select

from db.tables import customers
from workbench.people.customer import CustomerHit

#: Sorts after every character a name can hold.
_LAST = "\U0010ffff"


def starts(column: Column[str], text: str) -> ColumnElement[bool]:
    """A prefix as a range, which an index answers on any database."""
    return and_(column >= text, column < text + _LAST)


def routes(text: str) -> list[tuple[str, Column[str], ColumnElement[bool]]]:
    """Ways to find what was typed, best first: (matched by, column, condition); each is answered by an index."""
    c = customers.c
    found = []
    if text.isdigit() and text.isascii():
        found = [
            ("number", c.customer_no, starts(c.customer_no, text)),
            ("number", c.no_reversed, starts(c.no_reversed, text[::-1])),
            ("phone", c.phone_reversed, starts(c.phone_reversed, text[::-1])),
        ]
    elif text.isascii():
        plain = text.lower().replace(" ", "")
        found = [
            ("pinyin", c.name_initials, starts(c.name_initials, plain)),
            ("pinyin", c.name_pinyin, starts(c.name_pinyin, plain)),
            ("number", c.customer_no, starts(c.customer_no, text)),
        ]
    return [("name", c.name, starts(c.name, text)), *found]


def matches(text: str) -> ColumnElement[bool]:
    """The same as one condition, for lists: any route, or the name anywhere."""
    said = text.strip()
    anywhere = customers.c.name.contains(said, autoescape=True)
    return or_(anywhere, *(condition for _by, _column, condition in routes(said)))


def search(conn: Connection, text: str, limit: int) -> list[CustomerHit]:
    """At most `limit` customers, best match first; nothing for an empty text."""
    said = text.strip()
    if not said:
        return []
    found: dict[int, CustomerHit] = {}
    for by, column, condition in routes(said):
        _collect(
            conn,
            select(*_SHOWN).where(condition).order_by(column, customers.c.id).limit(limit),
            by,
            limit,
            found,
        )
    # a name is looked for inside only when no index has enough, and never for digits or letters alone
    if len(found) < limit and not said.isascii():
        # first the ids, which the index on names alone can tell
        inside = select(customers.c.id).where(customers.c.name.contains(said, autoescape=True))
        ids = list(conn.execute(inside.order_by(*_BY_NAME).limit(limit)).scalars())
        asked = select(*_SHOWN).where(customers.c.id.in_(ids)).order_by(*_BY_NAME)
        _collect(conn, asked, "name", limit, found)
    return list(found.values())


_BY_NAME = (customers.c.name, customers.c.id)
_SHOWN = (customers.c.id, customers.c.customer_no, customers.c.name, customers.c.phone)


def _collect(
    conn: Connection,
    asked: Select[tuple[int, str, str, str]],
    by: str,
    limit: int,
    found: dict[int, CustomerHit],
) -> None:
    if len(found) >= limit:
        return
    for row in conn.execute(asked):
        if len(found) < limit:
            found.setdefault(row.id, CustomerHit(row.id, row.customer_no, row.name or "", row.phone, by))
