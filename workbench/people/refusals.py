"""The channels that customers refused for good (domain 6.5, R11): by a contact with that result, on its channel."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from db.tables import touches
from workbench.rules.parameters import Rules

#: up to this many customers their ids go into the statement; beyond, the refusals of everybody are read
_NAMED = 500


def refused_channels(
    conn: Connection, day: str, rules: Rules, only: Collection[int] | None = None
) -> dict[int, tuple[str, ...]]:
    """Customer id -> channels that he refused up to a day (ISO), in the order of their codes; of `only` some, None: of all.

    A refusal has no end: neither a later contact nor a list takes it back.
    """
    t = touches.c
    query = select(t.customer_id, t.channel).where(
        t.result.in_(rules.words("contact.refused")), t.date <= day
    )
    if only is not None and len(only) <= _NAMED:
        query = query.where(t.customer_id.in_(only))
    channels: dict[int, set[str]] = {}
    for row in conn.execute(query.distinct().order_by(t.customer_id, t.channel)):
        channels.setdefault(row.customer_id, set()).add(row.channel)
    return {id_: tuple(sorted(of)) for id_, of in channels.items() if only is None or id_ in only}
