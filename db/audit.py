"""The append-only record of who did what. Each row bears a keyed hash over itself and the one before; how many there are and
the newest hash stand apart (`audit_ends`), so that rows cut off at the end are missed."""

import datetime as dt
import getpass
import hashlib
import hmac
import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from db import content_seal, footprint
from db.book_key import new_secret
from db.errors import BookError
from db.record import audit, changes
from db.seal_keys import seal_keys
from db.trusted import audit_ends
from db.values import Json

#: digits of the number of a row at most, hexadecimal digits of a seal
_DIGITS, _SEAL = 18, 64
#: hexadecimal digits of a seal that are printed
_SHOWN = 8
#: those of the first seal, by which papers know their book
_MARK = 12
#: the action of a row that tells that the sums of the content had been changed when the next row was written
CHANGED_BEHIND = "changed_behind"
#: rows of a broken audit that are tried under each other's numbers
_TRIED = 200


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point of the audit: its newest row then, and that row's seal (whole, or its beginning as it was printed)."""

    number: int
    seal: str

    @property
    def shown(self) -> str:
        """As it is printed: #1234 a1b2c3d4."""
        return f"#{self.number} {self.seal[:_SHOWN]}"

    @classmethod
    def parse(cls, text: str) -> "Anchor":
        """An anchor as it was printed or typed (1234:a1b2c3d4). Raises BookError bad_anchor."""
        number, _sep, seal = text.strip().lstrip("#").replace(":", ":").replace(" ", ":").partition(":")
        seal = seal.strip(": ").lower()
        odd = not number.isdecimal() or len(number) > _DIGITS or not _SHOWN <= len(seal) <= _SEAL
        if odd or set(seal) - set("0123456789abcdef"):
            raise BookError("bad_anchor", text=text)
        return cls(int(number), seal)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with a book: its code, and the table or the row of the audit where there is one.

    Codes: integrity, foreign_keys, tables, sequences (of the store); content (a table does not fit its sum), content_head,
    changed_behind (the sums were changed before that row); audit_gone, audit_end_gone, audit_missing, audit_changed,
    audit_moved, audit_cut, audit_added, audit_end, audit_unwritten (a change of which no row tells; its id), audit_before (an
    older chain was broken when it was sealed anew); anchor_beyond (the book is older than the paper, or was cut),
    anchor_differs.
    """

    code: str
    table: str | None = None
    row: int | None = None


@cache
def actor() -> str:
    """Who acts: the account and the PC."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):
        account = "?"
    return f"{account}@{platform.node() or '?'}"


def seal_of(key: bytes, row: Mapping[str, object]) -> str:
    """The seal of a row, under the key of the audit. Every part with its length before it: no two rows give the same bytes."""
    parts = (row["id"], row["previous"], row["at"], row["action"], row["subject"], row["facts"], row["data"],
             row["actor"], row["content"])  # fmt: skip
    body = b"".join(
        b"\0" if part is None else b"\1" + len(raw).to_bytes(8, "big") + raw
        for part in parts
        for raw in [str(part).encode()]
    )
    return hmac.digest(key, body, "sha256").hex()


def append(
    conn: Connection,
    at: str,
    action: str,
    subject: str | None,
    facts: Mapping[str, Json],
    *,
    data: bool = False,
    renewed: bool = False,
) -> int:
    """Add one row; its number. `data` tells that figures behind the checks changed; `renewed`, that the sums of the content were
    counted anew in this transaction. Sums that do not fit the newest row were changed behind the doors: a row of its own tells
    of it."""
    last = conn.execute(select(audit.c.content).order_by(audit.c.id.desc()).limit(1)).scalar()
    if last is not None and not renewed and last != content_seal.head(conn):
        _append(conn, at, CHANGED_BEHIND, None, {}, data=False)
    content_seal.tally(conn).flush()
    return _append(conn, at, action, subject, facts, data=data)


