"""Custom fields that were declared to need no mask; all other custom fields and unknown columns stay masked."""

import json

from sqlalchemy import Connection, select

from db.journal import Writer
from db.record import custom_fields, settings
from workbench.base.settings import put_setting

#: Prefix of the columns of custom fields in the tag layers.
OWN = "own_"
_KEY = "legible_fields"


def legible(conn: Connection) -> frozenset[str]:
    """Every name of the custom fields that need no mask: keys, labels (in rows of customers), columns of the tag layers."""
    keys = _kept(conn)
    if not keys:
        return frozenset()
    query = select(custom_fields.c.key, custom_fields.c.label).where(custom_fields.c.key.in_(keys))
    return frozenset(name for key, label in conn.execute(query) for name in (key, label, own_column(key)))


def say_legible(writer: Writer, key: str, *, shown: bool) -> None:
    """Declare that a custom field needs no mask (`shown`) or that it does; journalled with the change of `writer`."""
    before = _kept(writer.conn)
    keys = before | {key} if shown else before - {key}
    if keys != before:
        put_setting(writer, _KEY, sorted(keys))


def own_column(key: str) -> str:
    """The column of a custom field in the first tag layer: signs that are no letters or digits become '_'."""
    return OWN + "".join(sign if sign.isalnum() else "_" for sign in key.lower())


def _kept(conn: Connection) -> frozenset[str]:
    text = conn.execute(select(settings.c.value).where(settings.c.key == _KEY)).scalar()
    return frozenset(json.loads(text)) if text else frozenset()
