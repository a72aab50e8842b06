"""The append-only, hash-chained record of who did what; each row seals the one before."""

import hashlib
import json
from collections.abc import Mapping

from sqlalchemy import Connection, func, insert, select

from db import footprint
from db.record import audit
from db.values import Json


def _seal(previous: str, at: str, action: str, subject: str | None, facts: str, data: int) -> str:
    return hashlib.sha256(
        "\x1f".join((previous, at, action, subject or "", facts, str(data))).encode()
    ).hexdigest()


def append(
    conn: Connection,
    at: str,
    action: str,
    subject: str | None,
    facts: Mapping[str, Json],
    *,
    data: bool = False,
) -> None:
    """Add one row. `data` tells that figures behind the checks changed."""
    last = conn.execute(select(audit.c.hash).order_by(audit.c.id.desc()).limit(1)).scalar() or ""
    body = json.dumps(dict(facts), ensure_ascii=False, sort_keys=True, default=str)
    seal = _seal(last, at, action, subject, body, int(data))
    row = {"at": at, "action": action, "subject": subject, "facts": body, "data": int(data)}
    conn.execute(insert(audit), {**row, "previous": last, "hash": seal})


def revision(conn: Connection) -> int:
    """The id of the last write that changed the figures: results computed at another revision are stale."""
    footprint.data_seen()
    return int(
        conn.execute(select(func.coalesce(func.max(audit.c.id), 0)).where(audit.c.data == 1)).scalar_one()
    )


def first_broken(conn: Connection) -> int | None:
    """The id of the first row that does not seal its predecessor, None when the chain is whole."""
    previous = ""
    for row in conn.execute(select(audit).order_by(audit.c.id)):
        if row.previous != previous or row.hash != _seal(
            previous, row.at, row.action, row.subject, row.facts, row.data
        ):
            return int(row.id)
        previous = row.hash
    return None