def _append(
    conn: Connection, at: str, action: str, subject: str | None, facts: Mapping[str, Json], *, data: bool
) -> int:
    end = conn.execute(select(audit_ends.c.id, audit_ends.c.newest, audit_ends.c.head)).first()
    last = conn.execute(select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)).first()
    number = int(max(last.id if last else 0, end.newest if end else 0)) + 1
    row: dict[str, object] = {
        "id": number,
        "at": at,
        "action": action,
        "subject": subject,
        "facts": json.dumps(dict(facts), ensure_ascii=False, sort_keys=True, default=str),
        "data": int(data),
        "previous": end.head if end else last.hash if last else "",
        "actor": actor(),
        "content": content_seal.head(conn),
    }
    row["hash"] = seal_of(seal_keys(conn).audit(conn), row)
    conn.execute(insert(audit), row)
    newest = {"newest": row["id"], "head": row["hash"]}
    if end is not None:
        if last is None and not end.newest:  # on a server the end stands before the first row
            newest["mark"] = str(row["hash"])[:_MARK]
        conn.execute(update(audit_ends).where(audit_ends.c.id == end.id).values(newest))
    elif last is None:
        # the first row of a book; an end that went missing later is not made again: it is told
        conn.execute(insert(audit_ends), {**newest, "mark": str(row["hash"])[:_MARK]})
    return number


def revision(conn: Connection) -> int:
    """The id of the last write that changed the figures: results computed at another revision are stale."""
    footprint.data_seen()
    return int(
        conn.execute(select(func.coalesce(func.max(audit.c.id), 0)).where(audit.c.data == 1)).scalar_one()
    )


def anchor(conn: Connection) -> Anchor:
    """Where the audit stands: what is printed at the foot of papers. Number 0 while nothing was recorded."""
    end = conn.execute(select(audit_ends.c.newest, audit_ends.c.head)).first()
    return Anchor(end.newest, end.head) if end else Anchor(0, "0" * 64)


# -- held against itself, and against paper ----------------------------------------------------------------


def mark(conn: Connection) -> str:
    """What tells this book from any other, on papers handed out; '' while nothing was recorded."""
    return str(conn.execute(select(audit_ends.c.mark)).scalar() or "")


def findings(conn: Connection, held: Anchor | None = None) -> list[Finding]:
    """What is wrong with the audit, row by row, and with what an anchor on paper says of it. Nothing: it is whole."""
    rows = conn.execute(select(audit).order_by(audit.c.id)).all()
    end = conn.execute(select(audit_ends)).first()
    made = list(_of_chain(conn, rows))
    made += _of_end(conn, rows, end)
    made += _of_changes(conn, rows)
    if rows and rows[-1].content is not None and rows[-1].content != content_seal.head(conn):
        made.append(Finding("content_head"))
    made += [Finding(CHANGED_BEHIND, row=row.id) for row in rows if row.action == CHANGED_BEHIND]
    if held is not None:
        made += _of_anchor(rows, held)
    return made


def _of_chain(conn: Connection, rows: Sequence[Row[Any]]) -> Iterator[Finding]:
    key = seal_keys(conn).audit(conn)
    unfit = [row for row in rows if row.hash != seal_of(key, dict(row._mapping))]
    broken, moved = {row.id for row in unfit}, _moved(key, unfit)
    previous, number = "", 0
    for row in rows:
        if row.id in broken:
            yield Finding("audit_moved" if row.id in moved else "audit_changed", row=row.id)
        elif row.previous != previous:
            yield Finding("audit_missing", row=number + 1 if row.id > number + 1 else row.id)
        previous, number = row.hash, row.id


def _moved(key: bytes, unfit: Sequence[Row[Any]]) -> frozenset[int]:
    """Those of the rows that do not fit their seals which would fit under the number of another: they changed places."""
    numbers = [row.id for row in unfit[:_TRIED]]
    return frozenset(
        row.id
        for row in unfit[:_TRIED]
        if any(row.hash == seal_of(key, {**row._mapping, "id": number}) for number in numbers)
    )


