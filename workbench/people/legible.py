"""Own fields that somebody said need no mask: every other field that a person made, and every unknown column, is closed."""

import json

from sqlalchemy import Connection, select

from db.journal import Writer
from db.record import custom_fields, settings
from workbench.base.settings import put_setting

#: how the columns of own fields begin in the tag layers
OWN = "own_"
_KEY = "legible_fields"


def legible(conn: Connection) -> frozenset[str]:
    """The names under which the opened own fields of the book are met: their keys, their labels in rows of customers,
    their columns in the tag layers."""
    keys = _kept(conn)
    if not keys:
        return frozenset()
    asked = select(custom_fields.c.key, custom_fields.c.label).where(custom_fields.c.key.in_(keys))
    return frozenset(name for key, label in conn.execute(asked) for name in (key, label, own_column(key)))


def say_legible(writer: Writer, key: str, *, shown: bool) -> None:
    """Say that an own field needs no mask, or that it does; journalled with the change."""
    before = _kept(writer.conn)
    keys = before | {key} if shown else before - {key}
    if keys != before:
        put_setting(writer, _KEY, sorted(keys))


def own_column(key: str) -> str:
    """The column of the first tag layer that holds an own field."""
    return OWN + "".join(sign if sign.isalnum() else "_" for sign in key.lower())


def _kept(conn: Connection) -> frozenset[str]:
    text = conn.execute(select(settings.c.value).where(settings.c.key == _KEY)).scalar()
    return frozenset(json.loads(text)) if text else frozenset()