def _of_end(conn: Connection, rows: Sequence[Row[Any]], end: Row[Any] | None) -> Iterator[Finding]:
    if end is None:
        if rows:
            yield Finding("audit_end_gone")
        elif conn.execute(select(changes.c.id).limit(1)).first() is not None:
            yield Finding("audit_gone")
        return
    newest = rows[-1].id if rows else 0
    if not rows and end.newest:
        yield Finding("audit_gone", row=end.newest)
    elif newest < end.newest:
        yield Finding("audit_cut", row=newest)
    elif newest > end.newest:
        yield Finding("audit_added", row=end.newest + 1)
    elif rows and rows[-1].hash != end.head:
        yield Finding("audit_end", row=newest)
    if end.broken_before is not None:
        yield Finding("audit_before", row=end.broken_before)


def _of_changes(conn: Connection, rows: Sequence[Row[Any]]) -> Iterator[Finding]:
    """Every change writes its row: one without shows that rows were taken away, whatever stands in their place."""
    written = {row.subject for row in rows}
    first = next(
        (
            one
            for one in conn.execute(select(changes.c.id).order_by(changes.c.id)).scalars()
            if str(one) not in written
        ),
        None,
    )
    if first is not None:
        yield Finding("audit_unwritten", row=first)


def _of_anchor(rows: Sequence[Row[Any]], held: Anchor) -> Iterator[Finding]:
    newest = rows[-1].id if rows else 0
    if held.number > newest:
        yield Finding("anchor_beyond", row=newest)
        return
    row = next((one for one in rows if one.id == held.number), None)
    if row is None or not row.hash.startswith(held.seal):
        yield Finding("anchor_differs", row=held.number)


def against(conn: Connection, held: Anchor) -> Finding | None:
    """What is wrong with the one row that an anchor speaks of, read alone; None: it is there and is the same."""
    near = select(audit.c.id, audit.c.hash).where(audit.c.id >= held.number).order_by(audit.c.id).limit(1)
    row = conn.execute(near).first()
    newest = conn.execute(select(func.max(audit.c.id))).scalar() or 0
    if row is None:
        return Finding("anchor_beyond", row=int(newest))
    if row.id != held.number or not row.hash.startswith(held.seal):
        return Finding("anchor_differs", row=held.number)
    return None


# -- books of older versions -------------------------------------------------------------------------------


def seal_anew(conn: Connection) -> None:
    """Count the sums of the content anew, and bear the seals of this version on the rows of an older book, in the transaction
    that brings it up to date. Where the old chain was broken stays known, and so does the first old seal, by which papers
    handed out know their book."""
    if conn.execute(select(audit_ends.c.id)).first() is None:
        _seal_rows(conn)
    content_seal.renew(conn)
    if conn.execute(select(audit.c.id).where(audit.c.content.is_not(None)).limit(1)).first() is not None:
        at = dt.datetime.now().replace(microsecond=0).isoformat(sep=" ")
        append(conn, at, "sealed_anew", None, {}, renewed=True)


def _seal_rows(conn: Connection) -> None:
    rows = conn.execute(select(audit).order_by(audit.c.id)).all()
    root = None if seal_keys(conn).of_file else new_secret()
    conn.execute(insert(audit_ends), {"newest": 0, "head": "", "key": root})
    end: dict[str, object] = {"newest": 0, "head": "", "broken_before": _broken(rows)}
    renewed = []
    for row in rows:
        new = {**row._mapping, "previous": end["head"], "actor": None, "content": None}
        end |= {"newest": row.id, "head": seal_of(seal_keys(conn).audit(conn), new)}
        renewed.append({"_id": row.id, "_previous": new["previous"], "_hash": end["head"]})
    if renewed:
        statement = update(audit).where(audit.c.id == bindparam("_id"))
        conn.execute(statement.values(previous=bindparam("_previous"), hash=bindparam("_hash")), renewed)
        end["mark"] = rows[0].hash[:_MARK]
    conn.execute(update(audit_ends).values(end))


def _broken(rows: Sequence[Row[Any]]) -> int | None:
    """The first row of an older book that does not seal the one before it."""
    previous = ""
    for row in rows:
        parts = (previous, row.at, row.action, row.subject or "", row.facts, str(row.data))
        seal = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
        if row.previous != previous or row.hash != seal:
            return int(row.id)
        previous = row.hash
    return None
